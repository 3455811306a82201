#include "varne/days/figures.h"

#include <fmt/format.h>

#include <algorithm>

namespace varne::days {

const std::vector<FigureWords>& figure_table() {
  static const std::vector<FigureWords> table{
      {"boats", "boats a day", M::boats, M::count},
      {"persons", "people a day", M::persons, M::count},
      {"rescued", "of the people, share taken aboard units", M::rescued, M::persons},
      {"own_way", "of the people, share that came ashore by themselves", M::own_way, M::persons},
      {"at_sea", "of the people, share still at sea where the day ends", M::at_sea, M::persons},
      {"in_water", "of the people, share that ever were in the water", M::in_water, M::persons},
      {"water_minutes", "person-minutes in the water a day", M::water_minutes, M::count},
      {"lost", "of the people, share lost", M::lost, M::persons},
      {"reported", "of the boats, share that the room heard of", M::reported, M::boats},
      {"seen_after", "minutes from setting out until first seen or heard, mean", M::seen_after, M::seen},
      {"met", "of the boats reported, share that a unit reached", M::met, M::reported},
      {"met_in_30", "of those, share within 30 minutes of the first report", M::met_in_30, M::met},
      {"first_unit", "minutes from first report to first unit, mean", M::first_unit, M::met},
      {"unit_hours", "unit hours a day", M::unit_hours, M::count},
      {"hand_overs", "hand-overs between centres a day", M::hand_overs, M::count},
      {"open", "incidents open at the end of a day", M::open, M::count},
      {"permitted", "of the boats, share of which the room permitted the turnaround", M::permitted, M::boats},
  };
  return table;
}

Result<FigureWords> figure_named(std::string_view name, const std::string& option) {
  const auto& table = figure_table();
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const FigureWords& f) { return f.name == name; });
  if (found != table.end()) return *found;
  std::string known;
  for (const FigureWords& f : table) known += fmt::format("{}{}", known.empty() ? "" : ", ", f.name);
  return fail(option, fmt::format("\"{}\" is no figure of a campaign; there are {}", name, known));
}

}  // namespace varne::days
