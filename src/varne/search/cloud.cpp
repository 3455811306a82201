#include "varne/search/cloud.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace varne {
namespace {

constexpr float nowhere = std::numeric_limits<float>::quiet_NaN();

/// Snapshots in order of time, whichever way the run went.
std::vector<const DriftSnapshot*> in_order(const DriftRun& run) {
  std::vector<const DriftSnapshot*> out;
  for (const auto& snapshot : run.snapshots) out.push_back(&snapshot);
  std::ranges::sort(out, {}, [](const auto* s) { return s->time; });
  return out;
}

Place middle_of(const DriftSnapshot& snapshot) {
  double lon = 0;
  double lat = 0;
  double count = 0;
  for (std::size_t i = 0; i < snapshot.places.size(); ++i) {
    if (snapshot.states[i] == ParticleState::left) continue;
    lon += snapshot.places[i].lon;
    lat += snapshot.places[i].lat;
    ++count;
  }
  return count > 0 ? Place{lon / count, lat / count} : Place{};
}

/// Fills one slice, straight between two snapshots; `part` of the way from a to b.
void fill_slice(SearchCloud& cloud, std::size_t k, const DriftSnapshot& a, const DriftSnapshot& b,
                double part) {
  for (std::size_t i = 0; i < cloud.particles; ++i) {
    float& east = cloud.east[k * cloud.particles + i];
    float& north = cloud.north[k * cloud.particles + i];
    east = north = nowhere;
    if (a.states[i] == ParticleState::left || b.states[i] == ParticleState::left) continue;
    const Vec from = cloud.plane.to(a.places[i]);
    const Vec at = from + (cloud.plane.to(b.places[i]) - from) * part;
    east = static_cast<float>(at.east);
    north = static_cast<float>(at.north);
  }
}

Done take_weights(SearchCloud& cloud, std::span<const double> weight) {
  if (weight.empty()) {
    cloud.weight.assign(cloud.particles, 1.0F / static_cast<float>(cloud.particles));
    return {};
  }
  if (weight.size() != cloud.particles)
    return fail("weight", fmt::format("{} weights for {} particles", weight.size(), cloud.particles));
  const double sum = std::accumulate(weight.begin(), weight.end(), 0.0);
  if (!(sum > 0 && sum <= 1 + 1e-6))
    return fail("weight",
                fmt::format("the weights sum to {:.6f}; they are to sum to what is left of 1", sum));
  for (const double w : weight) {
    if (!(w >= 0)) return fail("weight", fmt::format("{} is no weight of 0 or more", w));
    cloud.weight.push_back(static_cast<float>(w));
  }
  return {};
}

}  // namespace

Result<CloudOfRun> cloud_of(const DriftRun& run, Time from, Time until, Duration slice,
                            std::span<const double> weight) {
  if (!(slice > Duration::zero()) || until <= from)
    return fail("window", "the search must end after it begins, in slices of some length");
  const auto snapshots = in_order(run);
  if (snapshots.size() < 2) return fail("forecast", "holds fewer than two moments");
  const Time first = snapshots.front()->time;
  const Time last = snapshots.back()->time;
  if (until <= first || from >= last)
    return fail("forecast",
                fmt::format("reaches from {} to {}: nothing is known of {} to {}; make a longer one",
                            iso(first), iso(last), iso(from), iso(until)));
  CloudOfRun out;
  SearchCloud& cloud = out.cloud;
  cloud.start = std::max(from, first);
  const Time end = std::min(until, last);
  cloud.slice = slice;
  cloud.slices = static_cast<std::size_t>(std::max<std::int64_t>(1, (end - cloud.start) / slice));
  if (cloud.start > from || end < until)
    out.notes.push_back(fmt::format("the forecast reaches from {} to {}; what lies beyond was not searched",
                                    iso(first), iso(last)));
  cloud.particles = snapshots.front()->places.size();
  cloud.plane = LocalPlane(middle_of(*snapshots[snapshots.size() / 2]));
  if (auto done = take_weights(cloud, weight); !done) return fail(done.error());
  cloud.east.resize(cloud.particles * cloud.slices);
  cloud.north.resize(cloud.particles * cloud.slices);
  std::size_t at = 0;
  for (std::size_t k = 0; k < cloud.slices; ++k) {
    const Time middle = std::min(last, cloud.start + slice * static_cast<std::int64_t>(k) + slice / 2);
    while (at + 2 < snapshots.size() && snapshots[at + 1]->time < middle) ++at;
    const auto& a = *snapshots[at];
    const auto& b = *snapshots[at + 1];
    const double span = seconds(b.time - a.time);
    fill_slice(cloud, k, a, b, span > 0 ? std::clamp(seconds(middle - a.time) / span, 0.0, 1.0) : 0);
  }
  const auto gone = static_cast<std::size_t>(
      std::ranges::count_if(cloud.east_of(cloud.slices - 1), [](float x) { return std::isnan(x); }));
  const bool all_gone = std::ranges::all_of(cloud.east, [](float x) { return std::isnan(x); });
  if (all_gone)
    return fail("forecast",
                "every particle has left the waters that the forcing knows; there is nowhere to look");
  if (gone > 0)
    out.notes.push_back(fmt::format(
        "{} of the particles have left the waters that the forcing knows; where they are "
        "is not known, and no search finds them",
        gone * 100 < cloud.particles ? "Fewer than 1 %"
                                     : fmt::format("{:.0f} %", 100.0 * static_cast<double>(gone) /
                                                                   static_cast<double>(cloud.particles))));
  return out;
}

SearchCloud thinned(const SearchCloud& cloud, std::size_t most) {
  const std::size_t step = std::max<std::size_t>(1, (cloud.particles + most - 1) / most);
  SearchCloud out;
  out.plane = cloud.plane;
  out.start = cloud.start;
  out.slice = cloud.slice;
  out.slices = cloud.slices;
  double all = 0;
  double kept = 0;
  for (const float w : cloud.weight) all += static_cast<double>(w);
  for (std::size_t i = 0; i < cloud.particles; i += step) {
    out.weight.push_back(cloud.weight[i]);
    kept += static_cast<double>(cloud.weight[i]);
  }
  out.particles = out.weight.size();
  if (step > 1 && kept > 0)
    for (float& w : out.weight) w *= static_cast<float>(all / kept);
  for (std::size_t k = 0; k < cloud.slices; ++k)
    for (std::size_t i = 0; i < cloud.particles; i += step) {
      out.east.push_back(cloud.east_of(k)[i]);
      out.north.push_back(cloud.north_of(k)[i]);
    }
  return out;
}

}  // namespace varne
