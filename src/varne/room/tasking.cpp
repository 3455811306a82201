#include "varne/room/tasking.h"

#include <fmt/format.h>

#include <algorithm>

#include "varne/room/names.h"
#include "varne/room/phrases.h"

namespace varne {
namespace {

constexpr Duration look_again = std::chrono::minutes(5);

/// Of the report a boat was seen or emptied by: the unit that was there; "" where it names none.
std::string unit_there(const Report& report) {
  if (const auto* seen = std::get_if<reports::Sighting>(&report))
    return seen->unit.empty() ? seen->from : seen->unit;
  if (const auto* recovered = std::get_if<reports::Recovered>(&report)) return recovered->unit;
  return "";
}

}  // namespace

std::vector<const UnitTask*> Tasking::of(const Incidents& incidents, const Incident& incident) const {
  std::vector<const UnitTask*> out;
  for (const auto& [unit, task] : tasks_)
    if (!task.incident.empty() && incidents.one_boat(task.incident, incident.id)) out.push_back(&task);
  return out;
}

bool Tasking::unassigned(const Incidents& incidents, const Counts& counts, const Incident& head) const {
  return head.open && head.phase != Phase::uncertainty && counts.may_be_adrift(head.id) &&
         of(incidents, head).empty();
}

UnitStatus Tasking::status(const Counts& counts, const Unit& unit) const {
  if (unit.status == UnitStatus::off_duty) return unit.status;
  const auto task = tasks_.find(unit.name);
  if (task != tasks_.end() && task->second.state == TaskState::on_scene) return UnitStatus::on_scene;
  if (counts.books().held({PeopleState::rescued, unit.name}).high > 0) return UnitStatus::laden;
  return task != tasks_.end() ? UnitStatus::tasked : unit.status;
}

std::set<std::string> Tasking::declined(const Incidents& incidents, const Incident& incident) const {
  std::set<std::string> out;
  for (const Incident* one : incidents.one_boat_with(incident.id)) {
    if (const auto by = declined_.find(one->id); by != declined_.end())
      out.insert(by->second.begin(), by->second.end());
  }
  return out;
}

void Tasking::say(const Step& step, const UnitTask& task, std::string_view state, const std::string& text,
                  const ReportHead* report) {
  entries::TaskSaid body{.text = text,
                         .unit = task.unit,
                         .task = task.task,
                         .state = std::string(state),
                         .incident = task.incident,
                         .order = task.entry,
                         .eta = task.eta,
                         .eta_to = task.eta_to};
  if (report != nullptr) {
    body.from = report->from;
    body.source = report->id;
  }
  step.log.say(body);
}

/// When it is with the boat.
void Tasking::expect(const Step& step, UnitTask& task) const {
  task.eta.reset();
  task.eta_to.clear();
  if (task.incident.empty() || task.state == TaskState::on_scene) return;
  const Reachers::Seen seen{step.traffic, step.counts, step.forecasts, step.log.now()};
  const auto aim = reachers_.aim(seen, step.incidents.head_of(step.incidents.at(task.incident)));
  if (!aim) return;
  const Unit* listed = names::unit_named(*world_, task.unit);
  const Track* ship = listed == nullptr ? ship_named(step.traffic.picture(), task.unit) : nullptr;
  if (listed == nullptr && ship == nullptr) return;
  const Reacher reacher =
      ship != nullptr ? reachers_.of(seen, *ship, *aim) : reachers_.of(seen, *listed, *aim, task.ordered);
  if (!reacher.reach.median) return;
  task.eta = seen.now + *reacher.reach.median;
  task.eta_to = aim->forecast;
}

void Tasking::order(const Step& step, const reports::Order& order, const Incident* incident,
                    std::uint64_t entry) {
  const std::string& unit = order.unit.empty() ? order.to : order.unit;
  const auto before = tasks_.find(unit);
  if (order.task == stand_down) {
    if (before == tasks_.end()) return step.log.refuse(order, unit + " has no task");
    const UnitTask ended = before->second;
    tasks_.erase(before);
    return say(step, ended, "stood_down", fmt::format("{} is stood down and free", unit), &order);
  }
  UnitTask task;
  task.unit = unit;
  task.incident = incident == nullptr ? "" : incident->id;
  task.task = order.task;
  // The same again changes nothing: it goes on as it does.
  if (before != tasks_.end() && before->second.incident == task.incident) {
    before->second.task = task.task;
    return;
  }
  if (incident != nullptr) declined_[incident->id].erase(unit);  // asked again, by people
  task.since = task.ordered = step.log.now();
  task.entry = entry;
  expect(step, task);
  std::string text = fmt::format("{} is tasked: {}{}", unit, phrases::unscored(task.task),
                                 incident == nullptr ? "" : " of " + spoken(*incident));
  if (before != tasks_.end() && !before->second.incident.empty())
    text += fmt::format(", and leaves {}", spoken(step.incidents.at(before->second.incident)));
  if (task.eta)
    text += fmt::format("; with the boat at about {}{}", phrases::hour(*task.eta, step.log.now()),
                        task.eta_to.empty() ? ", by its last place" : ", by forecast " + task.eta_to);
  tasks_[unit] = task;
  say(step, task, enum_name(task.state), text, &order);
}

void Tasking::answer(const Step& step, const reports::TaskAnswer& answer) {
  const Incident* incident = step.incidents.of(answer.boat);
  const auto found = tasks_.find(answer.unit);
  const bool asked = incident != nullptr && found != tasks_.end() && !found->second.incident.empty() &&
                     step.incidents.one_boat(found->second.incident, incident->id);
  if (!asked && (answer.accepted || incident == nullptr))
    return step.log.refuse(answer,
                           fmt::format("{} was not ordered to boat \"{}\"", answer.unit, answer.boat));
  const std::string why = answer.text.empty() ? "" : ": " + answer.text;
  if (answer.accepted) {
    UnitTask& task = found->second;
    if (task.state != TaskState::ordered) return;  // said already
    task.state = TaskState::accepted;
    task.since = step.log.now();
    expect(step, task);
    return say(step, task, enum_name(task.state),
               fmt::format("{} takes the task: {} of {}{}", task.unit, phrases::unscored(task.task),
                           spoken(*incident), why),
               &answer);
  }
  // A no counts whether or not it was asked: it is not proposed for this boat again.
  declined_[incident->id].insert(answer.unit);
  UnitTask task;
  task.unit = answer.unit;
  task.incident = incident->id;
  if (asked) {
    task = found->second;
    tasks_.erase(found);
  }
  task.eta.reset();
  say(step, task, "declined", fmt::format("{} declines {}{}", task.unit, spoken(*incident), why), &answer);
}

void Tasking::saw(const Step& step, const Incident& incident, const Report& report) {
  const auto found = tasks_.find(unit_there(report));
  if (found == tasks_.end() || found->second.incident.empty()) return;
  UnitTask& task = found->second;
  if (task.state == TaskState::on_scene || !step.incidents.one_boat(task.incident, incident.id)) return;
  task.state = TaskState::on_scene;
  task.since = step.log.now();
  expect(step, task);
  say(step, task, enum_name(task.state), fmt::format("{} is with {}", task.unit, spoken(incident)),
      &report_head(report));
}

void Tasking::update(const Step& step) {
  const bool all = step.log.now() >= look_;
  // An incident that was closed was touched.
  if (tasks_.empty() || (!all && step.incidents.touched().empty())) return;
  for (auto at = tasks_.begin(); at != tasks_.end();) {
    const UnitTask& task = at->second;
    if (task.incident.empty() || step.incidents.at(task.incident).open) {
      ++at;
      continue;
    }
    const UnitTask ended = task;
    at = tasks_.erase(at);
    say(step, ended, "done",
        fmt::format("{} is free: {} is closed", ended.unit, spoken(step.incidents.at(ended.incident))),
        nullptr);
  }
  if (tasks_.empty()) return;
  if (all) look_ = step.log.now() + look_again;
  for (auto& [unit, task] : tasks_)
    if (all || step.incidents.touched().contains(task.incident)) expect(step, task);
}

}  // namespace varne
