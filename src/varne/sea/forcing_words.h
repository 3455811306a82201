#pragma once
/// How forcing is to be read, as a person says it: the same in day.toml and on the command line.

#include <optional>
#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/sea/forcing.h"

namespace varne {

struct ForcingWords {
  std::vector<std::string> files;  ///< paths, folders and patterns (`forcing_files`); the first has priority
  std::vector<std::string> map;    ///< NAME=VAR (`add_to_map`)
  std::optional<int> member = {};  ///< of an ensemble
  bool always = false;             ///< a field of one moment holds always
  bool sum_tides = false;          ///< the Channel's tidal streams are added to a mean current
};

/// Refuses a map that is none, and tides that cannot be read.
Result<ForcingOptions> forcing_options(const ForcingWords& words);

/// Opens the files and adds their sources in order.
Done add_forcing(Sea& sea, const ForcingWords& words);

}  // namespace varne
