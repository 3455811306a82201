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
  /// @param land     tells whether a point of the plane is land; empty: none is
  /// @param small_m  a box may have sides as short as this, where a pass sweeps more
  Improver(const SearchCloud& cloud, std::span<const ReadyUnit> units, std::function<bool(Vec)> land,
           double small_m);

  /// Sweeps over the units until the budget is spent or nothing gets better.
  /// @param fine    the cloud it is measured on
  /// @param budget  particles × strokes that may be looked at
  /// @return the probability found, on `fine`
  double improve(const StrokeCloud& fine, std::vector<UnitBoxes>& plan, double budget);

  /// Moves and shrinks the boxes of a plan that may not be, unit by unit, to where they find most; a unit for
  /// which there is no place has no boxes then.
  void make_room(const StrokeCloud& few, std::vector<UnitBoxes>& plan);

  /// What a plan finds; below 0 where some boxes may not be, or there are none.
  double value(const StrokeCloud& fine, const std::vector<UnitBoxes>& plan);

  /// Whether this unit may search these boxes while the others search theirs.
  [[nodiscard]] bool allowed(std::size_t unit, const std::vector<SearchTask>& tasks,
                             const std::vector<std::vector<SearchTask>>& others) const;
  [[nodiscard]] bool on_land(const SearchTask& task) const;

 private:
  double trial(const StrokeCloud& fine, std::size_t unit, const UnitBoxes& boxes,
               const std::vector<std::vector<SearchTask>>& others, std::span<const float> alive);
  bool improve_unit(const StrokeCloud& fine, std::size_t unit, std::vector<UnitBoxes>& plan,
                    std::vector<std::vector<SearchTask>>& tasks, double first_step);
  [[nodiscard]] double spent(const StrokeCloud& fine) const { return spent_ + fine.work(); }

  const SearchCloud& cloud_;
  std::span<const ReadyUnit> units_;
  std::function<bool(Vec)> land_;
  double small_m_;
  double spent_ = 0;  ///< besides the cloud's work
  double budget_ = 0;
  std::vector<Stroke> strokes_;
  std::vector<float> alive_;
};

}  // namespace varne
