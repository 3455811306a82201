#include "varne/sea/cf_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <optional>

#include "varne/core/text.h"

namespace varne {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

/// Milliseconds in a unit of UDUNITS; months and years have no fixed length.
std::optional<double> unit_ms(std::string_view name) {
  struct Unit {
    double ms;
    std::array<std::string_view, 5> names;
  };
  static constexpr std::array units = {
      Unit{1, {"milliseconds", "millisecond", "msec", "msecs", "ms"}},
      Unit{1e3, {"seconds", "second", "sec", "secs", "s"}},
      Unit{60e3, {"minutes", "minute", "min", "mins", "minutes"}},
      Unit{3600e3, {"hours", "hour", "hr", "hrs", "h"}},
      Unit{86400e3, {"days", "day", "d", "days", "days"}},
      Unit{604800e3, {"weeks", "week", "weeks", "weeks", "weeks"}},
  };
  for (const Unit& unit : units) {
    if (std::find(unit.names.begin(), unit.names.end(), name) != unit.names.end()) return unit.ms;
  }
  return std::nullopt;
}

/// Reads the parts of a moment one after the other; once something is not as it should be, `good` is false.
class Reader {
 public:
  explicit Reader(std::string_view text) : left_(text) {}

  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool done() const { return left_.empty(); }
  bool take(char c) {
    if (left_.empty() || left_.front() != c) return false;
    left_.remove_prefix(1);
    return true;
  }
  void need(char c) { good_ = take(c) && good_; }
  void skip_blanks() { left_ = trim(left_); }
  [[nodiscard]] bool digit() const {
    return !left_.empty() && std::isdigit(static_cast<unsigned char>(left_.front())) != 0;
  }
  /// Digits, at most so many; `count` says how many there were.
  int number(std::size_t most, std::size_t* count = nullptr) {
    int value = 0;
    std::size_t n = 0;
    for (; n < most && digit(); ++n) {
      value = 10 * value + (left_.front() - '0');
      left_.remove_prefix(1);
    }
    good_ = good_ && n > 0;
    if (count != nullptr) *count = n;
    return value;
  }
  bool word(std::string_view text) {
    if (left_.substr(0, text.size()) != text) return false;
    left_.remove_prefix(text.size());
    return true;
  }

 private:
  std::string_view left_;
  bool good_ = true;
};

/// Days from 1970-01-01 to a date of the Julian calendar (Meeus 1998, chapter 7).
std::int64_t julian_days(int year, int month, int day) {
  const int y = month > 2 ? year : year - 1;
  const int m = month > 2 ? month : month + 12;
  const auto julian_day = static_cast<std::int64_t>(std::floor(365.25 * (y + 4716))) +
                          static_cast<std::int64_t>(std::floor(30.6001 * (m + 1))) + day - 1524;
  constexpr std::int64_t of_1970 = 2440588;
  return julian_day - of_1970;
}

std::optional<std::int64_t> days_from_1970(int year, int month, int day, bool mixed) {
  using namespace std::chrono;
  const bool julian = mixed && (year * 10000 + month * 100 + day < 15821015);
  const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  if (julian) return julian_days(year, month, day);
  if (!date.ok()) return std::nullopt;
  return sys_days(date).time_since_epoch().count();
}

/// Offset of local time from UTC in minutes, nothing left after it.
std::optional<int> offset_minutes(Reader& reader) {
  reader.skip_blanks();
  if (reader.done() || reader.word("z") || reader.word("utc") || reader.word("gmt")) {
    reader.skip_blanks();
    return reader.done() ? std::optional(0) : std::nullopt;
  }
  const int sign = reader.take('-') ? -1 : 1;
  const bool bare = sign > 0 && !reader.take('+');  // "0:00", as wgrib2 writes it
  std::size_t digits = 0;
  int hours = reader.number(4, &digits);
  int minutes = 0;
  if (digits > 2 && !bare) {
    minutes = hours % 100;
    hours /= 100;
  } else if (reader.take(':')) {
    minutes = reader.number(2);
  } else if (bare) {
    return std::nullopt;
  }
  if (!reader.good() || !reader.done() || hours > 14 || minutes > 59) return std::nullopt;
  return sign * (60 * hours + minutes);
}

std::optional<Time> parse_origin(std::string_view text, bool mixed) {
  Reader reader(text);
  const int year = reader.number(4);
  reader.need('-');
  const int month = reader.number(2);
  reader.need('-');
  const int day = reader.number(2);
  if (!reader.good()) return std::nullopt;
  if (!reader.take('t')) reader.skip_blanks();
  std::int64_t ms = 0;
  if (reader.digit()) {
    const int hour = reader.number(2);
    const int minute = reader.take(':') ? reader.number(2) : 0;
    const int second = reader.take(':') ? reader.number(2) : 0;
    if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
    ms = 1000LL * (3600 * hour + 60 * minute + second);
    if (reader.take('.')) {
      std::size_t digits = 0;
      const int fraction = reader.number(9, &digits);
      ms += std::llround(1000.0 * fraction / std::pow(10.0, static_cast<double>(digits)));
    }
  }
  if (!reader.good()) return std::nullopt;
  const auto offset = offset_minutes(reader);
  const auto days = days_from_1970(year, month, day, mixed);
  if (!offset || !days) return std::nullopt;
  return time_from_millis(*days * 86'400'000 + ms - 60'000LL * *offset);
}

}  // namespace

Result<Time> CfClock::at(double count) const {
  // 0001-01-01 and 9999-12-31, as milliseconds.
  constexpr double first = -62'135'596'800e3;
  constexpr double last = 253'402'300'799e3;
  const double ms = static_cast<double>(millis(origin)) + count * unit_ms;
  if (!(ms >= first && ms <= last)) {
    return fail("", fmt::format("holds the time {}, which is no moment of the years 1 to 9999", count));
  }
  return origin + Duration(std::llround(count * unit_ms));
}

Result<CfClock> parse_cf_clock(std::string_view units, std::string_view calendar) {
  const std::string kind = lower(trim(calendar));
  const bool mixed = kind.empty() || kind == "standard" || kind == "gregorian";
  if (!mixed && kind != "proleptic_gregorian") {
    return fail("",
                fmt::format("counts in the calendar \"{}\"; only standard, gregorian and proleptic_gregorian "
                            "days are days of this world",
                            shown(calendar)));
  }
  const std::string text = lower(trim(units));
  const auto since = text.find(" since ");
  if (since == std::string::npos) {
    return fail(
        "", fmt::format("has the units \"{}\"; a time axis counts like \"hours since 2023-02-25 12:00:00\"",
                        shown(units)));
  }
  const auto unit = unit_ms(trim(std::string_view(text).substr(0, since)));
  if (!unit) {
    return fail("", fmt::format("counts in \"{}\"; give milliseconds, seconds, minutes, hours, days or weeks",
                                shown(trim(units.substr(0, units.find(' '))))));
  }
  const auto origin = parse_origin(trim(std::string_view(text).substr(since + 7)), mixed);
  if (!origin) {
    return fail("",
                fmt::format("counts from \"{}\", which is no date and time", shown(text.substr(since + 7))));
  }
  return CfClock{*unit, *origin};
}

}  // namespace varne
