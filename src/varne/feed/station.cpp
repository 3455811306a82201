#include "varne/feed/station.h"

#include <algorithm>

namespace varne {
namespace {

/// The region digit of a MID: 2 Europe to 7 South America (M.585-9, annex 1).
constexpr bool mid_begins(std::uint32_t digit) {
  return digit >= 2 && digit <= 7;
}

/// The next word of letters and digits, "" at the end.
std::string_view next_word(std::string_view& rest) {
  const auto part_of_word = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  const auto begin = std::find_if(rest.begin(), rest.end(), part_of_word);
  const auto end = std::find_if_not(begin, rest.end(), part_of_word);
  const std::string_view word(begin, end);
  rest = std::string_view(end, rest.end());
  return word;
}

}  // namespace

Station station_of(std::uint32_t mmsi) {
  const std::uint32_t first = mmsi / 100000000;
  if (first > 9) return Station::none;
  if (mid_begins(first)) return Station::ship;
  switch (mmsi / 1000000) {
    case 970:
      return Station::sart;
    case 972:
      return Station::mob;
    case 974:
      return Station::epirb;
    case 979:
      return Station::autonomous_device;
    default:
      break;
  }
  if (mmsi / 1000000 == 111 && mid_begins(mmsi / 100000 % 10)) return Station::sar_aircraft;
  const std::uint32_t second = mmsi / 10000000 % 10;
  const std::uint32_t third = mmsi / 1000000 % 10;
  if (first == 8 && mid_begins(second)) return Station::handheld;
  if (first == 9 && second == 8 && mid_begins(third)) return Station::craft_of_ship;
  if (first == 9 && second == 9 && mid_begins(third)) return Station::aid_to_navigation;
  if (first == 0 && mid_begins(second)) return Station::group_of_ships;
  if (first == 0 && second == 0 && mid_begins(third)) return Station::coast_station;
  return Station::none;
}

const char* name_of(Station station) {
  switch (station) {
    case Station::none:
      return "";
    case Station::ship:
      return "ship";
    case Station::group_of_ships:
      return "group of ships";
    case Station::coast_station:
      return "coast station";
    case Station::sar_aircraft:
      return "search-and-rescue aircraft";
    case Station::handheld:
      return "handheld VHF";
    case Station::sart:
      return "AIS-SART";
    case Station::mob:
      return "MOB beacon";
    case Station::epirb:
      return "EPIRB-AIS";
    case Station::autonomous_device:
      return "autonomous device";
    case Station::craft_of_ship:
      return "craft of a ship";
    case Station::aid_to_navigation:
      return "aid to navigation";
  }
  return "";
}

bool is_beacon(Station station) {
  return station == Station::sart || station == Station::mob || station == Station::epirb;
}

BeaconText beacon_text(std::string_view text) {
  bool beacon = false;
  bool active = false;
  bool test = false;
  for (auto word = next_word(text); !word.empty(); word = next_word(text)) {
    beacon = beacon || word == "SART" || word == "MOB" || word == "EPIRB";
    active = active || word == "ACTIVE";
    test = test || word == "TEST";
  }
  if (!beacon) return BeaconText::nothing;
  if (active) return BeaconText::active;
  return test ? BeaconText::test : BeaconText::nothing;
}

bool beacon_in_distress(std::optional<int> status, BeaconText text) {
  constexpr int is_active = 14;
  constexpr int under_test = 15;
  if (text == BeaconText::active || status == is_active) return true;
  const bool says_test = status == under_test || (!status && text == BeaconText::test);
  return !says_test;
}

}  // namespace varne
