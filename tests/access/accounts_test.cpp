/// Who may sign in, how long that holds, and that a guesser keeps nobody else out.
#include "varne/access/accounts.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "support.h"
#include "varne/access/one_time_code.h"
#include "varne/access/password.h"
#include "varne/access/patience.h"

namespace varne {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Time noon = time_from_millis(1636632000000);
constexpr const char* password = "correct horse battery";

class AccountsTest : public ::testing::Test {
 protected:
  AccountsTest() : accounts_(Accounts::open(path()).value()) {}
  [[nodiscard]] std::string path() const { return folder_.file("desk.accounts"); }
  void add(const std::string& name, Role role = Role::captain, const std::string& unit = "RNLI Dover") {
    const auto done = accounts_->add({.name = name, .role = role, .unit = unit, .made = noon}, password);
    ASSERT_TRUE(done) << done.error().text();
  }
  std::optional<std::string> sign_in(const std::string& name, Time now, const std::string& code = "") {
    return accounts_->begin_session(name, accounts_->password_hash_of(name), code, now);
  }
  test::Scratch folder_;
  std::unique_ptr<Accounts> accounts_;
};

TEST_F(AccountsTest, the_file_is_for_its_owner_alone_and_holds_no_password) {
  add("anna");
  struct stat state {};
  ASSERT_EQ(stat(path().c_str(), &state), 0);
  EXPECT_EQ(state.st_mode & 0777U, 0600U);
  const auto secret = sign_in("anna", noon);
  const auto token = accounts_->add_program("bridge", {"report"}, noon);
  ASSERT_TRUE(secret && token);
  const std::string bytes = test::read_all(path());
  for (const std::string& word : {std::string(password), *secret, *token})
    EXPECT_EQ(bytes.find(word), std::string::npos);
  EXPECT_NE(bytes.find("$argon2id$"), std::string::npos);
}

TEST_F(AccountsTest, a_file_that_others_may_read_is_refused) {
  accounts_.reset();
  chmod(path().c_str(), 0640);
  const auto refused = Accounts::open(path());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().text().find("chmod 600"), std::string::npos) << refused.error().text();
}

TEST_F(AccountsTest, a_file_of_something_else_is_refused_and_left_alone) {
  const auto other = folder_.write("note.txt", "a note that is no database, and long enough to look at");
  chmod(folder_.file("note.txt").c_str(), 0600);
  EXPECT_FALSE(Accounts::open(folder_.file("note.txt")));
  EXPECT_EQ(test::read_all(folder_.file("note.txt")).substr(0, 6), "a note");
}

TEST_F(AccountsTest, a_password_fits_its_account_and_no_other) {
  add("anna");
  EXPECT_TRUE(password_fits(accounts_->password_hash_of("anna"), password));
  EXPECT_FALSE(password_fits(accounts_->password_hash_of("anna"), "correct horse batterx"));
  EXPECT_FALSE(password_fits(accounts_->password_hash_of("nobody"), password));
  EXPECT_FALSE(password_fits("", ""));
}

TEST_F(AccountsTest, what_is_no_name_no_password_or_a_captain_of_nothing_is_refused) {
  const auto refused = [&](const UserAccount& account, const std::string& with) {
    return !accounts_->add(account, with).has_value();
  };
  EXPECT_TRUE(refused({.name = "Anna B", .role = Role::viewer, .unit = "", .made = noon}, password));
  EXPECT_TRUE(refused({.name = "", .role = Role::viewer, .unit = "", .made = noon}, password));
  EXPECT_TRUE(refused({.name = "a", .role = Role::viewer, .unit = "", .made = noon}, "short"));
  EXPECT_TRUE(refused({.name = "a", .role = Role::captain, .unit = "", .made = noon}, password));
  add("a");
  EXPECT_TRUE(refused({.name = "a", .role = Role::viewer, .unit = "", .made = noon}, password));
  EXPECT_FALSE(accounts_->set_role("a", Role::coordinator, ""));
  EXPECT_FALSE(accounts_->set_locked("nobody", true));
}

TEST_F(AccountsTest, a_session_ends_when_idle_and_after_a_watch_however_busy) {
  add("anna");
  const auto idle = sign_in("anna", noon);
  ASSERT_TRUE(idle);
  EXPECT_TRUE(accounts_->session(*idle, noon + minutes(30)));
  EXPECT_TRUE(accounts_->session(*idle, noon + minutes(60))) << "asking keeps it alive";
  EXPECT_FALSE(accounts_->session(*idle, noon + minutes(91)));
  EXPECT_FALSE(accounts_->session(*idle, noon + minutes(60))) << "what has ended stays so";
  const auto busy = sign_in("anna", noon);
  for (Time now = noon; now <= noon + hours(13); now += minutes(20))
    EXPECT_TRUE(accounts_->session(*busy, now)) << iso(now);
  EXPECT_FALSE(accounts_->session(*busy, noon + hours(13) + seconds(1)));
}

TEST_F(AccountsTest, every_sign_in_has_a_secret_of_its_own_and_logging_out_ends_only_that) {
  add("anna");
  const auto one = sign_in("anna", noon);
  const auto other = sign_in("anna", noon);
  ASSERT_TRUE(one && other);
  EXPECT_NE(*one, *other);
  accounts_->end_session(*one);
  EXPECT_FALSE(accounts_->session(*one, noon));
  EXPECT_TRUE(accounts_->session(*other, noon));
  EXPECT_FALSE(accounts_->session("", noon));
}

TEST_F(AccountsTest, what_another_process_changes_is_seen_at_once_and_ends_the_sessions) {
  add("anna");
  auto secret = sign_in("anna", noon);
  const auto elsewhere = Accounts::open(path()).value();
  EXPECT_TRUE(elsewhere->session(*secret, noon)) << "a desk that takes over knows the sessions";
  ASSERT_TRUE(elsewhere->set_role("anna", Role::viewer, ""));
  EXPECT_FALSE(accounts_->session(*secret, noon));
  secret = sign_in("anna", noon);
  EXPECT_EQ(accounts_->session(*secret, noon)->role, Role::viewer);
  ASSERT_TRUE(elsewhere->set_locked("anna", true));
  EXPECT_FALSE(accounts_->session(*secret, noon));
  EXPECT_EQ(accounts_->password_hash_of("anna"), "");
  EXPECT_FALSE(sign_in("anna", noon));
  ASSERT_TRUE(elsewhere->set_locked("anna", false));
  EXPECT_FALSE(accounts_->session(*secret, noon)) << "unlocking brings no session back";
  EXPECT_TRUE(sign_in("anna", noon));
}

TEST_F(AccountsTest, a_one_time_code_is_good_once) {
  add("anna");
  const std::string secret = new_code_secret();
  ASSERT_TRUE(accounts_->set_code("anna", secret));
  EXPECT_FALSE(sign_in("anna", noon));
  EXPECT_FALSE(sign_in("anna", noon, "000000x"));
  const std::string code = one_time_code(secret, code_step(noon));
  EXPECT_TRUE(sign_in("anna", noon, code));
  EXPECT_FALSE(sign_in("anna", noon, code)) << "replayed";
  const auto elsewhere = Accounts::open(path()).value();
  EXPECT_FALSE(elsewhere->begin_session("anna", elsewhere->password_hash_of("anna"), code, noon))
      << "replayed at the desk that took over";
  EXPECT_TRUE(sign_in("anna", noon, one_time_code(secret, code_step(noon) + 1)));
  EXPECT_FALSE(sign_in("anna", noon, one_time_code(secret, code_step(noon) + 2))) << "a minute ahead";
}

TEST_F(AccountsTest, a_token_is_known_until_it_is_revoked) {
  const auto token = accounts_->add_program("bridge", {"report", "monitor"}, noon);
  ASSERT_TRUE(token);
  EXPECT_FALSE(accounts_->add_program("bridge", {"read"}, noon));
  const auto program = accounts_->program(*token);
  ASSERT_TRUE(program);
  EXPECT_EQ(program->scopes, (std::vector<std::string>{"report", "monitor"}));
  EXPECT_FALSE(accounts_->program(*token + "x"));
  ASSERT_TRUE(accounts_->remove_program("bridge"));
  EXPECT_FALSE(accounts_->program(*token));
}

/// RFC 6238, appendix B, SHA-1.
TEST(OneTimeCode, is_that_of_the_standard) {
  const std::string secret = "12345678901234567890";
  const std::vector<std::pair<std::int64_t, const char*>> table{
      {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
      {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& [time_s, code] : table)
    EXPECT_EQ(one_time_code(secret, code_step(time_from_millis(time_s * 1000)), 8), code) << time_s;
}

/// RFC 4648, 10.
TEST(OneTimeCode, secret_is_written_in_base_32) {
  for (const auto& [bytes, text] : std::vector<std::pair<const char*, const char*>>{{"", ""},
                                                                                    {"f", "MY"},
                                                                                    {"fo", "MZXQ"},
                                                                                    {"foo", "MZXW6"},
                                                                                    {"foob", "MZXW6YQ"},
                                                                                    {"fooba", "MZXW6YTB"},
                                                                                    {"foobar", "MZXW6YTBOI"}})
    EXPECT_EQ(base32(bytes), text);
}

TEST(Patience, wears_thin_where_somebody_guesses_and_nowhere_else) {
  Patience patience;
  auto now = Patience::Clock::now();
  const auto wait = [&](const char* account, const char* address) {
    return patience.wait(account, address, now);
  };
  for (int i = 0; i < 2; ++i) patience.failed("anna", "192.0.2.1", now);
  EXPECT_EQ(wait("anna", "192.0.2.1"), seconds(0)) << "two slips";
  for (int n = 0; n < 30; ++n) {
    patience.failed("anna", "192.0.2.1", now);
    EXPECT_EQ(wait("anna", "192.0.2.1"), std::min(seconds(300), seconds(1LL << std::min(n, 10)))) << n;
  }
  EXPECT_EQ(wait("anna", "192.0.2.2"), seconds(0)) << "from another address";
  EXPECT_EQ(wait("ben", "192.0.2.1"), seconds(0)) << "another account";
  now += seconds(301);
  EXPECT_EQ(wait("anna", "192.0.2.1"), seconds(0));
  patience.failed("anna", "192.0.2.1", now);
  EXPECT_EQ(wait("anna", "192.0.2.1"), seconds(300)) << "it goes on where it was";
  patience.succeeded("anna", "192.0.2.1");
  patience.failed("anna", "192.0.2.1", now);
  EXPECT_EQ(wait("anna", "192.0.2.1"), seconds(0));
}

TEST(Patience, remembers_a_bounded_number) {
  Patience patience;
  const auto now = Patience::Clock::now();
  for (int i = 0; i < 10'100; ++i) patience.failed(std::to_string(i), "192.0.2.1", now);
  EXPECT_LE(patience.size(), 10'000U);
}

}  // namespace
}  // namespace varne
