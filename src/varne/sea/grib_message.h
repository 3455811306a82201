#pragma once
/// What one field of a GRIB file says, through ecCodes; which is called by one thread at a time only (as
/// Debian builds it, it keeps its tables without locks).

#include <eccodes.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/sea/forcing_names.h"
#include "varne/sea/grid.h"

namespace varne {

struct FreeGribHandle {
  void operator()(codes_handle* handle) const { codes_handle_delete(handle); }
};
using GribHandle = std::unique_ptr<codes_handle, FreeGribHandle>;

/// Of a head as `GribFile` gives it: knows all but the grid's places and the values. Null where ecCodes can
/// make nothing of it.
GribHandle grib_head(const std::string& head);
/// Of a whole message, which must outlive it. Null as above.
GribHandle grib_whole(const std::string& message);

/// What a head says.
struct GribHead {
  Meaning meaning;     ///< `along_axes`: the file's flag says so
  double depth_m = 0;  ///< of a current, below the surface
  std::optional<int> member = {};
  std::optional<Time> began = {};  ///< the model's run
  Time time;                       ///< that it holds at
  std::string grid = {};           ///< the same for fields on one grid; empty: it cannot be told
};

/// Nothing for what is none of the quantities that are read. @param left_out  gets what is one of them, but
/// at another level or no value of a moment, with why. Refuses a field without a moment.
Result<std::optional<GribHead>> grib_head_of(codes_handle* head, const std::string& where,
                                             std::vector<Error>& left_out);

/// The grid of a whole field. Refuses, with what to do, those that are neither plain nor curvilinear.
Result<std::shared_ptr<const Grid>> grib_grid(codes_handle* field, const std::string& where);

/// The values of a whole field, by the grid's points; NaN: none. In the quantity's own unit (`measure_of`).
Result<std::vector<float>> grib_values(codes_handle* field, const Meaning& meaning, const Grid& grid,
                                       const std::string& where);

}  // namespace varne
