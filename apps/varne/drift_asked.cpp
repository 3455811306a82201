#include "drift_asked.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <filesystem>
#include <map>
#include <numbers>

#include "numbers.h"
#include "varne/core/place_of_data.h"
#include "varne/core/text.h"
#include "varne/core/units.h"
#include "varne/sea/channel.h"
#include "varne/sea/netcdf.h"

namespace varne::app {
namespace {

const std::map<std::string, DriftScheme> schemes{
    {"euler", DriftScheme::euler}, {"rk2", DriftScheme::rk2}, {"rk4", DriftScheme::rk4}};

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

}  // namespace

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

namespace {

/// What was asked for of errors; where nothing was, the usual ones, and with --opendrift none, as there.
Done add_errors(const Asked& asked, DriftOptions& options) {
  const bool stated = !asked.current_error.empty() || !asked.wind_error.empty() ||
                      asked.current_noise_kn > 0 || asked.wind_noise_kn > 0;
  if (asked.error == "usual" || (asked.error.empty() && !stated && !asked.opendrift))
    add_usual_errors(options);
  if (asked.current_noise_kn > 0) options.current_noise_mps = mps_from_knots(asked.current_noise_kn);
  if (asked.wind_noise_kn > 0) options.wind_noise_mps = mps_from_knots(asked.wind_noise_kn);
  const auto lasting = [](const std::string& option, const std::string& text, double& sigma,
                          Duration& lasts) -> Done {
    if (text.empty()) return {};
    const auto numbers =
        pair_of(option, text, "KNOTS,HOURS: 1 σ on each axis and how long it lasts, as in 0.6,11.5");
    if (!numbers) return std::unexpected(numbers.error());
    if (numbers->first < 0 || numbers->first > 90 || numbers->second < 0 || numbers->second > 1000)
      return fail(option, fmt::format("\"{}\" is out of range: 0 to 90 knots, 0 to 1000 hours", shown(text)));
    sigma = mps_from_knots(numbers->first);
    lasts = minutes(numbers->second * 60);
    return {};
  };
  if (auto done = lasting("--current-error", asked.current_error, options.current_noise_mps,
                          options.current_noise_lasts);
      !done)
    return done;
  return lasting("--wind-error", asked.wind_error, options.wind_noise_mps, options.wind_noise_lasts);
}

}  // namespace

Result<DriftOptions> options_of(const Asked& asked) {
  DriftOptions options{.particles = asked.particles,
                       .seed = asked.seed,
                       .length = minutes(asked.hours * 60) * (asked.backward && asked.hours > 0 ? -1 : 1),
                       .step = asked.step_s > 0 ? minutes(asked.step_s / 60) : minutes(asked.step_minutes),
                       .jibe_per_hour = asked.jibe,
                       .scheme = schemes.at(asked.scheme),
                       .to_sea = asked.to_sea,
                       .stop_on_land = !asked.no_coast,
                       .opendrift = asked.opendrift};
  if (auto done = add_errors(asked, options); !done) return std::unexpected(done.error());
  return options;
}

Result<LeewayClass> class_of(const std::string& wanted) {
  const auto classes = load_leeway(data_path("leeway.toml"));
  if (!classes) return std::unexpected(classes.error());
  auto found = find_class(*classes, wanted);
  if (!found) return fail("--class", found.error().what + "; varne drift --classes lists them");
  return found;
}

namespace {

/// As far about the place as something may drift in this time at three knots, and no more than GSHHG gives.
Box reach_of(Place place, double hours) {
  const double north = std::min(0.1 + hours * 3 / 60, 8.0);
  const double east = std::min(north / std::max(std::cos(place.lat * std::numbers::pi / 180), 0.1), 8.0);
  return {place.lon - east, place.lat - north, place.lon + east, place.lat + north};
}

/// A vector of east and north [m/s], towards, as models write it.
Result<std::optional<Vec>> components(const std::string& option, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto numbers = pair_of(option, text, "U,V: metres a second to the east and to the north");
  if (!numbers) return std::unexpected(numbers.error());
  if (std::hypot(numbers->first, numbers->second) > 150)
    return fail(option, fmt::format("\"{}\" is faster than any sea or wind: metres a second", shown(text)));
  return Vec{numbers->first, numbers->second};
}

bool is_file(const std::string& text) {
  std::error_code ignored;
  return std::filesystem::exists(text, ignored);
}

/// What a person said holds always and stands in the forecast as it was said: "wind from 250° at 8 kn".
struct Said {
  Stated step;
  std::vector<std::string> words;

  [[nodiscard]] Done take(const std::string& option, const std::string& text, const char* meaning,
                          const char* name, bool from, std::optional<Vec> Stated::*into) {
    if (text.empty() || is_file(text)) return {};
    const auto vector = stated(option, text, meaning, from);
    if (!vector) return std::unexpected(vector.error());
    const auto parts = split(text, ',');
    words.push_back(fmt::format("{} {}° at {} kn", name, trim(parts[0]), trim(parts[1])));
    step.*into = *vector;
    return {};
  }
  [[nodiscard]] Done take_const(const std::string& option, const std::string& text, const char* name,
                                std::optional<Vec> Stated::*into) {
    const auto vector = components(option, text);
    if (!vector) return std::unexpected(vector.error());
    if (!*vector) return {};
    words.push_back(fmt::format("{} {} m/s east, {} m/s north", name, (*vector)->east, (*vector)->north));
    step.*into = *vector;
    return {};
  }
};

Result<Said> said(const Asked& asked) {
  Said all;
  if (auto done = all.take("--wind", asked.wind, "FROM,KNOTS, as in 250,8, nor a file", "wind from", true,
                           &Stated::wind);
      !done)
    return std::unexpected(done.error());
  if (auto done = all.take("--current", asked.current, "TOWARDS,KNOTS, as in 40,1.5, nor a file",
                           "current towards", false, &Stated::current);
      !done)
    return std::unexpected(done.error());
  if (auto done = all.take_const("--wind-const", asked.wind_const, "wind", &Stated::wind); !done)
    return std::unexpected(done.error());
  if (auto done = all.take_const("--current-const", asked.current_const, "current", &Stated::current); !done)
    return std::unexpected(done.error());
  return all;
}

}  // namespace

Result<Sea> sea_of(const Asked& asked, Place place, double hours, Coasts& coasts) {
  Sea sea;
  const auto stated = said(asked);
  if (!stated) return std::unexpected(stated.error());
  if (!stated->words.empty())
    sea.add(stated_source(fmt::format("stated: {}", fmt::join(stated->words, "; ")), {stated->step}));
  const auto add_part = [&](const std::string& path, SeaPart part) -> Done {
    if (path.empty() || !is_file(path)) return {};
    Sea file;
    if (auto added = add_netcdf(file, {path}); !added) return added;
    for (const auto& source : file.sources()) sea.add(only(source, part));
    return {};
  };
  if (auto added = add_part(asked.wind, SeaPart::wind); !added) return std::unexpected(added.error());
  if (auto added = add_part(asked.current, SeaPart::current); !added) return std::unexpected(added.error());
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

/// What cannot be left out, said in the caller's words: a misuse, status 2.
void check(const Asked& asked) {
  const bool elements = !asked.elements.empty() || !asked.scenarios.empty();
  if (!asked.elements.empty() && asked.out.empty())
    throw CLI::RequiredError("--out ROWS.csv: where the elements' rows go to");
  if (!elements && asked.at.empty()) throw CLI::RequiredError("--at LON,LAT: where it was last known");
  if (!elements && asked.time.empty()) throw CLI::RequiredError("--time: when it was last known");
  if (!elements && asked.leeway.empty())
    throw CLI::RequiredError("--class (varne drift --classes lists them)");
  if (asked.wind.empty() && asked.wind_const.empty() && asked.forcing.empty())
    throw CLI::RequiredError("a wind, by --wind FROM,KNOTS or a --forcing file that has one,");
  if (asked.current.empty() && asked.current_const.empty() && asked.forcing.empty() && !asked.tides)
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
  command.add_option("--class", asked.leeway, "what drifts: PIW-1 … or its number, see --classes");
  command.add_flag("--classes", asked.classes, "list the classes");
  command.add_option("--hours", asked.hours, "how long; below 0: back in time")
      ->check(from_to(-720, 720))
      ->capture_default_str();
  command.add_flag("--backward", asked.backward, "back in time: where it may have come from");
  command.add_option("--wind", asked.wind,
                     "stated wind: degrees it blows FROM, knots at 10 m; or a file for the wind alone");
  command.add_option("--current", asked.current,
                     "stated current: degrees it flows TOWARDS, knots; or a file for the current alone");
  command.add_option("--wind-const", asked.wind_const, "wind as U,V: m/s to the east and to the north");
  command.add_option("--current-const", asked.current_const, "current as U,V, the same");
  command
      .add_option("--forcing", asked.forcing, "netCDF file with current or wind; give as many as you have")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_flag("--tides", asked.tides, "the tidal streams of the eastern Channel and the Dover Strait");
  command.add_option("--particles", asked.particles, "how many")
      ->check(from_to(1, 20'000'000))
      ->capture_default_str();
  command.add_option("--seed", asked.seed, "of the random numbers")->capture_default_str();
  command.add_option("--step-minutes", asked.step_minutes, "step of the computation")
      ->check(from_to(0.01, 360))
      ->capture_default_str();
  command.add_option("--step", asked.step_s, "the same in seconds")->check(from_to(0.6, 21'600));
  command.add_option("--scheme", asked.scheme, "how a step is made: euler, rk2, rk4")
      ->check(CLI::IsMember(schemes))
      ->capture_default_str();
  command
      .add_option("--jibe", asked.jibe, "probability an hour of coming to lie on the other side of the wind")
      ->check(from_to(0, 0.999))
      ->capture_default_str();
  command
      .add_option("--error", asked.error,
                  "of current and wind: usual (docs/drift.md) or none; usual where nothing is said")
      ->check(CLI::IsMember({"usual", "none"}));
  command.add_option("--current-error", asked.current_error,
                     "KNOTS,HOURS: 1 σ on each axis of an error that lasts so long");
  command.add_option("--wind-error", asked.wind_error, "the same for the wind");
  command
      .add_option("--current-noise-kn", asked.current_noise_kn, "1 σ on each axis, drawn every step, knots")
      ->check(from_to(0, 19));
  command.add_option("--wind-noise-kn", asked.wind_noise_kn, "the same for the wind")->check(from_to(0, 97));
  command.add_flag("--opendrift,--mirror", asked.opendrift,
                   "as OpenDrift has it: positive crosswind to the left, a jibe turns the slope's sign");
  command.add_flag("--to-sea", asked.to_sea, "a start on land is moved to the nearest sea");
  command.add_flag("--no-coast", asked.no_coast, "do without coastline: nothing comes ashore");
  command.add_flag("--coast", asked.coast,
                   "with --elements: they strand; without this there is no land for them");
  command.add_flag("--json", asked.json, "one JSON object instead of text");
  command.add_option("--geojson", asked.geojson, "write particles, areas and the mean's way to this file");
  command.add_flag("--brief", asked.brief, "at most 300 bytes of text, for a radio or a satellite message");
  command.add_option("--gpx", asked.gpx, "write areas and positions for a plotter to this file");
  command.add_option("--kml", asked.kml, "write the areas of every hour to this KML file");
  command.add_option("--trajectories", asked.trajectories,
                     "write every particle's way to this CF-netCDF file");
  command.add_option(
      "--probability", asked.probability,
      "write the share of particles in each cell: FILE.nc with every hour, FILE.tif with the last");
  command.add_option("--scenarios", asked.scenarios,
                     "several ways it may have happened, instead of --at, --time and --class: a TOML file "
                     "(docs/drift.md)");
  command.add_option("--elements", asked.elements,
                     "drift these single objects without chance: a CSV with object_id, orientation (R, L), "
                     "eps_sigma, lon, lat, time_utc");
  command.add_option("--out", asked.out, "the elements' rows: element, t_s, lon, lat, status");
  command.add_option("--map", asked.map, "draw a chart to this PNG file");
}

}  // namespace varne::app
