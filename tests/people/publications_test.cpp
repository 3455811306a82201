#include "varne/people/publications.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support.h"

namespace varne {
namespace {

Time at(const char* text) {
  return *parse_time(text);
}
DateSpan days(const char* text) {
  return *parse_span(text);
}
Time by(const char* day) {
  return end_of(*parse_date(day));
}
HeadCount exactly(std::int32_t n) {
  return {n, n};
}

/// Three days around the eleventh, published twice: provisional the day after, revised later.
struct Published {
  test::Scratch scratch;
  Publications all;
  Published() {
    const std::string head = "date,people,boats\n";
    all.add(*read_series(scratch.write("first.csv", head + "2021-11-10,695,22\n2021-11-11,1185,33\n"),
                         at("2021-11-12T08:00:00Z")));
    all.add(*read_series(
        scratch.write("final.csv", head + "2021-11-10,695,22\n2021-11-11,1250,36\n2021-11-12,0,0\n"),
        at("2022-02-24")));
  }
};

void read_shipped(Publications& into) {
  const auto done = read_claims(std::string(VARNE_ROOT) + "/data/claims/2021-11-11.jsonl", into.claims());
  ASSERT_TRUE(done) << done.error().text();
}

const ClaimStanding& standing_of(const std::vector<ClaimStanding>& all, const std::string& id) {
  static const Claim nobody{.id = "nobody"};
  static const ClaimStanding none{&nobody, ClaimStatus::disputed, "no such claim stands here"};
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const ClaimStanding& one) { return one.claim->id == id; });
  return found == all.end() ? none : *found;
}

TEST(Publications, a_day_is_answered_as_it_was_known) {
  const Published published;
  EXPECT_FALSE(published.all.arrived(days("2021-11-11"), by("2021-11-11")));
  EXPECT_EQ(published.all.arrived(days("2021-11-11"), by("2021-11-12"))->people, 1185);
  EXPECT_EQ(published.all.arrived(days("2021-11-11"), by("2022-02-23"))->people, 1185);
  const auto last = published.all.arrived(days("2021-11-11"), by("2022-02-24"));
  EXPECT_EQ(last->people, 1250);
  EXPECT_EQ(last->boats, 36);
  EXPECT_EQ(last->published, at("2022-02-24"));
  EXPECT_EQ(published.all.arrived(days("2021-11-10/2021-11-12"), known_for_ever)->people, 1945);
  // The first edition did not hold the twelfth: unknown, and never nobody.
  EXPECT_FALSE(published.all.arrived(days("2021-11-10/2021-11-12"), by("2021-12-01")));
}

TEST(Publications, weeks_fill_in_where_no_days_are_held_and_are_never_cut) {
  Published published;
  published.all.add(*read_series(
      published.scratch.write("weekly.csv",
                              "week_ending,people,boats,people_prevented,events_prevented\n"
                              "2021-11-07,100,4,50,3\n2021-11-14,2000,61,60,4\n2021-11-21,7,1,,\n"),
      at("2022-03-01")));
  EXPECT_EQ(published.all.arrived(days("2021-11-01/2021-11-07"), known_for_ever)->people, 100);
  EXPECT_FALSE(published.all.arrived(days("2021-11-02/2021-11-07"), known_for_ever));
  EXPECT_FALSE(published.all.arrived(days("2021-11-01/2021-11-06"), known_for_ever));
  const auto prevented = published.all.prevented(days("2021-11-01/2021-11-14"), known_for_ever);
  EXPECT_EQ(prevented->people, 110);
  EXPECT_EQ(prevented->boats, 7);
  EXPECT_FALSE(published.all.prevented(days("2021-11-15/2021-11-21"), known_for_ever));
}

TEST(Publications, a_week_that_is_not_the_sum_of_its_days_is_named) {
  test::Scratch scratch;
  std::string text = "date,people,boats\n";
  for (int day = 8; day <= 14; ++day)
    text += "2021-11-" + std::string(day < 10 ? "0" : "") + std::to_string(day) + ",10,1\n";
  Publications all;
  all.add(*read_series(scratch.write("days.csv", text), at("2022-01-01")));
  all.add(*read_series(scratch.write("same.csv", "week_ending,people,boats\n2021-11-14,70,7\n"),
                       at("2022-01-02")));
  EXPECT_TRUE(all.disagreements(known_for_ever).empty());
  all.add(*read_series(scratch.write("other.csv", "week_ending,people,boats\n2021-11-14,71,7\n"),
                       at("2022-01-03")));
  ASSERT_EQ(all.disagreements(known_for_ever).size(), 1U);
  EXPECT_EQ(all.disagreements(known_for_ever)[0].by_week.people, 71);
  EXPECT_TRUE(all.disagreements(by("2022-01-02")).empty());
}

TEST(Publications, the_first_figures_of_the_eleventh_as_known_the_day_after) {
  Publications all;
  read_shipped(all);
  const DateSpan day = days("2021-11-11");
  const Time then = by("2021-11-12");
  EXPECT_TRUE(all.standing(day, by("2021-11-11")).empty());
  EXPECT_EQ(all.range("arrived", day, then), exactly(1185));
  EXPECT_EQ(all.range("prevented", day, then), exactly(99));
  EXPECT_EQ(all.range("set_out", day, then), exactly(1284));
  const auto then_standing = all.standing(day, then);
  const ClaimStanding& sum = standing_of(then_standing, "set-out-first");
  EXPECT_EQ(sum.status, ClaimStatus::provisional);
  EXPECT_EQ(sum.claim->sum_of, (std::vector<std::string>{"prevented-first", "arrived-first"}));

  EXPECT_EQ(all.range("arrived", day, known_for_ever), exactly(1250));
  EXPECT_EQ(all.range("prevented", day, known_for_ever), exactly(99));
  EXPECT_EQ(all.range("set_out", day, known_for_ever), std::nullopt);
  const auto now = all.standing(day, known_for_ever);
  EXPECT_EQ(standing_of(now, "arrived-first").status, ClaimStatus::revised);
  EXPECT_EQ(standing_of(now, "arrived-first").why,
            "revised 2026-08-21 by Home Office: 1,250 arrived, 36 boats");
  EXPECT_EQ(standing_of(now, "arrived-final").status, ClaimStatus::final);
  EXPECT_EQ(standing_of(now, "set-out-first").status, ClaimStatus::disputed);
  EXPECT_EQ(
      standing_of(now, "set-out-first").why,
      "it adds \"1,185 arrived\" of Home Office, which stands no longer: revised 2026-08-21 by Home Office: "
      "1,250 arrived, 36 boats");
  EXPECT_EQ(now.size(), 7U);  // of the eight, all but the year to the tenth
}

TEST(Publications, the_real_series_gives_the_public_totals_and_agrees_with_its_weeks) {
  VARNE_NEEDS_SHARED(daily, "data/stats/uk_small_boats_daily.csv");
  VARNE_NEEDS_SHARED(weekly, "data/stats/uk_small_boats_weekly.csv");
  Publications all;
  for (const std::string& path : {daily, weekly}) {
    auto series = read_series(path, at("2026-08-21"));
    ASSERT_TRUE(series) << series.error().text();
    all.add(std::move(*series));
  }
  read_shipped(all);
  struct Total {
    const char* span;
    std::int64_t people, boats;
  };
  for (const Total& total : {Total{"2021-11-11", 1250, 36},
                             {"2021-01-01/2021-11-10", 22'372, 848},
                             {"2021-01-01/2021-11-11", 23'622, 884},
                             {"2018", 299, 43},
                             {"2019", 1'843, 164},
                             {"2020", 8'462, 641},
                             {"2021", 28'526, 1'034},
                             {"2022", 45'755, 1'110},
                             {"2023", 29'437, 602}}) {
    const auto figure = all.arrived(days(total.span), known_for_ever);
    ASSERT_TRUE(figure) << total.span;
    EXPECT_EQ(figure->people, total.people) << total.span;
    EXPECT_EQ(figure->boats, total.boats) << total.span;
    EXPECT_FALSE(all.arrived(days(total.span), by("2026-08-20"))) << "before it was published";
  }
  EXPECT_TRUE(all.disagreements(known_for_ever).empty());
  const auto now = all.standing(days("2021-11-11"), known_for_ever);
  EXPECT_EQ(standing_of(now, "arrived-final").status, ClaimStatus::final);
  EXPECT_EQ(standing_of(now, "year-to-the-11th").status, ClaimStatus::final);
  EXPECT_EQ(standing_of(now, "year-so-far-article").status, ClaimStatus::disputed);
  EXPECT_EQ(standing_of(now, "year-so-far-article").why,
            "the series published 2026-08-21 gives 23,622 people in 884 boats for 2021-01-01/2021-11-11");
  EXPECT_EQ(all.range("arrived", days("2021-01-01/2021-11-11"), known_for_ever), exactly(23'622));
}

TEST(Publications, what_is_said_of_one_boat_is_not_held_against_the_whole_day) {
  Published published;
  const Claim one{.id = "c",
                  .from = "an inquiry",
                  .subject = "arrived",
                  .about = days("2021-11-11"),
                  .boat = "Charlie",
                  .persons = exactly(2),
                  .status = ClaimStatus::final,
                  .published = at("2022-01-01")};
  ASSERT_TRUE(published.all.claims().add(one));
  EXPECT_EQ(published.all.standing(days("2021-11-11"), known_for_ever)[0].status, ClaimStatus::final);
  EXPECT_EQ(published.all.range("arrived", days("2021-11-11"), known_for_ever), exactly(1250));
  Claim revision = one;
  revision.id = "d";
  revision.boat = "";
  revision.revises = "c";
  EXPECT_FALSE(published.all.claims().add(revision));
}

TEST(Publications, a_tally_is_cut_at_weeks_and_counts_the_year_from_its_first_day) {
  test::Scratch scratch;
  std::string text = "date,people,boats\n";
  for (Date day = *parse_date("2020-12-01"); day <= *parse_date("2021-01-31"); day += std::chrono::days(1))
    text += iso_date(day) + ",10,1\n";
  Publications all;
  all.add(*read_series(scratch.write("days.csv", text), at("2021-03-01")));
  const auto lines = all.lines(days("2020-12-30/2021-01-05"), CountStep::week, known_for_ever);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(iso_span(lines[0].days), "2020-12-30/2021-01-03");
  EXPECT_EQ(lines[0].arrived->people, 50);
  EXPECT_EQ(lines[0].in_year->people, 30);
  EXPECT_EQ(lines[1].in_year->people, 50);
  const auto first = all.lines(days("2020-12-30"), CountStep::day, known_for_ever);
  EXPECT_FALSE(first[0].in_year);  // of 2020 only December is held
}

/// A few editions of the same ten days, published in any order.
RC_GTEST_PROP(Publications, the_latest_edition_known_counts_and_spans_add_up, ()) {
  const test::Scratch scratch;
  const Date start = *parse_date("2021-11-01");
  Publications all;
  struct Edition {
    Time published;
    int first, last;
    std::vector<int> people;
  };
  std::vector<Edition> editions;
  for (int left = *rc::gen::inRange(1, 5); left > 0; --left) {
    Edition edition;
    edition.first = *rc::gen::inRange(0, 10);
    edition.last = *rc::gen::inRange(edition.first, 10);
    edition.published = Time(start + std::chrono::days(20 + left * *rc::gen::inRange(1, 9)));
    std::string text = "date,people,boats\n";
    for (int i = edition.first; i <= edition.last; ++i) {
      edition.people.push_back(*rc::gen::inRange(1, 1000));
      text += iso_date(start + std::chrono::days(i)) + "," + std::to_string(edition.people.back()) + ",1\n";
    }
    all.add(*read_series(scratch.write("e.csv", text), edition.published));
    editions.push_back(edition);
  }
  const Time known = Time(start + std::chrono::days(*rc::gen::inRange(15, 70)));
  std::vector<std::optional<int>> expected(10);
  for (int i = 0; i < 10; ++i) {
    const Edition* best = nullptr;
    for (const Edition& edition : editions) {
      const bool holds = edition.first <= i && i <= edition.last && edition.published <= known;
      if (holds && (best == nullptr || best->published <= edition.published)) best = &edition;
    }
    if (best != nullptr)
      expected[static_cast<std::size_t>(i)] = best->people[static_cast<std::size_t>(i - best->first)];
  }
  const int first = *rc::gen::inRange(0, 10);
  const int last = *rc::gen::inRange(first, 10);
  std::optional<std::int64_t> sum = 0;
  for (int i = first; i <= last; ++i) {
    const auto day = expected[static_cast<std::size_t>(i)];
    sum = sum && day ? std::optional<std::int64_t>(*sum + *day) : std::nullopt;
  }
  const auto got = all.arrived({start + std::chrono::days(first), start + std::chrono::days(last)}, known);
  RC_ASSERT(got.has_value() == sum.has_value());
  if (sum) RC_ASSERT(got->people == *sum);
}

}  // namespace
}  // namespace varne
