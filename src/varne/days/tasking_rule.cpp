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

/// Open incidents whose centre may send somebody, in the order in which they are served.
std::vector<const Incident*> waiting_in(const Room& room, const Strait& strait) {
  std::vector<const Incident*> waiting;
  for (const auto& [id, incident] : room.incidents()) {
    if (!incident.open || !incident.place || !incident.same_as.empty()) continue;
    if (incident.phase == Phase::distress || incident.centre == strait.waters.centres.front().name)
      waiting.push_back(&incident);
  }
  std::stable_sort(waiting.begin(), waiting.end(), [](const Incident* a, const Incident* b) {
    if (a->phase != b->phase) return a->phase > b->phase;
    return a->opened < b->opened;
  });
  return waiting;
}

/// Sends crews to boats, each once.
class Sender {
 public:
  Sender(const Room& room, const Strait& strait, const Crews& crews)
      : room_(room), strait_(strait), crews_(crews), busy_(crews.all().size()) {}

  void serve(const Incident& incident, std::size_t boat) {
    if (!anybody_for(incident)) return;
    left_ = may_be_aboard(room_, incident);
    for (const Crew& crew : crews_.all())
      if (on_it(crew, boat)) left_ -= crew.capacity - crew.aboard;
    if (left_ <= 0) return;
    for (const Proposed& one : room_.proposals().standing())
      if (one.incident == incident.id && one.stop == 1) send(one.unit, incident, boat, true);
    if (left_ <= 0) return;
    const auto reaches = room_.nearest_units(incident.id, most_asked);
    for (const bool any_centre : {false, true})
      for (const UnitReach& reach : reaches) send(reach.unit, incident, boat, any_centre);
  }
  /// Somebody is idle.
  [[nodiscard]] bool anybody() const {
    return std::any_of(crews_.all().begin(), crews_.all().end(),
                       [](const Crew& crew) { return crew.task == CrewTask::idle && crew.capacity != 0; });
  }
  [[nodiscard]] std::vector<Tasked> take() { return std::move(out_); }

 private:
  [[nodiscard]] bool may_go(std::size_t c, const Incident& incident, bool any_centre) const {
    const Crew& crew = crews_.all()[c];
    return busy_[c] == 0 && crew.task == CrewTask::idle && crew.capacity != 0 &&
           (strait_.units[crew.unit].centre == incident.centre ||
            (any_centre && incident.phase == Phase::distress));
  }
  [[nodiscard]] bool anybody_for(const Incident& incident) const {
    for (std::size_t c = 0; c < busy_.size(); ++c)
      if (may_go(c, incident, true)) return true;
    return false;
  }
  void send(const std::string& unit, const Incident& incident, std::size_t boat, bool any_centre) {
    const auto found = std::find_if(strait_.units.begin(), strait_.units.end(),
                                    [&](const Unit& u) { return u.name == unit; });
    if (left_ <= 0 || found == strait_.units.end()) return;
    const auto c = static_cast<std::size_t>(found - strait_.units.begin());
    if (!may_go(c, incident, any_centre)) return;
    busy_[c] = 1;
    left_ -= crews_.all()[c].capacity;
    out_.push_back({c, boat, incident.place_error_m, incident.centre});
  }

  const Room& room_;
  const Strait& strait_;
  const Crews& crews_;
  std::vector<std::uint8_t> busy_;
  std::vector<Tasked> out_;
  std::int32_t left_ = 0;  ///< who may be aboard and cannot be taken by those who go
};

}  // namespace

std::vector<Tasked> tasks_now(const Room& room, const Strait& strait, const Crews& crews,
                              const std::function<std::size_t(const Incident&)>& boat_of) {
  Sender sender(room, strait, crews);
  if (!sender.anybody()) return {};  // as mostly on a busy day
  for (const Incident* incident : waiting_in(room, strait))
    if (const std::size_t boat = boat_of(*incident); boat != no_boat) sender.serve(*incident, boat);
  return sender.take();
}

}  // namespace varne::days
