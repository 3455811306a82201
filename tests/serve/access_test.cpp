/// Who may do what: the table is the manual's, and no office, token or certificate holds too much.
#include <gtest/gtest.h>

#include "support.h"
#include "varne/serve/access_table.h"

namespace varne {
namespace {

TEST(AccessTable, stands_in_the_manual) {
  const auto manual = test::read_all(std::string(VARNE_ROOT) + "/docs/access.md");
  EXPECT_NE(manual.find(acts_table()), std::string::npos) << "docs/access.md is to have:\n" << acts_table();
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

}  // namespace
}  // namespace varne
