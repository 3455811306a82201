#include "forcing_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <filesystem>

#include "numbers.h"
#include "terminal.h"
#include "varne/core/text.h"
#include "varne/core/units.h"
#include "varne/sea/forcing.h"
#include "varne/sea/strait.h"

namespace varne::app {
namespace {

void take_member(const std::string& text, ForcingWords& words, const ForcingExtras& extras) {
  if (extras.all_members != nullptr && (text == "all" || text == "ALL")) {
    *extras.all_members = true;
    return;
  }
  const auto number = parse_number(text);
  if (!number || *number != std::round(*number) || std::abs(*number) > 1e6)
    throw CLI::ValidationError("--member",
                               fmt::format("\"{}\" is no member's number{}", shown(text),
                                           extras.all_members != nullptr ? ", nor all"
                                           : text == "all" ? "; only varne drift takes all of them"
                                                           : ""));
  words.member = static_cast<int>(*number);
}

void take_map(const std::string& text, ForcingWords& words, const ForcingExtras& extras) {
  if (extras.chart != nullptr && text.find('=') == std::string::npos)
    *extras.chart = text;
  else
    words.map.push_back(text);
}

}  // namespace

void add_forcing_options(CLI::App& command, ForcingWords& words, ForcingExtras extras) {
  command
      .add_option(
          "--forcing,--sea-file", words.files,
          "netCDF or GRIB file with current, wind or waves, a folder of them, or a pattern in quotes; "
          "as many as you have, the first has priority")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_option_function<std::string>(
      "--member", [&words, extras](const std::string& text) { take_member(text, words, extras); },
      extras.all_members != nullptr
          ? "which member of an ensemble in the forcing; all: each particle keeps one"
          : "which member of an ensemble in the forcing");
  command.add_flag("--always", words.always, "forcing of one moment, or without time, holds always");
  command.add_flag("--sum-tides", words.sum_tides,
                   "a daily mean current has the tidal streams added to it, not put behind it");
  command
      .add_option_function<std::vector<std::string>>(
          "--map",
          [&words, extras](const std::vector<std::string>& all) {
            for (const auto& each : all) take_map(each, words, extras);
          },
          fmt::format("{}NAME=VAR: what a variable of the forcing is, by CF standard name, as in x_wind=U",
                      extras.chart != nullptr ? "draw a chart to this PNG file; " : ""))
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

Result<std::pair<double, double>> pair_of(const std::string& option, const std::string& text,
                                          const char* meaning) {
  const auto parts = split(text, ',');
  const auto a = parse_number(trim(parts[0]));
  const auto b = parts.size() == 2 ? parse_number(trim(parts[1])) : std::nullopt;
  if (!a || !b) return fail(option, fmt::format("\"{}\" is not {}", shown(text), meaning));
  return std::pair(*a, *b);
}

Result<std::optional<Vec>> stated_vector(const std::string& option, const std::string& text,
                                         const char* meaning, bool from) {
  if (text.empty()) return std::nullopt;
  const auto numbers = pair_of(option, text, meaning);
  if (!numbers) return std::unexpected(numbers.error());
  const auto [degrees, knots] = *numbers;
  if (degrees < 0 || degrees > 360 || knots < 0 || knots > 200)
    return fail(option, fmt::format("\"{}\" is out of range: 0 to 360 degrees, 0 to 200 knots", shown(text)));
  return towards(from ? reversed_deg(degrees) : degrees, mps_from_knots(knots));
}

namespace {

/// A vector of east and north [m/s], towards, as models write it.
Result<std::optional<Vec>> components(const std::string& option, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto numbers = pair_of(option, text, "U,V: metres a second to the east and to the north");
  if (!numbers) return std::unexpected(numbers.error());
  if (std::hypot(numbers->first, numbers->second) > 150)
    return fail(option, fmt::format("\"{}\" is faster than any sea or wind: metres a second", shown(text)));
  return Vec{numbers->first, numbers->second};
}

/// What a person said holds always and stands in the forecast as it was said: "wind from 250° at 8 kn".
struct Said {
  Stated step;
  std::vector<std::string> words;

  [[nodiscard]] Done take(const std::string& option, const std::string& text, const char* meaning,
                          const char* name, bool from, std::optional<Vec> Stated::*into) {
    if (text.empty() || is_file(text)) return {};
    const auto vector = stated_vector(option, text, meaning, from);
    if (!vector) return std::unexpected(vector.error());
    const auto parts = split(text, ',');
    words.push_back(fmt::format("{} {}° at {} kn", name, trim(parts[0]), trim(parts[1])));
    step.*into = *vector;
    return {};
  }
  [[nodiscard]] Done take_const(const std::string& option, const std::string& text, const char* name,
                                std::optional<Vec> Stated::*into) {
    const auto vector = components(option, text);
    if (!vector) return std::unexpected(vector.error());
    if (!*vector) return {};
    words.push_back(fmt::format("{} {} m/s east, {} m/s north", name, (*vector)->east, (*vector)->north));
    step.*into = *vector;
    return {};
  }
};

Result<Said> words_of(const SeaSaid& asked) {
  Said all;
  if (auto done = all.take("--wind", asked.wind, "FROM,KNOTS, as in 250,8, nor a file", "wind from", true,
                           &Stated::wind);
      !done)
    return std::unexpected(done.error());
  if (auto done = all.take("--current", asked.current, "TOWARDS,KNOTS, as in 40,1.5, nor a file",
                           "current towards", false, &Stated::current);
      !done)
    return std::unexpected(done.error());
  if (auto done = all.take_const("--wind-const", asked.wind_const, "wind", &Stated::wind); !done)
    return std::unexpected(done.error());
  if (auto done = all.take_const("--current-const", asked.current_const, "current", &Stated::current); !done)
    return std::unexpected(done.error());
  if (asked.waves_m) {
    all.words.push_back(fmt::format("waves of {} m", *asked.waves_m));
    all.step.wave_height_m = asked.waves_m;
  }
  return all;
}

}  // namespace

bool is_file(const std::string& text) {
  std::error_code ignored;
  return std::filesystem::exists(text, ignored);
}

Done add_said(Sea& sea, const SeaSaid& said, const ForcingOptions& options) {
  const auto stated = words_of(said);
  if (!stated) return std::unexpected(stated.error());
  if (!stated->words.empty())
    sea.add(stated_source(fmt::format("stated: {}", fmt::join(stated->words, "; ")), {stated->step}));
  const auto add_part = [&](const std::string& path, SeaPart part) -> Done {
    if (path.empty() || !is_file(path)) return {};
    Sea file;
    ForcingOptions alone = options;
    alone.role = part == SeaPart::wind ? Quantity::wind : Quantity::current;
    if (auto added = add_forcing(file, {path}, alone); !added) return added;
    for (const auto& source : file.sources()) sea.add(only(source, part));
    return {};
  };
  if (auto added = add_part(said.wind, SeaPart::wind); !added) return added;
  return add_part(said.current, SeaPart::current);
}

void add_sea_options(CLI::App& command, SeaWords& words) {
  add_forcing_options(command, words.forcing);
  command.add_option("--wind", words.said.wind,
                     "stated wind: degrees it blows FROM, knots at 10 m; or a file for the wind alone");
  command.add_option("--current", words.said.current,
                     "stated current: degrees it flows TOWARDS, knots; or a file for the current alone");
  command
      .add_option("--sea-m", words.said.waves_m, "stated height of the waves, which vessels' speed goes by")
      ->check(from_to(0, 30));
}

Result<Sea> home_sea(const SeaWords& words) {
  Sea sea;
  const auto options = forcing_options(words.forcing);
  if (!options) return std::unexpected(options.error());
  if (auto added = add_said(sea, words.said, *options); !added) return std::unexpected(added.error());
  if (auto added = add_forcing(sea, words.forcing.files, *options); !added)
    return std::unexpected(added.error());
  if (auto added = add_home_strait(sea); !added) return std::unexpected(added.error());
  for (const auto& note : sea.notes()) complain("varne: {}\n", note);
  return sea;
}

}  // namespace varne::app
