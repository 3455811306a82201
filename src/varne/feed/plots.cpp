#include "varne/feed/plots.h"

#include <fmt/format.h>

#include <algorithm>

#include "varne/core/csv.h"
#include "varne/core/text.h"

namespace varne {
namespace {

constexpr std::array<const char*, 7> names{"time", "radar", "scan", "plot", "lon", "lat", "sigma_m"};
constexpr double most_sigma_m = 100000;

Result<double> number(std::string_view column, std::string_view text) {
  const auto value = parse_number(text);
  if (!value) return fail(std::string(column), fmt::format("\"{}\" is not a number", shown(text)));
  return *value;
}

Result<std::uint32_t> count(std::string_view column, std::string_view text) {
  const auto value = parse_whole(text);
  if (!value || *value < 0 || *value > 0xffffffffLL)
    return fail(std::string(column), fmt::format("\"{}\" is not a whole number from 0", shown(text)));
  return static_cast<std::uint32_t>(*value);
}

}  // namespace

Done PlotReader::header(const std::vector<std::string>& fields) {
  width_ = 0;
  for (std::size_t c = 0; c < columns; ++c) {
    const auto at = std::find(fields.begin(), fields.end(), names[c]);
    if (at == fields.end()) return fail("", fmt::format("the header lacks the column {}", names[c]));
    order_[c] = static_cast<std::size_t>(at - fields.begin());
  }
  width_ = fields.size();
  return {};
}

Result<std::optional<PlotRow>> PlotReader::take(std::string_view line) {
  const auto text = trim(line);
  if (text.empty() || text.front() == '#') return std::nullopt;
  const auto fields = csv_fields(text);
  if (!fields) return std::unexpected(fields.error());
  if (std::find(fields->begin(), fields->end(), "time") != fields->end()) {
    if (const auto done = header(*fields); !done) return std::unexpected(done.error());
    return std::nullopt;
  }
  // Guessing at the columns could swap longitude and latitude unseen.
  if (width_ == 0) return fail("", "the header above was refused, so the columns are not known");
  if (fields->size() != width_)
    return fail("", fmt::format("{} fields where there are {} columns", fields->size(), width_));
  const auto field = [&](std::size_t c) -> std::string_view { return (*fields)[order_[c]]; };

  const auto time = parse_time(field(0));
  if (!time) return std::unexpected(time.error().in("time"));
  const auto radar = field(1);
  if (radar.empty() || !is_utf8(radar)) return fail("radar", "must be the name of the radar");
  const auto scan = count("scan", field(2));
  if (!scan) return std::unexpected(scan.error());
  const auto index = count("plot", field(3));
  if (!index) return std::unexpected(index.error());
  const auto lon = number("lon", field(4));
  if (!lon) return std::unexpected(lon.error());
  const auto lat = number("lat", field(5));
  if (!lat) return std::unexpected(lat.error());
  const auto sigma = number("sigma_m", field(6));
  if (!sigma) return std::unexpected(sigma.error());
  const RadarPlot plot{*index, *time, {*lon, *lat}, *sigma};
  if (!valid(plot.place)) return fail("lon, lat", fmt::format("{}, {} is no place on the globe", *lon, *lat));
  if (*sigma <= 0 || *sigma > most_sigma_m)
    return fail("sigma_m", fmt::format("{} m; it must be above 0 and at most {}", *sigma, most_sigma_m));
  return PlotRow{std::string(radar), *scan, plot};
}

}  // namespace varne
