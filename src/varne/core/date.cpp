#include "varne/core/date.h"

#include <fmt/format.h>

#include "varne/core/text.h"

namespace varne {
namespace chr = std::chrono;

namespace {

/// So many digits and nothing else, or -1.
int digits(std::string_view text, std::size_t count) {
  if (text.size() != count || text.find_first_not_of("0123456789") != std::string_view::npos) return -1;
  return static_cast<int>(parse_whole(text).value_or(-1));
}

DateSpan month_of(chr::year_month month) {
  return {Date(month / 1), Date(month / chr::last)};
}

}  // namespace

std::string iso_date(Date day) {
  const chr::year_month_day ymd(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

Result<Date> parse_date(std::string_view text) {
  const bool dashes = text.size() == 10 && text[4] == '-' && text[7] == '-';
  const int year = dashes ? digits(text.substr(0, 4), 4) : -1;
  const int month = dashes ? digits(text.substr(5, 2), 2) : -1;
  const int day = dashes ? digits(text.substr(8, 2), 2) : -1;
  if (year >= 1 && month >= 1 && day >= 1) {
    const auto ymd = chr::year(year) / month / day;
    if (ymd.ok()) return Date(ymd);
  }
  return fail("", fmt::format("\"{}\" is no day; write it as 2021-11-11", shown(text)));
}

std::string iso_span(DateSpan span) {
  if (span.first == span.last) return iso_date(span.first);
  if (span == year_of(span.first)) return iso_date(span.first).substr(0, 4);
  const chr::year_month_day ymd(span.first);
  if (span == month_of(ymd.year() / ymd.month())) return iso_date(span.first).substr(0, 7);
  return iso_date(span.first) + "/" + iso_date(span.last);
}

Result<DateSpan> parse_span(std::string_view text) {
  const auto refuse = [&] {
    return fail("", fmt::format("\"{}\" is no day, month, year or span; write 2021-11-11, 2021-11, 2021 or "
                                "2021-01-01/2021-11-11",
                                shown(text)));
  };
  if (const auto slash = text.find('/'); slash != std::string_view::npos) {
    const auto first = parse_date(text.substr(0, slash));
    const auto last = parse_date(text.substr(slash + 1));
    if (!first || !last) return refuse();
    if (*last < *first)
      return fail("", fmt::format("{} ends before it begins; write the earlier day first", shown(text)));
    return DateSpan{*first, *last};
  }
  if (const int year = digits(text, 4); year >= 1) return year_of(Date(chr::year(year) / 1 / 1));
  if (text.size() == 7 && text[4] == '-') {
    const int year = digits(text.substr(0, 4), 4);
    const int month = digits(text.substr(5), 2);
    if (year < 1 || month < 1 || month > 12) return refuse();
    return month_of(chr::year(year) / month);
  }
  const auto day = parse_date(text);
  if (!day) return refuse();
  return DateSpan{*day, *day};
}

DateSpan year_of(Date day) {
  const auto year = chr::year_month_day(day).year();
  return {Date(year / 1 / 1), Date(year / 12 / 31)};
}

DateSpan year_to(Date day) {
  return {year_of(day).first, day};
}

DateSpan week_of(Date day) {
  const Date monday = day - (chr::weekday(day) - chr::Monday);
  return {monday, monday + chr::days(6)};
}

}  // namespace varne
