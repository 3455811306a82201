/// `varne verify` as a person runs it.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "ran.h"
#include "support.h"
#include "varne/core/json.h"
#include "varne/record/journal.h"
#include "varne/record/ledger.h"

namespace varne {
namespace {

test::Ran verify(const std::string& arguments) {
  return test::ran_varne("verify " + arguments + " 2>&1");
}

Entry entry_number(std::uint64_t number) {
  return {number, time_from_millis(1'636'588'800'000), "track",
          fmt::format(R"({{"text":"Contact R{} moves on"}})", number)};
}

/// A record of ten entries with a journal, and the same record as lines.
void make(const test::Scratch& scratch) {
  auto ledger = *open_ledger(scratch.file("watch.db"));
  std::string lines;
  for (std::uint64_t n = 1; n <= 10; ++n) {
    ASSERT_TRUE(ledger->append(std::array{entry_number(n)}));
    lines += entry_line(entry_number(n)) + "\n";
  }
  scratch.write("record.jsonl", lines);
  auto journal = *Journal::open(scratch.file("journal"));
  ASSERT_TRUE(journal.append({time_from_millis(0), "ais", "!AIVDM"}));
  ASSERT_TRUE(label_segments(*ledger, *journal.close()));
}

TEST(VerifyCommand, says_that_all_is_whole_and_where_the_chain_stands) {
  const test::Scratch scratch;
  make(scratch);
  const auto db = verify(scratch.file("watch.db") + " --journal " + scratch.file("journal"));
  EXPECT_EQ(db.status, 0);
  EXPECT_NE(db.out.find("watch.db: whole, 10 entries, head "), std::string::npos) << db.out;
  EXPECT_NE(db.out.find("journal: whole, 1 segments, 1 items"), std::string::npos) << db.out;
  const auto lines = verify(scratch.file("record.jsonl"));
  EXPECT_EQ(lines.status, 0);
  const auto head = [](const std::string& said) { return said.substr(said.find("head ") + 5, 64); };
  EXPECT_EQ(head(db.out), head(lines.out));
}

TEST(VerifyCommand, says_what_nobody_has_signed_for_yet) {
  const test::Scratch scratch;
  const auto ledger =
      *open_ledger(scratch.file("watch.db"), {.keys = {}, .sign_within = std::chrono::hours(1)});
  for (std::uint64_t n = 1; n <= 3; ++n) ASSERT_TRUE(ledger->append(std::array{entry_number(n)}));
  const auto text = verify(scratch.file("watch.db"));
  EXPECT_EQ(text.status, 0);
  EXPECT_NE(text.out.find("Nobody has signed for entries after 1 yet"), std::string::npos) << text.out;
}

TEST(VerifyCommand, names_the_entry_of_a_flipped_byte) {
  const test::Scratch scratch;
  make(scratch);
  auto bytes = test::read_all(scratch.file("watch.db"));
  bytes[bytes.find("Contact R7 ") + 8] = 'S';
  scratch.write("watch.db", bytes);
  const auto text = verify(scratch.file("watch.db"));
  EXPECT_EQ(text.status, 1);
  EXPECT_NE(text.out.find("watch.db: entry 7: was changed since it was written"), std::string::npos)
      << text.out;
  EXPECT_NE(text.out.find("NOT whole"), std::string::npos);

  const auto json = parse_json(verify(scratch.file("watch.db") + " --json").out);
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["whole"], false);
  EXPECT_EQ((*json)["problems"][0]["where"], "entry 7");
}

TEST(VerifyCommand, prints_what_to_note_and_holds_the_record_against_it) {
  const test::Scratch scratch;
  make(scratch);
  const auto text = verify(scratch.file("watch.db"));
  const auto option = [&](const char* name) {
    const auto at = text.out.find(name);
    return text.out.substr(at, text.out.find('\n', at) - at);
  };
  const auto key = option("--key ");
  const auto head = option("--head 10:");
  EXPECT_EQ(verify(scratch.file("watch.db") + " " + key + " " + head).status, 0) << text.out;
  EXPECT_EQ(verify(scratch.file("record.jsonl") + " " + head).status, 0);
  EXPECT_EQ(verify(scratch.file("watch.db") + " --key " + std::string(64, '0')).status, 1);
  const auto longer = verify(scratch.file("watch.db") + " --head 11:" + std::string(64, '0'));
  EXPECT_NE(longer.out.find("entry 11: missing"), std::string::npos) << longer.out;
  EXPECT_EQ(verify(scratch.file("record.jsonl") + " --head 10:" + std::string(64, '0')).status, 1);
  EXPECT_NE(verify(scratch.file("watch.db") + " --head 10").out.find("is not ENTRIES:HASH"),
            std::string::npos);
}

TEST(VerifyCommand, speaks_json) {
  const test::Scratch scratch;
  make(scratch);
  const auto ran = verify(scratch.file("watch.db") + " --json --journal " + scratch.file("journal"));
  EXPECT_EQ(ran.status, 0);
  const auto json = parse_json(ran.out);
  ASSERT_TRUE(json) << ran.out;
  EXPECT_EQ((*json)["whole"], true);
  EXPECT_EQ((*json)["entries"], 10);
  EXPECT_EQ((*json)["journal"]["items"], 1);
  EXPECT_EQ((*json)["labels"].size(), 1U);
}

TEST(VerifyCommand, names_the_line_where_a_written_out_record_goes_wrong) {
  const test::Scratch scratch;
  make(scratch);
  const auto lines = test::read_all(scratch.file("record.jsonl"));
  const auto third = lines.find(R"({"body":{"text":"Contact R3)");
  scratch.write("record.jsonl", lines.substr(0, third) + lines.substr(lines.find('\n', third) + 1));
  const auto gap = verify(scratch.file("record.jsonl"));
  EXPECT_EQ(gap.status, 1);
  EXPECT_NE(gap.out.find("line 3: is entry 4, where entry 3 should stand"), std::string::npos) << gap.out;
  scratch.write("record.jsonl", "{}\n");
  EXPECT_NE(
      verify(scratch.file("record.jsonl")).out.find("line 1: body: is missing (entry 1 should stand here)"),
      std::string::npos);
}

TEST(VerifyCommand, refuses_what_it_cannot_check) {
  const test::Scratch scratch;
  make(scratch);
  EXPECT_EQ(verify("").status, 2);
  EXPECT_EQ(verify("--help").status, 0);
  const auto absent = verify(scratch.file("absent.db"));
  EXPECT_EQ(absent.status, 1);
  EXPECT_NE(absent.out.find("absent.db: there is no such file"), std::string::npos) << absent.out;
  EXPECT_EQ(verify(scratch.write("notes.db", std::string(9000, 'x'))).status, 1);
  EXPECT_EQ(verify(scratch.file("record.jsonl") + " --journal " + scratch.file("journal")).status, 1);
}

}  // namespace
}  // namespace varne
