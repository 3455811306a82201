#pragma once
/// The rule by which simulated centres task simulated units. Stated here, in one function, and nowhere else.

#include <functional>
#include <string>
#include <vector>

#include "varne/days/crews.h"
#include "varne/room/room.h"

namespace varne::days {

struct Tasked {
  std::size_t crew = 0;
  std::size_t boat = 0;
  double error_m = 0;  ///< of the place that the room knows
  std::string centre;
};

/// For each open incident with people who may be aboard, those in distress first, then in order of opening:
/// the units that the room proposes for it now (`Room::proposals`), and where those that may go are none or
/// too few, the soonest others (`Room::nearest_units`), of the coordinating centre before those of another;
/// one more for as long as those sent cannot take as many as the caller's highest count. A unit may go that
/// is idle and can take people aboard; one of another centre than the coordinating one only in distress. The
/// French centre sends units to take people off only in distress; at other times it watches and hands over.
///
/// The room proposes by what it is told; which centre may send whose unit when is no business of its plan,
/// and it proposes for no boat of which it has doubts alone. So not every proposal is taken up, and not
/// everybody who goes was proposed.
///
/// @param boat_of  the boat of an incident's label, or none: nobody is sent to what is not a boat of the day
std::vector<Tasked> tasks_now(const Room& room, const Strait& strait, const Crews& crews,
                              const std::function<std::size_t(const Incident&)>& boat_of);

inline constexpr std::size_t no_boat = static_cast<std::size_t>(-1);

}  // namespace varne::days
