#include "varne/drift/seeding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support.h"
#include "varne/core/fields_bytes.h"
#include "varne/core/place_of_data.h"
#include "varne/core/units.h"
#include "varne/drift/pieces.h"

namespace varne {
namespace {

const std::vector<LeewayClass>& classes() {
  static const auto all = *load_leeway(data_path("leeway.toml"));
  return all;
}

/// Nothing moves but what its own draws move: no current, no error, and a class without leeway.
Sea still() {
  Sea sea;
  Stated stated;
  stated.current = Vec{};
  stated.wind = Vec{0, 5};
  sea.add(stated_source("still", {stated}));
  return sea;
}

const Time start = *parse_time("2021-11-11T05:00Z");

Scenario scenario(decltype(Scenario::where) where, Duration lasts = {}) {
  Scenario s;
  s.name = "one";
  s.leeway.key = "none";
  s.where = std::move(where);
  s.from = start;
  s.to = start + lasts;
  return s;
}

DriftRun run(const std::vector<Scenario>& scenarios, std::uint32_t particles = 4000) {
  auto made = drift_scenarios(still(), scenarios, {.particles = particles, .length = std::chrono::hours(1)});
  EXPECT_TRUE(made) << made.error().text();
  return std::move(*made);
}

TEST(Seeding, spreads_by_a_tracks_covariance) {
  const auto places = run({scenario(SeedPoint{{1.5, 51}, 2000, 500, 0.6})}).snapshots.back().places;
  const LocalPlane plane({1.5, 51});
  double east = 0, north = 0, both = 0;
  for (const Place& p : places) {
    const Vec v = plane.to(p);
    east += v.east * v.east / 4000;
    north += v.north * v.north / 4000;
    both += v.east * v.north / 4000;
  }
  EXPECT_NEAR(std::sqrt(east), 2000, 80);
  EXPECT_NEAR(std::sqrt(north), 500, 20);
  EXPECT_NEAR(both / std::sqrt(east * north), 0.6, 0.04);
}

TEST(Seeding, is_even_along_a_line_and_over_an_area) {
  // A line of two legs, one three times as long as the other.
  const Place corner = destination({1.5, 51}, 90, 9000);
  const auto line = run({scenario(SeedLine{{{1.5, 51}, corner, destination(corner, 0, 3000)}, 0})});
  const auto on_long = std::count_if(line.snapshots.back().places.begin(), line.snapshots.back().places.end(),
                                     [&](const Place& p) { return p.lat < 51.0005; });
  EXPECT_NEAR(static_cast<double>(on_long) / 4000, 0.75, 0.03);
  // A triangle: half as many in the half of its height that tapers.
  const auto area = run({scenario(SeedArea{{{1, 51}, {2, 51}, {1, 51.4}}})});
  const auto upper = std::count_if(area.snapshots.back().places.begin(), area.snapshots.back().places.end(),
                                   [](const Place& p) { return p.lat > 51.2; });
  EXPECT_NEAR(static_cast<double>(upper) / 4000, 0.25, 0.03);
  for (const Place& p : area.snapshots.back().places) EXPECT_LE((p.lon - 1) + (p.lat - 51) / 0.4, 1.001);
}

TEST(Seeding, under_way_it_lost_power_somewhere_on_its_courses_and_drifts_from_then) {
  const auto made = run({scenario(SeedUnderWay{{1.5, 51}, 0, 350, 20, 2, 3}, std::chrono::hours(2))});
  double farthest = 0;
  double mean = 0;
  for (const Place& p : made.snapshots.back().places) {
    const double away = distance_m({1.5, 51}, p);
    farthest = std::max(farthest, away);
    mean += away / 4000;
    if (away > 100) {
      const double bearing = bearing_deg({1.5, 51}, p);
      EXPECT_TRUE(bearing > 349.9 || bearing < 20.1) << bearing;
    }
  }
  EXPECT_LE(farthest, 3 * 7200 + 1);
  EXPECT_NEAR(mean, 2.5 * 3600, 250);  // half of two hours at 2.5 m/s
}

TEST(Seeding, each_particle_carries_its_scenario_drawn_by_weight_and_drifts_as_its_class) {
  Scenario person = scenario(SeedPoint{{1.5, 51}});
  person.leeway = classes()[0];
  person.name = "in the water";
  Scenario raft = scenario(SeedPoint{{1.5, 51}});
  raft.leeway = *find_class(classes(), "LIFE-RAFT-NB-1");
  raft.name = "in the raft";
  raft.weight = 3;
  const auto made = run({person, raft});
  EXPECT_EQ(made.scenarios, (std::vector<std::string>{"in the water", "in the raft"}));
  const auto rafts = std::count(made.scenario_of.begin(), made.scenario_of.end(), 1);
  EXPECT_NEAR(static_cast<double>(rafts) / 4000, 0.75, 0.03);
  Vec way[2];
  double n[2] = {};
  const LocalPlane plane({1.5, 51});
  for (std::size_t i = 0; i < 4000; ++i) {
    const std::size_t k = made.scenario_of[i];
    way[k] = way[k] + plane.to(made.snapshots.back().places[i]);
    ++n[k];
  }
  // Before the wind of 5 m/s: the person about 1 % of it, the raft 3.7 %.
  EXPECT_GT(way[1].north / n[1], 2 * way[0].north / n[0]);
}

/// A stream that turns, known from one moment to another only.
class Known final : public SeaSource {
 public:
  Known(Time from, Time to) : from_(from), to_(to) {}
  [[nodiscard]] std::string name() const override { return "known"; }
  [[nodiscard]] Hash hash() const override { return {}; }
  [[nodiscard]] bool knows_land() const override { return false; }
  [[nodiscard]] std::optional<Vec> current(Place p, Time t) const override {
    if (t < from_ || t > to_) return std::nullopt;
    return Vec{std::sin(seconds(t - start) / 7200), p.lat - 51};
  }
  [[nodiscard]] std::optional<Vec> wind(Place /*p*/, Time /*t*/) const override { return Vec{5, 2}; }

 private:
  Time from_;
  Time to_;
};

/// Ahead and back; and where all are of a scenario that begins after the first piece has ended.
TEST(Seeding, scenarios_in_pieces_give_the_same_bytes_each_piece_with_a_sea_of_its_own) {
  using std::chrono::hours;
  auto adrift = scenario(SeedPoint{{1.5, 51}, 800, 500, 0.3});
  auto failed = scenario(SeedUnderWay{{1.45, 51}, 100, 300, 340, 1, 2}, hours(5));
  for (Scenario* each : {&adrift, &failed}) each->leeway = classes()[0];
  failed.from += hours(5);
  failed.to += hours(5);
  for (const double unlikely : {1.0, 1e-9}) {
    adrift.weight = unlikely;
    for (const auto length : {hours(6), hours(-6)}) {
      const DriftOptions options{.particles = 300, .length = length};
      const auto over = [](Time from, Time to) -> Result<Sea> {
        EXPECT_LE(to - from, hours(2));
        Sea sea;
        sea.add(std::make_shared<Known>(from, to));
        return sea;
      };
      Sea all;
      all.add(std::make_shared<Known>(start - hours(24), start + hours(24)));
      const auto whole = drift_scenarios(all, {adrift, failed}, options);
      const auto pieces = drift_scenarios_in_pieces(over, hours(2), {adrift, failed}, options);
      ASSERT_TRUE(whole) << whole.error().text();
      ASSERT_TRUE(pieces) << pieces.error().text();
      EXPECT_EQ(bytes_of(*pieces), bytes_of(*whole));
      EXPECT_TRUE(pieces->departures.empty());
    }
  }
}

TEST(Seeding, a_file_of_scenarios_is_read_and_what_is_wrong_in_it_is_named) {
  const test::Scratch scratch;
  const auto load = [&](const std::string& text) {
    return load_scenarios(scratch.write("s.toml", text), classes());
  };
  const std::string head = "[[scenario]]\nname = \"a\"\nclass = \"piw-1\"\nfrom = \"2021-11-11T05:00Z\"\n";
  const auto good = load(head +
                         "point = [1.5, 51]\nradius_m = 500\n[[scenario]]\nname = \"b\"\nclass = \"26\"\n"
                         "weight = 2\nfrom = \"2021-11-11T05:00Z\"\nuntil = \"2021-11-11T07:00Z\"\n"
                         "under_way = [1.5, 51]\ncourse_deg = [300, 340]\nspeed_kn = [2, 4]\n");
  ASSERT_TRUE(good) << good.error().text();
  EXPECT_EQ((*good)[0].leeway.key, "PIW-1");
  EXPECT_EQ(std::get<SeedPoint>((*good)[0].where).sigma_east_m, 500);
  EXPECT_EQ((*good)[1].weight, 2);
  EXPECT_NEAR(std::get<SeedUnderWay>((*good)[1].where).most_mps, mps_from_knots(4), 1e-12);
  const auto said = [&](const std::string& text) {
    const auto loaded = load(text);
    return loaded ? std::string() : loaded.error().text();
  };
  EXPECT_NE(said("").find("has no [[scenario]]"), std::string::npos);
  EXPECT_NE(said(head).find("needs one of point, line, area and under_way"), std::string::npos) << said(head);
  EXPECT_NE(said(head + "line = [\"1.5,51\"]\n").find("line: must have at least 2 places"),
            std::string::npos);
  EXPECT_NE(said(head + "area = [\"x\", \"1,51\", \"2,51\"]\n").find("\"x\" is no position"),
            std::string::npos);
  EXPECT_NE(
      said("[[scenario]]\nname = \"a\"\nclass = \"RAFT\"\nfrom = \"2021-11-11T05:00Z\"\npoint = [1, 51]\n")
          .find("LIFE-RAFT"),
      std::string::npos);
  EXPECT_NE(said(head + "point = [1.5, 51]\nuntil = \"2021-11-10T05:00Z\"\n").find("until: lies before"),
            std::string::npos);
}

}  // namespace
}  // namespace varne
