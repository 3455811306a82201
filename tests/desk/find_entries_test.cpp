/// Entries looked for from the newest back: what a plain filter of all of them gives, page by page.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "varne/desk/desk.h"

namespace varne {
namespace {

/// So many entries of three kinds; every seventh speaks of Charlie.
std::vector<Entry> record(std::size_t size) {
  static const char* const kinds[] = {"track", "report", "order"};
  std::vector<Entry> out;
  for (std::size_t i = 0; i < size; ++i)
    out.push_back({i + 1, time_from_millis(static_cast<std::int64_t>(i)), kinds[i % 3],
                   i % 7 == 0 ? R"({"text":"boat CHARLIE"})" : R"({"text":"boat Delta"})"});
  return out;
}

ReadEntries reader(const std::vector<Entry>& all) {
  return [&all](std::uint64_t first, std::size_t most) -> Result<std::vector<Entry>> {
    const auto from = std::min<std::size_t>(first - 1, all.size());
    return std::vector<Entry>(all.begin() + static_cast<std::ptrdiff_t>(from),
                              all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), from + most)));
  };
}

RC_GTEST_PROP(FindEntries, page_by_page_they_are_all_that_a_plain_filter_finds, ()) {
  const auto all = record(*rc::gen::inRange<std::size_t>(0, 6000));
  EntryQuery query;
  if (*rc::gen::arbitrary<bool>()) query.kinds = {"report", "order"};
  if (*rc::gen::arbitrary<bool>()) query.words = {"charlie", "boat"};
  query.most = *rc::gen::inRange<std::size_t>(40, 700);
  std::vector<std::uint64_t> wanted;
  for (const Entry& entry : all)
    if (query.fits(entry)) wanted.push_back(entry.number);
  std::vector<std::uint64_t> found;
  for (int pages = 0; pages < 200; ++pages) {
    const auto some = find_entries(reader(all), all.size(), query);
    RC_ASSERT(some.has_value());
    RC_ASSERT(some->entries.size() <= query.most);
    std::vector<std::uint64_t> numbers;
    for (const Entry& entry : some->entries) numbers.push_back(entry.number);
    RC_ASSERT(std::is_sorted(numbers.begin(), numbers.end()));
    found.insert(found.begin(), numbers.begin(), numbers.end());
    if (some->all) break;
    RC_ASSERT(some->entries.size() == query.most);
    query.before = numbers.front();
  }
  RC_ASSERT(found == wanted);
}

TEST(FindEntries, words_are_found_in_any_case_and_all_of_them) {
  const Entry entry{1, {}, "report", R"({"text":"Call for help, boat Charlie"})"};
  EXPECT_TRUE((EntryQuery{.words = {"CHARLIE", "help"}}.fits(entry)));
  EXPECT_FALSE((EntryQuery{.words = {"charlie", "kayak"}}.fits(entry)));
  EXPECT_TRUE((EntryQuery{.words = {"report"}}.fits(entry))) << "by its kind too";
}

TEST(FindEntries, a_record_that_cannot_be_read_says_so) {
  const ReadEntries broken = [](std::uint64_t, std::size_t) -> Result<std::vector<Entry>> {
    return fail("record", "page 7 cannot be read");
  };
  const auto found = find_entries(broken, 10, {});
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().text().find("page 7"), std::string::npos);
}

}  // namespace
}  // namespace varne
