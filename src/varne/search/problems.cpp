#include "varne/search/problems.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <numeric>

#include "varne/core/fields_json.h"
#include "varne/search/effort.h"
#include "varne/search/moving.h"
#include "varne/search/normal.h"

namespace varne {
namespace {

using Numbers = std::vector<double>;
using Table = std::vector<Numbers>;

struct CellAsked {
  double probability = 0;
  std::optional<double> rate;
  std::optional<double> width;
  std::optional<double> area;
  static constexpr auto fields() {
    return std::tuple{always("probability", &CellAsked::probability, "that the object is in it"),
                      said("rate", &CellAsked::rate, "found with 1 - exp(-rate × effort)"),
                      said("width", &CellAsked::width, "or: sweep width"),
                      said("area", &CellAsked::area, "and area, in one unit")};
  }
};
struct CellsAsked {
  std::vector<CellAsked> cells;
  double effort = 0;
  static constexpr auto fields() {
    return std::tuple{always("cells", &CellsAsked::cells, ""), always("effort", &CellsAsked::effort, "")};
  }
};
struct SharedAsked {
  Numbers probability;
  Numbers effort;
  Table rates;
  static constexpr auto fields() {
    return std::tuple{always("probability", &SharedAsked::probability, ""),
                      always("effort", &SharedAsked::effort, ""), always("rates", &SharedAsked::rates, "")};
  }
};
struct LooksAsked {
  Numbers probability;
  Numbers glimpse;
  std::uint16_t looks = 0;
  static constexpr auto fields() {
    return std::tuple{always("probability", &LooksAsked::probability, ""),
                      always("glimpse", &LooksAsked::glimpse, ""), always("looks", &LooksAsked::looks, "")};
  }
};
struct MovingAsked {
  Numbers start;
  Table move;
  Numbers rate;
  Numbers effort;
  static constexpr auto fields() {
    return std::tuple{always("start", &MovingAsked::start, ""), always("move", &MovingAsked::move, ""),
                      always("rate", &MovingAsked::rate, ""), always("effort", &MovingAsked::effort, "")};
  }
};
struct NormalAsked {
  Numbers sigma_m;
  double effort = 0;
  static constexpr auto fields() {
    return std::tuple{always("sigma_m", &NormalAsked::sigma_m, ""),
                      always("effort", &NormalAsked::effort, "")};
  }
};

Result<Json> solved(const CellsAsked& asked) {
  std::vector<EffortCell> cells;
  for (std::size_t i = 0; i < asked.cells.size(); ++i) {
    const CellAsked& cell = asked.cells[i];
    const bool by_width = cell.width && cell.area;
    if (cell.rate.has_value() == by_width || (by_width && !(*cell.area > 0)))
      return fail(fmt::format("cells: [{}]", i), "needs a rate, or a width and an area above 0");
    cells.push_back({cell.probability, by_width ? *cell.width / *cell.area : *cell.rate});
  }
  const auto best = allocate(cells, asked.effort);
  if (!best) return fail(best.error());
  return Json{
      {"effort", best->effort}, {"pos", best->pos}, {"price", best->price}, {"posterior", best->posterior}};
}

Result<Json> solved(const SharedAsked& asked) {
  const auto best = allocate(asked.probability, asked.effort, asked.rates);
  if (!best) return fail(best.error());
  return Json{{"effort", best->effort}, {"pos", best->pos}, {"bound", best->bound}};
}

Result<Json> solved(const LooksAsked& asked) {
  const auto best = looks(asked.probability, asked.glimpse, asked.looks);
  if (!best) return fail(best.error());
  std::vector<std::size_t> order;
  for (const std::size_t cell : best->order) order.push_back(cell + 1);
  return Json{{"order", order}, {"pos", best->pos}};
}

Result<Json> solved(const MovingAsked& asked) {
  const MovingObject object{asked.start, asked.move, asked.rate};
  const auto best = search_moving(object, asked.effort);
  if (!best) return fail(best.error());
  const auto myopic = search_myopic(object, asked.effort);
  if (!myopic) return fail(myopic.error());
  return Json{
      {"effort", best->effort}, {"pos", best->pos}, {"bound", best->bound}, {"myopic_pos", myopic->pos}};
}

Result<Json> solved(const NormalAsked& asked) {
  const bool fits = asked.sigma_m.size() == 2 && asked.sigma_m[0] > 0 && asked.sigma_m[1] > 0;
  if (!fits) return fail("sigma_m", "needs two numbers above 0");
  if (!(asked.effort > 0)) return fail("effort", "needs a swept area above 0");
  const NormalCloud cloud{asked.sigma_m[0], asked.sigma_m[1]};
  const double h = relative_effort(cloud, asked.effort);
  const auto shape = [](const EvenSearch& even) {
    return Json{{"reach_sigma", even.reach}, {"coverage", even.coverage}, {"pos", even.pos}};
  };
  return Json{{"h", h},
              {"pos", best_pos(h)},
              {"best_disc", shape(best_disc(h))},
              {"best_square", shape(best_square(h))},
              {"mean_effort_to_find", mean_effort_to_find_m2(cloud)}};
}

template <class Asked>
Result<Json> read_and_solve(const Json& problem) {
  Asked asked;
  if (auto done = read_json(problem, asked); !done) return fail(done.error());
  return solved(asked);
}

}  // namespace

Result<Json> solve_effort(const Json& problem) {
  if (problem.contains("cells")) return read_and_solve<CellsAsked>(problem);
  if (problem.contains("rates")) return read_and_solve<SharedAsked>(problem);
  if (problem.contains("glimpse")) return read_and_solve<LooksAsked>(problem);
  if (problem.contains("move")) return read_and_solve<MovingAsked>(problem);
  if (problem.contains("sigma_m")) return read_and_solve<NormalAsked>(problem);
  return fail("", "is no question of effort: it needs cells, rates, glimpse, move or sigma_m");
}

Result<DriftRun> forecast_of(const Json& forecast) {
  const auto snapshots = forecast.is_object() ? forecast.find("snapshots") : forecast.end();
  if (snapshots == forecast.end() || !snapshots->is_array())
    return fail("forecast", "has no snapshots; it is what varne drift --json prints");
  DriftRun out;
  for (const Json& each : *snapshots) {
    const auto where = fmt::format("snapshots: [{}]", out.snapshots.size());
    DriftSnapshot snapshot;
    if (!each.is_object() || !each.contains("time") || !each.contains("points") || !each["points"].is_array())
      return fail(where, "needs a time and points");
    if (auto done = read_json(each["time"], snapshot.time); !done) return fail(done.error().in(where));
    for (const Json& point : each["points"]) {
      const bool fits = point.is_array() && point.size() == 3 && point[0].is_number() &&
                        point[1].is_number() && point[2].is_number_integer() && point[2] >= 0 &&
                        point[2] <= 2;
      const Place place = fits ? Place{point[0].get<double>(), point[1].get<double>()} : Place{};
      if (!fits || !valid(place)) return fail(where, "a point is not [longitude, latitude, state]");
      snapshot.places.push_back(place);
      snapshot.states.push_back(static_cast<ParticleState>(point[2].get<int>()));
    }
    if (!out.snapshots.empty() && snapshot.places.size() != out.snapshots.front().places.size())
      return fail(where, "has another number of points than the first");
    out.snapshots.push_back(std::move(snapshot));
  }
  // What it was learned from counts.
  if (const auto weights = forecast.find("weights"); weights != forecast.end()) {
    if (auto done = read_json(*weights, out.weights); !done) return fail(done.error().in("weights"));
    if (!out.snapshots.empty() && out.weights.size() != out.snapshots.front().places.size())
      return fail("weights", "are not as many as the points of a moment");
  }
  return out;
}

Json after_json(const AfterSearch& after) {
  return Json{{"pos", after.pos},         {"pos_to_date", after.pos_to_date},
              {"outside", after.outside}, {"nowhere", after.nowhere},
              {"weight", after.weight},   {"not_detected", after.not_detected},
              {"notes", after.notes}};
}

}  // namespace varne
