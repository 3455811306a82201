/// A desk that is killed, and one whose disk is full: what was acknowledged is there afterwards, and nothing
/// is shown that is not.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "running.h"
#include "varne/core/lines.h"
#include "varne/core/philox.h"

namespace varne {
namespace {

using test::call_for_help;
using test::DeskProcess;
using test::get;
using test::post;

/// The ids of the reports in a record.
std::set<std::string> reports_in(const std::vector<std::string>& entries) {
  std::set<std::string> out;
  for (const auto& line : entries) {
    const Json entry = parse_json(line).value();
    if (entry["kind"] == "report") out.insert(entry["body"]["report"]["id"].get<std::string>());
  }
  return out;
}

void expect_sound(const test::Scratch& folder, bool whole_journal) {
  const auto record = verify_ledger(folder.file("desk.db"));
  ASSERT_TRUE(record) << record.error().text();
  for (const auto& problem : record->problems) ADD_FAILURE() << problem.text();
  if (!whole_journal) return;
  const auto journal = verify_journal(folder.file("journal"), *record);
  ASSERT_TRUE(journal) << journal.error().text();
  for (const auto& problem : journal->problems) ADD_FAILURE() << problem.text();
}

TEST(KilledDesk, comes_back_with_the_same_entries_and_the_same_picture) {
  const test::Scratch folder;
  const auto options = test::desk_in(folder);
  std::vector<std::string> before;
  Json state;
  {
    DeskProcess desk(options);
    ASSERT_EQ(post(desk.port(), "/api/reports", call_for_help("r1")).status, 200);
    ASSERT_EQ(post(desk.port(), "/api/reports", call_for_help("r2", "Delta")).status, 200);
    Json landing{{"id", "r3"},        {"time", iso(test::wall_clock())},
                 {"kind", "landing"}, {"from", "MRCC Dover"},
                 {"boat", "Charlie"}, {"port", "Dover"},
                 {"country", "UK"},   {"persons", 34}};
    ASSERT_EQ(post(desk.port(), "/api/reports", landing).status, 200);
    before = test::all_entries(desk.port());
    state = get(desk.port(), "/api/state").json();
    desk.kill();
  }
  expect_sound(folder, false);
  DeskProcess desk(options);
  const auto after = test::all_entries(desk.port());
  ASSERT_GE(after.size(), before.size());
  EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
  const Json again = get(desk.port(), "/api/state").json();
  EXPECT_EQ(again["people"], state["people"]);
  EXPECT_EQ(again["units"], state["units"]);
  ASSERT_EQ(again["incidents"].size(), state["incidents"].size());
  for (std::size_t i = 0; i < state["incidents"].size(); ++i) {
    // A forecast may have come back in between.
    for (const char* name : {"id", "boat", "phase", "centre", "open", "at", "persons", "states"})
      EXPECT_EQ(again["incidents"][i][name], state["incidents"][i][name]) << name;
  }
}

TEST(KilledDesk, tells_the_record_what_each_closed_segment_of_its_journal_was) {
  const test::Scratch folder;
  const auto options = test::desk_in(folder);
  const auto segments = [&](const DeskProcess& desk) {
    std::map<std::string, std::string> out;
    for (const auto& line : test::all_entries(desk.port())) {
      const Json entry = parse_json(line).value();
      if (entry["kind"] == "segment") out[entry["body"]["file"]] = entry["body"]["hash"];
    }
    return out;
  };
  constexpr std::size_t lives = 3;
  for (std::size_t life = 0; life < lives; ++life) {
    DeskProcess desk(options);
    ASSERT_EQ(post(desk.port(), "/api/reports", call_for_help("r" + std::to_string(life))).status, 200);
    // Each life before this one left a segment behind; the last of them is told of a moment after the start.
    for (int i = 0; i < 200 && segments(desk).size() < life; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    const auto told = segments(desk);
    EXPECT_EQ(told.size(), life);
    for (const auto& [file, hash] : told)
      EXPECT_EQ(hash, hex(sha256(test::read_all(folder.file("journal/" + file))))) << file;
    desk.kill();
  }
  const auto record = verify_ledger(folder.file("desk.db"));
  ASSERT_TRUE(record);
  EXPECT_EQ(record->segments.size(), lives - 1);
  // The label alone could be rewritten with the segment: the entry still names it.
  Verification forged = *record;
  const std::string first = forged.segments.begin()->first;
  std::ofstream(folder.file("journal/" + first), std::ios::binary | std::ios::app) << "x";
  forged.labels["journal/" + first] = hex(sha256(test::read_all(folder.file("journal/" + first))));
  const auto journal = verify_journal(folder.file("journal"), forged);
  ASSERT_TRUE(journal);
  ASSERT_FALSE(journal->problems.empty());
  EXPECT_EQ(journal->problems[0].text(), first + ": was changed since it was closed");
}

/// So many kills; `make nightly` asks for a thousand.
int kills() {
  const char* asked = std::getenv("VARNE_KILLS");
  return asked == nullptr ? 10 : std::max(1, std::atoi(asked));
}

/// Reports one after another with AIS beside them, and checkpoints as often as there is anything new in every
/// other life; killed at a moment drawn at random. Nothing acknowledged or shown may be missing afterwards.
TEST(KilledDesk, has_everything_it_acknowledged_whenever_it_is_killed) {
  constexpr std::size_t compared = 2000;  // entries before the end, after each kill; all of them now and then
  const test::Scratch folder;
  Random random(17, 0, 0);
  std::set<std::string> acknowledged;
  std::set<std::string> of_this_life;
  std::vector<std::string> shown;
  std::vector<std::chrono::milliseconds> starts;
  const auto expect_nothing_missing = [&](std::uint16_t port, bool all, int round) {
    const std::size_t from = all || shown.size() < compared ? 0 : shown.size() - compared;
    const auto there = test::all_entries(port, from);
    ASSERT_GE(there.size(), shown.size() - from) << "round " << round;
    EXPECT_TRUE(std::equal(shown.begin() + static_cast<std::ptrdiff_t>(from), shown.end(), there.begin()))
        << "round " << round;
    const auto& wanted = all ? acknowledged : of_this_life;
    const auto reports = reports_in(there);
    EXPECT_TRUE(std::includes(reports.begin(), reports.end(), wanted.begin(), wanted.end()))
        << "round " << round;
  };
  const int rounds = kills();
  for (int round = 0; round <= rounds; ++round) {
    test::Receiver receiver;
    auto options = test::desk_in(folder, {"nmea=" + receiver.address()});
    if (round % 2 == 1)
      options.checkpoints = {.many_items = 1, .latest = {}, .soonest = std::chrono::milliseconds(5)};
    else
      options.checkpoints.many_items = 500;
    const auto begun = std::chrono::steady_clock::now();
    DeskProcess desk(options);
    starts.push_back(
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun));
    receiver.wait();
    expect_nothing_missing(desk.port(), round % 100 == 0 || round == rounds, round);
    if (HasFailure() || round == rounds) break;

    of_this_life.clear();
    std::thread killer([&, wait = std::chrono::microseconds(random.bits() % 150000)] {
      std::this_thread::sleep_for(wait);
      desk.kill();
    });
    for (int i = 0; i < 1000; ++i) {
      const auto id = "r" + std::to_string(round) + "-" + std::to_string(i);
      // A boat a life: thousands of boats are another test's.
      const auto call = call_for_help(id, "boat " + std::to_string(round % 20));
      receiver.send(test::position_line(235000000U + static_cast<unsigned>(i % 50), {1.4, 50.9 + 0.001 * i}));
      const auto answer = post(desk.port(), "/api/reports", call);
      if (answer.status != 200) break;
      of_this_life.insert(id);
      const auto page = get(desk.port(), "/api/entries?limit=1000&after=" + std::to_string(shown.size()));
      if (page.status != 200) break;
      const Json entries = page.json();
      for (const auto& entry : entries["entries"]) shown.push_back(canonical(entry));
    }
    killer.join();
    acknowledged.insert(of_this_life.begin(), of_this_life.end());
    if (round % 100 == 0) expect_sound(folder, false);
  }
  expect_sound(folder, false);
  EXPECT_FALSE(acknowledged.empty());
  std::ranges::sort(starts);
  std::printf(
      "%d kills, %zu reports acknowledged, none missing; %zu entries; a start took %lld ms in the median, "
      "%lld at most\n",
      rounds, acknowledged.size(), shown.size(), static_cast<long long>(starts[starts.size() / 2].count()),
      static_cast<long long>(starts.back().count()));
}

TEST(KilledDesk, ended_properly_leaves_a_record_and_a_journal_that_verify) {
  const test::Scratch folder;
  {
    const test::RunningLive desk(test::live(test::desk_in(folder)));
    for (int i = 0; i < 20; ++i)
      ASSERT_EQ(post(desk.port(), "/api/reports", call_for_help("r" + std::to_string(i))).status, 200);
  }
  expect_sound(folder, true);
}

/// The size of the largest file the desk keeps.
std::uintmax_t largest_file(const test::Scratch& folder) {
  std::uintmax_t most = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder.file("")))
    if (file.is_regular_file()) most = std::max(most, file.file_size());
  return most;
}

TEST(FullDiskDesk, says_so_refuses_and_goes_on_with_nothing_lost_when_there_is_room) {
  const test::Scratch folder;
  std::set<std::string> acknowledged;
  std::vector<std::string> shown;
  test::Receiver receiver;
  const auto options = test::desk_in(folder, {"nmea=" + receiver.address()});
  {
    DeskProcess desk(options);
    receiver.wait();
    test::Console console(desk.port());
    ASSERT_TRUE(console.next());
    ASSERT_EQ(post(desk.port(), "/api/reports", call_for_help("first")).status, 200);
    acknowledged.insert("first");

    desk.fill_disk_at(largest_file(folder) + 20000);
    int refused = 0;
    Json taken;
    for (int i = 0; i < 2000 && refused == 0; ++i) {
      const auto id = "r" + std::to_string(i);
      Json call = call_for_help(id, id);
      call["text"] = std::string(500, 'x');
      const auto answer = post(desk.port(), "/api/reports", call);
      if (answer.status == 200) {
        acknowledged.insert(id);
        continue;
      }
      ++refused;
      taken = call;
      EXPECT_EQ(answer.status, 503) << answer.body;
      EXPECT_EQ(answer.json()["taken"], true) << "it was on its way";
      const auto again = post(desk.port(), "/api/reports", call);
      EXPECT_EQ(again.status, 503) << again.body;
      EXPECT_EQ(again.json()["taken"], true);
      EXPECT_NE(answer.error().find("full"), std::string::npos) << answer.error();
    }
    ASSERT_EQ(refused, 1) << "the disk never became full";
    const Json health = get(desk.port(), "/api/health").json();
    EXPECT_EQ(health["ok"], false);
    EXPECT_NE(health["trouble"].get<std::string>().find("full"), std::string::npos) << health;
    const auto told = console.until([](const Json& frame) {
      return frame["type"] == "delta" && !frame["trouble"].get<std::string>().empty();
    });
    EXPECT_TRUE(told) << "the page is not told";
    const auto untaken = post(desk.port(), "/api/reports", call_for_help("while full"));
    EXPECT_EQ(untaken.status, 503);
    EXPECT_EQ(untaken.json()["taken"], false);
    // The feeds go on; what they bring waits in memory and is not shown as recorded.
    ASSERT_TRUE(receiver.send(test::position_line(235000123, {1.4, 51.0})));
    shown = test::all_entries(desk.port());

    desk.free_disk();
    ASSERT_TRUE(test::soon([&] { return get(desk.port(), "/api/health").json()["ok"] == true; }));
    // Sent again it is acknowledged, and it is still one boat.
    EXPECT_TRUE(test::soon([&] { return post(desk.port(), "/api/reports", taken).status == 200; }));
    acknowledged.insert(taken["id"]);
    std::size_t boats = 0;
    const Json state = get(desk.port(), "/api/state").json();
    for (const auto& incident : state["incidents"]) boats += incident["boat"] == taken["boat"] ? 1 : 0;
    EXPECT_EQ(boats, 1U);
    ASSERT_EQ(post(desk.port(), "/api/reports", call_for_help("after")).status, 200);
    acknowledged.insert("after");
    EXPECT_TRUE(test::soon([&] {
      const Json tracks = get(desk.port(), "/api/state").json()["tracks"];
      return tracks.size() == 1 && tracks[0]["mmsi"] == 235000123;
    }));
    const auto now = test::all_entries(desk.port());
    ASSERT_GE(now.size(), shown.size());
    EXPECT_TRUE(std::equal(shown.begin(), shown.end(), now.begin()));
    shown = now;
    desk.kill();
  }
  expect_sound(folder, false);
  const test::RunningLive desk(test::live(test::desk_in(folder)));
  const auto rebuilt = test::all_entries(desk.port());
  ASSERT_GE(rebuilt.size(), shown.size());
  EXPECT_TRUE(std::equal(shown.begin(), shown.end(), rebuilt.begin()));
  const auto there = reports_in(rebuilt);
  EXPECT_TRUE(std::includes(there.begin(), there.end(), acknowledged.begin(), acknowledged.end()));
  EXPECT_FALSE(there.contains("while full"));
}

}  // namespace
}  // namespace varne
