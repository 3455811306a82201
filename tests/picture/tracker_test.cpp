/// The radar tracker on simulated squares of sea, scored like Stone Soup was.
#include <gtest/gtest.h>

#include "varne/picture/radar_tracker.h"
// rapidcheck wants gtest first
#include <fmt/format.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>

#include "support.h"
#include "varne/core/csv.h"
#include "varne/core/json.h"

namespace varne {
namespace {

/// Runs one reference scenario; rows of score.py's format.
std::string track_scenario(const std::string& detections, RadarTracker::Settings settings) {
  auto file = CsvFile::open(detections, {"scan", "time_s", "x_m", "y_m"});
  EXPECT_TRUE(file);
  const LocalPlane plane({1.5, 51});
  std::map<int, RadarScan> scans;
  while (file->next().value_or(false)) {
    const auto k = static_cast<int>(*file->number("scan"));
    const Time time(std::chrono::seconds(10 * k));
    RadarScan& scan = scans.try_emplace(k, RadarScan{"square", static_cast<std::uint32_t>(k), time, time, {}})
                          .first->second;
    scan.plots.push_back({static_cast<std::uint32_t>(scan.plots.size()), time,
                          plane.from({*file->number("x_m"), *file->number("y_m")}), 30});
  }
  RadarTracker tracker(settings);
  std::map<std::uint64_t, Track> tracks;
  std::string out = "scan,track_id,x_m,y_m,pxx_m2,pxy_m2,pyy_m2\n";
  for (int k = 0; k < 60; ++k) {
    const Time time = Time(std::chrono::seconds(10 * k));
    std::erase_if(tracks, [&](const auto& item) { return time - item.second.heard > settings.drop_after; });
    std::vector<Track*> lent;
    for (auto& [number, track] : tracks) lent.push_back(&track);
    if (const auto scan = scans.find(k); scan != scans.end()) {
      std::vector<std::size_t> all(scan->second.plots.size());
      std::iota(all.begin(), all.end(), std::size_t{0});
      auto outcome = tracker.scan(scan->second, all, lent, {}, time);
      for (auto& [track, plot] : outcome.confirmed) tracks[track.radar.number] = std::move(track);
    }
    for (const auto& [number, track] : tracks) {
      const Estimate e = track.at(time);
      const Vec at = plane.to(e.place);
      out += fmt::format("{},{},{:.3f},{:.3f},{:.3f},{:.3f},{:.3f}\n", k, number, at.east, at.north,
                         e.var_east_m2, e.cov_m2, e.var_north_m2);
    }
  }
  return out;
}

/// Scores with the reference's own script; empty where python or its libraries are absent.
std::map<std::string, double> scored(const std::string& folder, const std::string& tracks) {
  const test::Scratch scratch;
  const auto file = scratch.write("tracks.csv", tracks);
  const auto script = test::shared_file("reference/tracking/score.py");
  const auto to = scratch.file("score.json");
  const auto command =
      fmt::format("/usr/bin/python3 '{}' '{}' '{}' --json > '{}' 2>/dev/null", script, folder, file, to);
  std::map<std::string, double> out;
  if (std::system(command.c_str()) != 0) return out;
  const auto json = parse_json(test::read_all(to));
  if (!json) return out;
  for (const auto& [name, value] : json->items()) {
    if (value.is_number()) out[name] = value.get<double>();
  }
  return out;
}

/// Craft that leave a square are gone; waiting ten minutes for them would count as ghosts.
RadarTracker::Settings for_squares() {
  RadarTracker::Settings settings;
  settings.drop_after = std::chrono::seconds(35);
  return settings;
}

/// Stone Soup 1.9.1's own figures on the same detections (global nearest neighbour):
/// reference/tracking/README.md.
TEST(RadarTracker, tracks_as_well_as_stone_soup) {
  VARNE_NEEDS_SHARED(script, "reference/tracking/score.py");
  struct Reference {
    const char* name;
    double ospa;
    double idf1;
  };
  for (const auto& [name, ospa, idf1] : {Reference{"lin10", 73.9, 0.926},
                                         {"ct50", 60.7, 0.939},
                                         {"heavy50", 85.9, 0.885},
                                         {"convoy50", 63.4, 0.806}}) {
    const auto folder = test::shared_file(std::string("reference/tracking/") + name);
    const auto got = scored(folder, track_scenario(folder + "/detections.csv", for_squares()));
    if (got.empty()) GTEST_SKIP() << "score.py needs python3-numpy and python3-scipy";
    std::string all;
    for (const auto& [key, value] : got) all += fmt::format(" {}={:.3f}", key, value);
    std::cout << name << all << "\n";
    EXPECT_LE(got.at("ospa_mean_m"), ospa) << name;
    EXPECT_GE(got.at("idf1"), idf1) << name;
  }
}

}  // namespace
}  // namespace varne
