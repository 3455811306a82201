#include "world_options.h"

#include <fmt/format.h>

#include "varne/core/text.h"
#include "varne/core/units.h"
#include "varne/desk/day.h"
#include "varne/sea/channel.h"
#include "varne/sea/forcing.h"

namespace varne::app {
namespace {

/// "250,8": from 250 degrees at 8 knots.
Result<Vec> wind_of(const std::string& text) {
  const auto parts = split(text, ',');
  const auto from = parts.size() == 2 ? parse_number(parts[0]) : std::nullopt;
  const auto knots = parts.size() == 2 ? parse_number(parts[1]) : std::nullopt;
  if (!from || !knots || *from < 0 || *from > 360 || *knots < 0 || *knots > 150)
    return fail("--wind", fmt::format("\"{}\" is not FROM,KNOTS, like 250,8", shown(text)));
  return towards(reversed_deg(*from), mps_from_knots(*knots));
}

}  // namespace

Result<std::shared_ptr<const World>> world_of(const WorldOptions& options) {
  Sea sea;
  if (auto added = add_forcing(sea, options.sea_files); !added) return std::unexpected(added.error());
  if (!options.wind.empty()) {
    const auto wind = wind_of(options.wind);
    if (!wind) return std::unexpected(wind.error());
    Stated stated;
    stated.wind = *wind;
    sea.add(stated_source("stated wind", {stated}));
  }
  if (auto added = add_channel(sea); !added) return std::unexpected(added.error());
  auto made = world_about(std::move(sea), options.units);
  if (!made) return std::unexpected(made.error());
  auto world = std::make_shared<World>(std::move(*made));
  if (!options.sensors.empty()) {
    auto sensors = load_sensors(options.sensors);
    if (!sensors) return std::unexpected(sensors.error());
    world->sensors = std::move(*sensors);
  }
  world->title = options.title;
  world->exercise = !options.exercise.empty();
  world->notice = options.exercise;
  return std::shared_ptr<const World>(std::move(world));
}

void add_world_options(CLI::App& command, WorldOptions& options) {
  command.add_option("--units", options.units, "rescue units [data/units/channel.toml]");
  command.add_option("--sensors", options.sensors,
                     "what is known of the radars (docs/feeds.md) [they see everywhere]");
  command.add_option(
      "--sea-file", options.sea_files,
      "CF-netCDF with currents, wind or waves, as often as there are files; the first has priority");
  command.add_option("--wind", options.wind, "stated wind where no file knows it, FROM degrees,KNOTS");
  command.add_option("--title", options.title, "of the desk [Live desk]");
  command.add_option("--exercise", options.exercise, "mark every page as an exercise, with this notice");
}

}  // namespace varne::app
