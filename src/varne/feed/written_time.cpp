#include "varne/feed/written_time.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "varne/feed/time_text.h"

namespace varne {
namespace {

namespace chr = std::chrono;

/// A reader of the pieces of a time; each `take` moves on only where it succeeds.
struct Cursor {
  std::string_view rest;

  [[nodiscard]] bool done() const { return rest.empty(); }
  [[nodiscard]] std::size_t digits() const {
    std::size_t n = 0;
    while (n < rest.size() && digit(rest[n])) ++n;
    return n;
  }
  /// So many digits, or all there are up to `most`; -1 where there are fewer than `least`.
  int number(std::size_t least, std::size_t most) {
    std::size_t n = 0;
    int value = 0;
    while (n < most && n < rest.size() && digit(rest[n])) value = value * 10 + (rest[n++] - '0');
    if (n < least) return -1;
    rest.remove_prefix(n);
    return value;
  }
  bool one_of(std::string_view characters) {
    if (rest.empty() || characters.find(rest.front()) == std::string_view::npos) return false;
    rest.remove_prefix(1);
    return true;
  }
  void blanks() {
    while (one_of(" \t")) {
    }
  }
  bool word(std::string_view small) {
    if (rest.size() < small.size()) return false;
    for (std::size_t i = 0; i < small.size(); ++i)
      if (lower(rest[i]) != small[i]) return false;
    rest.remove_prefix(small.size());
    return true;
  }
  /// ".123" or ",123" as milliseconds, cut; 0 where there is none.
  int fraction(std::string_view marks = ".,") {
    if (rest.size() < 2 || marks.find(rest[0]) == std::string_view::npos || !digit(rest[1])) return 0;
    rest.remove_prefix(1);
    int ms = 0;
    int n = 0;
    for (; !rest.empty() && digit(rest.front()); rest.remove_prefix(1))
      if (n < 3) ms = ms * 10 + (rest.front() - '0'), ++n;
    for (; n < 3; ++n) ms *= 10;
    return ms;
  }
  /// "nov", "november": 1 to 12; 0 where it is no month.
  int month() {
    constexpr std::array names{"january", "february", "march",     "april",   "may",      "june",
                               "july",    "august",   "september", "october", "november", "december"};
    for (int m = 1; m <= 12; ++m) {
      const std::string_view name = names[static_cast<std::size_t>(m - 1)];
      if (!word(name) && !word(name.substr(0, 3))) continue;
      (void)one_of(".");
      return m;
    }
    return 0;
  }
  void weekday() {
    const Cursor before = *this;
    for (const char* name : {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}) {
      if (!word(name)) continue;
      const bool comma = one_of(",");
      if (one_of(" ") || comma) return blanks();
      *this = before;
    }
  }
};

struct Date {
  int year = 0;
  int month = 0;
  int day = 0;

  [[nodiscard]] std::optional<Time> midnight() const {
    const chr::year_month_day ymd{chr::year(year), chr::month(unsigned(month)), chr::day(unsigned(day))};
    if (year < 2001 || year > 2099 || month < 1 || day < 1 || !ymd.ok()) return std::nullopt;
    return Time(chr::sys_days(ymd));
  }
};

/// A number of `digits` digits that counts from 1970.
std::optional<Time> epoch(std::string_view text) {
  Cursor in{text};
  const auto digits = in.digits();
  if (digits != 10 && digits != 13 && digits != 16 && digits != 19) return std::nullopt;
  std::int64_t value = 0;
  for (std::size_t i = 0; i < 13 && i < digits; ++i) value = value * 10 + (text[i] - '0');
  in.rest.remove_prefix(digits);
  std::int64_t ms = value;  // of 13 digits and more: microseconds and less are cut
  if (digits == 10) ms = value * 1000 + in.fraction(".");
  if (digits > 10) (void)in.fraction(".");
  if (in.one_of("sS")) (void)in.one_of("Z");
  if (!in.done()) return std::nullopt;
  const Time time = time_from_millis(ms);
  const chr::year_month_day day(chr::floor<chr::days>(time));
  if (day.year() < chr::year(2001) || day.year() > chr::year(2099)) return std::nullopt;
  return time;
}

/// What may stand behind the time of day: nothing, Z, UTC, GMT, +01:00. Nothing where it is something else.
std::optional<Duration> zone(Cursor& in) {
  in.blanks();
  if (in.done() || in.word("utc") || in.word("gmt") || in.word("z")) {
    in.blanks();
    return Duration{0};
  }
  // In a field of its own only what can be nothing else: "-12" is a signal's strength.
  const bool apart = in.one_of(";,|");
  in.blanks();
  const bool east = in.one_of("+");
  if (!east && !in.one_of("-")) return std::nullopt;
  const int hours = apart ? in.number(2, 2) : in.number(1, 2);
  (void)in.one_of(":");
  const int minutes = in.done() && !apart ? 0 : in.number(2, 2);
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return std::nullopt;
  const Duration offset = chr::hours(hours) + chr::minutes(minutes);
  return east ? offset : -offset;
}

/// "05:00", "5:00:00.123", "5:00:00 PM", "05.00.00".
std::optional<Duration> time_of_day(Cursor& in) {
  int h = in.number(1, 2);
  // With points only as a whole: "05.00" may be any number.
  const auto& rest = in.rest;
  const bool points = rest.size() >= 6 && rest[0] == '.' && digit(rest[1]) && digit(rest[2]) &&
                      rest[3] == '.' && digit(rest[4]) && digit(rest[5]);
  const std::string_view mark = points ? "." : ":";
  if (h < 0 || h > 23 || !in.one_of(mark)) return std::nullopt;
  const int m = in.number(1, 2);
  if (m < 0 || m > 59) return std::nullopt;
  int s = 0;
  int ms = 0;
  if (in.one_of(mark)) {
    s = in.number(1, 2);
    if (s < 0 || s > 59) return std::nullopt;
    ms = in.fraction();
  }
  const Cursor before = in;
  in.blanks();
  const bool morning = in.word("a.m.") || in.word("am");
  if (morning || in.word("p.m.") || in.word("pm")) {
    if (h < 1 || h > 12) return std::nullopt;
    h = h % 12 + (morning ? 0 : 12);
  } else {
    in = before;
  }
  return chr::hours(h) + chr::minutes(m) + chr::seconds(s) + chr::milliseconds(ms);
}

/// "20211111050000", "20211111T050000.5Z", "20211111T0500Z", "20211111 05:00:00".
std::optional<Time> compact(std::string_view text) {
  Cursor in{text};
  if (in.digits() != 14 && in.digits() != 8) return std::nullopt;
  Date date;
  date.year = in.number(4, 4);
  date.month = in.number(2, 2);
  date.day = in.number(2, 2);
  const auto midnight = date.midnight();
  if (!midnight) return std::nullopt;
  const bool parted = in.one_of("Tt _-");
  std::optional<Duration> day;
  if (parted && in.digits() == 4) {
    const int h = in.number(2, 2);
    const int m = in.number(2, 2);
    if (h > 23 || m > 59) return std::nullopt;
    day = chr::hours(h) + chr::minutes(m);
  } else if (in.digits() == 6) {
    const int h = in.number(2, 2);
    const int m = in.number(2, 2);
    const int s = in.number(2, 2);
    if (h > 23 || m > 59 || s > 59) return std::nullopt;
    day = chr::hours(h) + chr::minutes(m) + chr::seconds(s) + chr::milliseconds(in.fraction());
  } else {
    day = time_of_day(in);
  }
  if (!day) return std::nullopt;
  const auto offset = zone(in);
  if (!offset || !in.done()) return std::nullopt;
  return *midnight + *day - *offset;
}

/// A date by numbers ("2021-11-11", "11/11/2021") or with the month's name ("11 Nov 2021").
std::optional<Date> date(Cursor& in) {
  constexpr std::string_view parting = "-/. ";
  Date out;
  const auto first = in.digits();
  if (first == 4) {
    out.year = in.number(4, 4);
    if (!in.one_of(parting)) return std::nullopt;
    out.month = in.digits() > 0 ? in.number(1, 2) : in.month();
    if (!in.one_of(parting)) return std::nullopt;
    out.day = in.number(1, 2);
  } else if (first == 1 || first == 2) {
    out.day = in.number(1, 2);
    if (!in.one_of(parting)) return std::nullopt;
    out.month = in.digits() > 0 ? in.number(1, 2) : in.month();
    if (!in.one_of(parting)) return std::nullopt;
    out.year = in.number(4, 4);
  } else {
    return std::nullopt;
  }
  return out;
}

/// "Thu Nov 11 05:00:00 2021", with a zone's name before the year or without.
std::optional<Time> as_ctime_writes(Cursor in) {
  Date out;
  out.month = in.month();
  if (out.month == 0 || !in.one_of(" ")) return std::nullopt;
  in.blanks();
  out.day = in.number(1, 2);
  if (!in.one_of(" ")) return std::nullopt;
  const auto day = time_of_day(in);
  if (!day || !in.one_of(" ")) return std::nullopt;
  if (in.word("utc ") || in.word("gmt ")) in.blanks();
  out.year = in.number(4, 4);
  const auto midnight = out.midnight();
  if (!midnight || !in.done()) return std::nullopt;
  return *midnight + *day;
}

}  // namespace

std::optional<Time> written_time(std::string_view text) {
  text = bare(text);
  if (text.size() < 10 || text.size() > 48) return std::nullopt;
  if (const auto time = epoch(text)) return time;
  if (const auto time = compact(text)) return time;
  Cursor in{text};
  in.weekday();
  if (!in.done() && !digit(in.rest.front())) return as_ctime_writes(in);
  const auto day = date(in);
  if (!day) return std::nullopt;
  const auto midnight = day->midnight();
  if (!midnight) return std::nullopt;
  if (!in.one_of("Tt _,;\t-")) return std::nullopt;
  in.blanks();
  const auto clock = time_of_day(in);
  if (!clock) return std::nullopt;
  const auto offset = zone(in);
  if (!offset || !in.done()) return std::nullopt;
  return *midnight + *clock - *offset;
}

}  // namespace varne
