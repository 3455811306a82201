#pragma once
/// AIS the other way, for round trips: bits, armour and sentences as M.1371-5 and IEC 61162-1 have them,
/// written apart from the decoder under test.

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace varne::test {

/// Bits of a message, most significant first.
class AisBits {
 public:
  AisBits& put(std::int64_t value, int bits) {
    for (int i = bits - 1; i >= 0; --i) bits_.push_back(i < 63 ? (value >> i & 1) != 0 : value < 0);
    return *this;
  }
  /// Six-bit text, filled up with '@'; `text` in the AIS alphabet ('@' to '_' and ' ' to '?').
  AisBits& text(std::string_view text, std::size_t characters) {
    for (std::size_t i = 0; i < characters; ++i) {
      const int c = i < text.size() ? text[i] : '@';
      put(c >= 64 ? c - 64 : c, 6);
    }
    return *this;
  }
  [[nodiscard]] std::size_t size() const { return bits_.size(); }
  void cut(std::size_t size) { bits_.resize(size < bits_.size() ? size : bits_.size()); }

  [[nodiscard]] int fill() const { return static_cast<int>((6 - bits_.size() % 6) % 6); }
  [[nodiscard]] std::string armoured() const {
    std::string out;
    for (std::size_t i = 0; i < bits_.size(); i += 6) {
      int six = 0;
      for (std::size_t k = i; k < i + 6; ++k) six = six * 2 + (k < bits_.size() && bits_[k] ? 1 : 0);
      out.push_back(static_cast<char>(six < 40 ? six + 48 : six + 56));
    }
    return out;
  }

 private:
  std::vector<bool> bits_;
};

/// "AIVDM,1,1,,A,…,0" with '!' before it and its checksum behind.
inline std::string with_checksum(std::string_view body) {
  unsigned sum = 0;
  for (const char c : body) sum ^= static_cast<unsigned char>(c);
  return fmt::format("!{}*{:02X}", body, sum);
}

/// The message as sentences of at most `most` characters of payload each.
inline std::vector<std::string> sentences(const AisBits& bits, std::size_t most = 56, int sequence = 3,
                                          char channel = 'A') {
  const auto payload = bits.armoured();
  const std::size_t parts = payload.empty() ? 1 : (payload.size() + most - 1) / most;
  std::vector<std::string> out;
  for (std::size_t i = 0; i < parts; ++i) {
    const bool last = i + 1 == parts;
    out.push_back(with_checksum(fmt::format("AIVDM,{},{},{},{},{},{}", parts, i + 1,
                                            parts == 1 ? "" : std::to_string(sequence), channel,
                                            payload.substr(i * most, most), last ? bits.fill() : 0)));
  }
  return out;
}

}  // namespace varne::test
