#include "varne/room/entries.h"

#include <fstream>
#include <sstream>

#include "room/random_day.h"
#include "room/room_support.h"
#include "varne/room/console_types.h"

namespace varne::test {
namespace {

TEST(Entries, the_manual_has_the_table_that_the_structs_make) {
  std::ifstream file(std::string(VARNE_ROOT) + "/docs/entries.md");
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_NE(text.str().find(entries::table()), std::string::npos) << "put this table into docs/entries.md:\n"
                                                                  << entries::table();
}

TEST(Entries, and_reports_have_the_types_in_the_console_that_the_structs_make) {
  const std::string types = read_all(std::string(VARNE_ROOT) + "/console/src/said.ts");
  EXPECT_EQ(types, console_types()) << "put this into console/src/said.ts:\n" << console_types();
}

RC_GTEST_PROP(EntriesLaws, every_entry_is_read_back_as_what_it_was_said_from, (const Day& day)) {
  Room room(small_world());
  play(room, day, [](const Room&, const Event&, const Room&, const std::vector<Entry>& said) {
    for (const Entry& entry : said) {
      const auto body = entries::read_body(entry);
      RC_ASSERT(body.has_value());
      const std::string again = std::visit([](const auto& one) { return canonical_of(one); }, *body);
      RC_ASSERT(again == entry.body);
    }
  });
}

TEST(Entries, a_body_that_lacks_a_member_or_has_another_kind_is_refused_by_name) {
  const Entry lacking{
      .number = 1, .time = midnight, .kind = "refused", .body = R"({"source":"r1","text":"?"})"};
  ASSERT_FALSE(entries::read_body(lacking));
  EXPECT_NE(entries::read_body(lacking).error().text().find("why"), std::string::npos);
  const Entry unknown{.number = 1, .time = midnight, .kind = "gossip", .body = "{}"};
  ASSERT_FALSE(entries::read_body(unknown));
  EXPECT_NE(entries::read_body(unknown).error().text().find("gossip"), std::string::npos);
}

}  // namespace
}  // namespace varne::test
