#pragma once
/// What a person asks of `varne drift`, and the sea made from it.

#include <CLI/App.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "varne/core/result.h"
#include "varne/drift/leeway.h"
#include "varne/report/chart.h"
#include "varne/sea/forcing_words.h"

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
  ForcingWords forcing;
  std::string wind;
  std::string current;
  std::string wind_const;
  std::string current_const;
  std::vector<std::string> searched;  ///< files
  std::vector<std::string> sighted;   ///< LON,LAT,TIME,SIGMA_M[,CHANCE]
  std::vector<std::string> debris;    ///< CLASS, and the same
  std::string geojson;
  std::string map;
  std::string gpx;
  std::string kml;
  std::string trajectories;
  std::string probability;
  std::string scheme = "euler";
  std::string error;
  std::string shared_error;  ///< SHARE,KM
  std::string capsizing;     ///< WIND_KN,SIGMA_KN,LEEWAY
  std::string stokes;        ///< "wind" or a file
  double leeway_lasts_h = 0;
  double piece_hours = 0;                        ///< 0: all forcing at once
  std::optional<std::pair<Time, Time>> between;  ///< what of the forcing a piece needs
  bool capsizes = false;
  bool refloat = false;
  bool quiet = false;  ///< the readers' notes have been printed
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
  bool tides = false;
  bool all_members = false;
  bool no_coast = false;
  bool coast = false;
  bool opendrift = false;
  bool classes = false;
  bool resample = false;
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
/// The members of the ensemble that the files are; empty where they are none.
Result<std::vector<int>> members_of(const Asked& asked);
/// What was stated, then the files in their order, then the tides; the coast knows nothing but land.
Result<Sea> sea_of(const Asked& asked, Place place, double hours, Coasts& coasts);

/// The coast about one more place, unless what is loaded reaches as far.
Done add_coast_about(Sea& sea, Place place, double hours, Coasts& coasts);

}  // namespace varne::app
