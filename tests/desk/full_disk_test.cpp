/// A desk that is started while its disk is full: it shows what it holds, says that nothing is recorded, and
/// goes on when there is room.

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "record/small_disk.h"
#include "room/room_support.h"
#include "varne/desk/live_desk.h"
#include "varne/record/journal.h"
#include "varne/record/ledger.h"

namespace varne {
namespace {

/// A desk that is driven here; its folder may lie on any disk.
class Watch {
 public:
  explicit Watch(const test::SmallDisk& disk)
      : desk_(
            LiveDesk::open(io_, test::small_world(),
                           {.feeds = {}, .record = disk.file("desk.db"), .journal = disk.file("journal")})) {
    EXPECT_TRUE(desk_) << desk_.error().text();
  }
  [[nodiscard]] bool opened() const { return desk_.has_value(); }
  [[nodiscard]] LiveDesk& desk() { return **desk_; }
  /// Works until the condition holds; false where it does not within twenty seconds.
  template <class Condition>
  bool until(Condition&& holds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!holds() && std::chrono::steady_clock::now() < end) io_.run_one_for(std::chrono::milliseconds(50));
    return holds();
  }
  /// Calls for help and waits for the answer.
  Result<std::vector<std::uint64_t>> call(const std::string& id) {
    const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    const Json report{{"id", id},   {"time", iso(now)}, {"kind", "call"},    {"from", "caller"},
                      {"boat", id}, {"at", {1.3, 51}},  {"persons", {9, 9}}, {"distress", true}};
    std::optional<Result<std::vector<std::uint64_t>>> answer;
    desk().report({SpeakerKind::console, "console"}, report.dump(), report_from(report).value(),
                  [&](auto said) { answer = std::move(said); });
    EXPECT_TRUE(until([&] { return answer.has_value(); }));
    return answer.value_or(fail("", "no answer"));
  }

 private:
  boost::asio::io_context io_{1};
  Result<std::unique_ptr<LiveDesk>> desk_;
};

TEST(FullDisk, at_its_start_the_desk_shows_what_it_holds_says_so_and_goes_on_when_there_is_room) {
  const test::SmallDisk disk("size=4m");
  if (!disk.mounted()) GTEST_SKIP() << "a small disk can be mounted only by root";
  {
    Watch before(disk);
    ASSERT_TRUE(before.opened());
    ASSERT_TRUE(before.call("before"));
  }
  EXPECT_EQ(std::filesystem::file_size(disk.file("desk.db-wal")), 0U)
      << "a log that could be taken for another record's";
  disk.fill();
  {
    Watch watch(disk);
    ASSERT_TRUE(watch.opened());
    EXPECT_EQ(watch.desk().room().incidents().size(), 1U);
    EXPECT_TRUE(watch.until([&] { return watch.desk().trouble().find("full") != std::string::npos; }))
        << watch.desk().trouble();
    EXPECT_FALSE(watch.call("while full"));
    disk.empty();
    EXPECT_TRUE(watch.until([&] { return watch.desk().trouble().empty(); })) << watch.desk().trouble();
    const auto after = watch.call("after");
    EXPECT_TRUE(after) << after.error().text();
  }
  const auto verified = verify_ledger(disk.file("desk.db"));
  ASSERT_TRUE(verified) << verified.error().text();
  EXPECT_TRUE(verified->problems.empty()) << verified->problems[0].text();
  const auto journal = read_journal(disk.file("journal"), [](const JournalItem&) { return Done{}; });
  EXPECT_TRUE(journal) << journal.error().text();
}

}  // namespace
}  // namespace varne
