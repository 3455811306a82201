#include "drift_asked.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "forcing_options.h"
#include "terminal.h"
#include "varne/core/place_of_data.h"
#include "varne/core/place_text.h"
#include "varne/core/text.h"
#include "varne/core/units.h"
#include "varne/drift/stokes.h"
#include "varne/sea/forcing.h"
#include "varne/sea/strait.h"

namespace varne::app {
namespace {

Duration minutes(double m) {
  return Duration(std::llround(m * 60'000));
}

}  // namespace

Result<Release> release_of(const Asked& asked) {
  const auto place = parse_place(asked.at);
  if (!place) return std::unexpected(place.error().in("--at"));
  const auto from = parse_time(asked.time);
  if (!from) return std::unexpected(from.error().in("--time"));
  const auto until = asked.until.empty() ? from : parse_time(asked.until);
  if (!until) return std::unexpected(until.error().in("--until"));
  return Release{*place, asked.radius_m, *from, *until};
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

/// What neighbours share, and capsizing.
Done add_chances(const Asked& asked, DriftOptions& options) {
  if (!asked.shared_error.empty()) {
    const auto numbers = pair_of("--shared-error", asked.shared_error, "SHARE,KM, as in 0.7,50");
    if (!numbers) return std::unexpected(numbers.error());
    options.shared_error = numbers->first;
    options.shared_length_m = numbers->second * 1000;
  }
  options.capsizing.possible = asked.capsizes || !asked.capsizing.empty();
  if (asked.capsizing.empty()) return {};
  const auto parts = split(asked.capsizing, ',');
  std::vector<double> numbers;
  for (const auto part : parts) {
    if (const auto number = parse_number(trim(part))) numbers.push_back(*number);
  }
  if (numbers.size() != 3 || parts.size() != 3)
    return fail("--capsizing", fmt::format("\"{}\" is not WIND_KN,SIGMA_KN,LEEWAY, as in 58,10,0.4",
                                           shown(asked.capsizing)));
  options.capsizing = {true, mps_from_knots(numbers[0]), mps_from_knots(numbers[1]), numbers[2]};
  return {};
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
  options.refloat = asked.refloat;
  options.leeway_lasts = minutes(asked.leeway_lasts_h * 60);
  if (auto done = add_errors(asked, options); !done) return std::unexpected(done.error());
  if (auto done = add_chances(asked, options); !done) return std::unexpected(done.error());
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

/// A wave model's Stokes drift as a current; null for what the wind makes.
Result<std::shared_ptr<const SeaSource>> waves_of(const std::string& stokes, ForcingOptions options) {
  if (stokes == "wind") return nullptr;
  // By the names of Copernicus' and MOi's, ERA5's and WAVEWATCH III's, and the CF names' own.
  const std::pair<const char*, const char*> names[] = {
      {"VSDX", "VSDY"},
      {"ust", "vst"},
      {"uuss", "vuss"},
      {"sea_surface_wave_stokes_drift_x_velocity", "sea_surface_wave_stokes_drift_y_velocity"},
      {"sea_surface_wave_stokes_drift_eastward_velocity",
       "sea_surface_wave_stokes_drift_northward_velocity"}};
  std::optional<Error> first;
  for (const auto& [east, north] : names) {
    options.map = {{"eastward_sea_water_velocity", east}, {"northward_sea_water_velocity", north}};
    auto all = open_forcing({stokes}, options);
    if (all && !all->empty()) return only(all->front(), SeaPart::current);
    if (!all && !first) first = all.error();
  }
  return fail(
      "--stokes",
      fmt::format("{} holds no Stokes drift by a name that is known (VSDX and VSDY, ust and vst, uuss "
                  "and vuss): {}",
                  stokes, first ? first->text() : "nothing in it"));
}

}  // namespace

Done add_coast_about(Sea& sea, Place place, double hours, Coasts& coasts) {
  const Box reach = reach_of(place, hours);
  const bool there = std::any_of(coasts.begin(), coasts.end(), [&](const auto& coast) {
    return coast->area().contains({reach.west, reach.south}) &&
           coast->area().contains({reach.east, reach.north});
  });
  if (there) return {};
  auto loaded = load_coasts(reach);
  if (!loaded) return std::unexpected(loaded.error());
  for (auto& coast : *loaded) {
    sea.add(coast);
    coasts.push_back(std::move(coast));
  }
  return {};
}

Result<std::vector<int>> members_of(const Asked& asked) {
  const auto options = forcing_options(asked.forcing);
  if (!options) return std::unexpected(options.error());
  std::vector<int> all;
  const auto add = [&](const std::vector<std::string>& files, std::optional<Quantity> role) -> Done {
    ForcingOptions as = *options;
    as.role = role;
    const auto some = forcing_members(files, as);
    if (!some) return std::unexpected(some.error());
    if (!all.empty() && !some->empty() && all != *some)
      return fail("--member", "the current and the wind have other members; take them one by one");
    if (all.empty()) all = *some;
    return {};
  };
  if (is_file(asked.wind)) {
    if (auto done = add({asked.wind}, Quantity::wind); !done) return std::unexpected(done.error());
  }
  if (is_file(asked.current)) {
    if (auto done = add({asked.current}, Quantity::current); !done) return std::unexpected(done.error());
  }
  if (auto done = add(asked.forcing.files, std::nullopt); !done) return std::unexpected(done.error());
  return all;
}

Result<Sea> sea_of(const Asked& asked, Place place, double hours, Coasts& coasts) {
  Sea sea;
  const ForcingWords& words = asked.forcing;
  auto options = forcing_options(words);
  if (!options) return std::unexpected(options.error());
  options->between = asked.between;
  // What is held against other models is extended to the coast as they have it.
  if (asked.opendrift || !asked.elements.empty()) options->coast = CoastRule::largest;
  const SeaSaid said{asked.wind, asked.current, asked.wind_const, asked.current_const};
  if (auto added = add_said(sea, said, *options); !added) return std::unexpected(added.error());
  if (auto added = add_forcing(sea, words.files, *options); !added) return std::unexpected(added.error());
  if (asked.tides) {
    auto tides = home_tides();
    if (!tides) return std::unexpected(tides.error());
    sea.add(std::move(*tides));
  }
  if (!asked.stokes.empty()) {
    auto waves = waves_of(asked.stokes, *options);
    if (!waves) return std::unexpected(waves.error());
    sea = with_stokes(sea, *waves);
  }
  if (!asked.no_coast) {
    for (const auto& coast : coasts) sea.add(coast);  // of the piece before
    if (auto added = add_coast_about(sea, place, hours, coasts); !added)
      return std::unexpected(added.error());
  }
  // What the readers chose, filled in or dropped is no secret of theirs.
  if (asked.quiet) return sea;
  for (const auto& note : sea.notes()) complain("varne: {}\n", note);
  return sea;
}

}  // namespace varne::app
