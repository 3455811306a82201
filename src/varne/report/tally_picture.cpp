#include "varne/report/tally_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "varne/core/text.h"
#include "varne/report/chart.h"

namespace varne {
namespace {

namespace chr = std::chrono;

constexpr int width = 1200;
constexpr Rectangle bar_frame{76, 118, 1090, 300};
constexpr Rectangle year_frame{76, 486, 1040, 230};
constexpr double table_below_years = 778;
constexpr double table_below_bars = 520;
constexpr double table_row = 40;
constexpr std::size_t most_claims = 10;

constexpr Colour ink{0.13, 0.16, 0.20};
constexpr Colour quiet{0.38, 0.42, 0.47};
constexpr Colour grid{0.35, 0.45, 0.55, 0.25};
constexpr Colour bar{0.62, 0.71, 0.80};
constexpr Colour in_focus{0.10, 0.30, 0.52};
constexpr Colour other_year{0.62, 0.65, 0.69};
constexpr Colour white{1, 1, 1};

Colour colour_of(ClaimStatus status) {
  switch (status) {
    case ClaimStatus::provisional:
      return {0.72, 0.43, 0.02};
    case ClaimStatus::final:
      return {0.05, 0.40, 0.25};
    case ClaimStatus::disputed:
      return {0.72, 0.10, 0.12};
    case ClaimStatus::revised:
      return {0.45, 0.47, 0.50};
  }
  return ink;
}

std::string day_month(Date day) {
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const chr::year_month_day ymd(day);
  return fmt::format("{} {}", static_cast<unsigned>(ymd.day()),
                     months[static_cast<unsigned>(ymd.month()) - 1]);
}

std::string bar_name(const CountLine& line, CountStep step) {
  if (step == CountStep::year) return iso_date(line.days.first).substr(0, 4);
  if (step == CountStep::month) return iso_date(line.days.first).substr(0, 7);
  return day_month(line.days.first);
}

/// 1, 2 or 5 times a power of ten, so that about four lines reach the highest.
double grid_step(double highest) {
  const double raw = std::max(highest, 4.0) / 4;
  const double power = std::pow(10, std::floor(std::log10(raw)));
  for (const double times : {1.0, 2.0, 5.0}) {
    if (times * power >= raw) return times * power;
  }
  return 10 * power;
}

/// A frame with a scale of people at its left.
class Scale {
 public:
  Scale(Paper& paper, Rectangle frame, double highest) : frame_(frame) {
    const double step = grid_step(highest);
    top_ = std::ceil(highest * 1.04 / step) * step;
    for (double at = 0; at <= top_ + step / 2; at += step) {
      paper.line({{frame.x, y(at)}, {frame.x + frame.width, y(at)}}, grid, 1);
      paper.text({frame.x - 8, y(at) + 4}, grouped(static_cast<std::int64_t>(at)), 12, quiet, Anchor::right);
    }
  }
  [[nodiscard]] double y(double people) const { return frame_.y + frame_.height * (1 - people / top_); }

 private:
  Rectangle frame_;
  double top_ = 1;
};

class TallyPicture {
 public:
  TallyPicture(const Tally& tally, std::size_t shown)
      : tally_(tally),
        table_top_(has_days(tally) ? table_below_years : table_below_bars),
        paper_(width, static_cast<int>(table_top_ +
                                       (shown == 0 ? -40 : table_row * static_cast<double>(shown) + 34))),
        claims_(tally.all.standing(tally.span, tally.known)) {}

  Done draw(const std::string& path) {
    heading();
    bars();
    years();
    table();
    return paper_.write(path);
  }

 private:
  void heading();
  void bars();
  void years();
  void year_line(Date new_year, const Scale& scale);
  void year_claims(const Scale& scale);
  void table();
  void mark(Point at, std::size_t claim);
  [[nodiscard]] std::vector<CountLine> pieces() const;
  [[nodiscard]] bool is_focus(const CountLine& line) const {
    return tally_.span.days() == 1 && line.days == tally_.span;
  }
  [[nodiscard]] double day_x(Date day) const {
    return year_frame.x + year_frame.width * static_cast<double>((day - year_of(day).first).count()) / 365;
  }

  /// The year's line needs a series by day.
  static bool has_days(const Tally& tally) {
    const auto& series = tally.all.series();
    return std::any_of(series.begin(), series.end(),
                       [&](const Series& one) { return !one.weekly() && one.published <= tally.known; });
  }

  const Tally& tally_;
  double table_top_;
  Paper paper_;
  std::vector<ClaimStanding> claims_;
  std::vector<std::tuple<double, double, Date>> ends_;  ///< where each year's line ends: y, x, the year
};

/// The number of a claim, as the table below has it.
void TallyPicture::mark(Point at, std::size_t claim) {
  const Colour colour = colour_of(claims_[claim].status);
  paper_.dot(at, 9, white);
  paper_.ring(at, 9, colour, 2);
  paper_.text({at.x, at.y + 4}, std::to_string(claim + 1), 11, colour, Anchor::middle, true);
}

void TallyPicture::heading() {
  paper_.text({36, 42}, fmt::format("Arrivals by small boat, {}", iso_span(tally_.span)), 23, ink,
              Anchor::left, true);
  std::string words;
  for (const auto& [what, count] : tally_lines(tally_)) {
    const bool told = tally_.span.days() == 1 ? what != "the year to the day before" : what == "in all";
    if (!told || !count.arrived) continue;
    words += fmt::format("{}{} {} in {} boats", words.empty() ? "" : "  ·  ", what,
                         grouped(count.arrived->people), grouped(count.arrived->boats));
  }
  paper_.text({36, 68}, words, 13, ink);
  std::string sources;
  for (const Series& series : tally_.all.series()) {
    if (series.published > tally_.known) continue;
    sources += fmt::format("{}{} (published {}{})", sources.empty() ? "" : ", ",
                           std::filesystem::path(series.source).filename().string(),
                           spoken_time(series.published), series.published_said ? "" : " or later");
  }
  paper_.text(
      {36, 88},
      fmt::format("As known {}. Series: {}.",
                  tally_.known == known_for_ever ? "now" : "on " + spoken_time(tally_.known), sources),
      12, quiet);
}

/// Of one day the fortnight about it, so that it is seen among its neighbours.
std::vector<CountLine> TallyPicture::pieces() const {
  if (tally_.span.days() > 1) return tally_.all.lines(tally_.span, tally_.step, tally_.known);
  const DateSpan about{tally_.span.first - chr::days(14), tally_.span.last + chr::days(14)};
  return tally_.all.lines(about, CountStep::day, tally_.known);
}

void TallyPicture::bars() {
  const auto lines = pieces();
  double highest = 1;
  for (const CountLine& line : lines)
    highest = std::max(highest, line.arrived ? static_cast<double>(line.arrived->people) : 0);
  const double pitch = bar_frame.width / static_cast<double>(lines.size());
  const auto x_of = [&](std::size_t i) { return bar_frame.x + pitch * (static_cast<double>(i) + 0.5); };
  // Claims stand beside the bar of exactly their days.
  std::vector<std::pair<std::size_t, std::size_t>> marks;
  for (std::size_t c = 0; c < std::min(claims_.size(), most_claims); ++c) {
    const auto line = std::find_if(lines.begin(), lines.end(),
                                   [&](const CountLine& one) { return claims_[c].claim->about == one.days; });
    if (line == lines.end() || !claims_[c].claim->persons) continue;
    marks.emplace_back(static_cast<std::size_t>(line - lines.begin()), c);
    highest = std::max(highest, static_cast<double>(claims_[c].claim->persons->high));
  }
  paper_.text({bar_frame.x, bar_frame.y - 10}, "people who arrived", 12, quiet);
  const Scale scale(paper_, bar_frame, highest);
  const CountStep step = tally_.span.days() > 1 ? tally_.step : CountStep::day;
  const double name_width = paper_.text_width("2021-11", 12) + 14;
  const auto every = static_cast<std::size_t>(std::ceil(name_width / pitch));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double x = x_of(i);
    const bool focus = is_focus(lines[i]);
    const double base = scale.y(0);
    if (!lines[i].arrived) {
      paper_.text({x, base - 6}, "?", 12, quiet, Anchor::middle);
    } else {
      const double top = scale.y(static_cast<double>(lines[i].arrived->people));
      const double wide = std::max(1.0, std::min(pitch * 0.72, 60.0));
      paper_.box({x - wide / 2, top, wide, base - top}, focus ? in_focus : bar);
      const std::string figure = grouped(lines[i].arrived->people);
      if ((lines.size() <= 14 || focus) && marks.empty())
        paper_.text({x, top - 6}, figure, 12, ink, Anchor::middle);
    }
    if (focus || (i % every == 0 &&
                  !(tally_.span.days() == 1 && std::abs(static_cast<int>(i) - 14) < static_cast<int>(every))))
      paper_.text({x, base + 18}, bar_name(lines[i], step), 12, focus ? ink : quiet, Anchor::middle, focus);
  }
  std::map<std::size_t, int> beside;
  for (const auto& [i, claim] : marks) {
    const bool left = x_of(i) > bar_frame.x + bar_frame.width * 0.75;
    const double away = (pitch * 0.36 + 16 + 24.0 * beside[i]++) * (left ? -1 : 1);
    const double y =
        scale.y((claims_[claim].claim->persons->low + claims_[claim].claim->persons->high) / 2.0);
    paper_.line({{x_of(i), y}, {x_of(i) + away, y}}, colour_of(claims_[claim].status), 1, {3, 3});
    mark({x_of(i) + away, y}, claim);
  }
}

void TallyPicture::year_line(Date new_year, const Scale& scale) {
  const bool focus = year_of(tally_.span.last).first == new_year;
  std::vector<Point> until;
  std::vector<Point> after;
  double sum = 0;
  Date next = new_year;
  for (const SeriesRow& row : tally_.all.by_day(year_of(new_year), tally_.known)) {
    if (row.days.first != next) break;  // a day is not held: no total from here on
    next += chr::days(1);
    sum += row.people;
    const Point at{day_x(row.days.first), scale.y(sum)};
    if (!focus || row.days.first <= tally_.span.last) until.push_back(at);
    if (focus && row.days.first >= tally_.span.last) after.push_back(at);
  }
  if (until.empty()) return;
  if (after.size() > 1) paper_.line(after, in_focus, 1.4, {2, 4});
  paper_.line(until, focus ? in_focus : other_year, focus ? 3 : 1.4);
  const Point end = (after.empty() ? until : after).back();
  ends_.emplace_back(end.y, end.x, new_year);
  if (focus) paper_.dot(until.back(), 4.5, in_focus);
}

void TallyPicture::years() {
  const auto held = tally_.all.days(tally_.known);
  std::vector<Date> new_years;
  double highest = 1;
  for (Date day = year_of(held->first).first; day <= held->last; day = year_of(day).last + chr::days(1)) {
    double sum = 0;
    for (const SeriesRow& row : tally_.all.by_day(year_of(day), tally_.known)) sum += row.people;
    if (sum > 0) new_years.push_back(day);
    highest = std::max(highest, sum);
  }
  paper_.text(
      {year_frame.x, year_frame.y - 12},
      new_years.empty()
          ? "no series by day is held: the year's total is not drawn"
          : "people who arrived since 1 January, each year; the year shown is dark, dotted after the day",
      12, quiet);
  if (new_years.empty()) return;
  const Scale scale(paper_, year_frame, highest);
  const chr::year leap(2020);
  for (unsigned month = 1; month <= 12; ++month) {
    const Date first(leap / month / 1);
    paper_.text({day_x(first), year_frame.y + year_frame.height + 18}, day_month(first), 12, quiet);
  }
  const Date shown = year_of(tally_.span.last).first;
  std::stable_sort(new_years.begin(), new_years.end(),
                   [&](Date a, Date b) { return (a == shown) < (b == shown); });
  for (const Date new_year : new_years) year_line(new_year, scale);
  // Names at the right, pushed apart from the top down where two lines end close together.
  std::sort(ends_.begin(), ends_.end());
  double free = 0;
  const double right = year_frame.x + year_frame.width;
  for (const auto& [y, x, new_year] : ends_) {
    const bool whole = x > right - 8;
    const double at = whole ? std::max(free, y + 4) : y + 4;
    if (whole) free = at + 14;
    paper_.text({(whole ? right : x) + 8, at}, iso_date(new_year).substr(0, 4), 12,
                new_year == shown ? in_focus : quiet, Anchor::left, new_year == shown, true);
  }
  year_claims(scale);
}

/// Claims of a year so far stand where the year's line should pass.
void TallyPicture::year_claims(const Scale& scale) {
  std::map<Date, int> beside;
  for (std::size_t c = 0; c < std::min(claims_.size(), most_claims); ++c) {
    const Claim& claim = *claims_[c].claim;
    if (claim.subject != "arrived" || !claim.persons || !claim.about || claim.about->days() < 2) continue;
    if (*claim.about != year_to(claim.about->last)) continue;
    const double y = scale.y((claim.persons->low + claim.persons->high) / 2.0);
    if (y < year_frame.y - 10) continue;
    const double x = day_x(claim.about->last);
    const double away = 22 + 24.0 * beside[claim.about->last]++;
    paper_.line({{x, y}, {x + away, y}}, colour_of(claims_[c].status), 1, {3, 3});
    mark({x + away, y}, c);
  }
}

void TallyPicture::table() {
  if (claims_.empty()) return;
  const std::size_t shown = std::min(claims_.size(), most_claims);
  paper_.text(
      {36, table_top_ - 14},
      fmt::format("Claims, as published; none of them enters the count{}",
                  shown < claims_.size() ? fmt::format(" (the first {} of {})", shown, claims_.size()) : ""),
      13, ink, Anchor::left, true);
  for (std::size_t c = 0; c < shown; ++c) {
    const ClaimStanding& one = claims_[c];
    const double y = table_top_ + 14 + table_row * static_cast<double>(c);
    mark({48, y - 4}, c);
    paper_.text({70, y}, spoken_time(one.claim->published), 12, quiet);
    paper_.text({190, y}, name_of(one.status), 12, colour_of(one.status), Anchor::left, true);
    paper_.text(
        {280, y},
        fmt::format("{}, of {}: {}", spoken(*one.claim),
                    one.claim->about ? iso_span(*one.claim->about) : "days it does not say", one.claim->from),
        12.5, ink);
    std::string second = (one.why.empty() ? "" : one.why + "; ") + "source: " + one.claim->source;
    while (paper_.text_width(second, 11) > width - 280 - 30) {
      second.resize(second.find_last_of(' ', second.size() - 5));
      second += " …";
    }
    paper_.text({280, y + 15}, second, 11, quiet);
  }
}

}  // namespace

Done draw_tally(const Tally& tally, const std::string& path) {
  if (!tally.all.days(tally.known))
    return fail(path, "is not drawn: no series was published by then; claims alone make no chart");
  const auto claims = tally.all.standing(tally.span, tally.known).size();
  return TallyPicture(tally, std::min(claims, most_claims)).draw(path);
}

}  // namespace varne
