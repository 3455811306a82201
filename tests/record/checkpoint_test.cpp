/// A checkpoint is read back as it was written, or refused in words.
#include "varne/record/checkpoint.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "support.h"
#include "varne/core/fields_json.h"
#include "varne/core/philox.h"

namespace varne {
namespace {

Checkpoint some_checkpoint(std::uint64_t entries = 42) {
  return {{.program = this_program(),
           .world = sha256("a world"),
           .segment = "2021-11-11T05.journal.zst",
           .items = 17,
           .entries = entries,
           .root = sha256("a root"),
           .time = parse_time("2021-11-11T05:00:00.250Z").value()},
          std::string("a state\0with any bytes", 22) + std::string(5000, 'x')};
}

TEST(Checkpoint, is_read_back_as_it_was_written) {
  const test::Scratch scratch;
  const auto folder = scratch.file("");
  ASSERT_TRUE(write_checkpoint(folder, some_checkpoint()));
  const auto place = journal_folder(folder);
  ASSERT_EQ(place->checkpoints(), std::vector<std::uint64_t>{1});
  const auto read = read_checkpoint(*place, 1);
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->state, some_checkpoint().state);
  EXPECT_EQ(canonical_of(read->base), canonical_of(some_checkpoint().base));
  EXPECT_EQ(read->base.items, 17U);
}

TEST(Checkpoint, the_newest_three_are_kept_the_newest_first) {
  const test::Scratch scratch;
  const auto folder = scratch.file("");
  const auto place = journal_folder(folder);
  for (std::uint64_t n = 1; n <= 12; ++n) {
    ASSERT_TRUE(write_checkpoint(folder, some_checkpoint(n)));
    const auto there = place->checkpoints();
    ASSERT_EQ(there.size(), std::min<std::uint64_t>(n, checkpoints_kept));
    EXPECT_EQ(read_checkpoint(*place, there.front())->base.entries, n);
  }
  EXPECT_EQ(read_checkpoint(*place, place->checkpoints().back())->base.entries, 10U);
}

TEST(Checkpoint, cut_off_anywhere_or_changed_in_any_byte_is_refused) {
  const test::Scratch scratch;
  const auto folder = scratch.file("");
  ASSERT_TRUE(write_checkpoint(folder, some_checkpoint()));
  const auto place = journal_folder(folder);
  const auto whole = test::read_all(scratch.file("000001.checkpoint"));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    scratch.write("000001.checkpoint", whole.substr(0, size));
    const auto read = read_checkpoint(*place, 1);
    ASSERT_FALSE(read) << size;
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    scratch.write("000001.checkpoint", changed);
    const auto read = read_checkpoint(*place, 1);
    ASSERT_FALSE(read) << at;
    ASSERT_FALSE(read.error().what.empty());
  }
}

TEST(Checkpoint, by_another_program_is_refused_by_its_name) {
  const test::Scratch scratch;
  const auto folder = scratch.file("");
  auto other = some_checkpoint();
  other.base.program = "0.0.9 abc";
  ASSERT_TRUE(write_checkpoint(folder, other));
  const auto read = read_checkpoint(*journal_folder(folder), 1);
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().what.find("0.0.9 abc"), std::string::npos) << read.error().text();
  EXPECT_GT(this_program().size(), 20U) << "version and build";
}

TEST(Checkpoint, half_written_is_none_and_a_folder_without_any_has_none) {
  const test::Scratch scratch;
  scratch.write("000007.checkpoint.part", "varne checkpoint 1 ");
  scratch.write("2021-11-11T05.journal.zst", "");
  EXPECT_TRUE(journal_folder(scratch.file(""))->checkpoints().empty());
  EXPECT_TRUE(journal_folder(scratch.file("nowhere"))->checkpoints().empty());
  EXPECT_FALSE(write_checkpoint(scratch.file("nowhere"), some_checkpoint()));
}

}  // namespace
}  // namespace varne
