#pragma once
/// The vocabulary and every doctrine of a folder, loaded together: what a room judges by.

#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/doctrine/doctrine.h"
#include "varne/doctrine/facts.h"
#include "varne/doctrine/words.h"

namespace varne {

struct Rulebook {
  Vocabulary vocabulary;
  Words words{};
  std::vector<Doctrine> doctrines;  ///< by name
};

/// Of the vocabulary's text and every doctrine's: what a room judged by.
Hash hash_of(const Rulebook& rules);

/// Reads facts.toml and every doctrine beside it; refuses what any of them is refused for, with file and
/// line.
Result<Rulebook> load_rulebook(const std::string& folder);

/// The first of these doctrines that knows the response says what it is; null: none does.
const Response* find_response(const Rulebook& rules, std::string_view id);

/// The parameter of this key ("doctrine.parameter"); null: no doctrine has it.
const Parameter* find_parameter(const Rulebook& rules, std::string_view key);

}  // namespace varne
