#include "varne/search/asked.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "varne/core/nearest.h"
#include "varne/core/text.h"
#include "varne/feed/report_words.h"
#include "varne/search/of_fleet.h"

namespace varne {
namespace {

Result<std::vector<SearchUnit>> crew_of(const SearchAsked& asked, const std::vector<UnitAt>& fleet,
                                        const SweepWidths& widths, std::vector<std::string>& notes) {
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
    std::optional<SweepWidths> stated;
    if (one.sweep_width_m) {
      if (!(*one.sweep_width_m > 0)) return fail(where + ": sweep_width_m", "must be above 0");
      if (one.source.empty() || !fault_of_words(one.source).empty())
        return fail(where + ": source", "is needed: who stands for this sweep width?");
      stated.emplace(widths).state(
          {asked.object, SearchSensor::eye, asked.night, {}, *one.sweep_width_m, one.source});
    }
    auto searcher = search_unit_of(unit, (*at)->at, asked.from, stated ? *stated : widths, query, notes);
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

std::vector<NamedPattern> patterns_of(const SearchCloud& cloud, const std::vector<SearchUnit>& units,
                                      SearchPlan& plan, PatternKind kind) {
  std::vector<NamedPattern> out;
  std::vector<std::size_t> count(units.size(), 0);
  for (SearchTask& task : plan.tasks) {
    SearchUnit unit = units[task.unit];
    // From the second box on it comes from the first.
    const auto last = std::ranges::find_if(out.rbegin(), out.rend(), [&](const NamedPattern& before) {
      return before.pattern.unit == task.unit;
    });
    if (last != out.rend()) unit.at = last->pattern.way.back().at;
    const auto name = fmt::format("{}, box {}", unit.name, ++count[task.unit]);
    auto pattern = pattern_of(cloud, task, unit, kind);
    if (pattern) {
      // A sector search is flown once, whatever time is left.
      if (kind == PatternKind::sector)
        task.swept_m2 = std::min(task.swept_m2, unit.sweep_width_m.value_or(0) * pattern->track_m);
      if (pattern->spare >= std::chrono::minutes(15))
        plan.notes.push_back(fmt::format("{}: {:.0f} min are left when its pattern is done", name,
                                         seconds(pattern->spare) / 60));
      out.push_back({name, std::move(*pattern)});
    } else {
      plan.notes.push_back(fmt::format("{}: {}", name, pattern.error().what));
    }
  }
  return out;
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
    const Place at = cloud.plane.from(task.box.centre_at(seconds(time - cloud.start) / seconds(cloud.slice)));
    out.push_back({{"at", Json::array({rounded(at.lon, 6), rounded(at.lat, 6)})}, {"time", iso(time)}});
  }
  return out;
}

}  // namespace

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
                                   const std::function<bool(Place)>& land) {
  if (asked.units.empty() || asked.units.size() > most_units)
    return fail("units", fmt::format("are 1 to {}", most_units));
  if (asked.length <= Duration::zero()) return fail("length", "must be above 0");
  if (asked.pattern == PatternKind::expanding_square)
    return fail("pattern", "is parallel_sweep, creeping_line or sector");
  auto cloud = cloud_of(run, asked.from, asked.from + asked.length, search_slice, run.weights);
  if (!cloud) return fail(cloud.error());
  SearchAnswer out;
  out.cloud = std::move(cloud->cloud);
  std::vector<std::string> notes = std::move(cloud->notes);
  auto units = crew_of(asked, fleet, widths, notes);
  if (!units) return fail(units.error());
  out.units = std::move(*units);

  const PlanOptions options{.drifting = !asked.fixed, .land = land};
  if (asked.boxes.empty()) {
    auto plan = plan_search(out.cloud, out.units, options);
    if (!plan) return fail(plan.error());
    out.plan = std::move(*plan);
  } else {
    auto tasks = tasks_of(out.cloud, asked, out.units);
    if (!tasks) return fail(tasks.error());
    auto plan = score_plan(out.cloud, out.units, std::move(*tasks), land);
    if (!plan) return fail(plan.error().in("boxes"));
    out.plan = std::move(*plan);
  }
  out.plan.notes.insert(out.plan.notes.begin(), notes.begin(), notes.end());
  auto square = plan_square(out.cloud, out.units, options);
  if (!square) return fail(square.error());
  out.square = std::move(*square);
  out.patterns = patterns_of(out.cloud, out.units, out.plan, asked.pattern);
  if (asked.pattern == PatternKind::sector) {
    out.plan.pos = pos_of(out.cloud, out.plan.tasks);
    out.plan.notes.push_back(
        "POS counts the sector's legs as if they swept the box evenly; they look more about the datum");
  }
  out.bound = bound_of(out.cloud, effort_of(out.cloud, out.plan.tasks));
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
           {"tasks", std::move(tasks)},
           {"left_out", Json::array()},
           {"notes", answer.plan.notes}};
  for (const LeftOut& left : answer.plan.left_out)
    out["left_out"].push_back({{"unit", left.unit}, {"why", left.why}});
  return out;
}

}  // namespace varne
