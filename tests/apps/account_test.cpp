/// `varne account` as somebody runs it.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "apps/ran.h"
#include "support.h"

namespace varne {
namespace {

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

}  // namespace
}  // namespace varne
