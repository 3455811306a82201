/// `varne replay` as a person runs it, and as a power cut ends it.

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <nlohmann/json.hpp>
#include <thread>

#include "ran.h"
#include "support.h"
#include "varne/core/json.h"
#include "varne/core/philox.h"
#include "varne/record/ledger.h"

namespace varne {
namespace {

const std::string sample = std::string(VARNE_ROOT) + "/data/days/2021-11-11";

/// Starts `varne replay` with these arguments, its output thrown away.
pid_t start(const std::vector<std::string>& arguments) {
  const pid_t child = fork();
  if (child != 0) return child;
  const int nowhere = open("/dev/null", O_WRONLY);
  dup2(nowhere, STDOUT_FILENO);
  dup2(nowhere, STDERR_FILENO);
  std::vector<std::string> words{VARNE_BINARY, "replay"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> raw;
  for (std::string& word : words) raw.push_back(word.data());
  raw.push_back(nullptr);
  execv(VARNE_BINARY, raw.data());
  _exit(127);
}

int wait_for(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

struct Ran : test::Ran {
  std::string err;
};

Ran replay(const test::Scratch& scratch, const std::string& arguments) {
  Ran ran{test::ran_varne("replay " + arguments + " 2> " + scratch.file("err")), {}};
  ran.err = test::read_all(scratch.file("err"));
  return ran;
}

TEST(ReplayCommand, killed_at_twenty_random_moments_the_sample_day_gives_the_same_bytes) {
  const test::Scratch scratch;
  const auto begun = std::chrono::steady_clock::now();
  ASSERT_EQ(wait_for(start({sample, "--report", scratch.file("whole")})), 0);
  const std::chrono::duration<double> whole = std::chrono::steady_clock::now() - begun;
  const std::string once = test::read_all(scratch.file("whole/record.jsonl"));
  ASSERT_GT(once.size(), 1'000'000U);

  const std::string record = scratch.file("cut.db");
  Random random(20211111, entity_of("power cut"), 0);
  int killed = 0;
  std::uint64_t kept = 0;
  for (int cut = 0; cut < 20; ++cut) {
    const pid_t child = start({sample, "--report", scratch.file("cut"), "--record", record});
    std::this_thread::sleep_for(whole * random.uniform());
    kill(child, SIGKILL);
    killed += wait_for(child) == -SIGKILL ? 1 : 0;
    if (!std::filesystem::exists(record)) continue;
    const auto ledger = open_ledger(record);  // whole at every moment, and never shorter than before
    ASSERT_TRUE(ledger) << ledger.error().text();
    EXPECT_GE((*ledger)->head().size, kept);
    kept = (*ledger)->head().size;
  }
  EXPECT_GE(killed, 5);
  ASSERT_EQ(wait_for(start({sample, "--report", scratch.file("cut"), "--record", record})), 0);
  EXPECT_TRUE(test::read_all(scratch.file("cut/record.jsonl")) == once);
  EXPECT_TRUE(test::read_all(scratch.file("cut/report.html")) ==
              test::read_all(scratch.file("whole/report.html")));
  const auto checked = verify_ledger(record);
  ASSERT_TRUE(checked);
  EXPECT_TRUE(checked->problems.empty());
}

TEST(ReplayCommand,
     as_known_at_a_moment_it_says_the_first_entries_of_the_day_and_nothing_of_what_came_later) {
  const test::Scratch scratch;
  const std::string night = std::string(VARNE_ROOT) + "/data/days/2021-11-24";
  ASSERT_EQ(replay(scratch, night + " --report " + scratch.file("whole")).status, 0);
  const std::string whole = test::read_all(scratch.file("whole/record.jsonl"));
  std::string before;
  for (const char* moment : {"2021-11-24T00:30:00Z", "2021-11-24T02:00:00Z", "2021-11-24T03:30:00Z"}) {
    const auto then =
        replay(scratch, fmt::format("{} --as-known-at {} --report {}", night, moment, scratch.file("then")));
    ASSERT_EQ(then.status, 0) << then.err;
    EXPECT_NE(then.out.find("As known at"), std::string::npos);
    EXPECT_NE(then.out.find("nobody has said yet how many they are: I1 (Charlie)"), std::string::npos);
    const std::string lines = test::read_all(scratch.file("then/record.jsonl"));
    EXPECT_TRUE(whole.starts_with(lines));
    EXPECT_TRUE(lines.starts_with(before));
    before = lines;
    const std::string last = lines.substr(lines.rfind('\n', lines.size() - 2) + 1);
    EXPECT_LE(parse_json(last).value()["time"].get<std::string>(), moment);
    EXPECT_NE(
        test::read_all(scratch.file("then/report.html")).find("nothing that came later stands on this page"),
        std::string::npos);
    // Nobody had counted them: no tile says that nobody was missing.
    EXPECT_EQ(test::read_all(scratch.file("then/report.html")).find("<span>missing</span>"),
              std::string::npos);
  }
  EXPECT_LT(before.size(), whole.size());
  EXPECT_EQ(test::read_all(scratch.file("whole/report.html")).find("As it could be known"),
            std::string::npos);
  for (const char* wrong : {"25:00", "soon", "2021-12-01T00:00:00Z"}) {
    const auto refused = replay(scratch, fmt::format("{} --as-known-at {}", night, wrong));
    EXPECT_EQ(refused.status, 2) << wrong;
    EXPECT_NE(refused.err.find("--as-known-at"), std::string::npos) << refused.err;
  }
}

TEST(ReplayCommand, says_in_json_what_came_of_the_day) {
  const test::Scratch scratch;
  const auto ran = replay(scratch, sample + " --json");
  ASSERT_EQ(ran.status, 0) << ran.err;
  const Json said = parse_json(ran.out).value();
  EXPECT_EQ(said["people"]["set_out"], Json::array({1352, 1352}));
  EXPECT_EQ(said["people"]["missing"], Json::array({3, 3}));
  EXPECT_EQ(said["open"].size(), 2U);
  EXPECT_EQ(said["exercise"], true);
  EXPECT_EQ(ran.err, "");  // no terminal, no progress; nothing refused
}

TEST(ReplayCommand, fails_and_is_misused_with_a_word_of_why) {
  const test::Scratch scratch;
  const auto absent = replay(scratch, scratch.file("nowhere"));
  EXPECT_EQ(absent.status, 1);
  EXPECT_NE(absent.err.find("day.toml: is not there"), std::string::npos) << absent.err;
  EXPECT_EQ(replay(scratch, "").status, 2);
  EXPECT_EQ(replay(scratch, sample + " --speed -1").status, 2);
  const auto full = replay(scratch, sample + " --report /dev/null/x");
  EXPECT_EQ(full.status, 1);
  EXPECT_NE(full.err.find("cannot be made"), std::string::npos) << full.err;
  const auto help = replay(scratch, "--help");
  EXPECT_EQ(help.status, 0);
  EXPECT_NE(help.out.find("Example:"), std::string::npos);
}

}  // namespace
}  // namespace varne
