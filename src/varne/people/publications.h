#pragma once
/// All that was published of a count, as known on any date: editions of the series, and claims beside them.
///
/// "As known on a date" takes only what had been published by its end. Of a day that several editions hold,
/// the latest one counts. A figure for a span is given only where every day of it is held: what is not known
/// is never read as nobody.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "varne/core/date.h"
#include "varne/core/head_count.h"
#include "varne/core/time.h"
#include "varne/people/claims.h"
#include "varne/people/series.h"

namespace varne {

/// Everything ever published.
inline constexpr Time known_for_ever = Time(Duration::max());
/// The last moment of a day: what was published on it is known on it.
Time end_of(Date day);

/// A figure out of the series.
struct SeriesFigure {
  std::int64_t people = 0;
  std::int64_t boats = 0;  ///< of departures prevented: events
  Time published;          ///< of the latest edition it stands on
  std::set<std::string> sources;
};

/// A claim as known on a date.
struct ClaimStanding {
  const Claim* claim = nullptr;
  ClaimStatus status = ClaimStatus::provisional;
  std::string why;  ///< one sentence: what revised or contradicts it; "" where it stands as published
};

/// One line of a tally.
struct CountLine {
  DateSpan days;
  std::optional<SeriesFigure> arrived;
  std::optional<SeriesFigure> prevented;  ///< only whole weeks are published
  std::optional<SeriesFigure> in_year;    ///< arrived from 1 January of the last day's year to that day
};

/// A week whose weekly figure is not the sum of its days: both stand.
struct Disagreement {
  DateSpan week;
  SeriesFigure by_day;
  SeriesFigure by_week;
};

enum class CountStep { day, week, month, year };

class Publications {
 public:
  void add(Series series) { series_.push_back(std::move(series)); }
  Claims& claims() { return claims_; }
  [[nodiscard]] const Claims& claims() const { return claims_; }
  [[nodiscard]] const std::vector<Series>& series() const { return series_; }
  /// From the first to the last day of any edition known then; nothing where none is.
  [[nodiscard]] std::optional<DateSpan> days(Time known) const;

  /// The rows that make up a span, by day where that is known and by whole week otherwise; nothing where a
  /// part of it is not held.
  [[nodiscard]] std::optional<SeriesFigure> arrived(DateSpan span, Time known) const;
  /// Departures prevented, of whole weeks.
  [[nodiscard]] std::optional<SeriesFigure> prevented(DateSpan span, Time known) const;
  /// The rows by day that are held within the span, in order.
  [[nodiscard]] std::vector<SeriesRow> by_day(DateSpan span, Time known) const;

  /// The span cut at the ends of weeks, months or years: its first and last piece may be shorter.
  [[nodiscard]] std::vector<CountLine> lines(DateSpan span, CountStep step, Time known) const;

  /// Claims published by then that speak of a day within the span, or of days nobody can read; in order of
  /// publication. Each is as published, or
  ///   - revised: a later claim says that it takes its place;
  ///   - disputed: its publisher says so, or the series as known then gives another figure for the same days,
  ///     or it adds up claims that stand no longer or do not give its sum.
  [[nodiscard]] std::vector<ClaimStanding> standing(DateSpan span, Time known) const;
  /// The least and the most that stands of a subject and exactly these days: the series, and the claims that
  /// are neither revised nor disputed.
  [[nodiscard]] std::optional<HeadCount> range(const std::string& subject, DateSpan span, Time known) const;

  [[nodiscard]] std::vector<Disagreement> disagreements(Time known) const;

 private:
  /// The row of the latest edition that begins on this day: of days, or of weeks.
  struct Found {
    const Series* series = nullptr;
    const SeriesRow* row = nullptr;
  };
  [[nodiscard]] Found row_from(Date day, bool weekly, Time known) const;
  [[nodiscard]] ClaimStanding standing(const Claim& claim, Time known) const;
  [[nodiscard]] std::string contradiction(const Claim& claim, Time known) const;
  [[nodiscard]] std::string broken_sum(const Claim& claim, Time known) const;

  std::vector<Series> series_;
  Claims claims_;
};

}  // namespace varne
