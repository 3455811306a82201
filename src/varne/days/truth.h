#pragma once
/// The boats of a day as they truly are, in arrays: one element a boat in each.

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/date.h"
#include "varne/core/result.h"
#include "varne/days/strait.h"
#include "varne/days/weather.h"
#include "varne/sea/sea_moment.h"

namespace varne::days {

/// Minutes of the day from its midnight; what never happens is `never`.
using Minute = std::int32_t;
inline constexpr Minute never = std::numeric_limits<Minute>::max();

enum class BoatState : std::uint8_t {
  ashore,  ///< not yet left
  under_way,
  adrift,  ///< its engine has stopped
  held,    ///< a unit is alongside and takes people off
  empty,   ///< nobody is left aboard
  landed,  ///< came ashore by itself
  gone,    ///< left the area of the simulation
};

struct Boats {
  explicit Boats(std::size_t count);
  [[nodiscard]] std::size_t size() const { return lon.size(); }
  [[nodiscard]] Place place(std::size_t i) const { return {lon[i], lat[i]}; }
  [[nodiscard]] bool afloat(std::size_t i) const {
    return state[i] != BoatState::ashore && state[i] != BoatState::landed && state[i] != BoatState::gone;
  }

  // Where they are and how they move: what a step touches.
  std::vector<double> lon, lat;
  std::vector<double> aim_lon, aim_lat;
  std::vector<float> speed;                        ///< through the water [m/s]; 0 where it does not drive
  std::vector<float> turn_cos, turn_sin;           ///< of the steady error of its course
  std::vector<float> leeway;                       ///< share of the wind that it drifts with
  std::vector<float> afloat_;                      ///< 1, or 0: does not move
  std::vector<float> current_east, current_north;  ///< of the last step [m/s]
  std::vector<std::uint8_t> answered;
  std::vector<double> east_mps, north_mps;  ///< over ground, in the last step
  // What they are.
  std::vector<BoatState> state;
  std::vector<std::size_t> beach;
  std::vector<double> own_speed, length_m;
  std::vector<Minute> leaves, engine_stops, takes_water, in_water_at;
  std::vector<std::uint8_t> sturdy, damaged, medical, child_alone, overloaded, asylum, offence;
  // Their people: in every minute aboard + in_water + taken + landed + lost = persons.
  std::vector<std::int32_t> persons, aboard, in_water, taken, landed, lost;
};

/// "B07": the label that everybody uses for a boat.
std::string label_of(std::size_t boat);
/// The boat of a label; beyond all boats where it is none.
std::size_t boat_labelled(std::string_view label);

/// Of every boat: nobody is counted twice or not at all. Else a fault of Varne, and which boat it is.
/// @param seed  of the day, for the message
Done people_conserved(const Boats& boats, std::uint64_t seed);

/// All of one day. The same for every policy whose numbers are the same.
/// @param day         whose date it is
/// @param conditions  of the day
Boats make_boats(const Strait& strait, const Numbers& numbers, Date day, double conditions,
                 std::uint64_t seed);

/// The tidal stream over the strait at every half hour of a day. Made once a day and shared by its policies.
class DayTide {
 public:
  DayTide(const Strait& strait, Time start);
  /// The moments before and after, and the share of the second.
  struct Between {
    const SeaMoment& before;
    const SeaMoment& after;
    float share;
  };
  [[nodiscard]] Between at(Minute minute) const;

 private:
  Sea sea_;
  std::vector<SeaMoment> moments_;
};

/// Carries every boat that is afloat on by one step: its way through the water, the stream, and of those that
/// do not drive the drift by wind.
/// @param seconds  of the step, > 0
void step_boats(Boats& boats, const DayTide::Between& tide, Vec wind, double seconds);

}  // namespace varne::days
