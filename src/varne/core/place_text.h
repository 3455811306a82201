#pragma once

#include <string_view>

#include "varne/core/geo.h"
#include "varne/core/result.h"

namespace varne {

/// Reads a position as people and this program write it, latitude and longitude each with its letter:
/// "51°02.5'N 001°35.0'E", "N 51 02,5 W 001 35,0", "51-02.5N 001-35.0E", "51°02'30\"N 1°35'O", "51.0417N,
/// 1.5833E". N, S, E, W and O (ouest) before or after; degrees, degrees and minutes, or with seconds; a
/// decimal comma or point. Either part may come first.
///
/// Also without a mark between degrees and minutes, as over a radio: "5102.5N00135.0E", with seconds
/// "510230N0013500E".
///
/// Two numbers without letters are longitude first, as in "1.5,51.0", "[1.5,51.0]" and "1.5,51.0,0" (a
/// height).
///
/// Refuses, in words: anything else, a minus before a number that has its letter, minutes or seconds of 60
/// and more, and what is no place. Good to 1e-9 degrees.
Result<Place> parse_place(std::string_view text);

}  // namespace varne
