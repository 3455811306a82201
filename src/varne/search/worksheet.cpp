#include "varne/search/worksheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>

#include "varne/core/units.h"
#include "varne/search/crew.h"
#include "varne/search/first_boxes.h"
#include "varne/search/timing.h"

namespace varne {
namespace {

constexpr double degrees = 180 / std::numbers::pi;
/// Of a circular normal error: the radius that holds one half, in standard deviations.
const double half_within = std::sqrt(2 * std::numbers::ln2);

double leeway_mps(const LeewayAxis& axis, double wind_mps) {
  return (axis.slope_pct * wind_mps + axis.offset_cm_s) / 100;
}

/// The leeway as worksheets take it, in this wind.
ManualLeeway manual_leeway(const LeewayClass& of, double wind_mps) {
  const double down = leeway_mps(of.downwind, wind_mps);
  const double cross = (std::abs(leeway_mps(of.crosswind_positive, wind_mps)) +
                        std::abs(leeway_mps(of.crosswind_negative, wind_mps))) /
                       2;
  return {std::max(0.0, of.downwind.slope_pct / 100), of.downwind.offset_cm_s / 100,
          down > 0 ? std::atan2(cross, down) * degrees : 0};
}

/// Hour by hour, each with what the sea has in its middle; where it has nothing, that.
Result<std::vector<ManualLeg>> legs_of(const Sea& sea, const LeewayClass& of, Place from, Time begins,
                                       Time ends) {
  std::vector<ManualLeg> out;
  constexpr Duration hour = std::chrono::hours(1);
  Place here = from;
  for (Time now = begins; now < ends;) {
    const Duration lasts = std::min(hour, ends - now);
    const Time middle = now + lasts / 2;
    const auto current = sea.current(here, middle);
    const auto wind = sea.wind(here, middle);
    if (!current || !wind)
      return fail("", fmt::format("the {} at {} at {} is not known", current ? "wind" : "current",
                                  spoken(here), iso(middle)));
    out.push_back({lasts, *current, *wind});
    const double leeway = std::max(0.0, leeway_mps(of.downwind, length(*wind)));
    here = moved(here,
                 (*current + towards(direction_deg(*wind), length(*wind) > 0 ? leeway : 0)) * seconds(lasts));
    now += lasts;
  }
  return out;
}

/// The case that somebody with a worksheet would have before him.
Result<ManualCase> case_of(const DriftRun& run, const Sea* sea, std::span<const LeewayClass> leeway,
                           Time begins) {
  if (!run.scenarios.empty())
    return fail("",
                "it begins from one last known position, and there are several ways it may have happened");
  const auto of = std::ranges::find(leeway, run.leeway_key, &LeewayClass::key);
  if (sea == nullptr || of == leeway.end())
    return fail("", "the leeway or the sea of the forecast is not known");
  const Time lost = run.release.from + (run.release.to - run.release.from) / 2;
  if (lost >= begins) return fail("", "the search begins before the time of the last known position");
  auto legs = legs_of(*sea, *of, run.release.place, lost, begins);
  if (!legs) return std::unexpected(legs.error());
  double wind = 0;
  for (const ManualLeg& leg : *legs) wind += length(leg.wind) / static_cast<double>(legs->size());
  ManualCase out;
  out.last_known = run.release.place;
  out.leeway = manual_leeway(*of, wind);
  out.legs = std::move(*legs);
  out.position_error_m = half_within * run.release.sigma_m;
  return out;
}

}  // namespace

WorksheetPlan worksheet_of(const DriftRun& run, const Sea* sea, std::span<const LeewayClass> leeway,
                           const SearchCloud& cloud, const std::vector<SearchUnit>& units, Time begins,
                           double swept_m2, const PlanOptions& options) {
  WorksheetPlan out;
  out.at = begins;
  const auto without = [&](std::string why) {
    out.missing = std::move(why);
    return out;
  };
  if (!(swept_m2 > 0)) return without("nobody searches: there is no effort to divide");
  const auto asked = case_of(run, sea, leeway, begins);
  if (!asked) return without(asked.error().what);
  const auto datums = manual_datums(*asked);
  if (!datums) return without(datums.error().text());
  out.datum = datums->downwind;
  out.separation = datums->separation;
  if (!(out.datum.total_probable_error_m > 0))
    return without("its total probable error is 0: no error of the position is given, and nothing drifted");
  out.square = manual_square(out.datum.total_probable_error_m, swept_m2, DetectionLaw::random);

  auto crew = crew_of(cloud, units, options);
  if (!crew) return without(crew.error().text());
  const CloudParts parts(cloud, 2048, options.drifting);
  const auto begun = static_cast<std::size_t>(std::clamp(
      (begins - cloud.start) / cloud.slice, std::int64_t{0}, static_cast<std::int64_t>(cloud.slices) - 1));
  const Vec middle = cloud.plane.to(out.datum.place) - parts.gone(begun);
  auto boxes = parts.square(crew->units, out.square.side_m, middle);
  while (drop_idle(cloud, crew->units, boxes)) boxes = parts.square(crew->units, out.square.side_m, middle);
  for (std::size_t u = 0; u < boxes.size(); ++u)
    for (auto& task : timed(cloud, crew->units[u], boxes[u])) crew->plan.tasks.push_back(std::move(task));
  crew->plan.pos = pos_of(cloud, crew->plan.tasks);
  out.plan = std::move(crew->plan);
  return out;
}

Json worksheet_json(const WorksheetPlan& worksheet) {
  if (!worksheet.missing.empty()) return {{"missing", worksheet.missing}};
  const Datum& datum = worksheet.datum;
  return {{"at", Json::array({rounded(datum.place.lon, 6), rounded(datum.place.lat, 6)})},
          {"time", iso(worksheet.at)},
          {"drifted_m", rounded(datum.drifted_m, 1)},
          {"direction_deg", rounded(datum.direction_deg, 1)},
          {"total_probable_error_m", rounded(datum.total_probable_error_m, 1)},
          {"separation", rounded(worksheet.separation, 3)},
          {"search_factor", rounded(worksheet.square.search_factor, 4)},
          {"side_m", rounded(worksheet.square.side_m, 1)},
          {"coverage", rounded(worksheet.square.coverage, 4)},
          {"own_pos", rounded(worksheet.square.pos, 6)},
          {"pos", rounded(worksheet.plan.pos, 6)}};
}

std::string worksheet_text(const WorksheetPlan& worksheet) {
  if (!worksheet.missing.empty()) return "No plan by the worksheets: " + worksheet.missing;
  const Datum& datum = worksheet.datum;
  std::string out = fmt::format(
      "The worksheets: datum {} at {}, total probable error {:.1f} NM, search factor {:.2f}, a square of "
      "{:.1f} "
      "NM with coverage {:.2f}; they count on {:.1f} %, on this forecast it finds {:.1f} %",
      spoken(datum.place), iso(worksheet.at), nm_from_metres(datum.total_probable_error_m),
      worksheet.square.search_factor, nm_from_metres(worksheet.square.side_m), worksheet.square.coverage,
      worksheet.square.pos * 100, worksheet.plan.pos * 100);
  if (worksheet.separation > 4)
    out += "; left and right of the wind lie more than 4 errors apart: they would want two areas";
  return out;
}

}  // namespace varne
