#include "varne/record/entry.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "entries.h"

namespace varne {
namespace {

const Entry sample{7, *parse_time("2021-11-11T05:00:00Z"), "track", R"({"text":"Contact R7 is confirmed"})"};
const std::string sample_line =
    R"({"body":{"text":"Contact R7 is confirmed"},"kind":"track","number":7,"time":"2021-11-11T05:00:00Z"})";

TEST(Entry, is_one_canonical_line) {
  EXPECT_EQ(entry_line(sample), sample_line);
  EXPECT_EQ(canonical(*parse_json(sample_line)), sample_line);
  EXPECT_EQ(*parse_entry(sample_line), sample);
}

TEST(Entry, a_refusal_names_the_field) {
  const std::pair<const char*, const char*> rows[] = {
      {R"(7)", "is no JSON object"},
      {R"({)", "not JSON at byte"},
      {R"({"body":{},"kind":"a","number":1})", "time: is missing"},
      {R"({"kind":"a","number":1,"time":"2021-11-11T05:00:00Z"})", "body: is missing"},
      {R"({"body":[],"kind":"a","number":1,"time":"2021-11-11T05:00:00Z"})", "body: is no JSON object"},
      {R"({"body":{},"kind":"A","number":1,"time":"2021-11-11T05:00:00Z"})", "kind: \"A\" is not a word"},
      {R"({"body":{},"kind":"","number":1,"time":"2021-11-11T05:00:00Z"})", "kind: \"\" is not a word"},
      {R"({"body":{},"kind":3,"number":1,"time":"2021-11-11T05:00:00Z"})", "kind: is not a text"},
      {R"({"body":{},"kind":"a","number":0,"time":"2021-11-11T05:00:00Z"})", "number: is not a whole number"},
      {R"({"body":{},"kind":"a","number":1.5,"time":"2021-11-11T05:00:00Z"})", "number: is not a whole"},
      {R"({"body":{},"kind":"a","number":-1,"time":"2021-11-11T05:00:00Z"})", "number: is not a whole"},
      {R"({"body":{},"kind":"a","number":9007199254740994,"time":"2021-11-11T05:00:00Z"})", "number: is not"},
      {R"({"body":{},"kind":"a","number":"1","time":"2021-11-11T05:00:00Z"})", "number: is not a whole"},
      {R"({"body":{},"kind":"a","number":1,"time":"yesterday"})", "time: \"yesterday\" is not a time"},
      {R"({"body":{},"kind":"a","number":1,"time":"2021-11-11T05:00Z"})", "is not how a record writes"},
      {R"({"body":{},"kind":"a","number":1,"time":"2021-11-11T05:00:00Z","x":1})", "x: is no field"},
      {R"({"body":{}, "kind":"a","number":1,"time":"2021-11-11T05:00:00Z"})", "not in the canonical form"},
      {R"({"kind":"a","body":{},"number":1,"time":"2021-11-11T05:00:00Z"})", "not in the canonical form"},
      {R"({"body":{"a":1.0},"kind":"a","number":1,"time":"2021-11-11T05:00:00Z"})", "not in the canonical"},
      {R"({"body":{"b":1,"a":1},"kind":"a","number":1,"time":"2021-11-11T05:00:00Z"})",
       "not in the canonical"},
  };
  for (const auto& [line, why] : rows) {
    const auto entry = parse_entry(line);
    ASSERT_FALSE(entry) << line;
    EXPECT_NE(entry.error().text().find(why), std::string::npos) << line << "\n" << entry.error().text();
  }
}

TEST(Entry, what_could_not_be_read_back_is_not_taken) {
  const auto refused = [](Entry entry) { return !check_entry(entry); };
  EXPECT_TRUE(check_entry(sample).has_value());
  EXPECT_TRUE(refused({0, sample.time, "track", "{}"}));
  EXPECT_TRUE(refused({(std::uint64_t{1} << 53) + 1, sample.time, "track", "{}"}));
  EXPECT_TRUE(refused({1, sample.time, "", "{}"}));
  EXPECT_TRUE(refused({1, sample.time, "Track", "{}"}));
  EXPECT_TRUE(refused({1, sample.time, "track", "[]"}));
  EXPECT_TRUE(refused({1, sample.time, "track", "{ }"}));
  EXPECT_TRUE(refused({1, sample.time, "track", "{\"a\":1"}));
  EXPECT_TRUE(refused({1, sample.time, "track", "{\"a\":\"\xff\"}"}));
  EXPECT_TRUE(refused({1, time_from_millis(253'402'300'800'000), "track", "{}"}));  // year 10000
  EXPECT_TRUE(
      refused({1, sample.time, "track", R"({},"kind":"order","number":1,"time":"2021-11-11T05:00:00Z"})"}));
  const auto nested = [](std::size_t deep) {
    std::string body;
    for (std::size_t i = 0; i < deep; ++i) body += R"({"a":)";
    return body + "1" + std::string(deep, '}');
  };
  EXPECT_TRUE(check_entry({1, sample.time, "track", nested(63)}).has_value());
  EXPECT_TRUE(refused({1, sample.time, "track", nested(64)}));
}

RC_GTEST_PROP(Entry, survives_writing_and_reading, ()) {
  const Entry entry = test::any_entry();
  RC_ASSERT(check_entry(entry).has_value());
  RC_ASSERT(*parse_entry(entry_line(entry)) == entry);
}

}  // namespace
}  // namespace varne
