#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "forcing_options.h"
#include "numbers.h"
#include "terminal.h"
#include "varne/core/enum_named.h"
#include "varne/core/place_of_data.h"
#include "varne/fleet/fleet_file.h"
#include "varne/sea/strait.h"
#include "world_options.h"

namespace varne::app {
namespace {

struct Asked {
  std::string moment;
  std::string units = data_path("straits/dover/units.toml");
  std::string objective = "first_unit";
  std::string survival;
  std::vector<std::string> reserve;
  SeaWords sea;
  bool json = false;
};

int run(const Asked& asked) {
  const auto units = load_units(asked.units);
  if (!units) return failed(units.error());
  const auto moment = load_moment(asked.moment, *units);
  if (!moment) return failed(moment.error());
  TaskOptions options;
  options.objective = enum_named<Objective>(asked.objective).value_or(options.objective);
  SurvivalTable survival;
  if (!asked.survival.empty()) {
    auto loaded = SurvivalTable::load(asked.survival);
    if (!loaded) return failed(loaded.error());
    survival = std::move(*loaded);
    options.survival = &survival;
  }
  auto reserve = reserve_of(asked.reserve, *units);
  if (!reserve) return failed(reserve.error());
  options.reserve = std::move(*reserve);
  const auto known = home_sea(asked.sea);
  if (!known) return failed(known.error());
  const Sea& sea = *known;

  const PassageGrid grid(sea, *home_strait().value()->coast);
  std::vector<OpenIncident> incidents;
  std::vector<std::vector<Reach>> reaches;
  for (const Called& call : moment->calls) {
    const Target target =
        target_about(sea, call.incident.place, call.sigma_m, moment->time, std::chrono::hours(12));
    incidents.push_back(call.incident);
    reaches.emplace_back();
    for (const FleetUnit& unit : moment->units) reaches.back().push_back(reach(sea, &grid, unit.now, target));
  }
  TaskPlan plan = propose(incidents, moment->units, reaches, options);
  for (std::string& unknown : not_counted_on(moment->units, reaches))
    plan.missing.push_back(std::move(unknown));
  const int status = plan.left.empty() && plan.run_dry.empty() ? 0 : 3;
  if (asked.json) {
    say("{}\n", canonical(plan_json(plan)));
    return status;
  }
  say("By {}: {:.1f}; sending the nearest idle unit to each in turn: {:.1f} (lower is better)\n",
      enum_name(plan.objective), plan.price, plan.nearest_price);
  for (const Proposal& p : plan.proposals) say("{}\n", p.text);
  for (const std::string& missing : plan.missing) say("{}\n", missing);
  return status;
}

}  // namespace

void add_task(CLI::App& app, int& status) {
  auto asked = std::make_shared<Asked>();
  auto* command = app.add_subcommand("task", "Who should go to whom: all open incidents against all units");
  command->add_option("MOMENT", asked->moment, "TOML: time, incidents, where units are (docs/fleet.md)")
      ->required();
  command->add_option("--objective", asked->objective, "what to go by: first_unit, within_30 or lives")
      ->check(CLI::IsMember({"first_unit", "within_30", "lives"}))
      ->capture_default_str();
  command->add_option("--survival", asked->survival,
                      "how long people live, a table with its sources; for lives");
  command->add_option("--keep", asked->reserve,
                      "UK or FR: one of its available units stays; may be repeated");
  command->add_option("--units", asked->units, "rescue units [data/straits/dover/units.toml]");
  add_sea_options(*command, asked->sea);
  command->add_flag("--json", asked->json, "as JSON");
  command->footer(
      "Exit status 3: for some incident nobody can be proposed, or nobody who would be there before fuel or "
      "crew "
      "run out; why is said.\n\nExample:\n  varne task "
      "moment.toml --objective within_30 --keep UK");
  command->callback([asked, &status] { status = run(*asked); });
}

}  // namespace varne::app
