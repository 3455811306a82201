#include "varne/feed/plots.h"

#include <fmt/format.h>

#include <algorithm>

#include "varne/core/csv.h"
#include "varne/core/text.h"
#include "varne/feed/written_time.h"

namespace varne {
namespace {

/// What each column is called, our own name first; compared in small letters, letters and digits only.
const std::array<std::vector<std::string_view>, 7> column_names{
    {{"time", "timestamp", "datetime", "utc", "timeutc", "utctime"},
     {"radar", "sensor", "radarname"},
     {"scan", "turn", "scannumber", "scanid"},
     {"plot", "plotnumber", "plotid"},
     {"lon", "longitude", "long", "lng", "londeg", "longitudedeg"},
     {"lat", "latitude", "latdeg", "latitudedeg"},
     {"sigmam", "sigmainm", "sigmametres", "sigmameters"}}};
constexpr std::array<const char*, 7> shown_names{"time", "radar", "scan", "plot", "lon", "lat", "sigma_m"};
constexpr double most_sigma_m = 100000;
constexpr std::string_view delimiters = ",;\t|";

/// Without a byte order mark, NULs and blanks around it.
std::string_view without_debris(std::string_view line) {
  if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  while (!line.empty() && (line.back() == '\0')) line.remove_suffix(1);
  return trim(line);
}

/// "Sigma [m]" and "SIGMA_M" are "sigmam".
std::string plain(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

/// The one that stands most often in the header.
char delimiter_of(std::string_view header) {
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char c : delimiters) {
    const auto n = std::count(header.begin(), header.end(), c);
    if (n > most) {
      most = n;
      best = c;
    }
  }
  return best;
}

bool names_a_column(std::string_view field) {
  const auto name = plain(field);
  return std::any_of(column_names.begin(), column_names.end(), [&](const auto& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  });
}

Result<std::uint32_t> count(std::string_view column, std::string_view text) {
  const auto value = parse_whole(text);
  if (!value || *value < 0 || *value > 0xffffffffLL)
    return fail(std::string(column), fmt::format("\"{}\" is not a whole number from 0", shown(text)));
  return static_cast<std::uint32_t>(*value);
}

Result<Time> time_in(std::string_view text) {
  if (auto time = parse_time(text)) return time;
  if (const auto time = written_time(text)) return *time;
  return fail("time", fmt::format("\"{}\" is not a time; write UTC as 2021-11-11T05:00:00Z", shown(text)));
}

}  // namespace

bool is_plot_header(std::string_view line) {
  line = without_debris(line);
  // Most rows begin with a time.
  if (line.empty() || line.front() == '#' || (line.front() >= '0' && line.front() <= '9')) return false;
  const auto fields = csv_fields(line, delimiter_of(line));
  if (!fields || fields->size() < 2) return false;
  const auto known = std::count_if(fields->begin(), fields->end(), names_a_column);
  const bool numbers = std::any_of(fields->begin(), fields->end(),
                                   [](const auto& f) { return parse_number(trim(f)).has_value(); });
  return known >= 2 && !numbers;
}

Done PlotReader::header(const std::vector<std::string>& fields) {
  width_ = 0;
  header_refused_ = true;
  for (std::size_t c = 0; c < columns; ++c) {
    const auto& names = column_names[c];
    const auto is_it = [&](const std::string& field) {
      return std::find(names.begin(), names.end(), plain(field)) != names.end();
    };
    const auto at = std::find_if(fields.begin(), fields.end(), is_it);
    if (at == fields.end()) return fail("", fmt::format("the header lacks the column {}", shown_names[c]));
    if (std::find_if(std::next(at), fields.end(), is_it) != fields.end())
      return fail("",
                  fmt::format("the header names the column {} twice; which one is meant?", shown_names[c]));
    order_[c] = static_cast<std::size_t>(at - fields.begin());
  }
  width_ = fields.size();
  header_refused_ = false;
  return {};
}

/// With a decimal comma where the comma does not part the fields.
std::optional<double> PlotReader::number_in(std::string_view text) const {
  if (delimiter_ == ',' || text.find(',') == std::string_view::npos) return parse_number(text);
  if (text.find('.') != std::string_view::npos) return std::nullopt;
  std::string with_point(text);
  std::replace(with_point.begin(), with_point.end(), ',', '.');
  return parse_number(with_point);
}

Result<std::optional<PlotRow>> PlotReader::take(std::string_view line) {
  const auto text = without_debris(line);
  if (text.empty() || text.front() == '#') return std::nullopt;
  if (is_plot_header(text)) {
    delimiter_ = delimiter_of(text);
    const auto names = csv_fields(text, delimiter_);
    if (const auto done = header(*names); !done) return std::unexpected(done.error());
    return std::nullopt;
  }
  if (width_ == 0)
    return fail("",
                header_refused_
                    ? "the header above was refused, so the columns are not known"
                    : "no header has come that names the columns, so they are not known; the first "
                      "line must read time,radar,scan,plot,lon,lat,sigma_m or name them in its own order");
  const auto fields = csv_fields(text, delimiter_);
  if (!fields) return std::unexpected(fields.error());
  if (fields->size() != width_)
    return fail("", fmt::format("{} fields where there are {} columns", fields->size(), width_));
  const auto field = [&](std::size_t c) { return trim((*fields)[order_[c]]); };
  const auto number = [&](std::size_t c) -> Result<double> {
    const auto value = number_in(field(c));
    if (!value) return fail(shown_names[c], fmt::format("\"{}\" is not a number", shown(field(c))));
    return *value;
  };

  const auto time = time_in(field(0));
  if (!time) return std::unexpected(time.error());
  const auto radar = field(1);
  if (radar.empty() || !is_utf8(radar)) return fail("radar", "must be the name of the radar");
  const auto scan = count("scan", field(2));
  if (!scan) return std::unexpected(scan.error());
  const auto index = count("plot", field(3));
  if (!index) return std::unexpected(index.error());
  const auto lon = number(4);
  if (!lon) return std::unexpected(lon.error());
  const auto lat = number(5);
  if (!lat) return std::unexpected(lat.error());
  const auto sigma = number(6);
  if (!sigma) return std::unexpected(sigma.error());
  const RadarPlot plot{*index, *time, {*lon, *lat}, *sigma};
  if (!valid(plot.place)) return fail("lon, lat", fmt::format("{}, {} is no place on the globe", *lon, *lat));
  if (*sigma <= 0 || *sigma > most_sigma_m)
    return fail("sigma_m", fmt::format("{} m; it must be above 0 and at most {}", *sigma, most_sigma_m));
  return PlotRow{std::string(radar), *scan, plot};
}

}  // namespace varne
