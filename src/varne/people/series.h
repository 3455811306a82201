#pragma once
/// A published series of arrivals: people and boats by day, or by week. Layout of the Home Office's time
/// series of small-boat arrivals as CSV:
///
///     date,people,boats,uncontrolled_landings
///     week_ending,people,boats,uncontrolled_landings,people_prevented,events_prevented
///
/// The same day is published again and again with other numbers, so each file is one *edition* with its day
/// of publication; `Publications` (publications.h) holds several and answers as known on a date.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "varne/core/date.h"
#include "varne/core/result.h"
#include "varne/core/time.h"

namespace varne {

/// What one line says. People and boats are >= 0 and at most 100,000; both are zero or neither is.
struct SeriesRow {
  DateSpan days = {};  ///< one day, or Monday to Sunday
  std::int32_t people = 0;
  std::int32_t boats = 0;
  std::optional<std::int32_t> uncontrolled_landings =
      {};                                             ///< boats that came ashore unmet; empty: not published
  std::optional<std::int32_t> people_prevented = {};  ///< weekly series, from May 2024
  std::optional<std::int32_t> events_prevented = {};
  friend bool operator==(const SeriesRow&, const SeriesRow&) = default;
};

/// One edition. Its rows follow each other without a gap, so that nothing absent is read as nobody.
struct Series {
  std::string source = {};      ///< the file
  Time published = {};          ///< known from here on
  bool published_said = false;  ///< false: nobody said when, and it is taken as the day after the last row
  std::vector<SeriesRow> rows = {};  ///< in order, at least one, all of days or all of weeks
  [[nodiscard]] DateSpan days() const { return {rows.front().days.first, rows.back().days.last}; }
  [[nodiscard]] bool weekly() const { return rows.front().days.first != rows.front().days.last; }
};

/// Reads a file: a byte order mark, CR LF, gzip and further columns are taken as they come, and a thousands
/// separator where the number stands in quotes ("1,250"). Refused, with line and column: a day twice, left
/// out or out of order, a week that does not end on a Sunday, a number that is negative, no whole number,
/// missing or beyond belief, people without a boat or boats without people, and a publication before the last
/// day.
Result<Series> read_series(const std::string& path, std::optional<Time> published = {});

/// The rows in that layout again, as `read_series` takes them: all of days or all of weeks.
std::string series_csv(const std::vector<SeriesRow>& rows);

}  // namespace varne
