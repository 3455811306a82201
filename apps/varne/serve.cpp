/// varne serve: a live desk.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "commands.h"
#include "terminal.h"
#include "varne/core/place_of_data.h"
#include "varne/core/text.h"
#include "varne/core/units.h"
#include "varne/desk/live_desk.h"
#include "varne/sea/channel.h"
#include "varne/sea/forcing.h"
#include "web.h"

namespace varne::app {
namespace {

struct ServeOptions {
  std::vector<std::string> feeds;
  std::string record = "varne-desk.db";
  std::string journal;
  std::string keys;
  std::string units = data_path("units/channel.toml");
  std::string sensors;
  std::vector<std::string> sea_files;
  std::string wind;
  std::string title = "Live desk";
  std::string exercise;
  WebOptions web;
};

/// "250,8": from 250 degrees at 8 knots.
Result<Vec> wind_of(const std::string& text) {
  const auto parts = split(text, ',');
  const auto from = parts.size() == 2 ? parse_number(parts[0]) : std::nullopt;
  const auto knots = parts.size() == 2 ? parse_number(parts[1]) : std::nullopt;
  if (!from || !knots || *from < 0 || *from > 360 || *knots < 0 || *knots > 150)
    return fail("--wind", fmt::format("\"{}\" is not FROM,KNOTS, like 250,8", shown(text)));
  return towards(reversed_deg(*from), mps_from_knots(*knots));
}

Result<std::shared_ptr<const World>> world_of(const ServeOptions& options) {
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

Done serve(const ServeOptions& options) {
  LiveDeskOptions desk_options{
      .feeds = {}, .record = options.record, .journal = options.journal, .keys = options.keys};
  if (desk_options.journal.empty()) {
    if (is_database(options.record))
      return fail("--journal", "a record in a database needs a folder named for the journal; give one");
    desk_options.journal = options.record + ".journal";
  }
  for (const auto& text : options.feeds) {
    auto feed = parse_live_feed(text);
    if (!feed) return std::unexpected(feed.error());
    desk_options.feeds.push_back(std::move(*feed));
  }
  auto world = world_of(options);
  if (!world) return std::unexpected(world.error());
  boost::asio::io_context io(1);
  auto desk = LiveDesk::open(io, *world, desk_options);
  if (!desk) return std::unexpected(desk.error());
  auto greeting =
      fmt::format("Recording to {} and {}", shown_record(desk_options.record), desk_options.journal);
  if ((*desk)->rebuilt() > 0) greeting += fmt::format(", {} entries of before rebuilt", (*desk)->rebuilt());
  if (options.feeds.empty()) greeting += "\nNo feed was given (--feed): only what is typed in will be known.";
  return serve_desk(io, **desk, options.web, greeting + "\nOpen this in a browser; Ctrl-C ends it: ");
}

}  // namespace

void add_serve(CLI::App& app, int& status) {
  auto* command = app.add_subcommand(
      "serve", "Run a live desk: listen to feeds, record everything, show it in the browser");
  const auto options = std::make_shared<ServeOptions>();
  command->add_option("--feed", options->feeds,
                      "kind=address, as often as there are feeds; kinds: nmea, plots, reports; addresses: "
                      "tcp://host:port (we connect), udp://address:port (we listen)");
  command->add_option("--record", options->record, "the record: FILE.db or postgresql://… [varne-desk.db]");
  command->add_option("--journal", options->journal,
                      "folder of the raw feeds [the record's name and .journal]");
  command->add_option("--keys", options->keys,
                      "folder of the record's signing keys [the record's name and .keys]");
  command->add_option("--units", options->units, "rescue units [data/units/channel.toml]");
  command->add_option("--sensors", options->sensors,
                      "what is known of the radars (docs/feeds.md) [they see everywhere]");
  command->add_option(
      "--sea-file", options->sea_files,
      "CF-netCDF with currents, wind or waves, as often as there are files; the first has priority");
  command->add_option("--wind", options->wind, "stated wind where no file knows it, FROM degrees,KNOTS");
  command->add_option("--title", options->title, "of the desk [Live desk]");
  command->add_option("--exercise", options->exercise, "mark every page as an exercise, with this notice");
  command->add_option(
      "--listen", options->web.address,
      "address to listen at [127.0.0.1]; writing is only taken from this machine wherever it listens");
  command->add_option("--name", options->web.names,
                      "a name under which browsers reach the desk, besides its addresses and this machine's");
  command->add_option("--port", options->web.port, "port to listen at [8080]; 0 takes a free one");
  command->footer("Example:\n  varne serve --feed nmea=tcp://127.0.0.1:10110 --wind 250,8 --record desk.db");
  command->callback([options, &status] {
    if (const auto done = serve(*options); !done) status = failed(done.error());
  });
}

}  // namespace varne::app
