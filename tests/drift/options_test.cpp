/// What a run may be asked for besides: errors that neighbours share, leeway that fades, capsizing, tides
/// that lift what came ashore, Stokes drift, and runs in pieces.
#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <cmath>

#include "support.h"
#include "varne/core/fields_bytes.h"
#include "varne/core/place_of_data.h"
#include "varne/drift/kernel.h"
#include "varne/drift/pieces.h"
#include "varne/drift/runs.h"
#include "varne/drift/stokes.h"

namespace varne {
namespace {

const Time start = *parse_time("2021-11-11T05:00:00Z");
constexpr Place mid{1.5, 51.0};
const Release at_mid{mid, 0, start, start};

LeewayClass drogue() {
  LeewayClass out;
  out.key = "drogue";
  return out;
}

const LeewayClass& piw4() {
  static const auto all = *load_leeway(data_path("leeway.toml"));
  return all[3];
}

Sea stated(Vec current, Vec wind) {
  Stated s;
  s.current = current;
  s.wind = wind;
  Sea sea;
  sea.add(stated_source("stated", {s}));
  return sea;
}

/// Land east of a longitude, and a level that goes up and down by 2 m twice a day, high at the start.
class Beach final : public SeaSource {
 public:
  explicit Beach(double lon) : lon_(lon) {}
  [[nodiscard]] std::string name() const override { return "beach"; }
  [[nodiscard]] Hash hash() const override { return {}; }
  [[nodiscard]] std::optional<bool> land(Place p) const override { return p.lon > lon_; }
  [[nodiscard]] std::optional<double> level_m(Place /*p*/, Time t) const override {
    return 2 * std::cos(2 * M_PI * seconds(t - start) / (12 * 3600));
  }
  [[nodiscard]] SourceGrid grid(SeaPart /*part*/) const override { return {SourceGrid::Kind::nothing}; }

 private:
  double lon_;
};

/// All of it at once.
DriftOptions everything() {
  return {.particles = 1200,
          .seed = 5,
          .length = std::chrono::hours(12),
          .jibe_per_hour = 0.3,
          .current_noise_mps = 0.2,
          .wind_noise_mps = 1.5,
          .current_noise_lasts = std::chrono::hours(6),
          .wind_noise_lasts = std::chrono::hours(3),
          .shared_error = 0.6,
          .shared_length_m = 20e3,
          .leeway_lasts = std::chrono::hours(5),
          .capsizing = {.possible = true, .wind_mps = 14, .sigma_mps = 3},
          .refloat = true};
}

Sea rough() {
  Sea sea = stated({0.3, 0.1}, {9, 8});
  sea.add(std::make_shared<Beach>(1.62));
  return sea;
}

std::string bytes_of(const DriftRun& run) {
  BytesOut out;
  out(run);
  return out.take();
}

TEST(DriftChoices, the_engine_goes_where_the_simple_version_goes_with_all_of_them) {
  const Release release{mid, 3000, start, start + std::chrono::minutes(47)};
  for (const auto scheme : {DriftScheme::euler, DriftScheme::rk4}) {
    auto options = everything();
    options.scheme = scheme;
    const auto fast = drift(rough(), piw4(), release, options);
    const auto simple = drift_simply(rough(), piw4(), release, options);
    ASSERT_TRUE(fast && simple);
    int apart = 0;
    for (std::uint32_t i = 0; i < options.particles; ++i) {
      const auto& a = fast->snapshots.back();
      const auto& b = simple->snapshots.back();
      apart += a.states[i] != b.states[i] || distance_m(a.places[i], b.places[i]) > 2 ? 1 : 0;
    }
    // A chance that falls within rounding of its threshold may go either way.
    EXPECT_LE(apart, 3);
  }
}

TEST(DriftChoices, give_the_same_bytes_on_one_thread_and_two_and_on_every_instruction_set) {
  const Release release{mid, 3000, start, start + std::chrono::minutes(47)};
  const auto made = [&] { return bytes_of(*drift(rough(), piw4(), release, everything())); };
  const std::string best = made();
  {
    const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
    EXPECT_EQ(made(), best);
  }
  for (const auto& target : kernel_targets()) {
    ASSERT_TRUE(use_kernel_target(target));
    EXPECT_EQ(made(), best) << target;
  }
  use_kernel_target("");
}

TEST(DriftChoices, a_run_in_pieces_gives_the_same_bytes_and_holds_one_piece_of_forcing_at_a_time) {
  const Release release{mid, 3000, start, start + std::chrono::minutes(47)};
  for (const bool back : {false, true}) {
    DriftOptions options = everything();
    if (back) {
      options.length = -options.length;
      options.capsizing.possible = options.refloat = false;
    }
    const auto whole = drift(rough(), piw4(), release, options);
    ASSERT_TRUE(whole) << whole.error().text();
    int read = 0;
    std::weak_ptr<const SeaSource> before;
    const auto over = [&](Time from, Time to) -> Result<Sea> {
      EXPECT_TRUE(before.expired());  // what was read before is forgotten
      EXPECT_LE(to - from, std::chrono::hours(5));
      ++read;
      Sea sea = rough();
      before = sea.sources()[0];
      return sea;
    };
    const auto pieces = drift_in_pieces(over, std::chrono::hours(5), piw4(), release, options);
    ASSERT_TRUE(pieces) << pieces.error().text();
    EXPECT_EQ(read, 3);
    EXPECT_EQ(bytes_of(*pieces), bytes_of(*whole));
    EXPECT_FALSE(drift_in_pieces(over, std::chrono::minutes(90), piw4(), release, options));
  }
}

/// Some leave in the last piece of a run back and some in the first: told in order of time, as in one go.
TEST(DriftChoices, what_left_in_different_pieces_of_a_run_back_is_told_in_order_of_time) {
  class Strip final : public SeaSource {
   public:
    [[nodiscard]] std::string name() const override { return "strip"; }
    [[nodiscard]] Hash hash() const override { return {}; }
    [[nodiscard]] std::optional<Vec> current(Place p, Time /*t*/) const override {
      return std::abs(p.lon - mid.lon) < 0.2 ? std::optional(Vec{0.5, 0}) : std::nullopt;
    }
    [[nodiscard]] std::optional<Vec> wind(Place /*p*/, Time /*t*/) const override { return Vec{0, 5}; }
    [[nodiscard]] bool knows_land() const override { return false; }
  };
  Sea sea;
  sea.add(std::make_shared<Strip>());
  const Release release{mid, 3000, start, start};
  const DriftOptions options{.particles = 300, .length = -std::chrono::hours(12)};
  const auto whole = drift(sea, piw4(), release, options);
  const auto pieces = drift_in_pieces([&](Time, Time) -> Result<Sea> { return sea; }, std::chrono::hours(2),
                                      piw4(), release, options);
  ASSERT_TRUE(whole && pieces);
  EXPECT_GT(whole->departures.size(), 3U);
  EXPECT_EQ(bytes_of(*pieces), bytes_of(*whole));
}

/// Forcing that stops within the second piece is said as in one go; what cannot be read is an error.
TEST(DriftChoices, a_piece_that_cannot_be_read_is_refused_in_its_readers_words) {
  const auto over = [&](Time from, Time /*to*/) -> Result<Sea> {
    if (from > start) return fail("day2.nc", "is damaged");
    return rough();
  };
  const auto run = drift_in_pieces(over, std::chrono::hours(6), piw4(), at_mid, everything());
  ASSERT_FALSE(run);
  EXPECT_NE(run.error().text().find("day2.nc"), std::string::npos);
}

/// Correlation of the ways of particles of one world that begin near each other, over the worlds, and of each
/// particle's spread with what it was without sharing.
TEST(DriftChoices, neighbours_share_their_errors_and_each_by_itself_is_as_wrong_as_before) {
  DriftOptions options{.particles = 25600, .length = std::chrono::hours(6), .jibe_per_hour = 0};
  options.current_noise_mps = 0.3;
  options.current_noise_lasts = std::chrono::hours(12);
  options.shared_length_m = 100e3;
  const auto ways = [&](double shared) {
    options.shared_error = shared;
    const auto run = drift(stated({}, {0, 5}), drogue(), {mid, 2000, start, start}, options);
    std::vector<double> out;
    const LocalPlane plane(mid);
    for (std::size_t i = 0; i < options.particles; ++i)
      out.push_back(plane.to(run->snapshots.back().places[i]).north -
                    plane.to(run->snapshots.front().places[i]).north);
    return out;
  };
  /// Of pairs of one sign, `apart` particles from each other.
  const auto correlation = [&](const std::vector<double>& way, std::size_t apart) {
    double product = 0, square = 0;
    for (std::size_t i = 0; i + apart < way.size(); i += 2) {
      product += way[i] * way[i + apart];
      square += way[i] * way[i];
    }
    return product / square;
  };
  const auto alone = ways(0);
  const auto together = ways(0.8);
  const auto rms = [](const std::vector<double>& way) {
    double square = 0;
    for (const double w : way) square += w * w / static_cast<double>(way.size());
    return std::sqrt(square);
  };
  // 64 worlds draw the shared part; a standard error of the variance of 0.8 √(2/64) = 14 %.
  EXPECT_NEAR(rms(together) / rms(alone), 1, 0.2);
  EXPECT_NEAR(correlation(alone, 128), 0, 0.05);
  EXPECT_NEAR(correlation(together, 128), 0.8, 0.12);  // the same world
  EXPECT_NEAR(correlation(together, 2), 0, 0.3);       // the next world
}

/// With what lasts τ a steady wind carries particles apart by W s / 20 · √(2 τ² (t/τ - 1 + exp(-t/τ))); drawn
/// for life by W s / 20 · t.
TEST(DriftChoices, leeway_that_fades_spreads_the_cloud_as_an_ornstein_uhlenbeck_process_does) {
  LeewayClass object;
  object.key = "wide";
  object.downwind = {20, 0, 4};  // far from going against the wind
  const double wind = 10;
  const double t = 24 * 3600, tau = 6 * 3600;
  const double worth = 0.01 * 4 * (wind / 20 + 0.5);  // [m/s] one standard deviation
  const auto spread = [&](Duration lasts) {
    const auto run = drift(stated({}, {0, wind}), object, at_mid,
                           {.particles = 10000, .jibe_per_hour = 0, .leeway_lasts = lasts});
    const LocalPlane plane(run->snapshots.back().places[0]);
    double sum = 0, square = 0;
    for (const Place& p : run->snapshots.back().places) {
      sum += plane.to(p).north / 10000;
      square += std::pow(plane.to(p).north, 2) / 10000;
    }
    return std::sqrt(square - sum * sum);
  };
  EXPECT_NEAR(spread({}) / (worth * t), 1, 0.03);
  const double expected = worth * std::sqrt(2 * tau * tau * (t / tau - 1 + std::exp(-t / tau)));
  EXPECT_NEAR(spread(std::chrono::hours(6)) / expected, 1, 0.03);
}

/// At the threshold half of them capsize in an hour, whatever the step, and then go with 0.4 of their leeway.
TEST(DriftChoices, half_capsize_in_an_hour_at_the_threshold_and_go_slower_from_then_on) {
  LeewayClass object;
  object.key = "boat";
  object.downwind = {5, 0, 0};
  for (const int minutes : {10, 60}) {
    const auto run = drift(stated({}, {0, 30}), object, at_mid,
                           {.particles = 10000,
                            .length = std::chrono::hours(2),
                            .step = std::chrono::minutes(minutes),
                            .jibe_per_hour = 0,
                            .capsizing = {.possible = true}});
    ASSERT_TRUE(run);
    int upright = 0;
    for (std::size_t i = 0; i < 10000; ++i)
      upright += distance_m(run->snapshots[1].places[i], run->snapshots[2].places[i]) > 5399 ? 1 : 0;
    EXPECT_NEAR(upright / 10000.0, minutes == 60 ? 0.5 : 0.5 * std::pow(0.5, 5.0 / 6), 0.015);
    // In the end all have: 0.05 · 0.4 · 30 m/s.
  }
  const auto none =
      drift(stated({}, {0, 10}), object, at_mid, {.particles = 1000, .capsizing = {.possible = true}});
  EXPECT_NEAR(distance_m(none->snapshots.back().places[0], mid), 0.05 * 10 * 86400, 100);
  EXPECT_FALSE(drift(stated({}, {0, 10}), object, at_mid,
                     {.length = -std::chrono::hours(1), .capsizing = {.possible = true}}));
}

/// It comes ashore an hour after high water, with the water at 2 cos 30° and falling: the next tide is as
/// high eleven hours after high water, ten hours on.
TEST(DriftChoices, what_came_ashore_floats_again_at_the_next_tide_that_is_as_high) {
  class Turning final : public SeaSource {
   public:
    [[nodiscard]] std::string name() const override { return "onshore, then offshore"; }
    [[nodiscard]] Hash hash() const override { return {}; }
    [[nodiscard]] std::optional<Vec> current(Place /*p*/, Time t) const override {
      return Vec{t - start < std::chrono::hours(6) ? 0.5 : -0.5, 0};
    }
    [[nodiscard]] std::optional<Vec> wind(Place /*p*/, Time /*t*/) const override { return Vec{0, 5}; }
    [[nodiscard]] bool knows_land() const override { return false; }
  };
  Sea sea;
  sea.add(std::make_shared<Turning>());
  const double metre = 1 / metres_per_degree(51).east;
  sea.add(std::make_shared<Beach>(1.5 + 1750 * metre));
  const DriftOptions options{.particles = 4, .length = std::chrono::hours(14), .refloat = true};
  const auto run = drift(sea, drogue(), at_mid, options);
  ASSERT_TRUE(run);
  const auto state = [&](std::size_t hour) { return run->snapshots[hour].states[0]; };
  EXPECT_EQ(state(0), ParticleState::adrift);
  EXPECT_EQ(state(1), ParticleState::ashore);
  EXPECT_EQ(state(10), ParticleState::ashore);
  EXPECT_EQ(state(12), ParticleState::adrift);
  EXPECT_LT(run->snapshots[14].places[0].lon, 1.5);
  DriftOptions stays = options;
  stays.refloat = false;
  EXPECT_EQ(drift(sea, drogue(), at_mid, stays)->snapshots[14].states[0], ParticleState::ashore);
  // Who begins on land was not left there by the tide.
  const auto inland = drift(sea, drogue(), {{1.6, 51}, 0, start, start}, options);
  EXPECT_EQ(inland->snapshots[14].states[0], ParticleState::ashore);
}

/// 1.6 % of 10 m/s for an hour: 576 m further downwind; by a wave field what that says.
TEST(DriftChoices, stokes_drift_is_added_from_the_wind_or_from_waves_and_unknown_waves_are_not_zero) {
  const auto way = [&](const Sea& sea) {
    const auto run = drift(sea, drogue(), at_mid, {.particles = 2, .length = std::chrono::hours(1)});
    return run ? LocalPlane(mid).to(run->snapshots.back().places[0]) : Vec{-1, -1};
  };
  const Sea sea = stated({0.1, 0}, {0, 10});
  EXPECT_NEAR(way(sea).north, 0, 1);
  EXPECT_NEAR(way(with_stokes(sea, nullptr)).north, 576, 2);
  EXPECT_NEAR(way(with_stokes(sea, nullptr)).east, 360, 2);
  EXPECT_NEAR(way(with_stokes(sea, stated({0, -0.2}, {}).sources()[0])).north, -720, 2);
  EXPECT_EQ(way(with_stokes(sea, std::make_shared<Beach>(180))), (Vec{-1, -1}));
  EXPECT_NE(with_stokes(sea, nullptr).sources()[0]->name().find("1.6 % of the wind"), std::string::npos);
}

}  // namespace
}  // namespace varne
