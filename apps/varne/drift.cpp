/// varne drift: where a lost boat or person may be, as numbers, JSON, GeoJSON and a chart.

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "drift_asked.h"
#include "drift_show.h"
#include "terminal.h"
#include "varne/core/place_of_data.h"
#include "varne/core/text.h"
#include "varne/core/units.h"
#include "varne/drift/elements.h"
#include "varne/drift/notes.h"
#include "varne/drift/outputs.h"
#include "varne/drift/seeding.h"
#include "varne/drift/summary.h"
#include "varne/report/map_picture.h"

namespace varne::app {
namespace {

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

/// Of a place where nothing is known, whether the other way round it would be: "51.0,1.5".
Error with_hint(Error error, const Asked& asked, const Sea& sea, const Release& release) {
  const Place swapped{release.place.lat, release.place.lon};
  if (valid(swapped) && sea.current(swapped, release.from) && sea.wind(swapped, release.from)) {
    const auto parts = split(asked.at, ',');
    error.what += fmt::format("; longitude comes first: did you mean {},{}?", trim(parts[1]), trim(parts[0]));
  }
  return error;
}

/// Single objects without chance, for comparison with other models.
int follow_elements(Asked asked) {
  asked.no_coast = asked.no_coast || !asked.coast;
  const auto classes = load_leeway(data_path("leeway.toml"));
  if (!classes) return failed(classes.error());
  const auto elements = read_elements(asked.elements, *classes);
  if (!elements) return failed(elements.error());
  Coasts coasts;
  const auto sea = sea_of(asked, elements->front().place, std::abs(asked.hours), coasts);
  if (!sea) return failed(sea.error());
  const auto options = options_of(asked);
  if (!options) return failed(options.error());
  const auto rows = drift_elements(*sea, *elements, *options);
  if (!rows) return failed(rows.error());
  if (const auto done = write_text(asked.out, element_csv(*rows, asked.opendrift)); !done)
    return failed(done.error());
  return 0;
}

/// Several ways it may have happened, in one run.
int forecast_scenarios(const Asked& asked) {
  const auto classes = load_leeway(data_path("leeway.toml"));
  if (!classes) return failed(classes.error());
  const auto scenarios = load_scenarios(asked.scenarios, *classes);
  if (!scenarios) return failed(scenarios.error());
  const auto options = options_of(asked);
  if (!options) return failed(options.error());
  const auto area = seeded_about(*scenarios);
  Coasts coasts;
  const auto sea = sea_of(asked, area.place, std::abs(asked.hours) + area.hours, coasts);
  if (!sea) return failed(sea.error());
  Progress progress("drift");
  const auto run = drift_scenarios(
      *sea, *scenarios, *options, [&](Time now, double share) { progress.show(share, clock(now) + " UTC"); });
  if (!run) return failed(run.error());
  std::vector<DriftSummary> rows;
  for (const auto& snapshot : run->snapshots) rows.push_back(summary(snapshot));
  LeewayClass leeway = scenarios->front().leeway;
  if (run->leeway_key != leeway.key) leeway = {run->leeway_key, "several classes", {}, {}, {}};
  leeway.description += "; " + scenarios_in_words(*run);
  return show(asked, *run, leeway, rows, beyond(run->snapshots.back().places, coasts), progress);
}

int forecast(const Asked& asked) {
  const auto leeway = class_of(asked.leeway);
  if (!leeway) return failed(leeway.error());
  const auto release = release_of(asked);
  if (!release) return failed(release.error());
  const auto options = options_of(asked);
  if (!options) return failed(options.error());
  Progress progress("drift");
  Coasts coasts;
  const double hours = std::abs(asked.hours) + seconds(release->to - release->from) / 3600;
  const auto sea = sea_of(asked, release->place, hours, coasts);
  if (!sea) return failed(sea.error());
  // A table needs one row a moment, and no memory for millions of places of all of them.
  const bool table = !asked.json && !asked.brief && !wants_files(asked);
  std::vector<DriftSummary> rows;
  std::size_t strays = 0;
  const Time end = (options->length > Duration::zero() ? release->to : release->from) + options->length;
  const auto take = [&](DriftSnapshot& snapshot) {
    rows.push_back(summary(snapshot));
    if (snapshot.time == end) strays = beyond(snapshot.places, coasts);
    if (!table) return;
    snapshot.places = std::vector<Place>();  // {} would keep the memory
    snapshot.states = std::vector<ParticleState>();
  };
  const auto run = drift(
      *sea, *leeway, *release, *options,
      [&](Time now, double share) { progress.show(share, clock(now) + " UTC"); }, take);
  if (!run) return failed(with_hint(run.error(), asked, *sea, *release));
  return show(asked, *run, *leeway, rows, strays, progress);
}

}  // namespace

void add_drift(CLI::App& app, int& status) {
  auto* command = app.add_subcommand("drift", "Forecast where a lost boat or person may be");
  const auto asked = std::make_shared<Asked>();
  add_options(*command, *asked);
  command->footer(
      "Of several sources the first that knows answers: what is stated, the files in their order, the "
      "tides.\n"
      "No waves, no capsizing: docs/drift.md says what the model leaves out. Exit status 3: the forcing "
      "ended\n"
      "before the run did.\n\n"
      "Example:\n"
      "  varne drift --at 1.5,51.0 --time 2021-11-11T05:00Z --hours 24 --class PIW-1 --tides --wind 250,8 "
      "--map drift.png");
  command->callback([asked, &status] {
    if (asked->classes) {
      status = list_classes(asked->json);
      return;
    }
    check(*asked);
    status = !asked->elements.empty()    ? follow_elements(*asked)
             : !asked->scenarios.empty() ? forecast_scenarios(*asked)
                                         : forecast(*asked);
  });
}

}  // namespace varne::app
