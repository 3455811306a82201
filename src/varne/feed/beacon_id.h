#pragma once
/// What the hex id of a 406 MHz beacon says of itself: C/S T.001 (first generation, 15 digits) and C/S T.018
/// (second generation, 23 digits). Nothing of whom it is registered to.

#include <string>
#include <string_view>

#include "varne/core/result.h"

namespace varne {

/// Read from the identification alone.
struct BeaconId {
  std::string hex;             ///< as written, capitals
  int country = 0;             ///< maritime identification digits of the State that has it in its register
  std::string kind;            ///< "EPIRB", "ELT", "PLB"; "" where the id does not say
  bool test = false;           ///< coded by a test protocol: nobody is in distress
  bool ship_security = false;  ///< a ship's security alert (SSAS): not for rescue, and not to be spread
  /// Its position is coded in steps of four minutes (a user-location protocol), else of four seconds or
  /// coarser.
  bool user_protocol = false;
};

/// Reads 15 or 23 hexadecimal digits. Refuses any other number of them, other characters, and a second
/// generation id whose fixed bits are not as C/S T.018 has them.
Result<BeaconId> read_beacon_id(std::string_view hex);

}  // namespace varne
