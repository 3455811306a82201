#include "varne/desk/day.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "small_day.h"

namespace varne::test {
namespace {

/// What parse_day says of the small day with one part of its text replaced.
std::string refusal(const std::string& part, const std::string& by) {
  std::string text = small_day_toml;
  const auto at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  text.replace(at, part.size(), by);
  const auto day = parse_day(text, "days/small");
  return day ? "" : day.error().text();
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Day, every_field_is_read) {
  const auto day = parse_day(small_day_toml, "days/small");
  ASSERT_TRUE(day) << day.error().text();
  EXPECT_EQ(day->title, "A small day");
  EXPECT_EQ(iso(day->end), "2021-11-11T05:20:00Z");
  EXPECT_EQ(day->seed, 3U);
  ASSERT_EQ(day->feeds.size(), 2U);
  EXPECT_EQ(day->feeds[1].file, "days/small/reports.jsonl");
  ASSERT_EQ(day->stated.size(), 1U);
  EXPECT_NEAR(direction_deg(*day->stated[0].wind), 60, 1e-9);  // blows towards
  EXPECT_NEAR(length(*day->stated[0].current), 1.5 * 1852 / 3600, 1e-12);
  EXPECT_FALSE(day->tides);
}

TEST(Day, says_what_its_proposals_go_by) {
  const auto usual = parse_day(small_day_toml, "days/small");
  ASSERT_TRUE(usual);
  EXPECT_TRUE(usual->by_forecast);
  EXPECT_TRUE(usual->around_land);
  const std::string text = small_day_toml;
  const auto day = parse_day(text + "[proposals]\nby_forecast = false\naround_land = false\n", "days/small");
  ASSERT_TRUE(day) << day.error().text();
  EXPECT_FALSE(day->by_forecast);
  EXPECT_FALSE(day->around_land);
  const auto wrong = parse_day(text + "[proposals]\nby_forecasts = false\n", "days/small");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().text().find("by_forecasts"), std::string::npos) << wrong.error().text();
}

TEST(Day, a_refusal_names_line_and_field) {
  EXPECT_EQ(refusal("seed = 3", "sed = 3").find("day.toml"), 0U);
  EXPECT_TRUE(has(refusal("title = \"A small day\"", "title = \"x\"\ncolour = 1"), "day.toml:3: colour"));
  EXPECT_TRUE(has(refusal("05:20:00Z", "04:20:00Z"), "day.toml:6: end: must be after the start"));
  EXPECT_TRUE(has(refusal("T05:20", "T5h20"), "day.toml:6: end"));
  EXPECT_TRUE(has(refusal("EXERCISE. ", ""), "an exercise needs a notice with the word EXERCISE"));
  EXPECT_TRUE(has(refusal("\"plots\"\nname", "\"radio\"\nname"), "\"radio\" is no kind of feed"));
  EXPECT_TRUE(has(refusal("name = \"radar\"", "name = \"reports\""), "two are called \"reports\""));
  EXPECT_TRUE(has(refusal("plots.csv", "../plots.csv"), "in the day's own folder"));
  EXPECT_TRUE(has(refusal("plots.csv", "/etc/passwd"), "in the day's own folder"));
  EXPECT_TRUE(has(refusal("wind_kn = 10\n", ""), "needs wind_kn beside it"));
  EXPECT_TRUE(has(
      refusal("current_kn = 1.5\n", "current_kn = 1.5\n[[sea.stated]]\nfrom = \"2021-11-09T00:00:00Z\"\n"),
      "from a later moment"));
  EXPECT_TRUE(has(refusal("[[feed]]\nkind = \"plots\"\nname = \"radar\"\nfile = \"plots.csv\"\n"
                          "[[feed]]\nkind = \"reports\"\nname = \"reports\"\nfile = \"reports.jsonl\"\n",
                          ""),
                  "has no [[feed]]"));
}

TEST(Day, a_missing_file_is_named) {
  const Scratch scratch;
  EXPECT_TRUE(has(load_day(scratch.file("nowhere")).error().text(), "a day is a folder with a day.toml"));
  const std::string folder = write_small_day(scratch);
  ASSERT_TRUE(load_day(folder));
  std::filesystem::remove(scratch.file("plots.csv"));
  EXPECT_TRUE(has(load_day(folder).error().text(), "plots.csv: is named in day.toml and is not there"));
}

TEST(Day, its_hash_stands_on_every_file) {
  const Scratch scratch;
  const std::string folder = write_small_day(scratch);
  const Hash before = load_day(folder)->hash;
  EXPECT_EQ(load_day(folder)->hash, before);
  scratch.write("reports.jsonl", std::string(small_reports) + "\n");
  EXPECT_NE(load_day(folder)->hash, before);
}

TEST(Day, events_come_in_order_with_ticks_to_the_end_and_none_after) {
  const Scratch scratch;
  const auto day = load_day(write_small_day(scratch));
  ASSERT_TRUE(day);
  std::vector<Event> events;
  const auto done = read_day(*day,
                             [&](Event event) {
                               events.push_back(std::move(event));
                               return true;
                             },
                             {});
  ASSERT_TRUE(done);
  EXPECT_TRUE(std::is_sorted(events.begin(), events.end(),
                             [](const Event& a, const Event& b) { return a.at < b.at; }));
  const auto ticks = std::count_if(events.begin(), events.end(),
                                   [](const Event& e) { return std::holds_alternative<ClockTick>(e.what); });
  EXPECT_EQ(ticks, 20 * 6 + 1);
  EXPECT_EQ(events.size() - static_cast<std::size_t>(ticks), 44U);
  EXPECT_TRUE(std::holds_alternative<Observation>(events.back().what));  // the figure of the next day
  EXPECT_EQ(iso(events.back().at), "2021-11-12T09:00:00Z");
}

TEST(Day, bad_lines_are_named_and_do_not_stop_it) {
  const Scratch scratch;
  const std::string folder = write_small_day(scratch);
  scratch.write("reports.jsonl", std::string("{\"id\":\"0\",\"kind\":\"shout\"}\n") + small_reports +
                                     std::string(100'000, 'x') + "\n");
  std::vector<std::string> refused;
  std::size_t observations = 0;
  const auto done = read_day(
      load_day(folder).value(),
      [&](const Event& event) {
        observations += std::holds_alternative<Observation>(event.what) ? 1 : 0;
        return true;
      },
      [&](const Error& error) { refused.push_back(error.text()); });
  ASSERT_TRUE(done);
  EXPECT_EQ(observations, 44U);
  ASSERT_EQ(refused.size(), 2U);
  EXPECT_TRUE(has(refused[0], "reports.jsonl:1: kind: \"shout\" is no kind of report")) << refused[0];
  EXPECT_TRUE(has(refused[1], "reports.jsonl:6: the line is too long")) << refused[1];
}

TEST(Day, who_arrives_before_the_start_or_out_of_order_never_turns_time_back) {
  const Scratch scratch;
  const std::string folder = write_small_day(scratch);
  scratch.write("reports.jsonl", R"({"id":"1","time":"2021-11-11T03:00:00Z","kind":"call","from":"a"})"
                                 "\n"
                                 R"({"id":"2","time":"2021-11-11T05:10:00Z","kind":"call","from":"a"})"
                                 "\n"
                                 R"({"id":"3","time":"2021-11-11T05:05:00Z","kind":"call","from":"a"})"
                                 "\n");
  std::vector<std::string> arrivals;
  ASSERT_TRUE(read_day(load_day(folder).value(),
                       [&](const Event& event) {
                         const auto* observation = std::get_if<Observation>(&event.what);
                         if (observation != nullptr && observation->source == "reports")
                           arrivals.push_back(iso(event.at).substr(11, 5));
                         return true;
                       },
                       {}));
  EXPECT_EQ(arrivals, (std::vector<std::string>{"05:00", "05:10", "05:10"}));
}

/// Minutes of arrival of the small day's plots, one a scan, and what was said of them.
struct PlotsArrived {
  std::vector<std::string> minutes;
  std::vector<std::string> refused;
};
PlotsArrived plots_arrive(const std::vector<std::string>& times) {
  const Scratch scratch;
  const std::string folder = write_small_day(scratch);
  std::string plots = "time,radar,scan,plot,lon,lat,sigma_m\n";
  for (std::size_t scan = 0; scan < times.size(); ++scan)
    plots += fmt::format("2021-11-11T{}:00Z,dover,{},1,1.3,51.02,60\n", times[scan], scan + 1);
  scratch.write("plots.csv", plots);
  PlotsArrived out;
  EXPECT_TRUE(read_day(
      load_day(folder).value(),
      [&](const Event& event) {
        const auto* observation = std::get_if<Observation>(&event.what);
        if (observation == nullptr || observation->source == "reports") return true;
        EXPECT_LE(observation->time, event.at);
        out.minutes.push_back(iso(event.at).substr(11, 5));
        return true;
      },
      [&](const Error& error) { out.refused.push_back(error.text()); }));
  return out;
}

/// One wrong time would hold back everything behind it until then: a day gone quiet.
TEST(Day, a_clock_that_leaps_ahead_and_comes_back_holds_nothing_back) {
  const auto out = plots_arrive({"05:01", "05:02", "05:16", "05:17", "05:03", "05:04"});
  // A turn is whole when the next begins.
  EXPECT_EQ(out.minutes, (std::vector<std::string>{"05:01", "05:02", "05:02", "05:03", "05:03", "05:04"}));
  ASSERT_EQ(out.refused.size(), 1U) << "once, not for each line";
  EXPECT_TRUE(has(out.refused[0], "plots.csv:4: says 2021-11-11T05:16:00Z, which cannot be its time"))
      << out.refused[0];
  // Beyond the day nothing has to come back for it to be wrong.
  EXPECT_EQ(plots_arrive({"05:01", "05:02", "23:00"}).minutes,
            (std::vector<std::string>{"05:01", "05:02", "05:02"}));
}

TEST(Day, a_recording_that_was_interrupted_goes_on_when_it_did) {
  const auto out = plots_arrive({"05:01", "05:02", "05:16", "05:17", "05:18"});
  EXPECT_EQ(out.minutes, (std::vector<std::string>{"05:01", "05:02", "05:16", "05:17", "05:18"}));
  EXPECT_TRUE(out.refused.empty());
}

}  // namespace
}  // namespace varne::test
