#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>
#include <thread>

#include "commands.h"
#include "numbers.h"
#include "terminal.h"
#include "varne/core/json.h"
#include "varne/days/fit.h"
#include "varne/days/fit_words.h"
#include "varne/days/page.h"
#include "varne/days/question.h"
#include "varne/days/responses.h"
#include "varne/days/sensitivity.h"
#include "varne/days/simulated_day.h"
#include "varne/days/validation.h"
#include "varne/desk/day.h"

namespace varne::app {
namespace {

struct Asked {
  std::string scenario;
  std::string series;
  std::string on;
  std::vector<std::string> against;
  int bootstraps = 60;
  int draws = 200;
  std::uint64_t seed = 1;
};

Done fit(const Asked& asked) {
  auto series = read_series(asked.series);
  if (!series) return fail(series.error());
  auto scenario = days::load_scenario(asked.scenario);
  if (!scenario) return fail(scenario.error());
  const auto span = parse_span(asked.on);
  if (!span) return fail(span.error().in("--on"));
  const auto rows = days::days_of(*series, *span);
  if (!rows) return fail(rows.error());
  auto fitted = days::fit_departures(*rows, asked.bootstraps, asked.seed);
  if (!fitted) return fail(fitted.error().in(asked.series));
  say("{}", days::fit_text(*fitted));
  const int year = static_cast<int>(std::chrono::year_month_day(span->first).year());
  const days::Numbers numbers = fitted->over(scenario->numbers());
  std::vector<std::string> spans{asked.on};
  spans.insert(spans.end(), asked.against.begin(), asked.against.end());
  for (const std::string& text : spans) {
    const auto other = parse_span(text);
    if (!other) return fail(other.error().in("--against"));
    const auto seen = days::days_of(*series, *other);
    if (!seen) return fail(seen.error());
    say("\n{}", days::compared_text(*other, *other == *span,
                                    days::compare(numbers, *seen, year, asked.draws, asked.seed)));
  }
  return {};
}

void add_fit(CLI::App& days, int& status) {
  auto* command = days.add_subcommand(
      "fit", "Fit departures to a published series, and hold the fit against years that were left out");
  auto asked = std::make_shared<Asked>();
  command->add_option("scenario", asked->scenario, "scenario whose other numbers stand")->required();
  command->add_option("series", asked->series, "series by day as CSV")->required();
  command->add_option("--on", asked->on, "the days to fit: a year or a span")->required();
  command->add_option("--against", asked->against, "days left out, a year or span each, to compare with");
  command->add_option("--bootstraps", asked->bootstraps, "simulated series fitted again for the errors")
      ->check(from_to(0, 10000));
  command->add_option("--series", asked->draws, "simulated series to compare with")
      ->check(from_to(20, 100000));
  command->add_option("--seed", asked->seed, "of the random numbers");
  command->footer(
      "Example:\n  varne days fit data/scenarios/strait-2021.toml data/series/uk-small-boats-2021-2023.csv "
      "--on "
      "2021 --against 2022 2023");
  command->callback([asked, &status] {
    const auto done = fit(*asked);
    status = done ? 0 : failed(done.error());
  });
}

struct Shown {
  std::string scenario;
  std::string policy;
  std::string folder;
  std::string draws;
  std::string draw;
  std::uint64_t seed = 1;
};

/// The scenario's numbers, or those of a draw of a campaign's sensitivity.
Result<days::Numbers> numbers_of(const Shown& asked, const days::Scenario& scenario) {
  if (asked.draws.empty() != asked.draw.empty())
    return fail(asked.draws.empty() ? "--draws" : "--draw",
                "is needed as well: the file, and which of its draws");
  if (asked.draws.empty()) return scenario.numbers();
  return days::numbers_of_draw(asked.draws, asked.draw, scenario);
}

/// The day of a seed, written as a folder, and the record of the room that stood in it.
Done show(const Shown& asked) {
  auto scenario = days::load_scenario(asked.scenario);
  if (!scenario) return fail(scenario.error());
  const auto policy = asked.policy.empty() ? scenario->policies.front() : scenario->policy(asked.policy);
  if (!policy) return fail(policy.error());
  const auto strait = days::open_strait(std::move(*scenario));
  if (!strait) return fail(strait.error());
  auto own = numbers_of(asked, (*strait)->scenario);
  if (!own) return fail(own.error());
  days::Numbers numbers = *own;
  for (const days::Setting& setting : policy->set) numbers.set(setting);
  const days::DayDraw draw = days::day_of_seed((*strait)->scenario, asked.seed);
  const days::DayTide tide(**strait, Time(draw.day));
  const auto first = days::simulate_day(**strait, *policy, numbers, draw, tide, {.keep_lines = true});
  if (!first) return fail(first.error());
  if (auto done = days::write_day(**strait, *policy, draw, *first, asked.folder); !done) return done;
  // Again in the world of the folder, which knows the hash of its files.
  const auto day = load_day(asked.folder);
  if (!day) return fail(day.error());
  auto world = load_world(*day);
  if (!world) return fail(world.error());
  const std::string path = asked.folder + "/record.jsonl";
  std::ofstream record(path, std::ios::binary);
  const auto again =
      days::simulate_day(**strait, *policy, numbers, draw, tide,
                         {.keep_lines = true, .world = *world, .entry = [&](const Entry& entry) {
                            record << entry_line(entry) << '\n';
                          }});
  if (!again) return fail(again.error());
  record.close();
  if (!record) return fail(path, "could not be written; is the disk full, or the folder not yours?");
  say("{}: {} of {}, policy {}, seed {}\n", asked.folder, iso_date(draw.day), (*strait)->scenario.name,
      policy->name, asked.seed);
  for (const days::MetricWords& words : days::metric_table())
    say("  {:<56}{:>10}\n", words.says, canonical_number(rounded(again->outcome[words.metric], 1)));
  say("{}", days::responses_text(days::response_rows(*(*strait)->rules.at(policy->name)),
                                 again->outcome.responses));
  say("varne demo --day {} shows it; varne replay {} --report OUT/ gives the same record.\n", asked.folder,
      asked.folder);
  return {};
}

void add_show(CLI::App& days, int& status) {
  auto* command =
      days.add_subcommand("show", "Write one simulated day as a day folder, to open in the console");
  auto asked = std::make_shared<Shown>();
  command->add_option("scenario", asked->scenario, "scenario file")->required();
  command->add_option("--seed", asked->seed, "of the day, as a campaign's CSV and JSON have it")->required();
  command->add_option("--policy", asked->policy, "policy; else the scenario's first");
  command->add_option("--out", asked->folder, "folder to write")->required();
  command->add_option("--draws", asked->draws, "draws.csv of a campaign with --sensitivity, and …");
  command->add_option("--draw", asked->draw, "… which of its draws: the day is lived with those numbers");
  command->footer(
      "Example:\n  varne days show data/scenarios/strait-2021.toml --seed 7 --policy turnaround-2021 --out "
      "day-7/");
  command->callback([asked, &status] {
    const auto done = show(*asked);
    status = done ? 0 : failed(done.error());
  });
}

struct Questioned {
  std::string scenario;
  std::string policy = "turnaround-2021";
  std::string out;
  int days = 20;
  int draws = 400;
  int rows = 64;
  std::size_t threads = 0;
  std::uint64_t seed = 1;
};

Done question(const Questioned& asked) {
  auto scenario = days::load_scenario(asked.scenario);
  if (!scenario) return fail(scenario.error());
  if (const auto policy = scenario->policy(asked.policy); !policy) return fail(policy.error());
  auto strait = days::open_strait(std::move(*scenario));
  if (!strait) return fail(strait.error());
  if (!find_response(*(*strait)->rules.at(asked.policy), "turn_round"))
    return fail("--policy", fmt::format("no doctrine of {} knows the response turn_round", asked.policy));
  const days::Question about(*strait, asked.policy, asked.days, asked.seed);
  const std::size_t threads =
      asked.threads > 0 ? asked.threads : std::max(1U, std::thread::hardware_concurrency());
  const auto answer = days::answer_question(about, asked.days, asked.draws, asked.rows, threads, asked.seed);
  const std::string text = days::answer_markdown(
      about, answer,
      fmt::format("varne days question {} --days {} --draws {} --rows {} --seed {} --out {}", asked.scenario,
                  asked.days, asked.draws, asked.rows, asked.seed, asked.out));
  std::ofstream out(asked.out, std::ios::binary);
  out << text;
  out.close();
  if (!out) return fail(asked.out, "could not be written; is the disk full, or the folder not yours?");
  say("{}", text.substr(0, text.find("How: ")));
  return {};
}

void add_question(CLI::App& days, int& status) {
  auto* command = days.add_subcommand(
      "question", "Of how many boats would every condition of the turnaround of 2021 have held at once?");
  auto asked = std::make_shared<Questioned>();
  command->add_option("scenario", asked->scenario, "scenario file")->required();
  command->add_option("--out", asked->out, "page to write (Markdown)")->required();
  command->add_option("--policy", asked->policy, "policy with the doctrine");
  command->add_option("--days", asked->days, "simulated days with boats, the same for every set of numbers")
      ->check(from_to(1, 10000));
  command->add_option("--draws", asked->draws, "sets of numbers over the ranges (Latin hypercube)")
      ->check(from_to(10, 1000000));
  command->add_option("--rows", asked->rows, "of the Sobol' design")->check(from_to(8, 100000));
  command->add_option("--threads", asked->threads, "else all there are")->check(from_to(1, 1024));
  command->add_option("--seed", asked->seed, "of the random numbers");
  command->footer(
      "Example:\n  varne days question data/scenarios/turnaround-2021.toml --out docs/results.md");
  command->callback([asked, &status] {
    const auto done = question(*asked);
    status = done ? 0 : failed(done.error());
  });
}

struct Validated {
  std::string scenario;
  std::string series;
  std::string on;
  std::vector<std::string> against;
  std::string out;
  days::ValidationOptions options;
  std::size_t threads = 0;
};

Done validation(Validated& asked) {
  auto series = read_series(asked.series);
  if (!series) return fail(series.error());
  const auto on = parse_span(asked.on);
  if (!on) return fail(on.error().in("--on"));
  asked.options.on = *on;
  std::string against;
  for (const std::string& text : asked.against) {
    const auto span = parse_span(text);
    if (!span) return fail(span.error().in("--against"));
    asked.options.against.push_back(*span);
    against += " " + text;
  }
  auto scenario = days::load_scenario(asked.scenario);
  if (!scenario) return fail(scenario.error());
  auto strait = days::open_strait(std::move(*scenario));
  if (!strait) return fail(strait.error());
  asked.options.threads =
      asked.threads > 0 ? asked.threads : std::max(1U, std::thread::hardware_concurrency());
  const auto made = days::validate(**strait, *series, asked.options);
  if (!made) return fail(made.error());
  const std::string text = days::validation_markdown(
      *made, **strait, asked.options,
      fmt::format("varne days validate {} {} --on {}{} --days {} --seed {} --out {}", asked.scenario,
                  asked.series, asked.on, against.empty() ? "" : " --against" + against, asked.options.days,
                  asked.options.seed, asked.out));
  if (auto done = days::write_whole(asked.out, text); !done) return done;
  say("{}", text.substr(text.find("## What does not fit")));
  return {};
}

void add_validate(CLI::App& days, int& status) {
  auto* command = days.add_subcommand(
      "validate", "Hold simulated days against published arrivals and standards, in one table");
  auto asked = std::make_shared<Validated>();
  command->add_option("scenario", asked->scenario, "scenario file")->required();
  command->add_option("series", asked->series, "series by day as CSV")->required();
  command->add_option("--on", asked->on, "the days to fit: a year or a span")->required();
  command->add_option("--against", asked->against, "days left out, a year or span each, to compare with");
  command->add_option("--out", asked->out, "page to write (Markdown)")->required();
  command->add_option("--days", asked->options.days, "simulated through the room")->check(from_to(2, 100000));
  command->add_option("--series", asked->options.series, "simulated series to compare with")
      ->check(from_to(20, 100000));
  command->add_option("--threads", asked->threads, "else all there are")->check(from_to(1, 1024));
  command->add_option("--seed", asked->options.seed, "of the random numbers");
  command->footer(
      "Example:\n  varne days validate data/scenarios/strait-2021.toml "
      "data/series/uk-small-boats-2021-2023.csv "
      "--on 2021 --against 2022 2023 --out docs/validation.md");
  command->callback([asked, &status] {
    const auto done = validation(*asked);
    status = done ? 0 : failed(done.error());
  });
}

}  // namespace

void add_days(CLI::App& app, int& status) {
  auto* command = app.add_subcommand("days", "Simulated days: fit their departures, look at one");
  command->require_subcommand(1);
  add_fit(*command, status);
  add_show(*command, status);
  add_question(*command, status);
  add_validate(*command, status);
}

}  // namespace varne::app
