/// `varne prove` and `varne rekey` as a person runs them, and the checker that others have.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>

#include "ran.h"
#include "support.h"
#include "varne/core/json.h"
#include "varne/record/ledger.h"
#include "varne/record/proof.h"

namespace varne {
namespace {

Entry entry_number(std::uint64_t number) {
  return {number, time_from_millis(1'636'588'800'000), "track",
          fmt::format(R"({{"text":"Contact R{} moves on"}})", number)};
}

std::string record_of(const test::Scratch& scratch, std::uint64_t count) {
  auto ledger = *open_ledger(scratch.file("watch.db"));
  for (std::uint64_t n = 1; n <= count; ++n) EXPECT_TRUE(ledger->append(std::array{entry_number(n)}));
  return scratch.file("watch.db");
}

test::Ran checked(const std::string& arguments) {
  return test::ran(fmt::format("python3 {}/tools/check_proof.py {} 2>&1", VARNE_ROOT, arguments));
}

TEST(ProveCommand, writes_a_proof_that_the_independent_checker_takes) {
  const test::Scratch scratch;
  const auto record = record_of(scratch, 11);
  const auto key = hex(verify_ledger(record)->keys.at(0));
  ASSERT_EQ(test::ran_varne("rekey " + record).status, 0);
  for (const int number : {1, 6, 11}) {
    const auto proof = test::ran_varne(fmt::format("prove {} --record {}", number, record));
    ASSERT_EQ(proof.status, 0);
    ASSERT_TRUE(check_proof(proof.out.substr(0, proof.out.size() - 1)));
    const auto said = checked(scratch.write("proof.json", proof.out) + " --key " + key);
    EXPECT_EQ(said.status, 0) << said.out;
    EXPECT_NE(said.out.find(fmt::format("Contact R{} moves on", number)), std::string::npos);
    EXPECT_NE(said.out.find("stands in the record of 11 entries"), std::string::npos) << said.out;
  }
}

TEST(ProveCommand, the_independent_checker_refuses_what_was_changed) {
  const test::Scratch scratch;
  const auto record = record_of(scratch, 11);
  const auto proof = *prove(record, 6);
  const auto with = [&](const std::string& from, const std::string& to) {
    auto text = proof;
    text.replace(text.find(from), from.size(), to);
    return checked(scratch.write("proof.json", text));
  };
  EXPECT_NE(with("Contact R6", "Contact R7").out.find("the path does not lead"), std::string::npos);
  EXPECT_NE(with("\"index\":5", "\"index\":4").out.find("the index is not"), std::string::npos);
  EXPECT_NE(with("\\\"size\\\":11", "\\\"size\\\":12").out.find("the head is not signed"), std::string::npos);
  EXPECT_NE(with("\"path\":[\"", "\"path\":[\"0").out.find("cannot be read"), std::string::npos);
  EXPECT_NE(with("\\\"heads\\\":0", "\\\"heads\\\":1").out.find("a key is not vouched for"),
            std::string::npos);
  const auto other = checked(scratch.write("proof.json", proof) + " --key " + std::string(64, '0'));
  EXPECT_EQ(other.status, 1);
  EXPECT_NE(other.out.find("the noted key did not sign this record"), std::string::npos) << other.out;
  EXPECT_EQ(checked(scratch.file("absent.json")).status, 1);
}

TEST(ProveCommand, shows_that_a_record_goes_on_from_where_it_stood) {
  const test::Scratch scratch;
  const auto record = record_of(scratch, 11);
  const auto first = verify_ledger(record)->head;
  const auto key = hex(verify_ledger(record)->keys.at(0));
  {
    auto ledger = *open_ledger(record);
    for (std::uint64_t n = 12; n <= 30; ++n) ASSERT_TRUE(ledger->append(std::array{entry_number(n)}));
  }
  const auto since = noted_text(first);
  const auto proof = test::ran_varne(fmt::format("prove --since {} --record {}", since, record));
  ASSERT_EQ(proof.status, 0) << proof.out;
  const auto continued = check_continuation(proof.out.substr(0, proof.out.size() - 1));
  ASSERT_TRUE(continued) << continued.error().text();
  EXPECT_EQ(continued->earlier.size, 11U);
  EXPECT_EQ(continued->head.size, 30U);
  const auto file = scratch.write("proof.json", proof.out);
  const auto said = checked(fmt::format("{} --key {} --head {}", file, key, since));
  EXPECT_EQ(said.status, 0) << said.out;
  EXPECT_NE(said.out.find("holds unchanged all that 11:"), std::string::npos) << said.out;
  EXPECT_EQ(checked(fmt::format("{} --head 11:{}", file, std::string(64, '0'))).status, 1);

  auto changed = proof.out;
  changed.replace(changed.find("\"since\":11"), 10, "\"since\":12");
  EXPECT_FALSE(check_continuation(changed));
  const auto refused = checked(scratch.write("changed.json", changed));
  EXPECT_NE(refused.out.find("does not lead from one head to the other"), std::string::npos) << refused.out;
}

TEST(ProveCommand, a_record_to_which_nothing_was_added_goes_on_from_its_own_head) {
  const test::Scratch scratch;
  const auto record = record_of(scratch, 11);
  const auto since = noted_text(verify_ledger(record)->head);
  const auto proof = test::ran_varne(fmt::format("prove --since {} --record {}", since, record));
  ASSERT_EQ(proof.status, 0) << proof.out;
  const auto said = checked(scratch.write("proof.json", proof.out) + " --head " + since);
  EXPECT_EQ(said.status, 0) << said.out;
}

TEST(ProveCommand, a_record_that_was_rewritten_does_not_go_on_from_what_was_noted) {
  const test::Scratch scratch;
  const auto record = record_of(scratch, 11);
  const auto said =
      test::ran_varne(fmt::format("prove --since 7:{} --record {} 2>&1", std::string(64, 'a'), record));
  EXPECT_EQ(said.status, 1);
  EXPECT_NE(said.out.find("the head at entry 7: is not what the record"), std::string::npos) << said.out;
  EXPECT_EQ(test::ran_varne("prove --since 7:abc --record " + record + " 2>&1").status, 2);
  EXPECT_EQ(test::ran_varne("prove --record " + record + " 2>&1").status, 2);
  EXPECT_EQ(test::ran_varne(fmt::format("prove 3 --since {} --record {} 2>&1", std::string(64, 'a'), record))
                .status,
            2);
}

TEST(ProveCommand, says_why_there_is_no_proof) {
  const test::Scratch scratch;
  const auto record = record_of(scratch, 3);
  const auto absent = test::ran_varne("prove 4 --record " + record + " 2>&1");
  EXPECT_EQ(absent.status, 1);
  EXPECT_NE(absent.out.find("entry 4: is not in the record"), std::string::npos) << absent.out;
  EXPECT_EQ(test::ran_varne("prove 1 --record " + scratch.file("none.db") + " 2>&1").status, 1);
  EXPECT_EQ(test::ran_varne("prove one --record " + record + " 2>&1").status, 2);
}

}  // namespace
}  // namespace varne
