#include "varne/room/event.h"

#include "room_support.h"
#include "varne/core/fields_bytes.h"

namespace varne::test {
namespace {

Json only(const std::vector<Entry>& said, const char* kind) {
  const auto found = bodies(said, kind);
  EXPECT_EQ(found.size(), 1U) << texts(said);
  return found.empty() ? Json() : found[0];
}

TEST(Events, a_line_that_nobody_could_read_stands_in_the_record_with_the_words_of_the_refusal) {
  Desk desk;
  desk.tick(Duration{0});
  const std::string raw = R"({"kind":"call","persons":"30","distress":true})";
  const auto said = desk.apply({desk.now, {}, line_refused("reports", "persons: must be a number", raw)});
  const Json body = only(said, "line_refused");
  EXPECT_EQ(body["feed"], "reports");
  EXPECT_EQ(body["why"], "persons: must be a number");
  EXPECT_EQ(body["raw"], raw);
  EXPECT_EQ(body["distress"], true);
  EXPECT_TRUE(body["text"].get<std::string>().starts_with("LOOK AT IT, it speaks of distress")) << body;
  EXPECT_TRUE(check_entry(said.back()));
}

TEST(Events, distress_is_seen_in_a_refused_line_however_it_is_written_and_in_no_other) {
  for (const char* raw : {"MAYDAY MAYDAY", "Mayday relay", "{\"distress\":\"yes\"}", "in DISTRESS, 30"})
    EXPECT_TRUE(line_refused("reports", "?", raw).distress) << raw;
  for (const char* raw : {"", "!AIVDM,1,1,,A,0,0*00", "all is well", "may day"})
    EXPECT_FALSE(line_refused("reports", "?", raw).distress) << raw;
}

TEST(Events, what_a_refused_line_shows_is_short_and_legible_whatever_came) {
  Desk desk;
  const std::string escape = "\x1b[2J\r\x7f";
  EXPECT_EQ(line_refused("nmea", "?", escape).raw, "?[2J??");
  EXPECT_EQ(line_refused("nmea", "?", "caf\xc3\xa9").raw, "caf\xc3\xa9");
  EXPECT_EQ(line_refused("nmea", "?", "caf\xe9").raw, "caf?");
  EXPECT_EQ(line_refused("nmea", "?", std::string(10000, 'x')).raw.size(), 500U);
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  const auto said = desk.apply({desk.now, {}, line_refused("nmea", "?", bytes)});
  EXPECT_TRUE(check_entry(said.back())) << said.back().body;
  // A character of several bytes is not cut in two.
  std::string accents;
  for (int i = 0; i < 400; ++i) accents += "x\xc3\xa9";
  EXPECT_TRUE(check_entry(desk.apply({desk.now, {}, line_refused("nmea", "?", accents)}).back()));
}

TEST(Events, what_became_of_a_feed_is_an_entry) {
  Desk desk;
  FeedState state{.feed = "nmea",
                  .health = FeedHealth::clock_off,
                  .text = "its clock is 31 min behind",
                  .since = midnight,
                  .clock_offset_s = -1860.04};
  state.lines = 120;
  state.refused = 3;
  const Json body = only(desk.apply({desk.now, {}, state}), "feed");
  EXPECT_EQ(body["text"], "Feed nmea: its clock is 31 min behind");
  EXPECT_EQ(body["health"], "clock_off");
  EXPECT_EQ(body["clock_offset_s"], -1860.0);
  EXPECT_EQ(body["lines"], 120);
  EXPECT_EQ(body["refused"], 3);
  EXPECT_EQ(body["dropped"], 0);
}

TEST(Events, another_version_that_goes_on_with_a_record_says_so_in_it) {
  Desk desk;
  const Json body = only(desk.apply({desk.now, {}, ProgramStarted{"9.9.0"}}), "program");
  EXPECT_EQ(body["version"], "9.9.0");
}

TEST(Events, an_order_over_a_feed_that_anybody_can_send_to_is_a_request_and_changes_nothing) {
  Desk desk;
  desk.hear({{"kind", "call"}, {"boat", "A"}, {"at", uk_waters}, {"distress", true}});
  const auto order = [&](bool proven) {
    Json report{{"kind", "order"},      {"id", proven ? "o2" : "o1"}, {"time", iso(desk.now)}, {"boat", "A"},
                {"from", "MRCC Dover"}, {"task", "hand_over"},        {"to", "CROSS Gris-Nez"}};
    const auto read = report_from(report).value();
    return desk.apply({desk.now,
                       {SpeakerKind::feed, "reports", proven},
                       Observation{report_head(read).time, "reports", report.dump(), read}});
  };
  const auto refused = order(false);
  EXPECT_EQ(only(refused, "order")["standing"], "request");
  EXPECT_TRUE(desk.incident("I1").offered_to.empty());
  EXPECT_EQ(only(order(true), "order")["standing"], "order");
  EXPECT_EQ(desk.incident("I1").offered_to, "CROSS Gris-Nez");
}

TEST(Events, an_answer_of_slow_work_is_read_back_from_its_bytes) {
  auto run = std::make_shared<DriftRun>();
  run->leeway_key = "PIW-1";
  run->release = {.place = {1.4, 51.0}, .sigma_m = 50, .from = midnight, .to = midnight};
  run->sources = {"tides"};
  run->snapshots = {{midnight, {{1.4, 51.1}, {1.5, 51.2}}, {ParticleState::adrift, ParticleState::left}}};
  const ForecastAnswer answer{"F1", sha256("inputs"), run, ""};
  const auto back = from_bytes<ForecastAnswer>(bytes_of(answer));
  ASSERT_TRUE(back && back->run);
  EXPECT_EQ(back->request, "F1");
  EXPECT_EQ(back->inputs, answer.inputs);
  EXPECT_EQ(back->run->snapshots[0].places, run->snapshots[0].places);
  EXPECT_EQ(back->run->snapshots[0].states, run->snapshots[0].states);
  EXPECT_EQ(bytes_of(*back), bytes_of(answer));
  EXPECT_FALSE(from_bytes<ForecastAnswer>(bytes_of(answer).substr(0, 40)));
}

}  // namespace
}  // namespace varne::test
