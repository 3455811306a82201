/// varne calibrate: how wrong current and wind are, from drifters that were followed.

#include "varne/drift/calibrate.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "forcing_options.h"
#include "terminal.h"
#include "varne/sea/strait.h"

namespace varne::app {
namespace {

struct Tracks {
  std::string tracks;
  ForcingWords forcing;
  bool tides = false;
  bool json = false;
};

int run(const Tracks& asked) {
  Sea sea;
  if (auto added = add_forcing(sea, asked.forcing); !added) return failed(added.error());
  if (asked.tides) {
    auto tides = home_tides();
    if (!tides) return failed(tides.error());
    sea.add(std::move(*tides));
  }
  for (const auto& note : sea.notes()) complain("varne: {}\n", note);
  const auto tracks = read_tracks(asked.tracks, sea);
  if (!tracks) return failed(tracks.error());
  const auto report = calibrate(*tracks);
  if (asked.json)
    say("{}\n", canonical(calibration_json(report)));
  else
    say("{}", calibration_text(report));
  return 0;
}

}  // namespace

void add_calibrate(CLI::App& app, int& status) {
  auto* command = app.add_subcommand("calibrate", "Fit the errors of current and wind to drifters' tracks");
  const auto asked = std::make_shared<Tracks>();
  command
      ->add_option(
          "tracks", asked->tracks,
          "CSV: track, time, lon, lat, and either current_u, current_v, wind_u, wind_v [m/s, towards] "
          "or the forcing by the options below")
      ->required();
  add_forcing_options(*command, asked->forcing);
  command->add_flag("--tides", asked->tides, "the tidal streams of the eastern Channel and the Dover Strait");
  command->add_flag("--json", asked->json, "one JSON object instead of text");
  command->footer(
      "Fits windage, size and length of the error by maximum likelihood on every other track, and judges\n"
      "forecasts on the rest: how often an area held the drifter, CRPS, skill, growth of error. What it "
      "prints\n"
      "as --current-error goes to varne drift.\n\n"
      "Example:\n  varne calibrate drifters.csv --forcing currents.nc --forcing wind.nc");
  command->callback([asked, &status] { status = run(*asked); });
}

}  // namespace varne::app
