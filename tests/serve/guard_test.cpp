/// Who may ask what, and which files a URL can reach.
#include "varne/serve/guard.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>

#include "support.h"
#include "varne/serve/static_files.h"

namespace varne {
namespace {

const std::vector<std::string> names{"desk.example"};
/// A browser on the desk's own machine that has the console open.
const Asker console{true, true, false, "localhost:8080", "http://localhost:8080", names};

std::string may_read(const Asker& asker) {
  return may_ask(false, asker);
}
std::string may_write(const Asker& asker) {
  return may_ask(true, asker);
}

TEST(Guard, the_console_on_the_same_machine_may_everything) {
  for (const char* host : {"localhost:8080", "127.0.0.1:8080", "[::1]:8080", "localhost", "desk.example"}) {
    const std::string origin = "http://" + std::string(host);
    const Asker asker{true, true, false, host, origin, names};
    EXPECT_EQ(may_read(asker), "") << host;
    EXPECT_EQ(may_write(asker), "") << host;
  }
}

TEST(Guard, a_program_without_origin_may_everything_on_the_same_machine) {
  const Asker curl{true, true, false, "127.0.0.1:8080", ""};
  EXPECT_EQ(may_write(curl), "");
  EXPECT_EQ(may_read(curl), "");
}

TEST(Guard, another_name_that_leads_to_loopback_is_refused_and_named) {
  for (const char* host :
       {"evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::1].evil.example",
        "desk.example.evil.example", "192.0.2.7:8080", "localhost:", "localhost:x"}) {
    Asker rebound = console;
    rebound.host = host;
    rebound.origin = "";
    EXPECT_NE(may_read(rebound), "") << host;
    EXPECT_NE(may_write(rebound), "") << host;
  }
  EXPECT_NE(may_read({true, true, false, "evil.example", ""}).find("evil.example"), std::string::npos);
}

TEST(Guard, another_name_that_leads_to_an_outer_address_reads_nothing_either) {
  for (const char* host : {"evil.example:8080", "", "desk.example.evil.example", "192.0.2.7.evil.example"})
    EXPECT_NE(may_read({false, false, false, host, "", names}), "") << host;
  for (const char* host : {"192.0.2.7:8080", "[2001:db8::7]:8080", "desk.example:8080", "desk.example"})
    EXPECT_EQ(may_read({false, false, false, host, "", names}), "") << host;
}

TEST(Guard, a_page_of_another_site_neither_reads_nor_writes) {
  for (const char* origin : {"http://evil.example", "http://localhost:9999", "null", "file://", "http://",
                             "http://localhost:8080.evil.example", "ws://localhost:8080"}) {
    Asker foreign = console;
    foreign.origin = origin;
    EXPECT_NE(may_read(foreign), "") << origin;
    EXPECT_NE(may_write(foreign), "") << origin;
  }
}

TEST(Guard, from_another_machine_one_may_write_only_where_one_has_to_sign_in) {
  Asker colleague{false, false, false, "desk.example:8080", "http://desk.example:8080", names};
  EXPECT_EQ(may_read(colleague), "");
  EXPECT_NE(may_write(colleague).find("nobody signs in here"), std::string::npos);
  colleague.accounts = true;
  EXPECT_EQ(may_write(colleague), "");
  colleague.origin = "http://evil.example";
  EXPECT_NE(may_write(colleague), "");
}

RC_GTEST_PROP(Guard, without_accounts_nobody_writes_who_is_not_on_this_machine,
              (bool to_loopback, const std::string& host, const std::string& origin)) {
  RC_ASSERT(!may_write({false, to_loopback, false, host, origin}).empty());
}

RC_GTEST_PROP(Guard, who_may_write_may_read, ()) {
  const auto words = rc::gen::elementOf(std::vector<std::string>{
      "localhost", "127.0.0.1", "[::1]", "evil.example", "http://", "https://", ":8080", ":80", "", "null"});
  const std::string host = *words + *words;
  const std::string origin = *words + *words + *words;
  const Asker asker{*rc::gen::arbitrary<bool>(),
                    *rc::gen::arbitrary<bool>(),
                    *rc::gen::arbitrary<bool>(),
                    host,
                    origin,
                    names};
  RC_ASSERT(!may_write(asker).empty() || may_read(asker).empty());
  // What is allowed to write comes from a page of this very desk, or from no page.
  if (may_write(asker).empty() && !origin.empty()) RC_ASSERT(origin.ends_with("://" + host));
}

class StaticFiles : public ::testing::Test {
 protected:
  StaticFiles() {
    std::filesystem::create_directories(folder_.file("site/assets"));
    folder_.write("secret.txt", "secret");
    folder_.write("site/index.html", "<html>");
    folder_.write("site/assets/app-3f2a.js", "js");
    folder_.write("site/assets/app-3f2a.css", "css");
    folder_.write("site/mark.svg", "<svg/>");
    std::filesystem::create_symlink(folder_.file("secret.txt"), folder_.file("site/link.txt"));
    std::filesystem::create_directory_symlink(folder_.file(""), folder_.file("site/up"));
  }
  [[nodiscard]] std::optional<StaticFile> at(const std::string& path) const {
    return static_file(folder_.file("site"), path);
  }
  test::Scratch folder_;
};

TEST_F(StaticFiles, are_given_with_their_type_and_hashed_ones_for_ever) {
  const auto page = at("/");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->bytes, "<html>");
  EXPECT_EQ(page->type, "text/html; charset=utf-8");
  EXPECT_FALSE(page->never_changes);
  const auto script = at("/assets/app-3f2a.js");
  ASSERT_TRUE(script);
  EXPECT_EQ(script->type, "text/javascript");
  EXPECT_TRUE(script->never_changes);
  EXPECT_EQ(at("/assets/app-3f2a.css")->type, "text/css");
  EXPECT_EQ(at("/mark.svg")->type, "image/svg+xml");
}

TEST_F(StaticFiles, nothing_outside_the_folder_is_given) {
  for (const char* path : {"/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt",
                           "/..%2fsecret.txt", "//secret.txt", "/link.txt", "/up/secret.txt", "secret.txt",
                           "", "/assets", "/nothing.js", "/./../secret.txt"})
    EXPECT_FALSE(at(path)) << path;
  EXPECT_FALSE(at("//" + folder_.file("secret.txt")));
  EXPECT_FALSE(at(std::string("/index.html\0.js", 15)));
  EXPECT_FALSE(static_file(folder_.file("no such folder"), "/"));
}

RC_GTEST_FIXTURE_PROP(StaticFiles, no_path_made_of_dots_and_slashes_leads_out, ()) {
  const auto parts =
      *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(std::vector<std::string>{
          "/", "..", ".", "secret.txt", "assets", "up", "link.txt", "index.html", "//"}));
  std::string path = "/";
  for (const auto& part : parts) path += part;
  const auto file = at(path);
  const bool outside = file && file->bytes == "secret";  // RC_ASSERT looks at both sides of an "or"
  RC_ASSERT(!outside);
}

}  // namespace
}  // namespace varne
