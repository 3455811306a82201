#pragma once
/// One-time codes by time (RFC 6238) over HMAC-SHA-1, 30 s a step, as authenticator programs make them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "varne/core/time.h"

namespace varne {

/// The step that a time is in, counted from 1970.
std::int64_t code_step(Time now);

/// The code of one step (RFC 4226, 5.3). @param secret  its bytes  @param digits  6 to 8
std::string one_time_code(std::string_view secret, std::int64_t step, int digits = 6);

/// The step whose code this is, at most one away from now's (a clock may be off by as much) and behind
/// `used`, the last that was accepted: nobody enters with a code that was seen. Nothing where it is none.
std::optional<std::int64_t> code_accepted(std::string_view secret, std::string_view code, Time now,
                                          std::int64_t used);

/// 160 random bits (RFC 4226, 4).
std::string new_code_secret();
/// As authenticators read it: base 32 (RFC 4648, 6) without padding.
std::string base32(std::string_view bytes);
/// What an authenticator takes from a QR code: "otpauth://totp/Varne:anna?secret=…&issuer=Varne".
std::string code_uri(std::string_view account, std::string_view secret);

}  // namespace varne
