#include "varne/core/place_text.h"

#include <fmt/format.h>

#include <cctype>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "varne/core/text.h"

namespace varne {
namespace {

/// A number or a letter of the sky; all else only parts them.
struct Token {
  char letter = 0;  // N, S, E, W; 0: a number
  double number = 0;
  bool whole = false;
  std::size_t digits = 0;  // before the point
};

/// Degrees and minutes without a mark between them, as sent over a radio: "5102.5" north, "00135.0" east.
std::vector<Token> apart(const Token& token, bool northing) {
  const std::size_t of_degrees = northing ? 2 : 3;
  if (token.digits != of_degrees + 2 && token.digits != of_degrees + 4) return {token};
  std::vector<Token> out;
  double rest = token.number;
  for (double unit = token.digits == of_degrees + 2 ? 100 : 10'000; unit >= 1; unit /= 100) {
    const double part = unit == 1 ? rest : std::floor(rest / unit);
    rest -= part * unit;
    out.push_back({0, part, unit > 1 || token.whole, 2});
  }
  return out;
}

std::optional<std::vector<Token>> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  const auto digit = [&](std::size_t i) {
    return i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) != 0;
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (digit(i)) {
      // A minus before a number that has its letter says two things at once.
      if (i > 0 && text[i - 1] == '-' &&
          (i == 1 || std::string_view(" \t,;").find(text[i - 2]) != std::string_view::npos))
        return std::nullopt;
      std::string number;
      while (digit(i)) number += text[i++];
      const std::size_t digits = number.size();
      const bool whole = !(i < text.size() && (text[i] == '.' || text[i] == ',') && digit(i + 1));
      if (!whole) {
        number += '.';
        for (++i; digit(i); ++i) number += text[i];
      }
      const auto value = parse_number(number);
      if (!value) return std::nullopt;
      tokens.push_back({0, *value, whole, digits});
    } else if (std::isalpha(c) != 0) {
      const char letter = static_cast<char>(std::toupper(c));
      if (std::string_view("NSEWO").find(letter) == std::string_view::npos) return std::nullopt;
      tokens.push_back({letter == 'O' ? 'W' : letter, 0, false, 0});
      ++i;
    } else if (c >= 0x80 || std::string_view(" \t-'\",;:*/").find(text[i]) != std::string_view::npos) {
      ++i;  // degree signs, primes, blanks, a dash between degrees and minutes
    } else {
      return std::nullopt;
    }
  }
  return tokens;
}

/// Degrees, minutes and seconds of one part; only the last may have a fraction.
std::optional<double> angle(const std::vector<Token>& parts) {
  if (parts.empty() || parts.size() > 3) return std::nullopt;
  double degrees = 0;
  double unit = 1;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0 && parts[i].number >= 60) return std::nullopt;
    if (i + 1 < parts.size() && !parts[i].whole) return std::nullopt;
    degrees += parts[i].number / unit;
    unit *= 60;
  }
  return degrees;
}

std::optional<Place> with_letters(const std::vector<Token>& tokens) {
  const bool before = tokens.front().letter != 0;
  std::optional<double> lat;
  std::optional<double> lon;
  std::vector<Token> numbers;
  char letter = 0;
  const auto take = [&]() {
    const bool northing = letter == 'N' || letter == 'S';
    if (numbers.size() == 1) numbers = apart(numbers.front(), northing);
    const auto degrees = angle(numbers);
    auto& into = northing ? lat : lon;
    if (!degrees || into) return false;
    into = letter == 'S' || letter == 'W' ? -*degrees : *degrees;
    numbers.clear();
    return true;
  };
  for (const Token& token : tokens) {
    if (token.letter == 0) {
      numbers.push_back(token);
      continue;
    }
    if (before && letter != 0 && !take()) return std::nullopt;
    letter = token.letter;
    if (!before && !take()) return std::nullopt;
  }
  if (before && !take()) return std::nullopt;
  if (!numbers.empty() || !lat || !lon) return std::nullopt;
  return Place{*lon, *lat};
}

}  // namespace

Result<Place> parse_place(std::string_view text) {
  const auto refused = [&] {
    return fail(
        "", fmt::format("\"{}\" is no position; give 51°02.5'N 001°35.0'E, or longitude,latitude in degrees "
                        "(1.5833,51.0417)",
                        shown(text)));
  };
  std::optional<Place> place;
  std::string_view numbers = trim(text);
  if (numbers.size() > 2 && numbers.front() == '[' && numbers.back() == ']')
    numbers = numbers.substr(1, numbers.size() - 2);
  // With a height behind them, as KML has it.
  if (auto pair = split(numbers, ',');
      pair.size() == 2 || (pair.size() == 3 && parse_number(trim(pair[2])))) {
    const auto lon = parse_number(trim(pair[0]));
    const auto lat = parse_number(trim(pair[1]));
    if (lon && lat) place = Place{*lon, *lat};
  }
  if (!place) {
    const auto tokens = tokens_of(text);
    if (!tokens || tokens->empty()) return refused();
    place = with_letters(*tokens);
  }
  if (!place || !valid(*place)) return refused();
  return *place;
}

}  // namespace varne
