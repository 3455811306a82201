#pragma once
/// A verdict in words and as JSON: every rule it stands on, held or not, with the word it had, from whom and
/// when; what alone would change it; whose consent is outstanding. Nothing is left out because something else
/// had already decided.

#include <string>

#include "varne/core/json.h"
#include "varne/doctrine/judge.h"

namespace varne {

/// One sentence: "refused: distress is not ruled out; the boat is not in UK waters; 4 facts unknown; the
/// captain has not agreed".
std::string summary(const Judgement& judgement, const Verdict& verdict);

/// One line a response: what all doctrines together say of it, what must and may be done first.
std::string answers_text(const std::vector<Judgement>& judgements);

/// Where doctrines disagree (Ruling::conflict): "conflict: permitted by example; forbidden by fr-assist;
/// neither wins, and it is not permitted".
std::string conflict_summary(const Joint& joint);
/// The same in short lines, with the rules of each on which it says so.
std::string conflict_text(const Joint& joint);

/// Many short lines: the answer, what stands in the way, what to do instead; then every condition.
std::string reasons_text(const Vocabulary& vocabulary, const Encounter& encounter, const Judgement& judgement,
                         const Verdict& verdict);

/// Members: response, title, kind, stance, ruling, permits, summary, time; doctrine {name, title, authority,
/// territory, hash, from, until, in_force}; distress_ruled_out, signs_of_danger; needs and unless (ids of
/// rules); lapsed (ids of those without a version in force, which are unknown); rules, each once, those it
/// stands on before it: id, says, truth, in_force, citation, from, until, and either fact, compare, limit,
/// standing, value and said, or all, any or not with ids; consents, orders, open_facts, would_change,
/// refused. `said` lists every word on the fact: value, source, role, at, age_s, entry.
Json reasons_json(const Vocabulary& vocabulary, const Encounter& encounter, const Judgement& judgement,
                  const Verdict& verdict);

/// What all doctrines together say: response, ruling, verdicts (the reasons of each); of a conflict also
/// disagree: doctrine, ruling and rules (ids) of each that permits or forbids.
Json reasons_json(const Vocabulary& vocabulary, const Encounter& encounter,
                  const std::vector<Judgement>& judgements, const Joint& joint);

}  // namespace varne
