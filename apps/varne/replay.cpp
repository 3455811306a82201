#include "varne/desk/replay.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "numbers.h"
#include "terminal.h"
#include "varne/core/text.h"
#include "varne/report/report.h"

namespace varne::app {
namespace {

struct Asked {
  std::string day;
  std::string report;
  std::string record;
  double speed = 0;
  std::string known;  ///< as it could be known at this time
  bool json = false;
};

/// A file that appears under its name only once it is whole.
class WholeFile {
 public:
  explicit WholeFile(std::string path) : path_(std::move(path)), out_(path_ + ".part", std::ios::binary) {}
  void line(const std::string& text) { out_ << text << '\n'; }
  void text(const std::string& text) { out_ << text; }
  Done finish() {
    out_.close();
    std::error_code wrong;
    if (out_) std::filesystem::rename(path_ + ".part", path_, wrong);
    if (!out_ || wrong)
      return fail(path_, "could not be written; is the disk full, or the folder not yours?");
    return {};
  }

 private:
  std::string path_;
  std::ofstream out_;
};

std::string in_words(std::string name, HeadCount count) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return count.exact() ? fmt::format("  {:<11} {}\n", name, count.low)
                       : fmt::format("  {:<11} {} to {}\n", name, count.low, count.high);
}

constexpr PeopleState states[] = {PeopleState::set_out,     PeopleState::prevented, PeopleState::landed,
                                  PeopleState::handed_over, PeopleState::rescued,   PeopleState::at_sea,
                                  PeopleState::dead,        PeopleState::missing};

void print_words(const Day& day, const ReplaySummary& summary, const Room& room, const Asked& asked) {
  if (!day.notice.empty()) say("{}\n", day.notice);
  if (!asked.known.empty()) say("As known at {}: nothing that came later.\n", asked.known);
  say("{}\n{} observations, {} lines refused, {} entries", day.title, summary.observations, summary.refused,
      summary.entries);
  if (summary.resumed_at > 0)
    say(" (the first {} were in the record already and are the same)", summary.resumed_at);
  say("\nPeople:\n");
  for (const PeopleState state : states) say("{}", in_words(name_of(state), room.people().in(state)));
  std::string open;
  std::string uncounted;  // a 0 above is no count of theirs
  for (const auto& [id, incident] : room.incidents()) {
    if (!incident.open) continue;
    open += fmt::format("{}{}", open.empty() ? "" : ", ", spoken(incident));
    if (incident.same_as.empty() && room.people().in(PeopleState::set_out, id).high == 0)
      uncounted += fmt::format("{}{}", uncounted.empty() ? "" : ", ", spoken(incident));
  }
  if (!uncounted.empty()) say("  and those of whom nobody has said yet how many they are: {}\n", uncounted);
  say("{} incidents; open: {}\nHead {}\n", room.incidents().size(), open.empty() ? "none" : open,
      hex(summary.head));
  if (!asked.report.empty()) say("Report: {}/report.html\n", asked.report);
}

void print_json(const Day& day, const ReplaySummary& summary, const Room& room) {
  Json out{{"day", day.name},
           {"exercise", day.exercise},
           {"observations", summary.observations},
           {"refused", summary.refused},
           {"events", summary.events},
           {"entries", summary.entries},
           {"resumed_at", summary.resumed_at},
           {"incidents", room.incidents().size()},
           {"head", hex(summary.head)}};
  for (const PeopleState state : states) {
    const HeadCount count = room.people().in(state);
    out["people"][name_of(state)] = {count.low, count.high};
  }
  out["open"] = Json::array();
  for (const auto& [id, incident] : room.incidents()) {
    if (incident.open) out["open"].push_back(id);
  }
  say("{}\n", canonical(out));
}

/// "03:00" of the day's first date, or a whole time; within the day.
Result<std::optional<Time>> known_at(const Day& day, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const bool hour = text.size() == 5 && text[2] == ':';
  const auto time = parse_time(hour ? iso(day.start).substr(0, 11) + text + ":00Z" : text);
  if (!time)
    return fail("--as-known-at",
                fmt::format("\"{}\" is no time; write it like 03:00 or {}", shown(text), iso(day.start)));
  if (*time < day.start || *time > day.end)
    return fail("--as-known-at",
                fmt::format("{} is not within the day, {} to {}", iso(*time), iso(day.start), iso(day.end)));
  return *time;
}

Done write_page(const Asked& asked, const ReportFacts& facts, const Room& room, const ReplaySummary& summary,
                std::optional<Time> known) {
  const auto coast = coast_of(room.world().strait);
  WholeFile page(asked.report + "/report.html");
  page.text(report_page(facts, room.world(), coast ? coast->get() : nullptr, summary.head, known));
  return page.finish();
}

Done replay_day(const Asked& asked) {
  const auto day = load_day(asked.day);
  if (!day) return std::unexpected(day.error());
  const auto known = known_at(*day, asked.known);
  if (!known) return std::unexpected(known.error());
  std::unique_ptr<Ledger> ledger;
  if (!asked.record.empty()) {
    auto opened = open_ledger(asked.record);
    if (!opened) return std::unexpected(opened.error());
    ledger = std::move(*opened);
  }
  std::optional<WholeFile> lines;
  ReportFacts facts;
  if (!asked.report.empty()) {
    std::error_code wrong;
    std::filesystem::create_directories(asked.report, wrong);
    if (wrong) return fail(asked.report, "cannot be made: " + wrong.message());
    lines.emplace(asked.report + "/record.jsonl");
  }
  ReplayOptions options{.speed = asked.speed, .ledger = ledger.get(), .until = *known};
  if (lines)
    options.entry = [&](const Entry& entry) {
      lines->line(entry_line(entry));
      facts.take(entry);
    };
  Progress progress("replaying " + day->name);
  options.progress = [&](Time now, double share) { progress.show(share, iso(now).substr(11, 5) + " UTC"); };
  std::uint64_t shown = 0;
  options.refused = [&](const Error& error) {
    if (++shown <= 20) complain("varne: passed over: {}\n", error.text());
  };
  std::unique_ptr<Room> room;
  const auto summary = replay(*day, options, &room);
  if (!summary) return std::unexpected(summary.error());
  for (const auto& note : room->world().sea.notes()) complain("varne: {}\n", note);
  if (lines) {
    if (auto done = lines->finish(); !done) return done;
    if (auto done = write_page(asked, facts, *room, *summary, *known); !done) return done;
  }
  asked.json ? print_json(*day, *summary, *room) : print_words(*day, *summary, *room, asked);
  return {};
}

}  // namespace

void add_replay(CLI::App& app, int& status) {
  auto* command =
      app.add_subcommand("replay", "Run a recorded day through the room: its record and its report");
  auto asked = std::make_shared<Asked>();
  command->add_option("day", asked->day, "the day's folder, with its day.toml")->required();
  command->add_option("--report", asked->report, "folder for report.html and record.jsonl");
  command->add_option("--record", asked->record,
                      "keep the record in this file; a replay that was cut off goes on where it ended");
  command->add_option("--speed", asked->speed, "times real time; 0, as usual: as fast as it goes")
      ->check(not_below_zero());
  command->add_option(
      "--as-known-at", asked->known,
      "stop there, as 03:00 or in full: picture, verdicts and counts as they could be known then");
  command->add_flag("--json", asked->json, "one JSON object instead of text");
  command->footer(
      "Example:\n  varne replay data/days/2021-11-11 --report out/ --record out/day.db\n"
      "  varne replay data/days/2021-11-24 --as-known-at 03:00 --report at-three/");
  command->callback([asked, &status] {
    const auto done = replay_day(*asked);
    status = done ? 0 : failed(done.error());
  });
}

}  // namespace varne::app
