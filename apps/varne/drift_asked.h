#pragma once
/// What a person asks of `varne drift`, and the sea made from it.

#include <CLI/App.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/drift/leeway.h"
#include "varne/report/chart.h"

namespace varne::app {

/// The options as they were given.
struct Asked {
  std::string at;
  std::string time;
  std::string until;
  std::string leeway;
  std::string scenarios;
  std::string elements;
  std::string out;
  std::vector<std::string> forcing;
  std::vector<std::string> variables;  ///< NAME=VAR
  std::optional<int> member;
  std::string wind;
  std::string current;
  std::string wind_const;
  std::string current_const;
  std::string geojson;
  std::string map;
  std::string gpx;
  std::string kml;
  std::string trajectories;
  std::string probability;
  std::string scheme = "euler";
  std::string error;
  std::string current_error;
  std::string wind_error;
  double hours = 24;
  double step_minutes = 10;
  double step_s = 0;  ///< 0: not said
  double radius_m = 0;
  double jibe = 0.04;
  double current_noise_kn = 0;
  double wind_noise_kn = 0;
  std::uint32_t particles = 1000;
  std::uint64_t seed = 0;
  bool backward = false;
  bool always = false;
  bool tides = false;
  bool sum_tides = false;
  bool no_coast = false;
  bool coast = false;
  bool opendrift = false;
  bool classes = false;
  bool to_sea = false;
  bool brief = false;
  bool json = false;
};

/// How a step is made, by name.
inline const std::map<std::string, DriftScheme> schemes{
    {"euler", DriftScheme::euler}, {"rk2", DriftScheme::rk2}, {"rk4", DriftScheme::rk4}};

void add_options(CLI::App& command, Asked& asked);
/// What cannot be left out, said in the caller's words: a misuse, status 2 (thrown, for the parser).
void check(const Asked& asked);

Result<Release> release_of(const Asked& asked);
Result<DriftOptions> options_of(const Asked& asked);
Result<LeewayClass> class_of(const std::string& wanted);
/// What was stated, then the files in their order, then the tides; the coast knows nothing but land.
Result<Sea> sea_of(const Asked& asked, Place place, double hours, Coasts& coasts);

}  // namespace varne::app
