#pragma once
/// Who an MMSI belongs to, and what a distress beacon says of itself.

#include <cstdint>
#include <optional>
#include <string_view>

namespace varne {

/// What sort of station an MMSI is given to, by its form: ITU-R M.585-9, annexes 1 and 2.
enum class Station {
  none,               ///< of no form that is given out
  ship,               ///< MIDXXXXXX
  group_of_ships,     ///< 0MIDXXXXX
  coast_station,      ///< 00MIDXXXX
  sar_aircraft,       ///< 111MIDXXX: search and rescue; 111MID8XX too (helicopters, fixed wing)
  handheld,           ///< 8MIDXXXXX: VHF with DSC and a receiver of satellite navigation
  sart,               ///< 970XXYYYY: AIS-SART, search-and-rescue transmitter
  mob,                ///< 972XXYYYY: man overboard
  epirb,              ///< 974XXYYYY: EPIRB-AIS
  autonomous_device,  ///< 979YYYYYY: group B, fishing gear and the like
  craft_of_ship,      ///< 98MIDXXXX: a craft associated with a parent ship
  aid_to_navigation,  ///< 99MIDXXXX
};

/// @param mmsi  as sent; 30 bits may hold ten digits, which is the form of none
Station station_of(std::uint32_t mmsi);
/// In words: "AIS-SART", "coast station"; "" for none.
const char* name_of(Station station);
/// AIS-SART, MOB or EPIRB-AIS: on the air only in distress or under test.
bool is_beacon(Station station);

/// What a safety text says of the beacon that sends it.
enum class BeaconText { nothing, active, test };

/// "SART ACTIVE", "MOB ACTIVE", "EPIRB ACTIVE" and the same with TEST: ITU-R M.1371-5, annex 8, 3.12. Read
/// word by word, so that more blanks or words beside them do no harm; a text that says both says active.
BeaconText beacon_text(std::string_view text);

/// Whether a beacon that sends this navigational status (14: active; 15: under test; M.1371-5, table 48) and
/// this text is in distress. Where the two contradict each other, or neither says "test", it is.
/// @param status  empty: no position report of it was heard
bool beacon_in_distress(std::optional<int> status, BeaconText text);

}  // namespace varne
