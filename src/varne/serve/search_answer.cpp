#include "varne/serve/search_answer.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "varne/core/place_of_data.h"

namespace varne {

SearchBasis search_basis(const Room& room, const Incident& incident, std::shared_ptr<const DriftRun> run) {
  SearchBasis out;
  out.run = std::move(run);
  out.forecast = room.forecast_id(incident.id);
  out.world = &room.world();
  if (incident.place)
    out.last_known = fmt::format("{} at {}", spoken(*incident.place), iso(incident.place_time));
  for (const Unit& unit : room.world().units) {
    const auto heard = room.unit_positions().find(unit.name);
    out.fleet.push_back({unit, heard == room.unit_positions().end() ? unit.home : heard->second.place});
  }
  return out;
}

Result<Json> search_answer(const SearchBasis& basis, const SearchAsked& asked) {
  auto widths = SweepWidths::load(data_path("sweep_widths.csv"), data_path("sweep_factors.toml"));
  if (!widths) return fail(widths.error());
  const auto land = [&](Place place) { return basis.world->sea.land(place).value_or(false); };
  const auto found = answer_search(*basis.run, asked, basis.fleet, *widths, land);
  if (!found) return fail(found.error());
  Json out = search_json(*found);
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
  return out;
}

}  // namespace varne
