#include "varne/doctrine/reasons.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "varne/doctrine/grounds.h"

namespace varne {
namespace {

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
    case Standing::ahead:
      return "of a time to come";
  }
  return "";
}

const char* kind_name(Rule::Kind kind) {
  return kind == Rule::Kind::all ? "all" : kind == Rule::Kind::any ? "any" : "not";
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
  out["compare"] = name_of(rule.compare);
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
  const auto heard = encounter.consents(response.id, response.consents);
  for (std::size_t i = 0; i < heard.size(); ++i) {
    Json one{{"role", response.consents[i]}, {"given", nullptr}};
    if (const Consent* consent = heard[i]) {
      one["given"] = consent->given;
      one["by"] = consent->by;
      one["at"] = iso(consent->at);
      if (consent->entry != 0) one["entry"] = consent->entry;
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

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
  Json out{{"response", joint.response}, {"ruling", name_of(joint.ruling)}, {"verdicts", std::move(each)}};
  for (const Verdict* verdict : disagreeing(joint))
    out["disagree"].push_back({{"doctrine", verdict->doctrine->name},
                               {"ruling", name_of(verdict->ruling)},
                               {"rules", response_of(*verdict).needs}});
  return out;
}

}  // namespace varne
