#pragma once
/// Days of the calendar and spans of them: what published counts speak of. A day is the publisher's, without
/// an hour.

#include <chrono>
#include <string>
#include <string_view>

#include "varne/core/result.h"

namespace varne {

using Date = std::chrono::sys_days;

/// Days from the first to the last, both included; first <= last.
struct DateSpan {
  Date first;
  Date last;

  [[nodiscard]] int days() const { return static_cast<int>((last - first).count()) + 1; }
  [[nodiscard]] bool holds(Date day) const { return first <= day && day <= last; }
  friend bool operator==(const DateSpan&, const DateSpan&) = default;
};

/// "2021-11-11"
std::string iso_date(Date day);
/// Reads exactly that; years 1–9999.
Result<Date> parse_date(std::string_view text);

/// The shortest of "2021", "2021-11", "2021-11-11" and "2021-01-01/2021-11-11" (ISO 8601) that says it.
std::string iso_span(DateSpan span);
/// Reads any of the four; refuses one that ends before it begins.
Result<DateSpan> parse_span(std::string_view text);

/// The year that holds the day, and that year up to the day.
DateSpan year_of(Date day);
DateSpan year_to(Date day);
/// Monday to Sunday, as ISO 8601 and the Home Office's weeks have it.
DateSpan week_of(Date day);

}  // namespace varne
