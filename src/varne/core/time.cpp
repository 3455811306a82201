#include "varne/core/time.h"

#include <fmt/format.h>

#include "varne/core/text.h"

namespace varne {
namespace chr = std::chrono;

std::string iso(Time time) {
  const auto day = chr::floor<chr::days>(time);
  const chr::year_month_day ymd(day);
  const chr::hh_mm_ss hms(time - day);
  const auto ms = hms.subseconds().count();
  // Every entry of the record is written with one: digits are put by hand, ten times as fast as by a format.
  std::string out = "0000-00-00T00:00:00Z";
  const auto put = [&out](std::size_t at, std::size_t digits, unsigned value) {
    for (; digits > 0; value /= 10) out[at + --digits] = static_cast<char>('0' + value % 10);
  };
  put(0, 4, static_cast<unsigned>(static_cast<int>(ymd.year())));
  put(5, 2, static_cast<unsigned>(ymd.month()));
  put(8, 2, static_cast<unsigned>(ymd.day()));
  put(11, 2, static_cast<unsigned>(hms.hours().count()));
  put(14, 2, static_cast<unsigned>(hms.minutes().count()));
  put(17, 2, static_cast<unsigned>(hms.seconds().count()));
  if (ms != 0) {
    out.replace(19, 1, ".000Z");
    put(20, 3, static_cast<unsigned>(ms));
  }
  return out;
}

namespace {

/// A cursor over the fixed fields of a time stamp.
struct Fields {
  std::string_view rest;

  bool skip(char c) {
    if (rest.empty() || rest.front() != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  /// Exactly `digits` digits, or -1.
  int number(std::size_t digits) {
    if (rest.size() < digits) return -1;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (rest[i] < '0' || rest[i] > '9') return -1;
      value = value * 10 + (rest[i] - '0');
    }
    rest.remove_prefix(digits);
    return value;
  }
};

}  // namespace

Result<Time> parse_time(std::string_view text) {
  const auto refuse = [&] {
    return fail("", fmt::format("\"{}\" is not a time; write UTC as 2021-11-11T05:00:00Z", shown(text)));
  };
  Fields in{text};
  const int y = in.number(4);
  if (y < 1 || !in.skip('-')) return refuse();
  const int mo = in.number(2);
  if (mo < 0 || !in.skip('-')) return refuse();
  const int d = in.number(2);
  const chr::year_month_day ymd{chr::year(y), chr::month(unsigned(mo < 0 ? 0 : mo)),
                                chr::day(unsigned(d < 0 ? 0 : d))};
  if (d < 0 || !ymd.ok()) return refuse();
  Time time{chr::sys_days(ymd)};
  if (in.rest.empty()) return time;

  if (!in.skip('T') && !in.skip(' ')) return refuse();
  const int h = in.number(2);
  if (h < 0 || h > 23 || !in.skip(':')) return refuse();
  const int mi = in.number(2);
  if (mi < 0 || mi > 59) return refuse();
  int s = 0;
  int ms = 0;
  if (in.skip(':')) {
    s = in.number(2);
    if (s < 0 || s > 59) return refuse();
    if (in.skip('.')) {
      int digits = 0;
      for (int digit; (digit = in.number(1)) >= 0; ++digits) {
        if (digits < 3) ms = ms * 10 + digit;
      }
      if (digits == 0 || digits > 9) return refuse();
      for (; digits < 3; ++digits) ms *= 10;
    }
  }
  time += chr::hours(h) + chr::minutes(mi) + chr::seconds(s) + chr::milliseconds(ms);
  if (in.skip('Z')) return in.rest.empty() ? Result<Time>(time) : refuse();

  const bool east = in.skip('+');
  if (!east && !in.skip('-')) return refuse();
  const int oh = in.number(2);
  if (oh < 0 || oh > 14 || !in.skip(':')) return refuse();
  const int om = in.number(2);
  if (om < 0 || om > 59 || !in.rest.empty()) return refuse();
  const auto offset = chr::hours(oh) + chr::minutes(om);
  return east ? time - offset : time + offset;
}

}  // namespace varne
