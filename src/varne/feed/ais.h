#pragma once
/// AIS messages from their bits: ITU-R M.1371-5, annex 8. Types 1–5, 9, 12, 14, 18, 19, 21 and 24
/// become observations; of the others only type and MMSI are read.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "varne/core/result.h"
#include "varne/feed/observation.h"

namespace varne {

/// One message, all its parts joined.
struct AisMessage {
  int type = 0;  ///< 1–27
  std::uint32_t mmsi = 0;
  std::vector<Observed>
      what;  ///< none for types read no further; two for type 19, a position and an identity
};

/// Reads an armoured payload (each character six bits). A message shorter than its type is read as far as its
/// bits go and marked `odd_length`; a field that is not wholly there is absent. Refuses characters outside
/// the armour, fill bits beyond 6, and a message too short for type and MMSI.
Result<AisMessage> decode_ais(std::string_view armoured, int fill_bits);

}  // namespace varne
