#include <algorithm>
#include <array>
#include <string>

#include "varne/feed/time_text.h"
#include "varne/feed/written_time.h"

namespace varne {
namespace {

/// Digits enough for a time, parted as times are: what would be one if it were understood.
bool looks_like_time(std::string_view field) {
  std::size_t digits = 0;
  std::size_t run = 0;
  std::size_t longest = 0;
  bool parted = false;
  int dashes = 0;
  for (std::size_t i = 0; i < field.size(); ++i) {
    const char c = field[i];
    run = digit(c) ? run + 1 : 0;
    digits += digit(c) ? 1 : 0;
    longest = std::max(longest, run);
    const bool between = i > 0 && i + 1 < field.size() && digit(field[i - 1]) && digit(field[i + 1]);
    parted = parted || (between && (c == ':' || c == '/'));
    dashes += between && c == '-' ? 1 : 0;
  }
  if (field.empty() || !digit(field.front())) return false;
  return (parted && digits >= 4) || (dashes == 2 && digits >= 6) || (longest >= 10 && longest == digits) ||
         longest >= 12;
}

constexpr bool letter(char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}

/// Zones by their names, which no rule here turns into an offset: a time beside one is not understood.
bool names_zone(std::string_view field) {
  constexpr std::array names{"cet",  "cest", "mez",   "mesz", "met",   "mest", "bst", "wet",  "west", "eet",
                             "eest", "msk",  "trt",   "est",  "edt",   "cst",  "cdt", "mst",  "mdt",  "pst",
                             "pdt",  "ast",  "adt",   "nst",  "ndt",   "akst", "hst", "jst",  "kst",  "ist",
                             "hkt",  "sgt",  "pht",   "ict",  "wib",   "gst",  "pkt", "sast", "wat",  "cat",
                             "eat",  "aest", "aedt",  "acst", "acdt",  "awst", "nzt", "nzst", "nzdt", "brt",
                             "art",  "clt",  "local", "lt",   "heure", "uhr"};
  std::string small(field);
  std::ranges::transform(small, small.begin(), lower);
  if (std::ranges::find(names, small) != names.end()) return true;
  // "UTC+2", "GMT-05:00": by some east of it and by others west.
  if (small.size() > 4 && (small.starts_with("utc") || small.starts_with("gmt")))
    return (small[3] == '+' || small[3] == '-') && digit(small[4]);
  // "Europe/Paris", "CET/CEST".
  const auto slash = small.find('/');
  return slash != std::string::npos && slash > 1 && slash + 2 < small.size() && letter(small[slash - 1]) &&
         letter(small[slash + 1]) && std::ranges::none_of(small, digit);
}

/// In any case of letters.
bool said_as(std::string_view text, std::string_view small) {
  return std::ranges::equal(text, small, {}, lower);
}

/// "W. Europe Standard Time", word by word.
bool ends_zone(std::string_view field, std::string_view before) {
  return said_as(field, "time") &&
         (said_as(before, "standard") || said_as(before, "daylight") || said_as(before, "summer"));
}

/// "+01:00" by itself.
bool is_offset(std::string_view field) {
  return field.size() >= 5 && (field[0] == '+' || field[0] == '-') && digit(field[1]) && digit(field[2]) &&
         ((field.size() == 5 && digit(field[3]) && digit(field[4])) ||
          (field.size() == 6 && field[3] == ':' && digit(field[4]) && digit(field[5])));
}

/// The last field that is a time as a whole.
TimeBeside last_in_fields(std::string_view text) {
  constexpr std::string_view parting = ",;|\t";
  TimeBeside out;
  for (;;) {
    const auto end = text.find_first_of(parting);
    const auto field = text.substr(0, end);
    if (const auto time = written_time(field)) out.time = time;
    const auto word = bare(field);
    // Something that makes another time of the one beside it has to be read with it, word by word.
    if (names_zone(word) || is_offset(word) || said_as(word.substr(word.find_last_of(' ') + 1), "time"))
      return {};
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

TimeBeside time_beside(std::string_view text) {
  TimeBeside out;
  if (bare(text).empty()) return out;
  if ((out.time = written_time(text))) return out;
  if ((out = last_in_fields(text)).time) return out;
  // Words by themselves, and up to three together: a date, its time of day, an offset. The last one wins:
  // stations and counts come first.
  constexpr std::string_view parting = ",;|\t \"[]()";
  std::array<std::string_view, 2> before;  // the fields before, the nearest first
  bool just_read = false;                  // a time ends with the field before
  bool zone_before = false;                // a zone's name stands before what may become a time
  std::size_t at = 0;
  while (at < text.size()) {
    const auto begin = text.find_first_not_of(parting, at);
    if (begin == std::string_view::npos) break;
    const auto end = std::min(text.find_first_of(parting, begin), text.size());
    const auto field = text.substr(begin, end - begin);
    at = end;
    // A zone right behind the time, or right before it, makes another time of it.
    const bool zoned = names_zone(field) || ends_zone(field, before[0]);
    if (zoned && just_read) {
      out = {std::nullopt, before[0]};
      just_read = false;
      zone_before = false;
      continue;
    }
    const auto value = field.substr(field.rfind('=') + 1);
    auto time = written_time(value);
    for (const std::string_view first : before) {
      if (time || first.empty()) continue;
      time = written_time({first.data(), static_cast<std::size_t>(field.end() - first.begin())});
    }
    const bool continues = just_read;  // "2021-11-11 05:00:00" goes on with "+01:00"
    just_read = time.has_value();
    if (time && zone_before && !continues) {
      out = {std::nullopt, value};
      just_read = false;
    } else if (time) {
      out = {time, {}};
    } else if (looks_like_time(bare(value)) || (continues && is_offset(field))) {
      out.unread = value;
    }
    // A date alone keeps what stood before it.
    zone_before = zoned || (zone_before && !time && looks_like_time(bare(value)));
    before = {field, before[0]};
  }
  if (!out.unread.empty()) out = {std::nullopt, bare(text)};
  return out;
}

}  // namespace varne
