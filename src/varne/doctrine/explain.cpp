#include "varne/doctrine/explain.h"

#include <fmt/format.h>

#include <set>

namespace varne {
namespace {

std::string day(const std::optional<Time>& time, const char* open) {
  return time ? iso(*time).substr(0, 10) : open;
}

std::string dated(const Validity& validity) {
  if (!validity.from && !validity.until) return "";
  if (!validity.from) return " (before " + day(validity.until, "") + ")";
  if (!validity.until) return " (from " + day(validity.from, "") + ")";
  return fmt::format(" (from {}, before {})", day(validity.from, ""), day(validity.until, ""));
}

/// A response's rules as an indented list; a rule met again is not opened again.
class Conditions {
 public:
  Conditions(const Vocabulary& vocabulary, const Doctrine& doctrine)
      : vocabulary_(vocabulary), doctrine_(doctrine) {}

  void rule(const std::string& id, std::size_t depth) {
    for (const std::size_t r : doctrine_.by_id.find(id)->second) {
      const Rule& rule = doctrine_.rules[r];
      text += fmt::format("{:{}}- {}{}", "", 2 * depth, rule.says, dated(rule.validity));
      if (!seen_.insert(r).second) {
        text += " (see above)\n";
        continue;
      }
      if (rule.kind == Rule::Kind::fact) text += limit(rule);
      if (rule.kind == Rule::Kind::all) text += ", that is, all of these:";
      if (rule.kind == Rule::Kind::any) text += ", that is, at least one of these:";
      if (rule.kind == Rule::Kind::negation) text += ", that is, not this:";
      text += "\n";
      for (const auto& term : rule.terms) this->rule(term, depth + 1);
    }
  }

  std::string text;

 private:
  std::string limit(const Rule& rule) const {
    if (!rule.parameter) return "";
    const Parameter& parameter = doctrine_.parameters[*rule.parameter];
    if (!parameter.value) return ": NO LIMIT IS SET. Unknown until somebody sets and signs it";
    return fmt::format(": {} {}", rule.compare == Rule::Compare::at_least ? "at least" : "at most",
                       shown_value(vocabulary_[rule.fact], *parameter.value));
  }

  const Vocabulary& vocabulary_;
  const Doctrine& doctrine_;
  std::set<std::size_t> seen_;
};

const char* may(const Response& response) {
  switch (response.stance) {
    case Stance::requires_it:
      return "YOU MUST do this when";
    case Stance::permits:
      return "YOU MAY do this only if";
    case Stance::forbids:
      return "YOU MUST NOT do this when";
  }
  return "";
}

}  // namespace

std::string explain(const Vocabulary& vocabulary, const Doctrine& doctrine) {
  std::string out = fmt::format("{}\n{}, {}.\n", doctrine.title, doctrine.authority, doctrine.territory);
  out += fmt::format("In force: from {} until {}.\n\n{}\n", day(doctrine.validity.from, "no stated day"),
                     day(doctrine.validity.until, "further notice"), doctrine.about);
  for (const Response& response : doctrine.responses) {
    Conditions conditions(vocabulary, doctrine);
    out += fmt::format("\n{}\n  {}", response.title, may(response));
    out += response.needs.size() == 1 ? ":\n" : " all of these hold:\n";
    for (const auto& id : response.needs) conditions.rule(id, 2);
    if (!response.unless.empty()) conditions.text += "  But not if:\n";
    for (const auto& id : response.unless) conditions.rule(id, 2);
    out += conditions.text;
    if (response.kind != ResponseKind::rescue && response.stance == Stance::permits)
      out +=
          "  Never while an officer has not ruled out every sign of danger. What nobody knows permits "
          "nothing.\n";
    if (!response.consents.empty())
      out +=
          "  The captain on scene and the commander must each agree, for this boat. Nobody above can agree "
          "for them.\n";
    out += fmt::format("  Otherwise: {}\n  Written in: {}\n", response.refused, response.citation);
  }
  out += "\nWhere each condition is written\n";
  for (const Rule& rule : doctrine.rules)
    out += fmt::format("  - {}{}\n      {}\n", rule.says, dated(rule.validity), rule.citation);
  for (const Parameter& parameter : doctrine.parameters)
    out += fmt::format("  - limit {}: {}\n      {}\n", parameter.key, parameter.says, parameter.citation);
  if (!doctrine.missing.empty()) out += fmt::format("\nWhat is missing here\n{}\n", doctrine.missing);
  return out;
}

}  // namespace varne
