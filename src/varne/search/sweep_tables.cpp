/// The files of sweep widths and their factors.

#include <fmt/format.h>

#include <algorithm>

#include "varne/core/csv.h"
#include "varne/core/enum_named.h"
#include "varne/core/letters.h"
#include "varne/core/toml.h"
#include "varne/core/units.h"
#include "varne/search/sweep_width.h"

namespace varne {
namespace {

constexpr std::array column_names{"vis_1", "vis_3", "vis_5", "vis_10", "vis_15", "vis_20", "vis_30"};

/// The value of this name in a file, or the first where it was refused.
template <NamedEnum E>
E one_of(TomlTable& table, const char* field, const std::string& name) {
  if (const auto value = enum_named<E>(name)) return *value;
  std::string known;
  for (const auto& [value, each] : EnumNames<E>::values)
    known += (known.empty() ? "" : ", ") + std::string(each);
  table.refuse(field, fmt::format("\"{}\" is none of {}", name, known));
  return EnumNames<E>::values.front().first;
}

}  // namespace

std::span<const double> SweepWidths::speed_columns_kn(SearchPlatform platform) {
  static constexpr std::array<double, 3> aeroplane{150, 180, 210};
  static constexpr std::array<double, 4> helicopter{60, 90, 120, 140};
  if (platform == SearchPlatform::aeroplane) return aeroplane;
  if (platform == SearchPlatform::helicopter) return helicopter;
  return {};
}

Result<SweepWidths> SweepWidths::load(const std::string& table_csv, const std::string& factors_toml) {
  SweepWidths out;
  if (auto done = out.read_table(table_csv); !done) return fail(done.error());
  if (auto done = out.read_factors(factors_toml); !done) return fail(done.error());
  for (const auto& [name, object] : out.objects_) {
    if (!out.weather_.contains({"IAMSAR", object.size}))
      return fail(factors_toml, fmt::format("has no IAMSAR weather factor for {} objects", object.size));
    for (const auto platform : {SearchPlatform::helicopter, SearchPlatform::aeroplane})
      if (object.rows.contains(platform) && !out.speed_.contains({platform, name}))
        return fail(factors_toml,
                    fmt::format("has no speed factor of a {} for \"{}\"", enum_name(platform), name));
  }
  return out;
}

Done SweepWidths::read_table(const std::string& path) {
  std::vector<std::string> needed{"object", "size", "platform", "height_ft"};
  needed.insert(needed.end(), column_names.begin(), column_names.end());
  auto file = CsvFile::open(path, needed);
  if (!file) return fail(file.error());
  for (;;) {
    const auto more = file->next();
    if (!more) return fail(more.error());
    if (!*more) break;
    const auto platform = enum_named<SearchPlatform>((*file)["platform"]);
    if (!platform) return fail(file->where("platform"), "is none of boat, helicopter, aeroplane");
    const auto height = file->number("height_ft");
    if (!height) return fail(height.error());
    Row row{*height, {}};
    for (std::size_t i = 0; i < columns; ++i) {
      if ((*file)[column_names[i]].empty()) continue;
      const auto width = file->number(column_names[i]);
      if (!width) return fail(width.error());
      if (*width < 0) return fail(file->where(column_names[i]), "a sweep width is 0 or more");
      row.width_nm[i] = *width;
    }
    if (!row.width_nm[0]) return fail(file->where("vis_1"), "the first number of a row is needed");
    Object& object = objects_[std::string((*file)["object"])];
    object.size = (*file)["size"];
    auto& rows = object.rows[*platform];
    if (!rows.empty() && rows.back().height_ft >= row.height_ft)
      return fail(file->where("height_ft"), "heights of one object and platform rise from row to row");
    rows.push_back(row);
  }
  if (objects_.empty()) return fail(path, "holds no sweep width");
  return {};
}

Done SweepWidths::read_factors(const std::string& path) {
  const auto file = TomlFile::open(path);
  if (!file) return fail(file.error());
  TomlTable root = file->root();
  if (auto weather = root.table("weather")) {
    medium_wind_kn_ = weather->number("medium_wind_kn", 0, 100);
    medium_sea_m_ = weather->number("medium_sea_m", 0, 20);
    high_wind_kn_ = weather->number("high_wind_kn", 0, 100);
    high_sea_m_ = weather->number("high_sea_m", 0, 20);
    for (TomlTable& each : weather->tables("factor")) {
      auto& rule = weather_[{each.text("authority"), each.text("size")}];
      rule = {each.number("low", 0, 1), each.number("medium", 0, 1), each.number("high", 0, 1)};
      each.only_known();
    }
    weather->only_known();
  } else {
    root.refuse("weather", "is needed");
  }
  for (TomlTable& each : root.tables("speed")) {
    const auto platform = one_of<SearchPlatform>(each, "platform", each.text("platform"));
    const auto factors = each.numbers("factor", speed_columns_kn(platform).size(), 0, 3);
    for (const auto& object : each.texts("objects")) speed_[{platform, object}] = factors;
    each.only_known();
  }
  root.only_known();
  if (file->wrong()) return fail(*file->wrong());
  return {};
}

Done SweepWidths::state(const std::string& path) {
  const auto file = TomlFile::open(path);
  if (!file) return fail(file.error());
  TomlTable root = file->root();
  std::vector<StatedSweepWidth> stated;
  for (TomlTable& each : root.tables("stated")) {
    StatedSweepWidth s;
    s.object = each.text("object");
    s.object = as_seen(s.object);
    s.sensor = one_of<SearchSensor>(each, "sensor", each.text("sensor"));
    s.night = each.truth("night");
    if (const auto platform = each.maybe_text("platform"))
      s.platform = one_of<SearchPlatform>(each, "platform", *platform);
    s.width_m = metres_from_nm(each.number("width_nm", 0.001, 100));
    s.source = each.text("source");
    if (s.source.empty()) each.refuse("source", "is empty; a stated sweep width needs one");
    each.only_known();
    stated.push_back(std::move(s));
  }
  root.only_known();
  if (file->wrong()) return fail(*file->wrong());
  stated_.insert(stated_.end(), stated.begin(), stated.end());
  return {};
}

}  // namespace varne
