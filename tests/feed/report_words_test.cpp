/// Texts of reports that decide something: who answers, why, which boat. What nobody can read decides
/// nothing.
#include "varne/feed/report_words.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "varne/feed/report_reader.h"

namespace varne {
namespace {

const Json ended = *parse_json(
    R"({"id":"17","time":"2021-11-11T05:11:00Z","kind":"order","from":"MRCC Dover","task":"end_search","boat":"I7",
        "role":"SMC","officer":"SMC A. Exercise","reason":"72 h","forecast":"F3","coverage":0.8,
        "coverage_source":"by hand","evidence":["4"],"other":"Delta","to":"CROSS Gris-Nez"})");
const Json acted = *parse_json(
    R"({"id":"14","time":"2021-11-11T05:10:00Z","kind":"override","from":"commander of the day","role":"commander",
        "boat":"Charlie","response":"escort","until":"2021-11-11T06:00:00Z","text":"the boat asked to be followed"})");
const Json heard = *parse_json(
    R"({"id":"15","time":"2021-11-11T05:09:00Z","kind":"call","from":"caller","may_be":["Charlie","I7"]})");

std::string refusal(Json json, const char* field, const Json& value) {
  json[field] = value;
  const auto got = report_from(json);
  return got ? "" : got.error().text();
}

/// Blanks of many kinds, controls, zero widths, direction marks, fillers, marks without a letter.
const std::vector<std::string> unreadable{" ",      "\t\n",       "\u00A0", "\u3000", "\u200B", "\u200D",
                                          "\u202E", "\u2066",     "\u115F", "\u3164", "\uFFA0", "\u00AD",
                                          "\u0301", "\u2800",     "\uFEFF", "\uFE0F", "\x1B",   "...",
                                          "—",      "\U000E0041", "\u061C"};

TEST(ReportWords, what_somebody_answers_by_needs_letters) {
  ASSERT_TRUE(report_from(ended)) << report_from(ended).error().text();
  ASSERT_TRUE(report_from(acted));
  for (const auto& text : unreadable) {
    for (const char* field : {"from", "role", "officer", "reason", "coverage_source", "to"})
      EXPECT_TRUE(refusal(ended, field, text).starts_with(field)) << field << " " << text;
    for (const char* field : {"from", "role", "text"})
      EXPECT_TRUE(refusal(acted, field, text).starts_with(field)) << field << " " << text;
  }
  // A number answers for nothing either.
  for (const char* field : {"from", "role", "officer", "coverage_source"})
    EXPECT_EQ(refusal(ended, field, "112"),
              std::string(field) + ": says nothing that can be read; write it in letters");
  EXPECT_EQ(refusal(ended, "officer", "préfet maritime"), "");
  EXPECT_EQ(refusal(ended, "reason", "après 72 h"), "");
}

TEST(ReportWords, a_name_that_cannot_be_read_names_nothing) {
  for (const auto& text : unreadable) {
    for (const char* field : {"id", "boat", "task", "other", "forecast"})
      EXPECT_TRUE(refusal(ended, field, text).starts_with(field)) << field << " " << text;
    EXPECT_TRUE(refusal(ended, "evidence", {"4", text}).starts_with("evidence")) << text;
    EXPECT_TRUE(refusal(heard, "may_be", {"Charlie", text}).starts_with("may_be")) << text;
  }
  EXPECT_EQ(refusal(ended, "boat", "12"), "");  // a boat may be known by a number alone
}

TEST(ReportWords, a_name_hides_no_character) {
  for (const char* field : {"id", "from", "boat", "role", "officer", "other"}) {
    for (const char* hidden : {"\u200B", "\u202E", "\u00AD", "\u3164", "\x1B", "\U000E0041"}) {
      const auto said = refusal(ended, field, std::string("Char") + hidden + "lie");
      EXPECT_TRUE(said.starts_with(std::string(field) + ": holds a character that cannot be seen (U+"))
          << said;
    }
  }
}

TEST(ReportWords, what_only_looks_like_an_incident_number_is_refused) {
  for (const char* boat :
       {"i2", "I 2", "I-2", "#I2", "(I2)", "І2", "Ι2", "Ｉ２", "Ⅰ2", "ı2", "l2", "|2", "I02", "I٢", "I1O",
        "I\u0332"
        "2",
        "Ӏ2", "𝐈𝟐", "I\u00A02"}) {
    for (const char* field : {"boat", "other"}) {
      const auto said = refusal(ended, field, boat);
      EXPECT_NE(
          said.find(
              "looks like the number of an incident; if one is meant write it like \"I7\", else give the "
              "boat another label"),
          std::string::npos)
          << boat << ": " << said;
    }
    EXPECT_TRUE(refusal(heard, "may_be", {boat}).starts_with("may_be")) << boat;
    EXPECT_TRUE(refusal(acted, "boat", boat).starts_with("boat")) << boat;
  }
  for (const char* boat : {"I2", "I10", "India", "India 2", "Charlie", "12", "2", "II", "lil", "B2"})
    EXPECT_EQ(refusal(acted, "boat", boat), "") << boat;
  EXPECT_TRUE(is_incident_number("I2"));
  for (const char* boat : {"", "I", "I0", "I02", "i2", "I2 ", "I12345678901"})
    EXPECT_FALSE(is_incident_number(boat));
}

TEST(ReportWords, a_coverage_of_nothing_is_no_search) {
  EXPECT_EQ(refusal(ended, "coverage", 0), "coverage: is 0, and that is no search; say how much was swept");
  EXPECT_EQ(refusal(ended, "coverage", 0.0), "coverage: is 0, and that is no search; say how much was swept");
  EXPECT_EQ(refusal(ended, "coverage", 1e-300),
            "coverage: is 1e-300, and that is no search; say how much was swept");
  EXPECT_EQ(refusal(ended, "coverage", 0.01), "");
}

}  // namespace
}  // namespace varne
