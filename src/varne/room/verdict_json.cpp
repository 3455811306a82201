#include "varne/room/verdict_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "varne/core/json_fields.h"
#include "varne/core/time.h"
#include "varne/doctrine/reasons.h"

namespace varne {
namespace {

/// The verdict of the doctrine that gave the joint ruling, else of the first.
const Json& telling(const Json& reasons) {
  for (const Json& verdict : reasons["verdicts"]) {
    if (verdict["ruling"] == reasons["ruling"]) return verdict;
  }
  return reasons["verdicts"].front();
}

/// Every word on a sign of danger: what "life first" stood on, whatever the doctrine itself asks.
Json dangers_of(const Vocabulary& vocabulary, const Encounter& encounter) {
  Json out = Json::array();
  for (const FactId danger : vocabulary.dangers()) {
    Json said = Json::array();
    for (const FactValue& word : encounter.said(danger)) {
      Json one{{"value", word.value == 1}, {"source", word.source}, {"at", iso(word.at)}};
      if (!word.role.empty()) one["role"] = word.role;
      if (word.entry != 0) one["entry"] = word.entry;
      said.push_back(std::move(one));
    }
    if (!said.empty()) out.push_back({{"fact", vocabulary[danger].name}, {"said", std::move(said)}});
  }
  return out;
}

/// Null where a record lacks it.
const Json& member_of(const Json& object, const char* name) {
  static const Json nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

Given given(const Json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number()) return value.get<double>();
  if (value.is_string()) return value.get<std::string>();
  return {};
}

/// An encounter put together again from the words of an entry.
class Again {
 public:
  explicit Again(const Rulebook& rules) : rules_(rules), encounter_(rules.vocabulary) {}

  Done take(const Json& body) {
    for (const Json& danger : list_of(body, "dangers")) {
      if (auto done = words(text_of(danger, "fact"), list_of(danger, "said")); !done) return done;
    }
    for (const Json& verdict : list_of(body, "verdicts")) {
      if (auto done = take_verdict(verdict, text_of(body, "response")); !done) return done;
    }
    return {};
  }
  [[nodiscard]] const Encounter& encounter() const { return encounter_; }

 private:
  Done take_verdict(const Json& verdict, const std::string& response) {
    const auto now = time_in(verdict, "time");
    if (!now) return std::unexpected(now.error());
    encounter_.now = *now;
    for (const Json& rule : list_of(verdict, "rules")) {
      const std::string fact = text_of(rule, "fact");
      const auto id = rules_.vocabulary.find(fact);
      if (fact.empty() || !id) continue;
      if (!rules_.vocabulary[*id].danger) {
        if (auto done = words(fact, list_of(rule, "said")); !done) return done;
      }
      if (const auto set = rule.find("signed"); set != rule.end()) {
        const auto value = word(*id, *set);
        if (!value) return std::unexpected(value.error());
        encounter_.parameters[text_of(rule, "parameter")] = *value;
      }
    }
    for (const Json& consent : list_of(verdict, "consents")) {
      if (!consent.contains("given") || !consent["given"].is_boolean()) continue;
      const auto at = time_in(consent, "at");
      if (!at) return std::unexpected(at.error());
      encounter_.hear({response, text_of(consent, "role"), consent["given"].get<bool>(),
                       text_of(consent, "by"), *at, number_in(consent)});
    }
    encounter_.orders.clear();
    for (const Json& order : list_of(verdict, "orders")) encounter_.orders.push_back(given_text(order));
    return {};
  }

  static std::string given_text(const Json& value) {
    return value.is_string() ? value.get<std::string>() : "";
  }
  static std::uint64_t number_in(const Json& object) {
    const auto entry = object.find("entry");
    return entry == object.end() || !entry->is_number_unsigned() ? 0 : entry->get<std::uint64_t>();
  }
  static Result<Time> time_in(const Json& object, const char* name) {
    const auto time = parse_time(text_of(object, name));
    if (!time) return fail(name, time.error().what);
    return *time;
  }
  Result<FactValue> word(FactId fact, const Json& said) const {
    const auto at = time_in(said, "at");
    if (!at) return std::unexpected(at.error());
    return fact_value(rules_.vocabulary, fact, given(member_of(said, "value")), text_of(said, "source"), *at,
                      text_of(said, "role"), number_in(said));
  }
  /// Each fact's words once, though several rules ask for it.
  Done words(const std::string& name, const Json& said) {
    const auto fact = rules_.vocabulary.find(name);
    if (!fact) return fail(name, "is no fact of the vocabulary at hand");
    if (!encounter_.said(*fact).empty()) return {};
    for (const Json& one : said) {
      auto value = word(*fact, one);
      if (!value) return std::unexpected(value.error());
      encounter_.say(rules_.vocabulary, *fact, std::move(*value));
    }
    return {};
  }

  const Rulebook& rules_;
  Encounter encounter_;
};

}  // namespace

std::vector<Judgement> judge_all(const Rulebook& rules, const Encounter& encounter) {
  std::vector<Judgement> out;
  for (const Doctrine& doctrine : rules.doctrines)
    out.push_back(judge(rules.vocabulary, doctrine, encounter));
  return out;
}

Json verdict_json(const Rulebook& rules, const Encounter& encounter, const std::vector<Judgement>& judgements,
                  const Joint& joint) {
  Json out = reasons_json(rules.vocabulary, encounter, judgements, joint);
  const Json& said = telling(out);
  out["title"] = said["title"];
  out["kind"] = said["kind"];
  out["summary"] = joint.ruling == Ruling::conflict ? Json(conflict_summary(joint)) : said["summary"];
  out["permits"] = joint.ruling == Ruling::permitted || joint.ruling == Ruling::required;
  out["dangers"] = dangers_of(rules.vocabulary, encounter);
  return out;
}

Json as_recorded(Json verdict) {
  for (Json& one : verdict["verdicts"]) {
    for (const char* name : {"title", "authority", "territory", "from", "until"}) one["doctrine"].erase(name);
    for (const char* name : {"title", "citation", "response"}) one.erase(name);
    for (Json& rule : one["rules"]) {
      for (const char* name : {"citation", "from", "until"}) rule.erase(name);
    }
  }
  return verdict;
}

Result<Json> derive_again(const Rulebook& rules, const Json& body) {
  for (const Json& verdict : list_of(body, "verdicts")) {
    const Json& doctrine = member_of(verdict, "doctrine");
    const auto known = std::find_if(rules.doctrines.begin(), rules.doctrines.end(),
                                    [&](const Doctrine& d) { return d.name == text_of(doctrine, "name"); });
    if (known == rules.doctrines.end() || hex(known->hash) != text_of(doctrine, "hash"))
      return fail(text_of(doctrine, "name"),
                  "is not at hand as it stood then (SHA-256 " + text_of(doctrine, "hash") + ")");
  }
  Again again(rules);
  if (auto done = again.take(body); !done) return std::unexpected(done.error());
  const auto judgements = judge_all(rules, again.encounter());
  for (const Joint& joint : join(judgements)) {
    if (joint.response == text_of(body, "response"))
      return as_recorded(verdict_json(rules, again.encounter(), judgements, joint));
  }
  return fail("response", "is known to no doctrine at hand");
}

}  // namespace varne
