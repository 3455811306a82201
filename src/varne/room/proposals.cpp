#include "varne/room/proposals.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "varne/room/names.h"
#include "varne/room/need.h"
#include "varne/room/phrases.h"

namespace varne {
namespace {

constexpr Duration look_again = std::chrono::minutes(10);
constexpr std::size_t few_boats = 8;

/// A plan for many boats takes long (a tenth of a second for sixty), and nobody's call may wait for it: one
/// for so many boats stands so long before the next is made.
Duration stands_for(std::size_t boats) {
  if (boats <= few_boats) return {};
  return std::min<Duration>(std::chrono::milliseconds(500) * boats, std::chrono::minutes(1));
}

std::optional<double> room_of(const Counts& counts, const Unit& unit) {
  const auto free = free_places(counts, unit);
  return free ? std::optional<double>(*free) : std::nullopt;
}

/// Those of a boat's people whom the units that go cannot take; nothing where it is not known how many there
/// are. 0: somebody goes, and it is not known to be too few.
std::optional<double> left_out(const Proposals::Step& step, const World& world, const Incident& head) {
  const auto going = step.tasking.of(step.incidents, head);
  const auto out = still_out(step.counts, head);
  if (!out) return going.empty() ? std::nullopt : std::optional(0.0);
  double left = out->high;
  for (const UnitTask* task : going) {
    const Unit* unit = names::unit_named(world, task->unit);
    const auto room = unit == nullptr ? std::nullopt : room_of(step.counts, *unit);
    left -= room.value_or(left);
  }
  return std::max(0.0, left);
}

}  // namespace

std::optional<Objective> objective_of(std::string_view task) {
  for (const auto& [name, objective] : objective_tasks)
    if (name == task) return objective;
  return std::nullopt;
}

std::string Proposals::nobody(const std::string& head) const {
  const auto found = nobody_.find(head);
  return found == nobody_.end() ? "" : found->second;
}

/// In alert or distress, its people may be adrift, and nobody goes, or too few.
std::vector<Proposals::Wanting> Proposals::wanting(const Step& step) const {
  std::vector<Wanting> out;
  for (const auto& [id, incident] : step.incidents.all()) {
    if (!incident.open || !incident.same_as.empty() || incident.phase == Phase::uncertainty ||
        !step.counts.may_be_adrift(id))
      continue;
    const auto persons = left_out(step, *world_, incident);
    if (persons && *persons <= 0) continue;
    const Reachers::Seen seen{step.traffic, step.counts, step.forecasts, step.log.now()};
    if (!Reachers::has_aim(seen, incident)) continue;
    OpenIncident open{.id = id,
                      .place = {},  // `plan` aims: mostly the question is an old one, and nobody asks where
                      .distress = incident.phase == Phase::distress,
                      .persons = persons,
                      .declined = step.tasking.declined(step.incidents, incident)};
    const Need need = need_of(step.incidents, step.counts, incident);
    open.who.in_water = std::any_of(need.dangers.begin(), need.dangers.end(), [](const Need::Danger& danger) {
      return danger.sign == "people_in_water";
    });
    out.push_back({&incident, std::move(open), {}});
  }
  return out;
}

/// What makes a new plan at once. Where a boat is, and its forecast, changes all the time: that is seen when
/// it is looked at again.
std::string Proposals::question(const Step& step, const std::vector<Wanting>& boats) const {
  std::string out(enum_name(objective_));
  for (const Wanting& boat : boats) {
    fmt::format_to(std::back_inserter(out), "|{} {} {}", boat.open.id, boat.open.persons.value_or(-1),
                   boat.open.distress);
    for (const std::string& unit : boat.open.declined) out += "," + unit;
  }
  for (const Unit& unit : world_->units) out += enum_name(step.tasking.status(step.counts, unit));
  return out;
}

void Proposals::update(const Step& step, bool word) {
  const bool look = step.log.now() >= look_;
  if (!word && !look) return;
  auto boats = wanting(step);
  end_what_is_over(step, boats);
  std::string asked = question(step, boats);
  if (asked == question_ && !look) return;
  if (step.log.now() < soonest_) {
    look_ = std::min(look_, soonest_);
    return;
  }
  question_ = std::move(asked);
  look_ = step.log.now() + look_again;
  soonest_ = step.log.now() + stands_for(boats.size());
  if (!boats.empty()) plan(step, std::move(boats));
}

/// A proposal whose unit was ordered there, or said no, ended with that word; the others with one of ours.
void Proposals::end_what_is_over(const Step& step, const std::vector<Wanting>& boats) {
  const auto boat_of = [&](const std::string& id) {
    return std::find_if(boats.begin(), boats.end(), [&](const Wanting& boat) { return boat.open.id == id; });
  };
  std::erase_if(standing_, [&](const Proposed& one) {
    const Incident& head = step.incidents.head_of(step.incidents.at(one.incident));
    const auto going = step.tasking.of(step.incidents, head);
    if (std::any_of(going.begin(), going.end(), [&](const UnitTask* task) { return task->unit == one.unit; }))
      return true;
    if (step.tasking.declined(step.incidents, head).contains(one.unit)) return true;
    if (boat_of(one.incident) != boats.end()) return false;
    end(step, one,
        going.empty() ? "nobody has to go there any more" : "those who go can take all its people");
    return true;
  });
  std::erase_if(nobody_, [&](const auto& one) { return boat_of(one.first) == boats.end(); });
}

void Proposals::end(const Step& step, const Proposed& proposed, const std::string& why) const {
  step.log.say(entries::ProposalSaid{.text = fmt::format("{} is no longer proposed for {}: {}", proposed.unit,
                                                         spoken(step.incidents.at(proposed.incident)), why),
                                     .state = "withdrawn",
                                     .incident = proposed.incident,
                                     .unit = proposed.unit,
                                     .stop = proposed.stop});
}

void Proposals::plan(const Step& step, std::vector<Wanting> boats) {
  const Time now = step.log.now();
  const Reachers::Seen seen{step.traffic, step.counts, step.forecasts, now};
  std::vector<OpenIncident> open;
  std::vector<FleetUnit> fleet;
  fleet.reserve(world_->units.size());
  std::vector<std::vector<Reach>> reaches;
  for (const Unit& unit : world_->units) {
    const auto heard = step.traffic.unit_positions().find(unit.name);
    const auto at =
        heard == step.traffic.unit_positions().end() ? std::nullopt : std::optional(heard->second);
    fleet.push_back(
        {unit_now(unit, at, now), step.tasking.status(step.counts, unit), room_of(step.counts, unit)});
  }
  for (Wanting& boat : boats) {
    boat.aim = *step.tasking.reachers().aim(seen, *boat.head);
    boat.open.place = boat.aim.target.mean(now);
    open.push_back(boat.open);
    auto& row = reaches.emplace_back();
    for (const FleetUnit& unit : fleet) {
      const bool asked =
          unit.status == UnitStatus::available && !boat.open.declined.contains(unit.now.unit.name);
      row.push_back(asked ? step.tasking.reachers().of(seen, unit.now.unit, boat.aim, now).reach : Reach{});
    }
  }
  std::vector<Proposal> before;
  for (const Proposed& one : standing_)
    before.push_back({.incident = one.incident, .unit = one.unit, .stop = one.stop, .text = {}});
  TaskOptions options{
      .objective = objective_, .survival = world_->survival.get(), .reserve = world_->reserve};
  const TaskPlan plan = propose(open, fleet, reaches, options, before);

  std::vector<Proposed> next;
  for (const Proposal& p : plan.proposals) {
    const auto boat = std::find_if(boats.begin(), boats.end(),
                                   [&](const Wanting& one) { return one.open.id == p.incident; });
    Proposed made{.incident = p.incident,
                  .unit = p.unit,
                  .stop = p.stop,
                  .eta = p.after ? std::optional(now + *p.after) : std::nullopt,
                  .eta_to = boat->aim.forecast,
                  .text = p.text};
    const auto stands = std::find_if(standing_.begin(), standing_.end(), [&](const Proposed& one) {
      return one.incident == made.incident && one.unit == made.unit && one.stop == made.stop;
    });
    if (stands != standing_.end()) {
      made.entry = stands->entry;
    } else {
      entries::ProposalSaid said{.text = "Proposed: " + p.text,
                                 .state = "proposed",
                                 .incident = p.incident,
                                 .unit = p.unit,
                                 .stop = p.stop,
                                 .eta = made.eta,
                                 .eta_to = made.eta_to,
                                 .objective = std::string(enum_name(plan.objective)),
                                 .price = plan.price,
                                 .nearest_price = plan.nearest_price,
                                 .missing = plan.missing};
      if (p.persons) said.persons = *p.persons;
      made.entry = step.log.say(said);
    }
    next.push_back(std::move(made));
  }
  for (const Proposed& one : standing_) {
    const bool stays = std::any_of(next.begin(), next.end(), [&](const Proposed& other) {
      return other.incident == one.incident && other.unit == one.unit && other.stop == one.stop;
    });
    if (!stays) end(step, one, "another plan is better now, or the unit cannot go");
  }
  standing_ = std::move(next);
  say_nobody(step, plan);
}

void Proposals::say_nobody(const Step& step, const TaskPlan& plan) {
  for (const Proposed& one : standing_) nobody_.erase(one.incident);
  for (const Unserved& left : plan.left) {
    if (nobody(left.incident) == left.why) continue;
    nobody_[left.incident] = left.why;
    step.log.say(
        entries::ProposalSaid{.text = fmt::format("Nobody can be proposed for {}: {}",
                                                  spoken(step.incidents.at(left.incident)), left.why),
                              .state = "nobody",
                              .incident = left.incident,
                              .objective = std::string(enum_name(plan.objective)),
                              .missing = plan.missing});
  }
}

}  // namespace varne
