/// A full disk: refused plainly, nothing lost, and on it goes once there is room.

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <array>
#include <filesystem>

#include "entries.h"
#include "place.h"
#include "small_disk.h"
#include "varne/record/journal.h"
#include "varne/record/ledger.h"

namespace varne {
namespace {

void expect_sound(const std::string& path, std::uint64_t size) {
  const auto verified = verify_ledger(path);
  ASSERT_TRUE(verified) << verified.error().text();
  EXPECT_TRUE(verified->problems.empty()) << verified->problems[0].text();
  EXPECT_EQ(verified->head.size, size);
}

/// Appends until it is refused; gives how many were taken.
std::uint64_t append_until_refused(Ledger& ledger) {
  for (;;) {
    const auto before = ledger.head();
    const auto done = ledger.append(test::entries_from(before.size + 1, 20, 200));
    if (done) continue;
    EXPECT_NE(done.error().what.find("the disk is full"), std::string::npos) << done.error().text();
    EXPECT_EQ(ledger.head().size, before.size);
    EXPECT_EQ(ledger.head().hash, before.hash);
    return before.size;
  }
}

TEST(FullDisk, the_ledger_refuses_and_goes_on_when_there_is_room) {
  const test::Scratch scratch;
  const auto path = scratch.file("record.db");
  const auto ledger = *open_ledger(path);
  ASSERT_TRUE(ledger->append(test::entries_from(1, 20, 200)));
  std::uint64_t taken = 0;
  {
    const test::SmallFiles limit(200'000);
    taken = append_until_refused(*ledger);
    EXPECT_EQ(append_until_refused(*ledger), taken);
    EXPECT_EQ(*ledger->read(taken, 5), test::entries_from(taken, 1, 200));  // reading goes on
  }
  EXPECT_GT(taken, 20U);
  expect_sound(path, taken);
  ASSERT_TRUE(ledger->append(test::entries_from(taken + 1, 20, 200)));
  expect_sound(path, taken + 20);
}

TEST(FullDisk, the_ledger_on_a_disk_of_its_own) {
  const test::SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "a small disk can be mounted only by root";
  const auto path = disk.file("record.db");
  std::uint64_t taken = 0;
  {
    const auto ledger = *open_ledger(path);
    ASSERT_TRUE(ledger->append(test::entries_from(1, 20, 200)));
    disk.fill();
    taken = append_until_refused(*ledger);
    disk.empty();
    ASSERT_TRUE(ledger->append(test::entries_from(taken + 1, 20, 200)));
    taken += 20;
    disk.fill();
    taken = append_until_refused(*ledger);
  }
  expect_sound(path, taken);
  disk.empty();
  const auto ledger = open_ledger(path);
  ASSERT_TRUE(ledger) << ledger.error().text();
  EXPECT_EQ((*ledger)->head().size, taken);
  EXPECT_TRUE((*ledger)->append(test::entries_from(taken + 1, 20, 200)));
}

TEST(FullDisk, the_ledger_in_a_database_on_a_disk_of_its_own) {
  const test::SmallDisk disk("size=24m");
  if (!disk.mounted()) GTEST_SKIP() << "a small disk can be mounted only by root";
  test::PrivatePostgres server;  // not the shared one, which would go on looking for the disk
  if (!server.runs()) GTEST_SKIP() << "NOT TESTED: PostgreSQL is not installed (apt install postgresql-15)";
  const test::Scratch scratch;
  const test::Place here{server.fresh(disk.file("")), {.keys = scratch.file("keys")}};
  const auto ledger = here.open();
  ASSERT_TRUE(ledger->append(test::entries_from(1, 20, 200)));
  disk.fill();
  const auto taken = append_until_refused(*ledger);
  EXPECT_EQ(append_until_refused(*ledger), taken);
  EXPECT_EQ(*ledger->read(taken, 5), test::entries_from(taken, 1, 200));  // reading goes on
  expect_sound(here.where, taken);
  disk.empty();
  ASSERT_TRUE(ledger->append(test::entries_from(taken + 1, 20, 200)));
  expect_sound(here.where, taken + 20);
}

TEST(FullDisk, a_new_ledger_says_so) {
  const test::SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "a small disk can be mounted only by root";
  disk.fill();
  const auto ledger = open_ledger(disk.file("record.db"));
  ASSERT_FALSE(ledger);
  EXPECT_NE(ledger.error().what.find("the disk is full"), std::string::npos) << ledger.error().text();
  disk.empty();
  const auto again = open_ledger(disk.file("record.db"));
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_TRUE((*again)->append(test::entries_from(1, 5)));
}

JournalItem noisy_item(std::uint64_t number) {
  const Hash noise = sha256(std::to_string(number));  // does not pack well
  return {time_from_millis(1'636'588'800'000 + static_cast<std::int64_t>(number)), "ais", hex(noise)};
}

TEST(FullDisk, the_journal_keeps_what_waits_until_there_is_room) {
  const test::Scratch scratch;
  const auto folder = scratch.file("journal");
  std::uint64_t number = 0;
  const auto append_hundred = [&](Journal& journal) {
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(journal.append(noisy_item(++number)));
  };
  auto journal = *Journal::open(folder);
  {
    const test::SmallFiles limit(50'000);
    for (;;) {
      append_hundred(journal);
      const auto done = journal.sync();
      if (done) continue;
      EXPECT_NE(done.error().what.find("the disk is full"), std::string::npos) << done.error().text();
      break;
    }
    EXPECT_FALSE(journal.sync());
    append_hundred(journal);
  }
  ASSERT_TRUE(journal.sync());
  append_hundred(journal);
  ASSERT_EQ(journal.close()->size(), 1U);
  std::uint64_t read = 0;
  ASSERT_TRUE(read_journal(folder, [&](const JournalItem& item) -> Done {
    ++read;
    return item == noisy_item(read) ? Done{} : fail("", "is another item");
  }));
  EXPECT_EQ(read, number);
}

TEST(FullDisk, the_journal_leaves_no_empty_segment_behind) {
  const test::Scratch scratch;
  const auto folder = scratch.file("journal");
  const auto files = [&] {
    int n = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder))
      n += file.path().extension() == ".zst" ? 1 : 0;
    return n;
  };
  {
    const test::SmallFiles limit(10);
    auto journal = *Journal::open(folder);
    ASSERT_TRUE(journal.append(noisy_item(1)));
    EXPECT_FALSE(journal.sync());
    EXPECT_FALSE(journal.sync());
    EXPECT_EQ(files(), 0);
  }
  {
    auto journal = *Journal::open(folder);
    const test::SmallFiles limit(10);
    ASSERT_TRUE(journal.append(noisy_item(1)));
    EXPECT_FALSE(journal.sync());
    setrlimit(RLIMIT_FSIZE, std::array{rlimit{RLIM_INFINITY, RLIM_INFINITY}}.data());
    ASSERT_TRUE(journal.append(noisy_item(2)));
    ASSERT_TRUE(journal.sync()) << "there is room again";
    EXPECT_EQ(files(), 1);
  }
  // Killed between the making of a segment and its first frame: it held nothing, and goes.
  scratch.write("journal/2021-11-11T23.journal.zst", "");
  {
    auto journal = *Journal::open(folder);
    EXPECT_EQ(files(), 1);
    ASSERT_TRUE(journal.append(noisy_item(3)));
    ASSERT_TRUE(journal.sync());
  }
  std::uint64_t read = 0;
  ASSERT_TRUE(read_journal(folder, [&](const JournalItem& item) -> Done {
    ++read;
    return item == noisy_item(read) ? Done{} : fail("", "is another item");
  }));
  EXPECT_EQ(read, 3U);
}

}  // namespace
}  // namespace varne
