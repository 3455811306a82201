#pragma once
/// Why the record says what it says: an entry with the entries that it stood on, for the inquiry afterwards.
/// From the record alone.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "varne/core/json.h"
#include "varne/core/result.h"
#include "varne/doctrine/rulebook.h"
#include "varne/record/entry.h"
#include "varne/room/entries.h"

namespace varne {

struct Why {
  Entry entry;
  /// What it stood on, in order: the reports behind every word of a verdict, consents, parameters, what it
  /// took the place of; of any other entry the report that it followed from.
  std::vector<Entry> stood_on;
  std::map<std::string, entries::Rules> doctrines;  ///< of the entries before it, by name
};

/// Reads the record up to that entry. Refuses, with the record's name: an entry it does not have, a verdict
/// that names an entry after itself.
Result<Why> why(const std::string& record, std::uint64_t number);

/// Whether a verdict comes out the same again from the words in its entry, by the rules at hand: "yes", or in
/// a few words why not or why nobody can say; "" for any other entry.
std::string derived_again(const Why& why, const Rulebook& rules);

/// For a person: the entry, each condition with its truth, who said so and when, its citation, and the
/// entries.
std::string why_text(const Why& why);

/// {"entry": {…}, "stood_on": [{…}…], "citations": {"doctrine": {"rule": "…"}}}
Json why_json(const Why& why);

}  // namespace varne
