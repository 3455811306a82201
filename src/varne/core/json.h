#pragma once
/// JSON in and out. What is hashed is written in the canonical form of RFC 8785 (JCS): keys sorted by UTF-16
/// code units, numbers as ECMAScript prints them, nothing between the tokens.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "varne/core/result.h"

namespace varne {

using Json = nlohmann::json;

/// Reads one JSON value (RFC 8259) and nothing after it. Refused, with the byte where reading stopped: bad
/// syntax, bytes that are not UTF-8, a name twice in one object, nesting deeper than 64, numbers beyond a
/// double.
Result<Json> parse_json(std::string_view text);

/// The canonical form. Numbers are doubles, as I-JSON has them: integers beyond ±2^53 and values that are not
/// finite are a programmer's error (asserted); carry such as text.
std::string canonical(const Json& value);

/// A double as RFC 8785 writes it: "1e+21", "0.000001", "-0" as "0".
std::string canonical_number(double value);

/// Text in JSON quotes, escaped as RFC 8785 does; the text must be UTF-8.
std::string quoted(std::string_view text);

/// The order of names in the canonical form: by UTF-16 code units, of texts that are UTF-8.
bool utf16_less(std::string_view a, std::string_view b);

/// The value rounded to so many decimals, so that a record holds what is known and not the noise of the last
/// bit.
double rounded(double value, int decimals);

}  // namespace varne
