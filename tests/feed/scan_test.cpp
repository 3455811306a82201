/// Plots gathered into turns of the antenna.
#include <gtest/gtest.h>

#include "varne/feed/reader.h"
#include "varne/feed/scan_gatherer.h"

namespace varne {
namespace {

const Time start = *parse_time("2021-11-11T05:00:00Z");
using std::chrono::seconds;

class Scans : public ::testing::Test {
 protected:
  ScanGatherer gatherer;
  std::vector<Observation> out;

  void plot(const char* radar, std::uint32_t scan, Time time, Time arrival) {
    gatherer.take(radar, scan, {next_++, time, {1.5, 51}, 40}, "row", arrival, out);
  }
  const RadarScan& given(std::size_t i) { return std::get<RadarScan>(out.at(i).what); }

 private:
  std::uint32_t next_ = 0;
};

TEST_F(Scans, a_turn_is_one_observation_with_its_span_and_a_raw_line_a_plot) {
  plot("dover", 1, start, start);
  plot("dover", 1, start + seconds(1), start + seconds(1));
  EXPECT_TRUE(out.empty());
  plot("dover", 2, start + seconds(3), start + seconds(3));
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(given(0).plots.size(), 2U);
  EXPECT_EQ(given(0).from, start);
  EXPECT_EQ(given(0).to, start + seconds(1));
  EXPECT_EQ(out[0].time, given(0).to);
  EXPECT_EQ(out[0].source, "radar:dover");
  EXPECT_EQ(out[0].raw, "row\nrow");
  gatherer.finish(out);
  EXPECT_EQ(out.size(), 2U);
}

TEST_F(Scans, a_radar_whose_plots_come_late_is_gathered_whole) {
  for (int i = 0; i < 10; ++i) {
    plot("dover", 1, start - std::chrono::minutes(5), start + std::chrono::milliseconds(100 * i));
    gatherer.advance(start + std::chrono::milliseconds(100 * i), out);
  }
  EXPECT_TRUE(out.empty());
  gatherer.advance(start + seconds(3), out);
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(given(0).plots.size(), 10U);
}

/// Six plots spread over a turn of 20 s: the first turn may be cut, the ones after it are not.
TEST_F(Scans, a_slow_antenna_is_learnt_and_its_turns_are_not_cut) {
  for (std::uint32_t turn = 0; turn < 5; ++turn) {
    for (int i = 0; i < 6; ++i) {
      const Time t = start + seconds(20) * turn + seconds(3) * i;
      plot("dover", turn, t, t);
      for (int k = 0; k < 3; ++k) gatherer.advance(t + seconds(k), out);
    }
  }
  gatherer.finish(out);
  std::map<std::uint32_t, std::size_t> pieces;
  for (const auto& o : out) ++pieces[std::get<RadarScan>(o.what).scan];
  for (std::uint32_t turn = 2; turn < 5; ++turn) EXPECT_EQ(pieces[turn], 1U) << turn;
}

TEST_F(Scans, radars_are_gathered_apart) {
  plot("dover", 7, start, start);
  plot("gris-nez", 7, start, start);
  plot("dover", 7, start, start);
  gatherer.finish(out);
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(given(0).plots.size() + given(1).plots.size(), 3U);
  EXPECT_NE(given(0).radar, given(1).radar);
}

TEST(PlotFeed, the_clock_gives_a_turn_that_is_whole_and_the_end_gives_the_rest) {
  const auto reader = *make_reader("plots", "radar");
  std::vector<Observation> out;
  ASSERT_TRUE(reader->take("time,radar,scan,plot,lon,lat,sigma_m", start, out));
  ASSERT_TRUE(reader->take("2021-11-11T05:00:00Z,dover,1,0,1.5,51,40", start, out));
  reader->advance(start + seconds(1), out);
  EXPECT_TRUE(out.empty());
  reader->advance(start + seconds(3), out);
  EXPECT_EQ(out.size(), 1U);
  ASSERT_TRUE(reader->take("2021-11-11T05:00:20Z,dover,2,0,1.5,51,40", start + seconds(20), out));
  reader->finish(out);
  EXPECT_EQ(out.size(), 2U);
}

}  // namespace
}  // namespace varne
