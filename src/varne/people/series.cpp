#include "varne/people/series.h"

#include <fmt/format.h>

#include "varne/core/csv.h"
#include "varne/core/text.h"

namespace varne {
namespace {

constexpr std::int32_t most = 100'000;  // people or boats of a line
constexpr std::chrono::days one_day{1};

/// "1250" or "1,250", of which every group behind the first has three digits.
std::optional<std::int64_t> grouped_whole(std::string_view text) {
  const auto groups = split(text, ',');
  std::string digits;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const bool fits =
        groups.size() == 1 || (i == 0 ? !groups[i].empty() && groups[i].size() <= 3 : groups[i].size() == 3);
    if (!fits || groups[i].find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    digits += groups[i];
  }
  return parse_whole(digits);
}

Result<std::int32_t> count_in(const CsvFile& file, const char* column) {
  const std::string_view text = file[column];
  if (text.empty()) return fail(file.where(column), "is empty; write 0 where there was none");
  const auto number = grouped_whole(text);
  if (!number)
    return fail(file.where(column), fmt::format("\"{}\" is no whole number, 0 or more", shown(text)));
  if (*number > most)
    return fail(file.where(column), fmt::format("{} is more than can be; at most {}", *number, most));
  return static_cast<std::int32_t>(*number);
}

Done optional_count(const CsvFile& file, const char* column, std::optional<std::int32_t>& out) {
  if (file[column].empty()) return {};  // the column is not there, or was not published yet
  const auto number = count_in(file, column);
  if (!number) return fail(number.error());
  out = *number;
  return {};
}

Result<SeriesRow> row_of(const CsvFile& file, const char* day_column) {
  const auto day = parse_date(file[day_column]);
  if (!day) return fail(day.error().in(file.where(day_column)));
  SeriesRow row{.days = {*day, *day}};
  if (std::string_view(day_column) == "week_ending") {
    row.days = week_of(*day);
    if (row.days.last != *day)
      return fail(file.where(day_column), fmt::format("{} is no Sunday; a week ends on one", iso_date(*day)));
  }
  const auto people = count_in(file, "people");
  if (!people) return fail(people.error());
  const auto boats = count_in(file, "boats");
  if (!boats) return fail(boats.error());
  if ((*people == 0) != (*boats == 0))
    return fail(file.where("boats"),
                fmt::format("{} people in {} boats: one of the two is wrong", *people, *boats));
  row.people = *people;
  row.boats = *boats;
  if (auto done = optional_count(file, "uncontrolled_landings", row.uncontrolled_landings); !done)
    return fail(done.error());
  if (auto done = optional_count(file, "people_prevented", row.people_prevented); !done)
    return fail(done.error());
  if (auto done = optional_count(file, "events_prevented", row.events_prevented); !done)
    return fail(done.error());
  return row;
}

/// Each row begins where the one before it ended.
Done check_order(const std::vector<SeriesRow>& rows, const SeriesRow& row) {
  if (rows.empty() || row.days.first == rows.back().days.last + one_day) return {};
  const std::string day = iso_date(row.days.last);
  const Date before = rows.back().days.last;
  if (row.days.last == before)
    return fail(
        "",
        fmt::format(
            "{} stands twice; keep the line that is right, or give the other edition as a file of its own",
            day));
  if (row.days.last < before)
    return fail("", fmt::format("{} stands after {}; sort the lines by date", day, iso_date(before)));
  return fail("", fmt::format("{} follows {}: lines between are missing; write 0 where nobody arrived", day,
                              iso_date(before)));
}

}  // namespace

Result<Series> read_series(const std::string& path, std::optional<Time> published) {
  auto file = CsvFile::open(path, {"people", "boats"});
  if (!file) return fail(file.error());
  if (file->has("date") == file->has("week_ending"))
    return fail(file->where(), "the header must have either \"date\" (a series by day) or \"week_ending\"");
  const char* day_column = file->has("date") ? "date" : "week_ending";
  Series series{.source = path};
  for (;;) {
    const auto more = file->next();
    if (!more)
      return fail(more.error().where,
                  more.error().what + "; a number with a thousands separator stands in quotes");
    if (!*more) break;
    const auto row = row_of(*file, day_column);
    if (!row) return fail(row.error());
    if (const auto order = check_order(series.rows, *row); !order)
      return fail(order.error().in(file->where(day_column)));
    series.rows.push_back(*row);
  }
  if (series.rows.empty()) return fail(path, "has a header and no line below it");
  series.published_said = published.has_value();
  series.published = published.value_or(Time(series.days().last + one_day));
  if (series.published < Time(series.days().last))
    return fail(path, fmt::format("cannot have been published at {}: it goes to {}", iso(series.published),
                                  iso_date(series.days().last)));
  return series;
}

std::string series_csv(const std::vector<SeriesRow>& rows) {
  const bool weekly = !rows.empty() && rows.front().days.first != rows.front().days.last;
  std::string out = weekly
                        ? "week_ending,people,boats,uncontrolled_landings,people_prevented,events_prevented\n"
                        : "date,people,boats,uncontrolled_landings\n";
  const auto maybe = [](std::optional<std::int32_t> n) { return n ? std::to_string(*n) : ""; };
  for (const SeriesRow& row : rows) {
    out += fmt::format("{},{},{},{}", iso_date(row.days.last), row.people, row.boats,
                       maybe(row.uncontrolled_landings));
    if (weekly) out += fmt::format(",{},{}", maybe(row.people_prevented), maybe(row.events_prevented));
    out += '\n';
  }
  return out;
}

}  // namespace varne
