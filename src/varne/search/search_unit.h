#pragma once
/// What a search plan needs to know of a unit; what is left out is unknown, and a unit of which too much is
/// unknown is left out of the plan, with the reason.

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "varne/core/fields.h"
#include "varne/core/geo.h"
#include "varne/core/time.h"
#include "varne/search/cloud.h"
#include "varne/search/ways.h"

namespace varne {

struct SearchUnit {
  std::string name;
  bool flies = false;  ///< searches over boats without being in their way, and over land
  Place at;            ///< where it leaves from
  Time free_from;      ///< when it may be asked
  std::optional<double> search_mps = {};
  std::optional<double> sweep_width_m = {};
  std::optional<double> transit_mps = {};   ///< its search speed where it is not known
  Duration launch_delay{};                  ///< 0 of a unit that is at sea
  std::optional<Duration> endurance = {};   ///< from leaving to being back; not known: no limit, and said
  std::optional<Duration> crew_hours = {};  ///< the same of its crew
  std::optional<Place> back_to = {};        ///< where it goes afterwards; else where it left from
  std::optional<Time> on_scene_from = {};
  std::optional<Time> on_scene_until = {};
  double turn_s = 0;          ///< lost at each turn of 90°
  double depth_m = 0;         ///< of water below mean sea level that it needs on its way, >= 0
  std::string declined = {};  ///< why it does not go; "" where it does
  std::string not_free = {};  ///< why it cannot be asked: "is off duty"; "" where it can
  static constexpr auto fields() {
    return std::tuple{
        always("name", &SearchUnit::name, "the unit"),
        said("flies", &SearchUnit::flies, "searches above boats and land"),
        always("at", &SearchUnit::at, "where it leaves from"),
        always("free_from", &SearchUnit::free_from, "when it may be asked"),
        said("search_mps", &SearchUnit::search_mps, "speed while searching; without it the unit is left out"),
        said("sweep_width_m", &SearchUnit::sweep_width_m,
             "for this object today; without it the unit is left out"),
        said("transit_mps", &SearchUnit::transit_mps, "speed on the way; else the search speed"),
        said("launch_delay", &SearchUnit::launch_delay, "from being asked to being under way, seconds"),
        said("endurance", &SearchUnit::endurance, "from leaving to being back, seconds"),
        said("crew_hours", &SearchUnit::crew_hours, "the same before its crew is relieved, seconds"),
        said("back_to", &SearchUnit::back_to, "where it goes afterwards; else where it left from"),
        said("on_scene_from", &SearchUnit::on_scene_from, "not before"),
        said("on_scene_until", &SearchUnit::on_scene_until, "not after"),
        said("turn_s", &SearchUnit::turn_s, "seconds lost at each turn of 90°"),
        said("depth_m", &SearchUnit::depth_m, "of water that it needs on its way"),
        said("declined", &SearchUnit::declined, "why it does not go"),
        said("not_free", &SearchUnit::not_free, "why it cannot be asked")};
  }
};

/// A unit that can go, in a cloud's plane.
struct ReadyUnit {
  std::size_t unit = 0;  ///< its place in the list
  bool flies = false;
  Vec from;
  Vec back_to;
  Time leaves;
  Time earliest;  ///< on scene: window, cloud and its own wishes
  Time latest;
  std::optional<Time> back_by;  ///< by its fuel or its crew, whichever ends first
  double transit_mps = 0;
  double search_mps = 0;
  double sweep_width_m = 0;
  double turn_s = 0;
  std::shared_ptr<const SearchWays> ways = {};  ///< null: it goes straight

  /// From one place to another, or back; about 30 years where there is no way.
  [[nodiscard]] Duration going(Vec from, Vec to) const;
};

struct LeftOut {
  std::string unit;
  std::string why;
  static constexpr auto fields() {
    return std::tuple{always("unit", &LeftOut::unit, "its name"),
                      always("why", &LeftOut::why, "one sentence")};
  }
};

/// The unit as a plan takes it, or why it is left out: declined or not free, of unknown speed or sweep width,
/// or unable to be anywhere in the cloud in time and back before fuel or crew run out.
/// @param notes   told what was assumed of it
/// @param waters  that its ways lead through; null: nothing is known to stand in them. Outlives the unit.
std::variant<ReadyUnit, LeftOut> ready(const SearchUnit& unit, std::size_t number, const SearchCloud& cloud,
                                       std::vector<std::string>& notes, const PassageGrid* waters = nullptr);

}  // namespace varne
