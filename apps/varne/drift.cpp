/// varne drift: where a lost boat or person may be, as numbers, JSON, GeoJSON and a chart.

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <numbers>

#include "commands.h"
#include "numbers.h"
#include "terminal.h"
#include "varne/core/place_of_data.h"
#include "varne/core/text.h"
#include "varne/core/units.h"
#include "varne/drift/summary.h"
#include "varne/report/chart.h"
#include "varne/report/map_picture.h"
#include "varne/sea/channel.h"
#include "varne/sea/netcdf.h"

namespace varne::app {
namespace {

struct Asked {
  std::string at;
  std::string time;
  std::string until;
  std::string leeway;
  std::vector<std::string> forcing;
  std::string wind;
  std::string current;
  std::string geojson;
  std::string map;
  double hours = 24;
  double step_minutes = 10;
  double radius_m = 0;
  double jibe = 0.04;
  double current_noise_kn = 0;
  double wind_noise_kn = 0;
  std::uint32_t particles = 1000;
  std::uint64_t seed = 0;
  bool backward = false;
  bool tides = false;
  bool no_coast = false;
  bool mirror = false;
  bool classes = false;
  bool json = false;
};

Duration minutes(double m) {
  return Duration(std::llround(m * 60'000));
}

/// "250,8": two numbers and nothing else.
Result<std::pair<double, double>> pair_of(const std::string& option, const std::string& text,
                                          const char* meaning) {
  const auto parts = split(text, ',');
  const auto a = parse_number(trim(parts[0]));
  const auto b = parts.size() == 2 ? parse_number(trim(parts[1])) : std::nullopt;
  if (!a || !b) return fail(option, fmt::format("\"{}\" is not {}", shown(text), meaning));
  return std::pair(*a, *b);
}

/// A vector given as degrees and knots.
Result<std::optional<Vec>> stated(const std::string& option, const std::string& text, const char* meaning,
                                  bool from) {
  if (text.empty()) return std::nullopt;
  const auto numbers = pair_of(option, text, meaning);
  if (!numbers) return std::unexpected(numbers.error());
  const auto [degrees, knots] = *numbers;
  if (degrees < 0 || degrees > 360 || knots < 0 || knots > 200)
    return fail(option, fmt::format("\"{}\" is out of range: 0 to 360 degrees, 0 to 200 knots", shown(text)));
  return towards(from ? reversed_deg(degrees) : degrees, mps_from_knots(knots));
}

Result<Release> release_of(const Asked& asked) {
  const auto at = pair_of("--at", asked.at, "LON,LAT in degrees, as in 1.5,51.0");
  if (!at) return std::unexpected(at.error());
  const Place place{at->first, at->second};
  if (!valid(place))
    return fail("--at", fmt::format("{} is no place: longitude -180 to 180, latitude -90 to 90", asked.at));
  const auto from = parse_time(asked.time);
  if (!from) return std::unexpected(from.error().in("--time"));
  const auto until = asked.until.empty() ? from : parse_time(asked.until);
  if (!until) return std::unexpected(until.error().in("--until"));
  return Release{place, asked.radius_m, *from, *until};
}

DriftOptions options_of(const Asked& asked) {
  return {.particles = asked.particles,
          .seed = asked.seed,
          .length = minutes(asked.hours * 60) * (asked.backward ? -1 : 1),
          .step = minutes(asked.step_minutes),
          .jibe_per_hour = asked.jibe,
          .current_noise_mps = mps_from_knots(asked.current_noise_kn),
          .wind_noise_mps = mps_from_knots(asked.wind_noise_kn),
          .stop_on_land = !asked.no_coast,
          .mirror_crosswind = asked.mirror};
}

/// As far about the place as something may drift in this time at three knots, and no more than GSHHG gives.
Box reach_of(Place place, double hours) {
  const double north = std::min(0.1 + hours * 3 / 60, 8.0);
  const double east = std::min(north / std::max(std::cos(place.lat * std::numbers::pi / 180), 0.1), 8.0);
  return {place.lon - east, place.lat - north, place.lon + east, place.lat + north};
}

/// "stated: wind from 250° at 8 kn": what a person said stands in the forecast as it was said.
std::string stated_name(const Asked& asked) {
  const auto said = [](const char* what, const std::string& pair) {
    const auto parts = split(pair, ',');
    return fmt::format("{} {}° at {} kn", what, trim(parts[0]), trim(parts[1]));
  };
  std::vector<std::string> all;
  if (!asked.wind.empty()) all.push_back(said("wind from", asked.wind));
  if (!asked.current.empty()) all.push_back(said("current towards", asked.current));
  return fmt::format("stated: {}", fmt::join(all, "; "));
}

/// What was stated, then the files in their order, then the tides; the coast knows nothing but land.
Result<Sea> sea_of(const Asked& asked, Place place, double hours, Coasts& coasts) {
  Sea sea;
  const auto wind = stated("--wind", asked.wind, "FROM,KNOTS, as in 250,8", true);
  if (!wind) return std::unexpected(wind.error());
  const auto current = stated("--current", asked.current, "TOWARDS,KNOTS, as in 40,1.5", false);
  if (!current) return std::unexpected(current.error());
  Stated step;
  step.wind = *wind;
  step.current = *current;
  if (step.wind || step.current) sea.add(stated_source(stated_name(asked), {step}));
  if (auto added = add_netcdf(sea, asked.forcing); !added) return std::unexpected(added.error());
  if (asked.tides) {
    auto tides = channel_tides();
    if (!tides) return std::unexpected(tides.error());
    sea.add(std::move(*tides));
  }
  if (!asked.no_coast) {
    auto loaded = load_coasts(reach_of(place, hours));
    if (!loaded) return std::unexpected(loaded.error());
    coasts = std::move(*loaded);
    for (const auto& coast : coasts) sea.add(coast);
  }
  return sea;
}

Result<LeewayClass> class_of(const std::string& key) {
  auto classes = load_leeway(data_path("leeway.toml"));
  if (!classes) return std::unexpected(classes.error());
  for (auto& c : *classes) {
    if (c.key == key) return std::move(c);
  }
  return fail("--class",
              fmt::format("there is no class \"{}\"; varne drift --classes lists them", shown(key)));
}

int list_classes(bool json) {
  const auto classes = load_leeway(data_path("leeway.toml"));
  if (!classes) return failed(classes.error());
  Json out = Json::array();
  for (const auto& c : *classes) {
    if (json)
      out.push_back({{"key", c.key}, {"description", c.description}});
    else
      fmt::print("{:<22} {}\n", c.key, c.description);
  }
  if (json) fmt::print("{}\n", canonical(out));
  return 0;
}

std::string clock(Time time) {
  return fmt::format("{:%d %b %H:%M}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

void print_text(const DriftRun& run, const LeewayClass& leeway) {
  const auto& o = run.options;
  fmt::print("{}: {}\n", leeway.key, leeway.description);
  fmt::print("Last known {} on {}{}{}\n", spoken(run.release.place), iso(run.release.from),
             run.release.to == run.release.from ? "" : " to " + iso(run.release.to),
             run.release.sigma_m > 0 ? fmt::format(", σ {:.0f} m on each axis", run.release.sigma_m) : "");
  fmt::print("{:g} h {}, {} particles, seed {}\nSea and wind, the first that knows: ",
             std::abs(seconds(o.length)) / 3600, o.length < Duration::zero() ? "back" : "ahead", o.particles,
             o.seed);
  fmt::print("{}\nA forecast, not an observation.\n\n", fmt::join(run.sources, ", "));
  fmt::print(
      "UTC           mean position            from the start   half within  90 % within  ashore  left\n");
  for (const auto& snapshot : run.snapshots) {
    const DriftSummary s = summary(snapshot);
    const auto share = [&](std::uint32_t n) { return 100.0 * n / o.particles; };
    if (!s.mean) {
      fmt::print("{}  all have left for where the sea is not known\n", clock(s.time));
      continue;
    }
    const double way = distance_m(run.release.place, *s.mean);
    const auto bearing =
        way < 50 ? "    " : fmt::format("{:03.0f}°", bearing_deg(run.release.place, *s.mean));
    fmt::print("{}  {}  {:6.1f} nm {}  {:8.1f} nm  {:8.1f} nm  {:4.1f} % {:3.0f} %\n", clock(s.time),
               spoken(*s.mean), nm_from_metres(way), bearing, nm_from_metres(s.half_within_m),
               nm_from_metres(s.most_within_m), share(s.ashore), share(s.left));
  }
}

void print_json(const DriftRun& run, const LeewayClass& leeway, Progress& progress) {
  progress.show(-1, "areas");
  Json out = forecast_json(run);
  progress.done();
  out["description"] = leeway.description;
  fmt::print("{}\n", canonical(out));
}

Done write_geojson(const std::string& path, const DriftRun& run) {
  std::ofstream out(path, std::ios::binary);
  out << canonical(forecast_geojson(run)) << '\n';
  out.close();
  if (!out) return fail(path, "the file cannot be written");
  return {};
}

/// Says where the answer is weaker than it looks.
void warn(const DriftRun& run, const Coasts& coasts) {
  if (const auto s = summary(run.snapshots.front()); s.ashore > 0)
    fmt::print(stderr, "varne: {} of {} particles start on land and stay there\n", s.ashore,
               run.options.particles);
  const auto& last = run.snapshots.back();
  std::size_t beyond = 0;
  for (const Place& place : last.places)
    beyond += std::none_of(coasts.begin(), coasts.end(),
                           [&](const auto& coast) { return coast->area().contains(place); })
                  ? 1
                  : 0;
  if (!coasts.empty() && beyond > 0)
    fmt::print(stderr,
               "varne: {} particles went beyond the coastline that was loaded; land there was not seen\n",
               beyond);
  if (const auto s = summary(last); s.left > 0)
    fmt::print(
        stderr,
        "varne: {} of {} particles have left for where the sea is not known; the means and areas are of "
        "the others\n",
        s.left, run.options.particles);
}

int forecast(const Asked& asked) {
  const auto leeway = class_of(asked.leeway);
  if (!leeway) return failed(leeway.error());
  const auto release = release_of(asked);
  if (!release) return failed(release.error());
  const DriftOptions options = options_of(asked);
  Progress progress("drift");
  Coasts coasts;
  const double hours = asked.hours + seconds(release->to - release->from) / 3600;
  const auto sea = sea_of(asked, release->place, hours, coasts);
  if (!sea) return failed(sea.error());
  const auto run = drift(*sea, *leeway, *release, options,
                         [&](Time now, double share) { progress.show(share, clock(now) + " UTC"); });
  if (!run) return failed(run.error());
  progress.done();  // before anything else is printed on the terminal
  asked.json ? print_json(*run, *leeway, progress) : print_text(*run, *leeway);
  warn(*run, coasts);
  if (!asked.geojson.empty()) {
    progress.show(-1, "areas");
    if (const auto done = write_geojson(asked.geojson, *run); !done) return failed(done.error());
  }
  if (!asked.map.empty()) {
    progress.show(-1, "chart");
    if (const auto done = draw_map(*run, *leeway, !asked.no_coast, asked.map); !done)
      return failed(done.error());
  }
  return 0;
}

/// What cannot be left out, said in the caller's words: a misuse, status 2.
void check(const Asked& asked) {
  if (asked.at.empty()) throw CLI::RequiredError("--at LON,LAT: where it was last known");
  if (asked.time.empty()) throw CLI::RequiredError("--time: when it was last known");
  if (asked.leeway.empty()) throw CLI::RequiredError("--class (varne drift --classes lists them)");
  if (asked.wind.empty() && asked.forcing.empty())
    throw CLI::RequiredError("a wind, by --wind FROM,KNOTS or a --forcing file that has one,");
  if (asked.current.empty() && asked.forcing.empty() && !asked.tides)
    throw CLI::RequiredError(
        "a current, by --tides, --current TOWARDS,KNOTS or a --forcing file that has one,");
}

void add_options(CLI::App& command, Asked& asked) {
  command.add_option("--at", asked.at,
                     "where it was last known: LON,LAT in degrees, west and south negative");
  command.add_option("--time", asked.time, "when: 2021-11-11T05:00Z");
  command.add_option("--until", asked.until, "and possibly as late as this: particles start over that time");
  command.add_option("--radius-m", asked.radius_m, "1 σ of the place on each axis, metres")
      ->check(from_to(0, 999'999));
  command.add_option("--class", asked.leeway, "what drifts: PIW-1 …, see --classes");
  command.add_flag("--classes", asked.classes, "list the classes");
  command.add_option("--hours", asked.hours, "how long")->check(from_to(0.01, 720))->capture_default_str();
  command.add_flag("--backward", asked.backward, "back in time: where it may have come from");
  command.add_option("--wind", asked.wind, "stated wind: degrees it blows FROM, knots at 10 m");
  command.add_option("--current", asked.current, "stated current: degrees it flows TOWARDS, knots");
  command
      .add_option("--forcing", asked.forcing, "netCDF file with current or wind; give as many as you have")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_flag("--tides", asked.tides, "the tidal streams of the eastern Channel and the Dover Strait");
  command.add_option("--particles", asked.particles, "how many")
      ->check(from_to(1, 1'000'000))
      ->capture_default_str();
  command.add_option("--seed", asked.seed, "of the random numbers")->capture_default_str();
  command.add_option("--step-minutes", asked.step_minutes, "step of the computation")
      ->check(from_to(0.01, 360))
      ->capture_default_str();
  command
      .add_option("--jibe", asked.jibe, "probability an hour of coming to lie on the other side of the wind")
      ->check(from_to(0, 0.999))
      ->capture_default_str();
  command
      .add_option("--current-noise-kn", asked.current_noise_kn, "1 σ on each axis, drawn every step, knots")
      ->check(from_to(0, 19));
  command.add_option("--wind-noise-kn", asked.wind_noise_kn, "the same for the wind")->check(from_to(0, 97));
  command.add_flag("--mirror", asked.mirror, "positive crosswind to the left, as OpenDrift has it");
  command.add_flag("--no-coast", asked.no_coast, "do without coastline: nothing comes ashore");
  command.add_flag("--json", asked.json, "one JSON object instead of text");
  command.add_option("--geojson", asked.geojson, "write particles, areas and the mean's way to this file");
  command.add_option("--map", asked.map, "draw a chart to this PNG file");
}

}  // namespace

void add_drift(CLI::App& app, int& status) {
  auto* command = app.add_subcommand("drift", "Forecast where a lost boat or person may be");
  const auto asked = std::make_shared<Asked>();
  add_options(*command, *asked);
  command->footer(
      "Of several sources the first that knows answers: what is stated, the files in their order, the "
      "tides.\n"
      "No waves, no capsizing: docs/drift.md says what the model leaves out.\n\n"
      "Example:\n"
      "  varne drift --at 1.5,51.0 --time 2021-11-11T05:00Z --hours 24 --class PIW-1 --tides --wind 250,8 "
      "--map drift.png");
  command->callback([asked, &status] {
    if (asked->classes) {
      status = list_classes(asked->json);
      return;
    }
    check(*asked);
    status = forecast(*asked);
  });
}

}  // namespace varne::app
