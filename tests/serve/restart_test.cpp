/// A desk that starts again: from its journal and its record, and from those of another version or another
/// world.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "running.h"
#include "varne/core/lines.h"

namespace varne {
namespace {

namespace fs = std::filesystem;
using test::all_entries;
using test::call_for_help;
using test::get;
using test::post;
using test::RunningLive;

/// A desk over a world of its own.
RunningLive::Make live_over(const LiveDeskOptions& options, std::shared_ptr<const World> world) {
  return [options, world](boost::asio::io_context& io) {
    auto desk = LiveDesk::open(io, world, options);
    EXPECT_TRUE(desk) << desk.error().text();
    return std::move(*desk);
  };
}

std::vector<std::string> greeting_of(RunningLive& desk) {
  std::vector<std::string> out;
  desk.with_desk([&](LiveDesk& live) { out = live.greeting(); });
  return out;
}

bool says(const std::vector<std::string>& lines, std::string_view text) {
  return std::any_of(lines.begin(), lines.end(),
                     [&](const std::string& line) { return line.find(text) != std::string::npos; });
}

void expect_verified(const test::Scratch& folder) {
  const auto record = verify_ledger(folder.file("desk.db"));
  ASSERT_TRUE(record) << record.error().text();
  for (const auto& problem : record->problems) ADD_FAILURE() << problem.text();
  const auto journal = verify_journal(folder.file("journal"), *record);
  ASSERT_TRUE(journal) << journal.error().text();
  for (const auto& problem : journal->problems) ADD_FAILURE() << problem.text();
}

Json call_with_people_in_the_water(const std::string& id) {
  Json call = call_for_help(id);
  call["people_in_water"] = true;
  call["engine_stopped"] = true;
  return call;
}

/// Record, journal and key as Varne 0.1.0 left them when it was killed in its second life, before events were
/// typed: its answers to forecasts are only names, its clock says no numbers.
LiveDeskOptions desk_of_the_version_before(const test::Scratch& folder) {
  const fs::path before = fs::path(VARNE_ROOT) / "tests/serve/before";
  const auto record = read_file((before / "desk.db.gz").string());
  EXPECT_TRUE(record);
  folder.write("desk.db", *record);
  fs::copy(before / "journal", folder.file("journal"));
  fs::copy(before / "key_of_this_test", folder.file("desk.db.keys"));
  fs::permissions(folder.file("desk.db.keys"), fs::perms::owner_all);
  for (const auto& key : fs::directory_iterator(folder.file("desk.db.keys")))
    fs::permissions(key, fs::perms::owner_read | fs::perms::owner_write);
  return test::desk_in(folder);
}

TEST(Restart, what_was_typed_is_kept_as_it_came_and_read_again_as_it_was_taken) {
  const test::Scratch folder;
  auto options = test::desk_in(folder);
  options.checkpoints = {.many_items = 1'000'000,
                         .latest = std::chrono::hours(1)};  // none: the journal is read
  // Spaces, lines and digits that a print would not have.
  const std::string typed = "{ \"speed_kn\": 4.123456,\n" + call_for_help("r1").dump(2).substr(1);
  Json before;
  {
    const RunningLive desk(test::live(options));
    const auto answer = test::ask(desk.port(), {.target = "/api/reports", .method = "POST", .body = typed});
    ASSERT_EQ(answer.status, 200) << answer.body;
    ASSERT_TRUE(test::soon([&] { return get(desk.port(), "/api/incidents/I1/forecast").status == 200; }));
    before = get(desk.port(), "/api/state").json()["incidents"];
    ASSERT_EQ(before.size(), 1U);
  }
  std::vector<std::string> kept;
  ASSERT_TRUE(read_journal(folder.file("journal"), [&](const JournalItem& item) -> Done {
    if (item.feed == "console") kept.push_back(item.bytes);
    return {};
  }));
  EXPECT_EQ(kept, std::vector{typed});
  RunningLive desk(test::live(options));
  EXPECT_EQ(get(desk.port(), "/api/state").json()["incidents"], before);
  EXPECT_FALSE(says(greeting_of(desk), "differ"));
  EXPECT_EQ(post(desk.port(), "/api/reports", call_for_help("r1")).status, 409);
}

TEST(Restart, a_record_of_the_version_before_is_read_verified_and_gone_on_with) {
  const test::Scratch folder;
  const auto options = desk_of_the_version_before(folder);
  const auto before = verify_ledger(folder.file("desk.db"));
  ASSERT_TRUE(before);
  EXPECT_TRUE(before->problems.empty());
  ASSERT_GT(before->head.size, 60U);
  std::vector<std::string> gone_on;
  {
    RunningLive desk(test::live(options));
    EXPECT_TRUE(says(greeting_of(desk), "items of the journal"));
    // Its incidents stand, and nobody aboard was lost on the way.
    const Json state = get(desk.port(), "/api/state").json();
    ASSERT_EQ(state["incidents"].size(), 2U);
    EXPECT_EQ(state["incidents"][0]["boat"], "Charlie");
    EXPECT_EQ(post(desk.port(), "/api/reports", call_for_help("r9", "Echo")).status, 409)
        << "its ids are used";
    ASSERT_EQ(post(desk.port(), "/api/reports", call_for_help("r10", "Echo")).status, 200);
    gone_on = all_entries(desk.port());
  }
  ASSERT_GT(gone_on.size(), before->head.size);
  const Json next = parse_json(gone_on[before->head.size]).value();
  expect_verified(folder);
  const auto after = verify_ledger(folder.file("desk.db"), {.key = std::nullopt, .head = before->head});
  ASSERT_TRUE(after);
  EXPECT_TRUE(after->problems.empty()) << "it goes on from the head of before";
  // And once more, by this version alone.
  const RunningLive desk(test::live(options));
  const auto again = all_entries(desk.port());
  ASSERT_GE(again.size(), gone_on.size());
  EXPECT_TRUE(std::equal(gone_on.begin(), gone_on.end(), again.begin()));
}

TEST(Restart, in_another_world_the_record_stands_and_what_differs_is_said) {
  const test::Scratch folder;
  std::vector<std::string> before;
  Json forecast;
  {
    const RunningLive desk(test::live(test::desk_in(folder)));
    ASSERT_EQ(post(desk.port(), "/api/reports", call_with_people_in_the_water("r1")).status, 200);
    ASSERT_TRUE(test::soon([&] { return get(desk.port(), "/api/incidents/I1/forecast").status == 200; }));
    forecast = get(desk.port(), "/api/incidents/I1/forecast").json();
    before = all_entries(desk.port());
  }
  auto other = std::make_shared<World>(*test::trial_world());
  other->title = "Another desk";
  Sea gale;
  Stated stated;
  stated.wind = towards(200, 25);
  stated.current = towards(200, 3);
  gale.add(stated_source("a gale", {stated}));
  other->sea = std::move(gale);
  std::vector<std::string> after;
  {
    RunningLive desk(live_over(test::desk_in(folder), other));
    EXPECT_TRUE(says(greeting_of(desk), "The record stands")) << greeting_of(desk).size();
    // The answer of then is read back; made again in this gale it would be another.
    EXPECT_EQ(get(desk.port(), "/api/incidents/I1/forecast").json()["snapshots"], forecast["snapshots"]);
    ASSERT_EQ(post(desk.port(), "/api/reports", call_for_help("r2", "Delta")).status, 200);
    after = all_entries(desk.port());
  }
  ASSERT_GT(after.size(), before.size());
  EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
  expect_verified(folder);
}

TEST(Restart, a_record_and_a_journal_that_do_not_belong_together_are_refused) {
  const test::Scratch one;
  const test::Scratch other;
  for (const auto* folder : {&one, &other}) {
    const RunningLive desk(test::live(test::desk_in(*folder)));
    ASSERT_EQ(post(desk.port(), "/api/reports", call_for_help("r1")).status, 200);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  auto options = test::desk_in(one);
  options.journal = other.file("journal");
  boost::asio::io_context io;
  const auto desk = LiveDesk::open(io, test::trial_world(), options);
  ASSERT_FALSE(desk);
  EXPECT_NE(desk.error().text().find("do not belong together"), std::string::npos) << desk.error().text();
}

TEST(Restart, who_goes_on_with_a_record_is_an_entry_where_it_was_another) {
  const test::Scratch folder;
  const auto options = desk_of_the_version_before(folder);
  const auto programs = [](std::uint16_t port) {
    int n = 0;
    for (const auto& line : all_entries(port)) n += parse_json(line).value()["kind"] == "program" ? 1 : 0;
    return n;
  };
  {
    const RunningLive desk(test::live(options));
    EXPECT_TRUE(test::soon([&] { return programs(desk.port()) == 1; }));
  }
  const RunningLive desk(test::live(options));
  ASSERT_EQ(post(desk.port(), "/api/reports", call_for_help("r10")).status, 200);
  EXPECT_EQ(programs(desk.port()), 1) << "the same program goes on";
}

std::vector<fs::path> checkpoints_of(const test::Scratch& folder) {
  std::vector<fs::path> out;
  for (const auto& file : fs::directory_iterator(folder.file("journal")))
    if (file.path().extension() == ".checkpoint") out.push_back(file.path());
  return out;
}

/// A desk that heard a ship and a call, and was stopped: it leaves a checkpoint.
std::vector<std::string> a_first_life(const test::Scratch& folder) {
  RunningLive desk(test::live(test::desk_in(folder)));
  EXPECT_EQ(post(desk.port(), "/api/reports", call_for_help("r1")).status, 200);
  EXPECT_TRUE(test::soon([&] { return get(desk.port(), "/api/health").json()["ok"] == true; }));
  return all_entries(desk.port());
}

TEST(Restart, goes_on_from_its_checkpoint_and_runs_only_the_tail_of_the_journal) {
  const test::Scratch folder;
  const auto before = a_first_life(folder);
  ASSERT_FALSE(checkpoints_of(folder).empty());
  {
    RunningLive desk(test::live(test::desk_in(folder)));
    EXPECT_TRUE(says(greeting_of(desk), " 0 items of the journal after the checkpoint of "));
    const Json state = get(desk.port(), "/api/state").json();
    ASSERT_EQ(state["incidents"].size(), 1U);
    EXPECT_EQ(state["incidents"][0]["boat"], "Charlie");
    EXPECT_EQ(post(desk.port(), "/api/reports", call_for_help("r2", "Echo")).status, 200);
    const auto now = all_entries(desk.port());
    ASSERT_GT(now.size(), before.size());
    EXPECT_TRUE(std::equal(before.begin(), before.end(), now.begin()));
  }
  expect_verified(folder);
}

TEST(Restart, a_checkpoint_that_was_cut_or_changed_is_passed_over_and_the_journal_gives_the_same) {
  for (const bool cut : {true, false}) {
    const test::Scratch folder;
    const auto before = a_first_life(folder);
    for (const auto& path : checkpoints_of(folder)) {
      std::string bytes = *read_file(path.string());
      if (cut)
        bytes.resize(bytes.size() / 2);
      else
        bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
      std::ofstream(path, std::ios::binary) << bytes;
    }
    RunningLive desk(test::live(test::desk_in(folder)));
    EXPECT_TRUE(says(greeting_of(desk), "passed over"));
    EXPECT_FALSE(says(greeting_of(desk), "after the checkpoint"));
    const auto now = all_entries(desk.port());
    ASSERT_GE(now.size(), before.size());
    EXPECT_TRUE(std::equal(before.begin(), before.end(), now.begin()));
  }
}

/// A life that ends by a kill, after these reports.
void a_killed_life(const test::Scratch& folder, CheckpointPace pace, const std::vector<std::string>& ids,
                   std::size_t checkpoints) {
  auto options = test::desk_in(folder);
  options.checkpoints = pace;
  test::DeskProcess desk(options);
  for (const auto& id : ids) ASSERT_EQ(post(desk.port(), "/api/reports", call_for_help(id, id)).status, 200);
  ASSERT_TRUE(test::soon([&] { return checkpoints_of(folder).size() >= checkpoints; }));
}
constexpr CheckpointPace at_once{.many_items = 1, .latest = {}, .soonest = std::chrono::milliseconds(20)};
constexpr CheckpointPace never{.many_items = 1'000'000};

void expect_boats(const RunningLive& desk, const std::vector<std::string>& boats) {
  std::vector<std::string> there;
  const Json state = get(desk.port(), "/api/state").json();
  for (const auto& incident : state["incidents"]) there.push_back(incident["boat"]);
  EXPECT_EQ(there, boats);
}

TEST(Restart, killed_between_a_checkpoint_and_the_end_of_its_journal_it_has_both) {
  const test::Scratch folder;
  a_killed_life(folder, at_once, {"Alpha"}, 1);
  a_killed_life(folder, never, {"Bravo", "Delta"}, 1);  // goes on behind that checkpoint
  RunningLive desk(test::live(test::desk_in(folder)));
  EXPECT_TRUE(says(greeting_of(desk), "items of the journal after the checkpoint of "));
  EXPECT_FALSE(says(greeting_of(desk), " 0 items of the journal"));
  EXPECT_FALSE(says(greeting_of(desk), "passed over"));
  expect_boats(desk, {"Alpha", "Bravo", "Delta"});
  for (const char* id : {"Alpha", "Bravo", "Delta"})
    EXPECT_EQ(post(desk.port(), "/api/reports", call_for_help(id, "Other")).status, 409) << id;
}

/// Where the newest cannot be trusted, wherever in it that is, the one before it is gone on with.
TEST(Restart, a_newest_checkpoint_that_was_cut_or_changed_anywhere_gives_way_to_the_one_before_it) {
  const test::Scratch made;
  a_killed_life(made, at_once, {"Alpha"}, 2);
  a_killed_life(made, never, {"Bravo"}, 2);
  auto there = checkpoints_of(made);
  std::ranges::sort(there);
  const std::string whole = *read_file(there.back().string());
  std::vector<std::pair<std::string, std::string>> damages{
      {"empty", ""},
      {"half", whole.substr(0, whole.size() / 2)},
      {"short of one byte", whole.substr(0, whole.size() - 1)}};
  for (const std::size_t at :
       {std::size_t{0}, std::size_t{30}, whole.find('{') + 3, whole.find('}') + 1, whole.size() - 1}) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    damages.emplace_back("changed at " + std::to_string(at), std::move(changed));
  }
  for (const auto& [how, bytes] : damages) {
    const test::Scratch folder;
    fs::copy(made.file(""), folder.file(""),
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    const std::string newest = folder.file("journal/" + there.back().filename().string());
    std::ofstream(newest, std::ios::binary | std::ios::trunc) << bytes;
    std::ofstream(newest + ".part", std::ios::binary) << bytes;  // and one that was never finished
    RunningLive desk(test::live(test::desk_in(folder)));
    EXPECT_TRUE(says(greeting_of(desk), newest)) << how;
    EXPECT_TRUE(says(greeting_of(desk), "passed over")) << how;
    EXPECT_TRUE(says(greeting_of(desk), "items of the journal after the checkpoint of ")) << how;
    expect_boats(desk, {"Alpha", "Bravo"});
  }
}

/// Killed again and again before any checkpoint is due by the clock, it does not have more and more to run.
TEST(Restart, a_desk_with_much_to_run_again_makes_a_checkpoint_as_soon_as_it_has_started) {
  const test::Scratch folder;
  a_killed_life(folder, never, {"Alpha", "Bravo", "Delta", "Echo"}, 0);
  a_killed_life(folder, {.many_items = 4}, {"Foxtrot"}, 1);
  RunningLive desk(test::live(test::desk_in(folder)));
  EXPECT_TRUE(says(greeting_of(desk), "after the checkpoint of "));
  expect_boats(desk, {"Alpha", "Bravo", "Delta", "Echo", "Foxtrot"});
}

TEST(Restart, in_another_world_no_checkpoint_is_gone_on_with) {
  const test::Scratch folder;
  (void)a_first_life(folder);
  auto other = std::make_shared<World>(*test::trial_world());
  other->title = "Another desk";
  RunningLive desk(live_over(test::desk_in(folder), other));
  EXPECT_TRUE(says(greeting_of(desk), "other units, rules or seas; passed over"));
}

}  // namespace
}  // namespace varne
