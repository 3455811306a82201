/// Drifters' tracks from a file, and what a calibration says in words and JSON.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "varne/core/csv.h"
#include "varne/core/units.h"
#include "varne/drift/calibrate.h"

namespace varne {
namespace {

constexpr Duration longest_gap = std::chrono::hours(6);
constexpr std::size_t fewest_fixes = 3;

/// The first of these columns that the file has; "" where it has none.
std::string column_of(const CsvFile& csv, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (csv.has(name)) return name;
  }
  return "";
}

struct Columns {
  std::string track, time, lon, lat;
  std::array<std::string, 4> forcing;  // current east, north, wind east, north; all empty: ask the sea
};

Result<Columns> columns_of(const CsvFile& csv, const std::string& path) {
  Columns c;
  c.track = column_of(csv, {"track", "track_id", "id"});
  c.time = column_of(csv, {"time", "time_utc"});
  c.lon = column_of(csv, {"lon", "longitude"});
  c.lat = column_of(csv, {"lat", "latitude"});
  c.forcing = {column_of(csv, {"current_u", "u_current", "u"}),
               column_of(csv, {"current_v", "v_current", "v"}), column_of(csv, {"wind_u", "u_wind"}),
               column_of(csv, {"wind_v", "v_wind"})};
  for (const auto& [what, name] :
       {std::pair{"track", &c.track}, {"time", &c.time}, {"lon", &c.lon}, {"lat", &c.lat}}) {
    if (name->empty()) return fail(path, fmt::format("has no column \"{}\"", what));
  }
  const auto given =
      std::count_if(c.forcing.begin(), c.forcing.end(), [](const auto& n) { return !n.empty(); });
  if (given != 0 && given != 4)
    return fail(path,
                "has some of current_u, current_v, wind_u, wind_v; give all four, or none and the forcing");
  return c;
}

Result<DrifterFix> fix_of(const CsvFile& csv, const Columns& columns) {
  DrifterFix fix;
  const auto time = csv.time(columns.time);
  if (!time) return fail(time.error());
  fix.time = *time;
  const std::pair<const std::string*, double*> numbers[] = {
      {&columns.lon, &fix.place.lon},           {&columns.lat, &fix.place.lat},
      {&columns.forcing[0], &fix.current.east}, {&columns.forcing[1], &fix.current.north},
      {&columns.forcing[2], &fix.wind.east},    {&columns.forcing[3], &fix.wind.north}};
  for (const auto& [column, into] : numbers) {
    if (column->empty()) continue;
    const auto number = csv.number(*column);
    if (!number) return fail(number.error());
    *into = *number;
  }
  fix.place.lon = wrap180(fix.place.lon);
  if (!valid(fix.place)) return fail(csv.where(columns.lat), "lon and lat are no place on the globe");
  return fix;
}

}  // namespace

Result<std::vector<DrifterTrack>> read_tracks(const std::string& path, const Sea& sea) {
  auto csv = CsvFile::open(path, {});
  if (!csv) return fail(csv.error());
  const auto columns = columns_of(*csv, path);
  if (!columns) return fail(columns.error());
  std::vector<DrifterTrack> tracks;
  std::map<std::string, std::pair<std::size_t, Time>, std::less<>>
      last;  // of each track: its piece, and when
  while (true) {
    const auto more = csv->next();
    if (!more) return fail(more.error());
    if (!*more) break;
    auto fix = fix_of(*csv, *columns);
    if (!fix) return fail(fix.error());
    const std::string id((*csv)[columns->track]);
    const auto known = last.find(id);
    if (known != last.end() && fix->time <= known->second.second)
      return fail(csv->where(columns->time), "is not after the fix before of this track; sort it by time");
    const bool goes_on = known != last.end() && fix->time - known->second.second <= longest_gap;
    bool forced = true;
    if (columns->forcing[0].empty()) {
      const auto current = sea.current(fix->place, fix->time);
      const auto wind = sea.wind(fix->place, fix->time);
      forced = current && wind;
      if (forced) fix->current = *current, fix->wind = *wind;
    }
    if (!forced) {
      if (known != last.end()) last.erase(known);  // what follows is a piece of its own
      continue;
    }
    if (!goes_on) tracks.push_back({id, {}});
    const std::size_t piece = goes_on ? known->second.first : tracks.size() - 1;
    tracks[piece].fixes.push_back(*fix);
    last.insert_or_assign(id, std::pair(piece, fix->time));
  }
  std::erase_if(tracks, [](const DrifterTrack& track) { return track.fixes.size() < fewest_fixes; });
  if (tracks.size() < 2)
    return fail(path,
                "holds fewer than two tracks of three fixes with a known current and wind; one half is "
                "fitted, the other judged");
  return tracks;
}

Json calibration_json(const CalibrationReport& report) {
  Json leads = Json::array();
  for (const LeadScore& lead : report.leads)
    leads.push_back({{"hours", lead.hours},
                     {"forecasts", lead.forecasts},
                     {"rms_m", rounded(lead.rms_m, 1)},
                     {"expected_m", rounded(lead.expected_m, 1)},
                     {"crps_m", rounded(lead.crps_m, 1)}});
  Json reliability = Json::array();
  for (std::size_t k = 0; k < report.held.size(); ++k)
    reliability.push_back({{"area", rounded(0.05 * static_cast<double>(k + 1), 2)},
                           {"held", rounded(report.held[k], 4)},
                           {"held_uncalibrated", rounded(report.held_uncalibrated[k], 4)}});
  return {{"windage", rounded(report.fit.windage, 6)},
          {"sigma_mps", rounded(report.fit.sigma_mps, 5)},
          {"tau_s", rounded(report.fit.tau_s, 1)},
          {"log_likelihood", rounded(report.fit.log_likelihood, 3)},
          {"fitted_tracks", report.fitted_tracks},
          {"held_back_tracks", report.held_back_tracks},
          {"leads", std::move(leads)},
          {"reliability", std::move(reliability)},
          {"skill", rounded(report.skill, 4)}};
}

std::string calibration_text(const CalibrationReport& report) {
  const DriftErrorFit& fit = report.fit;
  std::string out = fmt::format(
      "Fitted on {} tracks: windage {:.2f} % of the wind, error σ {:.3f} m/s on each axis, lasting {:.1f} h\n"
      "For a forecast: --current-error {:.3f},{:.2f}\n\n"
      "Judged on {} others\n"
      "lead      forecasts   error RMS an axis   expected      CRPS\n",
      report.fitted_tracks, 100 * fit.windage, fit.sigma_mps, fit.tau_s / 3600, knots_from_mps(fit.sigma_mps),
      fit.tau_s / 3600, report.held_back_tracks);
  const auto to = std::back_inserter(out);
  for (const LeadScore& lead : report.leads)
    fmt::format_to(to, "{:3.0f} h {:14} {:16.2f} km {:8.2f} km {:6.2f} km\n", lead.hours, lead.forecasts,
                   lead.rms_m / 1000, lead.expected_m / 1000, lead.crps_m / 1000);
  fmt::format_to(to, "Skill (Liu and Weisberg) {:.2f}\n\n", report.skill);
  out += "How often the area of p % held the drifter; beside it with 0.05 m/s drawn every ten minutes\n";
  for (std::size_t k = 0; k < report.held.size(); ++k)
    fmt::format_to(to, "{:3} %  {:5.1f} %  {:5.1f} %\n", 5 * (k + 1), 100 * report.held[k],
                   100 * report.held_uncalibrated[k]);
  return out;
}

}  // namespace varne
