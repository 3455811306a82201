#pragma once
/// A COSPAS-SARSAT distress alert as a mission control centre sends it to a rescue coordination centre: plain
/// text, subject indicator type 185 (C/S A.002, annex on message content; C/S G.007 is the handbook for those
/// who read them). Numbered paragraphs, of which 1 says what the alert is and 8 where the beacon may be.
/// Issues of the document move paragraphs 9 to 16 about; what stands there is found by its words.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/feed/beacon_id.h"

namespace varne {

/// What paragraph 1 makes of it.
enum class Sit185Kind : std::uint8_t {
  alert,      ///< somebody is, or may be, in distress
  elsewhere,  ///< notification of the country of registration: another centre has it
  cancelled,  ///< those who sent it say that they did not mean it
  security,   ///< a ship's security alert: not for rescue
};

/// How a place was found. They err in different ways and are never averaged.
enum class BeaconFix : std::uint8_t {
  resolved,   ///< RESOLVED or CONFIRMED: the satellites agree
  encoded,    ///< by the beacon's own receiver, in its message
  doa,        ///< by differences of arrival at several satellites (MEOSAR)
  doppler_a,  ///< by the Doppler curve of one pass, which fits two places: the more probable …
  doppler_b,  ///< … and its image
};
/// "resolved position", "Doppler position A" and so on.
const char* name_of(BeaconFix fix);

struct BeaconPlace {
  BeaconFix fix = BeaconFix::resolved;
  Place place;
  double error_m = 0;  ///< radius that holds it in most cases (95 % where the system says so), > 0
  std::optional<int> percent = {};  ///< of A and B: how probable
};

struct Sit185 {
  Sit185Kind kind = Sit185Kind::alert;
  std::string title;             ///< paragraph 1 without its number: "DISTRESS COSPAS-SARSAT INITIAL ALERT"
  std::string number;            ///< of the message: "00042"; "" not said
  std::string centre;            ///< the mission control centre: "UKMCC"; "" not said
  std::string reference;         ///< its reference, the same in all messages of one beacon; "" not said
  std::optional<Time> detected;  ///< to the minute
  std::string satellite;         ///< what heard it; "" not said
  std::string country;           ///< paragraph 5: "512/NEW ZEALAND"
  std::string user_class;        ///< paragraph 6, lines joined
  std::string emergency;         ///< paragraph 7; "" for NIL
  std::string updated;           ///< how old the encoded position is, in the message's words
  std::string homing;            ///< "121.5 MHZ"; "" not said
  bool suspect = false;          ///< its Doppler positions are said to be unreliable
  bool test = false;             ///< coded as a test: by its id, or where that cannot be read by paragraph 6
  std::optional<BeaconId> id;
  std::vector<BeaconPlace> places;  ///< in the order of `BeaconFix`
};

/// Reads one message, from paragraph 1 on.
/// @param lines   without their ends
/// @param faults  gets what cannot be read, each with its line (from 1, within the message) and paragraph;
///                the rest of the message stands all the same, since it may be the only word of somebody's
///                distress
Sit185 read_sit185(const std::vector<std::string>& lines, std::vector<Error>& faults);

/// Whether a line is paragraph 1 of such a message.
bool begins_sit185(std::string_view line);
/// Whether a line ends one: "END OF MESSAGE", or the end of what carried it ("/LASSIT", "/ENDMSG", "NNNN").
bool ends_sit185(std::string_view line);

}  // namespace varne
