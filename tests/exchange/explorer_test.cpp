#include "exchange/explorer.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>

namespace varne::test {
namespace {

bool asked_for_all() {
  const char* asked = std::getenv("VARNE_EXPLORE");
  return asked != nullptr && *asked == '1';
}

void expect_promises_kept(const Bounds& bounds) {
  const auto seen = explore(bounds);
  std::printf("%zu states, %llu steps, %llu of them a take-over: all there are with %zu words in flight\n",
              seen.states, static_cast<unsigned long long>(seen.steps),
              static_cast<unsigned long long>(seen.taken_over), bounds.in_flight);
  EXPECT_EQ(seen.wrong, "");
  EXPECT_TRUE(seen.complete);
  EXPECT_GE(seen.states, 1'000'000U);
  EXPECT_GT(seen.taken_over, 0U);
}

TEST(Explorer, one_centre_coordinates_in_every_state_that_two_desks_and_a_bad_line_can_reach) {
  expect_promises_kept({.in_flight = 4, .terms = 1});
}

TEST(Explorer, and_when_what_was_handed_over_is_handed_back) {
  expect_promises_kept({.in_flight = 2});
}

TEST(Explorer, and_with_five_words_in_flight) {
  if (!asked_for_all()) GTEST_SKIP() << "some minutes: set VARNE_EXPLORE=1";
  expect_promises_kept({.in_flight = 5, .terms = 1});
  expect_promises_kept({.in_flight = 5, .terms = 2, .offers = 1});
}

/// The broken variants: the same code under the same walk, with one thing taken away from outside.
void expect_found(const Broken& broken, const std::string& what) {
  const auto begun = std::chrono::steady_clock::now();
  const auto seen = explore({.in_flight = 4, .terms = 1}, broken);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  std::printf("found after %zu states, %.2f s:\n%s\n", seen.states, took.count(), seen.wrong.c_str());
  EXPECT_NE(seen.wrong.find(what), std::string::npos) << seen.wrong;
}

TEST(Explorer, finds_that_an_acceptance_without_its_fence_leaves_nobody) {
  // As if an answer did not say which offer it answers: it counts for whatever is open.
  expect_found({.delivered =
                    [](const Coordination& at, HandOver& said) {
                      if (said.word == HandOverWord::accept && said.term == at.term) said.offer = at.offer;
                    }},
               "neither coordinates, and nobody is bound");
}

TEST(Explorer, finds_that_who_begins_at_its_own_acceptance_coordinates_beside_the_other) {
  expect_found({.accepts = [](Coordination& at) { at.change_hands(); }}, "both coordinate");
}

TEST(Explorer, finds_that_an_acceptance_said_before_it_is_recorded_leaves_nobody) {
  expect_found({.restarts = [](Coordination& at) { at.accepted = false; }},
               "neither coordinates, and nobody is bound");
}

TEST(Explorer, finds_that_a_release_that_is_not_in_the_record_takes_the_incident_back) {
  expect_found({.restarts =
                    [](Coordination& at) {
                      if (!at.stands_by) return;
                      at = {.centre = at.centre == "A" ? "B" : "A", .term = at.term - 1};
                    }},
               "the coordinator changed, and not by an acceptance");
}

// --- a partner that lies ---------------------------------------------------------------------------------

Coordination held_by(const char* centre) {
  return {.centre = centre};
}

TEST(Coordination, a_partner_that_lies_about_who_coordinates_is_refused_and_changes_nothing) {
  const Coordination ours = held_by("A");
  const HandOver lies[] = {{HandOverWord::release, 2, 0},  {HandOverWord::release, 7, 0},
                           {HandOverWord::taken, 1, 0},    {HandOverWord::taken, 2, 0},
                           {HandOverWord::propose, 1, 1},  {HandOverWord::propose, 4, 1},
                           {HandOverWord::withdraw, 1, 1}, {HandOverWord::accept, 1, 1},
                           {HandOverWord::refuse, 1, 3},   {HandOverWord::accept, 1, 0}};
  for (const HandOver& lie : lies) {
    Coordination now = ours;
    const auto came = now.hear("A", "B", lie);
    EXPECT_FALSE(came.has_value()) << enum_name(lie.word) << lie.term;
    EXPECT_EQ(now, ours);
  }
}

TEST(Coordination, an_incident_is_not_pushed_on_who_did_not_accept_it) {
  Coordination theirs = held_by("B");
  ASSERT_EQ(theirs.hear("A", "B", {HandOverWord::propose, 1, 1}).value(), HandedOver::offered);
  const Coordination asked = theirs;
  EXPECT_FALSE(theirs.hear("A", "B", {HandOverWord::release, 2, 0}).has_value());
  EXPECT_EQ(theirs, asked);
}

TEST(Coordination, an_old_word_played_again_does_nothing) {
  Coordination giver = held_by("A"), taker = held_by("A");
  giver.propose("B");
  const HandOver proposed = *giver.statement("A");
  ASSERT_EQ(taker.hear("B", "A", proposed).value(), HandedOver::offered);
  taker.accept();
  const HandOver accepted = *taker.statement("B");
  ASSERT_EQ(giver.hear("A", "B", accepted).value(), HandedOver::released);
  const HandOver released = *giver.statement("A");
  ASSERT_EQ(taker.hear("B", "A", released).value(), HandedOver::taken_over);
  const HandOver taken = *taker.statement("B");
  ASSERT_EQ(giver.hear("A", "B", taken).value(), HandedOver::known);
  for (const HandOver& old : {proposed, released, HandOver{HandOverWord::withdraw, 1, 1}})
    EXPECT_EQ(taker.hear("B", "A", old).value(), HandedOver::nothing);
  for (const HandOver& old : {accepted, taken, HandOver{HandOverWord::refuse, 1, 1}})
    EXPECT_EQ(giver.hear("A", "B", old).value(), HandedOver::nothing);
  EXPECT_EQ(giver.centre, "B");
  EXPECT_EQ(taker.centre, "B");
  EXPECT_EQ(giver.statement("A"), std::nullopt);
}

TEST(Coordination, a_withdrawal_that_overtakes_its_proposal_stands) {
  Coordination taker = held_by("A");
  EXPECT_EQ(taker.hear("B", "A", {HandOverWord::withdraw, 1, 1}).value(), HandedOver::nothing);
  EXPECT_EQ(taker.hear("B", "A", {HandOverWord::propose, 1, 1}).value(), HandedOver::nothing);
  EXPECT_TRUE(taker.offered_to.empty());
  EXPECT_EQ(taker.hear("B", "A", {HandOverWord::propose, 1, 2}).value(), HandedOver::offered);
}

}  // namespace
}  // namespace varne::test
