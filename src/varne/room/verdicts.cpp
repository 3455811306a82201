#include "varne/room/verdicts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "varne/room/authority.h"
#include "varne/room/phrases.h"
#include "varne/room/verdict_json.h"

namespace varne {
namespace {

/// Wind, sea and craft at hand change without a word: they are asked for so often.
constexpr Duration look_again = std::chrono::minutes(10);

/// All that `essence` is made of, in a row: while it is the same, no verdict is another.
std::string findings_of(const std::vector<Judgement>& judgements) {
  std::string out;
  for (const Judgement& judgement : judgements) {
    for (const Finding& finding : judgement.findings)
      out += static_cast<char>('0' + 2 * static_cast<int>(finding.truth) + (finding.in_force ? 1 : 0));
    for (const Verdict& verdict : judgement.verdicts) {
      out += static_cast<char>('a' + static_cast<int>(verdict.ruling));
      out += static_cast<char>('0' + static_cast<int>(verdict.distress_ruled_out));
      for (const auto* names : {&verdict.consents_open, &verdict.consents_refused}) {
        out += '/';
        for (const std::string& name : *names) out.append(name).append(",");
      }
    }
  }
  return out;
}

/// What makes one verdict another: its ruling and what each condition is. Not the age of a word.
std::string essence(const std::vector<Judgement>& judgements, const Joint& joint) {
  std::string out = name_of(joint.ruling);
  for (const Verdict* verdict : joint.verdicts) {
    const auto judgement = std::find_if(judgements.begin(), judgements.end(),
                                        [&](const Judgement& j) { return j.doctrine == verdict->doctrine; });
    out.append(";").append(name_of(verdict->ruling)).append(" ").append(name_of(verdict->distress_ruled_out));
    for (const std::size_t rule : rules_of(*judgement, *verdict))
      out.append(" ").append(std::to_string(static_cast<int>(judgement->findings[rule].truth)));
    const auto roles = [&](const char* before, const std::vector<std::string>& names) {
      for (const std::string& name : names) out.append(&name == names.data() ? before : ",").append(name);
      if (names.empty()) out += before;
    };
    roles(";", verdict->consents_open);
    roles("/", verdict->consents_refused);
  }
  return out;
}

std::string lower_first(std::string text) {
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

/// Life first: nothing but rescue may be done against a verdict while distress is not ruled out. And what
/// would be done to a boat takes the captain and the commander, who can agree only where some doctrine asks.
/// @return why a response may not be overridden; "" where it may
std::string not_overridable(const std::vector<Judgement>& judgements, const std::string& response) {
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

}  // namespace

void Verdicts::say_doctrines(Log& log) const {
  if (!world_->rules) return;
  for (const Doctrine& doctrine : world_->rules->doctrines) {
    entries::Rules body{.text = fmt::format("Rules: {} ({})", doctrine.title, doctrine.authority),
                        .doctrine = doctrine.name,
                        .title = doctrine.title,
                        .authority = doctrine.authority,
                        .territory = doctrine.territory,
                        .from = doctrine.validity.from,
                        .until = doctrine.validity.until,
                        .hash = doctrine.hash,
                        .vocabulary = world_->rules->vocabulary.hash()};
    for (const Rule& rule : doctrine.rules)
      body.rules.push_back({rule.id, rule.says, rule.citation, rule.validity.from, rule.validity.until});
    for (const Response& response : doctrine.responses)
      body.responses.push_back(
          {response.id, response.title, name_of(response.kind), name_of(response.stance), response.citation});
    log.say(body);
  }
}

void Verdicts::judge_due(const Step& step) {
  if (!world_->rules) return;
  for (const std::string& id : step.incidents.touched())
    judged_[step.incidents.head_of(step.incidents.at(id)).id].due = true;
  const Time now = step.log.now();
  if (step.incidents.touched().empty() && now < next_) return;
  next_ = now + look_again;
  auto at = judged_.begin();  // both go by the number
  for (const auto& [id, incident] : step.incidents.all()) {
    if (!incident.same_as.empty()) continue;
    if (at == judged_.end() || at->first != id) {  // else it is the next, as mostly
      while (at != judged_.end() && at->first < id) ++at;
      if (at == judged_.end() || at->first != id) at = judged_.emplace_hint(at, id, Judged{});
    }
    Judged& judged = at++->second;
    if (!incident.open) {
      if (!judged.overrides.empty()) end_overrides(step.log, incident, judged, nullptr);
      continue;
    }
    if (judged.due || now >= judged.next) judge(step, incident, judged);
    next_ = std::min(next_, judged.next);
  }
}

Encounter Verdicts::encounter(const Incidents& incidents, const Counts& counts, Time now,
                              const Incident& incident) const {
  return encounter_of(*world_, incidents, counts, parameters_, now, incident);
}

void Verdicts::judge(const Step& step, const Incident& incident, Judged& judged) {
  const Time now = step.log.now();
  const Rulebook& rules = *world_->rules;
  const Encounter about = encounter(step.incidents, step.counts, now, incident);
  const auto judgements = judge_all(rules, about);
  judged.due = false;
  judged.next = std::min(now + look_again,
                         next_change(rules.vocabulary, rules.doctrines, about).value_or(now + look_again));
  std::string findings = findings_of(judgements);
  const bool as_before = findings == judged.findings;
  judged.findings = std::move(findings);
  if (!as_before) {
    judged.shortfalls.clear();
    for (const Judgement& judgement : judgements)
      for (const Verdict& verdict : judgement.verdicts)
        judged.shortfalls.push_back(shortfall_of(rules.vocabulary, judgement, verdict));
  }
  for (const Joint& joint : as_before ? std::vector<Joint>{} : join(judgements)) {
    Last& last = judged.verdicts[joint.response];
    std::string now_is = essence(judgements, joint);
    if (now_is == last.essence) continue;
    const std::uint64_t entry = step.log.say([&] {
      const Json verdict = as_recorded(verdict_json(rules, about, judgements, joint));
      const auto text_of = [&](const char* name) { return verdict.at(name).get<std::string>(); };
      entries::VerdictGiven body{.text = fmt::format("{}: {}: {}", spoken(incident),
                                                     lower_first(text_of("title")), text_of("summary")),
                                 .incident = incident.id,
                                 .boat = incident.boat,
                                 .response = joint.response,
                                 .title = text_of("title"),
                                 .response_kind = text_of("kind"),
                                 .ruling = text_of("ruling"),
                                 .permits = verdict.at("permits").get<bool>(),
                                 .was = last.ruling,
                                 .summary = text_of("summary"),
                                 .dangers = {canonical(verdict.at("dangers"))},
                                 .verdicts = {canonical(verdict.at("verdicts"))}};
      if (last.entry != 0) body.before = last.entry;
      if (const auto disagree = verdict.find("disagree"); disagree != verdict.end())
        body.disagree = {canonical(*disagree)};
      return body;
    });
    last = {std::move(now_is), name_of(joint.ruling), entry};
  }
  end_overrides(step.log, incident, judged, &judgements);
  for (const Override& standing : judged.overrides) judged.next = std::min(judged.next, standing.until);
}

void Verdicts::take_override(const Step& step, const Speaker& speaker, const Incident& incident,
                             const reports::Override& report) {
  if (!world_->rules) return;
  Log& log = step.log;
  const Incident& head = step.incidents.head_of(incident);
  const Response* response = find_response(*world_->rules, report.response);
  if (response == nullptr)
    return log.refuse(report, fmt::format("no doctrine knows a response \"{}\"", report.response));
  if (const std::string why = authority::may_not_override(*world_, speaker, report); !why.empty())
    return log.refuse(report, why);
  if (response->kind == ResponseKind::rescue)
    return log.refuse(report, "nobody acts against a rescue: it needs no leave, and none is against it");
  if (!head.open) return log.refuse(report, spoken(head) + " is closed");
  if (report.until <= log.now())
    return log.refuse(report, "it would have ended before it began; give a later \"until\"");
  const auto judgements = judge_all(*world_->rules, encounter(step.incidents, step.counts, log.now(), head));
  if (const std::string why = not_overridable(judgements, report.response); !why.empty())
    return log.refuse(report, why);
  Judged& judged = judged_[head.id];
  const Last& last = judged.verdicts[report.response];
  const std::uint64_t entry = log.say(entries::Overridden{
      .text = fmt::format("{} ({}{}) acts against the verdict on {}, {}, until {}: {}", report.from,
                          report.role, log.signed_in(), spoken(head), lower_first(response->title),
                          phrases::hour(report.until, log.now()), report.text),
      .incident = head.id,
      .boat = head.boat,
      .response = report.response,
      .from = report.from,
      .role = report.role,
      .reason = report.text,
      .until = report.until,
      .ruling = last.ruling,
      .verdict = last.entry,
      .source = report.id,
      .by = log.by()});
  judged.overrides.push_back({entry, report.response, report.from, report.role, report.text, report.until});
  judged.due = true;
  next_ = log.now();
}

/// @param judgements  null: the incident is closed
void Verdicts::end_overrides(Log& log, const Incident& incident, Judged& judged,
                             const std::vector<Judgement>* judgements) {
  std::vector<Override> standing;
  for (Override& one : judged.overrides) {
    std::string why =
        judgements == nullptr ? "the incident is closed" : not_overridable(*judgements, one.response);
    if (why.empty() && one.until <= log.now()) why = "its time is over";
    if (why.empty()) {
      standing.push_back(std::move(one));
      continue;
    }
    log.say(entries::OverrideEnded{.text = fmt::format("{}: the override of {} on {} ends: {}",
                                                       spoken(incident), one.from, one.response, why),
                                   .incident = incident.id,
                                   .response = one.response,
                                   .of = one.entry,
                                   .why = why});
  }
  judged.overrides = std::move(standing);
}

void Verdicts::set_parameter(Log& log, const Speaker& speaker, const reports::Parameter& report) {
  if (!world_->rules) return;
  const Parameter* parameter = find_parameter(*world_->rules, report.parameter);
  if (parameter == nullptr)
    return log.refuse(report, fmt::format("no doctrine has a parameter \"{}\"", report.parameter));
  if (!fits(*parameter, report.value)) return log.refuse(report, unfit(*parameter, report.value));
  if (const std::string why = authority::may_not_set_parameter(*world_, speaker, report); !why.empty())
    return log.refuse(report, why);
  const std::uint64_t entry = log.say(entries::ParameterSet{
      .text = fmt::format("{} ({}{}) sets {}: {} {}", report.from, report.role, log.signed_in(),
                          parameter->says, canonical_number(report.value), parameter->unit),
      .parameter = report.parameter,
      .value = report.value,
      .unit = parameter->unit,
      .from = report.from,
      .role = report.role,
      .source = report.id,
      .by = log.by()});
  parameters_[report.parameter] = {report.value, report.from, log.now(), report.role, entry};
  for (auto& [id, judged] : judged_) judged.due = true;
  next_ = log.now();
}

std::span<const Shortfall> Verdicts::shortfalls(const Incident& head) const {
  const auto judged = judged_.find(head.id);
  return judged == judged_.end() ? std::span<const Shortfall>{} : judged->second.shortfalls;
}

std::uint64_t Verdicts::last(const Incident& head) const {
  const auto judged = judged_.find(head.id);
  std::uint64_t last = 0;
  if (judged == judged_.end()) return last;
  for (const auto& [response, verdict] : judged->second.verdicts) last = std::max(last, verdict.entry);
  return last;
}

Json Verdicts::rulings(const Incidents& incidents, const Counts& counts, Time now,
                       const Incident& incident) const {
  Json out = Json::array();
  if (!world_->rules || !incident.open) return out;
  const Incident& head = incidents.head_of(incident);
  const Rulebook& rules = *world_->rules;
  const Encounter about = encounter(incidents, counts, now, head);
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
