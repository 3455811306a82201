#include "varne/report/why.h"

#include <functional>

#include "room/judged_desk.h"
#include "varne/core/fields_kept.h"

namespace varne::test {
namespace {

/// Every body that lacks one member of this one, at whatever depth, or has a number in its place.
void each_damaged(Json& whole, Json& part, const std::function<void()>& use) {
  if (part.is_array()) {
    for (Json& item : part) each_damaged(whole, item, use);
    return;
  }
  if (!part.is_object()) return;
  std::vector<std::string> names;
  for (const auto& [name, value] : part.items()) names.push_back(name);
  for (const std::string& name : names) {
    Json kept = part[name];
    part.erase(name);
    use();
    part[name] = 7;
    use();
    part[name] = std::move(kept);
    each_damaged(whole, part[name], use);
  }
}

TEST_F(Verdicts, a_member_that_a_record_lacks_leaves_why_without_it_and_ends_nothing) {
  meet_every_condition_and_agree();
  Json body = bodies(all, "verdict").back();
  Why why;
  why.entry = {.number = 99, .time = now, .kind = "verdict", .body = canonical(body)};
  for (const Json& doctrine : bodies(all, "doctrine"))
    ASSERT_TRUE(read_kept(doctrine, why.doctrines[doctrine["doctrine"]]));
  ASSERT_NE(why_text(why).find("By "), std::string::npos);
  ASSERT_EQ(derived_again(why, *small_world()->rules), "yes");
  int damaged = 0;
  each_damaged(body, body, [&] {
    ++damaged;
    why.entry.body = canonical(body);
    EXPECT_FALSE(why_text(why).empty());
    EXPECT_TRUE(why_json(why).contains("entry"));
    EXPECT_FALSE(derived_again(why, *small_world()->rules).empty());
  });
  EXPECT_GT(damaged, 100);
}

}  // namespace
}  // namespace varne::test
