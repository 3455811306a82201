#pragma once
/// A strait: a folder of data that says all that is particular to it, so that another strait is another
/// folder and no code. docs/strait.md has every field of its strait.toml.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/sea/box.h"
#include "varne/sea/coast.h"
#include "varne/sea/sea.h"
#include "varne/sea/territorial_sea.h"
#include "varne/sea/zones.h"

namespace varne {

/// A centre that may coordinate.
struct Centre {
  std::string name;
  std::string state;
};

struct Strait {
  std::string name;             ///< "the Dover Strait"
  std::vector<Centre> centres;  ///< the first is whose desk this is; never empty once it was loaded
  Zones zones;
  std::map<std::string, std::string> way_back;  ///< by State: the line that a boat is turned back over
  Box map;                                      ///< what the console shows
  Box view;                                     ///< what a report's map shows at the least
  std::optional<Box> coast;                     ///< of GSHHG, in whole degrees; none: no coast is known
  std::string places;                           ///< full path of the towns; "" none
  std::string units;                            ///< full path of the rescue units
  std::string tides;                            ///< full path of the tidal streams; "" none are known
  std::string tides_name;                       ///< as reasons and reports call them
  std::vector<std::string> doctrines;           ///< that hold here, by name
  std::vector<std::string> files;               ///< full paths of strait.toml and what its chart is made of
};

/// Reads a folder's strait.toml and its lines; the other files are read when they are asked for. Refuses,
/// naming file, line and field: an unknown field, a file outside the folder, a line, State or centre that is
/// named and not there, no centre.
Result<Strait> load_strait(const std::string& folder);

/// The strait that ships and is taken where none is named, read once in the process and shared.
Result<std::shared_ptr<const Strait>> home_strait();

// What is known of a strait on every day, each read once in the process and shared. Null where it has none.
Result<std::shared_ptr<const Coast>> coast_of(const Strait& strait);
Result<std::shared_ptr<const SeaSource>> tides_of(const Strait& strait);

/// Whose territorial sea is where, by the chart and the coasts among the sea's sources; null where there is
/// none.
std::shared_ptr<const TerritorialSea> territorial_sea_of(const Strait& strait, const Sea& sea);

/// Adds both, coast first. What a person stated or a file brings should have been added before.
Done add_strait(Sea& sea, const Strait& strait);

// The same of the strait that ships.
Result<std::shared_ptr<const Coast>> home_coast();
Result<std::shared_ptr<const SeaSource>> home_tides();
Done add_home_strait(Sea& sea);

}  // namespace varne
