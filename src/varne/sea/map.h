#pragma once
/// The strait as GeoJSON (RFC 7946): what the console, the report and `varne drift` draw under everything
/// else.

#include <cstdint>
#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/sea/coast.h"
#include "varne/sea/zones.h"

namespace varne {

/// A place with a name.
struct Town {
  std::string name;
  std::string country;  ///< ISO 3166: "GB", "FR"
  Place place;
  std::int64_t population = 0;  ///< 0: not known
};

/// Reads data/zones/places.csv (name,country,lat,lon,population); errors name file, line and column.
Result<std::vector<Town>> load_towns(const std::string& path);

/// What the map shows: the strait with both coasts.
inline constexpr Box map_area{-0.5, 49.7, 2.9, 51.6};

/// A FeatureCollection; each feature has `properties.layer`: "land" (Polygon, land cut off at the area's
/// border), "line" (`feature`, `reference`) and "lane" (the same) as LineString, "place" (`name`, `country`,
/// `population`) as Point. Coordinates are cut to 5 decimals (0.7 m). The same input gives the same text.
std::string geojson_map(const Coast& coast, const Zones& zones, const std::vector<Town>& towns,
                        Box area = map_area);

/// The same with the data that ships: the Channel's coast, data/zones/channel.csv and data/zones/places.csv.
Result<std::string> channel_map();

}  // namespace varne
