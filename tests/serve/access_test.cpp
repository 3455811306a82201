/// Every request and the socket, as everybody whom the table knows, both ways: what it allows is let in, what
/// it does not is refused. And the table is the manual's.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "offices.h"
#include "varne/core/enum_named.h"
#include "varne/serve/access_table.h"
#include "varne/serve/routes.h"

namespace varne {
namespace {

using test::ask;

TEST(AccessTable, stands_in_the_manual) {
  const auto manual = test::read_all(std::string(VARNE_ROOT) + "/docs/access.md");
  for (const std::string& table : {acts_table(), requests_table()})
    EXPECT_NE(manual.find(table), std::string::npos) << "docs/access.md is to have:\n" << table;
}

TEST(AccessTable, every_scope_is_an_act_and_what_is_none_is_refused_by_name) {
  EXPECT_TRUE(check_scopes(known_scopes()));
  for (const char* none : {"order", "consent", "accounts", "everything", ""}) {
    const auto refused = check_scopes({"read", none});
    ASSERT_FALSE(refused) << none;
    EXPECT_NE(refused.error().text().find(none), std::string::npos);
    EXPECT_EQ(acts_of(std::vector<std::string>{none}), acts_of_nobody()) << none;
  }
  EXPECT_FALSE(check_scopes({}));
}

TEST(AccessTable, who_orders_agrees_or_keeps_accounts_is_a_person_and_nobody_does_all) {
  for (const Act act : {Act::order, Act::consent, Act::overrule, Act::parameter, Act::accounts}) {
    EXPECT_FALSE(holds(acts_of(known_scopes()), act)) << enum_name(act);
    for (const auto& [holder, name] : EnumNames<Holder>::values) EXPECT_FALSE(holds(acts_of(holder), act));
  }
  for (const auto& [role, name] : EnumNames<Role>::values)
    EXPECT_FALSE(holds(acts_of(role), Act::accounts) && holds(acts_of(role), Act::order)) << name;
}

/// Somebody who asks: what they may, and what they send to show who they are, anew each time.
struct Somebody {
  std::string name;
  Acts may;
  std::function<std::map<std::string, std::string>()> shows;
};

class Everybody : public ::testing::Test {
 protected:
  Everybody() : server_(test::scripted(), {.accounts = offices_.desks()}) {
    everybody_.push_back({"nobody", acts_of_nobody(), [] { return std::map<std::string, std::string>(); }});
    for (const auto& [role, name] : EnumNames<Role>::values)
      everybody_.push_back({std::string(name), acts_of(role), [this, role = role] {
                              return test::by_session(server_.port(), offices_.session(role));
                            }});
    for (const std::string& scope : known_scopes())
      everybody_.push_back(
          {"token " + scope, acts_of(std::vector{scope}),
           [token = offices_.token("program-" + scope, {scope})] { return test::by_token(token); }});
  }
  /// Why the answer is not the table's; "" where it is.
  static std::string wrong(const Somebody& who, Act act, int status) {
    const bool refused = status == 401 || status == 403;
    if (holds(who.may, act))
      return refused || status == 0 ? fmt::format("{} was refused: {}", who.name, status) : "";
    const int right = who.name == "nobody" ? 401 : 403;
    return status == right ? "" : fmt::format("{} got {}", who.name, status);
  }
  test::Offices offices_;
  test::Running<test::ScriptedDesk> server_;
  std::vector<Somebody> everybody_;
};

TEST_F(Everybody, gets_what_the_table_allows_and_nothing_else) {
  for (const Route& route : routes()) {
    if (route.answer == nullptr) continue;
    const auto method = std::string(boost::beast::http::to_string(route.method));
    std::string path(route.path);
    if (const auto open = path.find('{'); open != std::string::npos)
      path.replace(open, path.find('}') + 1 - open, path.ends_with("*}") ? "index.html" : "x");
    for (const Somebody& who : everybody_) {
      const auto answer = ask(server_.port(), {.target = path, .method = method, .fields = who.shows()});
      // Signing in as nobody in particular is refused by what it is, not by the table.
      if (path == "/api/login") {
        EXPECT_EQ(answer.status, 400) << who.name;
        continue;
      }
      EXPECT_EQ(wrong(who, route.act, answer.status), "") << method << " " << path << " " << answer.body;
    }
  }
}

TEST_F(Everybody, opens_the_socket_only_where_they_may_read) {
  for (const Somebody& who : everybody_) {
    const test::Console console(server_.port(), who.shows());
    EXPECT_EQ(console.open(), holds(who.may, Act::read)) << who.name << " " << console.status();
  }
}

TEST_F(Everybody, says_only_the_reports_that_the_table_allows) {
  const auto now = iso(test::wall_clock());
  const Json head{{"time", now}, {"boat", "A"}};
  struct Said {
    Act act;
    Json report;
  };
  const auto with = [&](Json more) {
    more.update(head);
    return more;
  };
  const std::vector<Said> all{
      {Act::report, with({{"kind", "sighting"}, {"from", "caller"}, {"at", {1.4, 51.0}}})},
      {Act::report,
       with({{"kind", "order"}, {"from", "the minister"}, {"role", "minister"}, {"task", "turn_round"}})},
      {Act::report, with({{"kind", "consent"},
                          {"from", "RNLI Dover"},
                          {"role", "captain"},
                          {"given", false},
                          {"response", "turn_round"}})},
      {Act::order, with({{"kind", "order"}, {"task", "rescue"}})},
      {Act::consent, with({{"kind", "consent"}, {"given", true}, {"response", "turn_round"}})},
      {Act::overrule,
       with({{"kind", "override"}, {"response", "turn_round"}, {"until", now}, {"text", "so it is"}})},
      {Act::parameter, {{"time", now}, {"kind", "parameter"}, {"parameter", "a.b"}, {"value", 1}}},
  };
  int n = 0;
  for (const Somebody& who : everybody_) {
    const auto role = enum_named<Role>(who.name);
    for (const Said& one : all) {
      Json report = one.report;
      report["id"] = fmt::format("r{}", ++n);
      if (!report.contains("from")) {  // in the office of whoever says it
        const std::string unit = role ? test::Offices::unit_of(*role) : "";
        report["from"] = unit.empty() ? "somebody" : unit;
        const bool leads = who.name == "captain" || who.name == "commander";
        const bool of_centre = one.act == Act::order && role && !leads;
        if (!of_centre) report["role"] = leads || who.name == "coordinator" ? who.name : "captain";
      }
      const auto answer =
          ask(server_.port(),
              {.target = "/api/reports", .method = "POST", .body = report.dump(), .fields = who.shows()});
      const bool may = holds(who.may, Act::report) && holds(who.may, one.act);
      EXPECT_EQ(answer.status, may                    ? 200
                               : who.name == "nobody" ? 401
                                                      : 403)
          << who.name << ": " << report << "\n"
          << answer.body;
    }
  }
}

TEST_F(Everybody, is_told_why_in_words) {
  const auto nobody = test::get(server_.port(), "/api/state");
  EXPECT_EQ(nobody.error(), "sign in first");
  EXPECT_EQ(nobody.fields.at("WWW-Authenticate"), "Bearer");
  const auto viewer =
      ask(server_.port(), {.target = "/api/play",
                           .method = "POST",
                           .body = "{}",
                           .fields = test::by_session(server_.port(), offices_.session(Role::viewer))});
  EXPECT_NE(viewer.error().find("as viewer you may not do this (play)"), std::string::npos) << viewer.body;
}

TEST_F(Everybody, who_shows_a_wrong_token_or_session_is_nobody_even_beside_a_right_one) {
  auto fields = test::by_session(server_.port(), offices_.session(Role::viewer));
  fields["Authorization"] = "Bearer varne_wrong";
  EXPECT_EQ(ask(server_.port(), {.target = "/api/state", .fields = fields}).status, 401);
  for (const std::string& secret : {std::string(), std::string("x"), std::string(5000, 'x')})
    EXPECT_EQ(
        ask(server_.port(), {.target = "/api/state", .fields = test::by_session(server_.port(), secret)})
            .status,
        401);
}

TEST_F(Everybody, a_session_writes_and_listens_from_the_desks_own_page_alone) {
  auto fields = test::by_session(server_.port(), offices_.session(Role::coordinator));
  const auto status = [&] {
    return ask(server_.port(), {.target = "/api/play", .method = "POST", .body = "{}", .fields = fields})
        .status;
  };
  EXPECT_EQ(status(), 200);
  for (const char* origin : {"http://evil.example", "null", "http://127.0.0.1:1"}) {
    fields["Origin"] = origin;
    EXPECT_EQ(status(), 403) << origin;
    EXPECT_EQ(test::Console(server_.port(), fields).status(), 403) << origin;
  }
  fields.erase("Origin");
  EXPECT_EQ(status(), 403);
  EXPECT_EQ(test::Console(server_.port(), fields).status(), 403);
  EXPECT_EQ(ask(server_.port(), {.target = "/api/state", .fields = fields}).status, 200);
  fields["Host"] = "evil.example";
  EXPECT_EQ(ask(server_.port(), {.target = "/api/state", .fields = fields}).status, 403) << "rebound";
}

TEST_F(Everybody, no_page_stands_in_a_frame_of_another) {
  for (const char* path : {"/", "/api/me", "/api/nothing"}) {
    const auto answer = test::get(server_.port(), path);
    EXPECT_EQ(answer.fields.at("X-Frame-Options"), "DENY") << path;
    EXPECT_NE(answer.fields.at("Content-Security-Policy").find("frame-ancestors 'none'"), std::string::npos);
  }
}

}  // namespace
}  // namespace varne
