#include "varne/sea/strait.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <mutex>

#include "varne/core/place_of_data.h"
#include "varne/core/toml.h"
#include "varne/sea/tides.h"

namespace varne {
namespace {

/// The full path of a file of the strait; "" where the field is left out.
std::string file_in(TomlTable& table, std::string_view field, const std::string& folder) {
  const auto name = table.maybe_text(field);
  if (!name) return "";
  const std::filesystem::path path(*name);
  if (name->empty() || path.is_absolute() || std::find(path.begin(), path.end(), "..") != path.end())
    table.refuse(field, "must be a file in the strait's own folder, without a leading / or ..");
  return (std::filesystem::path(folder) / path).string();
}

Box read_box(TomlTable& table, std::string_view field) {
  const auto sides = table.numbers(field, 4, -180, 180);
  const Box box{sides[0], sides[1], sides[2], sides[3]};
  if (box.west >= box.east || box.south >= box.north || box.south < -90 || box.north > 90)
    table.refuse(field, "must be [west, south, east, north] in degrees");
  return box;
}

/// The line of this name; of several `which` counts from 1.
const ChartLine* line_named(const std::vector<ChartLine>& lines, const std::string& name,
                            std::int64_t which) {
  for (const ChartLine& line : lines) {
    if (line.feature == name && --which == 0) return &line;
  }
  return nullptr;
}

std::vector<Place> read_ring(TomlTable& area, const std::vector<ChartLine>& lines) {
  std::vector<Place> ring;
  for (TomlTable part : area.tables("ring")) {
    if (part.has("at")) {
      ring.push_back(part.place("at"));
    } else {
      const std::string name = part.text("line");
      const auto which = part.maybe_whole("which", 1, 100).value_or(1);
      const ChartLine* line = line_named(lines, name, which);
      if (line == nullptr)
        part.refuse("line", fmt::format("the chart has no line \"{}\"{}", name,
                                        which > 1 ? fmt::format(" number {}", which) : ""));
      else
        ring.insert(ring.end(), line->points.begin(), line->points.end());
    }
    part.only_known();
  }
  if (area.has("ring") && ring.size() < 3) area.refuse("ring", "has fewer than three points");
  return ring;
}

void read_areas(TomlTable& root, Strait& strait, Box box, std::vector<ChartLine> lines) {
  std::vector<ChartArea> waters;
  for (TomlTable table : root.tables("waters")) {
    waters.push_back({table.text("state"), "", read_ring(table, lines)});
    table.only_known();
  }
  std::vector<ChartArea> regions;
  for (TomlTable table : root.tables("region")) {
    regions.push_back(
        {table.text("centre"), table.maybe_text("in_waters_of").value_or(""), read_ring(table, lines)});
    table.only_known();
    const bool known = std::any_of(strait.centres.begin(), strait.centres.end(),
                                   [&](const Centre& centre) { return centre.name == regions.back().name; });
    if (!known) table.refuse("centre", fmt::format("\"{}\" is none of the centres", regions.back().name));
  }
  strait.zones = Zones(box, std::move(lines), std::move(waters), std::move(regions));
}

}  // namespace

Result<Strait> load_strait(const std::string& folder) {
  const auto file = TomlFile::open(folder + "/strait.toml");
  if (!file) return fail(file.error());
  TomlTable root = file->root();
  Strait strait;
  strait.name = root.text("name");
  const Box box = read_box(root, "box");
  strait.map = read_box(root, "map");
  strait.view = read_box(root, "view");
  if (root.has("coast")) strait.coast = read_box(root, "coast");
  const std::string lines_file = file_in(root, "lines", folder);
  strait.places = file_in(root, "places", folder);
  strait.units = file_in(root, "units", folder);
  strait.tides = file_in(root, "tides", folder);
  strait.tides_name = root.maybe_text("tides_name").value_or("tidal streams");
  strait.doctrines = root.texts("doctrines");
  for (TomlTable table : root.tables("centre")) {
    strait.centres.push_back({table.text("name"), table.text("state")});
    table.only_known();
  }
  if (strait.centres.empty()) root.refuse("centre", "is missing; a strait has at least one [[centre]]");
  for (TomlTable table : root.tables("state")) {
    strait.way_back[table.text("name")] = table.text("way_back");
    table.only_known();
  }
  std::vector<ChartLine> lines;
  if (!lines_file.empty() && !file->wrong()) {
    auto read = read_chart_lines(lines_file);
    if (!read) return fail(read.error());
    lines = std::move(*read);
  }
  read_areas(root, strait, box, std::move(lines));
  root.only_known();
  if (file->wrong()) return fail(*file->wrong());
  strait.files = {folder + "/strait.toml"};
  for (const std::string& name : {lines_file, strait.places, strait.tides}) {
    if (!name.empty()) strait.files.push_back(name);
  }
  return strait;
}

Result<std::shared_ptr<const Strait>> home_strait() {
  static const auto home = [] -> Result<std::shared_ptr<const Strait>> {
    auto loaded = load_strait(data_path("straits/dover"));
    if (!loaded) return fail(loaded.error());
    return std::make_shared<const Strait>(std::move(*loaded));
  }();
  return home;
}

Result<std::shared_ptr<const Coast>> coast_of(const Strait& strait) {
  static std::mutex one_at_a_time;
  static std::map<std::string, std::shared_ptr<const Coast>> read;
  if (!strait.coast) return nullptr;
  const Box box = *strait.coast;
  const std::lock_guard lock(one_at_a_time);
  auto& coast = read[fmt::format("{} {} {} {}", box.west, box.south, box.east, box.north)];
  if (coast) return coast;
  auto loaded = Coast::load(gshhg_path(), box);
  if (!loaded) return fail(loaded.error());
  return coast = std::move(*loaded);
}

Result<std::shared_ptr<const SeaSource>> tides_of(const Strait& strait) {
  static std::mutex one_at_a_time;
  static std::map<std::string, std::shared_ptr<const SeaSource>> read;
  if (strait.tides.empty()) return nullptr;
  const std::lock_guard lock(one_at_a_time);
  auto& tides = read[strait.tides];
  if (tides) return tides;
  auto opened = open_tides(strait.tides, strait.tides_name);
  if (!opened) return fail(opened.error());
  return tides = std::move(*opened);
}

std::shared_ptr<const TerritorialSea> territorial_sea_of(const Strait& strait, const Sea& sea) {
  for (const auto& source : sea.sources()) {
    if (auto coast = std::dynamic_pointer_cast<const Coast>(source))
      return std::make_shared<const TerritorialSea>(strait.zones, std::move(coast));
  }
  return nullptr;
}

Done add_strait(Sea& sea, const Strait& strait) {
  const auto coast = coast_of(strait);
  if (!coast) return fail(coast.error());
  const auto tides = tides_of(strait);
  if (!tides) return fail(tides.error());
  if (*coast) sea.add(*coast);
  if (*tides) sea.add(*tides);
  return {};
}

Result<std::shared_ptr<const Coast>> home_coast() {
  const auto home = home_strait();
  if (!home) return fail(home.error());
  return coast_of(**home);
}

Result<std::shared_ptr<const SeaSource>> home_tides() {
  const auto home = home_strait();
  if (!home) return fail(home.error());
  return tides_of(**home);
}

Done add_home_strait(Sea& sea) {
  const auto home = home_strait();
  return home ? add_strait(sea, **home) : Done(fail(home.error()));
}

}  // namespace varne
