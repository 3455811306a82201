#include "varne/drift/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "varne/drift/notes.h"

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

/// Twice the signed area in square degrees: above 0 where the inside is on the left.
double doubled_area(const Ring& ring) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i)
    sum += (ring[i].lon - ring[0].lon) * (ring[i + 1].lat - ring[0].lat) -
           (ring[i + 1].lon - ring[0].lon) * (ring[i].lat - ring[0].lat);
  return sum;
}

bool inside(const Ring& ring, Place p) {
  bool in = false;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const Place& a = ring[i];
    const Place& b = ring[i + 1];
    if ((a.lat > p.lat) != (b.lat > p.lat) &&
        p.lon < a.lon + (p.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon))
      in = !in;
  }
  return in;
}

/// Rings as GeoJSON wants them: each outer ring with the holes that lie in it.
Json multipolygon(const std::vector<Ring>& rings) {
  std::vector<const Ring*> outer;
  std::vector<Json> polygons;
  for (const Ring& ring : rings) {
    if (doubled_area(ring) <= 0) continue;
    outer.push_back(&ring);
    polygons.push_back(Json::array({ring_json(ring)}));
  }
  for (const Ring& ring : rings) {
    if (doubled_area(ring) > 0) continue;
    // An island in a hole has an outer ring of its own: a hole belongs to the smallest ring about it.
    std::size_t home = outer.size();
    for (std::size_t i = 0; i < outer.size(); ++i) {
      if (inside(*outer[i], ring.front()) &&
          (home == outer.size() || doubled_area(*outer[i]) < doubled_area(*outer[home])))
        home = i;
    }
    if (home < outer.size()) polygons[home].push_back(ring_json(ring));
  }
  return {{"type", "MultiPolygon"}, {"coordinates", polygons}};
}

/// The share each source that answered had, by its name.
Json from_json(const DriftRun& run, const std::vector<double>& from) {
  Json out = Json::object();
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (from[i] > 0) out[run.sources[i]] = rounded(from[i], 4);
  }
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

void add_snapshot(Json& features, const DriftSnapshot& snapshot) {
  for (const double share : shares)
    features.push_back(feature("contour", multipolygon(contour(snapshot, share)),
                               {{"time", iso(snapshot.time)}, {"share", share}}));
  for (const auto state : {ParticleState::adrift, ParticleState::ashore, ParticleState::left}) {
    Json points = Json::array();
    for (std::size_t i = 0; i < snapshot.places.size(); ++i) {
      if (snapshot.states[i] == state) points.push_back(point_json(snapshot.places[i]));
    }
    if (!points.empty())
      features.push_back(feature("particles", {{"type", "MultiPoint"}, {"coordinates", points}},
                                 {{"time", iso(snapshot.time)}, {"state", name_of(state)}}));
  }
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
  for (const DriftSnapshot& snapshot : run.snapshots) {
    const DriftSummary s = summary(snapshot);
    Json points = Json::array();
    for (std::size_t i = 0; i < snapshot.places.size(); ++i) {
      points.push_back(point_json(snapshot.places[i]));
      points.back().push_back(static_cast<int>(snapshot.states[i]));
    }
    snapshots.push_back({{"time", iso(s.time)},
                         {"current_from", from_json(run, snapshot.current_from)},
                         {"wind_from", from_json(run, snapshot.wind_from)},
                         {"mean", s.mean ? point_json(*s.mean) : Json()},
                         {"half_within_m", rounded(s.half_within_m, 1)},
                         {"most_within_m", rounded(s.most_within_m, 1)},
                         {"adrift", s.adrift},
                         {"ashore", s.ashore},
                         {"left", s.left},
                         {"points", std::move(points)},
                         {"contour50", rings_json(contour(snapshot, 0.5))},
                         {"contour90", rings_json(contour(snapshot, 0.9))}});
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
              {"status", forcing_ended(run) ? "forcing ended" : "whole"},
              {"snapshots", std::move(snapshots)}};
  if (!run.scenarios.empty()) {
    out["scenarios"] = run.scenarios;
    out["scenario_of"] = run.scenario_of;
  }
  return out;
}

Json forecast_geojson(const DriftRun& run) {
  Json features = Json::array();
  features.push_back(feature("release", {{"type", "Point"}, {"coordinates", point_json(run.release.place)}},
                             {{"time", iso(run.release.from)},
                              {"sigma_m", run.release.sigma_m},
                              {"leeway", run.leeway_key},
                              {"sources", run.sources}}));
  Json way = Json::array();
  Json times = Json::array();
  for (const DriftSnapshot& snapshot : run.snapshots) {
    if (const auto s = summary(snapshot); s.mean) {
      way.push_back(point_json(*s.mean));
      times.push_back(iso(s.time));
    }
  }
  if (way.size() > 1)
    features.push_back(
        feature("mean", {{"type", "LineString"}, {"coordinates", way}}, {{"times", std::move(times)}}));
  for (const DriftSnapshot& snapshot : run.snapshots) add_snapshot(features, snapshot);
  return {{"type", "FeatureCollection"}, {"features", std::move(features)}};
}

}  // namespace varne
