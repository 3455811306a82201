#include "varne/drift/outputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>

#include "varne/core/markup.h"
#include "varne/core/units.h"
#include "varne/drift/notes.h"
#include "varne/drift/ring.h"
#include "varne/drift/summary.h"

namespace varne {
namespace {

constexpr std::array shares{0.5, 0.9, 0.95};

/// "5100.0N00130.0E": degrees and minutes, as sent over a radio.
std::string radio(Place place) {
  const auto axis = [](double value, int width, char positive, char negative) {
    const long tenths = std::lround(std::abs(value) * 600);
    return fmt::format("{:0{}}{:04.1f}{}", tenths / 600, width, static_cast<double>(tenths % 600) / 10,
                       value < 0 ? negative : positive);
  };
  return axis(place.lat, 2, 'N', 'S') + axis(place.lon, 3, 'E', 'W');
}

std::string day_hour(Time time) {
  const std::string text = iso(time);  // 2021-11-11T05:00:00Z
  return text.substr(8, 2) + text.substr(11, 2) + text.substr(14, 2) + "Z";
}

/// Little-endian bytes of a TIFF file.
struct Tiff {
  std::string bytes;
  template <class T>
  void put(T value) {
    static_assert(std::endian::native == std::endian::little);
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
};

Done write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary);
  out << bytes;
  out.close();
  if (!out) return fail(path, "the file cannot be written");
  return {};
}

}  // namespace

std::optional<Place> most_probable(const DriftSnapshot& snapshot, std::span<const double> weights) {
  const auto rings = contour(snapshot, 0.1, weights);
  if (rings.empty()) return std::nullopt;
  const auto longest = std::max_element(rings.begin(), rings.end(),
                                        [](const auto& a, const auto& b) { return a.size() < b.size(); });
  DriftSnapshot border;
  border.places = *longest;
  border.places.pop_back();  // the first again
  border.states.assign(border.places.size(), ParticleState::adrift);
  return summary(border).mean;
}

std::string forecast_gpx(const DriftRun& run) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"varne\" "
      "xmlns=\"http://www.topografix.com/GPX/1/1\">\n<metadata><desc>" +
      escaped(told_of(run)) + "</desc></metadata>\n";
  const auto to = std::back_inserter(out);
  for (const auto& snapshot : run.snapshots) {
    if (const auto at = most_probable(snapshot, run.weights))
      fmt::format_to(to, "<wpt lat=\"{:.6f}\" lon=\"{:.6f}\"><time>{}</time><name>{} {}</name></wpt>\n",
                     at->lat, at->lon, iso(snapshot.time), run.leeway_key, day_hour(snapshot.time));
  }
  for (const double share : shares) {
    for (const auto& ring : contour(run.snapshots.back(), share, run.weights)) {
      fmt::format_to(to,
                     "<trk><name>{} {:.0f} % {}</name><desc>A forecast, not an observation</desc><trkseg>\n",
                     run.leeway_key, share * 100, day_hour(run.snapshots.back().time));
      for (const Place& p : ring)
        fmt::format_to(to, "<trkpt lat=\"{:.6f}\" lon=\"{:.6f}\"/>\n", p.lat, p.lon);
      out += "</trkseg></trk>\n";
    }
  }
  return out + "</gpx>\n";
}

std::string forecast_kml(const DriftRun& run) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">"
      "<Document>\n";
  const auto to = std::back_inserter(out);
  fmt::format_to(to,
                 "<name>Drift of {}</name><description>A forecast, not an observation. {}</description>\n",
                 run.leeway_key, escaped(told_of(run)));
  // The navy of the chart, the fuller the smaller the area; KML's colours are alpha, blue, green, red.
  for (const auto& [share, fill] : {std::pair(50, "59"), std::pair(90, "26"), std::pair(95, "00")})
    fmt::format_to(to,
                   "<Style id=\"p{}\"><LineStyle><color>ff631f0b</color><width>2</width></LineStyle>"
                   "<PolyStyle><color>{}631f0b</color></PolyStyle></Style>\n",
                   share, fill);
  const auto boundary = [&](const char* which, const std::vector<Place>& ring) {
    fmt::format_to(to, "<{}><LinearRing><coordinates>", which);
    for (const Place& p : ring) fmt::format_to(to, "{:.6f},{:.6f},0 ", p.lon, p.lat);
    fmt::format_to(to, "</coordinates></LinearRing></{}>", which);
  };
  std::string way;
  for (const auto& snapshot : run.snapshots) {
    if (const auto s = summary(snapshot, run.weights); s.mean)
      way += fmt::format("{:.6f},{:.6f},0 ", s.mean->lon, s.mean->lat);
    for (const double share : shares) {
      for (const Polygon& polygon : polygons_of(contour(snapshot, share, run.weights))) {
        fmt::format_to(to,
                       "<Placemark><name>{0:.0f} % {1}</name><TimeStamp><when>{2}</when></TimeStamp>"
                       "<styleUrl>#p{0:.0f}</styleUrl><Polygon>",
                       share * 100, day_hour(snapshot.time), iso(snapshot.time));
        boundary("outerBoundaryIs", polygon.outer);
        for (const auto& hole : polygon.holes) boundary("innerBoundaryIs", hole);
        out += "</Polygon></Placemark>\n";
      }
    }
  }
  fmt::format_to(to,
                 "<Placemark><name>datum</name><LineString><coordinates>{}</coordinates></LineString>"
                 "</Placemark>\n",
                 way);
  return out + "</Document></kml>\n";
}

std::string brief_text(const DriftRun& run) {
  constexpr std::size_t most_bytes = 300;
  const bool back = run.options.length < Duration::zero();
  const std::string head =
      fmt::format("{} {} {} {} {}", back ? "BACKWARD RUN NO FORECAST" : "DRIFT FORECAST", run.leeway_key,
                  back ? "FOUND" : "FROM", radio(run.release.place), day_hour(run.release.from));
  std::vector<std::string> lines;
  for (std::size_t i = 1; i < run.snapshots.size(); ++i) {
    const DriftSummary s = summary(run.snapshots[i], run.weights);
    lines.push_back(s.mean ? fmt::format("\n{} {} R50 {:.1f} R90 {:.1f}", day_hour(s.time), radio(*s.mean),
                                         nm_from_metres(s.half_within_m), nm_from_metres(s.most_within_m))
                           : fmt::format("\n{} NOT KNOWN", day_hour(s.time)));
  }
  const std::string tail = "\nRADII NM";
  // As many moments as fit at even distances, counted back from the last.
  for (std::size_t every = 1; every <= std::max<std::size_t>(lines.size(), 1); ++every) {
    std::string text = head;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if ((lines.size() - 1 - i) % every == 0) text += lines[i];
    }
    text += tail;
    if (text.size() <= most_bytes) return text;
  }
  return head.substr(0, most_bytes);
}

ProbabilityGrid probability(const DriftRun& run, std::size_t cells) {
  ProbabilityGrid grid;
  grid.told = told_of(run);
  if (run.snapshots.empty()) return grid;
  const double meridian = run.release.place.lon;
  const auto east_of = [&](const Place& p) { return meridian + wrap180(p.lon - meridian); };
  double west = meridian, east = meridian;
  double south = run.release.place.lat, north = south;
  for (const auto& snapshot : run.snapshots) {
    grid.times.push_back(snapshot.time);
    for (std::size_t i = 0; i < snapshot.places.size(); ++i) {
      if (snapshot.states[i] == ParticleState::left) continue;
      const double lon = east_of(snapshot.places[i]);
      west = std::min(west, lon), east = std::max(east, lon);
      south = std::min(south, snapshot.places[i].lat), north = std::max(north, snapshot.places[i].lat);
    }
  }
  // Cells as wide as they are high, on the ground.
  const Vec metres = metres_per_degree((south + north) / 2);
  const double longer = std::max({(east - west) * metres.east, (north - south) * metres.north, 1000.0});
  const double cell_m = longer / static_cast<double>(std::clamp<std::size_t>(cells, 1, 2000));
  grid.step_lon = cell_m / std::max(metres.east, 1.0);
  grid.step_lat = cell_m / metres.north;
  grid.west = west - grid.step_lon / 2;
  grid.south = south - grid.step_lat / 2;
  grid.columns = static_cast<std::size_t>((east - grid.west) / grid.step_lon) + 2;
  grid.rows = static_cast<std::size_t>((north - grid.south) / grid.step_lat) + 2;
  grid.shares.assign(grid.times.size() * grid.columns * grid.rows, 0);
  for (std::size_t t = 0; t < run.snapshots.size(); ++t) {
    const auto& snapshot = run.snapshots[t];
    const float one = 1.0F / static_cast<float>(snapshot.places.size());
    for (std::size_t i = 0; i < snapshot.places.size(); ++i) {
      if (snapshot.states[i] == ParticleState::left) continue;
      const auto column = static_cast<std::size_t>((east_of(snapshot.places[i]) - grid.west) / grid.step_lon);
      const auto row = static_cast<std::size_t>((snapshot.places[i].lat - grid.south) / grid.step_lat);
      grid.shares[(t * grid.rows + row) * grid.columns + column] +=
          run.weights.empty() ? one : static_cast<float>(run.weights[i]);
    }
  }
  return grid;
}

Done write_geotiff(const std::string& path, const ProbabilityGrid& grid) {
  struct Entry {
    std::uint16_t tag, type;
    std::uint32_t count, value;
  };
  constexpr std::uint16_t text_type = 2, short_type = 3, long_type = 4, double_type = 12;
  const std::string told = grid.told.size() % 2 == 0 ? grid.told + std::string(2, '\0') : grid.told + '\0';
  const auto columns = static_cast<std::uint32_t>(grid.columns);
  const auto rows = static_cast<std::uint32_t>(grid.rows);
  const std::uint32_t pixels = columns * rows * 4;
  constexpr std::uint32_t header = 8;
  const std::uint32_t scale = header + pixels;  // three doubles
  const std::uint32_t tie = scale + 24;         // six
  const std::uint32_t keys = tie + 48;          // sixteen shorts
  const std::uint32_t words = keys + 32;        // what the picture is of
  const std::uint32_t directory = words + static_cast<std::uint32_t>(told.size());
  // Tags of TIFF 6.0 and GeoTIFF 1.1 (OGC 19-008r4), in order.
  const std::vector<Entry> entries{
      {256, long_type, 1, columns}, {257, long_type, 1, rows},
      {258, short_type, 1, 32},     {259, short_type, 1, 1},
      {262, short_type, 1, 1},      {270, text_type, static_cast<std::uint32_t>(told.size()), words},
      {273, long_type, 1, header},  {277, short_type, 1, 1},
      {278, long_type, 1, rows},    {279, long_type, 1, pixels},
      {339, short_type, 1, 3},      {33550, double_type, 3, scale},
      {33922, double_type, 6, tie}, {34735, short_type, 16, keys}};
  Tiff tiff;
  tiff.bytes = "II";
  tiff.put<std::uint16_t>(42);
  tiff.put(directory);
  const std::size_t last = (grid.times.size() - 1) * grid.rows * grid.columns;
  for (std::size_t row = grid.rows; row-- > 0;) {  // the northernmost first
    for (std::size_t column = 0; column < grid.columns; ++column)
      tiff.put(grid.shares[last + row * grid.columns + column]);
  }
  for (const double v : {grid.step_lon, grid.step_lat, 0.0}) tiff.put(v);
  for (const double v :
       {0.0, 0.0, 0.0, grid.west, grid.south + static_cast<double>(grid.rows) * grid.step_lat, 0.0})
    tiff.put(v);
  // Geographic, a pixel is an area, WGS-84 (EPSG 4326).
  for (const std::uint16_t v :
       std::initializer_list<std::uint16_t>{1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326})
    tiff.put(v);
  tiff.bytes += told;
  tiff.put(static_cast<std::uint16_t>(entries.size()));
  for (const Entry& e : entries) {
    tiff.put(e.tag);
    tiff.put(e.type);
    tiff.put(e.count);
    tiff.put(e.value);
  }
  tiff.put<std::uint32_t>(0);
  return write_bytes(path, tiff.bytes);
}

}  // namespace varne
