#pragma once
/// Where the object may be, as a searcher needs it: weighted particles in a local plane, slice of time by
/// slice of time.

#include <cstddef>
#include <span>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/drift/leeway.h"

namespace varne {

struct SearchCloud {
  LocalPlane plane{Place{}};
  Time start;        ///< of the first slice
  Duration slice{};  ///< length of each, > 0
  std::size_t particles = 0;
  std::size_t slices = 0;
  /// Metres in the plane at the middle of each slice, [slice * particles + particle]; NaN where the particle
  /// is nowhere that is known. Single precision: 2 mm at 30 km.
  std::vector<float> east;
  std::vector<float> north;
  /// Of each particle, >= 0. The sum is the probability that the object is in the cloud at all, at most 1.
  std::vector<float> weight;

  [[nodiscard]] Time end() const { return start + slice * static_cast<std::int64_t>(slices); }
  /// A moment in slices since the start; below 0 before it.
  [[nodiscard]] double slices_at(Time time) const { return seconds(time - start) / seconds(slice); }
  [[nodiscard]] std::span<const float> east_of(std::size_t k) const {
    return std::span(east).subspan(k * particles, particles);
  }
  [[nodiscard]] std::span<const float> north_of(std::size_t k) const {
    return std::span(north).subspan(k * particles, particles);
  }
};

/// A cloud with what whoever relies on it should be told.
struct CloudOfRun {
  SearchCloud cloud;
  std::vector<std::string> notes;  ///< one sentence each: what the forecast did not reach
};

/// The forecast's particles between two moments, straight between its snapshots. What has left the known sea
/// is nowhere; what came ashore stays where it is. A window that reaches beyond the forecast is cut to it,
/// and said.
/// @param weight  of each particle, its sum at most 1 (+1e-6); empty: all alike, summing to 1
/// Refuses a forecast that does not reach the window at all, weights that do not fit, and one of which no
/// particle is anywhere.
Result<CloudOfRun> cloud_of(const DriftRun& run, Time from, Time until, Duration slice,
                            std::span<const double> weight = {});

/// Every n-th particle, with the weights scaled so that they sum as before: for a quick look.
SearchCloud thinned(const SearchCloud& cloud, std::size_t most);

}  // namespace varne
