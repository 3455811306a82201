/// What the doctrines allow for a boat, said again whenever it changes. A verdict is nobody's decision; who
/// acts against one answers for it by name, and the verdict stays what it is.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "varne/room/authority.h"
#include "varne/room/room.h"
#include "varne/room/verdict_json.h"
#include "varne/room/words.h"

namespace varne {
namespace {

/// Wind, sea and craft at hand change without a word: they are asked for so often.
constexpr Duration look_again = std::chrono::minutes(10);

/// What makes one verdict another: its ruling and what each condition is. Not the age of a word.
std::string essence(const std::vector<Judgement>& judgements, const Joint& joint) {
  std::string out = name_of(joint.ruling);
  for (const Verdict* verdict : joint.verdicts) {
    const auto judgement = std::find_if(judgements.begin(), judgements.end(),
                                        [&](const Judgement& j) { return j.doctrine == verdict->doctrine; });
    out += fmt::format(";{} {}", name_of(verdict->ruling), name_of(verdict->distress_ruled_out));
    for (const std::size_t rule : rules_of(*judgement, *verdict))
      out += fmt::format(" {}", static_cast<int>(judgement->findings[rule].truth));
    out += fmt::format(";{}/{}", fmt::join(verdict->consents_open, ","),
                       fmt::join(verdict->consents_refused, ","));
  }
  return out;
}

std::string lower_first(std::string text) {
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

Json body_of(const Validity& validity) {
  Json out = Json::object();
  if (validity.from) out["from"] = iso(*validity.from);
  if (validity.until) out["until"] = iso(*validity.until);
  return out;
}

}  // namespace

/// Which words are in force here: so that a verdict can be derived again, and its citations found.
void Room::say_doctrines() {
  if (!world_->rules) return;
  for (const Doctrine& doctrine : world_->rules->doctrines) {
    Json body = body_of(doctrine.validity);
    body["text"] = fmt::format("Rules: {} ({})", doctrine.title, doctrine.authority);
    body["doctrine"] = doctrine.name;
    body["title"] = doctrine.title;
    body["authority"] = doctrine.authority;
    body["territory"] = doctrine.territory;
    body["hash"] = hex(doctrine.hash);
    body["vocabulary"] = hex(world_->rules->vocabulary.hash());
    body["rules"] = Json::array();
    for (const Rule& rule : doctrine.rules) {
      Json one = body_of(rule.validity);
      one["id"] = rule.id;
      one["says"] = rule.says;
      one["citation"] = rule.citation;
      body["rules"].push_back(std::move(one));
    }
    body["responses"] = Json::array();
    for (const Response& response : doctrine.responses)
      body["responses"].push_back({{"id", response.id},
                                   {"title", response.title},
                                   {"kind", name_of(response.kind)},
                                   {"stance", name_of(response.stance)},
                                   {"citation", response.citation}});
    say("doctrine", body);
  }
}

void Room::touch(const Incident& incident) {
  judged_[incident.id].due = true;
  if (!incident.same_as.empty()) judged_[incident.same_as].due = true;
}

void Room::judge_due() {
  if (!world_->rules) return;
  for (auto& [id, incident] : incidents_) {
    if (!incident.same_as.empty()) continue;
    Judged& judged = judged_[id];
    if (!incident.open) {
      end_overrides(incident, judged, nullptr);
      continue;
    }
    if (judged.due || now_ >= judged.next) judge_incident(incident, judged);
  }
}

void Room::judge_incident(const Incident& incident, Judged& judged) {
  const Rulebook& rules = *world_->rules;
  const Encounter about = encounter(incident);
  const auto judgements = judge_all(rules, about);
  judged.due = false;
  judged.next = std::min(now_ + look_again,
                         next_change(rules.vocabulary, rules.doctrines, about).value_or(now_ + look_again));
  for (const Joint& joint : join(judgements)) {
    LastVerdict& last = judged.verdicts[joint.response];
    std::string now_is = essence(judgements, joint);
    if (now_is == last.essence) continue;
    Json body = as_recorded(verdict_json(rules, about, judgements, joint));
    body["text"] = fmt::format("{}: {}: {}", spoken(incident), lower_first(body["title"].get<std::string>()),
                               body["summary"].get<std::string>());
    body["incident"] = incident.id;
    body["boat"] = incident.boat;
    if (last.entry != 0) {
      body["was"] = last.ruling;
      body["before"] = last.entry;
    }
    say("verdict", body);
    last = {std::move(now_is), name_of(joint.ruling), last_};
  }
  end_overrides(incident, judged, &judgements);
  for (const Override& standing : judged.overrides) judged.next = std::min(judged.next, standing.until);
}

/// Life first: nothing but rescue may be done against a verdict while distress is not ruled out. And what
/// would be done to a boat takes the captain and the commander, who can agree only where some doctrine asks.
/// @return why a response may not be overridden; "" where it may
std::string Room::not_overridable(const std::vector<Judgement>& judgements, const std::string& response) {
  bool enforcement = false;
  bool asks = false;
  for (const Judgement& judgement : judgements) {
    for (const Verdict& verdict : judgement.verdicts) {
      const Response& known = judgement.doctrine->responses[verdict.response];
      if (known.id != response || known.kind == ResponseKind::rescue) continue;
      enforcement = enforcement || known.kind == ResponseKind::enforcement;
      asks = asks || !known.consents.empty();
      if (verdict.distress_ruled_out != Truth::yes)
        return "distress is not ruled out, and nothing but rescue can be done against a verdict then";
      if (!verdict.consents_refused.empty())
        return fmt::format("the {} refuses, and that is final",
                           fmt::join(verdict.consents_refused, " and the "));
      if (!verdict.consents_open.empty())
        return fmt::format("the {} has not agreed, and nobody can agree for them",
                           fmt::join(verdict.consents_open, " and the "));
    }
  }
  if (enforcement && !asks)
    return "no doctrine has the captain and the commander agree to it; it is only ever forbidden";
  return "";
}

void Room::take_override(const Incident& incident, const Report& report) {
  if (!world_->rules) return;
  const Incident& head = head_of(incident);
  const Response* response = find_response(*world_->rules, report.response);
  if (response == nullptr)
    return refuse(report, fmt::format("no doctrine knows a response \"{}\"", report.response));
  if (!head.open) return refuse(report, spoken(head) + " is closed");
  if (*report.until <= now_)
    return refuse(report, "it would have ended before it began; give a later \"until\"");
  const auto judgements = judge_all(*world_->rules, encounter(head));
  if (const std::string why = not_overridable(judgements, report.response); !why.empty())
    return refuse(report, why);
  Judged& judged = judged_[head.id];
  const LastVerdict& last = judged.verdicts[report.response];
  say("override", {{"text", fmt::format("{} ({}) acts against the verdict on {}, {}, until {}: {}",
                                        report.from, report.role, spoken(head), lower_first(response->title),
                                        words::hour(*report.until, now_), report.text)},
                   {"incident", head.id},
                   {"boat", head.boat},
                   {"response", report.response},
                   {"from", report.from},
                   {"role", report.role},
                   {"reason", report.text},
                   {"until", iso(*report.until)},
                   {"ruling", last.ruling},
                   {"verdict", last.entry},
                   {"source", report.id}});
  judged.overrides.push_back({last_, report.response, report.from, report.role, report.text, *report.until});
  judged.due = true;
}

/// @param judgements  null: the incident is closed
void Room::end_overrides(const Incident& incident, Judged& judged, const std::vector<Judgement>* judgements) {
  std::vector<Override> standing;
  for (Override& one : judged.overrides) {
    std::string why =
        judgements == nullptr ? "the incident is closed" : not_overridable(*judgements, one.response);
    if (why.empty() && one.until <= now_) why = "its time is over";
    if (why.empty()) {
      standing.push_back(std::move(one));
      continue;
    }
    say("override_ended", {{"text", fmt::format("{}: the override of {} on {} ends: {}", spoken(incident),
                                                one.from, one.response, why)},
                           {"incident", incident.id},
                           {"response", one.response},
                           {"override", one.entry},
                           {"why", why}});
  }
  judged.overrides = std::move(standing);
}

/// One fact, in so many words. Danger is lifted only by an officer who says what they saw of this very boat.
void Room::take_fact(Incident& incident, const Observation& observation, const Report& report) {
  if (world_->rules) {
    const Vocabulary& vocabulary = world_->rules->vocabulary;
    const auto fact = vocabulary.find(report.fact);
    if (!fact) return refuse(report, fmt::format("no doctrine asks for a fact \"{}\"", report.fact));
    const auto word = fact_value(vocabulary, *fact, report.value, report.from, now_);
    if (!word) return refuse(report, word.error().text());
    if (vocabulary[*fact].danger && word->value == 0) {
      if (const std::string why = authority::may_not_rule_out_danger(*world_, speaker_, report); !why.empty())
        return refuse(report, why);
    }
  }
  hear(incident, observation, report, words::sentence(report));
}

void Room::take_parameter(const Report& report) {
  const auto* value = std::get_if<double>(&report.value);
  if (!world_->rules || value == nullptr) return;
  const Parameter* parameter = find_parameter(*world_->rules, report.parameter);
  if (parameter == nullptr)
    return refuse(report, fmt::format("no doctrine has a parameter \"{}\"", report.parameter));
  if (!fits(*parameter, *value)) return refuse(report, unfit(*parameter, *value));
  say("parameter", {{"text", fmt::format("{} ({}) sets {}: {} {}", report.from, report.role, parameter->says,
                                         canonical_number(*value), parameter->unit)},
                    {"parameter", report.parameter},
                    {"value", *value},
                    {"unit", parameter->unit},
                    {"from", report.from},
                    {"role", report.role},
                    {"source", report.id}});
  parameters_[report.parameter] = {*value, report.from, now_, report.role, last_};
  for (auto& [id, judged] : judged_) judged.due = true;
}

std::uint64_t Room::last_verdict(const Incident& incident) const {
  const auto judged = judged_.find(head_of(incident).id);
  std::uint64_t last = 0;
  if (judged == judged_.end()) return last;
  for (const auto& [response, verdict] : judged->second.verdicts) last = std::max(last, verdict.entry);
  return last;
}

Json Room::verdicts(const std::string& incident) const {
  Json out = Json::array();
  const auto found = incidents_.find(incident);
  if (!world_->rules || found == incidents_.end() || !found->second.open) return out;
  const Incident& head = head_of(found->second);
  const Rulebook& rules = *world_->rules;
  const Encounter about = encounter(head);
  const auto judgements = judge_all(rules, about);
  const auto judged = judged_.find(head.id);
  for (const Joint& joint : join(judgements)) {
    Json one = verdict_json(rules, about, judgements, joint);
    one["overrides"] = Json::array();
    if (judged != judged_.end()) {
      if (const auto last = judged->second.verdicts.find(joint.response);
          last != judged->second.verdicts.end())
        one["entry"] = last->second.entry;
      for (const Override& o : judged->second.overrides) {
        if (o.response != joint.response) continue;
        one["overrides"].push_back({{"entry", o.entry},
                                    {"from", o.from},
                                    {"role", o.role},
                                    {"reason", o.reason},
                                    {"until", iso(o.until)}});
      }
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace varne
