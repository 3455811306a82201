/// The examples in docs/feeds.md are what the readers read.
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "support.h"
#include "varne/feed/reader.h"
#include "varne/feed/report_reader.h"

namespace varne {
namespace {

/// The lines of every fenced block of this language.
std::vector<std::string> examples(const std::string& language) {
  std::istringstream in(test::read_all(std::string(VARNE_ROOT) + "/docs/feeds.md"));
  std::vector<std::string> out;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```")) {
      inside = line == "```" + language;
    } else if (inside) {
      out.push_back(line);
    }
  }
  return out;
}

TEST(Docs, every_example_line_is_read) {
  for (const auto& [language, kind, count] : std::vector<std::tuple<std::string, std::string, std::size_t>>{
           {"nmea", "nmea", 10}, {"csv", "plots", 1}, {"jsonl", "reports", 14}, {"sit185", "sarsat", 2}}) {
    const auto reader = *make_reader(kind, "docs");
    std::vector<Observation> out;
    for (const auto& line : examples(language)) {
      const auto done = reader->take(line, Time{}, out);
      EXPECT_TRUE(done) << line << ": " << done.error().text();
    }
    reader->finish(out);
    EXPECT_EQ(out.size(), count) << language;
  }
}

TEST(Docs, the_tables_of_reports_are_those_that_the_kinds_lists_make) {
  const std::string manual = test::read_all(std::string(VARNE_ROOT) + "/docs/feeds.md");
  for (const std::string& table : {report_kinds_table(), report_fields_table()})
    EXPECT_NE(manual.find(table), std::string::npos) << "put this table into docs/feeds.md:\n" << table;
}

TEST(Docs, every_nmea_example_but_the_bare_ones_says_the_same_time) {
  const auto reader = *make_reader("nmea", "docs");
  std::vector<Observation> out;
  for (const auto& line : examples("nmea")) (void)reader->take(line, Time{}, out);
  int timed = 0;
  for (const auto& o : out) {
    if (o.time == Time{}) continue;
    EXPECT_EQ(iso(o.time).substr(0, 19), "2021-11-11T05:00:00") << o.raw;
    ++timed;
  }
  EXPECT_EQ(timed, 8);
}

}  // namespace
}  // namespace varne
