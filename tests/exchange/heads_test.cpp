/// Heads of the other centre's record: what is kept, and that a past that is written anew is found.
#include "varne/room/heads.h"

#include "exchange/two_desks.h"

namespace varne::test {
namespace {

const Json boat{{"kind", "call"}, {"boat", "Charlie"}, {"persons", {30, 34}}, {"at", {1.5, 51}}};
constexpr auto ten_minutes = Partners::between_heads;

const KeptHead* kept_by(const CentreDesk& desk, const std::string& centre) {
  return desk.room().partners().head_of(centre);
}

TEST(Heads, are_told_when_there_is_something_new_and_kept_by_the_other) {
  TwoDesks both;
  both.uk.hear(boat);
  EXPECT_EQ(kept_by(both.fr, dover), nullptr);
  ASSERT_TRUE(both.uk.tell_head());
  EXPECT_FALSE(both.uk.tell_head()) << "ten minutes have not passed";
  both.bring_all();
  ASSERT_NE(kept_by(both.fr, dover), nullptr);
  EXPECT_EQ(kept_by(both.fr, dover)->size, both.uk.room().partners().last_head().size);
  int waits = 0;
  while (!both.uk.wait(ten_minutes).empty() && ++waits < 20) {
  }
  ASSERT_TRUE(both.uk.tell_head()) << "words grew old, which is news";
  ASSERT_TRUE(both.uk.wait(ten_minutes).empty());
  EXPECT_FALSE(both.uk.tell_head()) << "there is nothing new but that a head was told";
  both.uk.hear({{"kind", "call"}, {"boat", "Charlie"}, {"taking_water", true}});
  ASSERT_TRUE(both.uk.tell_head());
  both.bring_all();
  EXPECT_EQ(kept_by(both.fr, dover)->root, both.uk.room().partners().last_head().hash);
  EXPECT_EQ(texts(both.fr.all).find("letter_refused"), std::string::npos) << texts(both.fr.all);
  // Each hears of the other's, answers with its own once, and both fall silent.
  bool told = true;
  for (int i = 0; i < 20; ++i) {
    told = false;
    for (CentreDesk* desk : {&both.uk, &both.fr}) {
      desk->wait(ten_minutes);
      told = desk->tell_head() || told;
    }
    both.bring_all();
  }
  EXPECT_FALSE(told);
  EXPECT_NE(kept_by(both.uk, gris_nez), nullptr);
}

TEST(Heads, outlive_a_desk_that_is_killed) {
  TwoDesks both;
  both.uk.hear(boat);
  both.uk.tell_head();
  both.bring_all();
  const KeptHead before = *kept_by(both.fr, dover);
  both.fr.restart();
  both.uk.restart();
  EXPECT_EQ(*kept_by(both.fr, dover), before);
  both.uk.hear({{"kind", "call"}, {"boat", "Charlie"}, {"taking_water", true}});
  both.uk.wait(ten_minutes);
  ASSERT_TRUE(both.uk.tell_head());
  both.bring_all();
  EXPECT_GT(kept_by(both.fr, dover)->size, before.size);
}

TEST(Heads, a_partner_that_writes_its_past_anew_is_found_and_the_kept_head_stays) {
  TwoDesks both;
  both.uk.hear(boat);
  both.uk.tell_head();
  both.bring_all();
  const KeptHead kept = *kept_by(both.fr, dover);
  both.uk.rewrite(2);
  for (int later = 0; later < 3; ++later) {
    both.uk.hear({{"kind", "call"}, {"boat", "Charlie"}, {"taking_water", true}});
    both.uk.wait(ten_minutes);
    ASSERT_TRUE(both.uk.tell_head());
    both.bring_all();
    EXPECT_EQ(*kept_by(both.fr, dover), kept);
  }
  const std::string said = texts(both.fr.all);
  EXPECT_NE(said.find("letter_refused: What MRCC Dover's desk says cannot be so"), std::string::npos) << said;
  EXPECT_NE(said.find("its past was written anew"), std::string::npos) << said;
  EXPECT_EQ(bodies(both.fr.all, "letter_refused").size(), 3U);
  std::size_t alarms = 0;
  for (const auto& [number, alarm] : both.fr.room().alarms().standing())
    alarms += alarm.what == AlarmWhat::partner_refused ? 1U : 0U;
  EXPECT_LE(alarms, 2U)
      << "the proof fails once, then each is not from the kept one: one alarm in each words";
  EXPECT_GE(alarms, 1U);
  EXPECT_NE(said.find("The record of MRCC Dover is not what it was"), std::string::npos) << said;
}

TEST(Heads, every_other_lie_is_refused) {
  TwoDesks both;
  both.uk.hear(boat);
  letters::Head older = both.uk.signed_now();
  both.uk.hear({{"kind", "call"}, {"boat", "Charlie"}, {"taking_water", true}});
  both.uk.tell_head();
  both.bring_all();
  const KeptHead kept = *kept_by(both.fr, dover);
  std::uint64_t number = both.fr.room().partners().heard_from(dover);
  const auto refused = [&](const letters::Head& head, const std::string& why) {
    const auto said = texts(both.fr.take({dover, ++number, both.fr.now, head}));
    EXPECT_NE(said.find("letter_refused"), std::string::npos) << said;
    EXPECT_NE(said.find(why), std::string::npos) << said;
    EXPECT_EQ(*kept_by(both.fr, dover), kept);
  };
  refused(older, "size: is less than that of the head kept here");
  older.size = kept.size;
  refused(older, "signature: does not fit the head and its key");
  older.signature = "00";
  refused(older, "signature: is not 128 digits");
  older.size = 0;
  refused(older, "size: is 0");
  CentreDesk other(dover);  // another record of the same length
  while (other.all.size() < kept.size) other.hear(boat);
  other.all.resize(kept.size);
  other.rewrite(1);
  refused(other.signed_now(), "root: is another than the one kept here");
  both.uk.hear({{"kind", "call"}, {"boat", "Charlie"}, {"at", {1.51, 51}}});
  const letters::Head unproven = both.uk.signed_now();
  refused(unproven, "earlier: is not the head kept here");
  letters::Head without = unproven;
  without.earlier = kept.size;
  refused(without, "proof: does not show");
  without.proof.assign(200, Hash{});
  refused(without, "proof: does not show");
  // What is said twice is no lie.
  letters::Head again = unproven;
  EXPECT_TRUE(follows(
      KeptHead{.size = again.size, .root = again.root, .key = {}, .signed_at = {}, .heard = {}}, again));
  again.earlier = 5;
  EXPECT_FALSE(follows(std::nullopt, again)) << "a first head goes on from nothing";
}

}  // namespace
}  // namespace varne::test
