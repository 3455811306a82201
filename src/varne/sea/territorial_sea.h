#pragma once
/// Whose territorial sea a place lies in: a layer over a strait's chart and coast, made once when the strait
/// is opened. Which piece of the coast is whose is settled then, so that a place asks only for distances.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/geo.h"
#include "varne/sea/coast.h"
#include "varne/sea/zones.h"

namespace varne {

/// Breadth of the territorial sea [m]: twelve nautical miles (UNCLOS, article 3).
inline constexpr double territorial_sea_m = 12 * 1852.0;

/// Immutable; any number of threads may ask. Knows nothing beyond its chart and coast.
class TerritorialSea {
 public:
  /// @param coast  not null
  TerritorialSea(Zones zones, std::shared_ptr<const Coast> coast);

  /// The State in whose territorial sea the place certainly lies: on its side of the delimitation lines, at
  /// sea, with its land on one of 24 bearings within 21.5 km: twelve miles less 0.7 km for what coast and
  /// place are good to. The nearest shore says where to begin to look, and mostly that there is nothing to
  /// look for. Baselines lie at or seaward of the land, so nearer than that is inside them. Empty:
  /// nobody's, or not certain.
  [[nodiscard]] std::string at(Place place) const;

  /// The same where a place is good to `error_m` [m, >= 0]: nothing where it and eight places that far about
  /// it do not all answer alike.
  [[nodiscard]] std::optional<std::string> at(Place place, double error_m) const;

  /// From the nearest land of this State [m]; nothing where that is farther than `within_m` or it has none
  /// here. Good to 0.25 % within 60 km and to 130 m at the shore: land is points of its outline at most
  /// 250 m apart. On land: from the shore.
  [[nodiscard]] std::optional<double> land_m(Place place, std::string_view state, double within_m) const;

 private:
  /// The shore of one State as points, by cell: row by row from the south-west.
  struct Shore {
    std::string state;
    std::vector<std::vector<Place>> cells;
  };
  Shore& shore_of(const std::string& state);
  void add(Place point);
  [[nodiscard]] std::size_t column(double lon) const;
  [[nodiscard]] std::size_t row(double lat) const;
  /// The way to the nearest land of this State; nothing as of `land_m`.
  [[nodiscard]] std::optional<Vec> to_shore(Place place, std::string_view state, double within_m) const;
  /// Of a cell, what is nearest to the place.
  [[nodiscard]] Place nearest_in(std::size_t row, std::size_t column, Place place) const;

  Zones zones_;
  std::shared_ptr<const Coast> coast_;
  std::size_t columns_ = 0;
  std::size_t rows_ = 0;
  std::vector<Shore> shores_;
};

}  // namespace varne
