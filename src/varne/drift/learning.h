#pragma once
/// What a forecast learns from what was seen and what was not: each particle is a way in which it may have
/// gone, and its weight the probability of that way. A search that found nothing, a sighting, debris: each
/// comes with how likely it was to be had if that way is the true one, and weights go up and down with it
/// (Bayes; IAMSAR Manual vol. II, 4.7; Stone et al. 2014 for the search for AF 447).
///
/// Weights are of whole ways: they hold before and after the moment something was seen.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/drift/leeway.h"

namespace varne {

/// Multiplies the weights by how likely each particle makes what was found, and scales them to sum 1.
///
/// @param weights     sum 1; empty: all alike, and filled
/// @param likelihood  one a particle, >= 0, in any unit
/// @returns  the weighted mean of the likelihood before: how probable the forecast called it
/// Refuses lengths that differ, numbers that are not finite or below 0, and what no particle makes possible;
/// the weights are then as they were.
Result<double> learn(std::vector<double>& weights, std::span<const double> likelihood);

/// As many particles of one weight would say as much: 1 / Σ w² (Kong 1992). Below about a hundred the areas
/// are drawn from too few; run again with more.
/// @param weights  sum 1; not empty
double effective_sample_size(std::span<const double> weights);

/// Systematic resampling (Kitagawa 1996): each particle as often as its weight has of `count`, rounded up or
/// down by one uniform number of the seed. The same on any machine and number of threads.
/// @returns  numbers of particles, ascending, `count` of them
std::vector<std::uint32_t> resampled(std::span<const double> weights, std::uint32_t count,
                                     std::uint64_t seed);
/// The run with its particles drawn anew by their weights, all alike afterwards. Refuses a run without
/// weights.
Result<DriftRun> resampled(const DriftRun& run);

/// Where every particle was at a moment of the run, straight between the moments kept (within 0.25 km where a
/// stream of 2 knots turns with the tide and they are an hour apart). Refuses a moment outside the run.
Result<DriftSnapshot> at_moment(const DriftRun& run, Time time);

/// The share of a time window that each particle spent within an area, 0 to 1; nothing of it once it has left
/// the known sea, where it cannot have been searched. Looked at every five minutes or oftener.
/// Refuses a window that is not within the run or not ahead in time, and fewer than three corners.
/// @param corners  the first not repeated; not across the antimeridian
Result<std::vector<double>> share_inside(const DriftRun& run, std::span<const Place> corners, Time from,
                                         Time to);

/// Something seen that may have been it, or a piece of it.
struct Sighting {
  Place place;
  double sigma_m = 0;  ///< > 0, of the place on each axis
  Time time;
  double chance = 1;  ///< 0–1, that it was it: what the person who judges it says
};

/// How likely each particle makes the sighting: 1 - chance + chance · K / mean K, where K is the normal
/// density of the place about the particle's own then, and the mean is over the weights. So the judged chance
/// is also the weight that "it was it" has afterwards. What has left the known sea was not there.
///
/// Debris is a sighting too: `run` is then that of the debris, made with the same release, options and seed
/// as that of the boat, so that piece and boat of one number began together and met the same errors.
/// @param weights  as `DriftRun::weights`
/// Refuses a moment outside the run, numbers out of range, and a sighting more than 6 σ from every particle.
Result<std::vector<double>> sighting_likelihood(const DriftRun& run, const Sighting& sighting,
                                                std::span<const double> weights);

/// The run learns: weights and evidence of it. `what` is the sentence's beginning: "a search by …".
/// Refuses what `learn` refuses.
Done learn(DriftRun& run, std::span<const double> likelihood, const std::string& what);

}  // namespace varne
