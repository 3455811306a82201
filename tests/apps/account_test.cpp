/// `varne account`, and a desk that asks who one is, as somebody runs them.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <csignal>

#include "apps/program.h"
#include "apps/ran.h"
#include "serve/client.h"
#include "support.h"

namespace varne {
namespace {

using test::Program;
using test::ran;
using test::ran_varne;

constexpr const char* password = "correct horse battery";

class AccountCommand : public ::testing::Test {
 protected:
  [[nodiscard]] std::string file() const { return folder_.file("desk.accounts"); }
  /// `varne account WORDS`, with this line at standard input; stderr beside stdout.
  [[nodiscard]] test::Ran account(const std::string& words, const std::string& line = "") const {
    return ran("printf '%s\\n' '" + line + "' | " + VARNE_BINARY + " account " + words + " --accounts " +
               file() + " 2>&1");
  }
  test::Scratch folder_;
};

TEST_F(AccountCommand, keeps_accounts_and_never_shows_a_password) {
  const auto made = account("add anna --role captain --unit 'RNLI Dover'", password);
  EXPECT_EQ(made.status, 0) << made.out;
  EXPECT_EQ(made.out.find(password), std::string::npos);
  struct stat state {};
  ASSERT_EQ(stat(file().c_str(), &state), 0);
  EXPECT_EQ(state.st_mode & 0777U, 0600U);
  const auto code = account("code anna");
  EXPECT_NE(code.out.find("otpauth://totp/Varne:anna?secret="), std::string::npos) << code.out;
  EXPECT_EQ(account("lock anna").status, 0);
  EXPECT_NE(account("list").out.find("code locked"), std::string::npos) << account("list").out;
  EXPECT_EQ(account("unlock anna").status, 0);
  EXPECT_EQ(account("code anna --off").status, 0);
  EXPECT_EQ(account("role anna --role viewer").status, 0);
  EXPECT_EQ(account("password anna", "another long password").status, 0);
  const auto list = account("list").out;
  EXPECT_NE(list.find("viewer"), std::string::npos) << list;
  EXPECT_EQ(list.find("lock"), std::string::npos) << list;
  const auto token = account("token bridge --scope read --scope report");
  EXPECT_TRUE(token.out.starts_with("varne_")) << token.out;
  EXPECT_NE(account("list").out.find("read report"), std::string::npos);
  EXPECT_EQ(account("token bridge --revoke").status, 0);
}

TEST_F(AccountCommand, refuses_what_is_wrong_and_says_what_to_do) {
  ASSERT_EQ(account("add anna --role captain --unit 'RNLI Dover'", password).status, 0);
  const auto refused = [&](const std::string& words, const std::string& line, const std::string& says) {
    const auto ran = account(words, line);
    EXPECT_NE(ran.status, 0) << words;
    EXPECT_NE(ran.out.find(says), std::string::npos) << words << "\n" << ran.out;
  };
  refused("add anna --role viewer", password, "there is an account anna");
  refused("add ben --role viewer", "short", "too short");
  refused("add ben --role king", password, "watch_officer");
  refused("add ben --role captain", password, "name it");
  refused("add 'Ben B' --role viewer", password, "no name for an account");
  refused("lock nobody", "", "no account \"nobody\"");
  refused("token bridge --scope order", "", "there are read, report");
  refused("token bridge", "", "there are read, report");
  refused("add ben --role viewer --password x", password, "--password");
  const auto none = ran_varne("account list --accounts " + folder_.file("none") + " 2>&1");
  EXPECT_EQ(none.status, 2);
  EXPECT_NE(none.out.find("varne account add makes it"), std::string::npos) << none.out;
}

TEST_F(AccountCommand, a_desk_with_accounts_asks_who_one_is_and_sees_at_once_what_is_changed) {
  ASSERT_EQ(account("add anna --role captain --unit 'RNLI Dover'", password).status, 0);
  ASSERT_EQ(account("add kim --role captain --unit 'RNLI Atlantis'", password).status, 0);
  Program desk(folder_, {"serve", "--port", "0", "--record", folder_.file("desk.db"), "--accounts", file()});
  const auto port = desk.port();
  ASSERT_NE(port, 0) << desk.said();
  EXPECT_NE(desk.said().find("Account kim speaks for \"RNLI Atlantis\""), std::string::npos) << desk.said();
  EXPECT_EQ(test::get(port, "/api/state").status, 401);
  EXPECT_EQ(test::get(port, "/").status, 200) << "the page itself asks who one is";
  const Json credentials{{"account", "anna"}, {"password", password}};
  const auto in = test::post(port, "/api/login", credentials);
  ASSERT_EQ(in.status, 200) << in.body;
  const auto& cookie = in.fields.at("Set-Cookie");
  const std::map<std::string, std::string> fields{{"Cookie", cookie.substr(0, cookie.find(';'))}};
  const auto state = [&] { return test::ask(port, {.target = "/api/state", .fields = fields}).status; };
  EXPECT_EQ(state(), 200);
  ASSERT_EQ(account("lock anna").status, 0);
  EXPECT_EQ(state(), 401);
  EXPECT_EQ(test::post(port, "/api/login", credentials).status, 401);
  EXPECT_EQ(desk.end(SIGTERM), 0) << desk.said();
}

TEST_F(AccountCommand, a_desk_without_accounts_and_tls_does_not_listen_beyond_this_machine) {
  const auto serve = [&](const std::string& words) {
    return ran_varne("serve --port 0 --record " + folder_.file("desk.db") + " " + words + " 2>&1");
  };
  const auto bare = serve("--listen 0.0.0.0");
  EXPECT_EQ(bare.status, 2);
  EXPECT_NE(bare.out.find("loopback only"), std::string::npos) << bare.out;
  EXPECT_EQ(serve("--accounts " + folder_.file("none")).status, 2);
  ASSERT_EQ(account("add anna --role viewer", password).status, 0);
  EXPECT_EQ(serve("--listen 0.0.0.0 --accounts " + file()).status, 2);
  EXPECT_NE(serve("--cert x.pem").out.find("--key"), std::string::npos);
  EXPECT_NE(serve("--client-ca x.pem").out.find("--cert"), std::string::npos);
  EXPECT_NE(serve("--cert none.pem --key none.pem").out.find("none.pem"), std::string::npos);
}

}  // namespace
}  // namespace varne
