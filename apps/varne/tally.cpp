#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "terminal.h"
#include "varne/report/tally_picture.h"
#include "varne/report/tally_words.h"

namespace varne::app {
namespace {

struct Asked {
  std::vector<std::string> series;
  std::string claims;
  std::string record;
  std::string on;
  std::string from;
  std::string until;
  std::string by;
  std::string known;
  std::string csv;
  std::string chart;
  bool json = false;
};

/// "2021-11-12" is known to the end of that day, "2021-11-12T08:00Z" up to that minute.
Result<Time> known_by(const std::string& text) {
  if (text.empty()) return known_for_ever;
  if (const auto day = parse_date(text)) return end_of(*day);
  const auto time = parse_time(text);
  if (!time) return fail(time.error().in("--as-known-on"));
  return *time;
}

/// "FILE.csv@2026-08-21": an edition, and when it was published.
Result<Series> edition(const std::string& argument) {
  const auto at = argument.rfind('@');
  if (at == std::string::npos || argument.find('/', at) != std::string::npos) return read_series(argument);
  const auto published = parse_time(argument.substr(at + 1));
  if (!published) return fail(published.error().in(argument));
  return read_series(argument.substr(0, at), *published);
}

/// The days asked for; nothing where none were named.
Result<std::optional<DateSpan>> named_days(const Asked& asked, const std::optional<DateSpan>& held) {
  if (!asked.on.empty()) {
    const auto span = parse_span(asked.on);
    if (!span) return fail(span.error().in("--on"));
    return *span;
  }
  if (asked.from.empty() && asked.until.empty()) return std::nullopt;
  const auto end = [&](const std::string& text, const char* option, Date otherwise) -> Result<Date> {
    if (text.empty()) return otherwise;
    const auto day = parse_date(text);
    if (!day) return fail(day.error().in(option));
    return *day;
  };
  if (!held && (asked.from.empty() || asked.until.empty()))
    return fail("--from, --until", "nothing is held that would say the other end; give both");
  const auto first = end(asked.from, "--from", held ? held->first : Date());
  if (!first) return fail(first.error());
  const auto last = end(asked.until, "--until", held ? held->last : Date());
  if (!last) return fail(last.error());
  if (*last < *first)
    return fail("--until", fmt::format("{} is before {}", iso_date(*last), iso_date(*first)));
  return DateSpan{*first, *last};
}

/// All days of which anything is held: of the series, else of the record, else those that claims speak of.
std::optional<DateSpan> all_days(const Tally& tally) {
  if (const auto days = tally.all.days(tally.known)) return days;
  const auto day = [](Time time) { return std::chrono::floor<std::chrono::days>(time); };
  if (tally.account && tally.account->first())
    return DateSpan{day(*tally.account->first()), day(*tally.account->last())};
  std::optional<DateSpan> out;
  for (const Claim& claim : tally.all.claims().all()) {
    if (!claim.about || claim.published > tally.known) continue;
    out = out ? DateSpan{std::min(out->first, claim.about->first), std::max(out->last, claim.about->last)}
              : *claim.about;
  }
  return out;
}

CountStep step_of(const Asked& asked, const Tally& tally) {
  const DateSpan span = tally.span;
  for (const auto& [name, step] : {std::pair{"day", CountStep::day},
                                   {"week", CountStep::week},
                                   {"month", CountStep::month},
                                   {"year", CountStep::year}}) {
    if (asked.by == name) return step;
  }
  const auto& series = tally.all.series();
  const bool weeks_only = !series.empty() && std::all_of(series.begin(), series.end(),
                                                         [](const Series& one) { return one.weekly(); });
  if (weeks_only) return CountStep::week;  // no other piece of a span would have a figure
  return span.days() <= 31    ? CountStep::day
         : span.days() <= 100 ? CountStep::week
         : span.days() <= 731 ? CountStep::month
                              : CountStep::year;
}

Done read_all(const Asked& asked, Tally& tally) {
  const auto known = known_by(asked.known);
  if (!known) return fail(known.error());
  tally.known = *known;
  for (const std::string& argument : asked.series) {
    auto series = edition(argument);
    if (!series) return fail(series.error());
    tally.all.add(std::move(*series));
  }
  if (!asked.claims.empty()) {
    if (auto done = read_claims(asked.claims, tally.all.claims()); !done) return done;
  }
  if (!asked.record.empty()) {
    auto account = read_account(asked.record, tally.known);
    if (!account) return fail(account.error());
    for (const Claim& claim : account->claims()) {
      if (auto done = tally.all.claims().add(claim); !done) return fail(done.error().in(asked.record));
    }
    tally.account = std::move(*account);
  }
  const auto held = all_days(tally);
  const auto named = named_days(asked, held);
  if (!named) return fail(named.error());
  if (!*named && !held)
    return asked.known.empty()
               ? fail("",
                      "nothing is held: no series, claim or record that was given holds a figure of any day")
               : fail("",
                      fmt::format("nothing was published by {}; ask as known on a later day", asked.known));
  tally.span = *named ? **named : *held;
  tally.step = step_of(asked, tally);
  return {};
}

Done write_csv(const Tally& tally, const std::string& path) {
  const auto rows = tally.all.by_day(tally.span, tally.known);
  if (rows.empty()) return fail(path, "is not written: no day of these is held in a series by day");
  std::ofstream out(path, std::ios::binary);
  out << series_csv(rows);
  out.close();
  if (!out) return fail(path, "could not be written; is the disk full, or the folder not yours?");
  return {};
}

Done count(const Asked& asked) {
  Tally tally;
  if (auto done = read_all(asked, tally); !done) return done;
  if (!asked.csv.empty()) {
    if (auto done = write_csv(tally, asked.csv); !done) return done;
  }
  if (!asked.chart.empty()) {
    if (auto done = draw_tally(tally, asked.chart); !done) return done;
  }
  say("{}", asked.json ? canonical(tally_json(tally)) + "\n" : tally_text(tally));
  return {};
}

}  // namespace

void add_tally(CLI::App& app, int& status) {
  auto* command = app.add_subcommand(
      "tally", "Count people: what was published, as known on any date, and what a record holds");
  auto asked = std::make_shared<Asked>();
  command->add_option("series", asked->series,
                      "series by day or by week as CSV; FILE.csv@2026-08-21 says when it was published");
  command->add_option("--claims", asked->claims, "published figures, one JSON object a line");
  command->add_option("--record", asked->record, "the account of a record: RECORD.db or record.jsonl");
  auto* on = command->add_option("--on", asked->on, "a day, month, year or span: 2021-11-11, 2021-11, 2021");
  command->add_option("--from", asked->from, "first day")->excludes(on);
  command->add_option("--until", asked->until, "last day")->excludes(on);
  command->add_option("--by", asked->by, "how to cut longer spans")
      ->check(CLI::IsMember({"day", "week", "month", "year"}));
  command->add_option("--as-known-on", asked->known, "only what was published by this day, or time");
  command->add_option("--csv", asked->csv, "write the days as CSV, as they are read");
  command->add_option("--chart", asked->chart, "draw a chart: OUT.svg or OUT.png");
  command->add_flag("--json", asked->json, "one JSON object instead of text");
  command->footer(
      "Claims are kept as published and never averaged: one that the series contradicts is marked disputed, "
      "one "
      "that\nwas revised says by what. A day that nobody published is \"not known\", never 0.\n\n"
      "Example:\n  varne tally daily.csv@2026-08-21 --claims data/claims/2021-11-11.jsonl --on 2021-11-11 "
      "--as-known-on 2021-11-12");
  command->callback([command, asked, &status] {
    if (asked->series.empty() && asked->claims.empty() && asked->record.empty())
      throw CLI::ValidationError(command->get_name(), "give a series, --claims or --record to count");
    const auto done = count(*asked);
    status = done ? 0 : failed(done.error());
  });
}

}  // namespace varne::app
