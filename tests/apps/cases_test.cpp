/// `varne serve` as it is started for a watch, and what receivers, loggers and people were reported to send.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "apps/program.h"
#include "serve/client.h"
#include "varne/core/text.h"
#include "varne/core/time.h"

namespace varne {
namespace {

using test::get;

/// The lines of a case, without its comments.
std::vector<std::string> lines_of(const std::string& path) {
  std::vector<std::string> out;
  const std::string text = test::read_all(path);
  for (const auto line : split(text, '\n')) {
    if (!line.empty() && !line.starts_with("# ")) out.emplace_back(line);
  }
  return out;
}

/// The line with its tag block's time made this, and the block's checksum right.
std::string written_at(std::string line, Time time) {
  const auto begin = line.find("c:") + 2;
  line.replace(begin, line.find('*') - begin, std::to_string(millis(time) / 1000));
  unsigned sum = 0;
  for (std::size_t i = 1; line[i] != '*'; ++i) sum ^= static_cast<unsigned char>(line[i]);
  line.replace(line.find('*') + 1, 2, fmt::format("{:02X}", sum));
  return line;
}

Time wall_clock() {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

class Cases : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = test::shared_file("cases/feeds");
    if (folder_.empty()) GTEST_SKIP() << "shared folder absent: cases/feeds";
    desk_.emplace(scratch_, std::vector<std::string>{
                                "serve", "--port", "0", "--record", scratch_.file("desk.db"), "--feed",
                                "nmea=" + ais_.address(), "--feed", "plots=" + radar_.address(), "--feed",
                                "reports=" + people_.address(), "--feed", "nmea=udp://127.0.0.1:0"});
    port_ = desk_->port();
    ASSERT_NE(port_, 0) << desk_->said();
    for (test::Receiver* sender : {&ais_, &radar_, &people_}) sender->wait();
  }

  [[nodiscard]] Json feed(std::size_t number) const {
    return get(port_, "/api/health").json()["feeds"][number];
  }
  [[nodiscard]] std::string trouble() const { return get(port_, "/api/health").json()["trouble"]; }
  void send(test::Receiver& sender, std::size_t number, const std::string& line) {
    const std::uint64_t before = feed(number)["taken"];
    ASSERT_TRUE(sender.send(line));
    ASSERT_TRUE(test::soon([&] { return feed(number)["taken"] > before; })) << line;
  }
  void send(const char* name) {
    for (const auto& line : lines_of(folder_ + "/" + name)) send(ais_, 0, line);
  }
  [[nodiscard]] Json state() const { return get(port_, "/api/state").json(); }
  /// Whether an entry of this kind holds all these words, by now or soon.
  [[nodiscard]] bool says(const std::string& kind, const std::vector<std::string>& words) const {
    return test::soon([&] {
      const Json page = get(port_, "/api/entries?limit=1000").json();
      return std::ranges::any_of(page["entries"], [&](const Json& entry) {
        const std::string body = entry["body"].dump();
        return entry["kind"] == kind && std::ranges::all_of(words, [&](const auto& word) {
                 return body.find(word) != std::string::npos;
               });
      });
    });
  }

  test::Scratch scratch_;
  test::Receiver ais_, radar_, people_;
  std::string folder_;
  std::optional<test::Program> desk_;
  std::uint16_t port_ = 0;
};

TEST_F(Cases, distress_is_before_the_officer_whatever_it_comes_as) {
  send("01-sart-mob-epirb.nmea");
  send("02-epirb-no-fix.nmea");
  send("04-ship-with-status-14.nmea");
  send("05-mayday-relay-text.nmea");
  EXPECT_TRUE(says("beacon", {"AIS-SART", "SART ACTIVE", "alarm"}));
  EXPECT_TRUE(says("beacon", {"MOB beacon", "MOB ACTIVE", "alarm"}));
  EXPECT_TRUE(says("beacon", {"EPIRB-AIS", "EPIRB ACTIVE", "alarm"}));
  EXPECT_TRUE(says("beacon", {"within reach of the receiver of nmea"}));
  EXPECT_TRUE(says("beacon", {"claims to be an active SART"}));
  EXPECT_TRUE(says("safety_text", {"MAYDAY RELAY 5059N 00130E SINKING 30 POB", "2320717"}));
  EXPECT_TRUE(says("safety_text", {"TAKING WATER", "244000001", "\"to\":2320717"}));
  const Json incidents = state()["incidents"];
  EXPECT_EQ(incidents.size(), 4U) << incidents;
  for (const auto& incident : incidents) EXPECT_EQ(incident["phase"], "distress");

  for (const auto& line : lines_of(folder_ + "/13-distress-report-refused.jsonl")) {
    send(people_, 2, line);
    EXPECT_TRUE(says("line_refused", {"\"distress\":true", "Zulu"}));
  }
  EXPECT_EQ(feed(2)["refused"], 2);
  EXPECT_NE(trouble().find("speaks of distress"), std::string::npos) << trouble();
  EXPECT_NE(get(port_, "/metrics").body.find("varne_feed_refused_total{feed=\"reports\"} 2\n"),
            std::string::npos);
}

TEST_F(Cases, odd_lines_are_read_as_they_were_meant) {
  send("09-written-times.nmea");
  send("07-sequence-above-9.nmea");
  EXPECT_EQ(feed(0)["refused"], 0) << feed(0);
  ASSERT_TRUE(test::soon([&] {
    const Json tracks = state()["tracks"];
    return tracks.size() == 1 && tracks[0].contains("name");
  })) << state()["tracks"];
  const Json ships = state()["tracks"];
  EXPECT_EQ(ships[0]["mmsi"], 244000001);
  EXPECT_EQ(ships[0]["name"], "ALPHA ONE") << "hers, not the other ship's";

  send("14-aton-and-radar.nmea");
  ASSERT_TRUE(test::soon([&] { return state()["marks"].size() == 1; })) << state()["marks"];
  const Json marks = state()["marks"];
  EXPECT_EQ(marks[0]["kind"], "aid_to_navigation");

  for (const auto& row : lines_of(folder_ + "/15-csv-bom-header.csv")) send(radar_, 1, row);
  const Time first = parse_time("2021-11-11T05:00:02Z").value();
  for (int turn = 2; turn < 8; ++turn)
    send(radar_, 1, fmt::format("{},d,{},1,50.98,1.2,45", iso(first + std::chrono::seconds(3 * turn)), turn));
  EXPECT_EQ(feed(1)["refused"], 0);
  EXPECT_TRUE(test::soon([&] {
    const Json tracks = state()["tracks"];
    return std::ranges::any_of(tracks, [](const Json& t) {
      return !t.contains("mmsi") && std::abs(t["at"][0].get<double>() - 1.2) < 0.01 &&
             std::abs(t["at"][1].get<double>() - 50.98) < 0.01;
    });
  }));
}

TEST_F(Cases, a_receiver_whose_clock_is_slow_is_named_and_its_ship_stays) {
  const std::string line = lines_of(folder_ + "/10-slow-clock.nmea").front();
  // Its clock is known after some lines that are a quarter of a second apart.
  EXPECT_TRUE(test::soon([&] {
    EXPECT_TRUE(ais_.send(written_at(line, wall_clock() - std::chrono::minutes(40))));
    return trouble().find("nmea: its clock is 2") != std::string::npos;
  })) << trouble();
  EXPECT_NEAR(feed(0)["clock_offset_s"].get<double>(), -2400, 5);
  const Json tracks = state()["tracks"];
  ASSERT_EQ(tracks.size(), 1U);
  EXPECT_EQ(tracks[0]["state"], "confirmed");
}

TEST_F(Cases, datagrams_are_taken_as_a_stream_is) {
  const std::string listening = feed(3)["state"];
  test::Datagrams sender(static_cast<std::uint16_t>(std::stoi(listening.substr(listening.rfind(' ') + 1))));
  for (const auto& line : lines_of(folder_ + "/01-sart-mob-epirb.nmea")) sender.send(line);
  EXPECT_TRUE(test::soon([&] { return state()["incidents"].size() == 3; }));
  EXPECT_EQ(feed(3)["dropped"], 0);
}

}  // namespace
}  // namespace varne
