#include "varne/drift/learning.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "varne/core/philox.h"
#include "varne/drift/ring.h"

namespace varne {
namespace {

/// Draws of a resampling; no particle has this number.
constexpr std::uint32_t resampling = 0xFFFFFFFFU;
constexpr Duration look_every = std::chrono::minutes(5);
constexpr double farthest_sigmas = 6;

std::vector<double> or_even(std::span<const double> weights, std::size_t count) {
  if (weights.empty()) return std::vector<double>(count, 1.0 / static_cast<double>(count));
  return {weights.begin(), weights.end()};
}

Place between(Place a, Place b, double share) {
  return {wrap180(a.lon + share * wrap180(b.lon - a.lon)), a.lat + share * (b.lat - a.lat)};
}

}  // namespace

Result<double> learn(std::vector<double>& weights, std::span<const double> likelihood) {
  if (likelihood.empty() || (!weights.empty() && weights.size() != likelihood.size()))
    return fail("weights", "a likelihood is needed for every particle");
  std::vector<double> after = or_even(weights, likelihood.size());
  double sum = 0;
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (!(std::isfinite(likelihood[i]) && likelihood[i] >= 0))
      return fail("likelihood", "must be finite and 0 or more for every particle");
    after[i] *= likelihood[i];
    sum += after[i];
  }
  if (!(sum > 0)) return fail("likelihood", "no particle makes it possible; more of them, or other errors");
  for (double& w : after) w /= sum;
  weights = std::move(after);
  return sum;
}

double effective_sample_size(std::span<const double> weights) {
  return 1 / std::inner_product(weights.begin(), weights.end(), weights.begin(), 0.0);
}

std::vector<std::uint32_t> resampled(std::span<const double> weights, std::uint32_t count,
                                     std::uint64_t seed) {
  std::vector<std::uint32_t> out;
  out.reserve(count);
  const double first = Random(seed, resampling, 0).uniform();
  const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
  double reached = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    reached += weights[i];
    // The last one takes what rounding has left.
    const bool last = i + 1 == weights.size();
    while (out.size() < count && (last || (static_cast<double>(out.size()) + first) / count * all < reached))
      out.push_back(static_cast<std::uint32_t>(i));
  }
  return out;
}

Result<DriftRun> resampled(const DriftRun& run) {
  if (run.weights.empty()) return fail("weights", "nothing was learned: all particles are alike already");
  const auto chosen = resampled(run.weights, run.options.particles, run.options.seed);
  DriftRun out = run;
  out.weights.clear();
  out.evidence.push_back(fmt::format("{} particles drawn anew by their weights", run.options.particles));
  for (std::size_t k = 0; k < chosen.size(); ++k) {
    if (!run.scenario_of.empty()) out.scenario_of[k] = run.scenario_of[chosen[k]];
    for (std::size_t s = 0; s < run.snapshots.size(); ++s) {
      out.snapshots[s].places[k] = run.snapshots[s].places[chosen[k]];
      out.snapshots[s].states[k] = run.snapshots[s].states[chosen[k]];
    }
  }
  return out;
}

Result<DriftSnapshot> at_moment(const DriftRun& run, Time time) {
  const auto outside = [&] {
    return fail("time", fmt::format("{} is not within the forecast, {} to {}", iso(time),
                                    iso(run.snapshots.front().time), iso(run.snapshots.back().time)));
  };
  const bool back = run.options.length < Duration::zero();
  const auto not_yet = [&](const DriftSnapshot& s) { return back ? s.time > time : s.time < time; };
  if (run.snapshots.empty()) return fail("time", "the forecast has no moments");
  const auto after = std::partition_point(run.snapshots.begin(), run.snapshots.end(), not_yet);
  if (after == run.snapshots.end()) return outside();
  if (after->time == time) return *after;
  if (after == run.snapshots.begin()) return outside();
  const DriftSnapshot& a = *(after - 1);
  const DriftSnapshot& b = *after;
  const double share = seconds(time - a.time) / seconds(b.time - a.time);
  DriftSnapshot out;
  out.time = time;
  out.states = a.states;
  out.places.reserve(a.places.size());
  for (std::size_t i = 0; i < a.places.size(); ++i) {
    // Somewhere between the two it left: from then on nothing is known of it.
    if (b.states[i] == ParticleState::left) out.states[i] = ParticleState::left;
    out.places.push_back(between(a.places[i], b.places[i], share));
  }
  return out;
}

Result<std::vector<double>> share_inside(const DriftRun& run, std::span<const Place> corners, Time from,
                                         Time to) {
  if (corners.size() < 3) return fail("area", "needs three corners or more");
  if (to <= from) return fail("until", "must be after \"from\"");
  const auto looks =
      static_cast<std::int64_t>(std::max<double>(4, std::ceil((to - from) * 1.0 / look_every)));
  std::vector<double> inside(run.options.particles, 0);
  for (std::int64_t k = 0; k < looks; ++k) {
    const auto then = at_moment(run, from + (to - from) * (2 * k + 1) / (2 * looks));
    if (!then) return std::unexpected(then.error());
    if (then->places.size() != inside.size()) return fail("run", "its places were not kept");
    for (std::size_t i = 0; i < inside.size(); ++i) {
      if (then->states[i] != ParticleState::left && inside_ring(corners, then->places[i]))
        inside[i] += 1.0 / static_cast<double>(looks);
    }
  }
  return inside;
}

Result<std::vector<double>> sighting_likelihood(const DriftRun& run, const Sighting& sighting,
                                                std::span<const double> weights) {
  if (!valid(sighting.place)) return fail("sighting", "the place is none on the globe");
  if (!(sighting.sigma_m > 0 && sighting.sigma_m < 1e6))
    return fail("sighting", "its σ must be above 0 and below 1,000 km");
  if (!(sighting.chance >= 0 && sighting.chance <= 1))
    return fail("sighting", "the chance that it was it must be from 0 to 1");
  const auto then = at_moment(run, sighting.time);
  if (!then) return std::unexpected(then.error().in("sighting"));
  const auto prior = or_even(weights, then->places.size());
  std::vector<double> near(prior.size(), 0);
  double mean = 0;
  double nearest_m = 1e9;
  for (std::size_t i = 0; i < near.size(); ++i) {
    if (then->states[i] == ParticleState::left) continue;
    const double d = distance_m(then->places[i], sighting.place);
    if (prior[i] > 0) nearest_m = std::min(nearest_m, d);
    near[i] = std::exp(-0.5 * (d / sighting.sigma_m) * (d / sighting.sigma_m));
    mean += prior[i] * near[i];
  }
  if (nearest_m > farthest_sigmas * sighting.sigma_m)
    return fail("sighting",
                fmt::format("{} at {} is {:.1f} km from the nearest particle, more than {:g} σ: either "
                            "it was not it, or the forecast knows too little of its errors",
                            spoken(sighting.place), iso(sighting.time), nearest_m / 1000, farthest_sigmas));
  for (double& n : near) n = 1 - sighting.chance + sighting.chance * n / mean;
  return near;
}

Done learn(DriftRun& run, std::span<const double> likelihood, const std::string& what) {
  const auto chance = learn(run.weights, likelihood);
  if (!chance) return std::unexpected(chance.error());
  run.evidence.push_back(fmt::format("{}; as {:.0f} particles of {} now", what,
                                     effective_sample_size(run.weights), run.options.particles));
  return {};
}

}  // namespace varne
