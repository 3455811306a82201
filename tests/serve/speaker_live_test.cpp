/// A live desk with accounts: its record says who had signed in, a restart makes the same of it, and neither
/// record, journal nor log ever holds what somebody signed in with.
#include <gtest/gtest.h>

#include <filesystem>

#include "offices.h"

namespace varne {
namespace {

using test::ask;

class LiveWithAccounts : public ::testing::Test {
 protected:
  void start() {
    server_ = std::make_unique<test::RunningLive>(
        test::live(test::desk_in(folder_)),
        ServerOptions{.accounts = offices_.desks(), .access_log = folder_.file("access.log")});
  }
  test::Answer report(const std::map<std::string, std::string>& fields, Json said) {
    said["id"] = "r" + std::to_string(++reports_);
    said["time"] = iso(test::wall_clock());
    return ask(server_->port(),
               {.target = "/api/reports", .method = "POST", .body = said.dump(), .fields = fields});
  }
  [[nodiscard]] std::map<std::string, std::string> as(Role role) const {
    return test::by_session(server_->port(), offices_.session(role));
  }
  /// Every entry, as a viewer reads them.
  [[nodiscard]] Json entries() const {
    return ask(server_->port(), {.target = "/api/entries?limit=1000", .fields = as(Role::viewer)})
        .json()["entries"];
  }

  test::Scratch folder_;
  test::Offices offices_;
  std::unique_ptr<test::RunningLive> server_;
  int reports_ = 0;
};

const Json sighting{{"kind", "sighting"}, {"boat", "Alpha"}, {"from", "RNLI Dover"}, {"at", {1.3, 51.0}}};

TEST_F(LiveWithAccounts, the_record_says_who_had_signed_in_and_a_restart_says_the_same) {
  start();
  ASSERT_EQ(report(as(Role::watch_officer), sighting).status, 200);
  ASSERT_EQ(report(as(Role::coordinator), {{"kind", "order"},
                                           {"boat", "Alpha"},
                                           {"from", "MRCC Dover"},
                                           {"task", "hand_over"},
                                           {"to", "CROSS Gris-Nez"}})
                .status,
            200);
  const std::string token = offices_.token("bridge", {"report"});
  ASSERT_EQ(report(test::by_token(token), sighting).status, 200);
  const Json before = entries();
  Json by;
  std::string source;
  for (const Json& entry : before) {
    if (entry["kind"] == "order") by = entry["body"]["by"];
    if (entry["kind"] == "report") source = entry["body"]["source"];
  }
  EXPECT_EQ(by, (Json{{"account", "coordinator"}, {"role", "coordinator"}, {"unit", "MRCC Dover"}}));
  EXPECT_EQ(source, "feed bridge");
  server_.reset();
  for (const auto& file : std::filesystem::directory_iterator(folder_.file("journal")))
    if (file.path().extension() == ".checkpoint")
      std::filesystem::remove(file);  // everything from the journal
  start();
  const Json after = entries();
  ASSERT_GE(after.size(), before.size());
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(after[i], before[i]) << i;
  server_->with_desk([](const LiveDesk& desk) {
    for (const auto& line : desk.greeting()) EXPECT_EQ(line.find("differ"), std::string::npos) << line;
  });
}

TEST_F(LiveWithAccounts, what_is_said_in_somebody_elses_name_is_refused_with_the_field_and_leaves_no_trace) {
  start();
  ASSERT_EQ(report(as(Role::watch_officer), sighting).status, 200);
  const auto last = entries().size();
  const Json order{{"kind", "order"}, {"boat", "Alpha"}, {"from", "CROSS Gris-Nez"}, {"task", "rescue"}};
  auto answer = report(as(Role::coordinator), order);
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.json()["field"], "from");
  EXPECT_NE(answer.error().find("you are signed in as coordinator (coordinator of MRCC Dover)"),
            std::string::npos)
      << answer.body;
  const Json yes{{"kind", "consent"}, {"boat", "Alpha"},      {"from", "commander"},     {"role", "captain"},
                 {"given", true},     {"unit", "RNLI Dover"}, {"response", "turn_round"}};
  answer = report(as(Role::commander), yes);
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.json()["field"], "role");
  EXPECT_EQ(report({}, sighting).status, 401) << "nobody types here without signing in";
  EXPECT_EQ(entries().size(), last);
}

TEST_F(LiveWithAccounts, another_account_does_not_hear_of_anothers_report_by_sending_it_again) {
  start();
  Json said = sighting;
  said["id"] = "the-same";
  said["time"] = iso(test::wall_clock());
  const auto send = [&](Role role) {
    return ask(server_->port(),
               {.target = "/api/reports", .method = "POST", .body = said.dump(), .fields = as(role)})
        .status;
  };
  EXPECT_EQ(send(Role::watch_officer), 200);
  EXPECT_EQ(send(Role::watch_officer), 200) << "sent again it is the same report";
  EXPECT_EQ(send(Role::captain), 409);
}

TEST_F(LiveWithAccounts, nothing_of_what_one_signs_in_with_stands_in_log_record_or_journal) {
  start();
  const std::string wrong = "my-other-password";
  for (const std::string& with : {std::string(test::password), wrong})
    test::post(server_->port(), "/api/login", {{"account", "captain"}, {"password", with}});
  const std::string session = offices_.session(Role::coordinator);
  const std::string token = offices_.token("bridge", {"read", "report"});
  EXPECT_EQ(report(test::by_session(server_->port(), session), sighting).status, 200);
  EXPECT_EQ(report(test::by_token(token), sighting).status, 200);
  EXPECT_EQ(
      ask(server_->port(), {.target = "/api/state?token=" + token, .fields = test::by_token(token)}).status,
      200);
  EXPECT_EQ(test::get(server_->port(), "/api/state?password=" + wrong).status, 401);
  const auto port = server_->port();
  server_.reset();
  std::string all = test::read_all(folder_.file("access.log"));
  EXPECT_NE(all.find(" 127.0.0.1 coordinator POST /api/reports 200\n"), std::string::npos) << all;
  EXPECT_NE(all.find(" 127.0.0.1 bridge GET /api/state 200\n"), std::string::npos) << all;
  EXPECT_NE(all.find(" 127.0.0.1 - POST /api/login 401\n"), std::string::npos) << all << port;
  int files = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder_.file("."))) {
    if (!file.is_regular_file()) continue;
    ++files;
    all += test::read_all(file.path().string());
  }
  EXPECT_GE(files, 4) << "log, record, keys and journal";
  (void)read_journal(folder_.file("journal"), [&](const JournalItem& item) -> Done {
    all += item.bytes;
    return {};
  });
  EXPECT_NE(all.find("\"name\":\"coordinator\""), std::string::npos) << "the journal keeps the speaker";
  for (const std::string& secret : {std::string(test::password), wrong, session, token})
    EXPECT_EQ(all.find(secret), std::string::npos) << secret;
}

}  // namespace
}  // namespace varne
