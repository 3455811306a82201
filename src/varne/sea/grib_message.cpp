#include "varne/sea/grib_message.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "varne/core/text.h"
#include "varne/sea/cf_units.h"
#include "varne/sea/reading.h"

namespace varne {
namespace {

constexpr std::size_t most_values = std::size_t{1} << 28;  // of one field
constexpr double absent = 1e20;                            // asked of ecCodes for points without a value
constexpr double deepest_surface_m = 15;

std::string text_of(codes_handle* handle, const char* key) {
  std::array<char, 128> text{};
  std::size_t length = text.size();
  return codes_get_string(handle, key, text.data(), &length) == CODES_SUCCESS ? text.data() : "";
}
std::optional<long> whole_of(codes_handle* handle, const char* key) {
  long value = 0;
  return codes_get_long(handle, key, &value) == CODES_SUCCESS ? std::optional(value) : std::nullopt;
}

Result<std::vector<double>> doubles_of(codes_handle* handle, const char* key, const std::string& where) {
  std::size_t size = 0;
  if (codes_get_size(handle, key, &size) != CODES_SUCCESS || size > most_values)
    return fail(where, fmt::format("has no {} that can be read; fetch the file again", key));
  std::vector<double> values(size);
  if (const int status = codes_get_double_array(handle, key, values.data(), &size); status != CODES_SUCCESS)
    return fail(where, fmt::format("has no {} that can be read ({}); fetch the file again", key,
                                   codes_get_error_message(status)));
  values.resize(size);
  return values;
}

std::optional<Time> time_of(codes_handle* handle, const char* date_key, const char* clock_key) {
  const auto date = whole_of(handle, date_key);
  const auto clock = whole_of(handle, clock_key);
  if (!date || !clock || *clock < 0 || *clock / 100 > 23 || *clock % 100 > 59) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year(static_cast<int>(*date / 10000)),
                                        std::chrono::month(static_cast<unsigned>(*date / 100 % 100)),
                                        std::chrono::day(static_cast<unsigned>(*date % 100))};
  if (!day.ok() || *date < 10101 || *date > 99991231) return std::nullopt;
  return std::chrono::sys_days(day) + std::chrono::hours(*clock / 100) + std::chrono::minutes(*clock % 100);
}

/// What a message holds, by WMO's code tables (edition 2: 4.2-0-2, 4.2-10-0, -1 and -3) or ecCodes' names.
std::optional<Meaning> meaning_of(codes_handle* handle) {
  struct Row {
    long discipline, category, number;
    Quantity quantity;
    Part part;
  };
  constexpr std::array rows{Row{0, 2, 0, Quantity::wind, Part::from},
                            Row{0, 2, 1, Quantity::wind, Part::speed},
                            Row{0, 2, 2, Quantity::wind, Part::x},
                            Row{0, 2, 3, Quantity::wind, Part::y},
                            Row{10, 1, 0, Quantity::current, Part::towards},
                            Row{10, 1, 1, Quantity::current, Part::speed},
                            Row{10, 1, 2, Quantity::current, Part::x},
                            Row{10, 1, 3, Quantity::current, Part::y},
                            Row{10, 0, 3, Quantity::wave_height, Part::whole},
                            Row{10, 3, 0, Quantity::water_temperature, Part::whole}};
  const auto of = [](Quantity quantity, Part part) {
    const bool polar = part == Part::speed || part == Part::from || part == Part::towards;
    return Meaning{quantity, part, Share::plain, false,
                   polar ? "GRIB speed and direction" : "GRIB components"};
  };
  if (whole_of(handle, "edition") == 2) {
    for (const Row& row : rows) {
      if (whole_of(handle, "discipline") == row.discipline &&
          whole_of(handle, "parameterCategory") == row.category &&
          whole_of(handle, "parameterNumber") == row.number)
        return of(row.quantity, row.part);
    }
  }
  const std::string name = text_of(handle, "shortName");
  if (name == "10u" || name == "u" || name == "100u") return of(Quantity::wind, Part::x);
  if (name == "10v" || name == "v" || name == "100v") return of(Quantity::wind, Part::y);
  if (name == "10si" || name == "ws") return of(Quantity::wind, Part::speed);
  if (name == "10wdir" || name == "wdir") return of(Quantity::wind, Part::from);
  if (name == "ucurr" || name == "ocu") return of(Quantity::current, Part::x);
  if (name == "vcurr" || name == "ocv") return of(Quantity::current, Part::y);
  if (name == "swh") return of(Quantity::wave_height, Part::whole);
  if (name == "sst") return of(Quantity::water_temperature, Part::whole);
  return std::nullopt;
}

/// Depth of a sea field below the surface; nothing with a reason where the level is not the one that counts.
Result<double> level_of(codes_handle* handle, Quantity quantity, const std::string& where) {
  const std::string kind = text_of(handle, "typeOfLevel");
  double level = 0;
  codes_get_double(handle, "level", &level);
  if (quantity == Quantity::wind) {
    const std::string name = text_of(handle, "shortName");
    const bool named = name.starts_with("10") && !name.starts_with("100");
    const bool height = kind == "heightAboveGround" || kind == "heightAboveSea";
    if ((height && std::abs(level - 10) <= 2) || (named && kind == "surface")) return 0;
    return fail(
        where,
        fmt::format("is a wind at {:g}{} ({}), and none at 10 m; give a file with the wind at 10 m", level,
                    height                    ? " m"
                    : kind == "isobaricInhPa" ? " hPa"
                                              : "",
                    kind));
  }
  if (quantity != Quantity::current || kind == "surface" || kind == "oceanSurface" || kind == "meanSea")
    return 0;
  if (kind != "depthBelowSea" && kind != "depthBelowSeaLayer" && kind != "unknown")
    return fail(where, fmt::format("is a current at {} {:g}, not at the surface", kind, level));
  if (std::abs(level) > deepest_surface_m)
    return fail(
        where,
        fmt::format("is a current {:g} m below the surface; give a file with the surface in it", level));
  return std::abs(level);
}

/// Brings numbers of a message into rows from west to east; ecCodes gives them as they were sent.
std::vector<double> in_rows(codes_handle* handle, std::vector<double> sent, std::size_t rows,
                            std::size_t columns) {
  const bool by_columns = whole_of(handle, "jPointsAreConsecutive").value_or(0) != 0;
  const bool westwards = whole_of(handle, "iScansNegatively").value_or(0) != 0;
  if (!by_columns && !westwards) return sent;
  std::vector<double> ordered(sent.size());
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      const std::size_t from = westwards ? columns - 1 - column : column;
      ordered[row * columns + column] = sent[by_columns ? from * rows + row : row * columns + from];
    }
  }
  return ordered;
}

std::optional<std::pair<std::size_t, std::size_t>> shape_of(codes_handle* handle) {
  const auto ni = whole_of(handle, "Ni");
  const auto nj = whole_of(handle, "Nj");
  if (!ni || !nj || *ni < 2 || *nj < 2 || *ni > (1 << 20) || *nj > (1 << 20)) return std::nullopt;
  return std::pair(static_cast<std::size_t>(*nj), static_cast<std::size_t>(*ni));
}

}  // namespace

GribHandle grib_head(const std::string& head) {
  return GribHandle(codes_handle_new_from_partial_message_copy(nullptr, head.data(), head.size()));
}

GribHandle grib_whole(const std::string& message) {
  return GribHandle(codes_handle_new_from_message(nullptr, message.data(), message.size()));
}

Result<std::shared_ptr<const Grid>> grib_grid(codes_handle* handle, const std::string& where) {
  const std::string kind = text_of(handle, "gridType");
  const auto shape = shape_of(handle);
  if (kind.starts_with("reduced") || kind.starts_with("unstructured") || kind == "sh" || !shape ||
      whole_of(handle, "alternativeRowScanning").value_or(0) != 0)
    return fail(where,
                fmt::format("lies on a grid of the kind \"{}\"; put it on a longitude-latitude grid, for "
                            "example with CDO (cdo -f grb2 remapbil,GRID IN OUT), and give that",
                            shown(kind)));
  auto lons = doubles_of(handle, "longitudes", where);
  if (!lons) return fail(lons.error());
  auto lats = doubles_of(handle, "latitudes", where);
  if (!lats) return fail(lats.error());
  const auto [rows, columns] = *shape;
  if (lons->size() != rows * columns || lats->size() != lons->size())
    return fail(where, "has another number of points than its grid; fetch the file again");
  lons = in_rows(handle, std::move(*lons), rows, columns);
  lats = in_rows(handle, std::move(*lats), rows, columns);
  if (kind == "regular_ll" || kind == "regular_gg") {
    std::vector<double> x(lons->begin(), lons->begin() + static_cast<std::ptrdiff_t>(columns));
    std::vector<double> y;
    for (std::size_t row = 0; row < rows; ++row) y.push_back((*lats)[row * columns]);
    auto along_x = Axis::of(std::move(x), true);
    if (!along_x) return fail(where, "its longitude axis " + along_x.error().what);
    auto along_y = Axis::of(std::move(y), false);
    if (!along_y) return fail(where, "its latitude axis " + along_y.error().what);
    return std::make_shared<PlainGrid>(std::move(*along_x), std::move(*along_y), nullptr);
  }
  auto mesh = CurvilinearGrid::of(rows, columns, std::move(*lons), std::move(*lats), {});
  if (!mesh) return fail(where, mesh.error().what);
  return std::move(*mesh);
}

Result<std::optional<GribHead>> grib_head_of(codes_handle* handle, const std::string& where,
                                             std::vector<Error>& left_out) {
  auto meaning = meaning_of(handle);
  if (!meaning) return std::nullopt;
  const auto depth = level_of(handle, meaning->quantity, where);
  if (!depth) {
    left_out.push_back(depth.error());
    return std::nullopt;
  }
  if (const std::string step = text_of(handle, "stepType"); !step.empty() && step != "instant") {
    left_out.push_back({where, fmt::format("is no value of a moment ({})", shown(step))});
    return std::nullopt;
  }
  GribHead out;
  out.depth_m = *depth;
  if (whole_of(handle, "numberOfForecastsInEnsemble").value_or(0) > 1)
    out.member = static_cast<int>(whole_of(handle, "number").value_or(0));
  const auto time = time_of(handle, "validityDate", "validityTime");
  if (!time) return fail(where, "says no moment that it holds at; fetch the file again");
  out.time = *time;
  out.began = time_of(handle, "dataDate", "dataTime");
  // Of both editions' flags the bit that says so. ecCodes has a name for it, but not on every kind of grid.
  constexpr long along_the_grid = 8;
  meaning->along_axes = (whole_of(handle, "resolutionAndComponentFlags").value_or(0) & along_the_grid) != 0;
  out.meaning = std::move(*meaning);
  if (const std::string hash = text_of(handle, "md5GridSection"); !hash.empty())
    out.grid = hash + text_of(handle, "scanningMode");
  return out;
}

Result<std::vector<float>> grib_values(codes_handle* handle, const Meaning& meaning, const Grid& grid,
                                       const std::string& where) {
  codes_set_double(handle, "missingValue", absent);
  auto sent = doubles_of(handle, "values", where);
  if (!sent) return fail(sent.error());
  if (sent->size() != grid.size())
    return fail(where, "has another number of values than points; fetch the file again");
  const char* own = measure_of(meaning).unit;
  const auto unit = unit_conversion(meaning.quantity == Quantity::water_temperature ? "K" : own, own);
  if (!unit) return fail(where, unit.error().what);
  std::vector<float> out;
  out.reserve(sent->size());
  for (const double value : in_rows(handle, std::move(*sent), grid.rows(), grid.columns()))
    out.push_back(value == absent ? std::numeric_limits<float>::quiet_NaN()
                                  : static_cast<float>((*unit)(value)));
  return out;
}

}  // namespace varne
