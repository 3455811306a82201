#include "varne/drift/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "varne/drift/learning.h"
#include "varne/drift/notes.h"
#include "varne/drift/outputs.h"
#include "varne/drift/ring.h"

namespace varne {
namespace {

constexpr std::array shares{0.5, 0.9, 0.95};

using Ring = std::vector<Place>;

Json point_json(Place place) {
  return Json::array({rounded(place.lon, 6), rounded(place.lat, 6)});
}

Json ring_json(const Ring& ring) {
  Json out = Json::array();
  for (const Place& place : ring) out.push_back(point_json(place));
  return out;
}

Json rings_json(const std::vector<Ring>& rings) {
  Json out = Json::array();
  for (const Ring& ring : rings) out.push_back(ring_json(ring));
  return out;
}

Json multipolygon(const std::vector<Ring>& rings) {
  Json all = Json::array();
  for (const Polygon& polygon : polygons_of(rings)) {
    all.push_back(Json::array({ring_json(polygon.outer)}));
    for (const Ring& hole : polygon.holes) all.back().push_back(ring_json(hole));
  }
  return {{"type", "MultiPolygon"}, {"coordinates", all}};
}

/// The share each source that answered had, by its name.
Json from_json(const DriftRun& run, const std::vector<double>& from) {
  Json out = Json::object();
  for (const auto& [name, share] : shares_by_name(run, from)) out[name] = rounded(share, 4);
  return out;
}

Json errors_json(const DriftOptions& o) {
  return {{"current_mps", o.current_noise_mps},
          {"current_lasts_s", seconds(o.current_noise_lasts)},
          {"wind_mps", o.wind_noise_mps},
          {"wind_lasts_s", seconds(o.wind_noise_lasts)},
          {"text", errors_in_words(o)}};
}

Json feature(const char* layer, Json geometry, Json properties) {
  properties["layer"] = layer;
  properties["forecast"] = true;
  return {{"type", "Feature"}, {"geometry", std::move(geometry)}, {"properties", std::move(properties)}};
}

void add_snapshot(Json& features, const DriftSnapshot& snapshot, const std::vector<double>& weights) {
  for (const double share : shares)
    features.push_back(feature("contour", multipolygon(contour(snapshot, share, weights)),
                               {{"time", iso(snapshot.time)}, {"share", share}}));
  for (const auto state : {ParticleState::adrift, ParticleState::ashore, ParticleState::left}) {
    Json points = Json::array();
    Json of_points = Json::array();
    for (std::size_t i = 0; i < snapshot.places.size(); ++i) {
      if (snapshot.states[i] != state) continue;
      points.push_back(point_json(snapshot.places[i]));
      if (!weights.empty()) of_points.push_back(weights[i]);
    }
    if (points.empty()) continue;
    Json properties = {{"time", iso(snapshot.time)}, {"state", name_of(state)}};
    if (!weights.empty()) properties["weights"] = std::move(of_points);
    features.push_back(feature("particles", {{"type", "MultiPoint"}, {"coordinates", points}}, properties));
  }
}

/// From moment to moment, where it is known.
void add_way(Json& features, const char* layer, const DriftRun& run, auto&& place_at) {
  Json way = Json::array();
  Json times = Json::array();
  for (const DriftSnapshot& snapshot : run.snapshots) {
    if (const std::optional<Place> at = place_at(snapshot)) {
      way.push_back(point_json(*at));
      times.push_back(iso(snapshot.time));
    }
  }
  if (way.size() > 1)
    features.push_back(
        feature(layer, {{"type", "LineString"}, {"coordinates", way}}, {{"times", std::move(times)}}));
}

}  // namespace

const char* name_of(ParticleState state) {
  switch (state) {
    case ParticleState::adrift:
      return "adrift";
    case ParticleState::ashore:
      return "ashore";
    case ParticleState::left:
      break;
  }
  return "left";
}

Json forecast_json(const DriftRun& run) {
  Json snapshots = Json::array();
  for (std::size_t k = 0; k < run.snapshots.size(); ++k) {
    const DriftSnapshot& snapshot = run.snapshots[k];
    const DriftSummary s = summary(snapshot, run.weights);
    const auto likely = most_probable(snapshot, run.weights);
    Json points = Json::array();
    for (std::size_t i = 0; i < snapshot.places.size(); ++i) {
      points.push_back(point_json(snapshot.places[i]));
      points.back().push_back(static_cast<int>(snapshot.states[i]));
    }
    snapshots.push_back(
        {{"time", iso(s.time)},
         {"current_from", from_json(run, snapshot.current_from)},
         {"wind_from", from_json(run, snapshot.wind_from)},
         {"current_extended", k < run.current_extended.size() ? rounded(run.current_extended[k], 4) : 0},
         {"mean", s.mean ? point_json(*s.mean) : Json()},
         {"most_probable", likely ? point_json(*likely) : Json()},
         {"half_within_m", rounded(s.half_within_m, 1)},
         {"most_within_m", rounded(s.most_within_m, 1)},
         {"adrift", s.adrift},
         {"ashore", s.ashore},
         {"left", s.left},
         {"ashore_share", rounded(s.ashore_share, 6)},
         {"left_share", rounded(s.left_share, 6)},
         {"points", std::move(points)},
         {"contour50", rings_json(contour(snapshot, 0.5, run.weights))},
         {"contour90", rings_json(contour(snapshot, 0.9, run.weights))}});
  }
  Json out = {{"leeway", run.leeway_key},
              {"from", iso(run.release.from)},
              {"until", iso(run.release.to)},
              {"at", point_json(run.release.place)},
              {"sigma_m", run.release.sigma_m},
              {"length_s", seconds(run.options.length)},
              {"step_s", seconds(run.options.step)},
              {"seed", fmt::format("{}", run.options.seed)},  // a text: 64 bits do not fit a JSON number
              {"particles", run.options.particles},
              {"sources", answering(run)},
              {"errors", errors_json(run.options)},
              {"notes", notes(run)},
              {"sea_notes", run.sea_notes},
              {"status", forcing_ended(run) ? "forcing ended" : "whole"},
              {"snapshots", std::move(snapshots)}};
  if (!run.scenarios.empty()) {
    out["scenarios"] = run.scenarios;
    out["scenario_of"] = run.scenario_of;
  }
  if (!run.evidence.empty()) out["evidence"] = run.evidence;
  if (!run.weights.empty()) {
    out["weights"] = run.weights;
    out["effective_sample_size"] = rounded(effective_sample_size(run.weights), 1);
  }
  if (!run.members_drawn.empty()) {
    out["members"] = run.members_drawn;
    out["member_of"] = run.member_of;
  }
  return out;
}

Json forecast_geojson(const DriftRun& run) {
  Json features = Json::array();
  features.push_back(feature("release", {{"type", "Point"}, {"coordinates", point_json(run.release.place)}},
                             {{"time", iso(run.release.from)},
                              {"sigma_m", run.release.sigma_m},
                              {"leeway", run.leeway_key},
                              {"sources", answering(run)},
                              {"errors", errors_in_words(run.options)},
                              {"evidence", run.evidence},
                              {"notes", notes(run)}}));
  add_way(features, "mean", run, [&](const DriftSnapshot& s) { return summary(s, run.weights).mean; });
  add_way(features, "most_probable", run,
          [&](const DriftSnapshot& s) { return most_probable(s, run.weights); });
  for (const DriftSnapshot& snapshot : run.snapshots) add_snapshot(features, snapshot, run.weights);
  return {{"type", "FeatureCollection"}, {"features", std::move(features)}};
}

}  // namespace varne
