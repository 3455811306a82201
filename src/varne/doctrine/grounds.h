#pragma once
/// What verdicts in words and verdicts as JSON both say: what stands in the way, which rules have lapsed,
/// which signs of danger are there.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "varne/doctrine/judge.h"

namespace varne {

const char* name_of(Rule::Compare compare);

inline const Response& response_of(const Verdict& verdict) {
  return verdict.doctrine->responses[verdict.response];
}

/// Of a conflict: the verdicts that permit or require the response, and those that forbid it. Else none.
std::vector<const Verdict*> disagreeing(const Joint& joint);

/// Index of a rule's version in force, or nothing.
std::optional<std::size_t> version_in_force(const Judgement& judgement, const std::string& id);

/// Rules the verdict stands on, or would, of which no version is in force; by id, each once.
std::set<std::string> lapsed_rules(const Judgement& judgement, const Verdict& verdict);

/// What is true of the signs of danger, as clauses.
std::vector<std::string> signs_of_danger(const Vocabulary& vocabulary, const Encounter& encounter);

/// Each thing that stands in the way, as a clause; facts that are not known are only counted. Empty: nothing.
/// Of a duty or a prohibition that applies: what it stands on.
std::vector<std::string> grounds(const Judgement& judgement, const Verdict& verdict);

/// "in force from 2021-09-30 until 2022-04-24"
std::string span_of(const Validity& validity);

}  // namespace varne
