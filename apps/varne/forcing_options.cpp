#include "forcing_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>

#include "varne/core/text.h"
#include "varne/core/units.h"

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

}  // namespace varne::app
