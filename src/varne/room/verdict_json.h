#pragma once
/// A verdict as the record keeps it, and derived again from there: the words that it stood on are in its
/// entry, so the same doctrine must come to the same verdict, bit for bit, whoever asks and whenever.

#include <string>
#include <vector>

#include "varne/core/json.h"
#include "varne/core/result.h"
#include "varne/doctrine/judge.h"
#include "varne/doctrine/rulebook.h"

namespace varne {

/// Every doctrine's judgement of an encounter, in the rulebook's order.
std::vector<Judgement> judge_all(const Rulebook& rules, const Encounter& encounter);

/// A verdict on one response with all its reasons: `response`, `title`, `kind`, `ruling`, `permits`,
/// `summary` (of the doctrine that gave the ruling), `dangers` (every word on a sign of danger: `fact`,
/// `said`) and `verdicts`, each doctrine's reasons (doctrine/reasons.h).
Json verdict_json(const Rulebook& rules, const Encounter& encounter, const std::vector<Judgement>& judgements,
                  const Joint& joint);

/// The same without what every verdict of a doctrine would repeat: its titles, dates and citations stand
/// once, in the entry "doctrine".
Json as_recorded(Json verdict);

/// Takes the words out of the body of a verdict's entry and judges them anew by the rules at hand.
/// @return the verdict as recorded, whose members must equal those of the body; refuses a body whose words
///         cannot be read, and rules that are not those of the verdict (another hash), naming the doctrine
Result<Json> derive_again(const Rulebook& rules, const Json& body);

}  // namespace varne
