/// The sea in batches against the sea place by place.
#include "varne/sea/sea_moment.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "support.h"
#include "varne/core/philox.h"
#include "varne/sea/forcing.h"
#include "varne/sea/strait.h"

namespace varne {
namespace {

struct Batch {
  std::vector<double> lon, lat;
  std::vector<float> east, north;
  std::vector<std::uint8_t> answered;
};

Batch asked(const SeaMoment& moment, const Box& area, std::size_t n, std::uint64_t seed) {
  Batch b;
  Random random(seed, 0, 0);
  for (std::size_t i = 0; i < n; ++i) {
    b.lon.push_back(area.west + (area.east - area.west) * random.uniform());
    b.lat.push_back(area.south + (area.north - area.south) * random.uniform());
  }
  b.east.resize(n);
  b.north.resize(n);
  b.answered.resize(n);
  moment.velocities(b.lon, b.lat, b.east, b.north, b.answered);
  return b;
}

/// How far the batch is from the scalar question at worst [m/s], and for how many only one of them knows.
void compare(const Sea& sea, SeaPart part, Time time, const Box& area, double tolerance_mps,
             std::size_t strays) {
  const SeaMoment moment(sea, part, time, area);
  const Batch b = asked(moment, area, 3001, 7);  // no whole number of registers
  std::size_t differ = 0;
  double worst = 0;
  for (std::size_t i = 0; i < b.lon.size(); ++i) {
    const Place place{wrap180(b.lon[i]), b.lat[i]};
    const auto one = part == SeaPart::current ? sea.current(place, time) : sea.wind(place, time);
    const bool known = b.answered[i] != SeaMoment::unanswered;
    EXPECT_EQ(known, !std::isnan(b.east[i]));
    if (known != one.has_value()) {
      ++differ;
      continue;
    }
    if (!known) continue;
    worst = std::max(worst, length(*one - Vec{b.east[i], b.north[i]}));
    const auto& source = *sea.sources()[b.answered[i]];
    EXPECT_TRUE(part == SeaPart::current ? source.current(place, time) : source.wind(place, time));
  }
  std::cout << "at most " << worst << " m/s apart, " << differ << " known to one only\n";
  EXPECT_LE(worst, tolerance_mps);
  EXPECT_LE(differ, strays);
}

TEST(SeaMoment, knows_what_a_file_on_longitude_and_latitude_knows_its_gaps_and_ends_too) {
  VARNE_NEEDS_SHARED(current, "data/drift/wa_coast_hycom_current.nc");
  VARNE_NEEDS_SHARED(wind, "data/drift/wa_coast_gfs_wind.nc");
  Sea sea;
  ASSERT_TRUE(add_forcing(sea, {current, wind}));
  const Time time = *parse_time("2023-03-02T13:40Z");
  compare(sea, SeaPart::current, time, {-126.5, 46.5, -123.5, 49.5}, 2e-6, 0);
  compare(sea, SeaPart::wind, time, {-126.5, 46.5, -123.5, 49.5}, 2e-5, 0);
  compare(sea, SeaPart::wind, time, {233.5, 46.5, 236.5, 49.5}, 2e-5, 0);  // the same, counted eastwards
}

TEST(SeaMoment, shares_the_weight_of_land_as_the_tidal_streams_do_and_takes_the_first_that_knows) {
  Sea sea;
  ASSERT_TRUE(add_home_strait(sea));
  Stated beyond;
  beyond.current = Vec{0.25, -0.5};
  sea.add(stated_source("beyond the tides", {beyond}));
  compare(sea, SeaPart::current, *parse_time("2021-11-11T05:10Z"), {-1.5, 49, 4, 52.5}, 2e-6, 0);
}

/// 2.5 km apart on Lambert's map, asked about every kilometre: the wind's slope changes from cell to cell.
TEST(SeaMoment, comes_near_a_grid_on_a_map) {
  VARNE_NEEDS_SHARED(arome, "data/drift/AROME_MetCoOp_00_DEF_20160114_subset.nc");
  Sea sea;
  ASSERT_TRUE(add_forcing(sea, {arome}));
  compare(sea, SeaPart::wind, *parse_time("2016-01-14T00:30Z"), {2.5, 61.5, 3.5, 62.5}, 0.3, 0);
}

TEST(SeaMoment, of_a_source_that_knows_all_asks_no_other_and_of_none_knows_nothing) {
  Stated all;
  all.current = Vec{1, 2};
  Sea sea;
  sea.add(stated_source("all", {all}));
  sea.add(stated_source("never asked", {all}));
  const Box area{178, -10, 182, -8};
  const SeaMoment moment(sea, SeaPart::current, Time{}, area);
  EXPECT_EQ(moment.planes().size(), 1U);
  EXPECT_EQ(moment.sole(), 0);
  EXPECT_NEAR(moment.fastest_mps(), std::sqrt(5.0), 1e-6);
  const SeaMoment nothing(sea, SeaPart::wind, Time{}, area);
  EXPECT_FALSE(nothing.sole());
  EXPECT_EQ(asked(nothing, area, 5, 1).answered, std::vector<std::uint8_t>(5, SeaMoment::unanswered));
}

}  // namespace
}  // namespace varne
