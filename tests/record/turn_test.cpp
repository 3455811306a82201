/// Whose turn it is to write a record in a database, and the journal that lies beside it there.

#include <gtest/gtest.h>

#include "entries.h"
#include "journal_items.h"
#include "record/place.h"
#include "varne/record/checkpoint.h"
#include "varne/record/journal.h"
#include "varne/record/store.h"

namespace varne {
namespace {

using namespace std::chrono_literals;

class Turn : public test::OnPostgres {
 protected:
  [[nodiscard]] std::unique_ptr<Ledger> open() const {
    auto ledger = open_ledger(url_, options_);
    EXPECT_TRUE(ledger) << ledger.error().text();
    return ledger ? std::move(*ledger) : nullptr;
  }
  [[nodiscard]] static JournalItem item(int minute, const std::string& bytes) {
    return {*parse_time("2021-11-24T02:00:00Z") + std::chrono::minutes(minute), "nmea", bytes};
  }
  test::Scratch scratch_;
  LedgerOptions options_{.keys = scratch_.file("keys")};
};

TEST_F(Turn, is_free_when_its_writer_is_gone_or_silent_and_an_earlier_one_writes_nothing_more) {
  auto first = open();
  ASSERT_TRUE(first->append(test::entries_from(1, 3)));
  EXPECT_FALSE(turn_is_free(url_, 1h).value());
  EXPECT_FALSE(first->taken_over());
  std::this_thread::sleep_for(20ms);
  ASSERT_TRUE(first->alive());
  EXPECT_FALSE(turn_is_free(url_, 10s).value()) << "it has just shown life";
  std::this_thread::sleep_for(20ms);
  ASSERT_TRUE(turn_is_free(url_, 10ms).value()) << "silent for longer than that";

  auto second = open();
  ASSERT_TRUE(second->append(test::entries_from(4, 1)));
  for (int i = 0; i < 2; ++i) {
    const auto refused = first->append(test::entries_from(4, 2));
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().what.find("another desk has taken over"), std::string::npos)
        << refused.error().text();
    EXPECT_TRUE(first->taken_over());
    EXPECT_FALSE(first->alive());
    EXPECT_FALSE(first->label("day", "another")) << "nor a label";
    EXPECT_FALSE(first->journal()->add({"2021-11-24T02", 1}, 0, "x")) << "nor a journal";
  }
  ASSERT_TRUE(second->append(test::entries_from(5, 1)));
  first.reset();
  second.reset();
  EXPECT_TRUE(turn_is_free(url_, 1h).value());
  const auto verified = verify_ledger(url_);
  ASSERT_TRUE(verified);
  EXPECT_TRUE(verified->problems.empty());
  EXPECT_EQ(verified->head.size, 5U);
}

/// A connection that broke is made again by the same writer where nobody was quicker.
TEST_F(Turn, stays_with_a_writer_that_was_cut_off_where_nobody_took_it) {
  auto ledger = open();
  ASSERT_TRUE(ledger->append(test::entries_from(1, 2)));
  std::this_thread::sleep_for(20ms);
  ASSERT_TRUE(turn_is_free(url_, 1ms).value());
  EXPECT_FALSE(ledger->append(test::entries_from(3, 1)));
  ASSERT_TRUE(ledger->append(test::entries_from(3, 1)));
  EXPECT_FALSE(ledger->taken_over());
}

TEST_F(Turn, a_journal_lies_beside_the_record_and_is_followed_as_it_grows) {
  auto ledger = open();
  std::vector<JournalItem> items;
  JournalReader follower(url_);
  std::vector<JournalItem> followed;
  const auto read_on = [&] {
    const auto done = follower.read_on([&](const JournalItem& one) -> Done {
      followed.push_back(one);
      return {};
    });
    ASSERT_TRUE(done) << done.error().text();
  };
  for (int life = 0; life < 12; ++life) {
    auto journal = Journal::open(*ledger->journal());
    ASSERT_TRUE(journal) << journal.error().text();
    for (int i = 0; i < 9; ++i) {
      items.push_back(
          item(life * 20 + i * 10, fmt::format("{} {}", life, std::string(1, static_cast<char>(i)))));
      const auto closed = journal->append(items.back());
      ASSERT_TRUE(closed);
      ASSERT_TRUE(label_segments(*ledger, *closed));
      if (i % 2 == 1) {
        ASSERT_TRUE(journal->sync());
        read_on();
        ASSERT_EQ(followed, items) << life << " " << i;
      }
    }
    const auto closed = journal->close();
    ASSERT_TRUE(closed);
    ASSERT_TRUE(label_segments(*ledger, *closed));
  }
  read_on();
  EXPECT_EQ(followed, items);
  EXPECT_EQ(test::journal_of(url_), items) << "part 12 behind part 2";
  std::vector<JournalItem> rest;
  ASSERT_TRUE(read_journal(url_, follower.position(), [&](const JournalItem& one) -> Done {
    rest.push_back(one);
    return {};
  }));
  EXPECT_TRUE(rest.empty());
  ledger.reset();
  const auto verified = verify_journal(url_, *verify_ledger(url_));
  ASSERT_TRUE(verified) << verified.error().text();
  EXPECT_EQ(verified->items, items.size());
  // The record has labels of all segments, and no entries: that alone is to be said.
  for (const auto& problem : verified->problems) EXPECT_EQ(problem.where, "") << problem.text();
}

TEST_F(Turn, a_frame_whose_commit_went_unanswered_is_taken_once) {
  auto ledger = open();
  auto& writer = *ledger->journal();
  ASSERT_TRUE(writer.add({"2021-11-24T02", 1}, 0, "frame"));
  ASSERT_TRUE(writer.add({"2021-11-24T02", 1}, 0, "frame"));
  EXPECT_EQ(writer.place().read({"2021-11-24T02", 1}).value(), "frame");
}

TEST_F(Turn, checkpoints_lie_beside_them_the_newest_three) {
  auto ledger = open();
  for (std::uint64_t n = 1; n <= 5; ++n) {
    Checkpoint one;
    one.base.program = this_program();
    one.base.entries = n;
    one.state = "a state";
    ASSERT_TRUE(write_checkpoint(url_, one));
  }
  const auto place = journal_place(url_);
  EXPECT_EQ(place->checkpoints(), (std::vector<std::uint64_t>{5, 4, 3}));
  EXPECT_EQ(read_checkpoint(*place, 5)->base.entries, 5U);
  EXPECT_EQ(read_checkpoint(*place, 5)->state, "a state");
  EXPECT_FALSE(read_checkpoint(*place, 1));
}

}  // namespace
}  // namespace varne
