#pragma once
/// What a text says to the eye. Names, reasons and sources decide things here (who answers for a search that
/// ends, which boat is meant), so a text of blanks or of characters that nobody can see must not pass for
/// one, and two texts that look alike must not pass for two. All take UTF-8; bytes that are none are
/// invisible.

#include <string>
#include <string_view>

namespace varne {

/// At least one letter of some script. Marks, digits, punctuation, blanks and fillers are none.
bool has_letter(std::string_view text);

/// At least one letter or digit.
bool has_letter_or_digit(std::string_view text);

/// "U+200B": the first character that takes no ink and is no ordinary blank: controls, zero widths, direction
/// marks, fillers, soft hyphen, variation selectors, tags. "" where there is none.
std::string invisible_in(std::string_view text);

/// The text as the eye takes it: small letters; Cyrillic, Greek, full-width and mathematical letters and the
/// digits of other scripts as the Latin ones they look like; runs of blanks as one; nothing invisible. Two
/// names are one person's where these are the same.
std::string as_seen(std::string_view text);

/// A name that files and records compare byte by byte: ASCII letters, digits, '_', '-' and '.', at least one.
bool is_plain_name(std::string_view text);

}  // namespace varne
