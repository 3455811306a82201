/// Simulated days and campaigns, run as a user runs them.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <thread>

#include "../days/small_scenario.h"
#include "../sea/netcdf_support.h"
#include "ran.h"
#include "support.h"
#include "varne/core/json.h"

namespace varne {
namespace {

using test::ran;
using test::ran_varne;
using test::read_all;

const std::string scenario = "data/scenarios/strait-2021.toml";

std::string campaign(const std::string& folder, const std::string& more) {
  return "campaign " + scenario + " --policies rescue,turnaround-2021 --days 24 --seed 5 --out " + folder +
         " " + more;
}

/// Everything that a campaign leaves, one text.
std::string results(const std::string& folder) {
  return read_all(folder + "/days.csv") + read_all(folder + "/campaign.json") +
         read_all(folder + "/report.html");
}

TEST(Days, a_simulated_day_replays_to_the_same_record_byte_for_byte) {
  const test::Scratch scratch;
  for (const char* policy : {"rescue", "turnaround-2021"}) {
    const std::string day = scratch.file(policy);
    const auto shown =
        ran_varne("days show " + scenario + " --seed 11 --policy " + policy + " --out " + day + " 2>&1");
    ASSERT_EQ(shown.status, 0) << shown.out;
    const auto replayed = ran_varne("replay " + day + " --report " + day + "/again 2>&1");
    ASSERT_EQ(replayed.status, 0) << replayed.out;
    const std::string record = read_all(day + "/record.jsonl");
    EXPECT_GT(record.size(), 10000u);
    EXPECT_EQ(record, read_all(day + "/again/record.jsonl"));
  }
}

TEST(Days, a_day_with_weather_from_a_file_replays_to_the_same_record) {
  const test::Scratch scratch;
  test::SmallSea sea;
  sea.times.clear();
  for (int h = 0; h < 72; ++h) sea.times.push_back(h);
  sea.given = {{"u10", {{"units", "m s-1"}, {"standard_name", "eastward_wind"}}, 3},
               {"v10", {{"units", "m s-1"}, {"standard_name", "northward_wind"}}, -1},
               {"hs", {{"units", "m"}, {"standard_name", "sea_surface_wave_significant_height"}}, 0.4}};
  sea.write(scratch.file("forcing.nc"));
  const std::string path = days::narrow(scratch, {});
  const std::string own = scratch.write(
      "own.toml", "extends = \"" + path +
                      "\"\nname = \"own\"\ntitle = \"Own weather\"\ndays = \"2021-11-11/2021-11-11\"\n"
                      "[forcing]\nfiles = [\"forcing.nc\"]\nat = [1.5, 50.8]\n");
  const std::string day = scratch.file("day");
  const auto shown = ran_varne("days show " + own + " --seed 11 --out " + day + " 2>&1");
  ASSERT_EQ(shown.status, 0) << shown.out;
  EXPECT_NE(read_all(day + "/day.toml").find("wind_kn = 6.1\nwave_height_m = 0.4"), std::string::npos);
  ASSERT_EQ(ran_varne("replay " + day + " --report " + day + "/again 2>&1").status, 0);
  EXPECT_EQ(read_all(day + "/record.jsonl"), read_all(day + "/again/record.jsonl"));
}

TEST(Days, validation_is_one_table_by_one_command) {
  const test::Scratch scratch;
  const std::string command = "days validate " + scenario +
                              " data/series/uk-small-boats-2021-2023.csv --days 8 --series 40 --out " +
                              scratch.file("page.md");
  const auto refused = ran_varne(command + " --on 2029 2>&1");
  EXPECT_NE(refused.status, 0);
  EXPECT_NE(refused.out.find("2029"), std::string::npos) << refused.out;
  EXPECT_FALSE(std::filesystem::exists(scratch.file("page.md")));
  const auto made = ran_varne(command + " --on 2021 --against 2022 --threads 1 2>&1");
  ASSERT_EQ(made.status, 0) << made.out;
  const std::string page = read_all(scratch.file("page.md"));
  EXPECT_NE(page.find("| 2022, left out of the fit | days without arrivals, share |"), std::string::npos);
  ASSERT_EQ(ran_varne(command + " --on 2021 --against 2022 --threads 2 2>&1").status, 0);
  EXPECT_EQ(page, read_all(scratch.file("page.md")));
}

TEST(Campaign, threads_and_what_was_finished_before_change_no_byte) {
  const test::Scratch scratch;
  const auto one = ran_varne(campaign(scratch.file("one"), "--threads 1 2>&1"));
  ASSERT_EQ(one.status, 0) << one.out;
  const auto two = ran_varne(campaign(scratch.file("two"), "--threads 2 2>&1"));
  ASSERT_EQ(two.status, 0) << two.out;
  const std::string whole = results(scratch.file("one"));
  EXPECT_GT(whole.size(), 10000u);
  EXPECT_EQ(whole, results(scratch.file("two")));
  // One of the blocks is lost: only that one is made again.
  std::filesystem::remove(scratch.file("two/blocks/000001.jsonl"));
  const auto kept = std::filesystem::last_write_time(scratch.file("two/blocks/000000.jsonl"));
  ASSERT_EQ(ran_varne(campaign(scratch.file("two"), "2>&1")).status, 0);
  EXPECT_EQ(whole, results(scratch.file("two")));
  EXPECT_EQ(kept, std::filesystem::last_write_time(scratch.file("two/blocks/000000.jsonl")));
  // One was changed: sums of a day that do not fit the rules of its policy.
  const std::string block = read_all(scratch.file("two/blocks/000000.jsonl"));
  scratch.write("two/blocks/000000.jsonl",
                std::regex_replace(block, std::regex(R"("responses":\[[^\]]*\])"), R"("responses":[1])"));
  const auto changed = ran_varne(campaign(scratch.file("two"), "2>&1"));
  EXPECT_NE(changed.status, 0);
  EXPECT_NE(changed.out.find("two/blocks: what is kept of a day there does not fit"), std::string::npos)
      << changed.out;
}

TEST(Campaign, one_that_was_killed_goes_on_to_the_same_bytes) {
  const test::Scratch scratch;
  ASSERT_EQ(ran_varne(campaign(scratch.file("whole"), "2>&1")).status, 0);
  const std::string folder = scratch.file("killed");
  for (int after_ms : {150, 900, 1700}) {
    const pid_t child = fork();
    if (child == 0) {
      const std::string command =
          std::string("exec ") + VARNE_BINARY + " " + campaign(folder, ">/dev/null 2>&1");
      execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
      _exit(127);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(after_ms));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
  }
  const auto last = ran_varne(campaign(folder, "2>&1"));
  ASSERT_EQ(last.status, 0) << last.out;
  EXPECT_EQ(results(scratch.file("whole")), results(folder));
}

bool has_mpi() {
  return ran("command -v mpirun && ldd " VARNE_BINARY " | grep -q libmpi").status == 0;
}

/// The program on so many ranks. What Open MPI leaves in memory at its end is none of ours.
std::string on_ranks(int ranks, const std::string& arguments) {
  return fmt::format(
      "ASAN_OPTIONS=\"$ASAN_OPTIONS:detect_leaks=0\" mpirun --allow-run-as-root --oversubscribe -n {} {} {}",
      ranks, VARNE_BINARY, arguments);
}

TEST(Campaign, ranks_change_no_byte) {
  if (!has_mpi()) GTEST_SKIP() << "built without MPI, or no mpirun";
  const test::Scratch scratch;
  ASSERT_EQ(ran_varne(campaign(scratch.file("alone"), "2>&1")).status, 0);
  for (const int ranks : {2, 4}) {
    const std::string folder = scratch.file(std::to_string(ranks));
    const auto done = ran(on_ranks(ranks, campaign(folder, "--threads 1 2>&1")));
    ASSERT_EQ(done.status, 0) << done.out;
    EXPECT_EQ(results(scratch.file("alone")), results(folder)) << ranks;
  }
}

TEST(Campaign, it_stops_once_its_interval_is_narrow_enough_and_says_so) {
  const test::Scratch scratch;
  const auto done =
      ran_varne("campaign " + scenario + " --policies rescue --days 400 --seed 5 --until met=0.9 --out " +
                scratch.file("out") + " 2>&1");
  ASSERT_EQ(done.status, 0) << done.out;
  const auto json = parse_json(read_all(scratch.file("out/campaign.json")));
  ASSERT_TRUE(json);
  EXPECT_EQ(json->at("stopped_early"), true);
  EXPECT_EQ(json->at("days").size(), 64u);
  EXPECT_NE(read_all(scratch.file("out/report.html")).find("Stopped before 400 days"), std::string::npos);
}

/// All that a study of sensitivity leaves, threads, ranks, and a study that was killed: the same bytes.
TEST(Campaign, a_study_of_assumptions_is_the_same_however_it_was_made) {
  const test::Scratch scratch;
  const std::string path = days::narrow(scratch, {"readiness_min"});
  const auto command = [&](const std::string& folder, const std::string& more) {
    return "campaign " + path +
           " --policies rescue,turnaround-2021 --days 4 --sensitivity met_in_30 --draw-days 2 --draws 10 "
           "--rows "
           "8 --of 1 --out " +
           folder + " " + more;
  };
  const auto left = [&](const std::string& folder) {
    return results(folder) + read_all(folder + "/draws.csv");
  };
  const auto one = ran_varne(command(scratch.file("one"), "--threads 1 2>&1"));
  ASSERT_EQ(one.status, 0) << one.out;
  const std::string whole = left(scratch.file("one"));
  EXPECT_NE(whole.find("Which assumptions decide it"), std::string::npos);
  EXPECT_NE(whole.find("hypercube,"), std::string::npos);
  const std::string killed = scratch.file("killed");
  const pid_t child = fork();
  if (child == 0) {
    const std::string run = std::string("exec ") + VARNE_BINARY + " " + command(killed, ">/dev/null 2>&1");
    execl("/bin/sh", "sh", "-c", run.c_str(), nullptr);
    _exit(127);
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(2500));
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  ASSERT_EQ(ran_varne(command(killed, "--threads 2 2>&1")).status, 0);
  EXPECT_EQ(whole, left(killed));
  if (has_mpi()) {
    const auto ranks = ran(on_ranks(2, command(scratch.file("ranks"), "--threads 1 2>&1")));
    ASSERT_EQ(ranks.status, 0) << ranks.out;
    EXPECT_EQ(whole, left(scratch.file("ranks")));
  }
  // A day of a draw opens with that draw's numbers.
  const auto shown = ran_varne("days show " + path + " --seed 3 --draws " + scratch.file("one/draws.csv") +
                               " --draw 2 --out " + scratch.file("day") + " 2>&1");
  EXPECT_EQ(shown.status, 0) << shown.out;
  const auto no_draw = ran_varne("days show " + path + " --seed 3 --draws " + scratch.file("one/draws.csv") +
                                 " --draw 999 --out " + scratch.file("day2") + " 2>&1");
  EXPECT_NE(no_draw.status, 0);
  EXPECT_NE(no_draw.out.find("holds no draw \"999\""), std::string::npos) << no_draw.out;
}

TEST(Campaign, what_cannot_be_done_is_said_and_nothing_half_is_left) {
  const test::Scratch scratch;
  const auto refused = [&](const std::string& arguments, const char* says) {
    const auto done = ran_varne(arguments + " 2>&1");
    EXPECT_NE(done.status, 0) << arguments;
    EXPECT_NE(done.out.find(says), std::string::npos) << arguments << "\n" << done.out;
  };
  const std::string out = scratch.file("out");
  refused("campaign no-such.toml --policies rescue --out " + out, "no-such.toml");
  refused("campaign " + scenario + " --policies rescue,nobody --out " + out, "no policy \"nobody\"");
  refused("campaign " + scenario + " --policies rescue --until speed=0.1 --out " + out, "no figure");
  refused("campaign " + scenario + " --policies rescue --sensitivity speed --out " + out, "no figure");
  refused("campaign " + scenario + " --policies rescue --until met --out " + out, "FIGURE=HALF");
  refused("campaign " + scenario + " --policies rescue --days 8 --out /dev/null/out", "/dev/null/out");
  EXPECT_FALSE(std::filesystem::exists(out));
  // Another campaign's blocks are not taken for one's own.
  ASSERT_EQ(ran_varne("campaign " + scenario + " --policies rescue --days 8 --seed 1 --out " + out + " 2>&1")
                .status,
            0);
  refused("campaign " + scenario + " --policies rescue --days 8 --seed 2 --out " + out, "another campaign");
  // A block that was cut is named.
  const std::string block = out + "/blocks/000000.jsonl";
  std::filesystem::resize_file(block, std::filesystem::file_size(block) / 2);
  refused("campaign " + scenario + " --policies rescue --days 8 --seed 1 --out " + out, "000000.jsonl");
}

}  // namespace
}  // namespace varne
