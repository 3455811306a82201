#include "varne/fleet/tasking_said.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace varne {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

class Sayer {
 public:
  Sayer(TaskPlan& plan, const std::vector<OpenIncident>& incidents, const std::vector<FleetUnit>& units,
        const std::vector<std::vector<Reach>>& reaches)
      : plan_(plan), incidents_(incidents), units_(units), reaches_(reaches) {}

  void say_who_is_left() {
    for (std::size_t i = 0; i < incidents_.size(); ++i) {
      const bool somebody = std::any_of(plan_.proposals.begin(), plan_.proposals.end(),
                                        [&](const Proposal& p) { return p.incident == incidents_[i].id; });
      if (somebody) continue;
      std::size_t can = 0;
      std::size_t declined = 0;
      for (std::size_t u = 0; u < units_.size(); ++u) {
        if (units_[u].status != UnitStatus::available) continue;
        declined += incidents_[i].declined.contains(units_[u].now.unit.name);
        ++can;
      }
      const char* why = can == 0          ? "no unit is available"
                        : declined == can ? "every available unit has declined"
                                          : "no available unit that has not declined is known to get there";
      plan_.left.push_back({incidents_[i].id, why});
      plan_.missing.push_back(
          fmt::format("nobody can be proposed for {}: {}{}", incidents_[i].id, why, soonest_of_all(i)));
    }
  }

  void say_who_runs_dry() {
    for (std::size_t i = 0; i < incidents_.size(); ++i) {
      std::size_t proposed = 0;
      std::size_t dry = 0;
      for (const Proposal& p : plan_.proposals) {
        if (p.incident != incidents_[i].id) continue;
        ++proposed;
        if (p.stop != 1) continue;  // how far its fuel goes after other boats is not worked out
        dry += reaches_[i][unit_of(p)].arrives == false;
      }
      if (proposed == 0 || dry < proposed) continue;
      plan_.run_dry.push_back(incidents_[i].id);
      plan_.missing.push_back(fmt::format(
          "nobody proposed for {} would be with the boat before fuel or crew run out", incidents_[i].id));
    }
  }

  /// Of the speeds of those who go, each thing once.
  void say_what_is_assumed() {
    SpeedsAssumed assumed;
    std::vector<bool> added(units_.size());
    for (const Proposal& p : plan_.proposals) {
      const std::size_t u = unit_of(p);
      if (added[u]) continue;
      added[u] = true;
      for (const auto& row : reaches_) assumed.add(row[u]);
    }
    for (std::string& each : assumed.said()) plan_.missing.push_back(std::move(each));
  }

  /// Whom one might ask all the same: who declined may be asked by voice, who is busy may be relieved.
  std::string soonest_of_all(std::size_t i) const {
    std::size_t best = none;
    for (std::size_t u = 0; u < units_.size(); ++u) {
      const auto& median = reaches_[i][u].median;
      if (units_[u].status == UnitStatus::off_duty || !median) continue;
      if (best == none || *median < *reaches_[i][best].median) best = u;
    }
    if (best == none) return "";
    const FleetUnit& unit = units_[best];
    const char* but = incidents_[i].declined.contains(unit.now.unit.name) ? "has declined"
                      : unit.status == UnitStatus::tasked                 ? "has another task"
                      : unit.status == UnitStatus::on_scene               ? "is on scene elsewhere"
                      : unit.status == UnitStatus::laden                  ? "is laden"
                                                                          : "is not proposed";
    return fmt::format("; the soonest of all, {}, would take {:.0f} min and {}", unit.now.unit.name,
                       seconds(*reaches_[i][best].median) / 60, but);
  }

 private:
  [[nodiscard]] std::size_t unit_of(const Proposal& p) const {
    const auto at = std::ranges::find(
        units_, p.unit, [](const FleetUnit& unit) -> const std::string& { return unit.now.unit.name; });
    return static_cast<std::size_t>(at - units_.begin());
  }

  TaskPlan& plan_;
  const std::vector<OpenIncident>& incidents_;
  const std::vector<FleetUnit>& units_;
  const std::vector<std::vector<Reach>>& reaches_;
};

}  // namespace

void say_what_is_missing(TaskPlan& plan, const std::vector<OpenIncident>& incidents,
                         const std::vector<FleetUnit>& units,
                         const std::vector<std::vector<Reach>>& reaches) {
  Sayer sayer(plan, incidents, units, reaches);
  sayer.say_who_is_left();
  sayer.say_who_runs_dry();
  sayer.say_what_is_assumed();
}

}  // namespace varne
