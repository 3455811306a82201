#pragma once
/// The strait as GeoJSON (RFC 7946): what the console, the report and `varne drift` draw under everything
/// else.

#include <cstdint>
#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/sea/coast.h"
#include "varne/sea/strait.h"

namespace varne {

/// A place with a name.
struct Town {
  std::string name;
  std::string country;  ///< ISO 3166: "GB", "FR"
  Place place;
  std::int64_t population = 0;  ///< 0: not known
};

/// Reads the towns of a strait (name,country,lat,lon,population); errors name file, line and column.
Result<std::vector<Town>> load_towns(const std::string& path);

/// A FeatureCollection; each feature has `properties.layer`: "land" (Polygon, land cut off at the area's
/// border), "line" (`feature`, `reference`) and "lane" (the same) as LineString, "place" (`name`, `country`,
/// `population`) as Point. Coordinates are cut to 5 decimals (0.7 m). The same input gives the same text.
/// @param coast  null: none is known
std::string geojson_map(const Coast* coast, const Zones& zones, const std::vector<Town>& towns, Box area);

/// The same of a strait: its coast, lines and towns, as far as it has them.
Result<std::string> map_of(const Strait& strait);

}  // namespace varne
