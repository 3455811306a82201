#include "varne/core/json.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>
#include <nlohmann/json.hpp>

namespace varne {
namespace {

// RFC 8785, appendix B: IEEE 754 bit patterns and what must be written.
TEST(Canonical, writes_the_numbers_of_rfc_8785_appendix_b) {
  const std::pair<std::uint64_t, const char*> rows[] = {
      {0x0000000000000000, "0"},
      {0x8000000000000000, "0"},
      {0x0000000000000001, "5e-324"},
      {0x8000000000000001, "-5e-324"},
      {0x7fefffffffffffff, "1.7976931348623157e+308"},
      {0xffefffffffffffff, "-1.7976931348623157e+308"},
      {0x4340000000000000, "9007199254740992"},
      {0xc340000000000000, "-9007199254740992"},
      {0x4430000000000000, "295147905179352830000"},
      {0x44b52d02c7e14af5, "9.999999999999997e+22"},
      {0x44b52d02c7e14af6, "1e+23"},
      {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
      {0x444b1ae4d6e2ef4e, "999999999999999700000"},
      {0x444b1ae4d6e2ef4f, "999999999999999900000"},
      {0x444b1ae4d6e2ef50, "1e+21"},
      {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
      {0x3eb0c6f7a0b5ed8d, "0.000001"},
      {0x41b3de4355555553, "333333333.3333332"},
      {0x41b3de4355555554, "333333333.33333325"},
      {0x41b3de4355555555, "333333333.3333333"},
      {0x41b3de4355555556, "333333333.3333334"},
      {0x41b3de4355555557, "333333333.33333343"},
      {0xbecbf647612f3696, "-0.0000033333333333333333"},
      {0x43143ff3c1cb0959, "1424953923781206.2"},
  };
  for (const auto& [bits, text] : rows) EXPECT_EQ(canonical_number(std::bit_cast<double>(bits)), text);
}

// RFC 8785, section 3.2.3: the sorting example.
TEST(Canonical, sorts_names_by_utf16_code_units) {
  const auto value = parse_json(
      "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter Dalet With "
      "Dagesh\","
      "\"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\","
      "\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}");
  ASSERT_TRUE(value) << value.error().text();
  EXPECT_EQ(canonical(*value),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\",\"ö\":\"Latin Small Letter "
            "O With Diaeresis\","
            "\"€\":\"Euro Sign\",\"\U0001F600\":\"Emoji: Grinning Face\",\"\uFB33\":\"Hebrew Letter Dalet "
            "With Dagesh\"}");
}

// RFC 8785, section 3.2.2: the sample.
TEST(Canonical, writes_the_sample_of_rfc_8785) {
  const auto value =
      parse_json(R"({"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],)"
                 R"("string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]})");
  ASSERT_TRUE(value);
  EXPECT_EQ(canonical(*value),
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

RC_GTEST_PROP(Canonical, is_a_fixed_point_of_reading_and_writing,
              (const std::map<std::string, std::vector<double>>& data)) {
  Json value = Json::object();
  for (const auto& [name, numbers] : data) {
    std::string ascii = name;
    for (char& c : ascii) c = static_cast<char>(c & 0x7F);
    value[ascii] = Json::array();
    for (const double x : numbers) {
      if (std::isfinite(x)) value[ascii].push_back(x);
    }
  }
  const auto once = canonical(value);
  const auto again = parse_json(once);
  RC_ASSERT(again.has_value());
  RC_ASSERT(canonical(*again) == once);
}

TEST(ParseJson, refuses_what_a_record_must_not_hold) {
  const char* bad[] = {"",    "{",        "{\"a\":1,\"a\":2}", "[1,]",     "nul",
                       "1 2", "\"\xff\"", "[1e400]",           "{\"a\":}", "\"\\ud800\""};
  for (const auto* text : bad) {
    const auto value = parse_json(text);
    EXPECT_FALSE(value) << text;
    if (!value) {
      EXPECT_FALSE(value.error().what.empty()) << text;
    }
  }
  EXPECT_FALSE(parse_json(std::string(65, '[') + std::string(65, ']')));
  EXPECT_FALSE(parse_json(std::string(1'000'000, '[')));
  EXPECT_TRUE(parse_json(std::string(64, '[') + std::string(64, ']')));
}

}  // namespace
}  // namespace varne
