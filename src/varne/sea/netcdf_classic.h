#pragma once

#include <string>

#include "varne/core/result.h"

namespace varne {

/// Refuses a classic netCDF file (CDF-1, -2, -5) that ends before its header says it does: netCDF-C would
/// read zeros where the bytes are missing, and a calm sea is the last thing to make up; and one with lengths
/// or types that no file has, by which the library would divide. Other formats pass; HDF5 looks after itself.
///
/// By the file format specification, NetCDF Users Guide, appendix B.
Done whole_classic_file(const std::string& path);

}  // namespace varne
