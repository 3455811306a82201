/// A real receiver's log over TCP, paced: every line is in the journal as it came, and the desk is rebuilt
/// from it.
#include <gtest/gtest.h>

#include <algorithm>

#include "running.h"
#include "varne/core/lines.h"

namespace varne {
namespace {

using test::get;

TEST(RealLog, paced_over_tcp_is_journaled_line_by_line_shown_and_rebuilt) {
  VARNE_NEEDS_SHARED(path, "data/ais/dma_aisabnormal_sample.txt.gz");
  std::vector<std::string> sent;
  auto file = LineFile::open(path);
  ASSERT_TRUE(file);
  for (LineFile::Line line; sent.size() < 2000 && file->next(line).value_or(false);)
    sent.push_back(line.text);
  ASSERT_EQ(sent.size(), 2000U);

  const test::Scratch folder;
  std::vector<std::string> before;
  std::size_t ships = 0;
  {
    test::Receiver receiver;
    const test::RunningLive desk(test::live(test::desk_in(folder, {"nmea=" + receiver.address()})));
    receiver.wait();
    test::Console console(desk.port());
    ASSERT_TRUE(console.next());
    std::thread sends([&] {
      for (std::size_t i = 0; i < sent.size(); ++i) {
        ASSERT_TRUE(receiver.send(sent[i]));
        if (i % 10 == 9) std::this_thread::sleep_for(std::chrono::milliseconds(5));
      }
      // The last line's mark: a ship of our own.
      ASSERT_TRUE(receiver.send(test::position_line(235999999, {1.4, 51.0})));
    });
    std::map<std::string, Json> tracks;
    const auto last = console.until([&](const Json& frame) {
      for (const auto& track : frame["tracks"]) tracks[track["id"]] = track;
      return tracks.contains("M235999999");
    });
    sends.join();
    ASSERT_TRUE(last);
    // What the frames told is what a newcomer is told.
    const Json state = get(desk.port(), "/api/state").json();
    ships = state["tracks"].size();
    EXPECT_EQ(tracks.size(), ships);
    EXPECT_GT(ships, 20U);
    for (const auto& track : state["tracks"])
      EXPECT_EQ(track["at"], tracks[track["id"]]["at"]) << track["id"];
    before = test::all_entries(desk.port());
  }

  std::vector<std::string> kept;
  ASSERT_TRUE(read_journal(folder.file("journal"), [&](const JournalItem& item) -> Done {
    if (item.feed == "nmea") kept.push_back(item.bytes);
    return {};
  }));
  ASSERT_EQ(kept.size(), sent.size() + 1);
  EXPECT_TRUE(std::equal(sent.begin(), sent.end(), kept.begin()));

  const test::RunningLive desk(test::live(test::desk_in(folder)));
  const auto after = test::all_entries(desk.port());
  ASSERT_GE(after.size(), before.size());
  EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
  EXPECT_EQ(get(desk.port(), "/api/state").json()["tracks"].size(), ships);
}

}  // namespace
}  // namespace varne
