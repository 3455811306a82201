/// varne search plan: from a forecast and the units at hand to boxes, patterns and the message.

#include "search_plan.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "drift_asked.h"
#include "drift_learn.h"
#include "drift_show.h"
#include "numbers.h"
#include "search_effort.h"
#include "search_fleet.h"
#include "search_show.h"
#include "terminal.h"
#include "varne/core/enum_named.h"
#include "varne/core/fields_json.h"
#include "varne/core/place_of_data.h"
#include "varne/core/units.h"
#include "varne/drift/notes.h"
#include "varne/drift/outputs.h"
#include "varne/drift/seeding.h"
#include "varne/search/asked.h"

namespace varne::app {
namespace {

struct PlanAsked {
  Asked drift;
  FleetWords fleet;
  std::string object;
  std::string stated;
  std::string from;
  double hours = 6;
  std::optional<double> height_ft;
  std::optional<double> visibility_nm;
  std::optional<double> wind_kn;
  std::optional<double> sea_m;
  bool night = false;
  bool fixed = false;
  std::string pattern = "parallel";
  std::optional<double> spacing_nm;
  std::string weights;
  std::string rtz;
  std::string smc;
  bool message = false;
};

/// The forecast that a plan is made on, from the words of varne drift.
struct Forecast {
  Sea sea;
  DriftRun run;
  Time begins;  ///< of the drift; the last moment at which it may have begun
  std::vector<std::string> notes;
  std::string last_known;  ///< for the message
};

/// Options of varne drift that say nothing about a plan.
Done refuse_others(const Asked& asked) {
  for (const auto& [given, name] : {std::pair{asked.brief, "--brief"},
                                    {!asked.map.empty(), "--map"},
                                    {!asked.kml.empty(), "--kml"},
                                    {!asked.trajectories.empty(), "--trajectories"},
                                    {!asked.probability.empty(), "--probability"},
                                    {!asked.elements.empty(), "--elements"},
                                    {!asked.out.empty(), "--out"},
                                    {asked.all_members, "--member all"},
                                    {asked.piece_hours > 0, "--piece-hours"},
                                    {asked.backward || asked.hours < 0, "a run back in time"}})
    if (given) return fail(name, "belongs to varne drift, and means nothing to a plan; leave it out");
  if (!asked.scenarios.empty() && !asked.at.empty())
    return fail("--scenarios", "says where it may have begun itself; leave --at, --time and --class out");
  return {};
}

/// New weights of the particles, as `varne search after --json` prints them.
Done weigh(const std::string& path, DriftRun& run) {
  if (path.empty()) return {};
  const auto json = json_in(path);
  if (!json) return std::unexpected(json.error());
  const auto weight = json->is_object() ? json->find("weight") : json->end();
  if (weight == json->end())
    return fail(path, "has no \"weight\"; it is what varne search after --json prints");
  std::vector<double> weights;
  if (auto done = read_json(*weight, weights); !done) return fail(done.error().in("weight").in(path));
  if (weights.size() != run.snapshots.front().places.size())
    return fail(
        path,
        fmt::format("weighs {} particles, and this forecast has {}; make both with the same --particles "
                    "and --seed",
                    weights.size(), run.snapshots.front().places.size()));
  run.weights = std::move(weights);
  return {};
}

Result<Forecast> forecast_for(const PlanAsked& asked) {
  const Asked& words = asked.drift;
  if (auto done = refuse_others(words); !done) return std::unexpected(done.error());
  auto options = options_of(words);
  if (!options) return fail(options.error());
  options->keep_every = search_slice;  // a row for each of the planner's slices
  Progress progress("drift");
  const auto told = [&](Time now, double share) { progress.show(share, clock(now) + " UTC"); };
  Coasts coasts;
  std::function<Result<DriftRun>(const Sea&, const LeewayClass*)> drifted;
  Result<Sea> sea = fail("", "");
  Forecast out;
  if (words.scenarios.empty()) {
    const auto leeway = class_of(words.leeway);
    if (!leeway) return fail(leeway.error());
    const auto release = release_of(words);
    if (!release) return fail(release.error());
    out.begins = release->to;
    out.last_known = fmt::format("{} at {}", spoken(release->place), iso(release->from));
    sea = sea_of(words, release->place, words.hours, coasts);
    // Nobody is searched for at sea on land: it begins at the nearest sea, and the forecast's notes say so.
    if (sea && sea->land(release->place).value_or(false)) options->to_sea = true;
    drifted = [=](const Sea& on, const LeewayClass* other) {
      return drift(on, other == nullptr ? *leeway : *other, *release, *options, told);
    };
  } else {
    const auto classes = load_leeway(data_path("leeway.toml"));
    if (!classes) return fail(classes.error());
    const auto scenarios = load_scenarios(words.scenarios, *classes);
    if (!scenarios) return fail(scenarios.error());
    const auto area = seeded_about(*scenarios);
    out.begins = std::ranges::max(*scenarios, {}, &Scenario::to).to;
    out.last_known = fmt::format("one of {} ways it may have happened", scenarios->size());
    sea = sea_of(words, area.place, words.hours + area.hours, coasts);
    drifted = [=](const Sea& on, const LeewayClass* other) {
      auto all = *scenarios;
      for (Scenario& one : all)
        if (other != nullptr) one.leeway = *other;
      return drift_scenarios(on, all, *options, told);
    };
  }
  if (!sea) return fail(sea.error());
  auto run = drifted(*sea, nullptr);
  if (!run) return fail(run.error());
  out.run = std::move(*run);
  if (learns(words) || words.resample) {
    const auto as_debris = [&](const LeewayClass& leeway) { return drifted(*sea, &leeway); };
    if (auto done = learn_asked(words, out.run, as_debris); !done) return std::unexpected(done.error());
  }
  out.notes = notes(out.run);
  if (auto done = weigh(asked.weights, out.run); !done) return std::unexpected(done.error());
  out.sea = std::move(*sea);
  return out;
}

/// What the question of a plan is, less its forecast.
Result<SearchAsked> question(const PlanAsked& asked, const std::vector<UnitAt>& fleet, Time from) {
  SearchAsked out;
  out.object = asked.object;
  out.from = from;
  out.length = Duration(std::llround(asked.hours * 3600e3));
  auto searchers = searchers_of(asked.fleet, fleet);
  if (!searchers) return std::unexpected(searchers.error());
  out.units = std::move(*searchers);
  out.fixed = asked.fixed;
  out.night = asked.night;
  out.sea_m = asked.sea_m;
  out.smc = asked.smc;
  if (asked.height_ft) out.height_m = *asked.height_ft * 0.3048;
  if (asked.visibility_nm) out.visibility_m = metres_from_nm(*asked.visibility_nm);
  if (asked.wind_kn) out.wind_mps = mps_from_knots(*asked.wind_kn);
  return out;
}

Result<SweepWidths> widths_of(const PlanAsked& asked) {
  auto widths = SweepWidths::load(data_path("sweep_widths.csv"), data_path("sweep_factors.toml"));
  if (widths && !asked.stated.empty())
    if (auto done = widths->state(asked.stated); !done) return fail(done.error());
  return widths;
}

Done write_routes(const PlanAsked& asked, const std::vector<NamedPattern>& patterns) {
  if (!asked.drift.gpx.empty())
    if (auto done = write_text(asked.drift.gpx, patterns_gpx(patterns)); !done) return done;
  if (asked.rtz.empty()) return {};
  std::error_code refused;
  std::filesystem::create_directories(asked.rtz, refused);
  if (refused) return fail(asked.rtz, "cannot be made: " + refused.message());
  for (std::size_t i = 0; i < patterns.size(); ++i)
    if (auto done = write_text((std::filesystem::path(asked.rtz) / fmt::format("{:02}.rtz", i + 1)).string(),
                               pattern_rtz(patterns[i]));
        !done)
      return done;
  return {};
}

/// "expanding-square", and the names that the API has.
Result<PatternKind> pattern_named(std::string text) {
  std::ranges::replace(text, '-', '_');
  if (text == "parallel") text = "parallel_sweep";
  if (text == "creeping") text = "creeping_line";
  if (const auto kind = enum_named<PatternKind>(text)) return *kind;
  return fail("--pattern",
              fmt::format("\"{}\" is none of parallel, creeping, expanding-square, sector", shown(text)));
}

int make_plan(const PlanAsked& asked) {
  const auto kind = pattern_named(asked.pattern);
  if (!kind) return failed(kind.error());
  const auto fleet = fleet_of(asked.fleet);
  if (!fleet) return failed(fleet.error());
  const auto forecast = forecast_for(asked);
  if (!forecast) return failed(forecast.error());
  const auto from = asked.from.empty() ? Result<Time>(forecast->begins) : parse_time(asked.from);
  if (!from) return failed({"--from", from.error().what});
  auto wanted = question(asked, *fleet, *from);
  if (!wanted) return failed(wanted.error());
  wanted->pattern = *kind;
  if (asked.spacing_nm) wanted->spacing_m = metres_from_nm(*asked.spacing_nm);
  auto widths = widths_of(asked);
  if (!widths) return failed(widths.error());
  const auto leeway = load_leeway(data_path("leeway.toml"));
  if (!leeway) return failed(leeway.error());
  SearchScene scene{.sea = &forecast->sea, .leeway = *leeway};
  std::optional<PassageGrid> waters;
  if (!asked.drift.no_coast) {
    auto about = waters_of(forecast->sea, forecast->run, *fleet, wanted->units);
    if (!about) return failed(about.error());
    scene.waters = &waters.emplace(std::move(*about));
    scene.land = [&](Place place) { return forecast->sea.land(place).value_or(false); };
  }
  auto found = answer_search(forecast->run, *wanted, *fleet, *widths, scene);
  if (!found) return failed(found.error());
  found->plan.notes.insert(found->plan.notes.begin(), forecast->notes.begin(), forecast->notes.end());
  if (auto done = write_routes(asked, found->patterns); !done) return failed(done.error());
  if (!asked.drift.geojson.empty())
    if (auto done = write_text(asked.drift.geojson,
                               plan_geojson(found->cloud, found->units, found->plan, found->patterns));
        !done)
      return failed(done.error());

  if (asked.drift.json) {
    say("{}\n", canonical(search_json(*found)));
  } else if (asked.message) {
    say("{}", search_message(found->cloud, found->plan, found->patterns,
                             {asked.object, forecast->last_known, asked.smc, "", found->at_least()}));
  } else {
    print_plan(*found);
  }
  return found->plan.tasks.empty() ? 3 : 0;
}

}  // namespace

void add_search_plan(CLI::App& search, int& status) {
  auto* command =
      search.add_subcommand("plan", "Which unit searches which box, and how near the best that is");
  const auto asked = std::make_shared<PlanAsked>();
  add_options(*command, asked->drift);
  command->get_option("--gpx")->description("write the patterns as routes for a plotter to this file");
  command->get_option("--geojson")->description("write boxes and patterns to this file");
  add_fleet_options(*command, asked->fleet);
  command
      ->add_option("--object", asked->object, "what is looked for, as varne search width --objects lists it")
      ->required();
  command->add_option("--stated", asked->stated, "TOML file with sweep widths that somebody stands for");
  command->add_option("--from", asked->from, "when units are asked; else the end of --time and --until");
  command->add_option("--search-hours", asked->hours, "how long is searched")
      ->capture_default_str()
      ->check(above_zero());
  command->add_option("--height-ft", asked->height_ft, "height of eye of those of whom the list knows none")
      ->check(above_zero());
  command->add_option("--visibility-nm", asked->visibility_nm, "meteorological visibility")
      ->check(above_zero());
  command->add_option("--wind-kn", asked->wind_kn, "wind for the lookout")->check(not_below_zero());
  command->add_option("--sea-m", asked->sea_m, "height of waves")->check(not_below_zero());
  command->add_flag("--night", asked->night, "in the dark: only stated widths are known");
  command->add_flag("--fixed", asked->fixed, "boxes that stay, instead of drifting with the datum");
  command
      ->add_option("--pattern", asked->pattern,
                   "parallel or creeping through boxes; expanding-square or sector about the datum")
      ->capture_default_str();
  command
      ->add_option(
          "--spacing-nm", asked->spacing_nm,
          "between the tracks of an expanding square, or a sector's leg; else the one that finds most")
      ->check(above_zero());
  command->add_option("--weights", asked->weights,
                      "what varne search after --json printed, of the same forecast: plans on what is left");
  command->add_option("--rtz", asked->rtz, "write a route (RTZ) for each box into this folder");
  command->add_flag("--message", asked->message, "print the search action message");
  command->add_option("--smc", asked->smc, "search mission coordinator, for the message");
  command->footer(
      "The forecast is made as varne drift makes it. Exit status 3: nobody can search; why is "
      "said.\n\nExample:\n"
      "  varne search plan --at 1.5,51.0 --time 2021-11-11T05:00Z --class LIFE-RAFT-NB-1 --tides --wind "
      "250,8 \\\n"
      "    --particles 20000 --object \"raft 10 person\" --height-ft 14 --visibility-nm 10 --wind-kn 8 "
      "--sea-m 0.5 \\\n"
      "    --unit \"RNLI Dover\" --search-speed \"RNLI Dover=15\" --from 2021-11-11T06:00Z");
  command->callback([asked, &status] {
    check(asked->drift);
    status = make_plan(*asked);
  });
}

}  // namespace varne::app
