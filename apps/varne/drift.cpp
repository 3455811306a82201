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
#include "drift_learn.h"
#include "drift_show.h"
#include "terminal.h"
#include "varne/core/place_of_data.h"
#include "varne/core/text.h"
#include "varne/core/units.h"
#include "varne/drift/elements.h"
#include "varne/drift/ensemble.h"
#include "varne/drift/notes.h"
#include "varne/drift/outputs.h"
#include "varne/drift/pieces.h"
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
      say("{:<22} {}\n", c.key, c.description);
  }
  if (json) say("{}\n", canonical(out));
  return 0;
}

/// Of a place where nothing is known, whether the other way round it would be: "51.0,1.5".
Error with_hint(Error error, const Asked& asked, const SeaOver& sea_over, const Release& release) {
  const Place swapped{release.place.lat, release.place.lon};
  if (error.where != "release" || !valid(swapped)) return error;
  const auto sea = sea_over(release.from, release.from);
  if (sea && sea->current(swapped, release.from) && sea->wind(swapped, release.from)) {
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
  auto sea = sea_of(asked, elements->front().place, std::abs(asked.hours), coasts);
  if (!sea) return failed(sea.error());
  for (const DriftElement& element : *elements) {  // they may lie oceans apart
    if (asked.no_coast) break;
    if (auto done = add_coast_about(*sea, element.place, std::abs(asked.hours), coasts); !done)
      return failed(done.error());
  }
  const auto options = options_of(asked);
  if (!options) return failed(options.error());
  const auto rows = drift_elements(*sea, *elements, *options);
  if (!rows) return failed(rows.error());
  if (const auto done = write_text(asked.out, element_csv(*rows, asked.opendrift)); !done)
    return failed(done.error());
  std::vector<Place> places;
  for (const ElementRow& row : *rows) places.push_back(row.place);
  if (const auto strays = beyond(places, coasts); strays > 0)
    complain("varne: {} rows lie beyond the coastline that was loaded; land there was not seen\n", strays);
  return 0;
}

/// The sea of a run: all of it, opened here and now, or (--piece-hours) what each piece of it needs.
struct SeaOfRun {
  SeaOver over;
  Duration piece;
};
Result<SeaOfRun> sea_of_run(const Asked& asked, Place place, double hours, Coasts& coasts) {
  if (asked.piece_hours == 0) {
    auto sea = sea_of(asked, place, hours, coasts);
    if (!sea) return std::unexpected(sea.error());
    return SeaOfRun{[sea](Time, Time) { return sea; }, in_one_piece};
  }
  const auto over = [=, &coasts, piece = asked](Time from, Time to) mutable {
    piece.between = std::pair(from, to);
    auto sea = sea_of(piece, place, hours, coasts);
    piece.quiet = true;  // what the readers have to say has been said
    return sea;
  };
  return SeaOfRun{over, std::chrono::hours(std::lround(asked.piece_hours))};
}

/// What drifts, where there were several ways. @param first  the first scenario's class
LeewayClass of_scenarios(const DriftRun& run, const LeewayClass& first) {
  const std::string ways = scenarios_in_words(run);
  if (run.leeway_key != first.key) return {run.leeway_key, ways, {}, {}, {}};
  return {first.key, first.description + "; " + ways, {}, {}, {}};
}

/// The forecast of every member of an ensemble, as one. @param one  makes the run of one sea
int forecast_members(const Asked& asked, LeewayClass leeway, const DriftOptions& options, Place place,
                     double hours,
                     const std::function<Result<DriftRun>(const Sea&, const DriftOptions&)>& one) {
  if (learns(asked) || asked.resample || asked.piece_hours > 0)
    return failed({"--member", "all members drift whole, and learn nothing; give the number of one"});
  const auto members = members_of(asked);
  if (!members) return failed(members.error());
  Asked own = asked;
  Coasts coasts;
  Progress progress("drift");
  const auto run =
      drift_ensemble(*members, options, [&](int member, const DriftOptions& part) -> Result<DriftRun> {
        own.forcing.member = member;
        coasts.clear();  // each member's sea has its own
        const auto sea = sea_of(own, place, hours, coasts);
        if (!sea) return std::unexpected(sea.error());
        own.quiet = true;
        progress.show(-1, fmt::format("member {}", member));
        return one(*sea, part);
      });
  if (!run) return failed(run.error());
  if (!run->scenarios.empty()) leeway = of_scenarios(*run, leeway);
  std::vector<DriftSummary> rows;
  for (const auto& snapshot : run->snapshots) rows.push_back(summary(snapshot, run->weights));
  return show(asked, *run, leeway, rows, beyond(run->snapshots.back().places, coasts), progress);
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
  if (asked.all_members)
    return forecast_members(
        asked, scenarios->front().leeway, *options, area.place, std::abs(asked.hours) + area.hours,
        [&](const Sea& on, const DriftOptions& part) { return drift_scenarios(on, *scenarios, part); });
  const auto sea = sea_of_run(asked, area.place, std::abs(asked.hours) + area.hours, coasts);
  if (!sea) return failed(sea.error());
  Progress progress("drift");
  const auto told = [&](Time now, double share) { progress.show(share, clock(now) + " UTC"); };
  const auto drifted = [&](const std::vector<Scenario>& all) {
    return drift_scenarios_in_pieces(sea->over, sea->piece, all, *options, told);
  };
  auto run = drifted(*scenarios);
  if (!run) return failed(run.error());
  const auto as_debris = [&](const LeewayClass& leeway) {
    auto pieces = *scenarios;
    for (Scenario& piece : pieces) piece.leeway = leeway;
    return drifted(pieces);
  };
  if (const auto done = learn_asked(asked, *run, as_debris); !done) return failed(done.error());
  std::vector<DriftSummary> rows;
  for (const auto& snapshot : run->snapshots) rows.push_back(summary(snapshot, run->weights));
  return show(asked, *run, of_scenarios(*run, scenarios->front().leeway), rows,
              beyond(run->snapshots.back().places, coasts), progress);
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
  if (asked.all_members)
    return forecast_members(
        asked, *leeway, *options, release->place, hours,
        [&](const Sea& on, const DriftOptions& part) { return drift(on, *leeway, *release, part); });
  const auto sea = sea_of_run(asked, release->place, hours, coasts);
  if (!sea) return failed(sea.error());
  // A table needs one row a moment, and no memory for millions of places of all of them.
  const bool table = !asked.json && !asked.brief && !wants_files(asked) && !learns(asked);
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
  const auto told = [&](Time now, double share) { progress.show(share, clock(now) + " UTC"); };
  const auto drifted = [&](const LeewayClass& what, const std::function<void(DriftSnapshot&)>& taking) {
    return drift_in_pieces(sea->over, sea->piece, what, *release, *options, told, taking);
  };
  auto run = drifted(*leeway, take);
  if (!run) return failed(with_hint(run.error(), asked, sea->over, *release));
  const auto as_debris = [&](const LeewayClass& what) { return drifted(what, {}); };
  if (learns(asked) || asked.resample) {
    if (const auto done = learn_asked(asked, *run, as_debris); !done) return failed(done.error());
    rows.clear();
    for (const auto& snapshot : run->snapshots) rows.push_back(summary(snapshot, run->weights));
  }
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
      "Waves and capsizing only where asked for; docs/drift.md says what the model leaves out. Exit status "
      "3: the forcing "
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
