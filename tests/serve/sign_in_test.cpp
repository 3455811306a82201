/// Signing in and out as a browser does, how long that holds, and that who guesses keeps nobody out.
#include "varne/serve/sign_in.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "offices.h"
#include "varne/access/one_time_code.h"

namespace varne {
namespace {

using test::ask;
using test::password;

class SigningIn : public ::testing::Test {
 protected:
  SigningIn() : server_(test::scripted(), {.accounts = offices_.desks(), .now = [this] { return now(); }}) {}
  [[nodiscard]] Time now() const { return test::wall_clock() + Duration(passed_ms_.load()); }
  void pass(Duration time) { passed_ms_ += time.count(); }

  test::Answer sign_in(const std::string& account, const std::string& with, const std::string& code = "") {
    Json body{{"account", account}, {"password", with}};
    if (!code.empty()) body["code"] = code;
    return test::post(server_.port(), "/api/login", body);
  }
  /// What a browser sends after that answer.
  static std::map<std::string, std::string> cookie_of(const test::Answer& answer) {
    const auto set = answer.fields.find("Set-Cookie");
    EXPECT_NE(set, answer.fields.end()) << answer.body;
    if (set == answer.fields.end()) return {};
    const auto origin = "http://127.0.0.1:" + set->second.substr(6, set->second.find('=') - 6);
    return {{"Cookie", set->second.substr(0, set->second.find(';'))}, {"Origin", origin}};
  }
  std::map<std::string, std::string> fields_of(Role role) {
    return test::by_session(server_.port(), offices_.session(role, now()));
  }
  test::Answer me(const std::map<std::string, std::string>& fields) {
    return ask(server_.port(), {.target = "/api/me", .fields = fields});
  }
  test::Answer do_post(const std::map<std::string, std::string>& fields, const std::string& target,
                       const Json& body) {
    return ask(server_.port(), {.target = target, .method = "POST", .body = body.dump(), .fields = fields});
  }

  std::atomic<std::int64_t> passed_ms_ = 0;
  test::Offices offices_;
  test::Running<test::ScriptedDesk> server_;
};

TEST_F(SigningIn, gives_a_cookie_that_no_script_reads_and_says_who_one_is) {
  const auto answer = sign_in("coordinator", password);
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto& cookie = answer.fields.at("Set-Cookie");
  for (const char* part : {"; HttpOnly", "; SameSite=Strict", "; Path=/"})
    EXPECT_NE(cookie.find(part), std::string::npos) << cookie;
  EXPECT_EQ(cookie.find("Secure"), std::string::npos) << "over plain HTTP a browser would drop it";
  const Json who = me(cookie_of(answer)).json();
  EXPECT_EQ(who["account"], "coordinator");
  EXPECT_EQ(who["role"], "coordinator");
  EXPECT_EQ(who["unit"], "MRCC Dover");
  EXPECT_EQ(who["demonstration"], false);
  EXPECT_EQ(who["may"], Json({"open", "self", "read", "report", "order", "parameter", "play"}));
}

TEST_F(SigningIn, is_refused_alike_for_a_wrong_password_and_for_somebody_who_is_not_known) {
  const auto wrong = sign_in("captain", "wrong horse battery");
  const auto unknown = sign_in("nobody.of.that.name", password);
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(unknown.status, 401);
  EXPECT_EQ(wrong.body, unknown.body);
  ASSERT_TRUE(offices_.beside().set_locked("captain", true));
  EXPECT_EQ(sign_in("captain", password).body, wrong.body);
}

TEST_F(SigningIn, asks_for_the_code_where_an_account_has_one) {
  const std::string secret = new_code_secret();
  ASSERT_TRUE(offices_.beside().set_code("captain", secret));
  EXPECT_EQ(sign_in("captain", password).status, 401);
  EXPECT_EQ(sign_in("captain", password, one_time_code(secret, code_step(now()))).status, 200);
}

TEST_F(SigningIn, names_the_field_of_a_body_that_is_none) {
  for (const auto& [body, field] : std::vector<std::pair<Json, std::string>>{
           {Json::array(), "object"},
           {{{"account", "captain"}}, "password"},
           {{{"account", 7}, {"password", "x"}}, "account"},
           {{{"account", "a"}, {"password", "x"}, {"remember", "yes"}}, "remember"}}) {
    const auto answer = test::post(server_.port(), "/api/login", body);
    EXPECT_EQ(answer.status, 400) << body;
    EXPECT_NE(answer.error().find(field), std::string::npos) << answer.body;
  }
}

TEST_F(SigningIn, who_guesses_waits_and_keeps_nobody_out_who_has_signed_in) {
  const auto watch = sign_in("watch_officer", password);
  ASSERT_EQ(watch.status, 200);
  test::Answer answer;
  for (int i = 0; i < 20 && answer.status != 429; ++i)
    answer = sign_in("watch_officer", "wrong horse battery");
  ASSERT_EQ(answer.status, 429);
  EXPECT_GE(std::stoi(answer.fields.at("Retry-After")), 1);
  EXPECT_EQ(me(cookie_of(watch)).status, 200);
  EXPECT_EQ(sign_in("captain", password).status, 200) << "another account from the same place";
}

TEST(SignInByAddress, a_guesser_elsewhere_keeps_nobody_out) {
  const test::Offices offices;
  boost::asio::io_context io;
  const auto busy = boost::asio::make_work_guard(io);
  const auto sign_in = std::make_shared<SignIn>(io, *offices.desks(), wall_time);
  const auto from = [&](const char* address, const char* with) {
    SignIn::Outcome out;
    sign_in->ask({"captain", with, "", address}, [&](const SignIn::Outcome& said) { out = said; });
    while (out.session.empty() && out.refused.empty() && out.wait.count() == 0) io.run_one();
    return out;
  };
  SignIn::Outcome guess;
  for (int i = 0; i < 20 && guess.wait.count() == 0; ++i) guess = from("192.0.2.66", "wrong horse battery");
  EXPECT_GT(guess.wait.count(), 0);
  EXPECT_FALSE(from("192.0.2.7", password).session.empty());
  sign_in->stop();
}

TEST(SignInByAddress, one_address_has_so_many_attempts_under_way_and_no_more) {
  const test::Offices offices;
  boost::asio::io_context io;
  const auto sign_in = std::make_shared<SignIn>(io, *offices.desks(), wall_time);
  int refused_at_once = 0;
  for (int i = 0; i < 40; ++i)
    sign_in->ask({"account-" + std::to_string(i), "wrong horse battery", "", "192.0.2.66"},
                 [&](const SignIn::Outcome& said) { refused_at_once += said.wait.count() > 0 ? 1 : 0; });
  EXPECT_EQ(refused_at_once, 36);
  bool in = false;
  sign_in->ask({"captain", password, "", "192.0.2.7"},
               [&](const SignIn::Outcome& said) { in = !said.session.empty(); });
  sign_in->stop();
  io.run();
  EXPECT_TRUE(in);
}

TEST_F(SigningIn, out_ends_the_session_and_its_consoles_and_no_other) {
  const auto one = fields_of(Role::captain);
  const auto other = fields_of(Role::captain);
  test::Console console(server_.port(), one);
  test::Console of_other(server_.port(), other);
  ASSERT_TRUE(console.until_type("hello") && of_other.until_type("hello"));
  const auto out = do_post(one, "/api/logout", Json::object());
  EXPECT_EQ(out.status, 200);
  EXPECT_NE(out.fields.at("Set-Cookie").find("Max-Age=0"), std::string::npos);
  EXPECT_FALSE(console.next()) << "the socket closes with its session";
  EXPECT_FALSE(console.open());
  EXPECT_EQ(me(one).status, 401);
  EXPECT_EQ(me(other).status, 200);
  server_.with_desk([](test::ScriptedDesk& desk) { desk.say(3); });
  EXPECT_TRUE(of_other.until_type("delta"));
}

TEST_F(SigningIn, ends_when_idle_unless_a_console_is_open_and_after_a_watch_in_any_case) {
  const auto idle = fields_of(Role::viewer);
  const auto busy = fields_of(Role::captain);
  test::Console console(server_.port(), busy);
  ASSERT_TRUE(console.until_type("hello"));
  for (int i = 0; i < 3; ++i) {
    pass(std::chrono::minutes(20));
    EXPECT_EQ(me(busy).status, 200);
  }
  EXPECT_EQ(me(idle).status, 401);
  pass(std::chrono::hours(13));
  EXPECT_FALSE(console.next()) << "a watch is over";
  EXPECT_EQ(me(busy).status, 401);
}

TEST_F(SigningIn, ends_at_once_where_the_account_is_locked_or_gets_another_office) {
  const auto captain = fields_of(Role::captain);
  const auto viewer = fields_of(Role::viewer);
  test::Console console(server_.port(), captain);
  ASSERT_TRUE(console.until_type("hello"));
  ASSERT_TRUE(offices_.beside().set_locked("captain", true));
  ASSERT_TRUE(offices_.beside().set_role("viewer", Role::auditor, ""));
  EXPECT_EQ(me(captain).status, 401);
  EXPECT_EQ(me(viewer).status, 401);
  EXPECT_FALSE(console.next());
}

TEST_F(SigningIn, a_console_of_a_program_closes_when_its_token_is_revoked) {
  test::Console console(server_.port(), test::by_token(offices_.token("bridge", {"read"})));
  ASSERT_TRUE(console.until_type("hello"));
  EXPECT_EQ(do_post(fields_of(Role::administrator), "/api/programs/bridge/revoke", Json::object()).status,
            200);
  EXPECT_FALSE(console.next());
}

TEST_F(SigningIn, everybody_changes_their_own_password_and_shows_the_old_one_for_it) {
  const auto captain = fields_of(Role::captain);
  const auto elsewhere = fields_of(Role::captain);
  const auto change = [&](const Json& body) { return do_post(captain, "/api/me/password", body); };
  for (const auto& [body, field] : std::vector<std::pair<Json, std::string>>{
           {{{"password", "wrong horse battery"}, {"new", "a new one of mine"}}, "password: "},
           {{{"password", password}, {"new", "short"}}, "new: "},
           {{{"password", password}}, "new"},
           {{{"password", password}, {"new", "a new one of mine"}, {"account", "viewer"}}, "account"}}) {
    const auto answer = change(body);
    EXPECT_EQ(answer.status, 400) << body;
    EXPECT_NE(answer.error().find(field), std::string::npos) << answer.body;
  }
  EXPECT_EQ(me(captain).status, 200) << "what was refused ends no session";
  test::Console console(server_.port(), elsewhere);
  ASSERT_TRUE(console.until_type("hello"));
  ASSERT_EQ(change({{"password", password}, {"new", "a new one of mine"}}).status, 200);
  EXPECT_FALSE(console.next()) << "whoever has signed in with the old one is signed out";
  EXPECT_EQ(me(captain).status, 401);
  EXPECT_EQ(sign_in("captain", password).status, 401);
  EXPECT_EQ(sign_in("captain", "a new one of mine").status, 200);
}

TEST_F(SigningIn, ones_own_password_needs_no_code_and_guessing_at_it_waits) {
  const std::string secret = new_code_secret();
  ASSERT_TRUE(offices_.beside().set_code("viewer", secret));
  const auto viewer = cookie_of(sign_in("viewer", password, one_time_code(secret, code_step(now()))));
  const auto change = [&](const std::map<std::string, std::string>& fields, const char* old) {
    return do_post(fields, "/api/me/password", {{"password", old}, {"new", "a new one of mine"}});
  };
  EXPECT_EQ(change(viewer, password).status, 200);
  const auto left_open = fields_of(Role::captain);
  test::Answer answer;
  for (int i = 0; i < 20 && answer.status != 429; ++i) answer = change(left_open, "wrong horse battery");
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(me(left_open).status, 200);
}

TEST_F(SigningIn, an_administrator_keeps_the_accounts) {
  const auto admin = fields_of(Role::administrator);
  const auto add = [&](const Json& account) { return do_post(admin, "/api/accounts", account); };
  const Json anna{
      {"name", "anna"}, {"role", "captain"}, {"unit", "RNLI Dover"}, {"password", "a password of hers"}};
  ASSERT_EQ(add(anna).status, 200);
  EXPECT_EQ(add(anna).status, 400) << "there is one";
  EXPECT_EQ(sign_in("anna", "a password of hers").status, 200);
  for (const auto& [name, value] : std::vector<std::pair<const char*, Json>>{{"role", "king"},
                                                                             {"unit", "RNLI Atlantis"},
                                                                             {"password", "short"},
                                                                             {"name", "No Name"},
                                                                             {"name", 7}}) {
    Json wrong = anna;
    wrong["name"] = "ben";
    wrong[name] = value;
    const auto answer = add(wrong);
    EXPECT_EQ(answer.status, 400) << wrong;
    EXPECT_NE(answer.error().find(name), std::string::npos) << answer.body;
  }
  const auto change = [&](const char* name, const Json& what) {
    return do_post(admin, std::string("/api/accounts/") + name, what);
  };
  EXPECT_EQ(change("anna", {{"password", "another of hers"}}).status, 200);
  EXPECT_EQ(sign_in("anna", "another of hers").status, 200);
  EXPECT_EQ(change("anna", {{"role", "viewer"}}).status, 200);
  EXPECT_EQ(change("anna", {{"locked", true}}).status, 200);
  EXPECT_EQ(sign_in("anna", "another of hers").status, 401);
  EXPECT_NE(change("captain", {{"code", true}})
                .json()["uri"]
                .get<std::string>()
                .find("otpauth://totp/Varne:captain"),
            std::string::npos);
  EXPECT_EQ(change("captain", {{"code", false}}).status, 200);
  EXPECT_EQ(change("nobody", {{"locked", true}}).status, 400);
  EXPECT_EQ(change("anna", {{"locked", true}, {"role", "viewer"}}).status, 400);
  EXPECT_EQ(change("administrator", {{"locked", true}}).status, 409) << "nobody locks themselves out";
  EXPECT_EQ(change("administrator", {{"role", "viewer"}}).status, 409);

  const auto token =
      do_post(admin, "/api/programs", {{"name", "bridge"}, {"scopes", {"report"}}}).json()["token"];
  EXPECT_EQ(ask(server_.port(), {.target = "/api/state", .fields = test::by_token(token)}).status, 403);
  EXPECT_EQ(do_post(admin, "/api/programs", {{"name", "b2"}, {"scopes", {"order"}}}).status, 400);
  const Json all = ask(server_.port(), {.target = "/api/accounts", .fields = admin}).json();
  EXPECT_EQ(all["programs"][0]["name"], "bridge");
  const auto& people = all["accounts"];
  const auto listed = std::ranges::find_if(people, [](const Json& one) { return one["name"] == "anna"; });
  ASSERT_NE(listed, people.end());
  EXPECT_EQ((*listed)["locked"], true);
  EXPECT_EQ((*listed)["role"], "viewer");
}

TEST(WithoutAccounts, nobody_signs_in_and_the_page_is_told) {
  const test::Running<test::ScriptedDesk> server(test::scripted());
  const Json who = test::get(server.port(), "/api/me").json();
  EXPECT_EQ(who["demonstration"], true);
  EXPECT_EQ(who["account"], "");
  EXPECT_EQ(test::post(server.port(), "/api/login", {{"account", "a"}, {"password", "b"}}).status, 404);
  EXPECT_EQ(test::post(server.port(), "/api/logout", Json::object()).status, 200);
  for (const char* path : {"/api/accounts", "/api/accounts/anna", "/api/programs"})
    EXPECT_EQ(test::post(server.port(), path, Json::object()).status, 401) << path;
}

TEST(WithoutAccounts, it_listens_on_loopback_only_and_says_why) {
  const test::Offices offices;
  boost::asio::io_context io;
  test::ScriptedDesk desk;
  for (Accounts* accounts :
       {static_cast<Accounts*>(nullptr), offices.desks()}) {  // neither will do without TLS
    const auto refused = Server::listen(io, desk, {.address = "0.0.0.0", .port = 0, .accounts = accounts});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().where, "--listen");
    EXPECT_NE(refused.error().what.find("loopback only"), std::string::npos) << refused.error().text();
  }
  EXPECT_TRUE(Server::listen(io, desk, {.address = "127.0.0.5", .port = 0}));
}

}  // namespace
}  // namespace varne
