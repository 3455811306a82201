/// `varne decode` as a person runs it.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <boost/asio.hpp>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "ran.h"
#include "support.h"
#include "varne/core/json.h"
#include "varne/core/text.h"

namespace varne {
namespace {

struct Ran : test::Ran {
  std::string err;
};

Ran decode(const test::Scratch& scratch, const std::string& arguments, const std::string& before = "") {
  Ran ran{test::ran_varne("decode " + arguments + " 2> " + scratch.file("err"), before), {}};
  ran.err = test::read_all(scratch.file("err"));
  return ran;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const std::string good = "!AIVDM,1,1,,A,13M@`lh02oo?dO>Dvilu=:bL0>`<,0*5C\n";
const std::string damaged = "!AIVDM,1,1,,A,13M@`lh02oo?dO>Dvilu=:bL0>`<,0*5D\n";

TEST(DecodeCommand, prints_a_table_and_names_what_it_refused) {
  const test::Scratch scratch;
  const auto log = scratch.write("log.nmea", good + "# note\n" + damaged + good);
  const auto ran = decode(scratch, log);
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(has(ran.out, "AIS type  1  position report, class A                          2\n")) << ran.out;
  EXPECT_TRUE(has(ran.err, log + ":3: checksum 5D written, 5C computed")) << ran.err;
}

TEST(DecodeCommand, names_ten_bad_lines_and_counts_the_rest) {
  const test::Scratch scratch;
  std::string text;
  for (int i = 0; i < 25; ++i) text += damaged;
  const auto ran = decode(scratch, scratch.write("log.nmea", text));
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(has(ran.err, "log.nmea:10: checksum")) << ran.err;
  EXPECT_FALSE(has(ran.err, "log.nmea:11:")) << ran.err;
  EXPECT_TRUE(has(ran.err, "and 15 refused lines more")) << ran.err;
}

TEST(DecodeCommand, writes_json_lines_and_the_counts_beside_them) {
  const test::Scratch scratch;
  const auto plots = scratch.write("r.csv",
                                   "time,radar,scan,plot,lon,lat,sigma_m\n"
                                   "2021-11-11T05:00:00Z,langdon,7,2,1.5,51,30\n");
  const auto reports =
      scratch.write("r.jsonl", R"({"id":"1","time":"2021-11-11T05:00:00Z","kind":"call","from":"caller"})"
                               "\n"
                               R"({"id":"2","time":"2021-11-11T05:00:00Z","kind":"shout","from":"caller"})"
                               "\n");
  const auto ran =
      decode(scratch, fmt::format("--json {} {} {}", scratch.write("log", good), plots, reports));
  EXPECT_EQ(ran.status, 0);
  std::vector<std::string> kinds;
  for (const auto line : split(trim(ran.out), '\n')) {
    const auto json = parse_json(line);
    ASSERT_TRUE(json) << line;
    EXPECT_EQ(canonical(*json), line);
    kinds.push_back((*json)["kind"]);
  }
  EXPECT_EQ(kinds, (std::vector<std::string>{"ais_position", "radar_scan", "report"}));
  EXPECT_TRUE(has(ran.err, "r.jsonl:2: kind: \"shout\" is no kind of report")) << ran.err;
  const auto err = trim(ran.err);
  const auto counts = parse_json(err.substr(err.rfind('\n') + 1));
  ASSERT_TRUE(counts) << ran.err;
  EXPECT_EQ((*counts)["observations"], 3);
  EXPECT_EQ((*counts)["refused"], 1);
  EXPECT_EQ((*counts)["plots"], 1);
  EXPECT_EQ((*counts)["reports"]["call"], 1);
}

TEST(DecodeCommand, reads_standard_input_and_says_what_line_was_too_long) {
  const test::Scratch scratch;
  scratch.write("long", std::string(1 << 20, 'x') + "\n" + good);
  const auto ran = decode(scratch, "-", fmt::format("cat {} |", scratch.file("long")));
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(has(ran.err, "stdin:1: longer than 65536 bytes")) << ran.err;
  EXPECT_TRUE(has(ran.out, "position report, class A ")) << ran.out;
}

TEST(DecodeCommand, fails_on_what_cannot_be_read_and_goes_on_with_the_rest) {
  const test::Scratch scratch;
  const auto ran = decode(scratch, scratch.file("absent") + " " + scratch.write("log", good));
  EXPECT_EQ(ran.status, 1);
  EXPECT_TRUE(has(ran.err, "absent: cannot be opened: No such file or directory")) << ran.err;
  EXPECT_TRUE(has(ran.out, "position report, class A ")) << ran.out;
}

TEST(DecodeCommand, is_misused_without_a_source_or_with_a_kind_that_is_none) {
  const test::Scratch scratch;
  EXPECT_EQ(decode(scratch, "").status, 2);
  EXPECT_EQ(decode(scratch, "--kind asterix log").status, 2);
  EXPECT_EQ(decode(scratch, "--seconds -1 log").status, 2);
}

TEST(DecodeCommand, reads_a_tcp_sender) {
  namespace asio = boost::asio;
  const test::Scratch scratch;
  asio::io_context io;
  asio::ip::tcp::acceptor acceptor(io, {asio::ip::make_address("127.0.0.1"), 0});
  std::thread sender([&] {
    auto peer = acceptor.accept();
    asio::write(peer, asio::buffer(good + good));
  });
  const auto ran = decode(scratch, fmt::format("tcp://127.0.0.1:{}", acceptor.local_endpoint().port()));
  sender.join();
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(has(ran.out, "observations                                                   2\n")) << ran.out;
}

TEST(DecodeCommand, reads_a_recorded_log_sent_live_by_the_tool) {
  VARNE_NEEDS_SHARED(log, "data/ais/dma_drift_538004030.ais.gz");
  const test::Scratch scratch;
  // The tool prints where it listens; three days are sent in about a second.
  const auto ran = decode(
      scratch, "$(cat " + scratch.file("at") + ")",
      fmt::format("python3 {}/tools/send_feed.py {} --port 0 --speed 1000000 --once > {} 2>/dev/null & "
                  "for i in $(seq 400); do grep -q : {} 2>/dev/null && break; sleep 0.05; done;",
                  VARNE_ROOT, log, scratch.file("at"), scratch.file("at")));
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_TRUE(has(ran.out, "AIS sentences with a good checksum                         5,475\n")) << ran.out;
}

TEST(DecodeCommand, shows_every_real_log_as_json_without_a_crash) {
  VARNE_NEEDS_SHARED(folder, "data/ais");
  const test::Scratch scratch;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".gz") continue;
    const auto ran = decode(scratch, "--json " + entry.path().string());
    EXPECT_EQ(ran.status, 0) << entry.path() << ran.err;
    const auto err = trim(ran.err);
    const auto counts = parse_json(err.substr(err.rfind('\n') + 1));
    ASSERT_TRUE(counts) << ran.err;
    EXPECT_EQ((*counts)["observations"], std::count(ran.out.begin(), ran.out.end(), '\n')) << entry.path();
  }
}

}  // namespace
}  // namespace varne
