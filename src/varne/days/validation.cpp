#include "varne/days/validation.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>
#include <optional>

#include "varne/core/text.h"
#include "varne/core/units.h"
#include "varne/days/draws.h"
#include "varne/days/fit_words.h"
#include "varne/days/parallel.h"
#include "varne/days/plan.h"
#include "varne/days/statistics.h"

namespace varne::days {
namespace {

constexpr const char* of_rnli =
    "RNLI, strategic performance standards (Annual Operational Statistics Report 2008)";
constexpr const char* of_helicopters =
    "criteria for search and rescue helicopters (House of Commons, 13 February 2002, col. 378W)";
constexpr double rnli_launch_min = 10;
constexpr double rnli_way_nm = 10;
constexpr Minute rnli_there_min = 30;
constexpr double rnli_share = 0.9;
constexpr Minute helicopter_day_min = 15;
constexpr Minute helicopter_night_min = 45;
constexpr Minute helicopter_there_min = 60;
/// What the helicopters' criteria call day is not said: here between these hours UTC.
constexpr Minute day_from = 7 * 60;
constexpr Minute day_to = 19 * 60;

std::string figure_of(bool share, double x) {
  return share ? fmt::format("{:.3g} %", 100 * x) : figure_text(x);
}

/// A pair of sums a day.
struct Sums {
  std::vector<double> above, below;
  explicit Sums(std::size_t days) : above(days), below(days) {}
  void count(std::size_t day, double value) { above[day] += value, below[day] += 1; }
};

/// What the days are asked for, as pairs a day.
struct Counted {
  explicit Counted(std::size_t days)
      : launch(days),
        within_30(days),
        helicopter_day(days),
        helicopter_night(days),
        helicopter_there(days),
        arrived(days),
        first_30(days) {}
  Sums launch, within_30, helicopter_day, helicopter_night, helicopter_there, arrived, first_30;

  void add(std::size_t day, const Unit& unit, const Arrival& a) {
    const Minute took = a.there - a.left;
    if (unit.kind == UnitKind::lifeboat && unit.state == "UK" && a.berthed) {
      launch.count(day, a.left - a.asked);
      if (nm_from_metres(a.way_m) <= rnli_way_nm) within_30.count(day, took <= rnli_there_min ? 1 : 0);
    }
    if (unit.kind != UnitKind::helicopter) return;
    if (a.berthed) {
      const Minute hour = a.asked % (24 * 60);
      if (hour >= day_from && hour < day_to)
        helicopter_day.count(day, a.left - a.asked <= helicopter_day_min ? 1 : 0);
      else
        helicopter_night.count(day, a.left - a.asked <= helicopter_night_min ? 1 : 0);
    }
    helicopter_there.count(day, took <= helicopter_there_min ? 1 : 0);
  }
};

/// A row of a ratio over days with its interval; none where nothing was counted.
void put(const Sums& sums, ValidationRow row, double least, double most, std::vector<ValidationRow>& out) {
  double counted = 0;
  for (const double one : sums.below) counted += one;
  if (counted <= 0) return;
  std::vector<double> influence;
  row.simulated = ratio_of(sums.above, sums.below, influence);
  const double half =
      of_95_percent * std::sqrt(variance_of(influence) / static_cast<double>(influence.size()));
  row.low = row.simulated - half;
  row.high = row.simulated + half;
  row.fits = row.high >= least && row.low <= most;
  out.push_back(std::move(row));
}

Done add_series(const Strait& strait, const Series& series, const ValidationOptions& options,
                Validation& out) {
  const auto fitted_rows = days_of(series, options.on);
  if (!fitted_rows) return fail(fitted_rows.error());
  const auto fitted = fit_departures(*fitted_rows, 0, options.seed);
  if (!fitted) return fail(fitted.error().in(series.source));
  const int year = static_cast<int>(std::chrono::year_month_day(options.on.first).year());
  const Numbers numbers = fitted->over(strait.scenario.numbers());
  std::vector<DateSpan> spans{options.on};
  spans.insert(spans.end(), options.against.begin(), options.against.end());
  for (const DateSpan& span : spans) {
    const auto seen = days_of(series, span);
    if (!seen) return fail(seen.error());
    const std::string about = iso_span(span) + (span == options.on ? ", fitted" : ", left out of the fit");
    for (const Compared& one : compare(numbers, *seen, year, options.series, options.seed)) {
      out.rows.push_back({about, one.what, figure_of(one.share, one.seen), one.middle, one.low, one.high,
                          one.fits(), series.source, one.share});
    }
  }
  return {};
}

}  // namespace

Result<Validation> validate(const Strait& strait, const Series& series, const ValidationOptions& options) {
  Validation out;
  if (auto done = add_series(strait, series, options, out); !done) return std::unexpected(done.error());
  const auto plan = plan_of(strait.scenario, {strait.scenario.policies.front().name});
  if (!plan) return std::unexpected(plan.error());
  const Numbers numbers = plan->numbers(0, strait.scenario.numbers());
  Counted counted(options.days);
  std::mutex guard;
  std::optional<Error> wrong;
  in_parallel(options.days, options.threads, [&](std::size_t d) {
    const DayDraw draw = day_of_seed(strait.scenario, seed_of(options.seed, static_cast<std::uint32_t>(d)));
    const DayTide tide(strait, Time(draw.day));
    const auto day = simulate_day(strait, plan->policies[0], numbers, draw, tide);
    const std::lock_guard lock(guard);
    if (!day) {
      wrong = day.error();
      return;
    }
    for (const Arrival& arrival : day->arrivals) counted.add(d, strait.units[arrival.unit], arrival);
    counted.arrived.above[d] = day->persons_uk;
    counted.arrived.below[d] = day->outcome[M::persons];
    counted.first_30.above[d] = day->outcome[M::met_in_30];
    counted.first_30.below[d] = day->outcome[M::met];
    out.boats += static_cast<std::size_t>(day->outcome[M::boats]);
  });
  if (wrong) return std::unexpected(*wrong);
  constexpr double all = 1e9;
  put(counted.arrived,
      {"people", "of those who set out, share that arrive in the United Kingdom",
       "100 %: departures are fitted to arrivals", 0, 0, 0, false, "the fit above", true},
      1, all, out.rows);
  put(counted.launch,
      {"units", "lifeboats of the UK: mean minutes from being asked to launch", "10 on average", 0, 0, 0,
       false, of_rnli, false},
      0, rnli_launch_min, out.rows);
  put(counted.within_30,
      {"units", "the same, launched for a boat within 10 nautical miles: share there within 30 minutes",
       "at least 90 %", 0, 0, 0, false, of_rnli, true},
      rnli_share, all, out.rows);
  put(counted.helicopter_day,
      {"units", "helicopters: share off within 15 minutes by day (7 to 19 UTC)", "normally", 0, 0, 0, false,
       of_helicopters, true},
      rnli_share, all, out.rows);
  put(counted.helicopter_night,
      {"units", "helicopters: share off within 45 minutes by night", "normally", 0, 0, 0, false,
       of_helicopters, true},
      rnli_share, all, out.rows);
  put(counted.helicopter_there,
      {"units", "helicopters: share there within 60 minutes of taking off", "all areas of high risk", 0, 0, 0,
       false, of_helicopters, true},
      1, all, out.rows);
  put(counted.first_30,
      {"units", "any unit: share of boats met within 30 minutes of the first report", "", 0, 0, 0, true,
       "nobody publishes it of small boats", true},
      0, all, out.rows);
  return out;
}

std::string validation_markdown(const Validation& v, const Strait& strait, const ValidationOptions& options,
                                const std::string& command) {
  std::string out = fmt::format(
      "# Simulated days beside what was published\n\nMade by\n\n    {}\n\nand by nothing else. Departures "
      "are "
      "fitted to {} alone and simulated for every span ({} series each: the middle, and what nine in ten of "
      "them lie between). Times are those of {} whole days with {} boats through the room, scenario `{}`, "
      "policy `{}`, with 95 % intervals over days. A row fits where what was published lies within; a "
      "standard "
      "fits where it may be met.\n\n",
      command, iso_span(options.on), options.series, options.days,
      grouped(static_cast<std::int64_t>(v.boats)), strait.scenario.name,
      strait.scenario.policies.front().name);
  out +=
      "| | figure | published | simulated | between | | source |\n| --- | --- | ---: | ---: | ---: | --- | "
      "--- |\n";
  const auto shown = [](const ValidationRow& r, double x) { return figure_of(r.share, x); };
  std::string wrong;
  for (const ValidationRow& r : v.rows) {
    const std::string between = fmt::format("{} and {}", shown(r, r.low), shown(r, r.high));
    out += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", r.about, r.what,
                       r.published.empty() ? "—" : r.published, shown(r, r.simulated), between,
                       r.published.empty() ? ""
                       : r.fits            ? "fits"
                                           : "**does not fit**",
                       r.source);
    if (!r.fits)
      wrong += fmt::format("- {}: {}: published {}, simulated {} ({}).\n", r.about, r.what, r.published,
                           shown(r, r.simulated), between);
  }
  out += "\n## What does not fit\n" + (wrong.empty() ? "Nothing of the table.\n" : wrong);
  out +=
      "\n## What this table cannot say\nThe series counts who arrived in the United Kingdom, not who set "
      "out: "
      "those whom the French side took back, and those who were lost, are in no series by day. How soon "
      "units "
      "reached small boats is not published; the standards beside the units are what services aim at for all "
      "calls. In the simulation a unit's time until it is there includes the search about a place that was "
      "not "
      "exact. Readiness is an assumption of the scenario with its range, not a result.\n";
  return out;
}

}  // namespace varne::days
