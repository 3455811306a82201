#pragma once
/// Passwords and tokens: what is kept of them gives nobody the thing itself.

#include <string>
#include <string_view>

#include "varne/core/result.h"

namespace varne {

inline constexpr std::size_t shortest_password = 12;   ///< bytes
inline constexpr std::size_t longest_password = 1024;  ///< bytes

/// What is wrong with it, "" where it will do: its length only (NIST SP 800-63B, 5.1.1.2).
std::string unfit_password(std::string_view password);

/// Argon2id (RFC 9106) by libsodium, 64 MiB and two passes, with its salt and its costs in the text. Takes
/// about a tenth of a second.
std::string password_hash(std::string_view password);
/// As slow as the above, whatever the outcome. An empty `hash` belongs to no password.
bool password_fits(const std::string& hash, std::string_view password);

/// A secret for a program or a session: 256 random bits, as text without blanks. Kept is its SHA-256: there
/// is nothing in it to guess.
std::string new_secret();

}  // namespace varne
