#include "varne/days/tasking_rule.h"

#include <algorithm>

namespace varne::days {
namespace {

constexpr std::size_t most_asked = 30;

bool on_it(const Crew& crew, std::size_t boat) {
  return crew.boat == boat && (crew.task == CrewTask::readying || crew.task == CrewTask::to_boat ||
                               crew.task == CrewTask::searching || crew.task == CrewTask::assessing ||
                               crew.task == CrewTask::taking);
}

/// As many as may be aboard; 1 where nobody has said.
std::int32_t may_be_aboard(const Room& room, const Incident& incident) {
  const Count& count = room.count_of(incident.id);
  if (count.cleared) return 0;
  const HeadCount at_sea = room.people().in(PeopleState::at_sea, incident.id);
  const auto guess = estimated(count);
  return guess ? std::max(at_sea.high, 0) : 1;
}

}  // namespace

std::vector<Tasked> tasks_now(const Room& room, const Strait& strait, const Crews& crews,
                              const std::function<std::size_t(const Incident&)>& boat_of) {
  std::vector<const Incident*> waiting;
  for (const auto& [id, incident] : room.incidents()) {
    const bool own = incident.centre == "MRCC Dover" || incident.phase == Phase::distress;
    if (incident.open && incident.place && incident.same_as.empty() && own) waiting.push_back(&incident);
  }
  std::stable_sort(waiting.begin(), waiting.end(), [](const Incident* a, const Incident* b) {
    if (a->phase != b->phase) return a->phase > b->phase;
    return a->opened < b->opened;
  });
  std::vector<Tasked> out;
  std::vector<std::uint8_t> busy(crews.all().size());
  const auto may_go = [&](std::size_t c) {
    const Crew& crew = crews.all()[c];
    return busy[c] == 0 && crew.task == CrewTask::idle && crew.capacity != 0;
  };
  for (const Incident* incident : waiting) {
    const std::size_t boat = boat_of(*incident);
    if (boat == no_boat) continue;
    std::int32_t left = may_be_aboard(room, *incident);
    for (const Crew& crew : crews.all())
      if (on_it(crew, boat)) left -= crew.capacity - crew.aboard;
    if (left <= 0) continue;
    // On a busy day mostly nobody is idle: how far they all are need not be asked then.
    bool anybody = false;
    for (std::size_t c = 0; c < crews.all().size() && !anybody; ++c)
      anybody =
          may_go(c) && (incident->phase == Phase::distress || strait.units[c].centre == incident->centre);
    if (!anybody) continue;
    const auto reaches = room.nearest_units(incident->id, most_asked);
    for (const bool any_centre : {false, true}) {
      if (any_centre && (incident->phase != Phase::distress || left <= 0)) break;
      for (const UnitReach& reach : reaches) {
        const auto unit = std::find_if(strait.units.begin(), strait.units.end(),
                                       [&](const Unit& u) { return u.name == reach.unit; });
        if (left <= 0 || unit == strait.units.end()) continue;
        const auto c = static_cast<std::size_t>(unit - strait.units.begin());
        if (!may_go(c)) continue;
        if (!any_centre && unit->centre != incident->centre) continue;
        busy[c] = 1;
        left -= crews.all()[c].capacity;
        out.push_back({c, boat, incident->place_error_m, incident->centre});
      }
    }
  }
  return out;
}

}  // namespace varne::days
