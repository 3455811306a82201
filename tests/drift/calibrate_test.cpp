#include "varne/drift/calibrate.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "support.h"
#include "varne/core/philox.h"

namespace varne {
namespace {

constexpr double windage = 0.02;
constexpr double sigma_mps = 0.25;
constexpr double tau_s = 8 * 3600;

/// Drifters whose error is exactly the process: sub-steps of a minute, a fix every hour for six days, in a
/// current and a wind that turn.
std::vector<DrifterTrack> synthetic(int count, std::uint64_t seed) {
  const Time start = *parse_time("2024-03-01T00:00Z");
  std::vector<DrifterTrack> tracks;
  for (int i = 0; i < count; ++i) {
    Random random(seed, static_cast<std::uint32_t>(i), 0);
    DrifterTrack track{fmt::format("D{}", i), {}};
    Place place{2.0 + 0.01 * i, 51};
    Vec error{sigma_mps * random.normal(), sigma_mps * random.normal()};
    const double kept = std::exp(-60 / tau_s);
    const double fresh = sigma_mps * std::sqrt(1 - kept * kept);
    for (int minute = 0; minute <= 6 * 24 * 60; ++minute) {
      const double phase = 2 * M_PI * minute / 745;
      const Vec current{0.6 * std::cos(phase), 0.3 * std::sin(phase)};
      const Vec wind{8 * std::cos(phase / 5 + i), 8 * std::sin(phase / 5 + i)};
      if (minute % 60 == 0)
        track.fixes.push_back({start + std::chrono::minutes(minute), place, current, wind});
      place = moved(place, (current + wind * windage + error) * 60);
      error = error * kept + Vec{random.normal(), random.normal()} * fresh;
    }
    tracks.push_back(std::move(track));
  }
  return tracks;
}

TEST(Calibrate, recovers_windage_size_and_length_of_an_error_within_ten_per_cent) {
  const DriftErrorFit fit = fit_errors(synthetic(60, 1));
  std::cout << "windage " << fit.windage << ", sigma " << fit.sigma_mps << ", tau " << fit.tau_s / 3600
            << " h\n";
  EXPECT_NEAR(fit.windage / windage, 1, 0.1);
  EXPECT_NEAR(fit.sigma_mps / sigma_mps, 1, 0.1);
  EXPECT_NEAR(fit.tau_s / tau_s, 1, 0.1);
}

TEST(Calibrate, its_areas_hold_their_share_of_tracks_that_were_held_back_and_the_uncalibrated_do_not) {
  const CalibrationReport report = calibrate(synthetic(120, 2));
  EXPECT_EQ(report.fitted_tracks, 60U);
  EXPECT_EQ(report.held_back_tracks, 60U);
  double worst = 0;
  for (std::size_t k = 0; k < report.held.size(); ++k)
    worst = std::max(worst, std::abs(report.held[k] - 0.05 * static_cast<double>(k + 1)));
  std::cout << "at most " << 100 * worst << " points from the diagonal\n";
  EXPECT_LT(worst, 0.05);
  EXPECT_LT(report.held_uncalibrated[18], 0.3);  // of its 95 % areas
  ASSERT_EQ(report.leads.size(), 4U);
  for (const LeadScore& lead : report.leads) EXPECT_NEAR(lead.rms_m / lead.expected_m, 1, 0.1) << lead.hours;
  EXPECT_GT(report.leads[3].rms_m, 3 * report.leads[0].rms_m);
}

/// σ τ √(2 (x - 1 + e^-x)) with x = t/τ = 3: 0.25 · 28800 · √(2 · 2.0498) = 14,578 m.
TEST(Calibrate, the_spread_after_a_time_is_that_of_the_process) {
  EXPECT_NEAR(spread_m({0, sigma_mps, tau_s, 0}, 24 * 3600), 14578, 2);
}

TEST(Calibrate, reads_tracks_with_their_forcing_or_asks_the_sea_and_says_what_is_wrong) {
  const test::Scratch scratch;
  const auto read = [&](const std::string& text, const Sea& sea = {}) {
    return read_tracks(scratch.write("tracks.csv", text), sea);
  };
  const std::string head = "track,time,lon,lat,current_u,current_v,wind_u,wind_v\n";
  const auto row = [](const char* id, const char* time, const char* more = ",0.5,0,8,0") {
    return fmt::format("{},2024-03-01T{}Z,2,51{}\n", id, time, more);
  };
  const std::string two = row("A", "00:00") + row("A", "01:00") + row("A", "02:00") + row("B", "00:00") +
                          row("B", "01:00") + row("B", "02:00");
  const auto tracks = read(head + two);
  ASSERT_TRUE(tracks) << tracks.error().text();
  EXPECT_EQ(tracks->size(), 2U);
  EXPECT_EQ((*tracks)[0].fixes[1].wind, (Vec{8, 0}));
  EXPECT_NE(read(head + two + row("B", "01:30")).error().text().find("tracks.csv:8: time"),
            std::string::npos);
  EXPECT_NE(read(head + row("A", "00:00")).error().text().find("fewer than two tracks"), std::string::npos);
  EXPECT_NE(read("track,time,lon,lat,current_u\n").error().text().find("give all four"), std::string::npos);
  EXPECT_NE(read("time,lon,lat\n").error().text().find("has no column \"track\""), std::string::npos);
  // A gap of seven hours makes two pieces.
  const auto cut = read(head + two + row("A", "09:00") + row("A", "10:00") + row("A", "11:00"));
  ASSERT_TRUE(cut) << cut.error().text();
  EXPECT_EQ(cut->size(), 3U);

  Stated stated;
  stated.current = Vec{0.1, 0.2};
  stated.wind = Vec{3, 4};
  Sea sea;
  sea.add(stated_source("stated", {stated}));
  std::string bare = "id,time_utc,lon,lat\n";
  for (const char* id : {"A", "B"})
    for (const char* time : {"00:00", "01:00", "02:00"}) bare += row(id, time, "");
  const auto asked = read(bare, sea);
  ASSERT_TRUE(asked) << asked.error().text();
  EXPECT_EQ((*asked)[1].fixes[2].current, (Vec{0.1, 0.2}));
}

}  // namespace
}  // namespace varne
