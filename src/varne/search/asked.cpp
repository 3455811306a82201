#include "varne/search/asked.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "varne/core/nearest.h"
#include "varne/core/text.h"
#include "varne/feed/report_words.h"
#include "varne/search/datum_pattern.h"
#include "varne/search/of_fleet.h"

namespace varne {
namespace {

/// The waves on a unit's way: as somebody says, else the higher of those where it is and where the object may
/// be; nothing where neither is known.
std::optional<double> waves_on_way(const SearchAsked& asked, const SearchScene& scene, Place from, Place to) {
  if (asked.sea_m || scene.sea == nullptr) return asked.sea_m;
  return std::max(scene.sea->wave_height_m(from, asked.from), scene.sea->wave_height_m(to, asked.from));
}

Result<std::vector<SearchUnit>> crew_of(const SearchAsked& asked, const std::vector<UnitAt>& fleet,
                                        const SweepWidths& widths, const SearchScene& scene, Place datum,
                                        std::vector<std::string>& notes) {
  SweepQuery query;
  query.object = asked.object;
  query.height_m = asked.height_m;
  query.visibility_m = asked.visibility_m;
  query.wind_mps = asked.wind_mps;
  query.sea_m = asked.sea_m;
  query.night = asked.night;
  std::vector<SearchUnit> out;
  for (std::size_t i = 0; i < asked.units.size(); ++i) {
    const AskedSearcher& one = asked.units[i];
    const auto where = fmt::format("units[{}]", i);
    const auto at = unit_named(fleet, one.unit);
    if (!at) return fail(at.error().in(where));
    if (std::ranges::find(out, one.unit, &SearchUnit::name) != out.end())
      return fail(where, fmt::format("{} is named twice", one.unit));
    Unit unit = (*at)->unit;
    if (one.search_mps) unit.search_speed_mps = one.search_mps;
    if (unit.search_speed_mps && !(*unit.search_speed_mps > 0))
      return fail(where + ": search_mps", "must be above 0");
    if (one.turn_s) unit.turn_s = one.turn_s;
    if (unit.turn_s && !(*unit.turn_s >= 0 && *unit.turn_s <= 3600))
      return fail(where + ": turn_s", "must be 0 to 3600");
    std::optional<SweepWidths> stated;
    if (one.sweep_width_m) {
      if (!(*one.sweep_width_m > 0)) return fail(where + ": sweep_width_m", "must be above 0");
      if (one.source.empty() || !fault_of_words(one.source).empty())
        return fail(where + ": source", "is needed: who stands for this sweep width?");
      stated.emplace(widths).state(
          {asked.object, SearchSensor::eye, asked.night, {}, *one.sweep_width_m, one.source});
    }
    const SearcherNow now{.unit = unit,
                          .at = (*at)->at,
                          .at_base = (*at)->at_base,
                          .free_from = std::max(asked.from, one.free_from.value_or(asked.from)),
                          .not_free = one.free_from ? "" : (*at)->not_free,
                          .sea_m = waves_on_way(asked, scene, (*at)->at, datum)};
    auto searcher = search_unit_of(now, stated ? *stated : widths, query, notes);
    if (!searcher) return fail(searcher.error());
    out.push_back(std::move(*searcher));
  }
  return out;
}

/// The datum, slice by slice [m].
std::vector<Vec> datum_of(const SearchCloud& cloud) {
  std::vector<Vec> mean(cloud.slices);
  for (std::size_t k = 0; k < cloud.slices; ++k) {
    double weight = 0;
    for (std::size_t i = 0; i < cloud.particles; ++i) {
      const Vec at{cloud.east_of(k)[i], cloud.north_of(k)[i]};
      if (!std::isfinite(at.east)) continue;
      mean[k] = mean[k] + at * cloud.weight[i];
      weight += cloud.weight[i];
    }
    mean[k] = weight > 0 ? mean[k] * (1 / weight) : (k > 0 ? mean[k - 1] : Vec{});
  }
  return mean;
}

Result<std::vector<SearchTask>> tasks_of(const SearchCloud& cloud, const SearchAsked& asked,
                                         const std::vector<SearchUnit>& units) {
  std::vector<SearchTask> out;
  const std::vector<Vec> datum = asked.fixed ? std::vector<Vec>{} : datum_of(cloud);
  for (std::size_t i = 0; i < asked.boxes.size(); ++i) {
    const DrawnBox& drawn = asked.boxes[i];
    const auto where = fmt::format("boxes[{}]", i);
    const auto unit = std::ranges::find(units, drawn.unit, &SearchUnit::name);
    if (unit == units.end())
      return fail(where + ": unit", fmt::format("\"{}\" is not among \"units\"", shown(drawn.unit)));
    if (drawn.from < cloud.start || drawn.until > cloud.end())
      return fail(where,
                  fmt::format("is not within the search, {} to {}", iso(cloud.start), iso(cloud.end())));
    SearchTask task{.unit = static_cast<std::size_t>(unit - units.begin()),
                    .box = {.centre = cloud.plane.to(drawn.centre),
                            .length_m = drawn.length_m,
                            .width_m = drawn.width_m,
                            .axis_deg = drawn.axis_deg,
                            .drift = {}},
                    .from = drawn.from,
                    .until = drawn.until};
    if (!asked.fixed) {
      const auto since = static_cast<std::size_t>((drawn.from - cloud.start) / cloud.slice);
      const Vec then = datum[std::min(since, cloud.slices - 1)];
      for (const Vec at : datum) task.box.drift.push_back(at - then);
    }
    out.push_back(std::move(task));
  }
  return out;
}

/// Sweeps and creeping lines through the boxes of a plan.
std::vector<SearchPattern> patterns_through(const SearchCloud& cloud, const std::vector<SearchUnit>& units,
                                            SearchPlan& plan, PatternKind kind) {
  std::vector<SearchPattern> out;
  for (const SearchTask& task : plan.tasks) {
    SearchUnit unit = units[task.unit];
    // From the second box on it comes from the first.
    const auto last =
        std::ranges::find(out.rbegin(), out.rend(), task.unit, [](const SearchPattern& p) { return p.unit; });
    if (last != out.rend()) unit.at = last->way.back().at;
    auto pattern = pattern_of(cloud, task, unit, kind);
    if (pattern)
      out.push_back(std::move(*pattern));
    else
      plan.notes.push_back(fmt::format("{}: {}", unit.name, pattern.error().what));
  }
  return out;
}

/// Each with its name, and what time it leaves.
std::vector<NamedPattern> named(const std::vector<SearchUnit>& units, std::vector<SearchPattern> patterns,
                                SearchPlan& plan) {
  std::vector<NamedPattern> out;
  std::vector<std::size_t> count(units.size(), 0);
  for (SearchPattern& pattern : patterns) {
    auto name = fmt::format("{}, box {}", units[pattern.unit].name, ++count[pattern.unit]);
    if (pattern.spare >= std::chrono::minutes(15))
      plan.notes.push_back(
          fmt::format("{}: {:.0f} min are left when its pattern is done", name, seconds(pattern.spare) / 60));
    out.push_back({std::move(name), std::move(pattern)});
  }
  return out;
}

/// The plan, its patterns, and the bound of what they search.
Done plan_into(SearchAnswer& out, const SearchAsked& asked, const PlanOptions& options) {
  std::optional<SearchPlan> drawn;
  if (!asked.boxes.empty()) {
    auto tasks = tasks_of(out.cloud, asked, out.units);
    if (!tasks) return fail(tasks.error());
    auto plan = score_plan(out.cloud, out.units, std::move(*tasks), options);
    if (!plan) return fail(plan.error().in("boxes"));
    drawn = std::move(*plan);
  }
  if (about_datum(asked.pattern)) {
    auto laid = drawn ? Result<LaidPlan>(lay_about_middles(out.cloud, out.units, std::move(*drawn),
                                                           asked.pattern, asked.spacing_m))
                      : plan_about_datum(out.cloud, out.units, asked.pattern, asked.spacing_m, options);
    if (!laid) return fail(laid.error());
    out.plan = std::move(laid->plan);
    out.patterns = named(out.units, std::move(laid->patterns), out.plan);
    out.bound = bound_of(out.cloud, effort_of(out.cloud, laid->strokes));
    return {};
  }
  if (drawn) {
    out.plan = std::move(*drawn);
  } else {
    auto plan = plan_search(out.cloud, out.units, options);
    if (!plan) return fail(plan.error());
    out.plan = std::move(*plan);
  }
  out.patterns = named(out.units, patterns_through(out.cloud, out.units, out.plan, asked.pattern), out.plan);
  out.bound = bound_of(out.cloud, effort_of(out.cloud, out.plan.tasks));
  return {};
}

/// Where a box's centre is when it is begun, at the bends of its way, and when it is left.
Json way_of(const SearchCloud& cloud, const SearchTask& task) {
  std::vector<Time> times{task.from};
  for (std::size_t k = 0; k < cloud.slices; ++k)
    if (const Time middle = cloud.start + cloud.slice * static_cast<std::int64_t>(k) + cloud.slice / 2;
        middle > task.from && middle < task.until)
      times.push_back(middle);
  times.push_back(task.until);
  Json out = Json::array();
  for (const Time time : times) {
    const Place at = cloud.plane.from(task.box.centre_at(cloud.slices_at(time)));
    out.push_back({{"at", Json::array({rounded(at.lon, 6), rounded(at.lat, 6)})}, {"time", iso(time)}});
  }
  return out;
}

}  // namespace

std::string not_free(UnitStatus status) {
  switch (status) {
    case UnitStatus::available:
      return "";
    case UnitStatus::tasked:
      return "has another task; say when it is free";
    case UnitStatus::on_scene:
      return "is on scene elsewhere; say when it is free";
    case UnitStatus::laden:
      return "has survivors aboard that are still to be landed; say when it is free";
    case UnitStatus::off_duty:
      return "is off duty; say when it can be had";
  }
  return "";
}

std::vector<UnitAt> all_at_base(const std::vector<Unit>& units) {
  std::vector<UnitAt> out;
  for (const Unit& unit : units) out.push_back({unit, unit.home, true, not_free(unit.status)});
  return out;
}

Result<const UnitAt*> unit_named(const std::vector<UnitAt>& fleet, const std::string& name) {
  const auto of = [](const UnitAt& one) -> const std::string& { return one.unit.name; };
  const auto found = std::ranges::find(fleet, name, of);
  if (found != fleet.end()) return &*found;
  if (fleet.empty()) return fail("", "the list of units is empty");
  const auto nearest = std::ranges::min_element(
      fleet, {}, [&](const UnitAt& one) { return letters_apart(one.unit.name, name); });
  return fail("", fmt::format("\"{}\" is not in the list of units; did you mean \"{}\"?", shown(name),
                              nearest->unit.name));
}

Result<SearchAnswer> answer_search(const DriftRun& run, const SearchAsked& asked,
                                   const std::vector<UnitAt>& fleet, const SweepWidths& widths,
                                   const SearchScene& scene) {
  if (asked.units.empty() || asked.units.size() > most_units)
    return fail("units", fmt::format("are 1 to {}", most_units));
  if (asked.length <= Duration::zero()) return fail("length", "must be above 0");
  if (asked.spacing_m && !(*asked.spacing_m > 0)) return fail("spacing_m", "must be above 0");
  if (asked.spacing_m && !about_datum(asked.pattern))
    return fail("spacing_m",
                "is for an expanding square or a sector: a sweep's follows from its box and time");
  auto cloud = cloud_of(run, asked.from, asked.from + asked.length, search_slice, run.weights);
  if (!cloud) return fail(cloud.error());
  SearchAnswer out;
  out.cloud = std::move(cloud->cloud);
  std::vector<std::string> notes = std::move(cloud->notes);
  auto units = crew_of(asked, fleet, widths, scene, out.cloud.plane.origin(), notes);
  if (!units) return fail(units.error());
  out.units = std::move(*units);

  const PlanOptions options{.drifting = !asked.fixed, .land = scene.land, .waters = scene.waters};
  if (auto done = plan_into(out, asked, options); !done) return fail(done.error());
  out.plan.notes.insert(out.plan.notes.begin(), notes.begin(), notes.end());
  auto square = plan_square(out.cloud, out.units, options);
  if (!square) return fail(square.error());
  out.square = std::move(*square);
  Time begins = out.cloud.end();
  double swept_m2 = 0;
  for (const SearchTask& task : out.plan.tasks) {
    begins = std::min(begins, task.from);
    swept_m2 += task.swept_m2;
  }
  out.worksheet = worksheet_of(run, scene.sea, scene.leeway, out.cloud, out.units, begins, swept_m2, options);
  return out;
}

Json search_json(const SearchAnswer& answer) {
  Json tasks = Json::array();
  for (const SearchTask& task : answer.plan.tasks) {
    const Json way = way_of(answer.cloud, task);
    tasks.push_back({{"unit", answer.units[task.unit].name},
                     {"from", iso(task.from)},
                     {"until", iso(task.until)},
                     {"centre", way.front()["at"]},
                     {"length_m", rounded(task.box.length_m, 1)},
                     {"width_m", rounded(task.box.width_m, 1)},
                     {"axis_deg", rounded(wrap360(task.box.axis_deg), 1)},
                     {"coverage", rounded(task.coverage(), 4)}});
    if (!task.box.drift.empty()) tasks.back()["way"] = way;
  }
  Json out{{"pos", rounded(answer.plan.pos, 6)},
           {"bound", rounded(answer.bound.bound, 6)},
           {"square_pos", rounded(answer.square.pos, 6)},
           {"worksheet", worksheet_json(answer.worksheet)},
           {"tasks", std::move(tasks)},
           {"left_out", Json::array()},
           {"notes", answer.plan.notes}};
  for (const LeftOut& left : answer.plan.left_out)
    out["left_out"].push_back({{"unit", left.unit}, {"why", left.why}});
  return out;
}

}  // namespace varne
