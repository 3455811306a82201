/// varne serve: a live desk.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "commands.h"
#include "terminal.h"
#include "varne/desk/live_desk.h"
#include "web.h"
#include "world_options.h"

namespace varne::app {
namespace {

struct ServeOptions {
  std::vector<std::string> feeds;
  std::string record = "varne-desk.db";
  std::string journal;
  std::string keys;
  WorldOptions world;
  WebOptions web;
};

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
  auto world = world_of(options.world);
  if (!world) return std::unexpected(world.error());
  boost::asio::io_context io(1);
  auto desk = LiveDesk::open(io, *world, desk_options);
  if (!desk) return std::unexpected(desk.error());
  auto greeting =
      fmt::format("Recording to {} and {}", shown_record(desk_options.record), desk_options.journal);
  for (const auto& line : (*desk)->greeting()) greeting += "\n" + line;
  for (const auto& feed : desk_options.feeds)
    if (feed.observed)
      greeting += fmt::format("\n{} is for observations only: what it orders is a request", feed.name);
  for (const auto& note : (*world)->sea.notes()) greeting += "\n" + note;
  if (options.feeds.empty()) greeting += "\nNo feed was given (--feed): only what is typed in will be known.";
  return serve_desk(io, **desk, options.web, greeting + "\nOpen this in a browser; Ctrl-C ends it: ");
}

}  // namespace

void add_serve(CLI::App& app, int& status) {
  auto* command = app.add_subcommand(
      "serve", "Run a live desk: listen to feeds, record everything, show it in the browser");
  const auto options = std::make_shared<ServeOptions>();
  command->add_option(
      "--feed", options->feeds,
      "kind=address, as often as there are feeds; kinds: nmea, plots, reports; addresses: "
      "tcp://host:port (we connect), udp://address:port (we listen); \",observed\" behind it: "
      "what it orders is a request");
  command->add_option("--record", options->record, "the record: FILE.db or postgresql://… [varne-desk.db]");
  command->add_option("--journal", options->journal,
                      "folder of the raw feeds [the record's name and .journal]");
  command->add_option("--keys", options->keys,
                      "folder of the record's signing keys [the record's name and .keys]");
  add_world_options(*command, options->world);
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
