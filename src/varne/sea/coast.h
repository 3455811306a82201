#pragma once
/// The coastline, from GSHHG (Wessel and Smith 1996, J. Geophys. Res. 101, 8741–8743; version 2.3.7, full
/// resolution: about 0.1 km between points), as Debian's gmt-gshhg-full installs it.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/sea/box.h"
#include "varne/sea/sea.h"

namespace varne {

/// Where Debian puts the full-resolution file ($VARNE_GSHHG where that is set).
std::string gshhg_path();

/// Land and sea of an area. A `SeaSource` that knows nothing but `land`: true on land and on its lakes and
/// rivers, false at sea, unknown outside the area.
class Coast : public SeaSource {
 public:
  /// Reads the area, widened to whole bins of the file (one degree). Refuses an area of more than 400 square
  /// degrees, and a file that is absent, damaged or no binned GSHHG.
  static Result<std::shared_ptr<const Coast>> load(const std::string& path, Box area);

  [[nodiscard]] std::string name() const override { return "GSHHG coastline"; }
  [[nodiscard]] Hash hash() const override { return hash_; }
  [[nodiscard]] std::optional<bool> land(Place place) const override;
  [[nodiscard]] SourceGrid grid(SeaPart /*part*/) const override { return {SourceGrid::Kind::nothing}; }

  /// The area that is known.
  [[nodiscard]] const Box& area() const { return area_; }
  /// Outlines of the land within the area as closed rings (last point equal to the first), land on the left;
  /// where land goes on beyond the area the ring follows the border. Rings do not cross one another.
  [[nodiscard]] const std::vector<std::vector<Place>>& rings() const { return rings_; }

  /// Cells of the area for loops: a place in a cell of sea needs no further question.
  struct Raster {
    double west;
    double south;
    double cells_per_deg;
    double columns;
    double rows;
    const std::uint8_t* cells;  ///< row by row from the south-west, 0: sea; readable 3 bytes beyond the last
  };
  [[nodiscard]] Raster raster() const;

 private:
  Coast(Box area, std::vector<std::vector<Place>> rings);
  void index();
  [[nodiscard]] bool land_by_crossings(Place place) const;

  struct Edge {
    Place a;  // the southern end
    Place b;
  };
  enum class Cover : std::uint8_t { sea, land, shore };

  Box area_;
  Hash hash_{};  // of the area and the rings
  std::vector<std::vector<Place>> rings_;
  std::size_t columns_ = 0;
  std::size_t rows_ = 0;
  std::vector<Cover> cover_;               // row by row from the south-west
  std::vector<std::vector<Edge>> strips_;  // the edges that touch each row
};

}  // namespace varne
