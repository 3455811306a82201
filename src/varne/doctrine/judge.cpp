#include "varne/doctrine/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include "varne/core/letters.h"
#include "varne/doctrine/plain.h"

namespace varne {

const char* name_of(Ruling ruling) {
  switch (ruling) {
    case Ruling::permitted:
      return "permitted";
    case Ruling::required:
      return "required";
    case Ruling::refused:
      return "refused";
    case Ruling::unknown:
      return "unknown";
    case Ruling::not_in_force:
      return "not in force";
    case Ruling::not_called_for:
      return "not called for";
    case Ruling::forbidden:
      return "forbidden";
    case Ruling::conflict:
      return "conflict";
  }
  return "";
}

namespace {

/// Life first, whatever any file says: distress and every sign of danger must be ruled out, each by a good
/// word of an officer. That nobody has reported a sign rules nothing out; so forgetting one never permits.
Truth distress_ruled_out(const Vocabulary& vocabulary, const Encounter& encounter,
                         std::vector<FactId>& open) {
  Truth calm = Truth::yes;
  for (const FactId danger : vocabulary.dangers()) {
    const Truth ruled_out = encounter.ask(vocabulary, danger, [](double v) { return v == 0; }).truth;
    if (ruled_out == Truth::unknown) open.push_back(danger);
    calm = std::min(calm, ruled_out);
  }
  return calm;
}

bool holds(Rule::Compare compare, double value, double limit) {
  switch (compare) {
    case Rule::Compare::is:
      return value == limit;
    case Rule::Compare::at_least:
      return value >= limit;
    case Rule::Compare::at_most:
      return value <= limit;
    case Rule::Compare::after:
      return value > limit;
    case Rule::Compare::before:
      return value < limit;
  }
  return false;
}

}  // namespace

bool needs_calm(const Response& response) {
  return response.kind != ResponseKind::rescue && response.stance == Stance::permits;
}

Truth truth_of(const Versions& versions, const std::vector<Finding>& findings) {
  for (const std::size_t v : versions) {
    if (findings[v].in_force) return findings[v].truth;
  }
  return Truth::unknown;
}

std::optional<double> limit_of(const Doctrine& doctrine, const Rule& rule, const Encounter& encounter) {
  if (!rule.parameter) return rule.value;
  const Parameter& parameter = doctrine.parameters[*rule.parameter];
  const auto set = encounter.parameters.find(parameter.key);
  // A number that cannot be is as good as none, whatever the file gives: somebody meant another one.
  if (set != encounter.parameters.end() && set->second.at <= encounter.now)
    return fits(parameter, set->second.value) ? std::optional(set->second.value) : std::nullopt;
  return parameter.value;
}

namespace {

Finding find_fact(const Vocabulary& vocabulary, const Doctrine& doctrine, const Rule& rule,
                  const Encounter& encounter) {
  Finding finding;
  const auto limit = limit_of(doctrine, rule, encounter);
  const auto answer =
      encounter.ask(vocabulary, rule.fact, [&](double v) { return limit && holds(rule.compare, v, *limit); });
  finding.standing = answer.standing;
  finding.value = answer.value;
  finding.parameter_unset = !limit;
  finding.truth = limit ? answer.truth : Truth::unknown;
  return finding;
}

Finding find_rule(const Vocabulary& vocabulary, const Doctrine& doctrine, const Rule& rule,
                  const Encounter& encounter, const std::vector<Finding>& before) {
  if (!rule.validity.holds(encounter.now)) return {.in_force = false};
  if (rule.kind == Rule::Kind::fact) return find_fact(vocabulary, doctrine, rule, encounter);
  Finding finding;
  finding.truth = rule.kind == Rule::Kind::any ? Truth::no : Truth::yes;
  for (const Versions& term : rule.stands_on) {
    const Truth truth = truth_of(term, before);
    finding.truth =
        rule.kind == Rule::Kind::any ? std::max(finding.truth, truth) : std::min(finding.truth, truth);
  }
  if (rule.kind == Rule::Kind::negation) finding.truth = negated(finding.truth);
  return finding;
}

Ruling rule_on(const Response& response, const Verdict& v) {
  // Whether the response's own conditions hold: its needs, and none of its exceptions.
  const Truth holds = std::min(v.needs, negated(v.exception));
  if (response.stance == Stance::forbids)
    return holds == Truth::yes       ? Ruling::forbidden
           : holds == Truth::unknown ? Ruling::unknown
                                     : Ruling::not_called_for;
  if (response.stance == Stance::requires_it)
    return holds == Truth::yes       ? Ruling::required
           : holds == Truth::unknown ? Ruling::unknown
                                     : Ruling::not_called_for;
  Truth all = holds;
  if (response.kind != ResponseKind::rescue) all = std::min(all, v.distress_ruled_out);
  if (!v.consents_refused.empty()) return Ruling::refused;
  // Rescue is never refused: where the occasion for one kind of it is not there, it is not called for.
  if (all == Truth::no)
    return response.kind == ResponseKind::rescue ? Ruling::not_called_for : Ruling::refused;
  return all == Truth::yes && v.consents_open.empty() ? Ruling::permitted : Ruling::unknown;
}

Verdict rule_on(const Doctrine& doctrine, std::size_t index, const Judgement& judgement,
                const Encounter& encounter, Truth calm) {
  const Response& response = doctrine.responses[index];
  Verdict v;
  v.doctrine = &doctrine;
  v.response = index;
  v.distress_ruled_out = calm;
  v.needs = Truth::yes;
  for (const Versions& rule : response.needs_on)
    v.needs = std::min(v.needs, truth_of(rule, judgement.findings));
  v.exception = Truth::no;
  for (const Versions& rule : response.unless_on)
    v.exception = std::max(v.exception, truth_of(rule, judgement.findings));
  const auto heard = encounter.consents(response.id, response.consents);
  std::set<std::string> people;
  for (std::size_t i = 0; i < heard.size(); ++i) {
    if (!heard[i]) {
      v.consents_open.push_back(response.consents[i]);
    } else if (!heard[i]->given) {
      v.consents_refused.push_back(response.consents[i]);
    } else {
      people.insert(as_seen(heard[i]->by));
    }
  }
  if (v.consents_open.empty() && v.consents_refused.empty() && people.size() < heard.size()) {
    v.one_person = heard.front()->by;
    v.consents_open = response.consents;
  }
  v.ruling = judgement.in_force ? rule_on(response, v) : Ruling::not_in_force;
  return v;
}

/// By rule: whether it was come to.
using Seen = std::vector<bool>;

/// Calls `leaf(rule index)` for every fact rule in force that these rules stand on, each once.
template <class Leaf>
void each_leaf(const Judgement& judgement, const std::vector<Versions>& rules, Seen& seen, Leaf&& leaf) {
  const Doctrine& doctrine = *judgement.doctrine;
  for (const Versions& versions : rules) {
    for (const std::size_t r : versions) {
      if (!judgement.findings[r].in_force || seen[r]) continue;
      seen[r] = true;
      const Rule& rule = doctrine.rules[r];
      if (rule.kind == Rule::Kind::fact) {
        leaf(r);
      } else {
        each_leaf(judgement, rule.stands_on, seen, leaf);
      }
    }
  }
}

template <class Leaf>
void each_leaf(const Judgement& judgement, const Response& response, Leaf&& leaf) {
  Seen seen(judgement.findings.size());
  each_leaf(judgement, response.needs_on, seen, leaf);
  each_leaf(judgement, response.unless_on, seen, leaf);
}

}  // namespace

Judgement judge(const Vocabulary& vocabulary, const Doctrine& doctrine, const Encounter& encounter) {
  Judgement out;
  out.doctrine = &doctrine;
  out.in_force = doctrine.validity.holds(encounter.now);
  out.findings.reserve(doctrine.rules.size());
  for (const Rule& rule : doctrine.rules)
    out.findings.push_back(find_rule(vocabulary, doctrine, rule, encounter, out.findings));
  const Truth calm = distress_ruled_out(vocabulary, encounter, out.dangers_open);
  out.verdicts.reserve(doctrine.responses.size());
  for (std::size_t i = 0; i < doctrine.responses.size(); ++i)
    out.verdicts.push_back(rule_on(doctrine, i, out, encounter, calm));
  return out;
}

std::optional<Time> next_change(const Vocabulary& vocabulary, const std::vector<Doctrine>& doctrines,
                                const Encounter& encounter) {
  std::optional<Time> next;
  const auto consider = [&](Time t) {
    if (t > encounter.now && (!next || t < *next)) next = t;
  };
  const auto ends_of = [&](const Validity& validity) {
    if (validity.from) consider(*validity.from);
    if (validity.until) consider(*validity.until);
  };
  for (const Doctrine& doctrine : doctrines) {
    ends_of(doctrine.validity);
    for (const Rule& rule : doctrine.rules) ends_of(rule.validity);
  }
  for (std::size_t f = 0; f < vocabulary.size(); ++f) {
    const auto id = static_cast<FactId>(f);
    for (const FactValue& word : encounter.said(id)) {
      consider(word.at);
      // A word is good to the last millisecond of its time.
      if (vocabulary[id].good_for) consider(word.at + *vocabulary[id].good_for + Duration(1));
    }
  }
  for (const Consent& consent : encounter.consents()) consider(consent.at);
  for (const auto& [key, value] : encounter.parameters) consider(value.at);
  return next;
}

std::vector<Joint> join(const std::vector<Judgement>& judgements) {
  // By response, each doctrine's in their order.
  std::vector<std::pair<std::string_view, const Verdict*>> all;
  for (const auto& judgement : judgements)
    for (const auto& verdict : judgement.verdicts)
      all.emplace_back(judgement.doctrine->responses[verdict.response].id, &verdict);
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Joint> out;
  out.reserve(all.size());
  for (const auto& [response, verdict] : all) {
    if (out.empty() || out.back().response != response) out.emplace_back().response = response;
    out.back().verdicts.push_back(verdict);
  }
  for (Joint& joint : out) {
    const auto says = [&](Ruling r) {
      return std::any_of(joint.verdicts.begin(), joint.verdicts.end(),
                         [r](const Verdict* v) { return v->ruling == r; });
    };
    const bool allowed = says(Ruling::permitted) || says(Ruling::required);
    // What may be forbidden is not permitted while nobody knows.
    const bool doubt = std::any_of(joint.verdicts.begin(), joint.verdicts.end(), [](const Verdict* v) {
      return v->ruling == Ruling::unknown && v->doctrine->responses[v->response].stance == Stance::forbids;
    });
    joint.ruling = Ruling::not_in_force;
    for (const Ruling r : {Ruling::not_called_for, Ruling::refused, Ruling::unknown, Ruling::permitted,
                           Ruling::required, Ruling::forbidden})
      if (says(r)) joint.ruling = r;
    if (allowed && doubt) joint.ruling = Ruling::unknown;
    if (allowed && says(Ruling::forbidden)) joint.ruling = Ruling::conflict;
  }
  return out;
}

std::vector<std::size_t> rules_of(const Judgement& judgement, const Verdict& verdict) {
  const Response& response = judgement.doctrine->responses[verdict.response];
  Seen seen(judgement.findings.size());
  each_leaf(judgement, response.needs_on, seen, [](std::size_t) {});
  each_leaf(judgement, response.unless_on, seen, [](std::size_t) {});
  std::vector<std::size_t> out;
  out.reserve(static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true)));
  for (std::size_t r = 0; r < seen.size(); ++r)
    if (seen[r]) out.push_back(r);
  return out;
}

std::vector<FactId> open_facts(const Judgement& judgement, const Verdict& verdict) {
  const Doctrine& doctrine = *judgement.doctrine;
  std::set<FactId> facts;
  if (needs_calm(doctrine.responses[verdict.response]))
    facts.insert(judgement.dangers_open.begin(), judgement.dangers_open.end());
  each_leaf(judgement, doctrine.responses[verdict.response], [&](std::size_t r) {
    if (judgement.findings[r].truth == Truth::unknown && !judgement.findings[r].parameter_unset)
      facts.insert(doctrine.rules[r].fact);
  });
  return {facts.begin(), facts.end()};
}

namespace {

using Supposed = std::pair<double, std::string>;

/// What a rule's fact could turn out to be, seen from the rule: one value a side.
std::vector<Supposed> supposed(const FactDefinition& fact, const Rule& rule, double limit) {
  const double beyond = 1e-6 * std::max(1.0, std::abs(limit));
  const auto words = [&](const char* side) { return fmt::format("{} {}", side, plain_value(fact, limit)); };
  switch (rule.compare) {
    case Rule::Compare::is: {
      if (fact.kind == FactKind::truth) return {{1, "yes"}, {0, "no"}};
      std::vector<Supposed> values;
      for (std::size_t c = 0; c < fact.choices.size(); ++c)
        values.emplace_back(static_cast<double>(c), fact.choices[c]);
      return values;
    }
    case Rule::Compare::at_least:
      return {{limit, words("at least")}, {limit - beyond, words("less than")}};
    case Rule::Compare::at_most:
      return {{limit, words("at most")}, {limit + beyond, words("more than")}};
    case Rule::Compare::after:
    case Rule::Compare::before:
      return {};  // a date is not something that could turn out otherwise
  }
  return {};
}

}  // namespace

std::vector<Pivot> pivots(const Vocabulary& vocabulary, const Encounter& encounter,
                          const Judgement& judgement, const Verdict& verdict) {
  const Doctrine& doctrine = *judgement.doctrine;
  const Response& response = doctrine.responses[verdict.response];
  std::vector<Pivot> out;
  std::set<std::pair<FactId, double>> tried;
  Encounter other = encounter;
  const auto suppose = [&](FactId fact, const std::vector<Supposed>& values) {
    for (const auto& [value, words] : values) {
      if (!tried.emplace(fact, value).second) continue;
      other.forget(fact);
      other.say(vocabulary, fact, {value, "supposed", encounter.now, "coordinator"});
      const Ruling ruling = judge(vocabulary, doctrine, other).verdicts[verdict.response].ruling;
      if (ruling != verdict.ruling) out.push_back({fact, words, ruling});
    }
    other.forget(fact);
    for (const FactValue& word : encounter.said(fact)) other.say(vocabulary, fact, word);
  };
  each_leaf(judgement, response, [&](std::size_t r) {
    const Rule& rule = doctrine.rules[r];
    if (const auto limit = limit_of(doctrine, rule, encounter))
      suppose(rule.fact, supposed(vocabulary[rule.fact], rule, *limit));
  });
  if (needs_calm(response)) {
    for (const FactId danger : vocabulary.dangers()) suppose(danger, {{1, "yes"}, {0, "no"}});
  }
  return out;
}

}  // namespace varne
