#include "varne/days/observers.h"

#include <algorithm>
#include <cmath>

#include "varne/core/units.h"
#include "varne/days/draws.h"

namespace varne::days {
namespace {

// As in the sample day: noise that grows with range.
constexpr double plot_sigma_m = 25;
constexpr double plot_sigma_per_m = 0.002;
constexpr double seen_from_air_m = 200;  ///< how well an aircraft places what it sees

/// The one vector lies clockwise of the other, by less than half a turn.
bool clockwise(Vec a, Vec b) {
  return a.east * b.north <= a.north * b.east;
}

}  // namespace

Observers::Sector::Sector(const RadarSite& site)
    : from_(towards(site.from_deg, 1)),
      to_(towards(site.to_deg, 1)),
      wide_(wrap360(site.to_deg - site.from_deg) > 180 || wrap360(site.to_deg - site.from_deg) == 0) {}

bool Observers::Sector::holds(Vec at) const {
  const bool after = clockwise(from_, at);
  const bool before = clockwise(at, to_);
  return wide_ ? after || before : after && before;
}

reports::Sighting seen_by(std::string from, const Boats& boats, std::size_t boat, Place place,
                          double error_m) {
  reports::Sighting report;
  report.from = std::move(from);
  report.boat = label_of(boat);
  report.craft = "inflatable";
  report.place = as_written(place);
  report.place_error_m = error_m;
  if (boats.state[boat] == BoatState::empty) report.empty = true;
  if (boats.in_water[boat] > 0) report.people_in_water = true;
  return report;
}

Observers::Observers(const Strait& strait, const Numbers& n, std::size_t boats, Time start,
                     std::uint64_t seed)
    : strait_(strait),
      numbers_(n),
      start_(start),
      seed_(seed),
      seen_(boats, never),
      ships_(strait, n, start, seed),
      passed_(strait.scenario.patrols.size(), std::vector<std::uint8_t>(boats)) {
  for (const RadarSite& site : strait.scenario.radars) {
    planes_.emplace_back(site.place);
    sectors_.emplace_back(site);
  }
}

void Observers::look(Minute minute, const Boats& boats, const Crews& crews, const Motion& motion,
                     const Weather& weather, DayFeeds& feeds) {
  const Time now = start_ + std::chrono::minutes(minute);
  for (const Crew& crew : crews.all()) {
    const bool still = crew.task == CrewTask::off || (crew.velocity == Vec{} && crew.task == CrewTask::idle);
    if (still) continue;
    const Unit& unit = strait_.units[crew.unit];
    feeds.ais(now, *unit.mmsi, flies(unit.kind), crew.at, length(crew.velocity),
              direction_deg(crew.velocity));
  }
  for (std::size_t s = 0; s < strait_.scenario.radars.size(); ++s) radar(s, minute, boats, crews, feeds);
  calls(minute, boats, motion, feeds);  // before what is seen later in the minute
  for (std::size_t f = 0; f < strait_.scenario.patrols.size(); ++f) patrol(f, minute, boats, weather, feeds);
  ships_.look(minute, boats, weather, feeds, [&](std::size_t boat) { see(boat, minute); });
}

void Observers::radar(std::size_t s, Minute minute, const Boats& boats, const Crews& crews, DayFeeds& feeds) {
  const RadarSite& site = strait_.scenario.radars[s];
  const LocalPlane& plane = planes_[s];
  const Sector& sector = sectors_[s];
  Random random =
      draws(seed_, static_cast<std::uint32_t>(s), For::radar_turn, static_cast<std::uint32_t>(minute));
  plots_.clear();
  const auto look_at = [&](Vec at, double chance) {
    if (at.east * at.east + at.north * at.north > site.range_m * site.range_m || !sector.holds(at))
      return false;
    const double away = length(at);
    if (random.uniform() >= chance - numbers_[Q::radar_loss] * away / site.range_m) return false;
    const double sigma = std::round(plot_sigma_m + plot_sigma_per_m * away);
    RadarPlot plot;
    plot.place = plane.from(at + Vec{sigma * random.normal(), sigma * random.normal()});
    plot.sigma_m = sigma;
    plots_.push_back(plot);
    return true;
  };
  for (std::size_t b = 0; b < boats.size(); ++b) {
    if (!boats.afloat(b)) continue;
    const Vec moved = Vec{boats.east_mps[b], boats.north_mps[b]} * site.late_s;
    if (look_at(plane.to(boats.place(b)) + moved, numbers_[Q::radar_detection])) see(b, minute);
  }
  for (const Crew& crew : crews.all()) {
    if (crew.task == CrewTask::off || crew.task == CrewTask::idle || flies(strait_.units[crew.unit].kind))
      continue;
    look_at(plane.to(crew.at) + crew.velocity * site.late_s, 1);
  }
  // Sea clutter, mostly near: a Poisson number of plots.
  const std::int32_t false_plots = count_quantile(numbers_[Q::radar_clutter], 1e9, random.uniform());
  for (std::int32_t i = 0; i < false_plots; ++i) {
    const double away = 2500 + 15000 * random.uniform() * random.uniform();
    look_at(towards(360 * random.uniform(), away), 2);
  }
  feeds.scan(
      s, start_ + std::chrono::minutes(minute) + std::chrono::milliseconds(std::llround(site.late_s * 1000)),
      static_cast<std::uint32_t>(minute), plots_);
}

void Observers::patrol(std::size_t f, Minute minute, const Boats& boats, const Weather& weather,
                       DayFeeds& feeds) {
  const Patrol& flight = strait_.scenario.patrols[f];
  const double into = minute - flight.begins_h * 60;
  if (into < 0 || into >= flight.hours * 60) return;
  const LocalPlane plane(flight.from);
  const Vec leg = plane.to(flight.to);
  const double flown = into * 60 * mps_from_knots(numbers_[Q::patrol_speed]) / std::max(length(leg), 1.0);
  const double back_and_forth = std::abs(std::fmod(flown + 1, 2) - 1);
  const Place at = plane.from(leg * back_and_forth);
  const double sees = std::min(1000 * numbers_[Q::patrol_sees], weather.visibility_m);
  const LocalPlane here(at);
  for (std::size_t b = 0; b < boats.size(); ++b) {
    if (!boats.afloat(b) || length(here.to(boats.place(b))) > sees) {
      passed_[f][b] = 0;
      continue;
    }
    if (passed_[f][b] != 0) continue;  // once a pass
    passed_[f][b] = 1;
    Random random = draws(seed_, static_cast<std::uint32_t>(f << 16 | b), For::patrol_pass,
                          static_cast<std::uint32_t>(minute));
    if (random.uniform() >= numbers_[Q::patrol_detection]) continue;
    see(b, minute);
    const Vec error{seen_from_air_m / 2 * random.normal(), seen_from_air_m / 2 * random.normal()};
    feeds.report(start_ + std::chrono::minutes(minute) + std::chrono::seconds(15),
                 seen_by(flight.name, boats, b, moved(boats.place(b), error), seen_from_air_m));
  }
}

void Observers::calls(Minute minute, const Boats& boats, const Motion& motion, DayFeeds& feeds) {
  for (std::size_t b = 0; b < boats.size(); ++b) {
    if (!boats.afloat(b) || boats.aboard[b] + boats.in_water[b] == 0) continue;
    if (motion.trouble_call(b) == minute) call(b, minute, true, boats, feeds);
    if (motion.line_call(b) == minute) call(b, minute, false, boats, feeds);
  }
}

void Observers::call(std::size_t b, Minute minute, bool trouble, const Boats& boats, DayFeeds& feeds) {
  see(b, minute);
  Random random = draws(seed_, static_cast<std::uint32_t>(b), For::calls, trouble ? 2 : 3);
  const double error = std::round(numbers_.draw(Q::call_error, random.uniform()));
  const double off = numbers_.draw(Q::call_count_error, random.uniform());
  // The place is off by what its radius holds: 95 % of a circular normal distribution (2.45 σ).
  const Vec away{error / 2.45 * random.normal(), error / 2.45 * random.normal()};
  const double persons = boats.aboard[b] + boats.in_water[b];
  const auto counted = [&](double share) {
    return std::max(std::int32_t{1}, static_cast<std::int32_t>(std::lround(persons * share)));
  };
  reports::Call report;
  report.from = "caller";
  report.boat = label_of(b);
  report.craft = "inflatable";
  report.place = as_written(moved(boats.place(b), away));
  report.place_error_m = error;
  report.persons = HeadCount{counted(1 - off), counted(1 + off)};
  if (trouble) {
    report.distress = true;
    if (minute >= boats.engine_stops[b]) report.engine_stopped = true;
    if (minute >= boats.takes_water[b]) report.taking_water = true;
    if (boats.in_water[b] > 0) report.people_in_water = true;
  }
  feeds.report(start_ + std::chrono::minutes(minute) + std::chrono::seconds(5), std::move(report));
}

}  // namespace varne::days
