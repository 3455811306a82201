#include "varne/drift/calibrate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>

namespace varne {
namespace {

/// The way between two fixes, less what the forcing explains but for the windage.
struct Leg {
  double dt_s = 0;
  Vec way;   ///< over the ground less the current's [m]
  Vec wind;  ///< integral of the wind [m]
};

std::vector<Leg> legs_of(const DrifterTrack& track) {
  std::vector<Leg> out;
  for (std::size_t i = 1; i < track.fixes.size(); ++i) {
    const DrifterFix& a = track.fixes[i - 1];
    const DrifterFix& b = track.fixes[i];
    const double dt = seconds(b.time - a.time);
    const Vec way = towards(bearing_deg(a.place, b.place), distance_m(a.place, b.place));
    out.push_back({dt, way - (a.current + b.current) * (dt / 2), (a.wind + b.wind) * (dt / 2)});
  }
  return out;
}

/// Log-likelihood of one axis of a track. The state is the error now; its integral over a leg is what is
/// seen.
double log_likelihood(const std::vector<Leg>& legs, double Vec::*axis, double windage, double sigma,
                      double tau) {
  const double s2 = sigma * sigma;
  double mean = 0;
  double variance = s2;
  double sum = 0;
  for (const Leg& leg : legs) {
    const double x = leg.dt_s / tau;
    const double a = std::exp(-x);
    const double gain = tau * (1 - a);  // of the error now, into the way
    const double way_variance = s2 * tau * tau * (2 * x - 3 + 4 * a - a * a);
    const double both = s2 * tau * (1 - a) * (1 - a);
    const double seen = leg.way.*axis - windage * leg.wind.*axis;
    const double off = seen - gain * mean;
    const double total = gain * gain * variance + way_variance;
    sum -= 0.5 * (std::log(2 * std::numbers::pi * total) + off * off / total);
    const double shared = a * gain * variance + both;
    mean = a * mean + shared / total * off;
    variance = a * a * variance + s2 * (1 - a * a) - shared * shared / total;
  }
  return sum;
}

using Point = std::array<double, 3>;

/// The least of a function, by Nelder and Mead (1965).
Point minimum(const std::function<double(const Point&)>& f, Point start, const Point& steps) {
  struct Vertex {
    Point at;
    double value;
  };
  std::vector<Vertex> simplex{{start, f(start)}};
  for (std::size_t i = 0; i < start.size(); ++i) {
    Point p = start;
    p[i] += steps[i];
    simplex.push_back({p, f(p)});
  }
  const auto mixed = [](const Point& a, const Point& b, double t) {
    Point out{};
    for (std::size_t i = 0; i < a.size(); ++i) out[i] = a[i] + t * (b[i] - a[i]);
    return out;
  };
  for (int round = 0; round < 400; ++round) {
    std::sort(simplex.begin(), simplex.end(), [](const auto& a, const auto& b) { return a.value < b.value; });
    Vertex& worst = simplex.back();
    if (worst.value - simplex.front().value < 1e-7) break;
    Point middle{};
    for (std::size_t k = 0; k + 1 < simplex.size(); ++k)
      for (std::size_t i = 0; i < middle.size(); ++i) middle[i] += simplex[k].at[i] / 3;
    const auto tried = [&](double t) {
      const Point p = mixed(middle, worst.at, t);
      return Vertex{p, f(p)};
    };
    const Vertex reflected = tried(-1);
    if (reflected.value < simplex.front().value) {
      const Vertex expanded = tried(-2);
      worst = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < simplex[simplex.size() - 2].value) {
      worst = reflected;
    } else if (const Vertex contracted = tried(reflected.value < worst.value ? -0.5 : 0.5);
               contracted.value < std::min(worst.value, reflected.value)) {
      worst = contracted;
    } else {
      for (std::size_t k = 1; k < simplex.size(); ++k) {
        simplex[k].at = mixed(simplex.front().at, simplex[k].at, 0.5);
        simplex[k].value = f(simplex[k].at);
      }
    }
  }
  return std::min_element(simplex.begin(), simplex.end(),
                          [](const auto& a, const auto& b) { return a.value < b.value; })
      ->at;
}

/// Least squares: where the likelihood's search begins.
DriftErrorFit first_guess(const std::vector<std::vector<Leg>>& tracks) {
  double cross = 0, square = 0, n = 0, residual = 0;
  const auto dot = [](Vec a, Vec b) { return a.east * b.east + a.north * b.north; };
  for (const auto& legs : tracks) {
    for (const Leg& leg : legs) {
      cross += dot(leg.way, leg.wind);
      square += dot(leg.wind, leg.wind);
    }
  }
  DriftErrorFit out;
  out.windage = square > 0 ? cross / square : 0;
  for (const auto& legs : tracks) {
    for (const Leg& leg : legs) {
      const Vec off = (leg.way - leg.wind * out.windage) * (1 / leg.dt_s);
      residual += dot(off, off) / 2;
      ++n;
    }
  }
  out.sigma_mps = std::max(std::sqrt(residual / n), 1e-4);
  out.tau_s = 6 * 3600;
  return out;
}

constexpr std::array lead_hours{3.0, 6.0, 12.0, 24.0};
// The uncalibrated forecast: as other programs have it by default.
constexpr double white_mps = 0.05;
constexpr double white_step_s = 600;

/// Continuous ranked probability score of a normal distribution (Gneiting and Raftery 2007).
double crps(double error, double sigma) {
  const double z = error / sigma;
  const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
  const double below = 0.5 * std::erfc(-z / std::numbers::sqrt2);
  return sigma * (z * (2 * below - 1) + 2 * density - 1 / std::sqrt(std::numbers::pi));
}

/// Adds up forecasts.
struct Judge {
  CalibrationReport& report;
  std::size_t all = 0;
  double skill = 0;
  std::size_t skilled = 0;

  void forecast(LeadScore& lead, double t_s, Vec error, double separation, double way) {
    const double sigma = spread_m(report.fit, t_s);
    ++lead.forecasts;
    ++all;
    lead.rms_m += (error.east * error.east + error.north * error.north) / 2;
    lead.expected_m += sigma * sigma;
    lead.crps_m += (crps(error.east, sigma) + crps(error.north, sigma)) / 2;
    // The area that holds p of a circular normal distribution has the radius σ √(-2 ln(1 - p)).
    const double square = error.east * error.east + error.north * error.north;
    const double white = white_mps * white_mps * white_step_s * t_s;
    for (std::size_t k = 0; k < report.held.size(); ++k) {
      const double limit = -2 * std::log(1 - 0.05 * static_cast<double>(k + 1));
      report.held[k] += square <= limit * sigma * sigma ? 1 : 0;
      report.held_uncalibrated[k] += square <= limit * white ? 1 : 0;
    }
    if (way > 0) {
      skill += std::max(0.0, 1 - separation / way);
      ++skilled;
    }
  }
};

/// One lead's forecasts along a track, one after the other.
void judge_track(const std::vector<Leg>& legs, std::size_t which, Judge& judge) {
  const double wanted = lead_hours[which] * 3600;
  Vec error;
  double t = 0, separations = 0, way = 0, ways = 0;
  for (const Leg& leg : legs) {
    const Vec off = leg.way - leg.wind * judge.report.fit.windage;
    error = error + off;
    t += leg.dt_s;
    separations += length(error);
    way += length(leg.way);
    ways += way;
    if (t < wanted * 0.999) continue;
    if (t < wanted * 1.1) judge.forecast(judge.report.leads[which], t, error, separations, ways);
    error = {};
    t = separations = way = ways = 0;
  }
}

}  // namespace

DriftErrorFit fit_errors(const std::vector<DrifterTrack>& tracks) {
  std::vector<std::vector<Leg>> legs;
  for (const auto& track : tracks) legs.push_back(legs_of(track));
  const DriftErrorFit guess = first_guess(legs);
  const auto unlikely = [&](const Point& p) {
    double sum = 0;
    for (const auto& track : legs) {
      sum += log_likelihood(track, &Vec::east, p[0], std::exp(p[1]), std::exp(p[2]));
      sum += log_likelihood(track, &Vec::north, p[0], std::exp(p[1]), std::exp(p[2]));
    }
    return std::isfinite(sum) ? -sum : 1e300;
  };
  const Point best =
      minimum(unlikely, {guess.windage, std::log(guess.sigma_mps), std::log(guess.tau_s)}, {0.005, 0.3, 0.5});
  return {best[0], std::exp(best[1]), std::exp(best[2]), -unlikely(best)};
}

double spread_m(const DriftErrorFit& fit, double t_s) {
  const double x = t_s / fit.tau_s;
  return fit.sigma_mps * fit.tau_s * std::sqrt(2 * (x - 1 + std::exp(-x)));
}

CalibrationReport calibrate(const std::vector<DrifterTrack>& tracks) {
  CalibrationReport report;
  std::vector<DrifterTrack> fitted;
  std::vector<DrifterTrack> held_back;
  for (std::size_t i = 0; i < tracks.size(); ++i) (i % 2 == 0 ? fitted : held_back).push_back(tracks[i]);
  report.fit = fit_errors(fitted);
  report.fitted_tracks = fitted.size();
  report.held_back_tracks = held_back.size();
  report.held.assign(19, 0);
  report.held_uncalibrated.assign(19, 0);
  Judge judge{report};
  for (const double hours : lead_hours) report.leads.push_back({hours});
  for (const auto& track : held_back) {
    const auto legs = legs_of(track);
    for (std::size_t which = 0; which < lead_hours.size(); ++which) judge_track(legs, which, judge);
  }
  std::erase_if(report.leads, [](const LeadScore& lead) { return lead.forecasts == 0; });
  for (LeadScore& lead : report.leads) {
    const auto n = static_cast<double>(lead.forecasts);
    lead.rms_m = std::sqrt(lead.rms_m / n);
    lead.expected_m = std::sqrt(lead.expected_m / n);
    lead.crps_m /= n;
  }
  const double all = std::max<double>(static_cast<double>(judge.all), 1);
  for (double& held : report.held) held /= all;
  for (double& held : report.held_uncalibrated) held /= all;
  report.skill = judge.skilled > 0 ? judge.skill / static_cast<double>(judge.skilled) : 0;
  return report;
}

}  // namespace varne
