/// varne demo: a recorded day in the browser.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "commands.h"
#include "numbers.h"
#include "terminal.h"
#include "varne/core/place_of_data.h"
#include "varne/core/text.h"
#include "varne/desk/player.h"
#include "web.h"

namespace varne::app {
namespace {

constexpr std::uint64_t shares = 1000;  ///< of the day, as its progress is told

struct DemoOptions {
  std::string day = data_path("days/2021-11-11");
  std::string from = "01:30";
  double speed = 60;
  std::string record;
  bool paused = false;
  WebOptions web;
};

/// "07:30" on the day.
Result<Time> hour_of(const Day& day, const std::string& text) {
  const auto date = iso(day.start).substr(0, 11);
  auto time = parse_time(text.size() == 5 ? date + text + ":00Z" : text);
  if (!time) return fail("--from", fmt::format("\"{}\" is no time of day; write it like 07:30", shown(text)));
  return *time;
}

Done demo(const DemoOptions& options) {
  const auto day = load_day(options.day);
  if (!day) return std::unexpected(day.error());
  const auto from = hour_of(*day, options.from);
  if (!from) return std::unexpected(from.error());
  std::unique_ptr<Ledger> ledger;
  if (!options.record.empty()) {
    auto opened = open_ledger(options.record);
    if (!opened) return std::unexpected(opened.error());
    ledger = std::move(*opened);
  }
  auto doorstep = open_doorstep(options.web);
  if (!doorstep) return std::unexpected(doorstep.error());
  boost::asio::io_context io(1);
  Progress progress("running through the day once");
  auto player =
      Player::prepare(io, *day,
                      {.from = *from,
                       .speed = options.speed,
                       .playing = !options.paused,
                       .ledger = ledger.get(),
                       .progress = [&](Time now, double share) {
                         progress.show(share, iso(now).substr(11, 5) + " UTC");
                         (*doorstep)->tell(Starting::day, static_cast<std::uint64_t>(share * shares), shares);
                       }});
  if (!player) return std::unexpected(player.error());
  progress.done();
  const auto greeting =
      fmt::format("{}\n{}\nOpen this in a browser; Ctrl-C ends it: ", day->title, day->notice);
  return serve_desk(io, **player, options.web, **doorstep, greeting);
}

}  // namespace

void add_demo(CLI::App& app, int& status) {
  auto* command =
      app.add_subcommand("demo", "Show a recorded day in the browser: play it, go anywhere in it");
  const auto options = std::make_shared<DemoOptions>();
  command->add_option("day", options->day, "folder with a day.toml; the sample day where left out");
  command->add_option("--from", options->from, "where to begin, as HH:MM of the day [01:30]");
  command->add_option("--speed", options->speed, "times real time, 0.1 to 3600 [60]")
      ->check(from_to(0.1, 3600));
  command->add_option("--record", options->record, "keep the day's entries in this file");
  command->add_flag("--paused", options->paused, "do not play until told");
  command->add_option("--port", options->web.port, "port to listen at [8080]; 0 takes a free one");
  command->footer("Example:\n  varne demo --from 07:30 --speed 120");
  command->callback([options, &status] {
    if (const auto done = demo(*options); !done) status = failed(done.error());
  });
}

}  // namespace varne::app
