/// The small values that observations are made of.
#include "varne/core/shared_text.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "varne/core/maybe.h"

namespace varne {
namespace {

TEST(SharedText, copies_share_one_text_that_outlives_the_first) {
  SharedText copy;
  {
    const SharedText first(std::string(100, 'x'));
    copy = first;
    EXPECT_EQ(copy.view().data(), first.view().data());
    const SharedText other = "another";
    EXPECT_FALSE(copy == other);
  }
  EXPECT_EQ(copy, std::string(100, 'x'));
  copy = copy.view().substr(0, 3);
  EXPECT_EQ(copy, "xxx");
  EXPECT_EQ(copy + "y", "xxxy");
  EXPECT_EQ(fmt::format("{}", copy), "xxx");
}

TEST(SharedText, of_nothing_is_empty_and_any_bytes_are_kept) {
  EXPECT_TRUE(SharedText().empty());
  EXPECT_TRUE(SharedText("").empty());
  EXPECT_EQ(SharedText("").view(), "");
  const std::string bytes("a\0b\xff", 4);
  EXPECT_EQ(SharedText(bytes), bytes);
  EXPECT_EQ(SharedText(bytes).size(), 4U);
}

TEST(SharedText, may_be_held_and_let_go_of_on_several_threads) {
  const SharedText text("held by many");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([copy = text] {
      for (int k = 0; k < 10000; ++k) {
        const SharedText mine = copy;
        ASSERT_EQ(mine.size(), 12U);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(text, "held by many");
}

TEST(MaybeNumber, is_used_as_an_optional_is) {
  MaybeNumber n;
  EXPECT_FALSE(n);
  EXPECT_EQ(n.value_or(7), 7);
  EXPECT_EQ(std::optional<double>(n), std::nullopt);
  EXPECT_EQ(n, MaybeNumber());
  n = 0.0;
  ASSERT_TRUE(n);
  EXPECT_EQ(*n, 0);
  EXPECT_EQ(std::optional<double>(n), 0.0);
  EXPECT_FALSE(n == MaybeNumber());
  n = std::optional<double>();
  EXPECT_FALSE(n.has_value());
}

TEST(Boxed, is_small_never_empty_and_copied_by_sharing) {
  const Boxed<std::string> none;
  EXPECT_EQ(*none, "");
  const Boxed<std::string> text(std::string("report"));
  const Boxed<std::string> copy = text;
  EXPECT_EQ(copy->size(), 6U);
  EXPECT_EQ(&*copy, &*text);
}

}  // namespace
}  // namespace varne
