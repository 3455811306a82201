/// What a simulated day's feeds make for themselves against what the readers of a recorded day read in the
/// lines that are kept.
#include "varne/days/day_feeds.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "varne/feed/observation_json.h"

namespace varne::days {
namespace {

const Time start = std::chrono::sys_days(std::chrono::year(2021) / 11 / 11);

double between(double a, double b) {
  return a + (b - a) * *rc::gen::inRange(0, 1'000'001) / 1e6;
}

/// As a program would read it, without the line, which only one of the two has.
std::string said(Event event) {
  auto& observation = std::get<Observation>(event.what);
  observation.raw = {};
  return iso(event.at) + " " + event.speaker.name + " " + observation_json(observation);
}

/// Says the same to feeds that keep their lines and to feeds that do not, and gives what each makes of it.
template <class Say>
void are_alike(Say&& say) {
  DayFeeds kept(start, {"dungeness"}, true);
  DayFeeds made(start, {"dungeness"}, false);
  say(kept);
  say(made);
  const auto read = kept.take();
  const auto own = made.take();
  RC_ASSERT(read.size() == own.size());
  RC_ASSERT(!read.empty());
  for (std::size_t i = 0; i < read.size(); ++i) RC_ASSERT(said(own[i]) == said(read[i]));
  RC_ASSERT(!kept.files()[0].text.empty() || !kept.files()[2].text.empty());
  for (const auto& file : made.files()) RC_ASSERT(file.kind == "plots" || file.text.empty());
}

RC_GTEST_PROP(DayFeeds, a_position_is_what_its_message_says, ()) {
  const auto mmsi = static_cast<std::uint32_t>(*rc::gen::inRange(1, 999'999'999));
  const bool aircraft = *rc::gen::arbitrary<bool>();
  const Place place{between(-180, 180), between(-89, 89)};
  const double speed = between(0, 80);
  const double course = between(-360, 720);
  const Time at = start + std::chrono::milliseconds(*rc::gen::inRange(0, 100'000'000));
  are_alike([&](DayFeeds& feeds) { feeds.ais(at, mmsi, aircraft, place, speed, course); });
}

RC_GTEST_PROP(DayFeeds, a_report_is_what_its_line_says, ()) {
  reports::Call call;
  call.from = "caller";
  call.boat = "B01";
  call.craft = "inflatable";
  call.place = as_written({between(-1, 2), between(50, 52)});
  call.place_error_m = between(0, 5000);
  call.persons = HeadCount{*rc::gen::inRange(1, 30), *rc::gen::inRange(30, 80)};
  call.distress = *rc::gen::arbitrary<bool>();
  if (*rc::gen::arbitrary<bool>()) call.taking_water = true;
  reports::Order order;
  order.from = "MRCC Dover";
  order.boat = "B01";
  order.task = "settle_count";
  order.persons = HeadCount{30, 30};
  reports::Fact fact;
  fact.from = "captain of RNLI Dover";
  fact.role = "captain";
  fact.boat = "B01";
  fact.fact = "boat_length";
  fact.value = between(0, 40);
  reports::Recovered recovered;
  recovered.from = recovered.unit = "RNLI Dover";
  recovered.boat = "B01";
  recovered.place = as_written({between(-1, 2), between(50, 52)});
  recovered.persons = HeadCount{0, 0};
  recovered.empty = true;
  are_alike([&](DayFeeds& feeds) {
    feeds.report(start + std::chrono::seconds(5), call);
    feeds.report(start + std::chrono::seconds(7), order);
    feeds.report(start + std::chrono::seconds(9), fact);
    feeds.report(start + std::chrono::seconds(11), recovered);
  });
}

}  // namespace
}  // namespace varne::days
