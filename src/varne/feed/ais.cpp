#include "varne/feed/ais.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "varne/core/units.h"

namespace varne {
namespace {

/// The bits of a message. A field that does not lie wholly within is absent.
class Bits {
 public:
  /// Longest message: five slots, 1,064 bits after the header (M.1371-5, annex 8, 5.3.1), with room to spare.
  static constexpr std::size_t most = 1344;

  /// False at a character outside the armour.
  bool load(std::string_view armoured, int fill_bits) {
    size_ = armoured.size() * 6 - static_cast<std::size_t>(fill_bits);
    std::size_t at = 0;
    for (const char c : armoured) {
      const auto u = static_cast<unsigned char>(c);
      // '0' to 'W' are 0–39, '`' to 'w' are 40–63.
      if (u < 48 || u > 119 || (u > 87 && u < 96)) return false;
      const unsigned six = u < 96 ? u - 48U : u - 56U;
      const std::size_t byte = at / 8;
      const unsigned wide = six << (10 - at % 8);
      bytes_[byte] = static_cast<std::uint8_t>(bytes_[byte] | wide >> 8);
      bytes_[byte + 1] = static_cast<std::uint8_t>(wide);
      at += 6;
    }
    return true;
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool has(std::size_t at, std::size_t bits) const { return at + bits <= size_; }

  /// Up to 32 bits, most significant first; the field must be there.
  [[nodiscard]] std::uint32_t get(std::size_t at, std::size_t bits) const {
    std::uint64_t wide = 0;
    const std::size_t first = at / 8;
    for (std::size_t i = 0; i < 5; ++i) wide = wide << 8 | bytes_[first + i];
    return static_cast<std::uint32_t>(wide >> (40 - at % 8 - bits) & ((std::uint64_t{1} << bits) - 1));
  }
  [[nodiscard]] std::int32_t get_signed(std::size_t at, std::size_t bits) const {
    const std::uint32_t sign = 1U << (bits - 1);
    return static_cast<std::int32_t>((get(at, bits) ^ sign) - sign);
  }
  [[nodiscard]] std::optional<std::uint32_t> maybe(std::size_t at, std::size_t bits) const {
    return has(at, bits) ? std::optional(get(at, bits)) : std::nullopt;
  }
  [[nodiscard]] bool flag(std::size_t at) const { return has(at, 1) && get(at, 1) == 1; }

  /// Six-bit ASCII as far as whole characters go, ended by '@'.
  [[nodiscard]] std::string raw_text(std::size_t at, std::size_t characters) const {
    std::string out;
    for (std::size_t i = 0; i < characters && has(at + 6 * i, 6); ++i) {
      const auto six = static_cast<char>(get(at + 6 * i, 6));
      if (six == 0) break;
      out.push_back(six < 32 ? static_cast<char>(six + 64) : six);
    }
    return out;
  }
  /// The same without trailing blanks.
  [[nodiscard]] std::string text(std::size_t at, std::size_t characters) const {
    return without_trailing_blanks(raw_text(at, characters));
  }
  static std::string without_trailing_blanks(std::string out) {
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
  }

 private:
  std::array<std::uint8_t, most / 8 + 8> bytes_{};
  std::size_t size_ = 0;
};

std::optional<Place> place(const Bits& bits, std::size_t lon_at) {
  if (!bits.has(lon_at, 55)) return std::nullopt;
  const Place place{bits.get_signed(lon_at, 28) / 600000.0, bits.get_signed(lon_at + 28, 27) / 600000.0};
  // 181 and 91 say "not available"; anything else beyond the globe says nothing either.
  return valid(place) ? std::optional(place) : std::nullopt;
}

/// 1023 is "not available"; 1022 is 102.2 kn or more.
std::optional<double> speed(const Bits& bits, std::size_t at, double unit_kn) {
  const auto raw = bits.maybe(at, 10);
  if (!raw || *raw == 1023) return std::nullopt;
  return mps_from_knots(*raw * unit_kn);
}

std::optional<double> course(const Bits& bits, std::size_t at) {
  const auto raw = bits.maybe(at, 12);
  if (!raw || *raw >= 3600) return std::nullopt;
  return *raw / 10.0;
}

std::optional<double> heading(const Bits& bits, std::size_t at) {
  const auto raw = bits.maybe(at, 9);
  if (!raw || *raw >= 360) return std::nullopt;
  return *raw;
}

/// ROT_AIS = 4.733 sqrt(ROT): -128 is "not available", ±127 says only to which side.
std::optional<double> turn(const Bits& bits, std::size_t at) {
  if (!bits.has(at, 8)) return std::nullopt;
  const int raw = bits.get_signed(at, 8);
  if (raw == -128 || raw == 127 || raw == -127) return std::nullopt;
  const double root = raw / 4.733;
  return std::copysign(root * root, raw);
}

AisPosition class_a(const Bits& bits, int type) {
  AisPosition out;
  out.type = type;
  if (const auto status = bits.maybe(38, 4)) out.status = static_cast<int>(*status);
  out.turn_deg_min = turn(bits, 42);
  out.speed_mps = speed(bits, 50, 0.1);
  out.accurate = bits.flag(60);
  out.place = place(bits, 61);
  out.course_deg = course(bits, 116);
  out.heading_deg = heading(bits, 128);
  out.odd_length = bits.size() != 168;
  return out;
}

AisPosition rescue_aircraft(const Bits& bits) {
  AisPosition out;
  out.type = 9;
  if (const auto altitude = bits.maybe(38, 12); altitude && *altitude != 4095) out.altitude_m = *altitude;
  out.speed_mps = speed(bits, 50, 1);
  out.accurate = bits.flag(60);
  out.place = place(bits, 61);
  out.course_deg = course(bits, 116);
  out.odd_length = bits.size() != 168;
  return out;
}

AisPosition class_b(const Bits& bits, int type) {
  AisPosition out;
  out.type = type;
  out.speed_mps = speed(bits, 46, 0.1);
  out.accurate = bits.flag(56);
  out.place = place(bits, 57);
  out.course_deg = course(bits, 112);
  out.heading_deg = heading(bits, 124);
  out.odd_length = bits.size() != (type == 18 ? 168U : 312U);
  return out;
}

/// Distances from the antenna to bow, stern, port and starboard. Each zero where its pair is not: the
/// antenna's place is not said, and the length or beam still is.
void dimensions(const Bits& bits, std::size_t at, AisIdentity& out) {
  if (!bits.has(at, 30)) return;
  const double length = bits.get(at, 9) + bits.get(at + 9, 9);
  const double beam = bits.get(at + 18, 6) + bits.get(at + 24, 6);
  if (length > 0) out.length_m = length;
  if (beam > 0) out.beam_m = beam;
}

void ship_type(const Bits& bits, std::size_t at, AisIdentity& out) {
  if (const auto raw = bits.maybe(at, 8); raw && *raw != 0) out.ship_type = static_cast<int>(*raw);
}

AisIdentity voyage(const Bits& bits) {
  AisIdentity out;
  out.type = 5;
  if (const auto imo = bits.maybe(40, 30); imo && *imo != 0) out.imo = *imo;
  out.callsign = bits.text(70, 7);
  out.name = bits.text(112, 20);
  ship_type(bits, 232, out);
  dimensions(bits, 240, out);
  if (const auto draught = bits.maybe(294, 8); draught && *draught != 0) out.draught_m = *draught / 10.0;
  out.destination = bits.text(302, 20);
  out.odd_length = bits.size() < 420 || bits.size() > 426;
  return out;
}

AisIdentity class_b_identity(const Bits& bits) {
  AisIdentity out;
  out.type = 19;
  out.name = bits.text(143, 20);
  ship_type(bits, 263, out);
  dimensions(bits, 271, out);
  out.odd_length = bits.size() != 312;
  return out;
}

std::optional<AisIdentity> static_data(const Bits& bits, std::uint32_t mmsi) {
  const auto part = bits.maybe(38, 2);
  if (!part || *part > 1) return std::nullopt;
  AisIdentity out;
  out.type = 24;
  if (*part == 0) {
    out.name = bits.text(40, 20);
    out.odd_length = bits.size() != 160 && bits.size() != 168;
    return out;
  }
  ship_type(bits, 40, out);
  out.callsign = bits.text(90, 7);
  // A craft that belongs to a mother ship (98MIDXXXX) carries her MMSI where others carry their dimensions.
  if (mmsi / 10000000 != 98) dimensions(bits, 132, out);
  out.odd_length = bits.size() != 168;
  return out;
}

AisMark base_station(const Bits& bits) {
  AisMark out;
  out.type = 4;
  out.place = place(bits, 79);
  out.odd_length = bits.size() != 168;
  return out;
}

AisMark aid_to_navigation(const Bits& bits) {
  AisMark out;
  out.type = 21;
  std::string name = bits.raw_text(43, 20);
  // Names of more than twenty characters go on at the end, up to fourteen more.
  if (name.size() == 20) name += bits.raw_text(272, 14);
  out.name = Bits::without_trailing_blanks(std::move(name));
  out.place = place(bits, 164);
  // Off position counts only where the time stamp is a second of the minute.
  const auto second = bits.maybe(253, 6);
  out.off_position = second && *second < 60 && bits.flag(259);
  out.virtual_aid = bits.flag(269);
  out.odd_length = bits.size() < 272 || bits.size() > 360;
  return out;
}

/// Characters of the longest safety text, type 14 (M.1371-5, annex 8, 3.12); type 12 has 156.
constexpr std::size_t most_text = 161;

AisText addressed_text(const Bits& bits) {
  AisText out;
  out.type = 12;
  if (const auto sequence = bits.maybe(38, 2)) out.sequence = static_cast<int>(*sequence);
  out.to = bits.maybe(40, 30);
  out.text = bits.text(72, most_text);
  out.odd_length = bits.size() < 72 || bits.size() > 1008;
  return out;
}

AisText broadcast_text(const Bits& bits) {
  AisText out;
  out.type = 14;
  out.text = bits.text(40, most_text);
  out.odd_length = bits.size() < 40 || bits.size() > 1008;
  return out;
}

template <class Part>
Observed with_mmsi(Part part, std::uint32_t mmsi) {
  part.mmsi = mmsi;
  return part;
}

}  // namespace

Result<AisMessage> decode_ais(std::string_view armoured, int fill_bits) {
  if (fill_bits < 0 || fill_bits > 6)
    return fail("", fmt::format("{} fill bits; there are at most 5", fill_bits));
  if (armoured.size() * 6 > Bits::most)
    return fail("", fmt::format("a message of {} bits; the longest has {}", armoured.size() * 6, Bits::most));
  if (armoured.size() < 7) return fail("", "too short to hold a type and an MMSI");
  // Six: the last character is all filling, or the sender means none and the message is whole with it.
  const std::size_t bits_with_it = armoured.size() * 6;
  if (fill_bits == 6 && (bits_with_it == 168 || bits_with_it == 312)) fill_bits = 0;
  Bits bits;
  if (!bits.load(armoured, fill_bits)) return fail("", "a character that is not of the AIS armour");
  if (!bits.has(0, 38)) return fail("", "too short to hold a type and an MMSI");
  AisMessage out{static_cast<int>(bits.get(0, 6)), bits.get(8, 30), {}};
  if (out.type == 0 || out.type > 27)
    return fail("", fmt::format("message type {}; there are 1 to 27", out.type));
  const auto add = [&](auto part) { out.what.push_back(with_mmsi(std::move(part), out.mmsi)); };
  switch (out.type) {
    case 1:
    case 2:
    case 3:
      add(class_a(bits, out.type));
      break;
    case 4:
      add(base_station(bits));
      break;
    case 5:
      add(voyage(bits));
      break;
    case 9:
      add(rescue_aircraft(bits));
      break;
    case 12:
      add(addressed_text(bits));
      break;
    case 14:
      add(broadcast_text(bits));
      break;
    case 18:
      add(class_b(bits, 18));
      break;
    case 19:
      add(class_b(bits, 19));
      add(class_b_identity(bits));
      break;
    case 21:
      add(aid_to_navigation(bits));
      break;
    case 24:
      if (auto part = static_data(bits, out.mmsi)) add(std::move(*part));
      break;
    default:
      break;
  }
  return out;
}

}  // namespace varne
