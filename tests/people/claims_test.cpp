#include "varne/people/claims.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "support.h"
#include "varne/people/publications.h"

namespace varne {
namespace {

const std::string first =
    R"({"id":"a","time":"2021-11-12","from":"Home Office","subject":"arrived","about":"2021-11-11","persons":1185,"status":"provisional","source":"press"})"
    "\n";

/// What a file is refused with, from its name on; "taken" where it is not.
std::string refusal(const std::string& text) {
  const test::Scratch scratch;
  Claims claims;
  const auto done = read_claims(scratch.write("claims.jsonl", text), claims);
  if (done) return "taken";
  return done.error().text().substr(done.error().text().find("claims.jsonl"));
}

/// The first claim with one field set otherwise, or left out where the value is null.
std::string with(const char* field, const Json& value) {
  Json json = *parse_json(first);
  json.erase(field);
  if (!value.is_null()) json[field] = value;
  return json.dump() + "\n";
}

TEST(Claims, are_read_with_their_source_and_day_of_publication) {
  const test::Scratch scratch;
  Claims claims;
  ASSERT_TRUE(read_claims(scratch.write("c.jsonl", "# a remark\r\n\r\n" + first), claims));
  ASSERT_EQ(claims.all().size(), 1U);
  const Claim& claim = claims.all()[0];
  EXPECT_EQ(claim.from, "Home Office");
  EXPECT_EQ(claim.persons, (HeadCount{1185, 1185}));
  EXPECT_EQ(claim.status, ClaimStatus::provisional);
  EXPECT_EQ(claim.published, *parse_time("2021-11-12"));
  EXPECT_EQ(iso_span(*claim.about), "2021-11-11");
  EXPECT_EQ(spoken(claim), "1,185 arrived");
}

TEST(Claims, a_cumulative_figure_is_kept_as_the_year_so_far) {
  Json json = *parse_json(first);
  json["subject"] = "cumulative_arrived";
  const auto claim = claim_from(json);
  ASSERT_TRUE(claim) << claim.error().text();
  EXPECT_EQ(claim->subject, "arrived");
  EXPECT_EQ(iso_span(*claim->about), "2021-01-01/2021-11-11");
}

TEST(Claims, what_is_wrong_is_named_by_line_and_field) {
  EXPECT_EQ(refusal(with("source", nullptr)), "claims.jsonl:1: source: is missing");
  EXPECT_EQ(refusal(with("persons", nullptr)),
            "claims.jsonl:1: persons: is missing; a claim gives persons, boats or both");
  for (const Json& number : {Json(-1), Json(1.5), Json("1185"), Json::array({2, 1}), Json::array({1, 2, 3})})
    EXPECT_EQ(refusal(with("persons", number)),
              "claims.jsonl:1: persons: must be a whole number of people, 0 or more, or [at least, at most]");
  EXPECT_EQ(refusal(with("about", "yesterday")),
            "claims.jsonl:1: about: \"yesterday\" is no day, month, year or span; write 2021-11-11, 2021-11, "
            "2021 or "
            "2021-01-01/2021-11-11");
  EXPECT_EQ(refusal(with("status", "sure")),
            "claims.jsonl:1: status: \"sure\" is none of provisional, final, disputed");
  EXPECT_NE(refusal(with("status", "revised")), "taken");
  EXPECT_NE(refusal(with("subject", "crossed")).find("\"crossed\" is none of set_out, prevented"),
            std::string::npos);
  EXPECT_NE(refusal(with("name", "x")).find("name: is no field of a claim"), std::string::npos);
  EXPECT_EQ(refusal(with("kind", "call")), "claims.jsonl:1: kind: must be \"claim\", or left out");
  EXPECT_EQ(refusal(first + first), "claims.jsonl:2: id: \"a\" was given before");
  EXPECT_TRUE(refusal(first + "{").starts_with("claims.jsonl:2: "));
}

TEST(Claims, a_revision_points_to_what_it_revises) {
  const auto second = [](const Json& changes) {
    Json json = *parse_json(first);
    json.update(Json{{"id", "b"}, {"time", "2022-01-01"}, {"persons", 1250}, {"revises", "a"}});
    json.update(changes);
    return json.dump() + "\n";
  };
  EXPECT_EQ(refusal(first + second(Json::object())), "taken");
  EXPECT_EQ(refusal(second(Json::object())),
            "claims.jsonl:1: revises: no claim \"a\" stands before this one");
  EXPECT_EQ(refusal(first + second({{"about", "2021-11-10"}})),
            "claims.jsonl:2: revises: \"a\" is about something else");
  EXPECT_EQ(
      refusal(first + second({{"time", "2021-11-11"}})),
      "claims.jsonl:2: time: is before 2021-11-12T00:00:00Z, when \"a\" was published, which it revises");
  EXPECT_EQ(refusal(first + second(Json::object()) + second({{"id", "c"}})),
            "claims.jsonl:3: revises: \"a\" was revised already; revise its revision \"b\"");
}

TEST(Claims, a_sum_that_is_wrong_stays_and_is_marked) {
  Claims claims;
  const auto add = [&](const char* id, const char* subject, std::int32_t n, std::vector<std::string> sum_of) {
    return claims.add({.id = id,
                       .from = "press",
                       .subject = subject,
                       .about = *parse_span("2021-11-11"),
                       .persons = HeadCount{n, n},
                       .published = *parse_time("2021-11-12"),
                       .sum_of = std::move(sum_of)});
  };
  ASSERT_TRUE(add("p", "prevented", 99, {}));
  ASSERT_TRUE(add("a", "arrived", 1185, {}));
  EXPECT_FALSE(add("s", "set_out", 1284, {"p", "x"}));
  EXPECT_FALSE(add("s", "set_out", 1284, {"p", "p"}));
  ASSERT_TRUE(add("right", "set_out", 1284, {"p", "a"}));
  ASSERT_TRUE(add("wrong", "set_out", 1285, {"p", "a"}));
  EXPECT_FALSE(add("sums", "set_out", 2569, {"right", "wrong"}));
  Publications all;
  all.claims() = claims;
  const auto standing = all.standing(*parse_span("2021-11-11"), known_for_ever);
  ASSERT_EQ(standing.size(), 4U);
  EXPECT_EQ(standing[2].status, ClaimStatus::provisional);
  EXPECT_EQ(standing[3].status, ClaimStatus::disputed);
  EXPECT_EQ(standing[3].why, "the figures it adds give 1,284");
  EXPECT_EQ(all.range("set_out", *parse_span("2021-11-11"), known_for_ever), (HeadCount{1284, 1284}));
}

TEST(Claims, the_rooms_own_entries_are_claims) {
  const auto claim = claim_said(
      7, *parse_time("2026-08-01T00:00:01Z"),
      R"({"about":"2021-11-11","from":"Home Office","persons":[23622,23622],"source":"E0356","status":"final","subject":"cumulative_arrived","text":"Published","words":"so far"})");
  ASSERT_TRUE(claim) << claim.error().text();
  EXPECT_EQ(claim->id, "entry 7");
  EXPECT_EQ(claim->source, "report E0356");
  EXPECT_EQ(claim->subject, "arrived");
  EXPECT_EQ(iso_span(*claim->about), "2021-01-01/2021-11-11");
  EXPECT_EQ(claim->persons, (HeadCount{23622, 23622}));
  const auto vague =
      claim_said(8, {}, R"({"about":"that week","status":"final","subject":"dead","boats":2})");
  ASSERT_TRUE(vague);
  EXPECT_FALSE(vague->about);
  EXPECT_EQ(spoken(*vague), "dead: 2 boats");
  const auto in_words = claim_said(
      9, {}, R"({"about":"2021-11-24","boat":"Charlie","status":"final","subject":"time of sinking"})");
  ASSERT_TRUE(in_words);
  EXPECT_EQ(spoken(*in_words), "time of sinking (Charlie)");
  EXPECT_EQ(spoken(*claim_said(9, {}, "{}")), "something it does not name");
}

/// Claims of one day and subject, each revising one that stood or none.
RC_GTEST_PROP(Claims, none_is_ever_dropped_and_what_stands_is_within_the_range, ()) {
  Publications all;
  const DateSpan day = *parse_span("2021-11-11");
  std::vector<std::string> open;
  const int count = *rc::gen::inRange(1, 8);
  for (int i = 0; i < count; ++i) {
    const auto low = *rc::gen::inRange<std::int32_t>(0, 50);
    Claim claim{
        .id = std::to_string(i),
        .from = "somebody",
        .subject = "dead",
        .about = day,
        .persons = HeadCount{low, low + *rc::gen::inRange<std::int32_t>(0, 5)},
        .status = *rc::gen::element(ClaimStatus::provisional, ClaimStatus::final, ClaimStatus::disputed),
        .published = Time(day.first + std::chrono::days(i))};
    if (!open.empty() && *rc::gen::arbitrary<bool>()) {
      const auto at = *rc::gen::inRange<std::size_t>(0, open.size());
      claim.revises = open[at];
      open.erase(open.begin() + static_cast<std::ptrdiff_t>(at));
    }
    open.push_back(claim.id);
    RC_ASSERT(all.claims().add(claim).has_value());
  }
  const int until = *rc::gen::inRange(0, count);
  const Time known = Time(day.first + std::chrono::days(until));
  const auto standing = all.standing(day, known);
  RC_ASSERT(standing.size() == static_cast<std::size_t>(until) + 1);
  const auto range = all.range("dead", day, known);
  bool any = false;
  for (const ClaimStanding& one : standing) {
    const Claim* next = all.claims().revision(*one.claim, known);
    RC_ASSERT((one.status == ClaimStatus::revised) == (next != nullptr));
    if (next == nullptr) RC_ASSERT(one.status == one.claim->status);
    if (one.status != ClaimStatus::provisional && one.status != ClaimStatus::final) continue;
    any = true;
    RC_ASSERT(range.has_value());
    RC_ASSERT(range->low <= one.claim->persons->low);
    RC_ASSERT(range->high >= one.claim->persons->high);
  }
  RC_ASSERT(any == range.has_value());
}

}  // namespace
}  // namespace varne
