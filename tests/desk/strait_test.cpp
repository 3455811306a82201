/// Another strait is a folder of data: nothing of the one that ships is left in it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support.h"
#include "varne/core/json.h"
#include "varne/desk/day.h"
#include "varne/desk/replay.h"
#include "varne/report/report.h"

namespace varne::test {
namespace {

const std::string narrows = std::string(VARNE_ROOT) + "/tests/desk/narrows";

struct Played {
  std::vector<Entry> entries;
  ReportFacts facts;
  std::unique_ptr<Room> room;
  Hash head{};
};

Played run(const Day& day) {
  Played out;
  const auto summary = replay(day,
                              {.entry =
                                   [&](const Entry& entry) {
                                     out.entries.push_back(entry);
                                     out.facts.take(entry);
                                   }},
                              &out.room);
  EXPECT_TRUE(summary) << summary.error().text();
  if (summary) out.head = summary->head;
  return out;
}

TEST(AnotherStrait, has_its_own_centres_waters_and_doctrines_through_a_whole_day) {
  const auto day = load_day(narrows);
  ASSERT_TRUE(day) << day.error().text();
  const Played done = run(*day);
  ASSERT_TRUE(done.room);
  const Room& room = *done.room;
  EXPECT_EQ(room.world().strait.name, "the Narrows");
  // It lay in Ostmark's region, and was handed over to Westmark, whose boat took everybody off.
  EXPECT_EQ(room.incidents().at("I1").centre, "Westmark Rescue");
  EXPECT_FALSE(room.incidents().at("I1").open);
  // Neither a place nor a centre was named: the desk's own.
  EXPECT_EQ(room.incidents().at("I2").centre, "Westmark Rescue");
  ASSERT_EQ(room.world().rules->doctrines.size(), 1U);
  EXPECT_EQ(room.world().rules->doctrines[0].name, "rescue");
  std::string opened;
  int requests = 0;
  for (const Entry& entry : done.entries) {
    const Json body = parse_json(entry.body).value();
    if (entry.kind == "incident" && body["incident"] == "I1" && opened.empty()) opened = body["centre"];
    requests += entry.kind == "order" && body["standing"] == "request" ? 1 : 0;
  }
  EXPECT_EQ(opened, "Ostmark Rescue");
  EXPECT_EQ(requests, 1);  // what is a centre elsewhere is none here
  const std::string page = report_page(done.facts, room.world(), nullptr, done.head);
  EXPECT_NE(page.find("Ostmark Rescue"), std::string::npos);
  EXPECT_EQ(page.find("France"), std::string::npos);
}

TEST(AnotherStrait, is_part_of_what_the_record_belongs_to) {
  const Scratch scratch;
  std::filesystem::copy(narrows, scratch.file("day"), std::filesystem::copy_options::recursive);
  const auto before = load_day(scratch.file("day"));
  ASSERT_TRUE(before) << before.error().text();
  EXPECT_EQ(before->hash, load_day(narrows)->hash);
  const std::string lines = read_all(narrows + "/narrows/lines.csv");
  scratch.write("day/narrows/lines.csv", lines + "another,invented,0,59,9\nanother,invented,1,59,10\n");
  EXPECT_NE(load_day(scratch.file("day"))->hash, before->hash);
  std::filesystem::remove(scratch.file("day/narrows/strait.toml"));
  EXPECT_FALSE(load_day(scratch.file("day")));
}

TEST(AnotherStrait, cannot_lie_outside_the_days_own_folder) {
  std::string text = read_all(narrows + "/day.toml");
  text.replace(text.find("\"narrows\"\nunits"), 9, "\"../../data/straits/dover\"");
  const auto day = parse_day(text, narrows);
  ASSERT_FALSE(day);
  EXPECT_NE(day.error().text().find("strait"), std::string::npos) << day.error().text();
}

}  // namespace
}  // namespace varne::test
