#include "varne/record/journal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "entries.h"
#include "journal_items.h"
#include "support.h"
#include "varne/core/philox.h"
#include "varne/record/segment.h"

namespace varne {
namespace {

JournalItem at(const char* time, std::string bytes) {
  return {*parse_time(time), "ais", std::move(bytes)};
}

std::vector<std::string> files_of(const std::vector<ClosedSegment>& segments) {
  std::vector<std::string> names;
  for (const auto& segment : segments) names.push_back(segment.file);
  return names;
}

TEST(Journal, closes_a_segment_every_hour) {
  const test::Scratch scratch;
  const auto folder = scratch.file("journal");
  auto journal = *Journal::open(folder);
  const std::vector<JournalItem> items{
      at("2021-11-11T05:00:00Z", "one"), at("2021-11-11T05:59:59.999Z", "two"),
      at("2021-11-11T06:00:00Z", "three"), at("2021-11-11T05:30:00Z", "a clock went back"),
      at("2021-11-11T23:00:00Z", "four")};
  EXPECT_TRUE(journal.append(items[0])->empty());
  EXPECT_TRUE(journal.append(items[1])->empty());
  const auto first = *journal.append(items[2]);
  ASSERT_EQ(files_of(first), std::vector<std::string>{"2021-11-11T05.journal.zst"});
  EXPECT_EQ(first[0].items, 2U);
  EXPECT_EQ(first[0].hash, sha256(test::read_all(folder + "/" + first[0].file)));
  EXPECT_TRUE(journal.append(items[3])->empty());
  EXPECT_EQ(files_of(*journal.append(items[4])), std::vector<std::string>{"2021-11-11T06.journal.zst"});
  EXPECT_EQ(files_of(*journal.close()), std::vector<std::string>{"2021-11-11T23.journal.zst"});
  EXPECT_TRUE(journal.close()->empty());
  EXPECT_EQ(test::journal_of(folder), items);
}

TEST(Journal, goes_on_in_a_new_part_after_a_restart) {
  const test::Scratch scratch;
  const auto folder = scratch.file("journal");
  std::vector<JournalItem> items;
  for (int restart = 0; restart < 12; ++restart) {
    auto journal = *Journal::open(folder);
    items.push_back(at("2021-11-11T05:00:00Z", std::to_string(restart)));
    const auto closed = journal.append(items.back());
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->size(), restart == 0 ? 0U : 1U);  // what the last one left open
    ASSERT_TRUE(journal.sync());
  }
  EXPECT_TRUE(std::filesystem::exists(folder + "/2021-11-11T05.12.journal.zst"));
  EXPECT_EQ(test::journal_of(folder), items);  // part 12 after part 2, not before
}

TEST(Journal, is_read_from_any_position_on) {
  const test::Scratch scratch;
  const auto folder = scratch.file("journal");
  std::vector<JournalItem> items;
  std::vector<JournalPosition> behind{{}};
  for (int life = 0; life < 2; ++life) {
    auto journal = *Journal::open(folder);
    for (int i = 0; i < 30; ++i) {
      items.push_back({*parse_time("2021-11-11T05:00:00Z") + std::chrono::minutes(10 * i), "ais",
                       std::to_string(life * 100 + i)});
      ASSERT_TRUE(journal.append(items.back()));
      if (i % 7 == 0) ASSERT_TRUE(journal.sync());
      behind.push_back(journal.position());
    }
  }
  behind.push_back(Journal::open(folder)->position());
  items.push_back({});  // behind a whole segment stands what stands behind its last item
  for (std::size_t n = 0; n < behind.size(); ++n) {
    std::vector<JournalItem> rest;
    const auto done = read_journal(folder, behind[n], [&](const JournalItem& item) -> Done {
      rest.push_back(item);
      return {};
    });
    ASSERT_TRUE(done) << n << ": " << done.error().text();
    const auto from = std::min(n, items.size() - 1);
    ASSERT_EQ(rest,
              std::vector<JournalItem>(items.begin() + static_cast<std::ptrdiff_t>(from), items.end() - 1));
  }
  const auto nothing = [](const JournalItem&) -> Done { return {}; };
  EXPECT_FALSE(read_journal(folder, {"2021-11-11T04.journal.zst", 1}, nothing)) << "no such segment";
  EXPECT_FALSE(read_journal(folder, {"2021-11-11T05.journal.zst", 99}, nothing)) << "not so many items";
}

TEST(Journal, has_one_writer) {
  const test::Scratch scratch;
  const auto journal = Journal::open(scratch.file("journal"));
  EXPECT_NE(Journal::open(scratch.file("journal")).error().what.find("is in use by another Varne"),
            std::string::npos);
}

TEST(Journal, refuses_what_it_could_not_give_back) {
  const test::Scratch scratch;
  auto journal = *Journal::open(scratch.file("journal"));
  EXPECT_FALSE(journal.append({Time{}, "", "x"}));
  EXPECT_FALSE(journal.append({Time{}, std::string(256, 'x'), "x"}));
  EXPECT_FALSE(journal.append({Time{}, "ais", std::string((std::size_t{16} << 20) + 1, 'x')}));
  EXPECT_FALSE(Journal::open(scratch.write("file", "")));
  EXPECT_FALSE(read_journal(scratch.file("nowhere"), [](const JournalItem&) -> Done { return {}; }));
}

RC_GTEST_PROP(Journal, gives_back_every_byte_in_order, ()) {
  const test::Scratch scratch;
  const auto folder = scratch.file("journal");
  std::vector<JournalItem> items;
  auto journal = *Journal::open(folder);
  Time time = *parse_time("2021-11-11T05:00:00Z");
  for (const auto& bytes : *rc::gen::resize(25, rc::gen::arbitrary<std::vector<std::string>>())) {
    time += Duration(*rc::gen::inRange(0, 3'000'000));
    items.push_back({time, *rc::gen::element<std::string>("ais", "radar:dungeness"), bytes});
    RC_ASSERT(journal.append(items.back()).has_value());
    if (*rc::gen::inRange(0, 9) == 0) RC_ASSERT(journal.sync().has_value());
    if (*rc::gen::inRange(0, 30) == 0) {
      RC_ASSERT(journal.sync().has_value());
      journal = *Journal::open(folder + "/other");
      journal = *Journal::open(folder);
    }
  }
  RC_ASSERT(journal.close().has_value());
  RC_ASSERT(test::journal_of(folder) == items);
}

/// A folder with one segment of several frames.
std::string segment_of_frames(const test::Scratch& scratch, std::vector<JournalItem>& items) {
  auto journal = *Journal::open(scratch.file("journal"));
  for (int i = 0; i < 60; ++i) {
    items.push_back(at("2021-11-11T05:00:00Z", fmt::format("!AIVDM,{}", i * 7919)));
    EXPECT_TRUE(journal.append(items.back()));
    if (i % 10 == 9) EXPECT_TRUE(journal.sync());
  }
  return scratch.file("journal/2021-11-11T05.journal.zst");
}

TEST(Journal, a_segment_cut_off_anywhere_gives_what_is_whole) {
  const test::Scratch scratch;
  std::vector<JournalItem> items;
  const auto whole = test::read_all(segment_of_frames(scratch, items));
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    std::vector<JournalItem> read;
    const auto end = unpack_segment(whole.substr(0, size), [&](const JournalItem& item) -> Done {
      read.push_back(item);
      return {};
    });
    ASSERT_TRUE(end) << end.error().text();
    ASSERT_EQ(read.size() % 10, 0U);
    ASSERT_TRUE(std::equal(read.begin(), read.end(), items.begin()));
    ASSERT_EQ(read.size() == items.size(), size == whole.size());
    ASSERT_LE(*end, size);
  }
}

TEST(Journal, a_flipped_byte_never_gives_a_wrong_item) {
  const test::Scratch scratch;
  std::vector<JournalItem> items;
  const auto path = segment_of_frames(scratch, items);
  const auto whole = test::read_all(path);
  Random random(7, 1, 0);
  int named = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string damaged = whole;
    const std::size_t place = random.bits() % damaged.size();
    damaged[place] = static_cast<char>(damaged[place] ^ (1 + random.bits() % 255));
    std::size_t read = 0;
    const auto end = unpack_segment(damaged, [&](const JournalItem& item) -> Done {
      return read < items.size() && item == items[read++] ? Done{} : fail("", "a wrong item");
    });
    ASSERT_TRUE(end || end.error().what.find("is damaged at byte") == 0) << end.error().text();
    named += end ? 0 : 1;
  }
  // The rest makes the last frame look cut off, or is a bit that says nothing.
  EXPECT_GT(named, 15'000);
}

TEST(Journal, damage_is_named_by_segment_and_only_the_newest_may_be_cut_off) {
  const test::Scratch scratch;
  std::vector<JournalItem> items;
  const auto path = segment_of_frames(scratch, items);
  const auto folder = scratch.file("journal");
  const auto whole = test::read_all(path);
  const auto read = [&] { return read_journal(folder, [](const JournalItem&) -> Done { return {}; }); };
  std::filesystem::resize_file(path, whole.size() - 1);
  EXPECT_TRUE(read());
  scratch.write("journal/2021-11-11T06.journal.zst", whole);
  EXPECT_NE(read().error().text().find("2021-11-11T05.journal.zst: is cut off at byte"), std::string::npos);
  auto damaged = whole;
  damaged[whole.size() / 2] = static_cast<char>(damaged[whole.size() / 2] ^ 1);
  scratch.write("journal/2021-11-11T05.journal.zst", damaged);
  EXPECT_NE(read().error().text().find("2021-11-11T05.journal.zst: is damaged at byte"), std::string::npos);
}

TEST(Journal, is_checked_against_its_record) {
  const test::Scratch scratch;
  const auto folder = scratch.file("journal");
  auto ledger = *open_ledger(scratch.file("record.db"));
  ASSERT_TRUE(ledger->append(test::entries_from(1, 1)));
  {
    auto journal = *Journal::open(folder);
    for (const char* time :
         {"2021-11-11T05:00:00Z", "2021-11-11T06:00:00Z", "2021-11-11T07:00:00Z", "2021-11-11T08:00:00Z"})
      ASSERT_TRUE(label_segments(*ledger, *journal.append(at(time, "x"))));
  }
  {
    // A restart hands out again what was open; a segment that was labelled already is only confirmed.
    auto journal = *Journal::open(folder);
    const auto closed = *journal.close();
    ASSERT_EQ(closed.size(), 1U);
    ASSERT_TRUE(label_segments(*ledger, closed));
    ASSERT_TRUE(label_segments(*ledger, closed));
  }
  const auto check = [&] {
    std::string said;
    const auto verified = *verify_journal(folder, *verify_ledger(scratch.file("record.db")));
    for (const auto& problem : verified.problems) said += problem.text() + "\n";
    return said;
  };
  EXPECT_EQ(check(), "");
  const auto six = folder + "/2021-11-11T06.journal.zst";
  const auto whole = test::read_all(six);
  std::filesystem::copy_file(folder + "/2021-11-11T05.journal.zst", six,
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(check(), "2021-11-11T06.journal.zst: was changed since it was closed\n");
  std::filesystem::remove(six);
  EXPECT_EQ(check(), "2021-11-11T06.journal.zst: is missing\n");
  std::ofstream(six, std::ios::binary) << whole;
  scratch.write("journal/2021-11-11T05.2.journal.zst", "");
  EXPECT_EQ(check(), "") << "an empty one, of a version that made it before there was room";
  std::filesystem::copy_file(six, folder + "/2021-11-11T06.2.journal.zst");
  EXPECT_EQ(check(), "2021-11-11T06.2.journal.zst: is not known to the record\n");
}

/// A record copied without the log beside it is sound in itself, and empty; its journal knows better.
TEST(Journal, tells_that_its_record_has_lost_its_entries) {
  const test::Scratch scratch;
  const auto folder = scratch.file("journal");
  auto ledger = *open_ledger(scratch.file("record.db"));
  auto journal = *Journal::open(folder);
  ASSERT_TRUE(journal.append(at("2021-11-11T05:00:00Z", "x")));
  ASSERT_TRUE(journal.sync());
  ASSERT_TRUE(ledger->append(test::entries_from(1, 2)));
  const auto problems = [&](const std::string& record) {
    return (*verify_journal(folder, *verify_ledger(record))).problems;
  };
  EXPECT_TRUE(problems(scratch.file("record.db")).empty());
  std::filesystem::copy_file(scratch.file("record.db"), scratch.file("copy.db"));
  EXPECT_TRUE(verify_ledger(scratch.file("copy.db"))->problems.empty());
  ASSERT_EQ(problems(scratch.file("copy.db")).size(), 1U);
  EXPECT_NE(problems(scratch.file("copy.db"))[0].text().find("entries are missing"), std::string::npos);
}

/// Nor does it help that the copy has some of them: the journal says itself which segments were told of.
TEST(Journal, tells_that_its_record_lacks_the_entry_of_a_segment_it_was_told_of) {
  const test::Scratch scratch;
  const auto folder = scratch.file("journal");
  auto journal = *Journal::open(folder);
  const std::string hash(64, 'a');
  for (const char* time : {"2021-11-11T05:00:30Z", "2021-11-11T05:01:10Z"})
    ASSERT_TRUE(journal.append({parse_time(time).value(), "segment",
                                hash + " 2021-11-11T0" + std::string(time).substr(17, 1) + ".journal.zst"}));
  ASSERT_TRUE(journal.sync());
  Verification record;
  record.head.size = 7;
  const auto problems = [&] { return (*verify_journal(folder, record)).problems; };
  EXPECT_TRUE(problems().empty()) << "what a kill cuts off is not lost";
  ASSERT_TRUE(journal.append(at("2021-11-11T05:02:00Z", "x")));
  ASSERT_TRUE(journal.sync());
  ASSERT_EQ(problems().size(), 1U);
  EXPECT_NE(problems()[0].text().find("2021-11-11T03.journal.zst: was closed"), std::string::npos);
}

/// Or that its segments are all there and only its end is not: the clock counts entries beside the feeds.
TEST(Journal, tells_that_its_record_has_lost_its_end) {
  const test::Scratch scratch;
  const auto folder = scratch.file("journal");
  auto journal = *Journal::open(folder);
  for (const auto& [time, entries] : {std::pair{"2021-11-11T05:00:00Z", "5"}, {"2021-11-11T05:00:10Z", "9"}})
    ASSERT_TRUE(journal.append({parse_time(time).value(), "clock", entries}));
  ASSERT_TRUE(journal.append(at("2021-11-11T05:01:05Z", "x")));
  ASSERT_TRUE(journal.sync());
  Verification record;
  const auto problems = [&](std::uint64_t size) {
    record.head.size = size;
    return (*verify_journal(folder, record)).problems;
  };
  EXPECT_TRUE(problems(9).empty());
  EXPECT_TRUE(problems(5).empty()) << "what a kill cuts off in the last minute is not lost";
  ASSERT_EQ(problems(4).size(), 1U);
  EXPECT_NE(problems(4)[0].text().find("that at 2021-11-11T05:00:00Z the record had 5 entries, and it has 4"),
            std::string::npos)
      << problems(4)[0].text();
}

}  // namespace
}  // namespace varne
