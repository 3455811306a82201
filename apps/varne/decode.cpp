/// varne decode: what is in a feed, counted or as JSON.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "commands.h"
#include "numbers.h"
#include "terminal.h"
#include "varne/feed/observation_json.h"
#include "varne/feed/reader.h"
#include "varne/feed/source.h"
#include "varne/feed/tally.h"

namespace varne::app {
namespace {

struct Asked {
  std::vector<std::string> sources;
  std::string kind;
  bool json = false;
  double seconds = 0;
};

/// Takes the lines of one source, as whichever kind they are.
class Decoder {
 public:
  Decoder(const Asked& asked, std::string source, FeedTally& tally, Progress& progress)
      : asked_(asked), source_(std::move(source)), tally_(tally), progress_(progress) {}

  void take(const FeedLine& line) {
    if (!reader_) reader_ = *make_reader(kind_of(line.text), source_);
    if (line.number % 4096 == 0) progress_.show(-1, fmt::format("{} lines", fmt::group_digits(line.number)));
    const auto done =
        line.overlong ? Done(fail(overlong_line())) : reader_->take(line.text, line.arrival, observations_);
    if (!done) tally_.refuse(done.error().in(fmt::format("{}:{}", source_, line.number)));
    show();
  }

  void finish() {
    if (!reader_) return;
    reader_->finish(observations_);
    show();
    if (const auto* counts = reader_->nmea()) tally_.add(*counts);
  }

 private:
  void show() {
    for (const auto& observation : observations_) {
      tally_.add(observation);
      if (asked_.json) say("{}\n", observation_json(observation));
    }
    observations_.clear();
  }
  std::string kind_of(std::string_view first_line) const {
    return asked_.kind.empty() ? guess_kind(source_, first_line) : asked_.kind;
  }

  const Asked& asked_;
  std::string source_;
  FeedTally& tally_;
  Progress& progress_;
  std::unique_ptr<FeedReader> reader_;
  std::vector<Observation> observations_;
};

Done decode_source(const Asked& asked, const std::string& text, FeedTally& tally) {
  const auto address = parse_source(text);
  if (!address) return std::unexpected(address.error());
  const bool live = address->kind != SourceAddress::Kind::file;
  Progress progress(text);
  Decoder decoder(asked, text == "-" ? "stdin" : text, tally, progress);
  ReadOptions options;
  if (asked.seconds > 0)
    options.at_most = std::chrono::milliseconds(static_cast<std::int64_t>(asked.seconds * 1000));
  options.state = [](const LiveState& state) {
    if (state.up) complain("varne: {}\n", state.text);
  };
  const auto done = read_source(
      *address,
      [&](const FeedLine& line) {
        decoder.take(line);
        // Whoever reads a live feed through a pipe wants it now.
        if (live && asked.json) std::fflush(stdout);
      },
      options);
  decoder.finish();
  return done;
}

int decode(const Asked& asked) {
  FeedTally tally;
  int status = 0;
  for (const auto& source : asked.sources) {
    if (const auto done = decode_source(asked, source, tally); !done) status = failed(done.error());
  }
  for (const auto& error : tally.first_refused()) complain("varne: {}\n", error.text());
  if (tally.refused() > FeedTally::named)
    complain("varne: and {} refused lines more\n", fmt::group_digits(tally.refused() - FeedTally::named));
  if (asked.json) {
    complain("{}\n", tally.json());
  } else {
    say("{}", tally.table());
  }
  return status;
}

}  // namespace

void add_decode(CLI::App& app, int& status) {
  auto* command =
      app.add_subcommand("decode", "Show what is in a feed: AIS, radar plots, reports or beacon alerts");
  const auto asked = std::make_shared<Asked>();
  command
      ->add_option("source", asked->sources,
                   "files (plain or gzip), - for standard input, tcp://host:port, udp://host:port; read one "
                   "after the other")
      ->required();
  command
      ->add_option("--kind", asked->kind,
                   "nmea, plots, reports, sarsat or cise; guessed from the name (.csv, .jsonl, .sit185, "
                   ".xml) or the first line")
      ->check(CLI::IsMember({"nmea", "plots", "reports", "sarsat", "cise"}));
  command->add_flag("--json", asked->json,
                    "one JSON object an observation on standard output, the counts on standard error");
  command
      ->add_option("--seconds", asked->seconds,
                   "how long to listen to tcp and udp; else to the end or Ctrl-C")
      ->check(above_zero());
  command->footer(
      "Bad lines are counted and the first ten named; they stop nothing. Status 1: a source cannot be "
      "read.\n\nExamples:\n"
      "  varne decode receiver.nmea.gz\n"
      "  varne decode --json udp://127.0.0.1:10110 | jq .mmsi");
  command->callback([asked, &status] { status = decode(*asked); });
}

}  // namespace varne::app
