#pragma once
/// SHA-256 (FIPS 180-4), through OpenSSL.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "varne/core/result.h"

namespace varne {

using Hash = std::array<std::uint8_t, 32>;

Hash sha256(std::string_view bytes);

/// The hash of one text after another without joining them first.
Hash sha256(std::string_view first, std::string_view second);
Hash sha256(const Hash& before, std::string_view bytes);

/// Of a file's bytes, read piece by piece: the same as `sha256sum` says. Refuses a file that cannot be read.
Result<Hash> sha256_of_file(const std::string& path);

/// 64 lower-case hexadecimal digits.
std::string hex(const Hash& hash);
/// Two lower-case hexadecimal digits a byte.
std::string hex(std::string_view bytes);

/// The bytes of an even number of lower-case hexadecimal digits; nothing where the text is anything else.
std::optional<std::string> from_hex(std::string_view digits);
/// The hash of 64 such digits.
std::optional<Hash> hash_from_hex(std::string_view digits);

}  // namespace varne
