#pragma once
/// SHA-256 (FIPS 180-4), through OpenSSL.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace varne {

using Hash = std::array<std::uint8_t, 32>;

Hash sha256(std::string_view bytes);

/// The hash of one text after another without joining them first.
Hash sha256(std::string_view first, std::string_view second);
Hash sha256(const Hash& before, std::string_view bytes);

/// 64 lower-case hexadecimal digits.
std::string hex(const Hash& hash);

}  // namespace varne
