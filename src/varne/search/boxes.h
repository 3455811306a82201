#pragma once
/// Rectangles of search that may drift, who searches one and when, and what that finds: the simple version of
/// the sum, which every faster one is measured against.

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "varne/core/geo.h"
#include "varne/search/cloud.h"

namespace varne {

/// A rectangle of the sea surface in a cloud's plane.
struct SearchBox {
  Vec centre;              ///< [m], in the middle of slice `of_slice`
  double length_m = 0;     ///< along its axis, > 0
  double width_m = 0;      ///< across, > 0
  double axis_deg = 0;     ///< direction of the axis, degrees true
  std::vector<Vec> drift;  ///< how far it has gone in each slice [m]; empty: it stays

  [[nodiscard]] double area_m2() const { return length_m * width_m; }
  [[nodiscard]] Vec centre_in(std::size_t slice) const {
    return drift.empty() ? centre : centre + drift[std::min(slice, drift.size() - 1)];
  }
  /// Clockwise from the one ahead on the left, at a moment in slices since the cloud's start, between whose
  /// middles the drift is straight.
  [[nodiscard]] std::array<Vec, 4> corners(double slices) const;
  [[nodiscard]] Vec centre_at(double slices) const;
};

/// A box with who searches it evenly and when.
struct SearchTask {
  std::size_t unit = 0;  ///< its place in the list of units
  SearchBox box;
  Time from;
  Time until;
  double swept_m2 = 0;  ///< sweep width × track, over the whole task

  [[nodiscard]] double coverage() const { return box.area_m2() > 0 ? swept_m2 / box.area_m2() : 0; }
};

/// A rectangle in one slice, covered by z: what a task is to a particle.
struct Stroke {
  std::uint32_t slice = 0;
  float east = 0;  ///< centre
  float north = 0;
  float axis_east = 0;  ///< unit vector along
  float axis_north = 1;
  float half_length = 0;
  float half_width = 0;
  float coverage = 0;
};

/// One stroke for every slice that the task touches, with its share of the effort.
void add_strokes(const SearchCloud& cloud, const SearchTask& task, std::vector<Stroke>& out);

/// Probability of success of a plan under the random law, particle by particle: Σ w (1 - exp(-Σ z)).
double pos_by_hand(const SearchCloud& cloud, std::span<const SearchTask> tasks);

/// The same in SIMD registers, in single precision (within 2e-6 of it), the same bits on every instruction
/// set.
double pos_of(const SearchCloud& cloud, std::span<const SearchTask> tasks);

/// Whether two boxes share any of the sea surface in some slice in which both are searched.
bool overlap(const SearchCloud& cloud, const SearchTask& a, const SearchTask& b);

}  // namespace varne
