#include "varne/search/sweep_width.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "varne/core/letters.h"
#include "varne/core/units.h"

namespace varne {
namespace {

constexpr double metres_per_foot = 0.3048;
constexpr std::array<double, 7> visibilities_nm{1, 3, 5, 10, 15, 20, 30};

void need(SweepAnswer& answer, std::string what) {
  answer.missing += (answer.missing.empty() ? "" : "; ") + std::move(what);
}

/// On the straight line between the neighbours of x; at the ends, the end.
double between(std::span<const double> xs, std::span<const double> ys, double x) {
  if (x <= xs.front()) return ys.front();
  for (std::size_t i = 1; i < xs.size(); ++i)
    if (x <= xs[i]) return ys[i - 1] + (ys[i] - ys[i - 1]) * (x - xs[i - 1]) / (xs[i] - xs[i - 1]);
  return ys.back();
}

}  // namespace

std::vector<std::string> SweepWidths::objects() const {
  std::vector<std::string> out;
  for (const auto& [name, object] : objects_) out.push_back(name);
  return out;
}

void SweepWidths::ask_table(const Object& object, const SweepQuery& query, SweepAnswer& answer) const {
  const auto& rows = object.rows.at(query.platform);
  if (!query.visibility_m) need(answer, "the visibility");
  if (!query.height_m)
    need(answer, query.platform == SearchPlatform::boat ? "the height of eye" : "the altitude");
  if (!query.visibility_m || !query.height_m) return;
  const double visibility = nm_from_metres(*query.visibility_m);
  const double height = *query.height_m / metres_per_foot;
  if (visibility < visibilities_nm.front()) {
    need(answer, fmt::format("a width for {:.1f} nm of visibility: the tables begin at 1 nm", visibility));
    return;
  }
  const bool boat = query.platform == SearchPlatform::boat;
  // The tables' ends in feet, with half a foot for what was metres before.
  if (height < rows.front().height_ft - 0.5 || (!boat && height > rows.back().height_ft + 0.5)) {
    need(answer, fmt::format("a width for {:.0f} ft: the tables go from {:g} to {:g} ft", height,
                             rows.front().height_ft, rows.back().height_ft));
    return;
  }
  if (height > rows.back().height_ft + 0.5)
    answer.notes.push_back(
        fmt::format("a height of eye of {:.0f} ft counts as {:g} ft, the highest of the table", height,
                    rows.back().height_ft));
  std::vector<double> heights;
  std::vector<double> widths;
  bool beyond = false;
  for (const Row& row : rows) {
    // A column that is not there is as the one before it: the table names a number where it changes.
    std::array<double, columns> filled{};
    for (std::size_t i = 0; i < columns; ++i)
      filled[i] = row.width_nm[i] ? *row.width_nm[i] : i > 0 ? filled[i - 1] : 0;
    const auto last = std::find_if(std::rbegin(row.width_nm), std::rend(row.width_nm),
                                   [](const auto& w) { return w.has_value(); });
    beyond =
        beyond || visibility > visibilities_nm[static_cast<std::size_t>(std::rend(row.width_nm) - last) - 1];
    heights.push_back(row.height_ft);
    widths.push_back(between(visibilities_nm, filled, visibility));
  }
  if (beyond)
    answer.notes.push_back(
        "the visibility is beyond the last number of the table, which is used as it stands");
  answer.uncorrected_m = metres_from_nm(between(heights, widths, height));
}

void SweepWidths::ask_weather(const Object& object, const SweepQuery& query, SweepAnswer& answer) const {
  if (!query.wind_mps && !query.sea_m) {
    need(answer, "the wind or the sea");
    return;
  }
  auto found = weather_.find({query.authority, object.size});
  if (found == weather_.end()) {
    found = weather_.find({"IAMSAR", object.size});
    answer.notes.push_back(fmt::format("\"{}\" has no weather factors for {} objects; IAMSAR's are used",
                                       query.authority, object.size));
  }
  const double wind = knots_from_mps(query.wind_mps.value_or(0));
  const double sea = query.sea_m.value_or(0);
  const bool high = wind > high_wind_kn_ || sea > high_sea_m_;
  const bool medium = wind > medium_wind_kn_ || sea > medium_sea_m_;
  answer.weather_factor = high ? found->second.high : medium ? found->second.medium : found->second.low;
  if (!high && !(query.wind_mps && query.sea_m))
    answer.notes.push_back(query.wind_mps ? "the sea is not known; the wind alone made the weather factor"
                                          : "the wind is not known; the sea alone made the weather factor");
}

void SweepWidths::ask_speed(const SweepQuery& query, SweepAnswer& answer) const {
  if (query.platform == SearchPlatform::boat) {
    answer.speed_factor = 1;  // the tables correct aircraft only
    return;
  }
  if (!query.speed_mps) {
    need(answer, "the searcher's speed");
    return;
  }
  const double speed = knots_from_mps(*query.speed_mps);
  const auto columns_kn = speed_columns_kn(query.platform);
  if (speed > columns_kn.back() + 0.05) {
    need(answer, fmt::format("a factor for {:.0f} kn: the tables end at {:g} kn", speed, columns_kn.back()));
    return;
  }
  if (speed < columns_kn.front() - 0.05)
    answer.notes.push_back(
        fmt::format("{:.0f} kn counts as {:g} kn, the slowest of the table", speed, columns_kn.front()));
  answer.speed_factor = between(columns_kn, speed_.at({query.platform, query.object}), speed);
}

Result<SweepAnswer> SweepWidths::width(const SweepQuery& query) const {
  SweepQuery asked = query;
  asked.object = as_seen(asked.object);
  SweepAnswer answer;
  for (const auto& s : stated_) {
    if (s.object != asked.object || s.sensor != asked.sensor || s.night != asked.night) continue;
    if (s.platform && *s.platform != asked.platform) continue;
    answer.width_m = s.width_m;
    answer.source = s.source;
    return answer;
  }
  const auto found = objects_.find(asked.object);
  if (found == objects_.end())
    return fail("object", fmt::format("\"{}\" is in no table of sweep widths; there are: {}", asked.object,
                                      fmt::join(objects(), ", ")));
  if (asked.sensor != SearchSensor::eye || asked.night) {
    need(answer, fmt::format("a sweep width for {}{}: no table has one; state it with its source",
                             enum_name(asked.sensor), asked.night ? " at night" : ""));
    return answer;
  }
  answer.source = "COMDTINST M16130.2F, visual, by day";
  answer.fatigue_factor = asked.tired ? 0.9 : 1;
  ask_table(found->second, asked, answer);
  ask_weather(found->second, asked, answer);
  ask_speed(asked, answer);
  if (answer.uncorrected_m && answer.weather_factor && answer.speed_factor)
    answer.width_m =
        *answer.uncorrected_m * *answer.weather_factor * *answer.speed_factor * answer.fatigue_factor;
  return answer;
}

}  // namespace varne
