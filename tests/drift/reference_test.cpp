/// The drift engine against OpenDrift 1.14.10's Leeway, in the settings the reference names.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "sea/netcdf_support.h"
#include "support.h"
#include "varne/core/csv.h"
#include "varne/core/philox.h"
#include "varne/core/place_of_data.h"
#include "varne/drift/leeway.h"

namespace varne {
namespace {

const std::vector<LeewayClass>& classes() {
  static const auto all = *load_leeway(data_path("leeway.toml"));
  return all;
}

struct Track {
  int object = 0;
  bool right = false;
  double sigmas = 0;
  std::vector<Time> times;
  std::vector<Place> places;
};

std::vector<Track> reference(const std::string& path) {
  auto file =
      CsvFile::open(path, {"object_id", "elem", "orientation", "eps_sigma", "time_utc", "lon", "lat"});
  EXPECT_TRUE(file);
  std::map<std::pair<int, int>, Track> tracks;
  while (file->next().value_or(false)) {
    const int object = static_cast<int>(*file->number("object_id"));
    Track& t = tracks[{object, static_cast<int>(*file->number("elem"))}];
    t.object = object;
    t.right = (*file)["orientation"] == "R";
    t.sigmas = *file->number("eps_sigma");
    t.times.push_back(*parse_time((*file)["time_utc"]));
    t.places.push_back({*file->number("lon"), *file->number("lat")});
  }
  std::vector<Track> out;
  for (auto& [key, track] : tracks) out.push_back(std::move(track));
  return out;
}

/// The largest distance between ours and theirs over all elements and steps.
double worst(const std::string& path, const Sea& sea) {
  double worst_m = 0;
  for (const Track& t : reference(path)) {
    const auto object =
        leeway_object(classes()[static_cast<std::size_t>(t.object - 1)], t.sigmas, t.sigmas, t.right);
    Place place = t.places.front();
    for (std::size_t k = 0; k + 1 < t.times.size(); ++k) {
      const auto current = sea.current(place, t.times[k]);
      const auto wind = sea.wind(place, t.times[k]);
      EXPECT_TRUE(current && wind) << path << " step " << k;
      if (!current || !wind) return 1e9;
      place = drifted(place, leeway_of(object, *wind, true), *current, seconds(t.times[k + 1] - t.times[k]));
      worst_m = std::max(worst_m, distance_m(place, t.places[k + 1]));
    }
  }
  std::cout << path.substr(path.rfind('/') + 1) << ": at most " << worst_m << " m apart\n";
  return worst_m;
}

Sea stated(Vec current, std::optional<Vec> wind) {
  Sea sea;
  Stated s;
  s.current = current;
  s.wind = wind;
  sea.add(stated_source("stated", {s}));
  return sea;
}

void add_file(Sea& sea, const std::string& path) {
  auto source = test::open_one(path, {.coast = CoastRule::largest});
  ASSERT_TRUE(source) << source.error().text();
  sea.add(*source);
}

TEST(DriftReference, constant_forcing_agrees_within_5_cm_after_24_hours) {
  VARNE_NEEDS_SHARED(path, "reference/drift/det_const_dt600.csv");
  EXPECT_LT(worst(path, stated({0.3, 0.1}, Vec{7, 3})), 0.05);
}

TEST(DriftReference, washington_coast_agrees_within_1_m) {
  VARNE_NEEDS_SHARED(ten_minutes, "reference/drift/det_wa_dt600.csv");
  Sea sea;
  add_file(sea, test::shared_file("data/drift/wa_coast_hycom_current.nc"));
  add_file(sea, test::shared_file("data/drift/wa_coast_gfs_wind.nc"));
  EXPECT_LT(worst(ten_minutes, sea), 1);
  EXPECT_LT(worst(test::shared_file("reference/drift/det_wa_dt3600.csv"), sea), 1);
}

TEST(DriftReference, arome_on_its_lambert_grid_agrees_within_1_m) {
  VARNE_NEEDS_SHARED(path, "reference/drift/det_arome_lambert_dt600.csv");
  Sea sea;
  add_file(sea, test::shared_file("data/drift/AROME_MetCoOp_00_DEF_20160114_subset.nc"));
  sea.add(stated({0.2, -0.1}, std::nullopt).sources()[0]);
  EXPECT_LT(worst(path, sea), 1);
}

/// Euler's steps back start from where the steps forth ended, so they come back only as near as the forcing
/// changes little over a step: the bound is that of ten-minute steps over a day on this coast.
TEST(DriftReference, a_day_forth_and_back_on_the_washington_coast_comes_home_within_200_m) {
  VARNE_NEEDS_SHARED(current, "data/drift/wa_coast_hycom_current.nc");
  Sea sea;
  add_file(sea, current);
  add_file(sea, test::shared_file("data/drift/wa_coast_gfs_wind.nc"));
  const Place from{-125.30, 47.80};
  const Time begin = *parse_time("2023-03-02T12:00:00Z");
  double worst_m = 0;
  for (const int id : {1, 4, 26}) {
    const auto object = leeway_object(classes()[static_cast<std::size_t>(id - 1)], 0, 0, true);
    Place place = from;
    const auto step = [&](Time time, double dt) {
      place = drifted(place, leeway_of(object, *sea.wind(place, time), false), *sea.current(place, time), dt);
    };
    for (int k = 0; k < 144; ++k) step(begin + std::chrono::minutes(10 * k), 600);
    for (int k = 144; k > 0; --k) step(begin + std::chrono::minutes(10 * k), -600);
    worst_m = std::max(worst_m, distance_m(place, from));
  }
  std::cout << "forth and back: " << worst_m << " m from home\n";
  EXPECT_LT(worst_m, 200);
}

/// What `ens_stats.csv` says of one setting, the mean of its three seeds of 20,000 particles.
struct Ensemble {
  std::string scenario, variant;
  int object = 0;
  double hours = 0;
  double seeds = 0;
  std::map<std::string, double> mean;
};

std::vector<Ensemble> ensembles(const std::string& path) {
  const std::vector<std::string> numbers{"mean_e_km", "mean_n_km", "var_e", "var_n",
                                         "r_p50",     "r_p90",     "r_p95"};
  std::vector<std::string> columns{"scenario", "hours", "variant", "object_id", "seed"};
  columns.insert(columns.end(), numbers.begin(), numbers.end());
  auto file = CsvFile::open(path, columns);
  EXPECT_TRUE(file);
  std::map<std::string, Ensemble> all;
  while (file->next().value_or(false)) {
    Ensemble& e = all[fmt::format("{} {} {}", (*file)["scenario"], (*file)["variant"], (*file)["object_id"])];
    e.scenario = (*file)["scenario"];
    e.variant = (*file)["variant"];
    e.object = static_cast<int>(*file->number("object_id"));
    e.hours = *file->number("hours");
    ++e.seeds;
    for (const auto& name : numbers) e.mean[name] += *file->number(name);
  }
  std::vector<Ensemble> out;
  for (auto& [key, e] : all) {
    for (auto& [name, sum] : e.mean) sum /= e.seeds;
    out.push_back(std::move(e));
  }
  return out;
}

/// Ensembles are compared by what a planner uses: where the middle is, how far most are from it. Means within
/// three standard errors of one of their seeds, radii within 1.5 %.
TEST(DriftReference, ensembles_have_the_means_and_spreads_of_the_reference) {
  VARNE_NEEDS_SHARED(path, "reference/drift/ens_stats.csv");
  Sea wa;
  add_file(wa, test::shared_file("data/drift/wa_coast_hycom_current.nc"));
  add_file(wa, test::shared_file("data/drift/wa_coast_gfs_wind.nc"));
  constexpr std::size_t particles = 200000;
  int compared = 0;
  double worst_mean = 0, worst_radius = 0;
  for (Ensemble& e : ensembles(path)) {
    const bool at_wa = e.scenario == "wa";
    const bool noisy = e.variant.starts_with("B");
    const Place from = at_wa ? Place{-125.30, 47.80} : Place{1.40, 51.00};
    const Time begin = *parse_time(at_wa ? "2023-03-02T12:00:00Z" : "2024-01-01T00:00:00Z");
    const DriftOptions options{.particles = particles,
                               .seed = 1,
                               .length = std::chrono::hours(static_cast<int>(e.hours)),
                               .current_noise_mps = noisy ? 0.05 : 0,
                               .wind_noise_mps = noisy ? 0.5 : 0,
                               .stop_on_land = false,
                               .opendrift = true};
    const Release release{from, e.variant.starts_with("C") ? 1000.0 : 0.0, begin, begin};
    const auto& leeway = classes()[static_cast<std::size_t>(e.object) - 1];
    const auto run = drift(at_wa ? wa : stated({0.3, 0.1}, Vec{7, 3}), leeway, release, options);
    ASSERT_TRUE(run) << run.error().text();
    const LocalPlane plane(from);
    Vec mean;
    std::vector<Vec> km;
    for (const Place& p : run->snapshots.back().places) {
      km.push_back(plane.to(p) * 0.001);
      mean = mean + km.back() * (1.0 / particles);
    }
    std::vector<double> r;
    for (const Vec& v : km) r.push_back(length(v - mean));
    std::sort(r.begin(), r.end());
    const auto where = fmt::format("{} {} class {}", e.scenario, e.variant, leeway.key);
    const auto errors = [&](double ours, const char* name, const char* variance) {
      return std::abs(ours - e.mean[name]) / std::sqrt(e.mean[variance] / 20000);
    };
    worst_mean = std::max(
        {worst_mean, errors(mean.east, "mean_e_km", "var_e"), errors(mean.north, "mean_n_km", "var_n")});
    EXPECT_LT(errors(mean.east, "mean_e_km", "var_e"), 3) << where;
    EXPECT_LT(errors(mean.north, "mean_n_km", "var_n"), 3) << where;
    for (const auto& [name, share] : {std::pair{"r_p50", 0.5}, {"r_p90", 0.9}, {"r_p95", 0.95}}) {
      const double off = r[static_cast<std::size_t>(share * particles)] / e.mean[name] - 1;
      EXPECT_LT(std::abs(off), 0.015) << where << ' ' << name;
      worst_radius = std::max(worst_radius, std::abs(off));
    }
    ++compared;
  }
  std::cout << fmt::format("{} ensembles: means at most {:.1f} standard errors apart, radii {:.1f} %\n",
                           compared, worst_mean, worst_radius * 100);
  EXPECT_GT(compared, 5);
}

/// Against the same in steps of ten seconds, on the Washington coast.
TEST(DriftReference, runge_and_kuttas_ten_minutes_are_nearer_the_truth_than_eulers_one) {
  VARNE_NEEDS_SHARED(current, "data/drift/wa_coast_hycom_current.nc");
  Sea sea;
  add_file(sea, current);
  add_file(sea, test::shared_file("data/drift/wa_coast_gfs_wind.nc"));
  const Time begin = *parse_time("2023-03-02T12:00:00Z");
  const auto end = [&](DriftScheme scheme, int step_s) {
    const auto run = drift(sea, classes()[0], {{-125.30, 47.80}, 0, begin, begin},
                           {.particles = 500,
                            .step = std::chrono::seconds(step_s),
                            .jibe_per_hour = 0,
                            .scheme = scheme,
                            .stop_on_land = false});
    return run->snapshots.back().places;
  };
  const auto truth = end(DriftScheme::rk4, 10);
  const auto off = [&](const std::vector<Place>& places) {
    double sum = 0;
    for (std::size_t i = 0; i < places.size(); ++i) sum += distance_m(places[i], truth[i]) / 500;
    return sum;
  };
  const double rk4 = off(end(DriftScheme::rk4, 600));
  const double euler = off(end(DriftScheme::euler, 60));
  std::cout << "RK4 at 600 s " << rk4 << " m, Euler at 60 s " << euler << " m from the 10 s solution\n";
  EXPECT_LT(rk4, euler);
}

}  // namespace
}  // namespace varne
