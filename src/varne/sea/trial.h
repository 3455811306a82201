#pragma once

#include <functional>
#include <string>

#include "varne/core/result.h"

namespace varne {

/// Runs something in a child process first and refuses the file where the child does not come back within a
/// minute of processor time: HDF5 and ecCodes can crash or spin on damaged bytes.
///
/// @param library  for the refusal: "HDF5"
Done survives_trial(const std::string& path, const char* library, const std::function<void()>& trial);

}  // namespace varne
