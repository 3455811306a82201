#include "varne/days/outcomes.h"

namespace varne::days {

const std::array<MetricWords, metrics>& metric_table() {
  static constexpr std::array<MetricWords, metrics> table{{
      {M::boats, "boats", "boats that set out"},
      {M::persons, "persons", "people aboard them"},
      {M::rescued, "rescued", "people taken aboard units"},
      {M::own_way, "own_way", "people who came ashore by themselves"},
      {M::at_sea, "at_sea", "people still at sea where the day ends"},
      {M::in_water, "in_water", "people who ever were in the water"},
      {M::water_minutes, "water_minutes", "person-minutes in the water"},
      {M::lost, "lost", "people lost"},
      {M::reported, "reported", "boats that the room heard of"},
      {M::met, "met", "boats that a unit reached"},
      {M::met_in_30, "met_in_30", "boats reached within 30 minutes of the first report"},
      {M::first_unit, "first_unit_min", "minutes from first report to first unit, all boats met together"},
      {M::seen, "seen", "boats that anybody saw or heard"},
      {M::seen_after, "seen_after_min", "minutes from setting out until then, together"},
      {M::unit_hours, "unit_hours", "hours that units were on tasks"},
      {M::hand_overs, "hand_overs", "hand-overs between centres"},
      {M::open, "open", "incidents open where the day ends"},
      {M::permitted, "permitted", "boats of which the room permitted the turnaround"},
  }};
  return table;
}

}  // namespace varne::days
