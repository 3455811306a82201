#include "varne/doctrine/grounds.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "varne/doctrine/reasons.h"

namespace varne {

const char* name_of(Rule::Compare compare) {
  switch (compare) {
    case Rule::Compare::is:
      return "is";
    case Rule::Compare::at_least:
      return "at least";
    case Rule::Compare::at_most:
      return "at most";
    case Rule::Compare::after:
      return "after";
    case Rule::Compare::before:
      return "before";
  }
  return "";
}

std::optional<std::size_t> version_in_force(const Judgement& judgement, const std::string& id) {
  for (const std::size_t r : judgement.doctrine->by_id.find(id)->second) {
    if (judgement.findings[r].in_force) return r;
  }
  return std::nullopt;
}

namespace {

/// The words of a rule, whichever version is in force; those of its first where none is.
const std::string& says(const Judgement& judgement, const std::string& id) {
  const auto r = version_in_force(judgement, id);
  return judgement.doctrine->rules[r.value_or(judgement.doctrine->by_id.find(id)->second.front())].says;
}

Truth truth_of_rule(const Judgement& judgement, const std::string& id) {
  return truth_of(judgement.doctrine->by_id.find(id)->second, judgement.findings);
}

/// A rule that holds, and of one that any of several decides those that do: "those aboard need rescue: help
/// has been called for".
std::string held(const Judgement& judgement, const std::string& id) {
  const auto r = version_in_force(judgement, id);
  if (!r || judgement.doctrine->rules[*r].kind != Rule::Kind::any) return says(judgement, id);
  std::vector<std::string> by;
  for (const auto& term : judgement.doctrine->rules[*r].terms) {
    if (truth_of_rule(judgement, term) == Truth::yes) by.push_back(held(judgement, term));
  }
  return fmt::format("{}: {}", says(judgement, id), fmt::join(by, ", "));
}

}  // namespace

std::set<std::string> lapsed_rules(const Judgement& judgement, const Verdict& verdict) {
  std::set<std::string> out;
  const auto look = [&](const std::vector<std::string>& ids) {
    for (const auto& id : ids) {
      if (!version_in_force(judgement, id)) out.insert(id);
    }
  };
  look(response_of(verdict).needs);
  look(response_of(verdict).unless);
  for (const std::size_t r : rules_of(judgement, verdict)) look(judgement.doctrine->rules[r].terms);
  return out;
}

std::vector<std::string> signs_of_danger(const Vocabulary& vocabulary, const Encounter& encounter) {
  std::vector<std::string> out;
  for (const FactId f : vocabulary.dangers()) {
    if (encounter.ask(vocabulary, f, [](double v) { return v == 1; }).truth == Truth::yes)
      out.push_back(vocabulary[f].says);
  }
  return out;
}

std::vector<std::string> grounds(const Judgement& judgement, const Verdict& verdict) {
  const Response& response = response_of(verdict);
  std::vector<std::string> why;
  if (verdict.ruling == Ruling::not_in_force) {
    why.push_back(fmt::format("{} is {}", verdict.doctrine->name, span_of(verdict.doctrine->validity)));
    return why;
  }
  // A duty, a prohibition and a permission stand on what holds; what else is not known takes nothing from
  // them.
  if (verdict.ruling == Ruling::required || verdict.ruling == Ruling::forbidden) {
    for (const auto& id : response.needs) why.push_back(held(judgement, id));
    return why;
  }
  if (verdict.ruling == Ruling::permitted) return why;
  if (needs_calm(response) && verdict.distress_ruled_out != Truth::yes)
    why.emplace_back("distress is not ruled out");
  for (const auto& id : response.needs) {
    if (truth_of_rule(judgement, id) == Truth::no)
      why.push_back(fmt::format("it does not hold that {}", says(judgement, id)));
  }
  for (const auto& id : response.unless) {
    if (truth_of_rule(judgement, id) == Truth::yes) why.push_back(says(judgement, id));
  }
  if (const auto open = open_facts(judgement, verdict).size(); open != 0)
    why.push_back(fmt::format("{} fact{} unknown", open, open == 1 ? "" : "s"));
  for (const auto& role : verdict.consents_refused) why.push_back(fmt::format("the {} refuses", role));
  if (!verdict.one_person.empty()) {
    why.push_back(fmt::format("the {} are one person ({}), and each must agree",
                              fmt::join(verdict.consents_open, " and the "), verdict.one_person));
  } else {
    for (const auto& role : verdict.consents_open) why.push_back(fmt::format("the {} has not spoken", role));
  }
  for (const auto& id : lapsed_rules(judgement, verdict))
    why.push_back(fmt::format("no rule is in force today on whether {}", says(judgement, id)));
  std::set<std::string> unset;
  for (const std::size_t r : rules_of(judgement, verdict)) {
    const Rule& rule = judgement.doctrine->rules[r];
    if (judgement.findings[r].parameter_unset)
      unset.insert(judgement.doctrine->parameters[*rule.parameter].says);
  }
  for (const auto& what : unset) why.push_back(fmt::format("nobody has set and signed {}", what));
  return why;
}

std::vector<const Verdict*> disagreeing(const Joint& joint) {
  std::vector<const Verdict*> out;
  if (joint.ruling != Ruling::conflict) return out;
  for (const Verdict* verdict : joint.verdicts) {
    if (verdict->permits() || verdict->ruling == Ruling::forbidden) out.push_back(verdict);
  }
  return out;
}

std::string conflict_summary(const Joint& joint) {
  std::string out = "conflict: ";
  for (const Verdict* verdict : disagreeing(joint))
    out += fmt::format("{} by {}; ", name_of(verdict->ruling), verdict->doctrine->name);
  return out + "neither wins, and it is not permitted";
}

std::string span_of(const Validity& validity) {
  const auto day = [](Time t) { return iso(t).substr(0, 10); };
  if (validity.from && validity.until)
    return fmt::format("in force from {} until {}", day(*validity.from), day(*validity.until));
  if (validity.from) return fmt::format("in force since {}", day(*validity.from));
  if (validity.until) return fmt::format("in force until {}", day(*validity.until));
  return "without a date of beginning or end";
}

std::string summary(const Judgement& judgement, const Verdict& verdict) {
  const auto why = grounds(judgement, verdict);
  return fmt::format("{}: {}", name_of(verdict.ruling),
                     why.empty() ? "every condition holds" : fmt::format("{}", fmt::join(why, "; ")));
}

}  // namespace varne
