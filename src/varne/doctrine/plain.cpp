#include "varne/doctrine/plain.h"

#include <fmt/format.h>

#include <algorithm>

#include "varne/core/units.h"

namespace varne {
namespace {

constexpr std::size_t width = 78;
constexpr double said_in_miles_m = 1000;

std::string minute(Time t) {
  const std::string text = iso(t);
  return text.substr(0, 10) + " " + text.substr(11, 5) + " UTC";
}

/// Characters as a reader counts them: bytes of UTF-8 that begin one.
std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

std::string plain_value(const FactDefinition& fact, double value) {
  if (fact.kind == FactKind::time) return minute(time_from_millis(static_cast<std::int64_t>(value)));
  if (fact.kind != FactKind::number) return shown_value(fact, value);
  if (fact.unit == "m/s") return fmt::format("{:.1f} kn", knots_from_mps(value));
  if (fact.unit == "m" && value >= said_in_miles_m)
    return fmt::format("{:.2f} NM ({:.0f} m)", nm_from_metres(value), value);
  return shown_value(fact, value);
}

std::string plain_time(Time at, Time now) {
  const std::string whole = minute(at);
  const std::string when = whole.substr(0, 10) == iso(now).substr(0, 10) ? whole.substr(11) : whole;
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(now - at).count();
  if (minutes < 1) return when;
  if (minutes < 120) return fmt::format("{}, {} min ago", when, minutes);
  if (minutes < 48 * 60) return fmt::format("{}, {} h ago", when, minutes / 60);
  return fmt::format("{}, {} days ago", when, minutes / (24 * 60));
}

std::string wrapped(std::string_view first, std::string_view text, std::size_t next) {
  std::string out;
  std::string line(first);
  bool fresh = true;  // nothing but the indentation stands on this line
  while (!text.empty()) {
    const auto end = text.find_first_of(" \n");
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (word.empty()) continue;
    if (!fresh && columns(line) + 1 + columns(word) > width) {
      out += line + "\n";
      line.assign(next, ' ');
      fresh = true;
    }
    if (!fresh) line += ' ';
    line += word;
    fresh = false;
  }
  return out + line + "\n";
}

}  // namespace varne
