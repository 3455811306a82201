#pragma once
/// Single objects with stated draws, drifted without any chance: for comparison with other models, row by
/// row.

#include <cstdint>
#include <string>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/drift/leeway.h"
#include "varne/sea/sea.h"

namespace varne {

/// One object of a comparison.
struct DriftElement {
  LeewayObject object;
  Place place;
  Time time;
};

/// Reads a CSV with the columns object_id (number of the class from 1, or its key), orientation (R: right of
/// downwind, the positive coefficients; L: the negative), eps_sigma (both normal draws, in standard
/// deviations), lon, lat, time_utc. Refuses, by file, line and column, what is none of these.
Result<std::vector<DriftElement>> read_elements(const std::string& path,
                                                const std::vector<LeewayClass>& classes);

/// Where one element was after so many seconds; after it came ashore or left, where that was.
struct ElementRow {
  std::uint32_t element = 0;
  double t_s = 0;  ///< since its own start; negative in a run back
  Place place;
  ParticleState state = ParticleState::adrift;
};

/// Every element's rows in order, the first and the last of the run among them. Of the options `length`,
/// `step`, `scheme`, `stop_on_land` and `opendrift` count; nothing is drawn, and nothing jibes. Refuses what
/// `drift` refuses of these.
Result<std::vector<ElementRow>> drift_elements(const Sea& sea, const std::vector<DriftElement>& elements,
                                               const DriftOptions& options);

/// CSV with element, t_s, lon, lat (9 decimals) and status: "adrift", "ashore", "left", or with `opendrift`
/// as there "active", "stranded", "missing_data".
std::string element_csv(const std::vector<ElementRow>& rows, bool opendrift);

}  // namespace varne
