#include "varne/doctrine/explain.h"

#include <fmt/format.h>

#include <set>

#include "varne/doctrine/judge.h"
#include "varne/doctrine/plain.h"

namespace varne {
namespace {

std::string day(const std::optional<Time>& time) {
  return iso(*time).substr(0, 10);
}

std::string dated(const Validity& validity) {
  if (!validity.from && !validity.until) return "";
  if (!validity.from) return fmt::format(" (before {})", day(validity.until));
  if (!validity.until) return fmt::format(" (from {})", day(validity.from));
  return fmt::format(" (from {}, before {})", day(validity.from), day(validity.until));
}

std::string in_force(const Validity& validity) {
  if (!validity.from && !validity.until) return "In force: always.";
  if (!validity.until) return fmt::format("In force: since {}.", day(validity.from));
  const std::string from = validity.from ? fmt::format(" from {}", day(validity.from)) : "";
  return fmt::format("In force only{} until {}, that day not included. On any other day it permits nothing.",
                     from, day(validity.until));
}

/// The conditions of all responses as indented lists; one that was opened before is named and not opened
/// again.
class Conditions {
 public:
  Conditions(const Vocabulary& vocabulary, const Doctrine& doctrine)
      : vocabulary_(vocabulary), doctrine_(doctrine) {}

  std::string list(const std::vector<std::string>& ids) {
    text_.clear();
    for (const auto& id : ids) rule(id, 2);
    return std::move(text_);
  }

 private:
  void rule(const std::string& id, std::size_t depth) {
    for (const std::size_t r : doctrine_.by_id.find(id)->second) {
      const Rule& rule = doctrine_.rules[r];
      const bool opened = rule.kind != Rule::Kind::fact && !seen_.insert(r).second;
      const std::string line = rule.says + dated(rule.validity) + (opened ? " (as above)" : more(rule));
      text_ += wrapped(std::string(2 * depth, ' ') + "- ", line, 2 * depth + 2);
      if (opened) continue;
      for (const auto& term : rule.terms) this->rule(term, depth + 1);
    }
  }

  /// What stands behind a condition: its limit, or how those below it count.
  std::string more(const Rule& rule) const {
    const bool one = rule.terms.size() == 1;
    switch (rule.kind) {
      case Rule::Kind::fact:
        return limit(rule);
      case Rule::Kind::all:
        return one ? ":" : ": all of";
      case Rule::Kind::any:
        return one ? ":" : ": any one of";
      case Rule::Kind::negation:
        return ": not if";
    }
    return "";
  }

  std::string limit(const Rule& rule) const {
    if (!rule.parameter) return "";
    const Parameter& parameter = doctrine_.parameters[*rule.parameter];
    if (!parameter.value) return ": NO LIMIT IS SET, so this is not known";
    return fmt::format(": {} {}", rule.compare == Rule::Compare::at_least ? "at least" : "at most",
                       plain_value(vocabulary_[rule.fact], *parameter.value));
  }

  const Vocabulary& vocabulary_;
  const Doctrine& doctrine_;
  std::string text_;
  std::set<std::size_t> seen_;
};

std::string answer(const Response& response) {
  const bool one = response.needs.size() == 1;
  switch (response.stance) {
    case Stance::requires_it:
      return one ? "YOU MUST, when:" : "YOU MUST, when all of these hold:";
    case Stance::permits:
      return one ? "YOU MAY, only if:" : "YOU MAY, only if all of these hold:";
    case Stance::forbids:
      return response.needs.empty() ? "YOU MUST NOT. Ever."
             : one                  ? "YOU MUST NOT, when:"
                                    : "YOU MUST NOT, when all of these hold:";
  }
  return "";
}

std::string explained(const Response& response, Conditions& conditions) {
  std::string out = fmt::format("\n{}\n", response.title);
  out += "  " + answer(response) + "\n" + conditions.list(response.needs);
  if (!response.unless.empty()) out += "  But not if:\n" + conditions.list(response.unless);
  if (needs_calm(response))
    out += wrapped(
        "  ", "And only while an officer says, of this boat, that there is no sign of danger at all.", 2);
  if (!response.consents.empty())
    out += wrapped("  ",
                   "And only if the captain on scene and the commander each agree, for this boat. Nobody "
                   "above can agree for them.",
                   2);
  if (response.stance == Stance::permits) out += "  What is not known permits nothing.\n";
  out += wrapped("  ", (response.stance == Stance::forbids ? "Instead: " : "If not: ") + response.refused, 4);
  return out;
}

}  // namespace

std::string explain(const Vocabulary& vocabulary, const Doctrine& doctrine) {
  std::string out = wrapped("", doctrine.title, 0);
  out += wrapped("", in_force(doctrine.validity), 0);
  out += wrapped("", "Where: " + doctrine.territory + ".", 0);
  out += wrapped("", "By: " + doctrine.authority + ".", 0);
  Conditions conditions(vocabulary, doctrine);
  for (const Response& response : doctrine.responses) out += explained(response, conditions);
  out += "\nWhat this is\n" + wrapped("  ", doctrine.about, 2);
  if (!doctrine.missing.empty()) out += "\nWhat is missing here\n" + wrapped("  ", doctrine.missing, 2);
  out += "\nWhere it is written\n";
  const auto written = [&](const std::string& what, const std::string& citation) {
    out += wrapped("  - ", what, 4) + wrapped("      ", citation, 6);
  };
  for (const Response& response : doctrine.responses) written(response.title, response.citation);
  for (const Rule& rule : doctrine.rules) written(rule.says + dated(rule.validity), rule.citation);
  for (const Parameter& parameter : doctrine.parameters)
    written(fmt::format("{} ({})", parameter.says, parameter.key), parameter.citation);
  return out;
}

}  // namespace varne
