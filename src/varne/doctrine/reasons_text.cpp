/// A verdict in words: the answer, what stands in the way, what to do instead; then every condition with what
/// was said of it.

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "varne/doctrine/grounds.h"
#include "varne/doctrine/plain.h"
#include "varne/doctrine/reasons.h"

namespace varne {
namespace {

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

std::string entry_note(std::uint64_t entry) {
  return entry == 0 ? "" : fmt::format(" (entry {})", entry);
}

/// Prints the tree; a rule met a second time is named and not opened again.
class Tree {
 public:
  Tree(const Vocabulary& vocabulary, const Encounter& encounter, const Judgement& judgement)
      : vocabulary_(vocabulary),
        encounter_(encounter),
        judgement_(judgement),
        doctrine_(*judgement.doctrine) {}

  void rule(const std::string& id, std::size_t depth) {
    const auto r = version_in_force(judgement_, id);
    if (!r) {
      line(Truth::unknown, depth, doctrine_.rules[doctrine_.by_id.find(id)->second.front()].says);
      below(depth, "No version of this rule is in force today.");
      return;
    }
    const Rule& rule = doctrine_.rules[*r];
    const Finding& finding = judgement_.findings[*r];
    const bool opened = !seen_.insert(*r).second;
    line(finding.truth, depth, rule.says + (opened ? " (as above)" : how(rule)));
    if (opened) return;
    if (rule.kind == Rule::Kind::fact) evidence(rule, finding, depth);
    below(depth, "[" + rule.citation + "]");
    for (const auto& term : rule.terms) this->rule(term, depth + 1);
  }

  std::string text;

 private:
  static constexpr std::size_t truth_width = 9;

  void line(Truth truth, std::size_t depth, const std::string& says) {
    const std::string blanks(2 * depth, ' ');
    text += wrapped(fmt::format("{}{:<{}}", blanks, upper(name_of(truth)), truth_width), says,
                    blanks.size() + truth_width);
  }
  void below(std::size_t depth, const std::string& what) {
    const std::size_t blanks = 2 * depth + truth_width;
    text += wrapped(std::string(blanks, ' '), what, blanks);
  }

  static const char* how(const Rule& rule) {
    if (rule.kind == Rule::Kind::fact) return "";
    if (rule.kind == Rule::Kind::negation) return ": not if";
    if (rule.terms.size() == 1) return ":";
    return rule.kind == Rule::Kind::all ? ": all of" : ": any one of";
  }

  std::string heard(const FactDefinition& fact, const FactValue& word) const {
    return fmt::format("{}, says {}, {}{}.", plain_value(fact, word.value), word.source,
                       plain_time(word.at, encounter_.now), entry_note(word.entry));
  }

  /// What stood behind the truth of one rule over a fact.
  void evidence(const Rule& rule, const Finding& finding, std::size_t depth) {
    const FactDefinition& fact = vocabulary_[rule.fact];
    // "nobody is in the water: no" reads as its opposite; so the question is named.
    const std::string asked =
        fact.kind == FactKind::truth && rule.value == 0 ? fmt::format("Is it so that {}? ", fact.says) : "";
    switch (finding.standing) {
      case Standing::never_said:
        below(depth, "Nobody has said.");
        break;
      case Standing::stale:
        below(depth, fmt::format("Too old: {}{} Good for {} min.", asked, heard(fact, *finding.value),
                                 static_cast<long>(seconds(*fact.good_for) / 60)));
        break;
      case Standing::not_by_officer:
        below(depth, fmt::format("Not an officer's word: {}{}", asked, heard(fact, *finding.value)));
        break;
      case Standing::ahead:
        below(depth, fmt::format("Of a time to come: {}{}", asked, heard(fact, *finding.value)));
        break;
      case Standing::known:
        below(depth, asked + heard(fact, *finding.value));
        break;
      case Standing::disputed:
        below(depth, "The words disagree:");
        for (const FactValue& word : encounter_.said(rule.fact)) below(depth, asked + heard(fact, word));
        break;
    }
    if (fact.kind == FactKind::truth || fact.kind == FactKind::choice) return;
    if (const auto limit = limit_of(doctrine_, rule, encounter_)) {
      below(depth, fmt::format("Needed: {} {}.", name_of(rule.compare), plain_value(fact, *limit)));
    } else {
      below(depth, fmt::format("Nobody has set and signed the limit {}.",
                               doctrine_.parameters[*rule.parameter].key));
    }
  }

  const Vocabulary& vocabulary_;
  const Encounter& encounter_;
  const Judgement& judgement_;
  const Doctrine& doctrine_;
  std::set<std::size_t> seen_;
};

std::string item(const std::string& what) {
  return wrapped("    - ", what, 6);
}

std::string consents(const Encounter& encounter, const Response& response) {
  std::string out;
  const auto heard = encounter.consents(response.id, response.consents);
  for (std::size_t i = 0; i < heard.size(); ++i) {
    const std::string& role = response.consents[i];
    const Consent* consent = heard[i];
    out += item(consent ? fmt::format("the {} {}: {}, {}{}", role, consent->given ? "agrees" : "refuses",
                                      consent->by, plain_time(consent->at, encounter.now),
                                      entry_note(consent->entry))
                        : fmt::format("the {} has not spoken, and nobody can speak in their stead", role));
  }
  return out;
}

}  // namespace

std::string answers_text(const std::vector<Judgement>& judgements) {
  std::string out;
  const auto joints = join(judgements);
  for (const Ruling ruling :
       {Ruling::required, Ruling::permitted, Ruling::conflict, Ruling::forbidden, Ruling::refused,
        Ruling::unknown, Ruling::not_called_for, Ruling::not_in_force}) {
    for (const Joint& joint : joints) {
      if (joint.ruling == ruling)
        out += wrapped(fmt::format("{:<16}", upper(name_of(ruling))),
                       response_of(*joint.verdicts.front()).title, 16);
    }
  }
  return out;
}

std::string conflict_text(const Joint& joint) {
  std::string out = wrapped("", fmt::format("{}: CONFLICT", response_of(*joint.verdicts.front()).title), 0) +
                    "  Doctrines disagree. Neither wins, and it is not permitted.\n";
  for (const Verdict* verdict : disagreeing(joint)) {
    out += wrapped(
        "  ",
        fmt::format("{} by \"{}\", since it holds that:", name_of(verdict->ruling), verdict->doctrine->title),
        4);
    for (const auto& id : response_of(*verdict).needs)
      out += item(verdict->doctrine->rules[verdict->doctrine->by_id.find(id)->second.front()].says);
  }
  return out;
}

std::string reasons_text(const Vocabulary& vocabulary, const Encounter& encounter, const Judgement& judgement,
                         const Verdict& verdict) {
  const Doctrine& doctrine = *judgement.doctrine;
  const Response& response = response_of(verdict);
  std::string out = wrapped("", fmt::format("{}: {}", response.title, upper(name_of(verdict.ruling))), 0);
  const auto list = [&](const char* title, const std::vector<std::string>& items) {
    if (items.empty()) return;
    out += fmt::format("  {}\n", title);
    for (const auto& one : items) out += item(one);
  };
  list("Signs of danger:", signs_of_danger(vocabulary, encounter));
  const auto why = grounds(judgement, verdict);
  if (why.empty()) out += "  Every condition holds.\n";
  list("Because:", why);
  if (!verdict.permits()) out += wrapped("  ", "Instead: " + response.refused, 4);
  std::vector<std::string> changes;
  for (const auto& p : pivots(vocabulary, encounter, judgement, verdict))
    changes.push_back(
        fmt::format("{}: {}. Then: {}.", vocabulary[p.fact].says, p.becomes, name_of(p.ruling)));
  list("One thing alone would change it:", changes);
  if (!response.consents.empty()) out += "  Who must agree:\n" + consents(encounter, response);
  list("Recorded, and without effect on this verdict:", encounter.orders);
  Tree tree(vocabulary, encounter, judgement);
  if (!response.needs.empty()) tree.text += "  All of these must hold:\n";
  for (const auto& id : response.needs) tree.rule(id, 2);
  if (!response.unless.empty()) tree.text += "  None of these may hold:\n";
  for (const auto& id : response.unless) tree.rule(id, 2);
  out += tree.text;
  out += wrapped("  ",
                 fmt::format("At {}, by \"{}\" ({}; {}).", iso(encounter.now), doctrine.title,
                             doctrine.authority, span_of(doctrine.validity)),
                 4);
  return out;
}

}  // namespace varne
