#include "varne/desk/day.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "varne/core/lines.h"
#include "varne/core/place_of_data.h"
#include "varne/core/toml.h"
#include "varne/core/units.h"
#include "varne/doctrine/chosen.h"

namespace varne {
namespace {

/// A day is read whole for its hash; above this it is no day's file.
constexpr std::size_t most_bytes = std::size_t{2} << 30;
/// Of the water that vessels go through: a tenth of a mile off at each corner is a quarter of a minute.
constexpr double passage_cell_m = 600;

/// The full path of a file of the day; refuses what lies outside its folder.
std::string file_in(TomlTable& table, std::string_view field, const std::string& name,
                    const std::string& folder) {
  const std::filesystem::path path(name);
  if (name.empty() || path.is_absolute() || std::find(path.begin(), path.end(), "..") != path.end())
    table.refuse(field, "must be a file in the day's own folder, without a leading / or ..");
  return (std::filesystem::path(folder) / path).string();
}

Day::Feed read_feed(TomlTable feed, const std::string& folder) {
  Day::Feed out;
  out.kind = feed.text("kind");
  out.name = feed.text("name");
  out.file = file_in(feed, "file", feed.text("file"), folder);
  feed.only_known();
  if (out.kind != "nmea" && out.kind != "plots" && out.kind != "reports" && out.kind != "sarsat" &&
      out.kind != "cise")
    feed.refuse("kind", fmt::format("\"{}\" is no kind of feed; there are nmea, plots, reports, sarsat, cise",
                                    out.kind));
  return out;
}

/// A vector said as direction and speed in knots; both or neither.
std::optional<Vec> read_vector(TomlTable& table, const char* direction, const char* speed, bool from) {
  const auto degrees = table.maybe_number(direction, 0, 360);
  const auto kn = table.maybe_number(speed, 0, 200);
  if (degrees.has_value() != kn.has_value())
    table.refuse(degrees ? direction : speed, fmt::format("needs {} beside it", degrees ? speed : direction));
  if (!degrees || !kn) return std::nullopt;
  return towards(from ? reversed_deg(*degrees) : *degrees, mps_from_knots(*kn));
}

Stated read_stated(TomlTable table) {
  Stated out;
  out.from = table.maybe_time("from");
  out.wind = read_vector(table, "wind_from_deg", "wind_kn", true);
  out.current = read_vector(table, "current_towards_deg", "current_kn", false);
  out.wave_height_m = table.maybe_number("wave_height_m", 0, 30);
  out.water_temperature_c = table.maybe_number("water_temperature_c", -3, 40);
  table.only_known();
  return out;
}

void read_sea(TomlTable sea, Day& day) {
  day.tides = sea.maybe_truth("tides").value_or(false);
  for (const std::string& name : sea.texts("files"))
    day.forcing.files.push_back(file_in(sea, "files", name, day.folder));
  day.forcing.map = sea.texts("map");
  NameMap map;
  for (const std::string& each : day.forcing.map) {
    if (const auto added = add_to_map(map, each); !added) sea.refuse("map", added.error().what);
  }
  if (const auto member = sea.maybe_whole("member", 0, 1'000'000))
    day.forcing.member = static_cast<int>(*member);
  day.forcing.always = sea.maybe_truth("always").value_or(false);
  day.forcing.sum_tides = sea.maybe_truth("sum_tides").value_or(false);
  for (const TomlTable& table : sea.tables("stated")) {
    TomlTable step = table;
    day.stated.push_back(read_stated(step));
    const auto n = day.stated.size();
    if (n > 1 && day.stated[n - 1].from <= day.stated[n - 2].from)
      step.refuse("from", "each stated sea holds from a later moment than the one above it");
  }
  sea.only_known();
}

void read_proposals(TomlTable table, Day& day) {
  day.by_forecast = table.maybe_truth("by_forecast").value_or(true);
  day.around_land = table.maybe_truth("around_land").value_or(true);
  table.only_known();
}

void check_feeds(TomlTable root, const Day& day) {
  if (day.feeds.empty()) root.refuse("", "has no [[feed]]; a day needs one");
  for (std::size_t i = 0; i < day.feeds.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (day.feeds[i].name == day.feeds[j].name)
        root.refuse("feed", fmt::format("two are called \"{}\"", day.feeds[i].name));
    }
  }
}

std::vector<std::string> files_of(const Day& day) {
  std::vector<std::string> files{day.folder + "/day.toml", day.units};
  if (!day.sensors.empty()) files.push_back(day.sensors);
  for (const Day::Feed& feed : day.feeds) files.push_back(feed.file);
  files.insert(files.end(), day.forcing.files.begin(), day.forcing.files.end());
  return files;
}

}  // namespace

Result<Day> parse_day(std::string_view text, const std::string& folder) {
  const auto file = TomlFile::parse(text, "day.toml");
  if (!file) return std::unexpected(file.error());
  TomlTable root = file->root();
  Day day;
  day.folder = folder;
  day.name = root.text("name");
  day.title = root.text("title");
  day.exercise = root.truth("exercise");
  day.notice = root.maybe_text("notice").value_or("");
  day.start = root.time("start");
  day.end = root.time("end");
  day.seed = static_cast<std::uint64_t>(root.whole("seed", 0, std::int64_t{1} << 53));
  if (const auto strait = root.maybe_text("strait")) day.strait = file_in(root, "strait", *strait, folder);
  day.units = file_in(root, "units", root.text("units"), folder);
  if (const auto sensors = root.maybe_text("sensors"))
    day.sensors = file_in(root, "sensors", *sensors, folder);
  day.doctrines = root.texts("doctrines");
  if (!day.doctrines.empty() &&
      std::find(day.doctrines.begin(), day.doctrines.end(), "rescue") == day.doctrines.end())
    root.refuse("doctrines", "lacks \"rescue\", which no day puts out of force");
  for (const TomlTable& feed : root.tables("feed")) day.feeds.push_back(read_feed(feed, folder));
  if (auto sea = root.table("sea")) read_sea(*sea, day);
  if (auto proposals = root.table("proposals")) read_proposals(*proposals, day);
  root.only_known();
  if (day.end <= day.start) root.refuse("end", "must be after the start");
  if (day.end - day.start > std::chrono::days(31)) root.refuse("end", "is more than 31 days after the start");
  if (day.exercise && day.notice.find("EXERCISE") == std::string::npos)
    root.refuse("exercise", "an exercise needs a notice with the word EXERCISE, for every page to print");
  check_feeds(root, day);
  if (file->wrong()) return std::unexpected(*file->wrong());
  return day;
}

Result<Day> load_day(const std::string& folder) {
  const std::string file = folder + "/day.toml";
  if (!std::filesystem::is_regular_file(file))
    return fail(file, "is not there; a day is a folder with a day.toml and the files it names");
  const auto text = read_file(file, std::size_t{4} << 20);
  if (!text) return std::unexpected(text.error());
  auto day = parse_day(*text, folder);
  if (!day) return std::unexpected(day.error().in(folder));
  auto forcing = forcing_files(day->forcing.files);
  if (!forcing) return std::unexpected(forcing.error());
  day->forcing.files = std::move(*forcing);
  std::vector<std::string> files = files_of(*day);
  if (!day->strait.empty()) {
    const auto strait = load_strait(day->strait);
    if (!strait) return std::unexpected(strait.error());
    files.insert(files.end(), strait->files.begin(), strait->files.end());
  }
  for (const std::string& name : files) {
    if (!std::filesystem::is_regular_file(name))
      return fail(name, "is named in day.toml and is not there; put it there or take it out");
    const auto bytes = read_file(name, most_bytes);
    if (!bytes) return std::unexpected(bytes.error());
    day->hash = sha256(day->hash, hex(sha256(*bytes)));
  }
  return day;
}

Result<World> world_about(Strait strait, Sea sea, const std::string& units_file) {
  World world;
  world.strait = std::move(strait);
  world.sea = std::move(sea);
  world.territorial_sea = territorial_sea_of(world.strait, world.sea);
  if (const auto& coast = world.strait.coast)
    world.passages = std::make_shared<const GridOnDemand>(*coast, passage_cell_m);
  auto units = load_units(units_file);
  if (!units) return std::unexpected(units.error());
  world.units = std::move(*units);
  auto leeway = load_leeway(data_path("leeway.toml"));
  if (!leeway) return std::unexpected(leeway.error());
  world.leeway = std::move(*leeway);
  auto rules = load_rulebook(data_path("doctrine"));
  if (!rules) return std::unexpected(rules.error());
  if (const auto& here = world.strait.doctrines; !here.empty()) {
    rules = only_doctrines(std::move(*rules), here);
    if (!rules) return std::unexpected(rules.error().in(world.strait.files.front() + ": doctrines"));
  }
  world.inputs = hash_of(*rules);
  world.rules = std::make_shared<const Rulebook>(std::move(*rules));
  return world;
}

Result<Strait> strait_of(const std::string& folder) {
  if (!folder.empty()) return load_strait(folder);
  const auto home = home_strait();
  if (!home) return std::unexpected(home.error());
  return **home;
}

Result<std::shared_ptr<const World>> load_world(const Day& day) {
  auto strait = strait_of(day.strait);
  if (!strait) return std::unexpected(strait.error());
  Sea sea;
  if (auto added = add_forcing(sea, day.forcing); !added) return std::unexpected(added.error());
  if (!day.stated.empty()) sea.add(stated_source("stated in day.toml", day.stated));
  if (day.tides) {
    if (const auto added = add_strait(sea, *strait); !added) return std::unexpected(added.error());
  }
  auto made = world_about(std::move(*strait), std::move(sea), day.units);
  if (!made) return std::unexpected(made.error());
  auto world = std::make_shared<World>(std::move(*made));
  if (!day.sensors.empty()) {
    auto sensors = load_sensors(day.sensors);
    if (!sensors) return std::unexpected(sensors.error());
    world->sensors = std::move(*sensors);
  }
  if (!day.doctrines.empty()) {
    auto chosen = only_doctrines(*world->rules, day.doctrines);
    if (!chosen) return std::unexpected(chosen.error().in(day.folder + "/day.toml: doctrines"));
    world->inputs = hash_of(*chosen);
    world->rules = std::make_shared<const Rulebook>(std::move(*chosen));
  }
  world->title = day.title;
  world->exercise = day.exercise;
  world->notice = day.notice;
  world->seed = day.seed;
  world->aims_by_forecast = day.by_forecast;
  if (!day.around_land) world->passages = nullptr;
  world->inputs = sha256(day.hash, hex(world->inputs));
  return world;
}

}  // namespace varne
