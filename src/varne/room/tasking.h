#pragma once
/// Who goes where. A unit has a task by order of a centre (or of whoever leads it), takes it or declines it,
/// is on scene by its own word, and is free again when the boat's incident closes or it is stood down. The
/// room proposes who should go (fleet/tasking.h); people decide.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "varne/core/fields.h"
#include "varne/room/counts.h"
#include "varne/room/forecasts.h"
#include "varne/room/incidents.h"
#include "varne/room/log.h"
#include "varne/room/reachers.h"
#include "varne/room/traffic.h"
#include "varne/room/world.h"

namespace varne {

enum class TaskState : std::uint8_t {
  ordered,   ///< not answered yet
  accepted,  ///< on its way
  on_scene,  ///< at the boat, by its own word
};
template <>
struct EnumNames<TaskState> {
  static constexpr std::array values{std::pair{TaskState::ordered, "ordered"},
                                     std::pair{TaskState::accepted, "accepted"},
                                     std::pair{TaskState::on_scene, "on_scene"}};
};

/// What a unit was ordered to do.
struct UnitTask {
  std::string unit;      ///< as the list of units or AIS has its name
  std::string incident;  ///< by the number it was ordered under
  std::string task;      ///< "rescue"
  TaskState state = TaskState::ordered;
  Time since;                    ///< the state is so since then
  Time ordered;                  ///< when it was
  std::uint64_t entry = 0;       ///< of the order
  std::optional<Time> eta = {};  ///< with the boat, in half of all cases; nothing on scene or where not known
  std::string eta_to = {};       ///< forecast that it goes by ("F3"); "": the last place
  auto members() { return std::tie(unit, incident, task, state, since, ordered, entry, eta, eta_to); }
  friend bool operator==(const UnitTask&, const UnitTask&) = default;
};

/// Orders that make a unit busy with a boat, beside the responses that a doctrine names.
inline constexpr std::array<std::string_view, 7> unit_tasks{
    "rescue", "search", "escort", "investigate", "tow", "medical_evacuation", "stand_by"};
inline constexpr std::string_view stand_down = "stand_down";  ///< and this makes it free

class Tasking {
 public:
  /// Where changes are said, and the machines that are asked.
  struct Step {
    Log& log;
    const Traffic& traffic;
    const Counts& counts;
    const Incidents& incidents;
    const Forecasts& forecasts;
  };
  explicit Tasking(std::shared_ptr<const World> world) : world_(std::move(world)), reachers_(world_) {}

  /// By unit.
  [[nodiscard]] const std::map<std::string, UnitTask>& tasks() const { return tasks_; }
  /// Who has a task of this boat, under any of its numbers, by name.
  [[nodiscard]] std::vector<const UnitTask*> of(const Incidents& incidents, const Incident& incident) const;
  /// In alert or distress, its people may be adrift, and nobody goes.
  [[nodiscard]] bool unassigned(const Incidents& incidents, const Counts& counts, const Incident& head) const;
  /// As its task and its people aboard have it.
  [[nodiscard]] UnitStatus status(const Counts& counts, const Unit& unit) const;
  /// Who declined this boat.
  [[nodiscard]] std::set<std::string> declined(const Incidents& incidents, const Incident& incident) const;
  [[nodiscard]] const Reachers& reachers() const { return reachers_; }

  /// An order that stands, of one of `unit_tasks`, a response, or `stand_down`, to a unit.
  /// @param incident  null: it names no boat
  void order(const Step& step, const reports::Order& order, const Incident* incident, std::uint64_t entry);
  /// The unit's answer. Refuses, and says so, an answer to what was not ordered.
  void answer(const Step& step, const reports::TaskAnswer& answer);
  /// A report by a unit that is with the boat: it saw it, or took its people aboard.
  void saw(const Step& step, const Incident& incident, const Report& report);
  /// After every event: tasks of closed incidents end, times of arrival are worked out again.
  void update(const Step& step);

  auto members() { return std::tie(tasks_, declined_, look_); }

 private:
  void say(const Step& step, const UnitTask& task, std::string_view state, const std::string& text,
           const ReportHead* report);
  void expect(const Step& step, UnitTask& task) const;

  std::shared_ptr<const World> world_;
  std::map<std::string, UnitTask> tasks_;
  std::map<std::string, std::set<std::string>> declined_;  ///< by incident: units
  Time look_;  ///< times of arrival are not worked out again before, unless something was said
  Reachers reachers_;
};

}  // namespace varne
