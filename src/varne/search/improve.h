#pragma once
/// Makes boxes better, unit by unit: a pattern search (Hooke and Jeeves 1961) over place, size, direction and
/// share of time of one unit's boxes while the others stand.

#include <functional>
#include <span>
#include <vector>

#include "varne/search/strokes.h"
#include "varne/search/timing.h"

namespace varne {

class Improver {
 public:
  /// @param land  tells whether a point of the plane is land; empty: none is
  Improver(const SearchCloud& cloud, std::span<const ReadyUnit> units, std::function<bool(Vec)> land);

  /// Sweeps over the units until the budget is spent or nothing gets better.
  /// @param fine    the cloud it is measured on
  /// @param budget  particles × strokes that may be looked at
  /// @return the probability found, on `fine`
  double improve(const StrokeCloud& fine, std::vector<UnitBoxes>& plan, double budget);

  /// What a plan finds; below 0 where some boxes may not be.
  double value(const StrokeCloud& fine, const std::vector<UnitBoxes>& plan);

  /// Whether this unit may search these boxes while the others search theirs.
  [[nodiscard]] bool allowed(std::size_t unit, const std::vector<SearchTask>& tasks,
                             const std::vector<std::vector<SearchTask>>& others) const;

 private:
  double trial(const StrokeCloud& fine, std::size_t unit, const UnitBoxes& boxes,
               const std::vector<std::vector<SearchTask>>& others, std::span<const float> alive);
  bool improve_unit(const StrokeCloud& fine, std::size_t unit, std::vector<UnitBoxes>& plan,
                    std::vector<std::vector<SearchTask>>& tasks, double first_step);
  [[nodiscard]] double spent(const StrokeCloud& fine) const { return spent_ + fine.work(); }
  [[nodiscard]] bool on_land(const SearchTask& task) const;

  const SearchCloud& cloud_;
  std::span<const ReadyUnit> units_;
  std::function<bool(Vec)> land_;
  double spent_ = 0;  ///< besides the cloud's work
  double budget_ = 0;
  std::vector<Stroke> strokes_;
  std::vector<float> alive_;
};

}  // namespace varne
