#pragma once
/// The options that say which forcing is read and how: the same words in every command that reads any.

#include <CLI/App.hpp>
#include <optional>
#include <string>

#include "varne/core/result.h"
#include "varne/sea/forcing_words.h"

namespace varne::app {

/// What only some commands take.
struct ForcingExtras {
  bool* all_members = nullptr;   ///< `--member all`; null: one member only
  std::string* chart = nullptr;  ///< `--map` without "=" names this file; null: it does not
};

/// The words live as long as the command.
void add_forcing_options(CLI::App& command, ForcingWords& words, ForcingExtras extras = {});

/// Two numbers and nothing else: "250,8". @param meaning  for the refusal: "FROM,KNOTS, as in 250,8"
Result<std::pair<double, double>> pair_of(const std::string& option, const std::string& text,
                                          const char* meaning);

/// A vector said as degrees and knots; nothing where nothing was said.
/// @param from  the degrees are where it comes from, else where it goes
Result<std::optional<Vec>> stated_vector(const std::string& option, const std::string& text,
                                         const char* meaning, bool from);

/// What holds always, as somebody says, and files for one part alone; in the words of their options.
struct SeaSaid {
  std::string wind = {};           ///< --wind FROM,KNOTS or a file
  std::string current = {};        ///< --current TOWARDS,KNOTS or a file
  std::string wind_const = {};     ///< --wind-const U,V
  std::string current_const = {};  ///< --current-const U,V
  std::optional<double> waves_m = {};
};
bool is_file(const std::string& text);
/// Adds what was stated, then the files. @param options  of the files
Done add_said(Sea& sea, const SeaSaid& said, const ForcingOptions& options);

/// The sea of commands that ask who can go where.
struct SeaWords {
  ForcingWords forcing;
  SeaSaid said;
};
/// The words live as long as the command.
void add_sea_options(CLI::App& command, SeaWords& words);
/// What was stated, then the files, then the coast and the tides of the strait that ships; the files' notes
/// are printed.
Result<Sea> home_sea(const SeaWords& words);

}  // namespace varne::app
