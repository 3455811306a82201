#include "varne/sea/tides.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <complex>
#include <iostream>
#include <limits>
#include <map>
#include <numbers>

#include "support.h"
#include "varne/core/csv.h"
#include "varne/core/place_of_data.h"
#include "varne/sea/harmonics.h"

namespace varne {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
constexpr double deg = std::numbers::pi / 180;

Time at(const char* text) {
  return *parse_time(text);
}

const SeaSource& channel() {
  static const auto tides = open_tides(data_path("tides/channel.csv.gz"));
  if (!tides) throw std::runtime_error(tides.error().text());
  return **tides;
}

/// Harmonic constants of a TICON-4 station, those this program knows; the sum of the others' amplitudes.
struct Station {
  std::vector<Harmonic> harmonics;
  double left_out_m = 0;
  double mean_above_lat_m = 0;
  Place place;
};

Station ticon(const std::string& constants, const std::string& stations, const std::string& id) {
  Station station;
  auto csv = *CsvFile::open(constants, {"station", "lat", "lon", "constituent", "amplitude_m", "phase_deg_gmt"});
  while (*csv.next()) {
    if (csv["station"] != id) continue;
    station.place = {*csv.number("lon"), *csv.number("lat")};
    const Constituent* constituent = find_constituent(csv["constituent"]);
    if (constituent == nullptr) {
      station.left_out_m += *csv.number("amplitude_m");
    } else {
      station.harmonics.push_back({constituent, *csv.number("amplitude_m"), *csv.number("phase_deg_gmt")});
    }
  }
  auto list = *CsvFile::open(stations, {"station", "LAT", "MSL"});
  while (*list.next()) {
    if (list["station"] == id) station.mean_above_lat_m = *list.number("MSL") - *list.number("LAT");
  }
  return station;
}

TEST(probe, numbers) {
  VARNE_NEEDS_SHARED(constants, "data/tides/ticon4_channel_harmonics.csv");
  VARNE_NEEDS_SHARED(stations, "data/tides/ticon4_channel_stations.csv");
  const auto dover = ticon(constants, stations, "dover-dov-gbr-bodc");
  std::cout << "left out " << dover.left_out_m << " msl-lat " << dover.mean_above_lat_m << " n " << dover.harmonics.size() << "\n";
  for (int m = -10; m <= 10; ++m) {
    const Time t = at("2021-11-24T01:18Z") + minutes(m);
    std::cout << iso(t) << " " << predicted(dover.harmonics, t) << " " << predicted(dover.harmonics, t) + dover.mean_above_lat_m << "\n";
  }
  for (const auto* id : {"dover-dov-gbr-bodc", "calais-55-fra-refmar", "boulogne_sur_mer-111-fra-refmar"}) {
    const auto s = ticon(constants, stations, id);
    double sum = 0, sum2 = 0; int n = 0;
    // nearest sea place
    Place p = s.place;
    std::cout << id << " known there? " << channel().level_m(p, at("2021-11-24")).has_value() << "\n";
    for (Time t = at("2021-01-01"); t < at("2022-01-01"); t += minutes(30)) {
      const auto level = channel().level_m(p, t);
      if (!level) break;
      const double d = *level - predicted(s.harmonics, t);
      sum += d; sum2 += d * d; ++n;
    }
    std::cout << n << " mean " << sum / n << " rms " << std::sqrt(sum2 / n) << "\n";
  }
}

/// M2 of the stream at a place: the year's hourly currents beaten against M2 alone.
struct Ellipse { double major, direction_deg, lag_deg; };
Ellipse m2_ellipse(Place place) {
  const Constituent& m2 = *find_constituent("M2");
  std::complex<double> u, v;
  double weight = 0;
  for (Time t = at("2021-01-01"); t < at("2021-01-01") + hours(24 * 369); t += hours(1)) {
    const auto current = channel().current(place, t);
    const Phasor now = phasor(m2, Astronomy(t));
    const std::complex<double> turn(now.cos, now.sin);
    u += current->east * turn;
    v += current->north * turn;
    weight += std::norm(turn) / 2;
  }
  u /= weight; v /= weight;   // A e^{ig}
  // rotate: W+ and W-
  Ellipse best{0, 0, 0};
  for (int d = 0; d < 1800; ++d) {
    const double a = d * 0.1 * deg;
    const auto along = u * std::sin(a) + v * std::cos(a);
    if (std::abs(along) > best.major) best = {std::abs(along), d * 0.1, wrap360(std::arg(along) / deg)};
  }
  return best;
}

TEST(probe, ellipses) {
  for (const Place p : {Place{1.583, 51.042}, Place{1.5, 51.0}, Place{1.75, 51.167}}) {
    const auto e = m2_ellipse(p);
    std::cout << e.major << " " << e.direction_deg << " " << e.lag_deg << "\n";
    double max = 0; Time when;
    for (Time t = at("2021-11-01"); t < at("2021-12-01"); t += minutes(10)) { double l = length(*channel().current(p, t)); if (l > max) max = l, when = t; }
    std::cout << "max " << max << " " << iso(when) << "\n";
  }
}

}  // namespace
}  // namespace varne
