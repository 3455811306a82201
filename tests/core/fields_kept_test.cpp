#include "varne/core/fields_kept.h"

#include <gtest/gtest.h>

namespace varne {
namespace {

struct Part {
  std::string name = {};
  std::optional<int> age = {};
  static constexpr auto fields() {
    return std::tuple{always("name", &Part::name, ""), said("age", &Part::age, "")};
  }
};

struct Whole {
  std::string text = {};
  double metres = 0;
  std::vector<Part> parts = {};
  std::optional<Part> first = {};
  static constexpr auto fields() {
    return std::tuple{always("text", &Whole::text, ""), always("metres", &Whole::metres, ""),
                      always("parts", &Whole::parts, ""), said("first", &Whole::first, "")};
  }
};

TEST(FieldsKept, what_a_version_did_not_write_is_left_empty_and_what_is_not_known_passed_over) {
  Whole out;
  ASSERT_TRUE(read_kept(parse_json(R"({"text":"a","parts":[{"age":3,"later":1}],"new":[]})").value(), out));
  EXPECT_EQ(out.text, "a");
  EXPECT_EQ(out.metres, 0);
  ASSERT_EQ(out.parts.size(), 1U);
  EXPECT_EQ(out.parts[0].name, "");
  EXPECT_EQ(out.parts[0].age, 3);
  EXPECT_FALSE(out.first);
}

TEST(FieldsKept, a_value_of_another_kind_is_refused_by_its_field_and_the_rest_is_read) {
  Whole out;
  const auto done = read_kept(
      parse_json(
          R"({"first":{"age":2,"name":7},"metres":5,"parts":[{"name":"a"},{"name":1},"x"],"text":"b"})")
          .value(),
      out);
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().text().find("parts"), std::string::npos) << done.error().text();
  EXPECT_NE(done.error().text().find("name"), std::string::npos) << done.error().text();
  EXPECT_EQ(out.text, "b");
  EXPECT_EQ(out.metres, 5);
  ASSERT_EQ(out.parts.size(), 3U);
  EXPECT_EQ(out.parts[0].name, "a");
  ASSERT_TRUE(out.first);
  EXPECT_EQ(out.first->age, 2);
}

TEST(FieldsKept, what_is_no_object_is_refused) {
  Whole out;
  EXPECT_FALSE(read_kept(parse_json("[]").value(), out));
}

}  // namespace
}  // namespace varne
