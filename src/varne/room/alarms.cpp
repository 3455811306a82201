#include "varne/room/alarms.h"

#include <fmt/format.h>

#include <algorithm>

#include "varne/room/need.h"
#include "varne/room/phrases.h"

namespace varne {
namespace {

bool about_a_boat(AlarmWhat what) {
  return what == AlarmWhat::nobody_goes || what == AlarmWhat::worse ||
         what == AlarmWhat::hand_over_unanswered || what == AlarmWhat::offered_to_us;
}

}  // namespace

std::map<std::uint64_t, Alarm>::iterator Alarms::find(AlarmWhat what, const std::string& subject) {
  return std::find_if(standing_.begin(), standing_.end(), [&](const auto& one) {
    return one.second.what == what && one.second.subject == subject;
  });
}

void Alarms::raise(Log& log, AlarmWhat what, const std::string& subject, const std::string& text,
                   std::uint64_t about) {
  const auto waits = [&](const auto& one) {
    return one.second.what == what && one.second.subject == subject &&
           (about_a_boat(what) || one.second.text == text);
  };
  if (std::ranges::any_of(standing_, waits)) return;
  const std::uint64_t entry = log.say(entries::AlarmRaised{.text = "ALARM: " + text,
                                                           .what = std::string(enum_name(what)),
                                                           .subject = subject,
                                                           .about = about,
                                                           .incident = about_a_boat(what) ? subject : ""});
  standing_[entry] = {.what = what, .subject = subject, .text = text, .since = log.now(), .about = about};
  if (about_a_boat(what)) return;
  // Of those that wait beyond a limit the oldest gives way, its entry stays; one that speaks of distress
  // never does.
  const auto may_go = [](const auto& one) {
    return !about_a_boat(one.second.what) && one.second.what != AlarmWhat::refused_distress;
  };
  if (static_cast<std::size_t>(std::ranges::count_if(standing_, may_go)) > most_kept)
    standing_.erase(std::ranges::find_if(standing_, may_go));
}

void Alarms::acknowledge(Log& log, const reports::Acknowledge& report) {
  const auto found = standing_.find(static_cast<std::uint64_t>(report.alarm));
  if (found == standing_.end())
    return log.refuse(report, fmt::format("no alarm stands that entry {} raised", report.alarm));
  Alarm& alarm = found->second;
  if (!alarm.seen_by.empty()) return;
  alarm.seen_by = report.from;
  alarm.seen = log.now();
  log.say(entries::AlarmSeen{.text = fmt::format("{} acknowledges: {}", report.from, alarm.text),
                             .alarm = found->first,
                             .from = report.from,
                             .source = report.id,
                             .incident = about_a_boat(alarm.what) ? alarm.subject : ""});
  if (!about_a_boat(alarm.what)) standing_.erase(found);
}

void Alarms::update(const Step& step, bool word) {
  if (!word && step.log.now() < next_due_) return;
  for (const auto& [id, incident] : step.incidents.all())
    if (incident.same_as.empty()) look_at(step, incident);
  // What became part of another boat's account is looked at with that.
  std::erase_if(standing_, [&](const auto& one) {
    return about_a_boat(one.second.what) && !step.incidents.at(one.second.subject).same_as.empty();
  });
  offers(step);
}

void Alarms::look_at(const Step& step, const Incident& head) {
  const bool stands =
      head.phase == Phase::distress && step.tasking.unassigned(step.incidents, step.counts, head);
  if (!stands) {
    graver_.erase(head.id);
    std::erase_if(standing_, [&](const auto& one) {
      const bool of_it = one.second.what == AlarmWhat::nobody_goes || one.second.what == AlarmWhat::worse;
      return of_it && one.second.subject == head.id;
    });
    return;
  }
  const Need need = need_of(step.incidents, step.counts, head);
  // `dangers` has the gravest first: the first of all signs counts most.
  const std::size_t grave = need.dangers.empty() ? 0 : gravity(need.dangers.front().sign);
  const auto before = graver_.find(head.id);
  if (before != graver_.end() && grave <= before->second) return;
  // That it is in distress stands there already.
  const bool told = need.dangers.empty() || need.dangers.front().sign == "distress";
  const std::string signs =
      told ? "" : fmt::format(", {}", phrases::unscored(std::string(need.dangers.front().sign)));
  if (before == graver_.end()) {
    raise(step.log, AlarmWhat::nobody_goes, head.id,
          fmt::format("nobody goes to {}, in distress{}", spoken(head), signs), 0);
  } else if (const auto raised = find(AlarmWhat::nobody_goes, head.id);
             raised == standing_.end() || !raised->second.seen_by.empty()) {
    // Where the first still waits to be looked at, it speaks of all there is to see.
    if (const auto old = find(AlarmWhat::worse, head.id); old != standing_.end()) standing_.erase(old);
    raise(step.log, AlarmWhat::worse, head.id,
          fmt::format("{} is worse, and nobody goes to it{}", spoken(head), signs), 0);
  }
  graver_[head.id] = grave;
}

void Alarms::offers(const Step& step) {
  const auto withdraw = [&](const std::string& id) {
    for (const auto what : {AlarmWhat::hand_over_unanswered, AlarmWhat::offered_to_us})
      if (const auto old = find(what, id); old != standing_.end()) standing_.erase(old);
  };
  const Time now = step.log.now();
  next_due_ = Time::max();
  for (const auto& [id, incident] : step.incidents.all()) {
    if (incident.offered_to.empty() || !incident.open) {
      if (offers_.erase(id) > 0) withdraw(id);
      continue;
    }
    auto& [to, since] = offers_.try_emplace(id, incident.offered_to, now).first->second;
    if (to != incident.offered_to) {
      to = incident.offered_to;
      since = now;
      withdraw(id);
    }
    if (incident.offered_to == step.own && !incident.accepted)
      raise(step.log, AlarmWhat::offered_to_us, id,
            fmt::format("{} asks {} to take over {}; answer it", incident.centre, step.own, spoken(incident)),
            0);
    else if (const auto old = find(AlarmWhat::offered_to_us, id); old != standing_.end())
      standing_.erase(old);
    if (incident.accepted) continue;  // what is waited for is the line
    if (now < since + answer_due) {
      next_due_ = std::min(next_due_, since + answer_due);
      continue;
    }
    raise(step.log, AlarmWhat::hand_over_unanswered, id,
          fmt::format("{} has not answered for {} whether it takes over {}; {} coordinates", to,
                      phrases::length_of(now - since), spoken(incident), incident.centre),
          0);
  }
}

}  // namespace varne
