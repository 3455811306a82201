/// Which incidents are one boat. `linked` and `possibly the same` are notes beside two incidents, and both
/// are looked for; only `confirmed the same`, by a named officer and on evidence, makes two accounts one. The
/// account is then counted anew from what was heard of both, and when they are parted again, of each: so
/// nothing is lost either way, and nobody is counted twice or not at all.

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "varne/room/room.h"
#include "varne/room/words.h"

namespace varne {
namespace {

/// "I9" opened before "I10".
bool opened_before(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

std::pair<std::string, std::string> pair_of(const std::string& a, const std::string& b) {
  return opened_before(a, b) ? std::pair{a, b} : std::pair{b, a};
}

}  // namespace

Incident& Room::head_of(Incident& incident) {
  return incident.same_as.empty() ? incident : incidents_.at(incident.same_as);
}

const Incident& Room::head_of(const Incident& incident) const {
  return incident.same_as.empty() ? incident : incidents_.at(incident.same_as);
}

/// All that are confirmed to be one boat with this one, itself among them, the first opened first.
std::vector<const Incident*> Room::one_boat_with(const std::string& incident) const {
  const std::string head = head_of(incidents_.at(incident)).id;
  std::vector<const Incident*> out;
  for (const auto& [id, one] : incidents_) {
    if (id == head || one.same_as == head) out.push_back(&one);
  }
  std::sort(out.begin(), out.end(),
            [](const Incident* a, const Incident* b) { return opened_before(a->id, b->id); });
  return out;
}

void Room::relate(const Report& order) {
  Incident& incident = *incident_of(order.boat);  // obey() has found it
  Incident* other = incident_of(order.other);
  if (other == nullptr || other->id == incident.id)
    return refuse(order, fmt::format("name in \"other\" the second boat; \"{}\" is none that is known, or is "
                                     "the same incident",
                                     order.other));
  const auto standing = relations_.find(pair_of(incident.id, other->id));
  const bool confirmed = standing != relations_.end() && standing->second == Relation::confirmed_same;
  if (order.task == "separate") {
    if (standing == relations_.end())
      return refuse(order, fmt::format("nothing relates {} to {}", spoken(incident), spoken(*other)));
    if (confirmed) return separate(incident, *other, order);
    return set_relation(incident, *other, std::nullopt,
                        fmt::format("{}: {} and {} have nothing to do with each other", order.from,
                                    spoken(incident), spoken(*other)),
                        order);
  }
  if (confirmed)
    return refuse(order, fmt::format("{} and {} are confirmed to be one boat; \"separate\" them first",
                                     spoken(incident), spoken(*other)));
  if (order.task == "confirm_same") return confirm_same(incident, *other, order);
  const bool linked = order.task == "link";
  set_relation(incident, *other, linked ? Relation::linked : Relation::possibly_same,
               fmt::format("{}: {} and {} {}", order.from, spoken(incident), spoken(*other),
                           linked ? "belong together and are not one boat"
                                  : "are possibly the same boat (not merged)"),
               order);
}

/// A named officer of the centre that coordinates both, a reason, and reports about these boats.
bool Room::answers_for(const Report& order, const Incident& incident, const Incident& other) {
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
      return std::any_of(one.history.begin(), one.history.end(),
                         [&](const Heard& heard) { return heard.report.id == id; });
    };
    if (!of(incident) && !of(other))
      lacks.push_back(
          fmt::format("report {} is about neither {} nor {}", id, spoken(incident), spoken(other)));
  }
  if (!lacks.empty()) refuse(order, fmt::format("{}", fmt::join(lacks, "; ")));
  return lacks.empty();
}

void Room::confirm_same(Incident& incident, Incident& other, const Report& order) {
  if (!answers_for(order, incident, other)) return;
  std::vector<std::string> ids;
  for (const std::string& of : {incident.id, other.id}) {
    for (const Incident* one : one_boat_with(of)) {
      if (std::find(ids.begin(), ids.end(), one->id) == ids.end()) ids.push_back(one->id);
    }
  }
  const std::string text = fmt::format("{}, {}: {} and {} are the same boat: {}", order.officer, order.from,
                                       spoken(incident), spoken(other), order.reason);
  set_relation(incident, other, Relation::confirmed_same, text, order);
  // The graver of the two holds for the boat, and who is looked for under one number is looked for.
  const Incident& a = head_of(incident);
  const Incident& b = head_of(other);
  const Reading gravest = a.phase >= b.phase ? Reading{a.phase, a.why} : Reading{b.phase, b.why};
  const bool open = a.open || b.open;
  for (const std::string& id : ids) {
    Incident& one = incidents_.at(id);
    one.phase = gravest.phase;
    one.why = gravest.why;
    one.open = open;
    one.offered_to.clear();
    if (open) one.ended.reset();
    if (open) one.close_reason.clear();
  }
  regroup(ids);
  count_again(ids, order, "confirmed to be one boat, counted again");
  Incident& head = head_of(incident);
  tell_incident(head, "merged", text);
  close_if_accounted(head);
}

void Room::separate(Incident& incident, Incident& other, const Report& order) {
  if (!answers_for(order, incident, other)) return;
  std::vector<std::string> ids;
  for (const Incident* one : one_boat_with(incident.id)) ids.push_back(one->id);
  const std::string text = fmt::format("{}, {}: {} and {} are not the same boat: {}", order.officer,
                                       order.from, spoken(incident), spoken(other), order.reason);
  set_relation(incident, other, std::nullopt, text, order);
  regroup(ids);
  for (const std::string& id : ids) {
    incidents_.at(id).offered_to.clear();
    incidents_.at(id).ended.reset();  // no search was ended for one of them alone
  }
  count_again(ids, order, "not one boat, counted again");
  for (const std::string& id : ids) {
    Incident& one = incidents_.at(id);
    if (!one.same_as.empty()) continue;
    tell_incident(one, "parted", text);
    close_if_accounted(one);
  }
}

/// A report that may be about any of several boats: each stays possible, and none is safer for it.
void Room::may_be(Incident& incident, const Report& report) {
  const Reading reading = phase_of(report);
  for (const std::string& boat : report.may_be) {
    Incident* other = incident_of(boat);
    if (other == nullptr) {
      say("refused",
          {{"text", fmt::format("Report {} of {} may be about \"{}\", of which no incident is known",
                                report.id, report.from, boat)},
           {"source", report.id},
           {"why", "no incident is known of boat " + boat}});
      continue;
    }
    if (other->id == incident.id) continue;
    if (!relations_.contains(pair_of(incident.id, other->id)))
      set_relation(incident, *other, Relation::possibly_same,
                   fmt::format("{} and {} are possibly the same boat, by report {} of {} (not merged)",
                               spoken(incident), spoken(*other), report.id, report.from),
                   report);
    Incident& head = head_of(*other);
    if (reading.phase > Phase::uncertainty && head.phase == Phase::uncertainty)
      raise(head, {Phase::alert, fmt::format("report {} may be from it: {}", report.id, reading.why)});
  }
}

void Room::set_relation(const Incident& incident, const Incident& other, std::optional<Relation> relation,
                        const std::string& text, const Report& source) {
  const auto pair = pair_of(incident.id, other.id);
  if (relation) {
    relations_[pair] = *relation;
  } else {
    relations_.erase(pair);
  }
  Json body{{"text", text},
            {"incident", pair.first},
            {"other", pair.second},
            {"relation", relation ? name_of(*relation) : "none"},
            {"source", source.id}};
  // Nobody said it where it follows from two places.
  if (source.kind == ReportKind::order || !source.may_be.empty()) body["from"] = source.from;
  if (!source.officer.empty()) body["officer"] = source.officer;
  if (!source.reason.empty()) body["reason"] = source.reason;
  if (!source.evidence.empty()) body["evidence"] = source.evidence;
  say("relation", body);
}

/// Finds anew which of these incidents are one boat: those that confirmed relations join, whichever way
/// round.
void Room::regroup(const std::vector<std::string>& ids) {
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

/// Takes back all that was posted of these incidents and counts each boat from what was heard of it.
void Room::count_again(const std::vector<std::string>& ids, const Report& order, const std::string& why) {
  for (const std::string& id : ids) {
    take_back(id, order, why);
    Incident& one = incidents_.at(id);
    one.place.reset();
    one.place_error_m = 0;
    one.place_time = one.opened;
    one.persons.clear();
    one.cleared = false;
    one.settled.reset();
    one.forecast.clear();  // a forecast of the one is none of the other
    one.forecast_class.clear();
    forecasts_.erase(id);
  }
  for (const std::string& id : ids) {
    Incident& one = incidents_.at(id);
    if (!one.same_as.empty()) continue;
    for (const Heard* heard : heard_of(id)) {
      place(one, *heard);
      account(one, *heard);
    }
  }
}

}  // namespace varne
