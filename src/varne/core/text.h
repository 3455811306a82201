#pragma once
/// Small readings of text that every parser needs; numbers are read whole or refused, never in part.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace varne {

/// Without leading and trailing blanks, tabs and line ends.
std::string_view trim(std::string_view text);

/// Pieces between separators; "a,,b" gives three, "" gives one empty piece.
std::vector<std::string_view> split(std::string_view text, char separator);

/// A finite decimal number and nothing else; "nan", "inf", "" and "1x" give nothing.
std::optional<double> parse_number(std::string_view text);

/// A whole number and nothing else.
std::optional<std::int64_t> parse_whole(std::string_view text);

/// A whole number as a person reads it: "28,526".
std::string grouped(std::int64_t number);

/// Foreign text made safe to show in an error: control and non-ASCII bytes become '?', at most 60 characters.
std::string shown(std::string_view text);

/// True where the bytes are well-formed UTF-8 (no overlong forms, no surrogates).
bool is_utf8(std::string_view text);

}  // namespace varne
