#include "varne/report/account.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

namespace varne {
namespace {

/// A posting as the room writes it.
Entry entry_of(const Posting& posting, std::uint64_t number) {
  Json body{{"boat", posting.boat},
            {"from", name_of(posting.from.state)},
            {"to", name_of(posting.to.state)},
            {"persons", {posting.persons.low, posting.persons.high}},
            {"source", posting.source},
            {"text", "people move"}};
  if (!posting.from.of.empty()) body["from_of"] = posting.from.of;
  if (!posting.to.of.empty()) body["to_of"] = posting.to.of;
  if (posting.revises) {
    body["revises"] = *posting.revises + 1;
    body["reason"] = posting.reason;
  }
  return {number, posting.time, "people", canonical(body)};
}

std::string refusal(const char* body) {
  RecordAccount account;
  const auto done = account.take({7, {}, "people", body});
  return done ? "taken" : done.error().text();
}

TEST(RecordAccount, what_the_room_cannot_have_written_is_refused_by_entry_and_field) {
  EXPECT_EQ(refusal("[]"), "entry 7: must be an object");
  EXPECT_EQ(refusal(R"({"boat":"I1","from":"beach","to":"at_sea","persons":[1,1]})"),
            "entry 7: from: is no state of the people's books");
  for (const char* persons : {"1", "[1]", "[-1,1]", "[1.5,2]", "[1,4294967297]", "[\"1\",\"1\"]"})
    EXPECT_EQ(
        refusal(
            fmt::format(R"({{"boat":"I1","from":"set_out","to":"at_sea","persons":{}}})", persons).c_str()),
        "entry 7: persons: must be [at least, at most]");
  EXPECT_EQ(refusal(R"({"boat":"I1","from":"set_out","to":"at_sea","persons":[1,1],"revises":0})"),
            "entry 7: revises: must be the number of a posting");
  EXPECT_EQ(
      refusal(R"({"boat":"I1","from":"set_out","to":"at_sea","persons":[1,1],"revises":3,"reason":"x"})"),
      "entry 7: revises: there is no posting 2");
  EXPECT_EQ(
      refusal(R"({"boat":"I1","from":"at_sea","to":"missing","persons":[1,1]})"),
      "entry 7: I1: at sea holds at most 0; 1 cannot be taken from it before the count of those who set "
      "out is corrected");
}

TEST(RecordAccount, a_boat_of_which_nobody_has_said_how_many_are_aboard_is_open) {
  RecordAccount account;
  const auto take = [&](std::uint64_t number, const char* kind, const char* body) {
    const auto done = account.take({number, {}, kind, body});
    EXPECT_TRUE(done) << done.error().text();
  };
  take(1, "incident", R"({"incident":"I1","boat":"Charlie","open":true})");
  take(2, "incident", R"({"incident":"I2","open":true})");
  EXPECT_EQ(account.open(), (std::vector<std::string>{"I1 (Charlie)", "I2"}));
  EXPECT_EQ(account.uncounted(), account.open());
  take(3, "people", R"({"boat":"I1","from":"set_out","to":"at_sea","persons":[33,33]})");
  take(4, "incident", R"({"incident":"I2","open":true,"same_as":"I1"})");
  EXPECT_EQ(account.open(), std::vector<std::string>{"I1 (Charlie)"});
  EXPECT_TRUE(account.uncounted().empty());
  take(5, "people", R"({"boat":"I1","from":"at_sea","to":"landed","to_of":"Dover","persons":[33,33]})");
  EXPECT_TRUE(account.open().empty());
}

/// Any books, entry by entry, are at each moment the same books.
RC_GTEST_PROP(RecordAccount, the_books_made_again_from_their_entries_are_the_same, ()) {
  using enum PeopleState;
  PeopleBooks books;
  const auto pick = [](int n) { return *rc::gen::resize(100, rc::gen::inRange(0, n)); };
  const Account accounts[] = {{set_out, ""}, {at_sea, ""}, {rescued, "a"},    {landed, "p"},
                              {missing, ""}, {dead, ""},   {handed_over, "q"}};
  RecordAccount account;
  std::uint64_t number = 0;
  for (int left = 12; left > 0; --left) {
    const int low = pick(5);
    const HeadCount persons{low, low + pick(5)};
    const std::string boat = pick(2) == 0 ? "I1" : "I2";
    const auto made = books.postings().size();
    if (made > 0 && pick(4) == 0) {
      static_cast<void>(
          books.revise(static_cast<std::size_t>(pick(static_cast<int>(made))), persons, {}, "r", "why"));
    } else {
      static_cast<void>(books.post({{}, boat, accounts[pick(7)], accounts[1 + pick(6)], persons, "r"}));
    }
    if (books.postings().size() == made) continue;
    RC_ASSERT(account.take(entry_of(books.postings().back(), ++number)).has_value());
    RC_ASSERT(account.books().balances() == books.balances());
    RC_ASSERT(account.books().accounted_for() == books.accounted_for());
  }
  RC_ASSERT(account.entries() == number);
}

}  // namespace
}  // namespace varne
