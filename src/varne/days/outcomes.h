#pragma once
/// What came of one simulated day, as numbers that can be summed over days.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "varne/core/geo.h"

namespace varne::days {

enum class M : std::uint8_t {
  boats,
  persons,
  rescued,        ///< taken aboard units
  own_way,        ///< came ashore by themselves
  at_sea,         ///< still at sea where the day ends
  in_water,       ///< ever were in the water
  water_minutes,  ///< person-minutes there
  lost,
  reported,    ///< boats that the room heard of
  met,         ///< boats that a unit reached
  met_in_30,   ///< within 30 minutes of the first report
  first_unit,  ///< minutes from the first report to the first unit, summed over the boats met
  seen,        ///< boats that anybody saw or heard
  seen_after,  ///< minutes from setting out until then, summed
  unit_hours,
  hand_overs,
  open,       ///< incidents open where the day ends
  permitted,  ///< boats of which the room permitted the turnaround
  count,
};
inline constexpr std::size_t metrics = static_cast<std::size_t>(M::count);

struct MetricWords {
  M metric;
  std::string_view name;
  std::string_view says;
};
/// In the order of `M`.
const std::array<MetricWords, metrics>& metric_table();

struct DayOutcome {
  std::array<double, metrics> sums{};
  std::vector<std::uint16_t> first_unit_min;  ///< of each boat met
  std::vector<Place> met_at;
  std::vector<std::uint32_t> responses;  ///< what the policy's rules left open, as responses.h lays it out

  [[nodiscard]] double operator[](M m) const { return sums[static_cast<std::size_t>(m)]; }
  double& operator[](M m) { return sums[static_cast<std::size_t>(m)]; }
};

}  // namespace varne::days
