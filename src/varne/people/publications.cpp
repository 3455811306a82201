#include "varne/people/publications.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "varne/core/text.h"

namespace varne {
namespace {

constexpr std::chrono::days one_day{1};

std::string day_of(Time time) {
  return iso_date(std::chrono::floor<std::chrono::days>(time));
}

void add_row(SeriesFigure& sum, std::int32_t people, std::int32_t boats, const Series& series) {
  sum.people += people;
  sum.boats += boats;
  sum.published = std::max(sum.published, series.published);
  sum.sources.insert(series.source);
}

bool within(HeadCount range, std::int64_t n) {
  return range.low <= n && n <= range.high;
}

HeadCount head_count(std::int64_t people) {
  const auto n =
      static_cast<std::int32_t>(std::min<std::int64_t>(people, std::numeric_limits<std::int32_t>::max()));
  return {n, n};
}

Date piece_end(Date first, CountStep step) {
  const std::chrono::year_month_day ymd(first);
  switch (step) {
    case CountStep::day:
      return first;
    case CountStep::week:
      return week_of(first).last;
    case CountStep::month:
      return Date(ymd.year() / ymd.month() / std::chrono::last);
    case CountStep::year:
      return year_of(first).last;
  }
  return first;
}

}  // namespace

Time end_of(Date day) {
  return Time(day + one_day) - Duration(1);
}

std::optional<DateSpan> Publications::days(Time known) const {
  std::optional<DateSpan> all;
  for (const Series& series : series_) {
    if (series.published > known) continue;
    const DateSpan days = series.days();
    all = all ? DateSpan{std::min(all->first, days.first), std::max(all->last, days.last)} : days;
  }
  return all;
}

Publications::Found Publications::row_from(Date day, bool weekly, Time known) const {
  Found found;
  for (const Series& series : series_) {
    if (series.weekly() != weekly || series.published > known || !series.days().holds(day)) continue;
    if (found.series != nullptr && found.series->published > series.published) continue;
    const auto days = static_cast<std::size_t>((day - series.days().first).count());
    if (weekly && days % 7 != 0) continue;
    found = {&series, &series.rows[weekly ? days / 7 : days]};
  }
  return found;
}

std::optional<SeriesFigure> Publications::arrived(DateSpan span, Time known) const {
  SeriesFigure sum;
  for (Date day = span.first; day <= span.last;) {
    Found found = row_from(day, false, known);
    if (found.row == nullptr) found = row_from(day, true, known);
    if (found.row == nullptr || found.row->days.last > span.last) return std::nullopt;
    add_row(sum, found.row->people, found.row->boats, *found.series);
    day = found.row->days.last + one_day;
  }
  return sum;
}

std::optional<SeriesFigure> Publications::prevented(DateSpan span, Time known) const {
  SeriesFigure sum;
  for (Date day = span.first; day <= span.last;) {
    const Found found = row_from(day, true, known);
    if (found.row == nullptr || !found.row->people_prevented || found.row->days.last > span.last)
      return std::nullopt;
    add_row(sum, *found.row->people_prevented, found.row->events_prevented.value_or(0), *found.series);
    day = found.row->days.last + one_day;
  }
  return sum;
}

std::vector<SeriesRow> Publications::by_day(DateSpan span, Time known) const {
  std::vector<SeriesRow> out;
  for (Date day = span.first; day <= span.last; day += one_day) {
    if (const Found found = row_from(day, false, known); found.row != nullptr) out.push_back(*found.row);
  }
  return out;
}

std::vector<CountLine> Publications::lines(DateSpan span, CountStep step, Time known) const {
  std::vector<CountLine> out;
  for (Date first = span.first; first <= span.last;) {
    const DateSpan piece{first, std::min(piece_end(first, step), span.last)};
    out.push_back(
        {piece, arrived(piece, known), prevented(piece, known), arrived(year_to(piece.last), known)});
    first = piece.last + one_day;
  }
  return out;
}

/// What the series as known then says against a claim; "" where it says nothing or the same.
std::string Publications::contradiction(const Claim& claim, Time known) const {
  if (!claim.about || !claim.boat.empty()) return "";
  const bool of_arrivals = claim.subject == "arrived";
  if (!of_arrivals && claim.subject != "prevented") return "";
  const auto series = of_arrivals ? arrived(*claim.about, known) : prevented(*claim.about, known);
  if (!series) return "";
  const bool people = !claim.persons || within(*claim.persons, series->people);
  const bool boats = !of_arrivals || !claim.boats || *claim.boats == series->boats;
  if (people && boats) return "";
  return fmt::format(
      "the series published {} gives {} people{} for {}", day_of(series->published), grouped(series->people),
      of_arrivals ? fmt::format(" in {} boats", grouped(series->boats)) : "", iso_span(*claim.about));
}

/// Why a sum does not stand; "" where it does or the claim is none.
std::string Publications::broken_sum(const Claim& claim, Time known) const {
  if (claim.sum_of.empty()) return "";
  HeadCount sum;
  for (const std::string& id : claim.sum_of) {
    const ClaimStanding part = standing(*claims_.find(id), known);
    if (part.status == ClaimStatus::revised || part.status == ClaimStatus::disputed)
      return fmt::format("it adds \"{}\" of {}, which stands no longer: {}", spoken(*part.claim),
                         part.claim->from, part.why);
    sum.low += part.claim->persons->low;
    sum.high += part.claim->persons->high;
  }
  if (sum == *claim.persons) return "";
  return fmt::format("the figures it adds give {}",
                     sum.exact() ? grouped(sum.low) : grouped(sum.low) + " to " + grouped(sum.high));
}

ClaimStanding Publications::standing(const Claim& claim, Time known) const {
  if (const Claim* next = claims_.revision(claim, known); next != nullptr)
    return {&claim, ClaimStatus::revised,
            fmt::format("revised {} by {}: {}", day_of(next->published), next->from, spoken(*next))};
  std::string why = contradiction(claim, known);
  if (why.empty()) why = broken_sum(claim, known);
  if (why.empty() && claim.status == ClaimStatus::disputed) why = "marked so where it was published";
  return {&claim, why.empty() ? claim.status : ClaimStatus::disputed, why};
}

std::vector<ClaimStanding> Publications::standing(DateSpan span, Time known) const {
  std::vector<ClaimStanding> out;
  for (const Claim& claim : claims_.all()) {
    const bool of_it = !claim.about || (claim.about->first <= span.last && span.first <= claim.about->last);
    if (of_it && claim.published <= known) out.push_back(standing(claim, known));
  }
  std::stable_sort(out.begin(), out.end(), [](const ClaimStanding& a, const ClaimStanding& b) {
    return a.claim->published < b.claim->published;
  });
  return out;
}

std::optional<HeadCount> Publications::range(const std::string& subject, DateSpan span, Time known) const {
  std::optional<HeadCount> out;
  const auto widen = [&out](HeadCount by) {
    out = out ? HeadCount{std::min(out->low, by.low), std::max(out->high, by.high)} : by;
  };
  for (const ClaimStanding& one : standing(span, known)) {
    const bool stands = one.status == ClaimStatus::provisional || one.status == ClaimStatus::final;
    if (stands && one.claim->subject == subject && one.claim->about == span && one.claim->boat.empty() &&
        one.claim->persons)
      widen(*one.claim->persons);
  }
  std::optional<SeriesFigure> series;
  if (subject == "arrived") series = arrived(span, known);
  if (subject == "prevented") series = prevented(span, known);
  if (series) widen(head_count(series->people));
  return out;
}

std::vector<Disagreement> Publications::disagreements(Time known) const {
  std::vector<Disagreement> out;
  const auto all = days(known);
  if (!all) return out;
  for (Date monday = week_of(all->first).first; monday <= all->last; monday += 7 * one_day) {
    const Found week = row_from(monday, true, known);
    const auto rows = by_day({monday, monday + 6 * one_day}, known);
    if (week.row == nullptr || rows.size() != 7) continue;
    const auto by_day = arrived(week.row->days, known);
    SeriesFigure by_week;
    add_row(by_week, week.row->people, week.row->boats, *week.series);
    if (by_day->people != by_week.people || by_day->boats != by_week.boats)
      out.push_back({week.row->days, *by_day, by_week});
  }
  return out;
}

}  // namespace varne
