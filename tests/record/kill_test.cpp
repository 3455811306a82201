/// Nothing acknowledged is lost, whenever the process dies.

#include <gtest/gtest.h>

#include "crash.h"
#include "entries.h"
#include "place.h"
#include "varne/core/philox.h"
#include "varne/record/journal.h"
#include "varne/record/ledger.h"

namespace varne {
namespace {

/// Kills on each store; VARNE_KILLS=1000 for the whole thousand.
int kills() {
  const char* asked = std::getenv("VARNE_KILLS");
  return asked == nullptr ? 100 : std::atoi(asked);
}
constexpr int journal_rounds = 25;

/// Appends batches of one to nine entries as fast as they go, several waiting at a time.
void append_for_ever(const test::Place& place, const std::function<void(std::uint64_t)>& acknowledge) {
  const auto ledger = open_ledger(place.where, place.options);
  if (!ledger) return;
  GroupCommit group(**ledger);
  std::uint64_t next = (*ledger)->head().size + 1;
  for (;;) {
    for (int i = 0; i < 20; ++i) {
      const std::uint64_t count = 1 + next * 7 % 9;
      const std::uint64_t last = next + count - 1;
      group.append(test::entries_from(next, count, next % 50 == 0 ? 5000 : 20),
                   [&acknowledge, last](Done done) {
                     if (done) acknowledge(last);
                   });
      next = last + 1;
    }
    if (!group.flush()) return;
  }
}

class EachKill : public test::InEachStore {};
VARNE_IN_EACH_STORE(EachKill);

void expect_kept(const test::Place& place, std::uint64_t acknowledged) {
  const auto verified = verify_ledger(place.where);
  ASSERT_TRUE(verified) << verified.error().text();
  ASSERT_TRUE(verified->problems.empty()) << verified->problems[0].text();
  ASSERT_GE(verified->head.size, acknowledged);

  const auto ledger = open_ledger(place.where, place.options);
  ASSERT_TRUE(ledger) << ledger.error().text();
  ASSERT_GE((*ledger)->head().size, verified->head.size);
  const auto from = acknowledged > 50 ? acknowledged - 50 : 1;
  const auto last_ones = *(*ledger)->read(from, 1'000'000);
  for (const Entry& entry : last_ones) {
    ASSERT_EQ(entry.time, test::entry_number(entry.number).time);
    ASSERT_NE(entry.body.find(fmt::format("Contact R{} moves on", entry.number)), std::string::npos);
  }
  ASSERT_TRUE((*ledger)->append(test::entries_from((*ledger)->head().size + 1, 1)));
}

TEST_P(EachKill, the_ledger_keeps_every_acknowledged_entry_and_no_half_one) {
  Random random(25, 1, 0);
  auto here = place();
  for (int round = 0; round < kills(); ++round) {
    if (round % 20 == 19) here = place(fmt::format("record{}", round));  // a long one takes long to verify
    const auto acknowledged = test::last_said_before_kill(
        random.bits() % 20'000, [&](const auto& say) { append_for_ever(here, say); });
    ASSERT_GT(acknowledged, 0U);
    expect_kept(here, acknowledged);
    if (HasFatalFailure()) return;
  }
}

JournalItem item_number(std::uint64_t number) {
  // An hour goes by every 400 items.
  return {time_from_millis(1'636'588'800'000 + static_cast<std::int64_t>(number) * 9000), "ais",
          fmt::format("!AIVDM,{}", number)};
}

TEST(Kill, the_journal_keeps_every_synced_item) {
  const test::Scratch scratch;
  const auto folder = scratch.file("journal");
  Random random(25, 2, 0);
  std::uint64_t next = 1;
  for (int round = 0; round < journal_rounds; ++round) {
    const auto synced = test::last_said_before_kill(random.bits() % 10'000, [&](const auto& say) {
      auto journal = Journal::open(folder);
      if (!journal) return;
      for (std::uint64_t number = next;; ++number) {
        if (!journal->append(item_number(number))) return;
        if (number % 13 != 0) continue;
        if (!journal->sync()) return;
        say(number);
      }
    });
    std::uint64_t read = 0;
    const auto whole = read_journal(folder, [&](const JournalItem& item) -> Done {
      ++read;
      return item == item_number(read) ? Done{} : fail(item.bytes, "is another item");
    });
    ASSERT_TRUE(whole) << whole.error().text();
    ASSERT_GE(read, synced);
    next = read + 1;
  }
}

}  // namespace
}  // namespace varne
