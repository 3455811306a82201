#pragma once
/// Who should go: for all boats that still want somebody, the units that the desk proposes (fleet/tasking.h).
/// People decide: a proposal is taken up by ordering the unit, and refused by its no, after which it is not
/// proposed for that boat again.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "varne/fleet/tasking.h"
#include "varne/room/counts.h"
#include "varne/room/forecasts.h"
#include "varne/room/incidents.h"
#include "varne/room/log.h"
#include "varne/room/tasking.h"
#include "varne/room/traffic.h"
#include "varne/room/world.h"

namespace varne {

/// A centre's orders to the desk: what proposals go by from now on.
inline constexpr std::array<std::pair<std::string_view, Objective>, 3> objective_tasks{
    {{"propose_by_first_unit", Objective::first_unit},
     {"propose_by_within_30", Objective::within_30},
     {"propose_by_lives", Objective::lives}}};

/// Nothing of any other order.
std::optional<Objective> objective_of(std::string_view task);

/// A unit that is proposed for a boat, and has not been ordered to it.
struct Proposed {
  std::string incident;  ///< that keeps the boat's account
  std::string unit;
  std::uint64_t stop = 1;        ///< 1: goes there now; 2 and on: after the boats before
  std::optional<Time> eta = {};  ///< with the boat, in half of all cases
  std::string eta_to = {};       ///< forecast that it goes by ("F3"); "": the last place
  std::string text = {};         ///< why, and what the nearest idle unit would do
  std::uint64_t entry = 0;       ///< that said so
  auto members() { return std::tie(incident, unit, stop, eta, eta_to, text, entry); }
  friend bool operator==(const Proposed&, const Proposed&) = default;
};

class Proposals {
 public:
  /// Where changes are said, and the machines that are asked.
  struct Step {
    Log& log;
    const Traffic& traffic;
    const Counts& counts;
    const Incidents& incidents;
    const Forecasts& forecasts;
    const Tasking& tasking;
  };
  explicit Proposals(std::shared_ptr<const World> world) : world_(std::move(world)) {}

  [[nodiscard]] const std::vector<Proposed>& standing() const { return standing_; }
  [[nodiscard]] Objective objective() const { return objective_; }
  /// Why nobody can be proposed for this boat; "" where somebody is, or nobody is wanted.
  [[nodiscard]] std::string nobody(const std::string& head) const;

  /// A centre says what to go by; the plan is made anew.
  void go_by(Objective objective) {
    objective_ = objective;
    question_.clear();
  }
  /// After every event. Plans anew where the boats that wait, or who may go to them, changed, and every ten
  /// minutes while one waits; where more than eight wait, half a second for each of them after the last plan
  /// at the soonest. A new plan has to be better than the standing one by a tenth.
  /// @param word  somebody said something or slow work was answered: not only a ship moved or time went by
  void update(const Step& step, bool word);

  auto members() { return std::tie(standing_, nobody_, objective_, question_, look_, soonest_); }

 private:
  /// A boat that wants somebody, and how many of its people those who go cannot take.
  struct Wanting {
    const Incident* head;
    OpenIncident open;  ///< its place is found by `plan`, as is
    Aim aim;
  };
  [[nodiscard]] std::vector<Wanting> wanting(const Step& step) const;
  [[nodiscard]] std::string question(const Step& step, const std::vector<Wanting>& boats) const;
  void end_what_is_over(const Step& step, const std::vector<Wanting>& boats);
  void plan(const Step& step, std::vector<Wanting> boats);
  void end(const Step& step, const Proposed& proposed, const std::string& why) const;
  void say_nobody(const Step& step, const TaskPlan& plan);

  std::shared_ptr<const World> world_;
  std::vector<Proposed> standing_;
  std::map<std::string, std::string> nobody_;  ///< by boat: why nobody is proposed
  Objective objective_ = Objective::first_unit;
  std::string question_;  ///< what the last plan answered: boats, who may go, who declined
  Time look_;             ///< the same question is not asked again before
  Time soonest_;          ///< and no other before: the last plan was for many boats
};

}  // namespace varne
