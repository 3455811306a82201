#include "varne/feed/beacon_id.h"

#include <fmt/format.h>

#include <optional>

#include "varne/core/text.h"

namespace varne {
namespace {

constexpr std::size_t first_generation = 15;
constexpr std::size_t second_generation = 23;

std::optional<unsigned> digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  return std::nullopt;
}

/// Bits `first` to `last` of the id, counted from 1 as the documents do. The digits are known to be such.
unsigned bits(std::string_view hex, unsigned first, unsigned last) {
  unsigned out = 0;
  for (unsigned at = first; at <= last; ++at) {
    const unsigned nibble = digit(hex[(at - 1) / 4]).value_or(0);
    out = out << 1U | (nibble >> (3 - (at - 1) % 4) & 1U);
  }
  return out;
}

/// C/S T.001, annex A: the id is bits 26 to 85 of the message, so that its bit n is the message's n + 25.
void read_first(std::string_view hex, BeaconId& id) {
  id.user_protocol = bits(hex, 1, 1) == 1;
  id.country = static_cast<int>(bits(hex, 2, 11));
  if (id.user_protocol) {
    // Message bits 37–39: 010 maritime, 001 aviation, 011 serial, 100 national, 110 radio call sign, 111
    // test; of a serial one 40–42 say of what (table A2).
    switch (bits(hex, 12, 14)) {
      case 0b001:
        id.kind = "ELT";
        break;
      case 0b010:
      case 0b110:
        id.kind = "EPIRB";
        break;
      case 0b011: {
        constexpr const char* serial[8] = {"ELT", "ELT", "EPIRB", "ELT", "EPIRB", "", "PLB", ""};
        id.kind = serial[bits(hex, 15, 17)];
        break;
      }
      case 0b111:
        id.test = true;
        break;
      default:
        break;
    }
    return;
  }
  // Message bits 37–40 of the location protocols.
  constexpr const char* located[16] = {"",    "",    "EPIRB", "ELT", "ELT", "ELT", "EPIRB", "PLB",
                                       "ELT", "ELT", "EPIRB", "PLB", "",    "",    "",      ""};
  const unsigned code = bits(hex, 12, 15);
  id.kind = located[code];
  id.ship_security = code == 0b1100;
  id.test = code == 0b1110 || code == 0b1111;
}

/// C/S T.018, the 23 hex id.
Done read_second(std::string_view hex, BeaconId& id) {
  if (bits(hex, 1, 1) != 1 || bits(hex, 12, 14) != 0b101)
    return fail("", fmt::format("\"{}\" has 23 digits and not the fixed bits of a second generation beacon",
                                shown(hex)));
  id.country = static_cast<int>(bits(hex, 2, 11));
  id.test = bits(hex, 45, 45) == 1;
  return {};
}

}  // namespace

Result<BeaconId> read_beacon_id(std::string_view hex) {
  BeaconId id;
  for (const char c : hex) {
    if (!digit(c))
      return fail("",
                  fmt::format("\"{}\" is no hex id: it has other characters than 0–9 and A–F", shown(hex)));
    id.hex += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  if (hex.size() == first_generation) {
    read_first(id.hex, id);
  } else if (hex.size() == second_generation) {
    if (auto done = read_second(id.hex, id); !done) return std::unexpected(done.error());
  } else {
    return fail("", fmt::format("\"{}\" is no hex id: it has {} digits, and a beacon's has 15 or 23",
                                shown(hex), hex.size()));
  }
  return id;
}

}  // namespace varne
