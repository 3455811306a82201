/// The options of `varne drift`.

#include <CLI/CLI.hpp>

#include "drift_asked.h"
#include "forcing_options.h"
#include "numbers.h"

namespace varne::app {

void check(const Asked& asked) {
  const bool elements = !asked.elements.empty() || !asked.scenarios.empty();
  if (!asked.elements.empty() && asked.out.empty())
    throw CLI::RequiredError("--out ROWS.csv: where the elements' rows go to");
  if (!asked.elements.empty() && asked.all_members)
    throw CLI::ValidationError("--member", "elements drift in one member; give its number");
  if (!asked.elements.empty() && asked.piece_hours > 0)
    throw CLI::ValidationError("--piece-hours", "elements drift on their forcing as a whole; leave it out");
  if (!elements && asked.at.empty()) throw CLI::RequiredError("--at LON,LAT: where it was last known");
  if (!elements && asked.time.empty()) throw CLI::RequiredError("--time: when it was last known");
  if (!elements && asked.leeway.empty())
    throw CLI::RequiredError("--class (varne drift --classes lists them)");
  if (asked.wind.empty() && asked.wind_const.empty() && asked.forcing.files.empty())
    throw CLI::RequiredError("a wind, by --wind FROM,KNOTS or a --forcing file that has one,");
  if (asked.current.empty() && asked.current_const.empty() && asked.forcing.files.empty() && !asked.tides)
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
  add_forcing_options(command, asked.forcing, {.all_members = &asked.all_members, .chart = &asked.map});
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
                   "with --elements: they strand on GSHHG's coast; without this there is no land for them");
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
  command.add_option("--shared-error", asked.shared_error,
                     "SHARE,KM: so much of the errors' variance (0-1) is shared by neighbours over so many "
                     "kilometres");
  command
      .add_option("--leeway-lasts", asked.leeway_lasts_h,
                  "hours over which an object's own leeway is drawn afresh; 0: once for life")
      ->check(from_to(0, 1000));
  command.add_flag("--capsize", asked.capsizes,
                   "boats capsize in strong wind (30 m/s, σ 5) and then have 0.4 of their leeway");
  command.add_option("--capsizing", asked.capsizing, "the same with WIND_KN,SIGMA_KN,LEEWAY");
  command.add_flag("--refloat", asked.refloat, "the next tide as high lifts what came ashore");
  command.add_option(
      "--stokes", asked.stokes,
      "add waves' drift to the current: \"wind\" for 1.6 % of the wind, or a wave model's file");
  command
      .add_option("--piece-hours", asked.piece_hours,
                  "read the forcing so many whole hours at a time: for files larger than memory")
      ->check(from_to(1, 720));
  const auto several = [&](const char* name, std::vector<std::string>& into, const char* meaning) {
    command.add_option(name, into, meaning)
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  };
  several("--searched", asked.searched, "searches that found nothing: a TOML file (docs/drift.md)");
  several("--sighted", asked.sighted,
          "LON,LAT,TIME,SIGMA_M[,CHANCE]: it may have been seen there; CHANCE 0-1 that it was it");
  several("--debris", asked.debris,
          "CLASS,LON,LAT,TIME,SIGMA_M[,CHANCE]: a piece of it was found there, drifting as CLASS since the "
          "start");
  command.add_flag("--resample", asked.resample, "draw the particles anew by what was learned");
  command.add_option("--elements", asked.elements,
                     "drift these single objects without chance: a CSV with object_id, orientation (R, L), "
                     "eps_sigma, lon, lat, time_utc");
  command.add_option("--out", asked.out, "the elements' rows: element, t_s, lon, lat, status");
}

}  // namespace varne::app
