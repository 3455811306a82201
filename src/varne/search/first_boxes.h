#pragma once
/// Where a plan begins: the cloud cut among the units by what they can sweep, and the manual square.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "varne/search/timing.h"

namespace varne {

/// Some of a cloud's particles at the time of reference, with what is needed to make boxes of them.
class CloudParts {
 public:
  /// @param most  particles looked at
  CloudParts(const SearchCloud& cloud, std::size_t most, bool drifting);

  /// A box each of `boxes_a_unit` for every unit, cut along and across an axis so that none overlap; the
  /// first of a unit's boxes is `inner` times as large as its last.
  /// @param axis_deg  direction of the first cut's normal
  /// @param reach     half sides in standard deviations of each part
  [[nodiscard]] std::vector<UnitBoxes> cut(std::span<const ReadyUnit> units, double axis_deg, double reach,
                                           std::size_t boxes_a_unit, double inner) const;

  /// The same with the boxes of a unit side by side instead of one within the other.
  [[nodiscard]] std::vector<UnitBoxes> cut_apart(std::span<const ReadyUnit> units, double axis_deg,
                                                 double reach, std::size_t boxes_a_unit) const;

  /// One square, cut among the units by what they can sweep.
  /// @param middle  at the time of reference; nothing: the mean
  [[nodiscard]] std::vector<UnitBoxes> square(std::span<const ReadyUnit> units, double side_m,
                                              std::optional<Vec> middle = {}) const;

  /// Direction in which the cloud is longest, degrees.
  [[nodiscard]] double axis_deg() const { return axis_deg_; }
  /// Root of the product of the standard deviations [m].
  [[nodiscard]] double size_m() const { return size_m_; }

  /// How far the whole cloud has gone in a slice since the time of reference; nowhere where boxes stay.
  [[nodiscard]] Vec gone(std::size_t slice) const {
    return way_.empty() ? Vec{} : way_[std::min(slice, way_.size() - 1)];
  }

  /// How the particles within a box at the time of reference go, slice by slice; the whole cloud's way where
  /// there are few.
  [[nodiscard]] std::vector<Vec> way_of(const SearchBox& box) const;

 private:
  using Members = std::vector<std::uint32_t>;
  void cut_among(std::span<const std::size_t> units, std::span<const double> effort, Members members, Vec low,
                 Vec high, double axis_deg, double reach, std::vector<SearchBox>& out) const;
  void divide(std::span<const std::size_t> units, std::span<const double> effort, Vec low, Vec high,
              std::vector<UnitBoxes>& out) const;
  [[nodiscard]] std::vector<Vec> mean_way(std::span<const std::uint32_t> members) const;
  [[nodiscard]] Vec at(std::uint32_t member) const { return at_[member]; }

  const SearchCloud& cloud_;
  bool drifting_;
  std::size_t reference_;  ///< slice
  Members all_;            ///< particles that are somewhere then
  std::vector<Vec> at_;    ///< where, by particle number
  double axis_deg_ = 0;
  double size_m_ = 0;
  std::vector<Vec> way_;  ///< of the whole
  Vec mean_;
};

/// What a unit could sweep in all its time [m²].
double possible_effort(const ReadyUnit& unit);

}  // namespace varne
