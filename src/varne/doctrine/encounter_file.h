#pragma once
/// An encounter as JSON: what `varne judge` reads and what is kept of a verdict, so that it can be derived
/// again.
///
///     {"now": "2021-11-11T12:00:00Z",
///      "facts": {"distress": [{"value": false, "source": "captain of a cutter", "role": "captain",
///                              "at": "2021-11-11T11:58:00Z", "entry": 12}]},
///      "consents": [{"response": "turn_round", "role": "captain", "given": false, "by": "captain of a
///      cutter",
///                    "at": "2021-11-11T11:59:00Z"}],
///      "orders": ["minister: turn it round"],
///      "parameters": {"uk-turnaround-2021.wind_most": {"value": 5, "source": "director", "at":
///      "2021-11-01"}}}
///
/// Only `now` is required; `role` and `entry` may be left out.

#include <string>
#include <string_view>

#include "varne/core/json.h"
#include "varne/doctrine/facts.h"

namespace varne {

Json encounter_json(const Vocabulary& vocabulary, const Encounter& encounter);

/// Refuses, with file and field: a member it does not know, a fact the vocabulary does not have, a value of
/// the wrong kind, a word without source or time, a word or consent from after `now`.
Result<Encounter> parse_encounter(const Vocabulary& vocabulary, std::string_view text,
                                  const std::string& file);

}  // namespace varne
