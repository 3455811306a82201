/// The night of 24 November 2021 with two centres, each with its own room: what each heard is told to the
/// other, also through a line that is cut for most of it.
#include <gtest/gtest.h>

#include "exchange/two_desks.h"
#include "varne/desk/day.h"
#include "varne/report/report.h"

namespace varne::test {
namespace {

/// The day's reports, to the desk that heard them; letters come when the line lets them.
class NightOfTwo {
 public:
  /// @param cut_from, cut_until  hours of the night in which nothing passes
  NightOfTwo(const std::string& cut_from, const std::string& cut_until) {
    const auto day = load_day(std::string(VARNE_ROOT) + "/data/days/2021-11-24");
    EXPECT_TRUE(day) << day.error().text();
    const Time from = parse_time("2021-11-24T" + cut_from + ":00Z").value();
    const Time until = parse_time("2021-11-24T" + cut_until + ":00Z").value();
    const auto done = read_day(
        *day,
        [&](Event event) {
          CentreDesk& desk = heard_by_gris_nez(event) ? both.fr : both.uk;
          if (event.at < from || event.at >= until) both.bring_all();
          for (CentreDesk* each : {&both.uk, &both.fr}) each->now = std::max(each->now, event.at);
          desk.take_event(std::move(event));
          for (CentreDesk* each : {&both.uk, &both.fr}) heads += each->tell_head() ? 1 : 0;
          watch();
          return true;
        },
        [](const Error& refused) { ADD_FAILURE() << refused.text(); });
    EXPECT_TRUE(done) << done.error().text();
    both.bring_all();
    watch();
  }

  TwoDesks both;
  int moments = 0, heads = 0;

 private:
  static bool heard_by_gris_nez(const Event& event) {
    const auto* seen = std::get_if<Observation>(&event.what);
    const auto report = seen == nullptr ? nullptr : report_in(*seen);
    if (report == nullptr) return false;
    const std::string& from = report_head(*report).from;
    return from == gris_nez || from == "FV Saint-Jacques 2" || from == "rescue services";
  }
  /// Of every incident, whatever either record knows: exactly one has it, and whoever gave it away stands by.
  void watch() {
    ++moments;
    for (const auto& [home, away, own] :
         {std::tuple{&both.uk, &both.fr, dover}, {&both.fr, &both.uk, gris_nez}}) {
      const std::string& other = own == dover ? gris_nez : dover;
      for (const auto& [id, incident] : home->room().incidents()) {
        if (!incident.opened_by.empty()) continue;
        std::string there = id + "@" + own;
        std::replace(there.begin(), there.end(), ' ', '-');
        const auto copy = away->room().incidents().find(there);
        const bool home_has = incident.centre == own;
        const bool away_has = copy != away->room().incidents().end() && copy->second.centre == other;
        EXPECT_FALSE(home_has && away_has) << iso(home->now) << " " << id;
        EXPECT_TRUE(home_has || away_has || incident.stands_by) << iso(home->now) << " " << id;
      }
    }
  }
};

bool knows(const CentreDesk& desk, const std::string& words) {
  return texts(desk.all).find(words) != std::string::npos;
}

TEST(NightOfTwoCentres, each_knows_what_the_other_heard_and_neither_lets_the_boat_go) {
  NightOfTwo night("00:00", "00:00");
  EXPECT_GT(night.moments, 20);
  EXPECT_GT(night.heads, 20);
  EXPECT_EQ(night.both.fr.room().partners().head_of(dover)->size,
            night.both.uk.room().partners().last_head().size);
  EXPECT_EQ(night.both.uk.room().partners().head_of(gris_nez)->root,
            night.both.fr.room().partners().last_head().hash);
  // Both were rung by the boat, and both say that it may be one boat.
  const Incident& of_uk = night.both.uk.incident("I1");
  const Incident& of_fr = night.both.fr.incident("I1@MRCC-Dover");
  EXPECT_EQ(of_uk.boat, "Charlie");
  EXPECT_EQ(of_fr.centre, of_uk.centre);
  for (const auto* desk : {&night.both.uk, &night.both.fr}) {
    // Each keeps the head of the other's record, which went on from one to the next all night.
    EXPECT_EQ(texts(desk->all).find("letter_refused"), std::string::npos);
    // "I am in the water": said to Gris-Nez, and known to both.
    EXPECT_TRUE(knows(*desk, "in the water")) << texts(desk->all);
    for (const auto& [id, incident] : desk->room().incidents()) {
      if (incident.boat != "Charlie") continue;
      EXPECT_EQ(incident.phase, Phase::distress) << id;
      EXPECT_TRUE(incident.open) << id << ": nobody accounted for all of its people";
    }
  }
  // That Gris-Nez closes its operation at 03:34 ends nothing: Dover has the boat, and did not say so.
  EXPECT_TRUE(knows(night.both.fr, "changes nothing"));
}

TEST(NightOfTwoCentres, through_a_cut_each_goes_on_and_learns_afterwards_what_was_said_and_when) {
  NightOfTwo night("00:30", "03:40");
  const auto heard = bodies(night.both.uk.all, "letter");
  bool late = false;
  for (const Json& letter : heard)
    if (letter["way"] == "heard" &&
        letter["text"].get<std::string>().find("in the water") != std::string::npos)
      late = letter["sent"].get<std::string>() < "2021-11-24T03:00";
  EXPECT_TRUE(late) << "what was said at 02:31 bears that time, and the entry the hour at which it came";
  for (const auto* desk : {&night.both.uk, &night.both.fr})
    for (const auto& [id, incident] : desk->room().incidents())
      if (incident.boat == "Charlie") EXPECT_TRUE(incident.open && incident.phase == Phase::distress) << id;
  ReportFacts facts;
  for (const Entry& entry : night.both.uk.all) facts.take(entry);
  const std::string page = report_page(facts, night.both.uk.room().world(), nullptr, {});
  EXPECT_NE(page.find("What the other centre was told, and what it said"), std::string::npos);
  EXPECT_NE(page.find("from CROSS Gris-Nez"), std::string::npos);
}

}  // namespace
}  // namespace varne::test
