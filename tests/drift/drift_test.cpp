#include <gtest/gtest.h>
// rapidcheck wants gtest first
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <set>

#include "support.h"
#include "varne/core/fields_bytes.h"
#include "varne/core/philox.h"
#include "varne/core/place_of_data.h"
#include "varne/drift/leeway.h"

namespace varne {
namespace {

const Time start = *parse_time("2021-11-11T05:00:00Z");
constexpr Place mid{1.5, 51.0};

const std::vector<LeewayClass>& classes() {
  static const auto all = *load_leeway(data_path("leeway.toml"));
  return all;
}

/// East of this longitude there is land; beyond its coverage nothing is known.
class HalfSea final : public SeaSource {
 public:
  explicit HalfSea(double coast, double known_to = 180) : coast_(coast), known_to_(known_to) {}
  [[nodiscard]] std::string name() const override { return "half a sea"; }
  [[nodiscard]] Hash hash() const override { return sha256(std::to_string(coast_ + 1000 * known_to_)); }
  [[nodiscard]] std::optional<Vec> current(Place p, Time) const override { return known(p, Vec{0.5, 0}); }
  [[nodiscard]] std::optional<Vec> wind(Place p, Time) const override { return known(p, Vec{6, 2}); }
  [[nodiscard]] std::optional<bool> land(Place p) const override { return p.lon > coast_; }

 private:
  [[nodiscard]] std::optional<Vec> known(Place p, Vec v) const {
    return p.lon < known_to_ ? std::optional(v) : std::nullopt;
  }
  double coast_;
  double known_to_;
};

Sea sea_of(double coast, double known_to = 180) {
  Sea sea;
  sea.add(std::make_shared<HalfSea>(coast, known_to));
  return sea;
}

DriftRun run(const Sea& sea, const DriftOptions& options, double sigma_m = 500) {
  auto r = drift(sea, classes()[0], {mid, sigma_m, start, start}, options);
  EXPECT_TRUE(r) << r.error().text();
  return *r;
}

TEST(Leeway, there_are_85_classes_each_with_its_own_key) {
  std::set<std::string> keys;
  for (const auto& c : classes()) keys.insert(c.key);
  EXPECT_EQ(classes().size(), 85U);
  EXPECT_EQ(keys.size(), 85U);
  EXPECT_EQ(classes()[0].key, "PIW-1");
}

TEST(Leeway, a_bad_file_is_refused_by_file_line_and_field) {
  const test::Scratch scratch;
  const auto said = [&](const std::string& text) {
    return load_leeway(scratch.write("leeway.toml", text)).error().text();
  };
  const std::string good =
      "[[class]]\nkey = \"A\"\ndescription = \"a\"\ndownwind = [1, 0, 1]\ncrosswind_positive = [1, 0, 1]\n";
  EXPECT_NE(said(good).find("lacks the field \"crosswind_negative\""), std::string::npos);
  EXPECT_NE(said(good + "crosswind_negative = [1, 0]\n").find("leeway.toml:6: crosswind_negative"),
            std::string::npos);
  EXPECT_NE(said(good + "crosswind_negative = [1, 0, nan]\n").find("leeway.toml:6"), std::string::npos);
}

/// PIW-1 has no offsets: half of one draw of 12 cm/s downwind, half of one of 9.4 cm/s across.
TEST(Leeway, in_a_calm_the_offsets_act_in_the_direction_that_was_drawn) {
  auto object = leeway_object(classes()[0], 1, 1, true);
  object.in_calm = {1, 0};
  const Vec v = leeway_of(object, {0, 0}, false);
  EXPECT_NEAR(v.east, 0.06, 1e-12);
  EXPECT_NEAR(v.north, -0.047, 1e-12);
}

/// In a calm a PIW-1's speed has, by the formula, the mean square 0.06² E(z²) + 0.047² with z a normal draw
/// not below -1.6 (a + e/20 >= 0): E(z²) = 1 - 1.6 φ(1.6) / Φ(1.6) = 0.812. After a day that is 6.19 km RMS,
/// the same in every direction. Before, every particle stayed where it was.
TEST(Drift, in_a_calm_the_cloud_spreads_by_the_offsets_of_its_class) {
  Sea sea;
  Stated calm;
  calm.current = Vec{};
  calm.wind = Vec{};
  sea.add(stated_source("calm", {calm}));
  const auto r = run(sea, {.particles = 20000, .jibe_per_hour = 0}, 0);
  Vec mean;
  double square = 0;
  const LocalPlane plane(mid);
  for (const Place& p : r.snapshots.back().places) {
    const Vec at = plane.to(p);
    mean = mean + at * (1.0 / 20000);
    square += (at.east * at.east + at.north * at.north) / 20000;
  }
  EXPECT_NEAR(std::sqrt(square), 6190, 100);
  EXPECT_LT(length(mean), 120);  // four standard errors
}

TEST(Leeway, a_jibe_brings_the_other_sides_coefficients_and_in_opendrift_turns_the_slope) {
  const auto& piw4 = classes()[3];  // its sides differ
  ASSERT_NE(piw4.crosswind_positive.slope_pct, -piw4.crosswind_negative.slope_pct);
  const auto object = leeway_object(piw4, 0, 1, true);
  const auto across = leeway_object(piw4, 0, -1, false);
  EXPECT_EQ(object.other.slope, across.side.slope);
  EXPECT_EQ(object.other.offset, across.side.offset);
  const auto theirs = leeway_object(piw4, 0, 0, true, Jibe::turns_slope);
  EXPECT_NEAR(theirs.other.slope, -theirs.side.slope, 1e-15);
  EXPECT_EQ(theirs.other.offset, theirs.side.offset);
}

TEST(Leeway, a_class_is_found_by_key_in_any_case_and_by_number_and_nearest_names_are_offered) {
  EXPECT_EQ(find_class(classes(), "piw-1")->key, "PIW-1");
  EXPECT_EQ(find_class(classes(), "life raft nb 1")->key, "LIFE-RAFT-NB-1");
  EXPECT_EQ(find_class(classes(), "4")->key, classes()[3].key);
  const auto raft = find_class(classes(), "RAFT");
  ASSERT_FALSE(raft);
  EXPECT_NE(raft.error().what.find("LIFE-RAFT-"), std::string::npos) << raft.error().text();
  EXPECT_NE(find_class(classes(), "PWI-1").error().what.find("PIW-1"), std::string::npos);
  EXPECT_FALSE(find_class(classes(), "0"));
  EXPECT_FALSE(find_class(classes(), "86"));
  EXPECT_FALSE(find_class(classes(), ""));
}

TEST(Leeway, positive_crosswind_goes_to_the_right_and_mirrored_to_the_left) {
  const auto object = leeway_object(classes()[0], 0, 0, true);
  EXPECT_GT(leeway_of(object, {0, 10}, false).east, 0);
  EXPECT_LT(leeway_of(object, {0, 10}, true).east, 0);
}

TEST(Drift, the_same_arguments_give_the_same_run_and_another_seed_another) {
  const auto sea = sea_of(180);
  const auto a = run(sea, {.particles = 50, .seed = 3});
  const auto b = run(sea, {.particles = 50, .seed = 3});
  const auto c = run(sea, {.particles = 50, .seed = 4});
  EXPECT_EQ(a.snapshots.back().places, b.snapshots.back().places);
  EXPECT_NE(a.snapshots.back().places, c.snapshots.back().places);
}

TEST(Drift, a_run_kept_as_bytes_comes_back_whole_and_cut_short_it_is_refused) {
  const auto made = run(sea_of(mid.lon + 0.05), {.particles = 20, .seed = 3, .jibe_per_hour = 0.1});
  BytesOut out;
  out(made);
  const std::string bytes = out.take();
  DriftRun back;
  BytesIn in(bytes);
  ASSERT_TRUE(in(back));
  EXPECT_TRUE(in.at_end());
  BytesOut again;
  again(back);
  EXPECT_EQ(again.take(), bytes);
  EXPECT_EQ(back.snapshots.back().states, made.snapshots.back().states);
  EXPECT_EQ(back.options.jibe_per_hour, 0.1);
  DriftRun half;
  EXPECT_FALSE(BytesIn(std::string_view(bytes).substr(0, bytes.size() / 2))(half));
}

TEST(Drift, more_particles_leave_the_first_ones_as_they_were) {
  const auto sea = sea_of(180);
  const auto few = run(sea, {.particles = 10, .seed = 3});
  const auto many = run(sea, {.particles = 40, .seed = 3});
  for (std::size_t i = 0; i < 10; ++i)
    EXPECT_EQ(few.snapshots.back().places[i], many.snapshots.back().places[i]);
}

TEST(Drift, snapshots_are_kept_at_the_start_every_hour_and_at_the_end) {
  const auto r = run(sea_of(180), {.particles = 2, .length = std::chrono::minutes(150)});
  ASSERT_EQ(r.snapshots.size(), 4U);
  EXPECT_EQ(r.snapshots[0].time, start);
  EXPECT_EQ(r.snapshots[1].time, start + std::chrono::hours(1));
  EXPECT_EQ(r.snapshots[3].time, start + std::chrono::minutes(150));
}

TEST(Drift, what_comes_ashore_stays_on_the_shore) {
  const double coast = mid.lon + 0.05;
  const auto r = run(sea_of(coast), {.particles = 100, .length = std::chrono::hours(24)}, 0);
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(r.snapshots.back().states[i], ParticleState::ashore);
    EXPECT_NEAR(r.snapshots.back().places[i].lon, coast, 0.0005);
  }
}

TEST(Drift, beyond_the_known_sea_a_particle_has_left_and_stands_still) {
  const auto r = run(sea_of(180, mid.lon + 0.05), {.particles = 20, .length = std::chrono::hours(24)}, 0);
  for (const auto state : r.snapshots.back().states) EXPECT_EQ(state, ParticleState::left);
  EXPECT_LT(r.snapshots.back().places[0].lon, mid.lon + 0.1);
}

/// Under forcing that is the same everywhere, an Euler step back undoes a step forth but for the turn of the
/// meridians.
RC_GTEST_PROP(Drift, backward_undoes_forward, ()) {
  const auto hours = *rc::gen::inRange(1, 24);
  const auto object =
      leeway_object(classes()[static_cast<std::size_t>(*rc::gen::inRange(0, 85))], 0, 0, true);
  const Vec wind{*rc::gen::inRange(-15, 16) + 0.5, *rc::gen::inRange(-15, 16) + 0.5};
  const Vec current{0.3, -0.7};
  Place p = mid;
  for (int k = 0; k < hours * 6; ++k) p = drifted(p, leeway_of(object, wind, false), current, 600);
  for (int k = 0; k < hours * 6; ++k) p = drifted(p, leeway_of(object, wind, false), current, -600);
  RC_ASSERT(distance_m(p, mid) < 30);
}

TEST(Drift, a_backward_run_goes_back_in_time_and_against_the_stream) {
  const auto r = run(sea_of(180), {.particles = 20, .length = -std::chrono::hours(6)}, 0);
  EXPECT_EQ(r.snapshots.back().time, start - std::chrono::hours(6));
  for (const Place& p : r.snapshots.back().places) EXPECT_LT(p.lon, mid.lon);
}

TEST(Drift, released_over_an_hour_the_later_ones_drift_less) {
  const auto r = *drift(sea_of(180), classes()[0], {mid, 0, start, start + std::chrono::hours(1)},
                        {.particles = 3, .length = std::chrono::minutes(10), .jibe_per_hour = 0});
  EXPECT_GT(distance_m(r.snapshots.back().places[0], mid),
            distance_m(r.snapshots.back().places[2], mid) + 500);
}

TEST(Drift, what_makes_no_sense_is_refused_by_name) {
  const auto sea = sea_of(180, 170);
  const auto said = [&](const Release& release, const DriftOptions& options) {
    const auto r = drift(sea, classes()[0], release, options);
    return r ? std::string() : r.error().text();
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_NE(said({{nan, 51}, 0, start, start}, {}).find("release"), std::string::npos);
  EXPECT_NE(said({mid, -1, start, start}, {}).find("radius"), std::string::npos);
  EXPECT_NE(said({mid, 0, start, start - std::chrono::hours(1)}, {}).find("first moment"), std::string::npos);
  EXPECT_NE(said({mid, 0, start, start}, {.particles = 0}).find("particles"), std::string::npos);
  EXPECT_NE(said({mid, 0, start, start}, {.step = Duration::zero()}).find("step"), std::string::npos);
  EXPECT_NE(said({mid, 0, start, start}, {.jibe_per_hour = nan}).find("jibe_per_hour"), std::string::npos);
  EXPECT_NE(said({{175, 0}, 0, start, start}, {}).find("no current is known at"), std::string::npos);
}

/// Even-odd rule over all rings.
bool inside(const std::vector<std::vector<Place>>& rings, Place p) {
  bool in = false;
  for (const auto& ring : rings) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      const Place &a = ring[i], &b = ring[i + 1];
      if ((a.lat > p.lat) != (b.lat > p.lat) &&
          p.lon < a.lon + (p.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon))
        in = !in;
    }
  }
  return in;
}

RC_GTEST_PROP(Contour, holds_the_share_it_is_asked_for, ()) {
  const auto seed = *rc::gen::inRange<std::uint32_t>(0, 1000000);
  const auto parts = *rc::gen::inRange(1, 4);
  const double share = *rc::gen::inRange(20, 96) / 100.0;
  DriftSnapshot s;
  Random random(seed, 0, 0);
  for (int i = 0; i < 1000; ++i) {
    const Vec centre{(i % parts) * 9000.0, (i % parts) * (i % 2) * 4000.0};
    s.places.push_back(moved(mid, centre + Vec{900 * random.normal(), 300 * random.normal()}));
    s.states.push_back(ParticleState::adrift);
  }
  const auto rings = contour(s, share);
  int in = 0;
  for (const Place& p : s.places) in += inside(rings, p) ? 1 : 0;
  RC_ASSERT(std::abs(in / 1000.0 - share) <= 0.02);
  for (const auto& ring : rings) RC_ASSERT(ring.size() > 3 && ring.front() == ring.back());
}

/// Seven in ten lie along 400 m of beach, the others over 40 km of sea.
TEST(Contour, holds_its_share_also_where_most_are_ashore) {
  DriftSnapshot s;
  Random random(11, 0, 0);
  for (int i = 0; i < 2000; ++i) {
    const bool ashore = i % 10 < 7;
    s.places.push_back(ashore ? moved(mid, {400 * random.uniform(), 3 * random.normal()})
                              : moved(mid, {20000 * random.normal(), 8000 * random.normal()}));
    s.states.push_back(ashore ? ParticleState::ashore : ParticleState::adrift);
  }
  for (const double share : {0.3, 0.5, 0.9}) {
    const auto rings = contour(s, share);
    int in = 0;
    for (const Place& p : s.places) in += inside(rings, p) ? 1 : 0;
    EXPECT_NEAR(in / 2000.0, share, 0.02);
  }
}

TEST(Contour, of_particles_that_have_mostly_left_there_is_none) {
  DriftSnapshot s;
  s.places.assign(100, mid);
  s.states.assign(98, ParticleState::left);
  s.states.resize(100, ParticleState::ashore);
  EXPECT_TRUE(contour(s, 0.5).empty());
}

TEST(Contour, of_particles_all_at_one_place_is_a_small_circle) {
  DriftSnapshot s;
  s.places.assign(100, mid);
  s.states.assign(100, ParticleState::ashore);
  const auto rings = contour(s, 0.9);
  ASSERT_EQ(rings.size(), 1U);
  for (const Place& p : rings[0]) EXPECT_LT(distance_m(p, mid), 200);
  EXPECT_TRUE(contour({}, 0.9).empty());
}

}  // namespace
}  // namespace varne
