#pragma once
/// `varne drift`, run as a user runs it, and the question that its tests begin from.

#include <string>

#include "ran.h"

namespace varne::test {

/// `into`: where its complaints go.
inline Ran drift(const std::string& arguments, const char* into = "2>&1") {
  return ran_varne("drift " + arguments + " " + into);
}

inline const std::string dover = "--at 1.5,51.0 --time 2021-11-11T05:00Z --class PIW-1 ";
inline const std::string stated = "--wind 270,10 --current 90,1 --no-coast ";

}  // namespace varne::test
