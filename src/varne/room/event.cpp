#include "varne/room/event.h"

#include <algorithm>

#include "varne/core/text.h"

namespace varne {
namespace {

constexpr std::size_t longest_raw = 500;

/// The first characters of what came, with '?' for what no person could read or no JSON could hold.
std::string legible(std::string_view raw) {
  const bool utf8 = is_utf8(raw);
  std::string out;
  for (const char c : raw) {
    const auto byte = static_cast<unsigned char>(c);
    const bool starts = (byte & 0xC0U) != 0x80U;  // of a character of one byte or more
    if (starts && out.size() >= longest_raw) break;
    out += byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !utf8) ? '?' : c;
  }
  return out;
}

bool holds(std::string_view text, std::string_view word) {
  return std::search(text.begin(), text.end(), word.begin(), word.end(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
         }) != text.end();
}

}  // namespace

LineRefused line_refused(std::string feed, std::string why, std::string_view raw) {
  // Of a beacon's alert the line that breaks it need not say what it is of; its reader does, in capitals.
  const bool alert = why.find("DISTRESS") != std::string::npos;
  return {std::move(feed), std::move(why), legible(raw),
          holds(raw, "distress") || holds(raw, "mayday") || alert};
}

}  // namespace varne
