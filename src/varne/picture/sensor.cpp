#include "varne/picture/sensor.h"

#include <fmt/format.h>

#include "varne/core/toml.h"
#include "varne/core/units.h"

namespace varne {

bool Sensor::covers(Place place) const {
  return !site || !range_m || distance_m(*site, place) <= *range_m;
}

Result<Sensors> load_sensors(const std::string& path) {
  const auto file = TomlFile::open(path);
  if (!file) return std::unexpected(file.error());
  Sensors out;
  TomlTable root = file->root();
  for (TomlTable& table : root.tables("sensor")) {
    Sensor sensor;
    sensor.name = table.text("name");
    if (table.has("at")) sensor.site = table.place("at");
    if (const auto range = table.maybe_number("range_nm", 0.1, 200)) sensor.range_m = metres_from_nm(*range);
    if (const auto period = table.maybe_number("period_s", 0.5, 300))
      sensor.period = Duration(static_cast<std::int64_t>(*period * 1000));
    sensor.detection = table.maybe_number("detection", 0.05, 0.99).value_or(sensor.detection);
    sensor.clutter_per_km2 = table.maybe_number("clutter_per_km2", 1e-6, 100);
    table.only_known();
    if (sensor.range_m.has_value() != sensor.site.has_value())
      table.refuse("name", "coverage needs both at and range_nm; give both or neither");
    if (!out.emplace(sensor.name, sensor).second)
      table.refuse("name", fmt::format("there is a sensor \"{}\" above already", sensor.name));
  }
  root.only_known();
  if (file->wrong()) return std::unexpected(*file->wrong());
  return out;
}

}  // namespace varne
