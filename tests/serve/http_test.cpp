/// The server as a browser, a program and a hostile page meet it.
#include <gtest/gtest.h>

#include <filesystem>

#include "running.h"

namespace varne {
namespace {

using test::ask;
using test::Asked;
using test::get;

test::Running<test::ScriptedDesk>::Make scripted() {
  return [](boost::asio::io_context&) { return std::make_unique<test::ScriptedDesk>(); };
}

class Http : public ::testing::Test {
 protected:
  Http()
      : server_(scripted(), {.map = R"({"type":"FeatureCollection"})", .console = folder_.file("console")}) {
    std::filesystem::create_directories(folder_.file("console/assets"));
  }
  test::Scratch folder_;
  test::Running<test::ScriptedDesk> server_;
};

TEST_F(Http, without_a_built_console_the_page_says_how_to_build_it) {
  const auto answer = get(server_.port(), "/");
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.body.find("make console"), std::string::npos);
  EXPECT_EQ(answer.fields.at("Content-Type"), "text/html; charset=utf-8");
}

TEST_F(Http, hashed_files_may_be_kept_and_the_page_may_not) {
  folder_.write("console/index.html", "<html>");
  folder_.write("console/assets/app-1.js", "js");
  const auto script = get(server_.port(), "/assets/app-1.js");
  EXPECT_EQ(script.body, "js");
  EXPECT_EQ(script.fields.at("Content-Type"), "text/javascript");
  EXPECT_NE(script.fields.at("Cache-Control").find("immutable"), std::string::npos);
  const auto page = get(server_.port(), "/");
  EXPECT_EQ(page.body, "<html>");
  EXPECT_EQ(page.fields.at("Cache-Control"), "no-cache");
  EXPECT_EQ(page.fields.at("X-Content-Type-Options"), "nosniff");
  EXPECT_NE(page.fields.at("Content-Security-Policy").find("default-src 'self'"), std::string::npos);
}

TEST_F(Http, a_path_out_of_the_console_finds_nothing) {
  folder_.write("secret.txt", "secret");
  for (const char* path : {"/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt"})
    EXPECT_EQ(get(server_.port(), path).status, 404) << path;
}

TEST_F(Http, what_does_not_exist_is_said_in_json) {
  for (const char* path : {"/api/nothing", "/api/tracks/M1", "/api/incidents/I9",
                           "/api/incidents/I9/forecast", "/nothing.html"}) {
    const auto answer = get(server_.port(), path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_FALSE(answer.error().empty()) << path;
  }
}

TEST_F(Http, questions_that_cannot_be_answered_name_the_field) {
  for (const char* path : {"/api/entries?limit=0", "/api/entries?limit=1001", "/api/entries?after=x",
                           "/api/entries?before=-1", "/api/sea", "/api/sea?lon=1", "/api/sea?lon=1&lat=91",
                           "/api/sea?lon=nan&lat=51", "/api/sea?lon=1.4&lat=51&time=yesterday"}) {
    const auto answer = get(server_.port(), path);
    EXPECT_EQ(answer.status, 400) << path << " " << answer.body;
    EXPECT_FALSE(answer.error().empty()) << path;
  }
}

TEST_F(Http, entries_come_in_pages_either_way) {
  server_.with_desk([](test::ScriptedDesk& desk) {
    for (int i = 0; i < 30; ++i) desk.say(10);
  });
  const auto numbers = [&](const std::string& query) {
    std::vector<int> out;
    const Json page = get(server_.port(), "/api/entries?" + query).json();
    EXPECT_EQ(page["last"], 30);
    for (const auto& entry : page["entries"]) out.push_back(entry["number"]);
    return out;
  };
  EXPECT_EQ(numbers("after=27&limit=10"), (std::vector<int>{28, 29, 30}));
  EXPECT_EQ(numbers("after=0&limit=2"), (std::vector<int>{1, 2}));
  EXPECT_EQ(numbers("before=4&limit=2"), (std::vector<int>{2, 3}));
  EXPECT_EQ(numbers("before=2&limit=5"), (std::vector<int>{1}));
  EXPECT_EQ(numbers("before=1"), (std::vector<int>{}));
  EXPECT_EQ(numbers("after=30"), (std::vector<int>{}));
}

TEST_F(Http, head_gives_the_fields_alone) {
  const auto answer = ask(server_.port(), {.target = "/api/map", .method = "HEAD"});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.fields.at("Content-Type"), "application/geo+json");
  EXPECT_EQ(answer.fields.at("Content-Length"), "28");
  EXPECT_TRUE(answer.body.empty());
}

TEST_F(Http, a_method_that_a_path_does_not_have_is_refused_with_those_it_has) {
  for (const char* method : {"PUT", "DELETE", "PATCH", "OPTIONS", "POST"}) {
    const auto answer = ask(server_.port(), {.target = "/api/state", .method = method});
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(answer.fields.at("Allow"), "GET, HEAD") << method;
  }
  const auto answer = get(server_.port(), "/api/reports");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.fields.at("Allow"), "POST");
  EXPECT_EQ(ask(server_.port(), {.target = "/api/nothing", .method = "POST"}).status, 404);
  EXPECT_EQ(get(server_.port(), "/ws").status, 426);
}

TEST_F(Http, metrics_are_prometheus_text) {
  const auto answer = get(server_.port(), "/metrics");
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.fields.at("Content-Type").starts_with("text/plain; version=0.0.4"));
  // Every line is a comment or "name value".
  int values = 0;
  for (std::size_t at = 0; at < answer.body.size();) {
    const auto end = answer.body.find('\n', at);
    ASSERT_NE(end, std::string::npos) << "a last line without its end";
    const std::string line = answer.body.substr(at, end - at);
    at = end + 1;
    if (line.starts_with('#')) continue;
    ++values;
    const auto blank = line.rfind(' ');
    ASSERT_NE(blank, std::string::npos) << line;
    EXPECT_TRUE(line.starts_with("varne_")) << line;
    EXPECT_NO_THROW((void)std::stod(line.substr(blank + 1))) << line;
  }
  EXPECT_GE(values, 5);
}

TEST_F(Http, another_hosts_name_is_refused) {
  const auto answer = ask(server_.port(), {.target = "/api/state", .fields = {{"Host", "evil.example"}}});
  EXPECT_EQ(answer.status, 403);
  EXPECT_NE(answer.error().find("evil.example"), std::string::npos);
  EXPECT_EQ(ask(server_.port(), {.target = "/", .fields = {{"Host", "evil.example"}}}).status, 403);
}

TEST_F(Http, another_sites_page_writes_nothing) {
  const auto report = test::call_for_help("r1").dump();
  for (const char* origin : {"http://evil.example", "null"}) {
    const auto answer =
        ask(server_.port(),
            {.target = "/api/reports", .method = "POST", .body = report, .fields = {{"Origin", origin}}});
    EXPECT_EQ(answer.status, 403) << origin;
  }
  const auto own = "http://127.0.0.1:" + std::to_string(server_.port());
  EXPECT_EQ(ask(server_.port(),
                {.target = "/api/reports", .method = "POST", .body = report, .fields = {{"Origin", own}}})
                .status,
            200);
}

TEST_F(Http, a_request_that_is_too_large_is_refused_and_the_next_one_served) {
  const auto answer =
      ask(server_.port(),
          {.target = "/api/reports", .method = "POST", .body = std::string(std::size_t{70} * 1024, 'x')});
  EXPECT_EQ(answer.status, 413);
  const auto header =
      ask(server_.port(), {.target = "/", .fields = {{"X-Long", std::string(std::size_t{20} * 1024, 'x')}}});
  EXPECT_EQ(header.status, 413);
  EXPECT_EQ(get(server_.port(), "/api/health").status, 200);
}

TEST_F(Http, what_is_no_http_ends_its_connection_and_no_other) {
  test::raw_exchange(server_.port(), "\x16\x03\x01 hello\r\n\r\n");  // returns when it is closed
  EXPECT_EQ(get(server_.port(), "/api/health").status, 200);
}

TEST(Listening, a_port_in_use_and_an_address_that_is_none_are_refused_plainly) {
  const test::Running<test::ScriptedDesk> first(scripted());
  boost::asio::io_context io;
  test::ScriptedDesk desk;
  const auto second = Server::listen(io, desk, {.port = first.port()});
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().text().find("port " + std::to_string(first.port())), std::string::npos);
  EXPECT_NE(second.error().text().find("in use"), std::string::npos);
  const auto none = Server::listen(io, desk, {.address = "localhorst", .port = 0});
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().text().find("localhorst"), std::string::npos);
}

}  // namespace
}  // namespace varne
