/// Real logs, whole: nothing crashes, nothing is invented, and what comes out is what others count.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "support.h"
#include "varne/core/json.h"
#include "varne/core/units.h"
#include "varne/feed/observation_json.h"
#include "varne/feed/reader.h"
#include "varne/feed/source.h"
#include "varne/feed/tally.h"

namespace varne {
namespace {

void expect_sane(const Observation& o) {
  ASSERT_FALSE(o.raw.empty());
  if (const auto* p = std::get_if<AisPosition>(&o.what)) {
    EXPECT_TRUE(!p->place || valid(*p->place)) << o.raw;
    EXPECT_TRUE(!p->course_deg || (*p->course_deg >= 0 && *p->course_deg < 360)) << o.raw;
    EXPECT_TRUE(!p->heading_deg || (*p->heading_deg >= 0 && *p->heading_deg < 360)) << o.raw;
    EXPECT_TRUE(!p->speed_mps || (*p->speed_mps >= 0 && *p->speed_mps <= mps_from_knots(1022))) << o.raw;
  } else if (const auto* m = std::get_if<AisMark>(&o.what)) {
    EXPECT_TRUE(!m->place || valid(*m->place)) << o.raw;
  }
}

/// Everything in one log; each observation's JSON is canonical and reads back.
FeedTally read_log(const std::string& path, bool check_json) {
  FeedTally tally;
  const auto reader = *make_reader("nmea", "ais");
  std::vector<Observation> out;
  const auto done = read_source(*parse_source(path), [&](const FeedLine& line) {
    out.clear();
    if (const auto taken = reader->take(line.text, line.arrival, out); !taken) tally.refuse(taken.error());
    for (const auto& o : out) {
      expect_sane(o);
      tally.add(o);
      if (!check_json) continue;
      const auto json = observation_json(o);
      const auto parsed = parse_json(json);
      ASSERT_TRUE(parsed) << json;
      EXPECT_EQ(canonical(*parsed), json);
    }
  });
  EXPECT_TRUE(done) << done.error().text();
  std::vector<Observation> rest;
  reader->finish(rest);
  EXPECT_TRUE(rest.empty());
  tally.add(*reader->nmea());
  return tally;
}

TEST(RealLogs, every_log_is_read_to_its_end_and_its_types_are_counted) {
  VARNE_NEEDS_SHARED(folder, "data/ais");
  int logs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".gz") continue;
    const auto tally = read_log(entry.path().string(), entry.file_size() < 300000);
    EXPECT_GT(tally.observations(), 0U) << entry.path();
    fmt::print("{}: {}\n", entry.path().filename().string(), tally.json());
    ++logs;
  }
  EXPECT_GE(logs, 20);
}

TEST(RealLogs, sentences_are_as_many_as_the_logs_are_known_to_have) {
  // The shared data's own README.
  for (const auto& [name, sentences] :
       std::map<std::string, std::uint64_t>{{"aishub_nmea-sample.txt.gz", 85194},
                                            {"caribewave_cw17.log.gz", 27860},
                                            {"dma_aisabnormal_sample.txt.gz", 26146},
                                            {"dma_drift_212123000.ais.gz", 3692},
                                            {"dma_drift_538004030.ais.gz", 5475},
                                            {"opencpn_go_to_guernesey.log.gz", 18124}}) {
    VARNE_NEEDS_SHARED(path, "data/ais/" + name);
    EXPECT_EQ((*parse_json(read_log(path, false).json()))["sentences"], sentences) << name;
  }
}

TEST(RealLogs, a_receivers_own_time_is_the_observations_time) {
  VARNE_NEEDS_SHARED(path, "data/ais/dma_aisabnormal_sample.txt.gz");
  const auto reader = *make_reader("nmea", "ais");
  std::vector<Observation> out;
  const auto done = read_source(*parse_source(path),
                                [&](const FeedLine& line) { (void)reader->take(line.text, Time{}, out); });
  ASSERT_TRUE(done);
  ASSERT_FALSE(out.empty());
  // The first says 2013-11-12 12:00:00.011; an arrival of 1970 would show where none was read.
  EXPECT_EQ(iso(out.front().time), "2013-11-12T12:00:00.011Z");
  for (const auto& o : out) ASSERT_EQ(iso(o.time).substr(0, 10), "2013-11-12") << o.raw;
}

}  // namespace
}  // namespace varne
