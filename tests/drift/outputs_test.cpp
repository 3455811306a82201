/// A forecast as files for other programs, read back.
#include "varne/drift/outputs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "support.h"
#include "varne/drift/ring.h"
#include "varne/drift/summary.h"
#include "varne/sea/netcdf_file.h"

namespace varne {
namespace {

/// Three hours of a cloud that goes north-east; one of ten comes ashore, one leaves.
DriftRun made(int hours = 3, int particles = 500) {
  DriftRun run;
  run.leeway_key = "PIW-1";
  run.release = {{1.5, 51}, 100, *parse_time("2021-11-11T05:00Z"), *parse_time("2021-11-11T05:00Z")};
  run.options.particles = static_cast<std::uint32_t>(particles);
  for (int h = 0; h <= hours; ++h) {
    DriftSnapshot s;
    s.time = run.release.from + std::chrono::hours(h);
    for (int i = 0; i < particles; ++i) {
      const double around = 2.4 * i;
      const double r = 100.0 * (h + 1) * std::sqrt(i);
      s.places.push_back(
          moved(run.release.place, {2000.0 * h + r * std::cos(around), 1000.0 * h + r * std::sin(around)}));
      s.states.push_back(h == hours && i % 10 == 0   ? ParticleState::ashore
                         : h == hours && i % 10 == 1 ? ParticleState::left
                                                     : ParticleState::adrift);
    }
    run.snapshots.push_back(std::move(s));
  }
  return run;
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t n = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

TEST(DriftOutputs, trajectories_come_back_from_netcdf_as_they_were) {
  const test::Scratch scratch;
  const DriftRun run = made();
  const auto path = scratch.file("way.nc");
  const auto written = write_trajectories(path, run);
  ASSERT_TRUE(written) << written.error().text();
  const auto file = NetcdfFile::open(path);
  ASSERT_TRUE(file) << file.error().text();
  const auto lon = file->values(*file->find("lon"));
  ASSERT_TRUE(lon);
  ASSERT_EQ(lon->size(), 4U * 500);  // trajectory, time
  EXPECT_EQ((*lon)[7 * 4 + 2], run.snapshots[2].places[7].lon);
  const auto status = file->values(*file->find("status"));
  EXPECT_EQ((*status)[10 * 4 + 3], 1);
  EXPECT_EQ((*status)[11 * 4 + 3], 2);
  EXPECT_EQ(file->text(*file->find("trajectory"), "cf_role"), "trajectory_id");
  EXPECT_EQ((*file->values(*file->find("time")))[1] - (*file->values(*file->find("time")))[0], 3600);
  EXPECT_FALSE(write_trajectories("/nowhere/x.nc", run));
}

TEST(DriftOutputs, each_trajectory_says_of_which_scenario_and_member_it_is) {
  const test::Scratch scratch;
  DriftRun run = made();
  run.scenarios = {"engine failed", "under way"};
  run.scenario_of.assign(500, 0);
  run.scenario_of[7] = 1;
  run.members_drawn = {3, 12};
  run.member_of.assign(500, 1);
  run.member_of[7] = 0;
  const auto path = scratch.file("way.nc");
  ASSERT_TRUE(write_trajectories(path, run));
  {  // One netCDF file is open at a time: this one is closed before the next.
    const auto file = NetcdfFile::open(path);
    ASSERT_TRUE(file);
    const auto scenario = file->values(*file->find("scenario"));
    EXPECT_EQ((*scenario)[6], 0);
    EXPECT_EQ((*scenario)[7], 1);
    EXPECT_EQ(file->text(*file->find("scenario"), "flag_meanings"), "engine_failed under_way");
    const auto member = file->values(*file->find("member"));
    EXPECT_EQ((*member)[6], 12);
    EXPECT_EQ((*member)[7], 3);
  }
  const auto plain = scratch.file("plain.nc");
  ASSERT_TRUE(write_trajectories(plain, made()));
  EXPECT_FALSE(NetcdfFile::open(plain)->find("scenario")) << "where there is one there is nothing to tell";
}

TEST(DriftOutputs, each_cell_holds_its_share_and_all_of_them_hold_all_that_has_not_left) {
  const test::Scratch scratch;
  const DriftRun run = made();
  const auto grid = probability(run, 50);
  const std::size_t cells = grid.rows * grid.columns;
  ASSERT_EQ(grid.shares.size(), 4 * cells);
  const auto sum = [&](std::size_t t) {
    return std::accumulate(grid.shares.begin() + static_cast<std::ptrdiff_t>(t * cells),
                           grid.shares.begin() + static_cast<std::ptrdiff_t>((t + 1) * cells), 0.0);
  };
  EXPECT_NEAR(sum(0), 1, 1e-4);
  EXPECT_NEAR(sum(3), 0.9, 1e-4);
  const Place one = run.snapshots[1].places[3];
  const auto column = static_cast<std::size_t>((one.lon - grid.west) / grid.step_lon);
  const auto row = static_cast<std::size_t>((one.lat - grid.south) / grid.step_lat);
  EXPECT_GE(grid.shares[cells + row * grid.columns + column], 1.0F / 500);

  const auto path = scratch.file("p.nc");
  ASSERT_TRUE(write_probability(path, grid));
  const auto file = NetcdfFile::open(path);
  ASSERT_TRUE(file);
  const auto back = file->values(*file->find("probability"));
  ASSERT_EQ(back->size(), grid.shares.size());
  EXPECT_EQ(static_cast<float>((*back)[cells + row * grid.columns + column]),
            grid.shares[cells + row * grid.columns + column]);
}

TEST(DriftOutputs, the_geotiff_has_the_last_moment_north_up) {
  const test::Scratch scratch;
  const auto grid = probability(made(), 50);
  ASSERT_TRUE(write_geotiff(scratch.file("p.tif"), grid));
  const std::string bytes = test::read_all(scratch.file("p.tif"));
  ASSERT_EQ(bytes.substr(0, 4), std::string("II\x2a\0", 4));
  std::uint32_t directory = 0;
  std::memcpy(&directory, bytes.data() + 4, 4);
  const auto tag = [&](std::uint16_t wanted) {
    std::uint16_t entries = 0;
    std::memcpy(&entries, bytes.data() + directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
      std::uint16_t number = 0;
      std::uint32_t value = 0;
      std::memcpy(&number, bytes.data() + directory + 2 + 12 * i, 2);
      std::memcpy(&value, bytes.data() + directory + 2 + 12 * i + 8, 4);
      if (number == wanted) return value;
    }
    return 0U;
  };
  EXPECT_EQ(tag(256), grid.columns);
  EXPECT_EQ(tag(257), grid.rows);
  double corner[6];
  std::memcpy(corner, bytes.data() + tag(33922), sizeof corner);
  EXPECT_EQ(corner[3], grid.west);
  EXPECT_NEAR(corner[4], grid.south + static_cast<double>(grid.rows) * grid.step_lat, 1e-12);
  // The first row written is the northernmost.
  const std::size_t last = 3 * grid.rows * grid.columns;
  float first = -1;
  for (std::size_t column = 0; column < grid.columns; ++column) {
    std::memcpy(&first, bytes.data() + tag(273) + 4 * column, 4);
    EXPECT_EQ(first, grid.shares[last + (grid.rows - 1) * grid.columns + column]);
  }
}

TEST(DriftOutputs, a_plotter_gets_areas_and_a_position_an_hour) {
  const DriftRun run = made();
  const std::string gpx = forecast_gpx(run);
  EXPECT_EQ(count(gpx, "<wpt "), 4U);
  EXPECT_GE(count(gpx, "<trk>"), 3U);
  EXPECT_NE(gpx.find("<name>PIW-1 95 % 110800Z</name>"), std::string::npos) << gpx.substr(0, 600);
  EXPECT_EQ(count(gpx, "<trk>"), count(gpx, "</trk>"));
  const std::string kml = forecast_kml(run);
  EXPECT_GE(count(kml, "<Polygon>"), 12U);
  EXPECT_NE(kml.find("<when>2021-11-11T08:00:00Z</when>"), std::string::npos);
  EXPECT_EQ(count(kml, "<styleUrl>#p"), count(kml, "<Polygon>"));
  for (const char* share : {"50", "90", "95"})
    EXPECT_EQ(count(kml, "<Style id=\"p" + std::string(share) + "\">"), 1U) << share;
  // Most of them lie about the middle of the spiral.
  EXPECT_LT(distance_m(*most_probable(run.snapshots[1]), moved(run.release.place, {2000, 1000})), 1500);
}

/// A ring in a ring with an island in it, and a point.
TEST(DriftOutputs, rings_become_polygons_with_the_holes_that_lie_in_them) {
  const auto square = [](double half, bool left) {
    std::vector<Place> ring{{-half, -half}, {half, -half}, {half, half}, {-half, half}, {-half, -half}};
    if (!left) std::reverse(ring.begin(), ring.end());
    return ring;
  };
  const auto polygons =
      polygons_of({square(2, false), square(3, true), square(1, true), {{5, 5}, {5, 5}, {5, 5}}});
  ASSERT_EQ(polygons.size(), 2U);
  EXPECT_EQ(polygons[0].outer, square(3, true));
  ASSERT_EQ(polygons[0].holes.size(), 1U);
  EXPECT_EQ(polygons[0].holes[0], square(2, false));
  EXPECT_EQ(polygons[1].outer, square(1, true));
  EXPECT_TRUE(polygons[1].holes.empty());
}

TEST(DriftOutputs, what_was_learned_from_is_text_in_kml_whatever_the_search_is_called) {
  DriftRun run = made();
  run.evidence = {"the search \"A & B <south>\" that found nothing"};
  run.weights.assign(run.snapshots[0].places.size(),
                     1.0 / static_cast<double>(run.snapshots[0].places.size()));
  const std::string kml = forecast_kml(run);
  EXPECT_NE(kml.find("A &amp; B &lt;south&gt;"), std::string::npos) << kml.substr(0, 600);
  EXPECT_EQ(kml.find("A & B"), std::string::npos);
}

TEST(DriftOutputs, a_brief_text_fits_in_300_bytes_and_ends_with_the_last_hour) {
  for (const int hours : {1, 3, 24, 72}) {
    const std::string text = brief_text(made(hours, 60));
    EXPECT_LE(text.size(), 300U);
    EXPECT_EQ(text.find("DRIFT FORECAST PIW-1 FROM 5100.0N00130.0E 110500Z"), 0U) << text;
    const auto last = iso(*parse_time("2021-11-11T05:00Z") + std::chrono::hours(hours));
    EXPECT_NE(text.find("\n" + last.substr(8, 2) + last.substr(11, 2) + "00Z "), std::string::npos) << text;
    EXPECT_GT(count(text, "R90"), 0U);
    for (const char c : text) EXPECT_TRUE(c == '\n' || (c >= 32 && c < 127));
  }
}

}  // namespace
}  // namespace varne
