#pragma once
/// The tidal streams and levels of a strait, from harmonic constants on a grid (docs/sea.md says where those
/// of the Dover Strait come from and how good they are).

#include <memory>
#include <string>

#include "varne/core/result.h"
#include "varne/sea/sea.h"

namespace varne {

/// Current, level and depth from 14 constituents a cell and two inferred ones (K2 = 0.29 S2, P1 = 0.33 K1,
/// each with the lag of the one it is inferred from), with the model's residual current. Levels are above the
/// cell's mean level. Nodal corrections by `Astronomy`, exact for the moment asked.
///
/// Between the centres of cells bilinear; where some of the four are land, the sea cells among them share the
/// weight; where all four are land, and outside the grid, nothing is known.
///
/// Answering is free of locks; what depends on the moment alone is remembered per thread.
///
/// @param name  as reasons and reports call it
/// Refuses, with file, line and column: a missing column, a bad number, a cell off the grid, a cell twice.
Result<std::shared_ptr<const SeaSource>> open_tides(const std::string& path,
                                                    std::string name = "tidal streams");

}  // namespace varne
