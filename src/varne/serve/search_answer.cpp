#include "varne/serve/search_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "varne/core/fields_json.h"
#include "varne/core/place_of_data.h"
#include "varne/serve/api.h"

namespace varne {
namespace {

/// Why a unit cannot be asked to search for this boat; "" where it can. One that has this boat's task is the
/// one that searches.
std::string not_free_for(const Room& room, const Incident& incident, const Unit& unit, bool declined) {
  if (declined) return "it declined this boat; say when it can be had";
  const auto its = room.assigned(incident);
  const UnitStatus status = room.status(unit);
  const bool goes_there = std::ranges::find(its, unit.name, &UnitTask::unit) != its.end();
  return goes_there && status != UnitStatus::laden && status != UnitStatus::off_duty ? "" : not_free(status);
}

}  // namespace

SearchBasis search_basis(const Room& room, const Incident& incident, std::shared_ptr<const DriftRun> run) {
  SearchBasis out;
  out.run = std::move(run);
  out.forecast = room.forecast_id(incident.id);
  out.now = room.now();
  out.world = &room.world();
  if (incident.place)
    out.last_known = fmt::format("{} at {}", spoken(*incident.place), iso(incident.place_time));
  const std::set<std::string> declined = room.declined(incident);
  for (const Unit& unit : room.world().units) {
    const auto heard = room.unit_positions().find(unit.name);
    const UnitNow now = unit_now(
        unit, heard == room.unit_positions().end() ? std::nullopt : std::optional(heard->second), room.now());
    out.fleet.push_back(
        {unit, now.place, now.at_base, not_free_for(room, incident, unit, declined.contains(unit.name))});
  }
  return out;
}

Result<std::string> search_answer(const SearchBasis& basis, const SearchAsked& asked) {
  auto widths = SweepWidths::load(data_path("sweep_widths.csv"), data_path("sweep_factors.toml"));
  if (!widths) return fail(widths.error());
  const World& world = *basis.world;
  const SearchScene scene{.land = [&](Place place) { return world.sea.land(place).value_or(false); },
                          .waters = world.passages ? &world.passages->of(world.sea) : nullptr,
                          .sea = &world.sea,
                          .leeway = world.leeway};
  const auto found = answer_search(*basis.run, asked, basis.fleet, *widths, scene);
  if (!found) return fail(found.error());
  Json out = search_json(*found);
  out["planned"] = iso(basis.now);
  out["asked"] = Json::parse(canonical_of(asked), nullptr, false);
  out["forecast"] = basis.forecast;
  out["at_least"] = rounded(found->at_least(), 4);
  out["geojson"] =
      Json::parse(plan_geojson(found->cloud, found->units, found->plan, found->patterns), nullptr, false);
  out["gpx"] = patterns_gpx(found->patterns);
  out["rtz"] = Json::array();
  for (const NamedPattern& one : found->patterns)
    out["rtz"].push_back({{"name", one.name}, {"text", pattern_rtz(one)}});
  out["message"] = search_message(found->cloud, found->plan, found->patterns,
                                  {asked.object, basis.last_known, asked.smc, asked.osc, found->at_least()});
  return api::text(out);
}

}  // namespace varne
