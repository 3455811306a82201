/// The simple way to run a drift: particle by particle, step by step, a question to the sea for each. Plainly
/// right, and the measure of the engine.

#include <algorithm>
#include <map>

#include "varne/drift/runs.h"
#include "varne/drift/shared_error.h"

namespace varne {
namespace {

/// The share of those adrift for which each source is the first that knows.
std::vector<double> shares_of(const Sea& sea, SeaPart part, const KeptMoment& moment) {
  std::vector<double> out(sea.sources().size(), 0);
  double adrift = 0;
  for (std::size_t i = 0; i < moment.count; ++i) {
    if (moment.particles.state[i] != ParticleState::adrift) continue;
    ++adrift;
    const Place place = moment.particles.place(i);
    const auto knows = std::find_if(sea.sources().begin(), sea.sources().end(), [&](const auto& source) {
      return part == SeaPart::current ? source->current(place, moment.time).has_value()
                                      : source->wind(place, moment.time).has_value();
    });
    if (knows != sea.sources().end()) ++out[static_cast<std::size_t>(knows - sea.sources().begin())];
  }
  if (adrift == 0) return {};
  for (double& share : out) share /= adrift;
  return out;
}

}  // namespace

RunEnd run_simply(const Sea& sea, RunStart begun, const DriftOptions& options, const KeepSnapshot& keep) {
  const Release& release = begun.release;
  const int sign = options.length < Duration::zero() ? -1 : 1;
  const Time start = sign > 0 ? release.from : release.to;
  const Time end = (sign > 0 ? release.to : release.from) + options.length;
  Particles& particles = begun.particles;
  start_on_land(sea, release, options, particles);
  std::map<std::pair<Time, Missing>, std::uint32_t> departures;
  const auto keep_now = [&](Time now) {
    KeptMoment moment{now, particles, options.particles, {}, {}};
    moment.current_from = shares_of(sea, SeaPart::current, moment);
    moment.wind_from = shares_of(sea, SeaPart::wind, moment);
    keep(moment);
  };
  std::optional<SharedErrors> shared;
  if (options.shared_error > 0) shared.emplace(options, release.place);
  Time now = start;
  keep_now(now);
  for (std::uint32_t step = 1; now != end; ++step) {
    const Time next = step_end(options, start, now, end);
    for (std::uint32_t i = 0; i < options.particles; ++i) {
      if (particles.state[i] == ParticleState::ashore && options.refloat) refloats(sea, particles, i, now);
      if (particles.state[i] != ParticleState::adrift) continue;
      const Time released = particles.released.empty() ? start : particles.released[i];
      const Time from = (released - now) * sign > Duration::zero() ? released : now;
      if ((next - from) * sign <= Duration::zero()) continue;  // not released yet
      share_errors(shared ? &*shared : nullptr, particles, i);
      if (const auto missing = step_one(sea, options, particles, i, step, from, next))
        ++departures[{from, *missing}];
    }
    if (shared) shared->draw_on(step, seconds(next - now));
    now = next;
    if (kept(options, start, now, end)) keep_now(now);
  }
  RunEnd out;
  for (const auto& [key, count] : departures) out.departures.push_back({key.first, key.second, count});
  return out;
}

}  // namespace varne
