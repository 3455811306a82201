#include "varne/people/people.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>

namespace varne {
namespace {

using enum PeopleState;

const Account beach{set_out, ""};
const Account sea{at_sea, ""};
const Account gone{missing, ""};
Account aboard(const std::string& unit) {
  return {rescued, unit};
}
Account ashore(const std::string& port) {
  return {landed, port};
}
Posting move(const std::string& boat, Account from, Account to, HeadCount persons) {
  return {*parse_time("2021-11-11T05:00:00Z"), boat, std::move(from), std::move(to), persons, "r1"};
}
HeadCount exactly(std::int32_t n) {
  return {n, n};
}

TEST(People, the_day_of_2021_11_11_closes_with_the_missing_still_open) {
  PeopleBooks books;
  ASSERT_TRUE(books.post(move("beach", beach, {prevented, "Calais"}, exactly(99))));
  for (int boat = 0; boat < 36; ++boat) {
    const std::string id = fmt::format("I{}", boat);
    const HeadCount persons = exactly(boat < 26 ? 35 : 34);
    ASSERT_TRUE(books.post(move(id, beach, sea, persons)));
    ASSERT_TRUE(books.post(move(id, sea, aboard("Border Force Valiant"), persons)));
    ASSERT_TRUE(books.post(move(id, aboard("Border Force Valiant"), ashore("Dover"), persons)));
    EXPECT_TRUE(books.accounted_for(id));
  }
  ASSERT_TRUE(books.post(move("kayaks", beach, sea, exactly(3))));
  ASSERT_TRUE(books.post(move("kayaks", sea, gone, exactly(3))));
  EXPECT_EQ(books.in(set_out), exactly(1352));
  EXPECT_EQ(books.in(prevented), exactly(99));
  EXPECT_EQ(books.in(landed), exactly(1250));
  EXPECT_EQ(books.in(missing), exactly(3));
  EXPECT_EQ(books.in(at_sea), exactly(0));
  EXPECT_FALSE(books.accounted_for());
  EXPECT_FALSE(books.accounted_for("kayaks"));
  EXPECT_EQ(books.balances(), (std::map<Account, HeadCount>{{beach, exactly(1352)},
                                                            {{prevented, "Calais"}, exactly(99)},
                                                            {ashore("Dover"), exactly(1250)},
                                                            {gone, exactly(3)}}));
}

TEST(People, a_doubt_stays_until_somebody_says_why_it_is_settled) {
  PeopleBooks books;
  ASSERT_TRUE(books.post(move("I7", beach, sea, {30, 40})));
  ASSERT_TRUE(books.post(move("I7", sea, aboard("cutter"), exactly(34))));
  EXPECT_EQ(books.in(set_out), (HeadCount{34, 40}));
  EXPECT_EQ(books.in(at_sea), (HeadCount{0, 6}));
  EXPECT_FALSE(books.accounted_for("I7"));
  ASSERT_TRUE(books.post(move("I7", aboard("cutter"), ashore("Dover"), exactly(34))));
  EXPECT_FALSE(books.accounted_for("I7"));

  const auto first = books.standing("I7", set_out, at_sea);
  ASSERT_EQ(first, 0U);
  const Time time = *parse_time("2021-11-11T07:00:00Z");
  EXPECT_FALSE(books.revise(*first, exactly(34), time, "r9", ""));
  ASSERT_TRUE(books.revise(*first, exactly(34), time, "r9", "the cutter saw the boat empty"));
  EXPECT_TRUE(books.accounted_for("I7"));
  EXPECT_EQ(books.in(set_out), exactly(34));
  EXPECT_EQ(books.standing("I7", set_out, at_sea), 3U);
  EXPECT_EQ(books.postings()[3].revises, 0U);
  EXPECT_EQ(books.postings()[0].persons, (HeadCount{30, 40}));  // what was said stays said

  EXPECT_NE(books.revise(0, exactly(35), time, "r10", "again").error().what.find("corrected already"),
            std::string::npos);
  const auto impossible = books.revise(3, exactly(20), time, "r10", "a guess");
  EXPECT_EQ(
      impossible.error().text(),
      "I7: 20 from set out to at sea does not fit what was counted since; correct the later count first");
  EXPECT_EQ(books.postings().size(), 4U);
  EXPECT_TRUE(books.accounted_for("I7"));
}

TEST(People, more_turn_up_than_were_thought_aboard) {
  PeopleBooks books;
  ASSERT_TRUE(books.post(move("I7", beach, sea, {30, 40})));
  const auto refused = books.post(move("I7", sea, aboard("cutter"), exactly(45)));
  EXPECT_EQ(
      refused.error().text(),
      "I7: at sea holds at most 40; 45 cannot be taken from it before the count of those who set out is "
      "corrected");
  ASSERT_TRUE(books.revise(0, {30, 45}, *parse_time("2021-11-11T07:00:00Z"), "r9", "the cutter counts 45"));
  ASSERT_TRUE(books.post(move("I7", sea, aboard("cutter"), exactly(45))));
  EXPECT_TRUE(books.in(at_sea) == exactly(0));
  EXPECT_EQ(books.in(set_out), exactly(45));
}

TEST(People, of_one_boat_never_pay_for_another) {
  PeopleBooks books;
  ASSERT_TRUE(books.post(move("I7", beach, sea, exactly(30))));
  EXPECT_FALSE(books.post(move("I8", sea, aboard("cutter"), exactly(1))));
  EXPECT_TRUE(books.accounted_for("I8"));
  EXPECT_EQ(books.boats(), std::vector<std::string>{"I7"});
}

TEST(People, nobody_pays_with_those_who_come_later) {
  PeopleBooks books;
  ASSERT_TRUE(books.post(move("I7", beach, sea, {0, 10})));
  ASSERT_TRUE(books.post(move("I7", sea, aboard("a"), {5, 10})));
  ASSERT_TRUE(books.post(move("I7", beach, sea, exactly(20))));
  EXPECT_EQ(books.in(at_sea), (HeadCount{20, 25}));
  EXPECT_EQ(books.in(set_out), (HeadCount{25, 30}));
}

TEST(People, wrong_use_is_refused) {
  PeopleBooks books;
  EXPECT_FALSE(books.post(move("", beach, sea, exactly(1))));
  EXPECT_FALSE(books.post(move("I7", beach, sea, {2, 1})));
  EXPECT_FALSE(books.post(move("I7", beach, sea, {-1, 1})));
  EXPECT_FALSE(books.post(move("I7", beach, sea, {0, 2'000'000'000})));
  EXPECT_FALSE(books.post(move("I7", sea, beach, exactly(0))));
  EXPECT_FALSE(books.post(move("I7", sea, sea, exactly(0))));
  EXPECT_FALSE(books.revise(0, exactly(1), {}, "r1", "because"));
  EXPECT_TRUE(books.postings().empty());
}

/// Every world there is, by trying all numbers: the oracle of the books' arithmetic.
void for_every_world(const std::vector<Posting>& postings,
                     const std::function<void(const std::map<Account, std::int32_t>&)>& see) {
  std::map<Account, std::int32_t> held;
  const std::function<void(std::size_t)> choose = [&](std::size_t next) {
    if (next == postings.size()) return see(held);
    const Posting& posting = postings[next];
    for (std::int32_t n = posting.persons.low; n <= posting.persons.high; ++n) {
      if (posting.from.state != set_out && held[posting.from] < n) break;
      held[posting.from] -= n;
      held[posting.to] += n;
      choose(next + 1);
      held[posting.from] += n;
      held[posting.to] -= n;
    }
  };
  choose(0);
}

/// 0 to n - 1, at any of RapidCheck's sizes: small worlds are the hard ones, but not empty ones.
int pick(int n) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, n));
}

HeadCount any_count() {
  const int low = pick(5);
  return {low, low + pick(4)};
}

Posting any_posting(const std::string& boat) {
  static const std::vector<Account> from{beach, sea, aboard("a"), aboard("b"), gone, ashore("Dover")};
  static const std::vector<Account> to{{prevented, ""}, sea,        aboard("a"), aboard("b"),
                                       ashore("Dover"), {dead, ""}, gone,        {handed_over, "ambulance"}};
  return move(boat, from[static_cast<std::size_t>(pick(6))], to[static_cast<std::size_t>(pick(8))],
              any_count());
}

/// Postings and corrections as they come; those that the books refuse leave no trace.
PeopleBooks any_books(const std::string& boat) {
  PeopleBooks books;
  EXPECT_TRUE(books.post(move(boat, beach, sea, {3 + pick(3), 6 + pick(4)})));
  for (int i = pick(30); i > 0 && books.postings().size() < 8; --i) {
    const auto before = books.postings().size();
    const auto taken = pick(4) == 0 ? books.revise(static_cast<std::size_t>(pick(static_cast<int>(before))),
                                                   any_count(), {}, "r", "why")
                                    : books.post(any_posting(boat));
    RC_ASSERT(books.postings().size() == before + (taken ? 1 : 0));
  }
  return books;
}

/// The postings that count, in their places.
std::vector<Posting> counting(const PeopleBooks& books) {
  std::vector<Posting> out;
  std::vector<std::size_t> place;
  for (const Posting& posting : books.postings()) {
    place.push_back(posting.revises ? place[*posting.revises] : out.size());
    if (posting.revises) {
      out[place.back()] = posting;
    } else {
      out.push_back(posting);
    }
  }
  return out;
}

RC_GTEST_PROP(People, every_figure_is_the_least_and_the_most_over_all_worlds, ()) {
  const PeopleBooks books = any_books("I7");
  std::map<Account, HeadCount> expected;
  std::map<PeopleState, HeadCount> by_state;
  int worlds = 0;
  const auto widen = [&](auto& ranges, const auto& key, std::int32_t n) {
    const auto [at, added] = ranges.try_emplace(key, exactly(n));
    if (!added) at->second = {std::min(at->second.low, n), std::max(at->second.high, n)};
  };
  for_every_world(counting(books), [&](const std::map<Account, std::int32_t>& held) {
    ++worlds;
    std::map<PeopleState, std::int32_t> sums;
    std::int32_t elsewhere = 0;
    for (const auto& [account, n] : held) {
      RC_ASSERT(n >= 0 || account == beach);
      widen(expected, account, account == beach ? -n : n);
      sums[account.state] += account == beach ? -n : n;
      if (account != beach) elsewhere += n;
    }
    RC_ASSERT(sums[set_out] == elsewhere);  // conservation, world by world
    for (const auto& [state, n] : sums) widen(by_state, state, n);
  });
  RC_ASSERT(worlds > 0);
  RC_CLASSIFY(worlds > 100, "more than 100 worlds");
  RC_CLASSIFY(books.postings().size() > 4, "more than 4 postings");
  std::erase_if(expected, [](const auto& item) { return item.second.high == 0; });
  RC_ASSERT(books.balances() == expected);
  for (const auto& [account, count] : expected) {
    RC_ASSERT(books.held(account) == count);
    RC_ASSERT(books.held(account, "I7") == count);
  }
  RC_ASSERT(books.held({landed, "no such port"}) == HeadCount{});
  RC_ASSERT(books.held(sea, "no such boat") == HeadCount{});
  for (std::size_t i = 0; i < people_states; ++i) {
    const auto state = static_cast<PeopleState>(i);
    RC_ASSERT(books.in(state) == by_state[state]);
    RC_ASSERT(books.in(state, "I7") == by_state[state]);
  }
  const auto open = by_state[at_sea].high + by_state[rescued].high + by_state[missing].high;
  RC_ASSERT(books.accounted_for() == (open == 0));
}

RC_GTEST_PROP(People, what_counts_is_found_by_boat, ()) {
  const PeopleBooks books = any_books("I7");
  std::vector<Posting> found;
  for (const std::size_t number : books.counting_of("I7")) found.push_back(books.postings()[number]);
  auto all = counting(books);
  RC_ASSERT(found.size() == all.size());
  for (std::size_t i = 0; i < all.size(); ++i) RC_ASSERT(found[i].members() == all[i].members());
  RC_ASSERT(books.counting_of("I8").empty());
}

/// The oracle: a copy of the books, corrected.
RC_GTEST_PROP(People, guesses_are_opened_as_in_a_copy_of_the_books, ()) {
  const PeopleBooks books = any_books("I7");
  std::vector<std::pair<std::size_t, std::int32_t>> open;
  PeopleBooks copy = books;
  for (const std::size_t number : books.counting_of("I7")) {
    if (pick(2) == 0) continue;
    open.emplace_back(number, books.postings()[number].persons.high + pick(3));
    RC_ASSERT(copy.revise(number, {0, open.back().second}, {}, "r", "opened").has_value());
  }
  RC_ASSERT(books.set_out_if("I7", open) == copy.in(set_out, "I7"));
}

RC_GTEST_PROP(People, boats_add_up, ()) {
  const auto first = any_books("I1").postings();
  const auto second = any_books("I2").postings();
  PeopleBooks both;
  PeopleBooks one;
  PeopleBooks two;
  for (const Posting& posting : first) {
    RC_ASSERT(both.post(posting).has_value());
    RC_ASSERT(one.post(posting).has_value());
  }
  for (Posting posting : second) {
    RC_ASSERT(two.post(posting).has_value());
    if (posting.revises) *posting.revises += first.size();
    RC_ASSERT(both.post(posting).has_value());
  }
  for (std::size_t i = 0; i < people_states; ++i) {
    const auto state = static_cast<PeopleState>(i);
    RC_ASSERT(both.in(state, "I1") == one.in(state));
    RC_ASSERT(both.in(state).high == one.in(state).high + two.in(state).high);
    RC_ASSERT(both.in(state).low == one.in(state).low + two.in(state).low);
  }
  for (const auto& [account, all] : both.balances()) {
    const HeadCount first_held = one.held(account);
    const HeadCount second_held = two.held(account);
    RC_ASSERT(both.held(account) == all);
    RC_ASSERT(all == (HeadCount{first_held.low + second_held.low, first_held.high + second_held.high}));
  }
  RC_ASSERT(both.held({PeopleState::rescued, "nobody's"}) == HeadCount{});
  RC_ASSERT(both.accounted_for() == (one.accounted_for() && two.accounted_for()));
}

}  // namespace
}  // namespace varne
