/// `varne tally` as a person runs it.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ran.h"
#include "support.h"
#include "varne/core/json.h"
#include "varne/people/series.h"
#include "varne/record/ledger.h"

namespace varne {
namespace {

const std::string claims = " --claims " + std::string(VARNE_ROOT) + "/data/claims/2021-11-11.jsonl";

test::Ran tally(const std::string& arguments) {
  return test::ran_varne("tally " + arguments + " 2>&1");
}

Json tally_json(const std::string& arguments) {
  const auto ran = test::ran_varne("tally --json " + arguments);
  EXPECT_EQ(ran.status, 0) << ran.out;
  return parse_json(ran.out.substr(0, ran.out.size() - 1)).value_or(Json());
}

/// January to November 2021, ten people in one boat each day but the tenth and eleventh of November.
std::string small_series(const test::Scratch& scratch) {
  std::string text = "date,people,boats,uncontrolled_landings\n";
  for (Date day = *parse_date("2021-01-01"); day <= *parse_date("2021-11-30"); day += std::chrono::days(1)) {
    const std::string name = iso_date(day);
    text += name + (name == "2021-11-10" ? ",695,22,\n" : name == "2021-11-11" ? ",1250,36,\n" : ",10,1,\n");
  }
  return scratch.write("daily.csv", text);
}

/// The claim of this id among a tally's claims, or null.
Json claim_of(const Json& tally, const std::string& id) {
  for (const Json& claim : tally["claims"]) {
    if (claim["id"] == id) return claim;
  }
  return nullptr;
}

/// The figures of the line called so.
Json line_of(const Json& tally, const std::string& what) {
  for (const Json& line : tally["lines"]) {
    if (line["what"] == what) return line["arrived"];
  }
  return nullptr;
}

TEST(TallyCommand, counts_a_day_its_week_and_its_year) {
  const test::Scratch scratch;
  const Json all = tally_json(small_series(scratch) + "@2026-08-21 --on 2021-11-11");
  EXPECT_EQ(line_of(all, "the day")["people"], 1250);
  EXPECT_EQ(line_of(all, "the day")["boats"], 36);
  EXPECT_EQ(line_of(all, "its week")["people"], 1250 + 695 + 5 * 10);
  EXPECT_EQ(line_of(all, "the year to the day before")["people"], 312 * 10 + 1 * 695 + 10);
  EXPECT_EQ(line_of(all, "the year so far")["people"], 313 * 10 + 695 + 1250);
  EXPECT_TRUE(line_of(all, "its whole year").is_null());  // December is not held
  const auto words = tally(small_series(scratch) + " --on 2021-11-11");
  EXPECT_EQ(words.status, 0);
  EXPECT_NE(words.out.find("not known"), std::string::npos) << words.out;
  EXPECT_NE(words.out.find("nobody said when"), std::string::npos) << words.out;
}

TEST(TallyCommand, shows_the_eleventh_as_it_was_known_the_day_after) {
  const test::Scratch scratch;
  const std::string series = small_series(scratch) + "@2026-08-21";
  const Json then = tally_json(series + claims + " --on 2021-11-11 --as-known-on 2021-11-12");
  EXPECT_TRUE(line_of(then, "the day").is_null());
  EXPECT_EQ(then["standing"]["arrived"], Json::array({1185, 1185}));
  EXPECT_EQ(then["standing"]["prevented"], Json::array({99, 99}));
  EXPECT_EQ(then["standing"]["set_out"], Json::array({1284, 1284}));
  EXPECT_EQ(claim_of(then, "set-out-first")["status"], "provisional");
  const Json now = tally_json(series + claims + " --on 2021-11-11");
  EXPECT_EQ(now["standing"]["arrived"], Json::array({1250, 1250}));
  EXPECT_EQ(claim_of(now, "arrived-first")["status"], "revised");
  EXPECT_EQ(claim_of(now, "set-out-first")["status"], "disputed");
  EXPECT_EQ(claim_of(now, "year-so-far-article")["status"], "disputed");
  EXPECT_TRUE(claim_of(then, "arrived-final").is_null());
  const auto words = tally(claims + " --on 2021-11-11 --as-known-on 2021-11-12");
  EXPECT_NE(words.out.find("adds 99 prevented (French authorities) + 1,185 arrived (Home Office)"),
            std::string::npos)
      << words.out;
}

TEST(TallyCommand, gives_the_real_series_year_by_year) {
  VARNE_NEEDS_SHARED(daily, "data/stats/uk_small_boats_daily.csv");
  const auto words = tally(daily + "@2026-08-21 --by year");
  for (const char* line : {"2018                                                      299         43",
                           "2021                                                   28,526      1,034",
                           "2023                                                   29,437        602"})
    EXPECT_NE(words.out.find(line), std::string::npos) << words.out;
  const Json day = tally_json(daily + "@2026-08-21 --on 2021-11-11" + claims);
  EXPECT_EQ(line_of(day, "the day")["people"], 1250);
  EXPECT_EQ(line_of(day, "the year to the day before")["people"], 22'372);
  EXPECT_EQ(line_of(day, "the year so far")["people"], 23'622);
  EXPECT_EQ(claim_of(day, "year-to-the-11th")["status"], "final");
}

TEST(TallyCommand, what_it_writes_it_reads) {
  const test::Scratch scratch;
  const std::string series = small_series(scratch);
  ASSERT_EQ(tally(series + " --csv " + scratch.file("again.csv")).status, 0);
  EXPECT_EQ(test::read_all(scratch.file("again.csv")), test::read_all(series));
  ASSERT_EQ(tally(series + " --on 2021-11 --csv " + scratch.file("november.csv")).status, 0);
  EXPECT_EQ(read_series(scratch.file("november.csv"))->rows.size(), 30U);
}

TEST(TallyCommand, draws_a_chart) {
  const test::Scratch scratch;
  const std::string series = small_series(scratch) + claims;
  for (const char* span : {" --on 2021-11-11", " --on 2021-11", " --by month", ""}) {
    ASSERT_EQ(tally(series + span + " --chart " + scratch.file("c.png")).status, 0) << span;
    EXPECT_TRUE(test::read_all(scratch.file("c.png")).starts_with("\x89PNG")) << span;
  }
  ASSERT_EQ(tally(series + " --chart " + scratch.file("c.svg")).status, 0);
  EXPECT_NE(test::read_all(scratch.file("c.svg")).find("</svg>"), std::string::npos);
  const auto nowhere = tally(series + " --chart " + scratch.file("no/such/c.svg"));
  EXPECT_EQ(nowhere.status, 1);
  EXPECT_NE(nowhere.out.find("cannot be written"), std::string::npos) << nowhere.out;
  EXPECT_EQ(tally(claims + " --chart " + scratch.file("c.png")).status, 1);
}

TEST(TallyCommand, tells_a_records_account_at_any_time) {
  const test::Scratch scratch;
  const auto entry = [](std::uint64_t number, const char* time, const char* kind, const char* body) {
    return Entry{number, *parse_time(time), kind, canonical(*parse_json(body))};
  };
  const std::vector<Entry> entries{
      entry(1, "2021-11-11T05:00:00Z", "day", R"({"text":"A day","title":"A day","notice":""})"),
      entry(2, "2021-11-11T05:10:00Z", "people",
            R"({"text":"x","boat":"I1","from":"set_out","to":"at_sea","persons":[30,40],"source":"R1"})"),
      entry(
          3, "2021-11-11T06:00:00Z", "people",
          R"({"text":"x","boat":"I1","from":"at_sea","to":"rescued","to_of":"RNLI Dover","persons":[33,33],"source":"R2"})"),
      entry(
          4, "2021-11-11T07:00:00Z", "people",
          R"({"text":"x","boat":"I1","from":"set_out","to":"at_sea","persons":[33,33],"source":"R3","revises":1,"reason":"nobody left"})"),
      entry(
          5, "2021-11-12T08:00:00Z", "claim",
          R"({"text":"x","from":"press","subject":"arrived","status":"provisional","about":"2021-11-11","persons":[33,33],"source":"R4"})")};
  std::string lines;
  for (const Entry& one : entries) lines += entry_line(one) + "\n";
  const std::string record = scratch.write("record.jsonl", lines);
  ASSERT_TRUE((*open_ledger(scratch.file("day.db")))->append(entries));
  for (const std::string& path : {record, scratch.file("day.db")}) {
    const Json early = tally_json("--record " + path + " --as-known-on 2021-11-11T06:30Z");
    EXPECT_EQ(early["account"]["people"]["set_out"], Json::array({33, 40}));
    EXPECT_EQ(early["account"]["people"]["at_sea"], Json::array({0, 7}));
    EXPECT_EQ(early["account"]["people"]["rescued"], Json::array({33, 33}));
    EXPECT_EQ(early["account"]["open"], Json::array({"I1"}));
    EXPECT_TRUE(early["claims"].empty());
    const Json late = tally_json("--record " + path);
    EXPECT_EQ(late["account"]["people"]["at_sea"], Json::array({0, 0}));
    ASSERT_EQ(late["claims"].size(), 1U);
    EXPECT_EQ(late["claims"][0]["id"], "entry 5");
  }
  const auto words = tally("--record " + record + " --as-known-on 2021-11-11T06:30Z");
  EXPECT_NE(words.out.find("33 to 40"), std::string::npos) << words.out;
  EXPECT_NE(words.out.find("RNLI Dover"), std::string::npos) << words.out;
}

TEST(TallyCommand, wrong_use_is_refused_by_name) {
  const test::Scratch scratch;
  const std::string series = small_series(scratch);
  EXPECT_EQ(tally("").status, 2);
  EXPECT_EQ(tally(series + " --on 2021 --from 2021-01-01").status, 2);
  EXPECT_EQ(tally(series + " --by fortnight").status, 2);
  const auto says = [&](const std::string& arguments, const char* words) {
    const auto ran = tally(arguments);
    EXPECT_EQ(ran.status, std::string(words).starts_with("--") ? 2 : 1) << arguments;
    EXPECT_NE(ran.out.find(words), std::string::npos) << ran.out;
  };
  says("absent.csv", "absent.csv: cannot be opened");
  says(series + "@soon", "\"soon\" is not a time");
  says(series + "@2021-01-05", "cannot have been published at");
  says(series + " --on 11.11.2021", "--on: \"11.11.2021\" is no day");
  says(series + " --from 2021-02-30", "--from: \"2021-02-30\" is no day");
  says(series + " --from 2021-02-02 --until 2021-02-01", "--until: 2021-02-01 is before 2021-02-02");
  says(series + " --as-known-on yesterday", "--as-known-on: \"yesterday\"");
  says(series + " --as-known-on 2020-01-01", "nothing was published by 2020-01-01");
  says("--claims " + scratch.write("none.jsonl", ""), "nothing is held");
  says("--record " + series, "is no record of Varne");
  says("--record " + scratch.write("r.jsonl", "{}\n"), "r.jsonl:1");
  says(series + " --on 2020-01 --csv " + scratch.file("x.csv"), "no day of these is held");
}

}  // namespace
}  // namespace varne
