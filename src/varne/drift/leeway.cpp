#include "varne/drift/leeway.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "varne/drift/runs.h"

namespace varne {
namespace {

constexpr Duration longest_run = std::chrono::hours(24 * 30);
constexpr std::uint32_t most_particles = 20'000'000;

Done check(const Release& release, const DriftOptions& options) {
  if (!valid(release.place))
    return fail("release", "the place is none on the globe (longitude, latitude in degrees)");
  if (!(release.sigma_m >= 0 && release.sigma_m < 1e6))
    return fail("release", "the radius must be 0 m or more, and below 1,000 km");
  if (release.from > release.to) return fail("release", "the first moment is after the last");
  if (release.to - release.from > longest_run) return fail("length", "a release lasts at most thirty days");
  return check_options(options);
}

Done check_known(const Sea& sea, const Release& release, Time begin) {
  std::string asked;
  for (const auto& source : sea.sources()) {
    asked += (asked.empty() ? "" : ", ") + source->name();
    if (const auto span = source->span())
      asked += fmt::format(" (holds {} to {})", iso(span->first), iso(span->second));
  }
  const auto unknown = [&](const char* what) {
    return fail("release", fmt::format("no {} is known at {}{} on {}; asked: {}", what, spoken(release.place),
                                       sea.land(release.place).value_or(false) ? ", which is on land," : "",
                                       iso(begin), asked.empty() ? "nothing" : asked));
  };
  if (!sea.current(release.place, begin)) return unknown("current");
  if (!sea.wind(release.place, begin)) return unknown("wind");
  return {};
}

/// The end of all forcing for what was missing, where the moment lies beyond it.
std::optional<Time> forcing_end(const Sea& sea, const Departure& departure, bool back) {
  std::optional<Time> end;
  for (const auto& source : sea.sources()) {
    if (source->grid(departure.missing).kind == SourceGrid::Kind::nothing) continue;
    const auto span = source->span();
    if (!span) return std::nullopt;  // it has no end
    const Time last = back ? span->first : span->second;
    if (!end || (back ? last < *end : last > *end)) end = last;
  }
  if (!end || (back ? departure.time >= *end : departure.time <= *end)) return std::nullopt;
  return end;
}

DriftSnapshot snapshot_of(const KeptMoment& moment) {
  DriftSnapshot out;
  out.time = moment.time;
  out.places.reserve(moment.count);
  for (std::size_t i = 0; i < moment.count; ++i) out.places.push_back(moment.particles.place(i));
  out.states.assign(moment.particles.state.begin(),
                    moment.particles.state.begin() + static_cast<std::ptrdiff_t>(moment.count));
  out.current_from = moment.current_from;
  out.wind_from = moment.wind_from;
  return out;
}

using RunBy = std::function<RunEnd(const KeepSnapshot&)>;

/// What a run is, from what its moments are.
DriftRun recorded(const Sea& sea, const Release& release, const DriftOptions& options,
                  const std::function<void(DriftSnapshot&)>& take, const RunBy& run_by) {
  DriftRun run;
  run.release = release;
  run.options = options;
  for (const auto& source : sea.sources()) run.sources.push_back(source->name());
  const RunEnd end = run_by([&](const KeptMoment& moment) {
    DriftSnapshot snapshot = snapshot_of(moment);
    if (run.snapshots.empty())
      run.start_ashore = static_cast<std::uint32_t>(
          std::count(snapshot.states.begin(), snapshot.states.end(), ParticleState::ashore));
    if (take) take(snapshot);
    run.snapshots.push_back(std::move(snapshot));
  });
  run.departures = end.departures;
  for (Departure& departure : run.departures)
    departure.forcing_ended = forcing_end(sea, departure, options.length < Duration::zero());
  return run;
}

/// `by` is how the particles are run.
Result<DriftRun> made(const Sea& sea, const LeewayClass& leeway, Release release, const DriftOptions& options,
                      const std::function<void(DriftSnapshot&)>& take,
                      const std::function<RunEnd(RunStart, const KeepSnapshot&)>& by) {
  if (const auto done = check(release, options); !done) return std::unexpected(done.error());
  const Time begin = options.length > Duration::zero() ? release.from : release.to;
  double moved_m = 0;
  std::optional<double> nearest_m;
  if (options.stop_on_land && sea.land(release.place).value_or(false)) {
    const auto at_sea = nearest_sea(sea, release.place, begin);
    if (at_sea && !options.to_sea) nearest_m = distance_m(release.place, *at_sea);
    if (!at_sea && options.to_sea)
      return fail("release",
                  fmt::format("{} is on land, and no sea with a known current and wind is within 30 km",
                              spoken(release.place)));
    if (options.to_sea) {
      moved_m = distance_m(release.place, *at_sea);
      release.place = *at_sea;
    }
  }
  if (const auto done = check_known(sea, release, begin); !done) return std::unexpected(done.error());
  DriftRun run = recorded(sea, release, options, take, [&](const KeepSnapshot& keep) {
    return by({release, release_particles(leeway, release, options)}, keep);
  });
  run.leeway_key = leeway.key;
  run.moved_to_sea_m = moved_m;
  run.nearest_sea_m = nearest_m;
  return run;
}

}  // namespace

Done check_options(const DriftOptions& o) {
  if (o.particles < 1 || o.particles > most_particles)
    return fail("particles", fmt::format("{}; from 1 to {}", o.particles, most_particles));
  if (o.step <= Duration::zero() || o.step > std::chrono::hours(6))
    return fail("step", "must be above 0 and at most six hours");
  if (o.length == Duration::zero() || o.length > longest_run || o.length < -longest_run)
    return fail("length", "must not be zero, and at most thirty days");
  if (o.keep_every <= Duration::zero()) return fail("keep_every", "must be above 0");
  if (!(o.jibe_per_hour >= 0 && o.jibe_per_hour < 1))
    return fail("jibe_per_hour", "must be from 0 to below 1");
  if (!(o.current_noise_mps >= 0 && o.current_noise_mps < 10))
    return fail("current_noise_mps", "must be from 0 to below 10");
  if (!(o.wind_noise_mps >= 0 && o.wind_noise_mps < 50))
    return fail("wind_noise_mps", "must be from 0 to below 50");
  return {};
}

void add_usual_errors(DriftOptions& options) {
  options.current_noise_mps = 0.32;
  options.current_noise_lasts = std::chrono::minutes(11 * 60 + 30);
}

std::optional<Place> nearest_sea(const Sea& sea, Place on_land, Time time) {
  constexpr double farthest_m = 30'000;
  constexpr int bearings = 72;
  const auto good = [&](Place place) {
    return !sea.land(place).value_or(false) && sea.current(place, time) && sea.wind(place, time);
  };
  for (double metres = 25; metres <= farthest_m; metres *= 1.1) {
    for (int i = 0; i < bearings; ++i) {
      const Place place = destination(on_land, 360.0 * i / bearings, metres);
      if (good(place)) return place;
    }
  }
  return std::nullopt;
}

Result<DriftRun> drift(const Sea& sea, const LeewayClass& leeway, const Release& release,
                       const DriftOptions& options, const std::function<void(Time, double)>& progress,
                       const std::function<void(DriftSnapshot&)>& take) {
  return made(sea, leeway, release, options, take, [&](RunStart start, const KeepSnapshot& keep) {
    return run_fast(sea, std::move(start), options, keep, progress);
  });
}

Result<DriftRun> drift_simply(const Sea& sea, const LeewayClass& leeway, const Release& release,
                              const DriftOptions& options) {
  return made(sea, leeway, release, options, {}, [&](RunStart start, const KeepSnapshot& keep) {
    return run_simply(sea, std::move(start), options, keep);
  });
}

Result<DriftRun> run_from(const Sea& sea, RunStart start, const DriftOptions& options,
                          const std::function<void(Time, double)>& progress,
                          const std::function<void(DriftSnapshot&)>& take) {
  const Release release = start.release;
  // Their middle may be anywhere; the first of them stands for all.
  const Time begin = options.length > Duration::zero() ? release.from : release.to;
  const Release first{start.particles.place(0), 0, release.from, release.to};
  const Time asked = start.particles.released.empty() ? begin : start.particles.released[0];
  if (const auto done = check_known(sea, first, asked); !done) return std::unexpected(done.error());
  return recorded(sea, release, options, take, [&](const KeepSnapshot& keep) {
    return run_fast(sea, std::move(start), options, keep, progress);
  });
}

}  // namespace varne
