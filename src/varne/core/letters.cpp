#include "varne/core/letters.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "varne/core/text.h"

namespace varne {
namespace {

struct Range {
  char32_t first, last;
};

/// Letters with ink, by script (Unicode 15, chapters 7 to 20). Named one by one rather than "all but": a
/// character that is not here cannot be what somebody answers by.
constexpr std::array letters{
    Range{'A', 'Z'},         Range{'a', 'z'},       Range{0xC0, 0xD6},     Range{0xD8, 0xF6},
    Range{0xF8, 0x2AF},      Range{0x370, 0x373},   Range{0x376, 0x377},   Range{0x37B, 0x37D},
    Range{0x386, 0x386},     Range{0x388, 0x3F5},   Range{0x3F7, 0x481},   Range{0x48A, 0x52F},
    Range{0x531, 0x556},     Range{0x561, 0x587},   Range{0x5D0, 0x5EA},   Range{0x620, 0x63F},
    Range{0x641, 0x64A},     Range{0x66E, 0x66F},   Range{0x671, 0x6D3},   Range{0x712, 0x72F},
    Range{0x780, 0x7A5},     Range{0x904, 0x939},   Range{0x958, 0x961},   Range{0x985, 0x9B9},
    Range{0xA05, 0xA39},     Range{0xA85, 0xAB9},   Range{0xB05, 0xB39},   Range{0xB85, 0xBB9},
    Range{0xC05, 0xC39},     Range{0xC85, 0xCB9},   Range{0xD05, 0xD3A},   Range{0xD85, 0xDC6},
    Range{0xE01, 0xE30},     Range{0xE81, 0xEB0},   Range{0xF40, 0xF6C},   Range{0x1000, 0x102A},
    Range{0x10A0, 0x10FF},   Range{0x1100, 0x1112}, Range{0x1200, 0x135A}, Range{0x13A0, 0x13F5},
    Range{0x1401, 0x166C},   Range{0x1780, 0x17B3}, Range{0x1820, 0x1878}, Range{0x1E00, 0x1FBC},
    Range{0x3041, 0x3096},   Range{0x30A1, 0x30FA}, Range{0x3105, 0x312F}, Range{0x3131, 0x3163},
    Range{0x3400, 0x4DBF},   Range{0x4E00, 0x9FFF}, Range{0xA000, 0xA48C}, Range{0xAC00, 0xD7A3},
    Range{0xF900, 0xFA6D},   Range{0xFF21, 0xFF3A}, Range{0xFF41, 0xFF5A}, Range{0xFF66, 0xFF9D},
    Range{0x20000, 0x2FA1D},
};

/// What takes no ink and is no ordinary blank.
constexpr std::array unseen{
    Range{0, 0x1F},           Range{0x7F, 0x9F},     Range{0xAD, 0xAD},       Range{0x34F, 0x34F},
    Range{0x61C, 0x61C},      Range{0x115F, 0x1160}, Range{0x17B4, 0x17B5},   Range{0x180B, 0x180F},
    Range{0x200B, 0x200F},    Range{0x2028, 0x202E}, Range{0x2060, 0x206F},   Range{0x2800, 0x2800},
    Range{0x3164, 0x3164},    Range{0xD800, 0xF8FF}, Range{0xFE00, 0xFE0F},   Range{0xFEFF, 0xFEFF},
    Range{0xFFA0, 0xFFA0},    Range{0xFFF0, 0xFFFB}, Range{0x1BCA0, 0x1BCA3}, Range{0x1D173, 0x1D17A},
    Range{0xE0000, 0x10FFFF},
};

constexpr std::array blanks{Range{0x20, 0x20},     Range{0xA0, 0xA0},     Range{0x1680, 0x1680},
                            Range{0x2000, 0x200A}, Range{0x202F, 0x202F}, Range{0x205F, 0x205F},
                            Range{0x3000, 0x3000}};

/// Marks that stand on the letter before them.
constexpr std::array marks{Range{0x300, 0x36F},   Range{0x483, 0x489},   Range{0x1AB0, 0x1AFF},
                           Range{0x1DC0, 0x1DFF}, Range{0x20D0, 0x20FF}, Range{0xFE20, 0xFE2F}};

/// First digits (zeros) of runs of ten.
constexpr std::array<char32_t, 12> zeros{'0',    0x660,   0x6F0,   0x966,   0x9E6,   0xE50,
                                         0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6};

template <std::size_t n>
bool is_in(const std::array<Range, n>& ranges, char32_t c) {
  return std::ranges::any_of(ranges, [c](const Range& r) { return c >= r.first && c <= r.last; });
}

/// The next character, taken off `text`; 0 where the bytes are no UTF-8 (they are taken off one by one).
char32_t take(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (length > text.size() || !is_utf8(text.substr(0, length))) {
    text.remove_prefix(1);
    return 0;
  }
  char32_t c = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) c = c << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  text.remove_prefix(length);
  return c;
}

/// The digit a character shows, or -1.
int digit_of(char32_t c) {
  for (const char32_t zero : zeros) {
    if (c >= zero && c < zero + 10) return static_cast<int>(c - zero);
  }
  constexpr std::u32string_view raised = U"⁰¹²³⁴⁵⁶⁷⁸⁹", lowered = U"₀₁₂₃₄₅₆₇₈₉", ringed = U"⓪①②③④⑤⑥⑦⑧⑨";
  for (const auto run : {raised, lowered, ringed}) {
    if (const auto at = run.find(c); at != std::u32string_view::npos) return static_cast<int>(at);
  }
  return -1;
}

/// The small Latin letter or the sign that a character looks like; 0: none, it looks like itself.
char looks_like(char32_t c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  if (c < 0x80) return static_cast<char>(c);
  if (c >= 0xFF01 && c <= 0xFF5E) return looks_like(c - 0xFF01 + '!');
  if (c >= 0x1D400 && c <= 0x1D6A3) return static_cast<char>('a' + (c - 0x1D400) % 26);
  // Confusables (Unicode Technical Standard 39) of what names in Latin letters are made of.
  struct Row {
    char latin;
    std::u32string_view like;
  };
  static constexpr std::array rows{
      Row{'a', U"аАαΑɑ"},  Row{'b', U"ВвΒЬ"},   Row{'c', U"сСϲϹⅽⅭ"},      Row{'d', U"ԁⅾⅮ"},
      Row{'e', U"еЕΕєҽ℮"}, Row{'g', U"ɡց"},     Row{'h', U"НнΗһ"},        Row{'i', U"іІιΙıİɩⅰⅠℐℑ"},
      Row{'j', U"јЈϳ"},    Row{'k', U"кКκΚK"},  Row{'l', U"ӀӏǀוןاⅼⅬ∣｜"}, Row{'m', U"мМΜⅿⅯ"},
      Row{'n', U"Νո"},     Row{'o', U"оОοΟօσ"}, Row{'p', U"рРρΡ"},        Row{'q', U"ԛ"},
      Row{'s', U"ѕЅ"},     Row{'t', U"тТτΤ"},   Row{'u', U"υս"},          Row{'v', U"νѵⅴⅤ"},
      Row{'w', U"ԝԜω"},    Row{'x', U"хХχΧⅹⅩ"}, Row{'y', U"уУγΥҮү"},      Row{'z', U"Ζ"},
      Row{'-', U"‐‑‒–—−"}, Row{'\'', U"’‘ʼ"}};
  for (const Row& row : rows) {
    if (row.like.find(c) != std::u32string_view::npos) return row.latin;
  }
  return 0;
}

}  // namespace

bool has_letter(std::string_view text) {
  while (!text.empty()) {
    if (is_in(letters, take(text))) return true;
  }
  return false;
}

bool has_letter_or_digit(std::string_view text) {
  while (!text.empty()) {
    if (const char32_t c = take(text); is_in(letters, c) || digit_of(c) >= 0) return true;
  }
  return false;
}

std::string invisible_in(std::string_view text) {
  while (!text.empty()) {
    if (const char32_t c = take(text); is_in(unseen, c))
      return fmt::format("U+{:04X}", static_cast<std::uint32_t>(c));
  }
  return "";
}

std::string as_seen(std::string_view text) {
  std::string out;
  bool blank = false;
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t c = take(text);
    const bool gap = is_in(blanks, c) || (c >= '\t' && c <= '\r');
    if (gap) blank = true;
    if (gap || is_in(unseen, c) || is_in(marks, c)) continue;
    if (blank && !out.empty()) out += ' ';
    blank = false;
    if (const int digit = digit_of(c); digit >= 0) {
      out += static_cast<char>('0' + digit);
    } else if (const char like = looks_like(c); like != 0) {
      out += like;
    } else {
      out += before.substr(0, before.size() - text.size());
    }
  }
  return out;
}

bool is_plain_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
}

}  // namespace varne
