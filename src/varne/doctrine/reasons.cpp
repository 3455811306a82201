#include "varne/doctrine/reasons.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace varne {
namespace {

const char* compare_name(Rule::Compare compare) {
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

const char* standing_name(Standing standing) {
  switch (standing) {
    case Standing::known:
      return "known";
    case Standing::never_said:
      return "never said";
    case Standing::stale:
      return "stale";
    case Standing::disputed:
      return "disputed";
    case Standing::not_by_officer:
      return "not said by an officer";
  }
  return "";
}

const char* kind_name(Rule::Kind kind) {
  return kind == Rule::Kind::all ? "all" : kind == Rule::Kind::any ? "any" : "not";
}

const Response& response_of(const Verdict& verdict) {
  return verdict.doctrine->responses[verdict.response];
}

/// Index of a rule's version in force, or nothing.
std::optional<std::size_t> in_force(const Judgement& judgement, const std::string& id) {
  for (const std::size_t r : judgement.doctrine->by_id.find(id)->second) {
    if (judgement.findings[r].in_force) return r;
  }
  return std::nullopt;
}

Truth truth_of_rule(const Judgement& judgement, const std::string& id) {
  const auto r = in_force(judgement, id);
  return r ? judgement.findings[*r].truth : Truth::unknown;
}

/// Rules the verdict stands on, or would, of which no version is in force; by id, each once.
std::set<std::string> lapsed_rules(const Judgement& judgement, const Verdict& verdict) {
  std::set<std::string> out;
  const auto look = [&](const std::vector<std::string>& ids) {
    for (const auto& id : ids) {
      if (!in_force(judgement, id)) out.insert(id);
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

Json json_of(const FactDefinition& fact, double value) {
  switch (fact.kind) {
    case FactKind::truth:
      return value == 1;
    case FactKind::number:
      return value;
    case FactKind::time:
    case FactKind::choice:
      return shown_value(fact, value);
  }
  return nullptr;
}

Json json_of(const FactDefinition& fact, const FactValue& word, Time now) {
  Json out{{"value", json_of(fact, word.value)},
           {"source", word.source},
           {"at", iso(word.at)},
           {"age_s", seconds(now - word.at)}};
  if (!word.role.empty()) out["role"] = word.role;
  if (word.entry != 0) out["entry"] = word.entry;
  return out;
}

void put(Json& out, const Validity& validity) {
  if (validity.from) out["from"] = iso(*validity.from);
  if (validity.until) out["until"] = iso(*validity.until);
}

Json json_of_rule(const Vocabulary& vocabulary, const Encounter& encounter, const Judgement& judgement,
                  std::size_t r) {
  const Doctrine& doctrine = *judgement.doctrine;
  const Rule& rule = doctrine.rules[r];
  const Finding& finding = judgement.findings[r];
  Json out{
      {"id", rule.id}, {"says", rule.says}, {"citation", rule.citation}, {"truth", name_of(finding.truth)}};
  put(out, rule.validity);
  if (rule.kind != Rule::Kind::fact) {
    out[kind_name(rule.kind)] = rule.terms;
    return out;
  }
  const FactDefinition& fact = vocabulary[rule.fact];
  out["fact"] = fact.name;
  out["compare"] = compare_name(rule.compare);
  out["standing"] = standing_name(finding.standing);
  if (const auto limit = limit_of(doctrine, rule, encounter)) {
    out["limit"] = json_of(fact, *limit);
  } else {
    out["limit"] = nullptr;
  }
  if (rule.parameter) {
    const Parameter& parameter = doctrine.parameters[*rule.parameter];
    out["parameter"] = parameter.key;
    if (const auto set = encounter.parameters.find(parameter.key); set != encounter.parameters.end())
      out["signed"] = json_of(fact, set->second, encounter.now);
  }
  if (finding.value) out["value"] = json_of(fact, *finding.value, encounter.now);
  Json said = Json::array();
  for (const FactValue& word : encounter.said(rule.fact)) said.push_back(json_of(fact, word, encounter.now));
  out["said"] = std::move(said);
  return out;
}

Json json_of_consents(const Encounter& encounter, const Response& response) {
  Json out = Json::array();
  for (const auto& role : response.consents) {
    Json one{{"role", role}, {"given", nullptr}};
    if (const Consent* consent = encounter.consent(response.id, role)) {
      one["given"] = consent->given;
      one["by"] = consent->by;
      one["at"] = iso(consent->at);
      if (consent->entry != 0) one["entry"] = consent->entry;
    }
    out.push_back(std::move(one));
  }
  return out;
}

std::string entry_note(std::uint64_t entry) {
  return entry == 0 ? "" : fmt::format(" (entry {})", entry);
}

std::string heard(const FactDefinition& fact, const FactValue& word) {
  return fmt::format("{}, said by {} at {}{}", shown_value(fact, word.value), word.source, iso(word.at),
                     entry_note(word.entry));
}

/// What stood behind the truth of one rule over a fact.
std::string evidence(const Vocabulary& vocabulary, const Encounter& encounter, const Doctrine& doctrine,
                     const Rule& rule, const Finding& finding) {
  const FactDefinition& fact = vocabulary[rule.fact];
  std::string out;
  switch (finding.standing) {
    case Standing::never_said:
      out = "nobody has said";
      break;
    case Standing::stale:
      out = fmt::format("too old: {}; good for {} min", heard(fact, *finding.value),
                        static_cast<long>(seconds(*fact.good_for) / 60));
      break;
    case Standing::not_by_officer:
      out = fmt::format("not said by an officer: {}", heard(fact, *finding.value));
      break;
    case Standing::known:
      out = heard(fact, *finding.value);
      break;
    case Standing::disputed: {
      std::vector<std::string> words;
      for (const FactValue& word : encounter.said(rule.fact)) words.push_back(heard(fact, word));
      out = fmt::format("the words disagree: {}", fmt::join(words, "; "));
      break;
    }
  }
  if (fact.kind == FactKind::truth || fact.kind == FactKind::choice) return out;
  if (const auto limit = limit_of(doctrine, rule, encounter)) {
    out += fmt::format("; wanted {} {}", compare_name(rule.compare), shown_value(fact, *limit));
  } else {
    out +=
        fmt::format("; nobody has set and signed the limit \"{}\"", doctrine.parameters[*rule.parameter].key);
  }
  return out;
}

/// Prints the tree; a rule met a second time is named and not opened again.
class Tree {
 public:
  Tree(const Vocabulary& vocabulary, const Encounter& encounter, const Judgement& judgement)
      : vocabulary_(vocabulary), encounter_(encounter), judgement_(judgement) {}

  void rule(const std::string& id, std::size_t depth) {
    const auto r = in_force(judgement_, id);
    const std::string blanks(2 * depth, ' ');
    const Doctrine& doctrine = *judgement_.doctrine;
    if (!r) {
      const Rule& rule = doctrine.rules[doctrine.by_id.find(id)->second.front()];
      text += fmt::format("{}UNKNOWN  {}: no version of this rule is in force today\n", blanks, rule.says);
      return;
    }
    const Rule& rule = doctrine.rules[*r];
    const Finding& finding = judgement_.findings[*r];
    const char* truth = finding.truth == Truth::yes ? "YES" : finding.truth == Truth::no ? "NO" : "UNKNOWN";
    text += fmt::format("{}{:<8} {}", blanks, truth, rule.says);
    if (!seen_.insert(*r).second) {
      text += " (see above)\n";
      return;
    }
    if (rule.kind == Rule::Kind::fact) {
      text += ": " + evidence(vocabulary_, encounter_, doctrine, rule, finding) + "\n";
    } else {
      text += rule.kind == Rule::Kind::all   ? "; all of these must hold:\n"
              : rule.kind == Rule::Kind::any ? "; one of these must hold:\n"
                                             : "; this must not hold:\n";
    }
    text += fmt::format("{}         [{}]\n", blanks, rule.citation);
    for (const auto& term : rule.terms) this->rule(term, depth + 1);
  }

  std::string text;

 private:
  const Vocabulary& vocabulary_;
  const Encounter& encounter_;
  const Judgement& judgement_;
  std::set<std::size_t> seen_;
};

std::string span(const Validity& validity) {
  const auto day = [](Time t) { return iso(t).substr(0, 10); };
  if (validity.from && validity.until)
    return fmt::format("in force from {} until {}", day(*validity.from), day(*validity.until));
  if (validity.from) return fmt::format("in force since {}", day(*validity.from));
  if (validity.until) return fmt::format("in force until {}", day(*validity.until));
  return "without a date of beginning or end";
}

}  // namespace

std::string summary(const Judgement& judgement, const Verdict& verdict) {
  const Response& response = response_of(verdict);
  std::vector<std::string> why;
  if (verdict.ruling == Ruling::not_in_force) {
    why.push_back(fmt::format("{} is {}", verdict.doctrine->name, span(verdict.doctrine->validity)));
    return fmt::format("{}: {}", name_of(verdict.ruling), why.front());
  }
  if (response.kind != ResponseKind::rescue && response.stance == Stance::permits &&
      verdict.distress_ruled_out != Truth::yes)
    why.emplace_back("distress is not ruled out");
  for (const auto& id : response.needs) {
    if (truth_of_rule(judgement, id) != Truth::no) continue;
    const auto& versions = judgement.doctrine->by_id.find(id)->second;
    why.push_back(fmt::format("it does not hold that {}", judgement.doctrine->rules[versions.front()].says));
  }
  for (const auto& id : response.unless) {
    if (const auto r = in_force(judgement, id); r && judgement.findings[*r].truth == Truth::yes)
      why.push_back(judgement.doctrine->rules[*r].says);
  }
  if (const auto open = open_facts(judgement, verdict).size(); open != 0)
    why.push_back(fmt::format("{} fact{} unknown", open, open == 1 ? "" : "s"));
  for (const auto& role : verdict.consents_refused) why.push_back(fmt::format("the {} refuses", role));
  for (const auto& role : verdict.consents_open) why.push_back(fmt::format("the {} has not spoken", role));
  std::set<std::string> unset;
  for (const std::size_t r : rules_of(judgement, verdict)) {
    const Rule& rule = judgement.doctrine->rules[r];
    if (judgement.findings[r].parameter_unset)
      unset.insert(judgement.doctrine->parameters[*rule.parameter].says);
  }
  for (const auto& id : lapsed_rules(judgement, verdict)) {
    const auto& versions = judgement.doctrine->by_id.find(id)->second;
    why.push_back(fmt::format("no rule is in force today on whether {}",
                              judgement.doctrine->rules[versions.front()].says));
  }
  for (const auto& what : unset) why.push_back(fmt::format("nobody has set and signed {}", what));
  if (why.empty()) why.emplace_back("every condition holds");
  return fmt::format("{}: {}", name_of(verdict.ruling), fmt::join(why, "; "));
}

std::string reasons_text(const Vocabulary& vocabulary, const Encounter& encounter, const Judgement& judgement,
                         const Verdict& verdict) {
  const Doctrine& doctrine = *judgement.doctrine;
  const Response& response = response_of(verdict);
  std::string out =
      fmt::format("{}\n  {}\n  at {}, by \"{}\" ({}; {})\n", response.title, summary(judgement, verdict),
                  iso(encounter.now), doctrine.title, doctrine.authority, span(doctrine.validity));
  const auto signs = signs_of_danger(vocabulary, encounter);
  if (!signs.empty()) out += fmt::format("  Signs of danger: {}.\n", fmt::join(signs, "; "));
  if (response.kind != ResponseKind::rescue)
    out += fmt::format("  Life first: is distress ruled out? {}.\n", name_of(verdict.distress_ruled_out));
  Tree tree(vocabulary, encounter, judgement);
  tree.text += "  All of these must hold:\n";
  for (const auto& id : response.needs) tree.rule(id, 2);
  if (!response.unless.empty()) tree.text += "  None of these may hold:\n";
  for (const auto& id : response.unless) tree.rule(id, 2);
  out += tree.text;
  for (const auto& role : response.consents) {
    const Consent* consent = encounter.consent(response.id, role);
    out += consent ? fmt::format("  The {} {}: {} at {}{}.\n", role, consent->given ? "agrees" : "refuses",
                                 consent->by, iso(consent->at), entry_note(consent->entry))
                   : fmt::format("  The {} has not spoken, and nobody can speak in their stead.\n", role);
  }
  for (const auto& order : encounter.orders)
    out += fmt::format("  Recorded, and without effect on this verdict: {}\n", order);
  for (const auto& p : pivots(vocabulary, encounter, judgement, verdict))
    out += fmt::format("  This alone would change it to \"{}\": {}: {}.\n", name_of(p.ruling),
                       vocabulary[p.fact].says, p.becomes);
  if (!verdict.permits()) out += fmt::format("  Instead: {}\n", response.refused);
  return out;
}

Json reasons_json(const Vocabulary& vocabulary, const Encounter& encounter, const Judgement& judgement,
                  const Verdict& verdict) {
  const Doctrine& doctrine = *judgement.doctrine;
  const Response& response = response_of(verdict);
  Json about{{"name", doctrine.name},           {"title", doctrine.title},
             {"authority", doctrine.authority}, {"territory", doctrine.territory},
             {"hash", hex(doctrine.hash)},      {"in_force", judgement.in_force}};
  put(about, doctrine.validity);
  Json rules = Json::array();
  for (const std::size_t r : rules_of(judgement, verdict))
    rules.push_back(json_of_rule(vocabulary, encounter, judgement, r));
  Json open = Json::array();
  for (const FactId f : open_facts(judgement, verdict)) open.push_back(vocabulary[f].name);
  Json changes = Json::array();
  for (const auto& p : pivots(vocabulary, encounter, judgement, verdict))
    changes.push_back(
        {{"fact", vocabulary[p.fact].name}, {"becomes", p.becomes}, {"ruling", name_of(p.ruling)}});
  Json lapsed = Json::array();
  for (const auto& id : lapsed_rules(judgement, verdict)) lapsed.push_back(id);
  return {{"response", response.id},
          {"title", response.title},
          {"kind", name_of(response.kind)},
          {"stance", name_of(response.stance)},
          {"citation", response.citation},
          {"ruling", name_of(verdict.ruling)},
          {"permits", verdict.permits()},
          {"summary", summary(judgement, verdict)},
          {"time", iso(encounter.now)},
          {"doctrine", std::move(about)},
          {"distress_ruled_out", name_of(verdict.distress_ruled_out)},
          {"signs_of_danger", signs_of_danger(vocabulary, encounter)},
          {"needs", response.needs},
          {"unless", response.unless},
          {"lapsed", std::move(lapsed)},
          {"rules", std::move(rules)},
          {"consents", json_of_consents(encounter, response)},
          {"orders", encounter.orders},
          {"open_facts", std::move(open)},
          {"would_change", std::move(changes)},
          {"refused", response.refused}};
}

Json reasons_json(const Vocabulary& vocabulary, const Encounter& encounter,
                  const std::vector<Judgement>& judgements, const Joint& joint) {
  Json each = Json::array();
  for (const Verdict* verdict : joint.verdicts) {
    const auto judgement = std::find_if(judgements.begin(), judgements.end(),
                                        [&](const Judgement& j) { return j.doctrine == verdict->doctrine; });
    each.push_back(reasons_json(vocabulary, encounter, *judgement, *verdict));
  }
  return {{"response", joint.response}, {"ruling", name_of(joint.ruling)}, {"verdicts", std::move(each)}};
}

}  // namespace varne
