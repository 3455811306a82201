#include "varne/drift/seeding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "varne/core/philox.h"
#include "varne/core/place_text.h"
#include "varne/core/text.h"
#include "varne/core/toml.h"
#include "varne/core/units.h"
#include "varne/drift/ring.h"
#include "varne/drift/runs.h"

namespace varne {
namespace {

/// Draws of where and when; no step of a run has this number.
constexpr std::uint32_t seeding_step = 0xFFFFFFFFU;

/// Draws a place.
struct Draw {
  Random& random;

  [[nodiscard]] Vec error(double sigma_m) const {
    const double east = random.normal();
    return {sigma_m * east, sigma_m * random.normal()};
  }
  Place operator()(const SeedPoint& p) const {
    const double a = random.normal();
    const double b = random.normal();
    const double across = std::sqrt(1 - p.correlation * p.correlation);
    return moved(p.place, {p.sigma_east_m * a, p.sigma_north_m * (p.correlation * a + across * b)});
  }
  Place operator()(const SeedLine& line) const {
    double all = 0;
    for (std::size_t i = 1; i < line.places.size(); ++i)
      all += distance_m(line.places[i - 1], line.places[i]);
    double along = all * random.uniform();
    std::size_t i = 1;
    for (; i + 1 < line.places.size(); ++i) {
      const double leg = distance_m(line.places[i - 1], line.places[i]);
      if (along <= leg) break;
      along -= leg;
    }
    const Place on = destination(line.places[i - 1], bearing_deg(line.places[i - 1], line.places[i]), along);
    return moved(on, error(line.sigma_m));
  }
  Place operator()(const SeedArea& area) const {
    const auto [west, east] = std::minmax_element(area.corners.begin(), area.corners.end(),
                                                  [](auto& a, auto& b) { return a.lon < b.lon; });
    const auto [south, north] = std::minmax_element(area.corners.begin(), area.corners.end(),
                                                    [](auto& a, auto& b) { return a.lat < b.lat; });
    constexpr double radian = std::numbers::pi / 180;
    const double low = std::sin(south->lat * radian);
    const double high = std::sin(north->lat * radian);
    Place place = area.corners.front();
    for (int tries = 0; tries < 100000; ++tries) {
      // Even over the sphere: over the sine of the latitude.
      place = {west->lon + (east->lon - west->lon) * random.uniform(),
               std::asin(low + (high - low) * random.uniform()) / radian};
      if (inside_ring(area.corners, place)) break;
    }
    return place;
  }
};

struct Drawn {
  Place place;
  Time time;
};

Drawn draw(const Scenario& scenario, Random& random, double share) {
  const Duration span = scenario.to - scenario.from;
  const Draw place{random};
  const auto* way = std::get_if<SeedUnderWay>(&scenario.where);
  if (way == nullptr) {
    const Time time = scenario.from + Duration(std::llround(static_cast<double>(span.count()) * share));
    return {std::visit(
                [&](const auto& where) {
                  if constexpr (std::is_same_v<std::decay_t<decltype(where)>, SeedUnderWay>)
                    return where.place;
                  else
                    return place(where);
                },
                scenario.where),
            time};
  }
  const Duration until = Duration(std::llround(static_cast<double>(span.count()) * random.uniform()));
  const double course =
      way->course_from_deg + wrap360(way->course_to_deg - way->course_from_deg) * random.uniform();
  const bool whole_circle = way->course_to_deg - way->course_from_deg == 360;
  const double towards_deg = whole_circle ? 360 * random.uniform() : course;
  const double speed = way->least_mps + (way->most_mps - way->least_mps) * random.uniform();
  const Place begun = moved(way->place, place.error(way->sigma_m));
  return {destination(begun, towards_deg, speed * seconds(until)), scenario.from + until};
}

std::vector<Place> places_of(TomlTable& table, const char* field, std::size_t least) {
  std::vector<Place> out;
  for (const auto& text : table.texts(field)) {
    const auto place = parse_place(text);
    if (!place) table.refuse(field, place.error().what);
    out.push_back(place.value_or(Place{}));
  }
  if (out.size() < least) table.refuse(field, fmt::format("must have at least {} places", least));
  return out;
}

Scenario read_scenario(TomlTable& table, const std::vector<LeewayClass>& classes) {
  constexpr double widest_m = 1e6;
  Scenario out;
  out.name = table.text("name");
  if (auto leeway = find_class(classes, table.text("class")))
    out.leeway = std::move(*leeway);
  else
    table.refuse("class", leeway.error().what);
  out.weight = table.maybe_number("weight", 1e-9, 1e9).value_or(1);
  out.from = table.time("from");
  out.to = table.maybe_time("until").value_or(out.from);
  if (out.to < out.from) table.refuse("until", "lies before \"from\"");
  const auto radius = [&] { return table.maybe_number("radius_m", 0, widest_m).value_or(0); };
  const int given = table.has("point") + table.has("line") + table.has("area") + table.has("under_way");
  if (given != 1) table.refuse("", "needs one of point, line, area and under_way");
  if (table.has("line")) {
    auto places = places_of(table, "line", 2);
    out.where = SeedLine{std::move(places), radius()};
  } else if (table.has("area")) {
    out.where = SeedArea{places_of(table, "area", 3)};
  } else if (table.has("under_way")) {
    const auto course = table.numbers("course_deg", 2, 0, 360);
    const auto speed = table.numbers("speed_kn", 2, 0, 100);
    if (speed[0] > speed[1]) table.refuse("speed_kn", "the first is the least");
    out.where =
        SeedUnderWay{table.place("under_way"), radius(), course[0], course[1], mps_from_knots(speed[0]),
                     mps_from_knots(speed[1])};
  } else {
    SeedPoint point{table.place("point")};
    point.sigma_east_m = point.sigma_north_m = radius();
    if (const auto east = table.maybe_number("sigma_east_m", 0, widest_m)) point.sigma_east_m = *east;
    if (const auto north = table.maybe_number("sigma_north_m", 0, widest_m)) point.sigma_north_m = *north;
    point.correlation = table.maybe_number("correlation", -1, 1).value_or(0);
    out.where = point;
  }
  table.only_known();
  return out;
}

}  // namespace

Result<std::vector<Scenario>> load_scenarios(const std::string& path,
                                             const std::vector<LeewayClass>& classes) {
  auto file = TomlFile::open(path);
  if (!file) return std::unexpected(file.error());
  TomlTable root = file->root();
  std::vector<Scenario> out;
  for (TomlTable& table : root.tables("scenario")) out.push_back(read_scenario(table, classes));
  root.only_known();
  if (file->wrong()) return std::unexpected(*file->wrong());
  if (out.empty()) return fail(path, "has no [[scenario]]");
  if (out.size() > 200) return fail(path, "has more than 200 scenarios");
  return out;
}

SeededAbout seeded_about(const std::vector<Scenario>& scenarios) {
  SeededAbout out;
  std::vector<Place> places;
  double longest_h = 0;
  for (std::size_t k = 0; k < scenarios.size(); ++k) {
    longest_h = std::max(longest_h, seconds(scenarios[k].to - scenarios[k].from) / 3600);
    for (std::uint32_t i = 0; i < 64; ++i) {  // what a scenario covers, by a few draws
      Random random(0, i, seeding_step);
      places.push_back(draw(scenarios[k], random, i / 63.0).place);
    }
  }
  Vec middle;
  for (const Place& p : places)
    middle = middle + Vec{wrap180(p.lon - places[0].lon), p.lat} * (1.0 / static_cast<double>(places.size()));
  out.place = {wrap180(places[0].lon + middle.east), middle.north};
  double farthest_m = 0;
  for (const Place& p : places) farthest_m = std::max(farthest_m, distance_m(out.place, p));
  out.hours = longest_h + farthest_m / mps_from_knots(3) / 3600;
  return out;
}

Result<DriftRun> drift_scenarios(const Sea& sea, const std::vector<Scenario>& scenarios,
                                 const DriftOptions& options,
                                 const std::function<void(Time, double)>& progress) {
  const auto all = [&](Time, Time) -> Result<Sea> { return sea; };
  return drift_scenarios_in_pieces(all, in_one_piece, scenarios, options, progress);
}

Result<DriftRun> drift_scenarios_in_pieces(const SeaOver& sea_over, Duration piece,
                                           const std::vector<Scenario>& scenarios,
                                           const DriftOptions& options,
                                           const std::function<void(Time, double)>& progress) {
  if (scenarios.empty()) return fail("scenarios", "there are none");
  if (auto done = check_options(options); !done) return std::unexpected(done.error());
  const bool back = options.length < Duration::zero();
  std::vector<double> until;  // sums of weights
  for (const Scenario& s : scenarios) until.push_back((until.empty() ? 0 : until.back()) + s.weight);
  RunStart start;
  start.release.from = scenarios.front().from;
  start.release.to = scenarios.front().to;
  for (const Scenario& s : scenarios) {
    start.release.from = std::min(start.release.from, s.from);
    start.release.to = std::max(start.release.to, s.to);
  }
  start.particles = Particles(options.particles);
  start.particles.prepare(options);
  start.particles.released.resize(start.particles.lon.size());
  std::vector<std::uint8_t> scenario_of(options.particles);
  Vec middle;
  for (std::uint32_t i = 0; i < options.particles; ++i) {
    Random random(options.seed, i, seeding_step);
    const double pick = until.back() * random.uniform();
    const auto which =
        static_cast<std::size_t>(std::lower_bound(until.begin(), until.end(), pick) - until.begin());
    scenario_of[i] = static_cast<std::uint8_t>(std::min(which, scenarios.size() - 1));
    const Scenario& scenario = scenarios[scenario_of[i]];
    const double share = options.particles == 1 ? 0 : static_cast<double>(i) / (options.particles - 1);
    const Drawn drawn = draw(scenario, random, back ? 1 - share : share);
    start.particles.draw_object(scenario.leeway, options, i);
    start.particles.lon[i] = drawn.place.lon;
    start.particles.lat[i] = drawn.place.lat;
    start.particles.released[i] = drawn.time;
    if (i == 0) start.release.place = drawn.place;
    middle = middle + Vec{wrap180(drawn.place.lon - start.release.place.lon), drawn.place.lat} *
                          (1.0 / options.particles);
  }
  start.release.place = {wrap180(start.release.place.lon + middle.east), middle.north};
  auto run = run_from(sea_over, piece, std::move(start), options, progress);
  if (!run) return run;
  run->leeway_key = scenarios.front().leeway.key;
  for (const Scenario& s : scenarios) {
    run->scenarios.push_back(s.name);
    if (s.leeway.key != run->leeway_key) run->leeway_key = "several";
  }
  run->scenario_of = std::move(scenario_of);
  return run;
}

}  // namespace varne
