/// Answers are read back from the journal as they were given, by this version and by those to come.
#include "varne/desk/answer_bytes.h"

#include <gtest/gtest.h>

#include "varne/core/hash.h"

namespace varne {
namespace {

ForecastAnswer some_answer() {
  DriftRun run;
  run.leeway_key = "PIW-1";
  run.release = {.place = {1.3, 51},
                 .sigma_m = 300,
                 .from = time_from_millis(1636606800000),
                 .to = time_from_millis(1636606800250)};
  run.options.particles = 2;
  run.options.seed = 7;
  run.sources = {"stated wind", "tides"};
  run.snapshots = {{time_from_millis(1636606800000),
                    {{1.3, 51}, {1.31, 51.01}},
                    {ParticleState::adrift, ParticleState::adrift}},
                   {time_from_millis(1636610400000),
                    {{1.4, 51.1}, {1.41, 51.11}},
                    {ParticleState::ashore, ParticleState::left}}};
  return {"F3", sha256("inputs"), std::make_shared<const DriftRun>(std::move(run)), ""};
}

/// What format 1 looks like. Never to be changed: journals out there hold it.
const char* const format_1 =
    "46330a0100000032381523e63197c929b67f793a8098bed0ae3a6fa902634fdbcc6fa4567f3346000000000000000001"
    "05000000000000005049572d31cdccccccccccf43f00000000008049400000000000c0724080f05d0d7d0100007af15d"
    "0d7d010000020000000700000000000000005c260500000000c02709000000000080ee3600000000007b14ae47e17aa4"
    "3f00000000000000000000000000000000000000000000000000000000000000000000010002000000000000000b0000"
    "00000000007374617465642077696e6405000000000000007469646573020000000000000080f05d0d7d010000020000"
    "0000000000cdccccccccccf43f0000000000804940f6285c8fc2f5f43fe17a14ae478149400200000000000000000000"
    "00000000000000000000000000000000df940d7d0100000200000000000000666666666666f63fcdcccccccc8c49408f"
    "c2f5285c8ff63fae47e17a148e4940020000000000000001020000000000000000000000000000000000000000000000"
    "000000000000000000000000000000000000000000000000000000000000";

void expect_same(const ForecastAnswer& read, const ForecastAnswer& given) {
  EXPECT_EQ(read.request, given.request);
  EXPECT_EQ(read.inputs, given.inputs);
  EXPECT_EQ(read.refusal, given.refusal);
  ASSERT_EQ(read.run != nullptr, given.run != nullptr);
  if (!read.run) return;
  EXPECT_EQ(read.run->leeway_key, given.run->leeway_key);
  EXPECT_EQ(read.run->release.place, given.run->release.place);
  EXPECT_EQ(read.run->release.to, given.run->release.to);
  EXPECT_EQ(read.run->options.seed, given.run->options.seed);
  EXPECT_EQ(read.run->sources, given.run->sources);
  ASSERT_EQ(read.run->snapshots.size(), given.run->snapshots.size());
  for (std::size_t i = 0; i < read.run->snapshots.size(); ++i) {
    EXPECT_EQ(read.run->snapshots[i].time, given.run->snapshots[i].time);
    EXPECT_EQ(read.run->snapshots[i].places, given.run->snapshots[i].places);
    EXPECT_EQ(read.run->snapshots[i].states, given.run->snapshots[i].states);
  }
}

TEST(AnswerBytes, give_the_answer_back_bit_for_bit) {
  const auto read = answer_from(answer_bytes(some_answer()));
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_TRUE(read->known);
  expect_same(read->answer, some_answer());
  ForecastAnswer refusal{"F4", sha256("inputs"), nullptr, "the sea is not known there"};
  const auto refused = answer_from(answer_bytes(refusal));
  ASSERT_TRUE(refused);
  expect_same(refused->answer, refusal);
}

TEST(AnswerBytes, of_format_1_stay_readable) {
  const auto bytes = from_hex(format_1);
  ASSERT_TRUE(bytes);
  const auto read = answer_from(*bytes);
  ASSERT_TRUE(read) << read.error().text();
  expect_same(read->answer, some_answer());
  EXPECT_EQ(read->answer.run->options.particles, 2U);
  EXPECT_EQ(read->answer.run->departures.size(), 0U);
  EXPECT_EQ(answer_bytes(some_answer())[3], 2) << "what is written is of another format, with its own number";
}

TEST(AnswerBytes, of_a_journal_that_holds_only_names_are_not_known) {
  const auto read = answer_from("F3");
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->known);
  EXPECT_EQ(read->answer.request, "F3");
}

TEST(AnswerBytes, cut_anywhere_or_of_a_format_to_come_are_refused_in_words) {
  const auto whole = answer_bytes(some_answer());
  for (std::size_t size = std::string("F3\n").size(); size < whole.size(); ++size)
    ASSERT_FALSE(answer_from(whole.substr(0, size))) << size;
  EXPECT_FALSE(answer_from(whole + "x"));
  auto later = whole;
  later[3] = 3;
  const auto read = answer_from(later);
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().text().find("format 3"), std::string::npos) << read.error().text();
}

}  // namespace
}  // namespace varne
