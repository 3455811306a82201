#pragma once
/// The units that a search is planned with, as somebody says on the command line, and the waters they go
/// through.

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "varne/core/place_of_data.h"
#include "varne/core/result.h"
#include "varne/search/asked.h"

namespace varne::app {

struct FleetWords {
  std::string units = data_path("straits/dover/units.toml");
  std::vector<std::string> names;          ///< who may search
  std::vector<std::string> search_speeds;  ///< NAME=KNOTS
  std::vector<std::string> turns;          ///< NAME=SECONDS
  std::vector<std::string> places;         ///< NAME=LON,LAT
  std::vector<std::string> free_from;      ///< NAME=TIME
};

/// The words live as long as the command.
void add_fleet_options(CLI::App& command, FleetWords& words);

/// The list, everybody at its base but those of whom another place is said.
Result<std::vector<UnitAt>> fleet_of(const FleetWords& words);
/// Those who may search, with what is said of them.
Result<std::vector<AskedSearcher>> searchers_of(const FleetWords& words, const std::vector<UnitAt>& fleet);

/// The waters between the searchers and everywhere that a forecast has its particles, on its sea and the
/// coast there; in cells of 300 m, larger where the area is larger than a strait.
Result<PassageGrid> waters_of(const Sea& sea, const DriftRun& run, const std::vector<UnitAt>& fleet,
                              const std::vector<AskedSearcher>& searchers);

}  // namespace varne::app
