/// Which incidents are one boat. `linked` and `possibly the same` are notes beside two incidents, and both
/// are looked for; only `confirmed the same`, by a named officer and on evidence, makes two accounts one. The
/// account is then counted anew from what was heard of both, and when they are parted again, of each: so
/// nothing is lost either way, and nobody is counted twice or not at all.

#include <fmt/format.h>

#include <algorithm>

#include "varne/room/incidents.h"

namespace varne {
namespace {

/// "I9" opened before "I10".
bool opened_before(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

std::pair<std::string, std::string> pair_of(const std::string& a, const std::string& b) {
  return opened_before(a, b) ? std::pair{a, b} : std::pair{b, a};
}

/// What a relation stands on.
entries::Related by(const reports::Order& order) {
  return {.source = order.id,
          .from = order.from,
          .officer = order.officer,
          .reason = order.reason,
          .evidence = order.evidence};
}

}  // namespace

const Incident& Incidents::head_of(const Incident& incident) const {
  return incident.same_as.empty() ? incident : incidents_.at(incident.same_as);
}

bool Incidents::any_same() const {
  return std::any_of(relations_.begin(), relations_.end(),
                     [](const auto& one) { return one.second == Relation::confirmed_same; });
}

bool Incidents::one_boat(const std::string& a, const std::string& b) const {
  return a == b || (any_same() && head_of(at(a)).id == head_of(at(b)).id);
}

std::vector<const Incident*> Incidents::one_boat_with(const std::string& incident) const {
  const Incident& named = incidents_.at(incident);
  if (!any_same()) return {&named};
  const std::string& head = head_of(named).id;
  std::vector<const Incident*> out;
  for (const auto& [id, one] : incidents_) {
    if (id == head || one.same_as == head) out.push_back(&one);
  }
  std::sort(out.begin(), out.end(),
            [](const Incident* a, const Incident* b) { return opened_before(a->id, b->id); });
  return out;
}

std::optional<Incidents::Regrouped> Incidents::relate(const Step& step, const std::string& id,
                                                      const reports::Order& order) {
  Log& log = step.log;
  Incident& incident = incidents_.at(id);
  const auto refuse = [&](const std::string& why) {
    log.refuse(order, why);
    return std::nullopt;
  };
  const Incident* named = of(order.other);
  if (named == nullptr || named->id == id)
    return refuse(
        fmt::format("name in \"other\" the second boat; \"{}\" is none that is known, or is the "
                    "same incident",
                    order.other));
  Incident& other = incidents_.at(named->id);
  const auto standing = relations_.find(pair_of(id, other.id));
  const bool confirmed = standing != relations_.end() && standing->second == Relation::confirmed_same;
  if (order.task == "separate") {
    if (standing == relations_.end())
      return refuse(fmt::format("nothing relates {} to {}", spoken(incident), spoken(other)));
    if (!confirmed) {
      set_relation(log, incident, other, std::nullopt,
                   fmt::format("{}: {} and {} have nothing to do with each other", order.from,
                               spoken(incident), spoken(other)),
                   by(order));
      return std::nullopt;
    }
    if (!answers_for(log, order, incident, other)) return std::nullopt;
    return separate(log, incident, other, order);
  }
  if (confirmed)
    return refuse(fmt::format("{} and {} are confirmed to be one boat; \"separate\" them first",
                              spoken(incident), spoken(other)));
  if (order.task == "confirm_same") {
    if (!answers_for(log, order, incident, other)) return std::nullopt;
    return confirm_same(log, incident, other, order);
  }
  const bool linked = order.task == "link";
  set_relation(log, incident, other, linked ? Relation::linked : Relation::possibly_same,
               fmt::format("{}: {} and {} {}", order.from, spoken(incident), spoken(other),
                           linked ? "belong together and are not one boat"
                                  : "are possibly the same boat (not merged)"),
               by(order));
  return std::nullopt;
}

/// A named officer of the centre that coordinates both, a reason, and reports about these boats.
bool Incidents::answers_for(Log& log, const reports::Order& order, const Incident& incident,
                            const Incident& other) const {
  std::vector<std::string> lacks;
  for (const Incident* one : {&incident, &other}) {
    if (one->centre != order.from)
      lacks.push_back(
          fmt::format("{} is coordinated by {}; one centre must coordinate both boats, and say it",
                      spoken(*one), one->centre));
  }
  if (order.officer.empty()) lacks.push_back("no named officer answers for it; name one in \"officer\"");
  if (order.reason.empty()) lacks.push_back("say in \"reason\" by what they were told");
  if (order.evidence.empty()) lacks.push_back("name in \"evidence\" the reports that it stands on");
  for (const std::string& id : order.evidence) {
    const auto of = [&](const Incident& one) {
      return std::any_of(one.history.begin(), one.history.end(), [&](const Heard& heard) {
        return !heard.withdrawn && report_head(heard.report).id == id;
      });
    };
    if (!of(incident) && !of(other))
      lacks.push_back(
          fmt::format("report {} is about neither {} nor {}", id, spoken(incident), spoken(other)));
  }
  if (!lacks.empty()) log.refuse(order, fmt::format("{}", fmt::join(lacks, "; ")));
  return lacks.empty();
}

Incidents::Regrouped Incidents::confirm_same(Log& log, Incident& incident, Incident& other,
                                             const reports::Order& order) {
  std::vector<std::string> ids;
  for (const std::string& of : {incident.id, other.id}) {
    for (const Incident* one : one_boat_with(of)) {
      if (std::find(ids.begin(), ids.end(), one->id) == ids.end()) ids.push_back(one->id);
    }
  }
  const std::string text = fmt::format("{}, {}: {} and {} are the same boat: {}", order.officer, order.from,
                                       spoken(incident), spoken(other), order.reason);
  set_relation(log, incident, other, Relation::confirmed_same, text, by(order));
  // The graver of the two holds for the boat, and who is looked for under one number is looked for.
  const Incident& a = head_of(incident);
  const Incident& b = head_of(other);
  const PhaseReading gravest =
      a.phase >= b.phase ? PhaseReading{a.phase, a.why} : PhaseReading{b.phase, b.why};
  const bool open = a.open || b.open;
  const std::uint64_t term = std::max(a.term, b.term);
  for (const std::string& id : ids) {
    Incident& one = incidents_.at(id);
    one.phase = gravest.phase;
    one.why = gravest.why;
    one.open = open;
    one.take_back();
    one.term = term;
    if (open) one.ended.reset();
    if (open) one.close_reason.clear();
  }
  regroup(ids);
  return {ids, "merged", text};
}

Incidents::Regrouped Incidents::separate(Log& log, Incident& incident, Incident& other,
                                         const reports::Order& order) {
  std::vector<std::string> ids;
  for (const Incident* one : one_boat_with(incident.id)) ids.push_back(one->id);
  const std::string text = fmt::format("{}, {}: {} and {} are not the same boat: {}", order.officer,
                                       order.from, spoken(incident), spoken(other), order.reason);
  set_relation(log, incident, other, std::nullopt, text, by(order));
  regroup(ids);
  for (const std::string& id : ids) {
    incidents_.at(id).take_back();
    incidents_.at(id).ended.reset();  // no search was ended for one of them alone
  }
  return {ids, "parted", text};
}

void Incidents::place_again(const Regrouped& parts) {
  for (const std::string& id : parts.ids) {
    Incident& one = incidents_.at(id);
    one.place.reset();
    one.place_error_m = 0;
    one.place_time = one.opened;
    if (!one.same_as.empty()) continue;
    for (const Heard* heard : heard_of(id))
      if (!heard->withdrawn) place(one, *heard);
  }
}

void Incidents::regrouped(const Step& step, const Regrouped& parts) {
  for (const std::string& id : parts.ids) {
    Incident& one = incidents_.at(id);
    if (!one.same_as.empty()) continue;
    tell(step, one, parts.change, parts.text);
    close_if_accounted(step, id);
  }
}

/// A report that may be about any of several boats: each stays possible, and none is safer for it.
void Incidents::may_be(const Step& step, const std::string& id, const Report& report) {
  const Incident& incident = incidents_.at(id);
  const PhaseReading reading = phase_of(report);
  const ReportHead& said = report_head(report);
  for (const std::string& boat : may_be_of(report)) {
    const Incident* other = of(boat);
    if (other == nullptr) {
      step.log.say(entries::Refused{
          .text = fmt::format("Report {} of {} may be about \"{}\", of which no incident is known", said.id,
                              said.from, boat),
          .source = said.id,
          .why = "no incident is known of boat " + boat});
      continue;
    }
    if (other->id == incident.id) continue;
    if (!relations_.contains(pair_of(incident.id, other->id)))
      set_relation(step.log, incident, *other, Relation::possibly_same,
                   fmt::format("{} and {} are possibly the same boat, by report {} of {} (not merged)",
                               spoken(incident), spoken(*other), said.id, said.from),
                   {.source = said.id, .from = said.from});
    Incident& head = incidents_.at(head_of(*other).id);
    if (reading.phase > Phase::uncertainty && head.phase == Phase::uncertainty)
      raise(step, head, {Phase::alert, fmt::format("report {} may be from it: {}", said.id, reading.why)});
  }
}

void Incidents::set_relation(Log& log, const Incident& incident, const Incident& other,
                             std::optional<Relation> relation, const std::string& text, entries::Related by) {
  const auto pair = pair_of(incident.id, other.id);
  if (relation) {
    relations_[pair] = *relation;
  } else {
    relations_.erase(pair);
  }
  by.text = text;
  by.incident = pair.first;
  by.other = pair.second;
  by.relation = relation ? name_of(*relation) : "none";
  log.say(by);
}

/// Finds anew which of these incidents are one boat: those that confirmed relations join, whichever way
/// round.
void Incidents::regroup(const std::vector<std::string>& ids) {
  std::map<std::string, std::string> head;
  for (const std::string& id : ids) head[id] = id;
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [pair, relation] : relations_) {
      if (relation != Relation::confirmed_same || !head.contains(pair.first)) continue;
      std::string& a = head.at(pair.first);
      std::string& b = head.at(pair.second);
      if (a == b) continue;
      (opened_before(a, b) ? b : a) = std::min(a, b, opened_before);
      changed = true;
    }
  }
  for (const auto& [id, of] : head) incidents_.at(id).same_as = of == id ? "" : of;
}

}  // namespace varne
