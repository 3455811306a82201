#pragma once
/// What the readers of times beside a sentence share. Not for use outside this folder.

#include <string_view>

namespace varne {

constexpr bool digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Without blanks, brackets and quotes around it.
inline std::string_view bare(std::string_view text) {
  constexpr std::string_view around = " \t\r\n[](){}<>\"'`,;|:=";
  const auto begin = text.find_first_not_of(around);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(around) - begin + 1);
}

}  // namespace varne
