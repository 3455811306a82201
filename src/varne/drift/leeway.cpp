#include "varne/drift/leeway.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "varne/drift/pieces.h"
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

/// Marks the departures after which no source reached any farther.
void mark_ends(const Sea& sea, const DriftOptions& options, std::vector<Departure>& departures) {
  for (Departure& departure : departures)
    departure.forcing_ended = forcing_end(sea, departure, options.length < Duration::zero());
}

/// Of those adrift, the share whose current its source took from the nearest cells it has.
double extended_share(const Sea& sea, const DriftSnapshot& snapshot) {
  constexpr std::size_t most_asked = 2000;
  const std::size_t stride = (snapshot.places.size() + most_asked - 1) / most_asked;
  double asked = 0;
  double extended = 0;
  for (std::size_t i = 0; i < snapshot.places.size(); i += std::max<std::size_t>(stride, 1)) {
    if (snapshot.states[i] != ParticleState::adrift) continue;
    ++asked;
    extended += sea.current_extended(snapshot.places[i], snapshot.time) ? 1 : 0;
  }
  return asked > 0 ? extended / asked : 0;
}

using RunBy = std::function<RunEnd(const KeepSnapshot&)>;

/// What a run is, from what its moments are.
DriftRun recorded(const Sea& sea, const Release& release, const DriftOptions& options,
                  const std::function<void(DriftSnapshot&)>& take, const RunBy& run_by) {
  DriftRun run;
  run.release = release;
  run.options = options;
  for (const auto& source : sea.sources()) run.sources.push_back(source->name());
  run.sea_notes = sea.notes();
  const RunEnd end = run_by([&](const KeptMoment& moment) {
    DriftSnapshot snapshot = snapshot_of(moment);
    if (run.snapshots.empty())
      run.start_ashore = static_cast<std::uint32_t>(
          std::count(snapshot.states.begin(), snapshot.states.end(), ParticleState::ashore));
    run.current_extended.push_back(extended_share(sea, snapshot));
    if (take) take(snapshot);
    run.snapshots.push_back(std::move(snapshot));
  });
  run.departures = end.departures;
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

Done check_piece(Duration piece, const DriftOptions& options) {
  if (piece == in_one_piece) return {};
  if (piece <= Duration::zero() || piece % options.keep_every != Duration::zero())
    return fail("piece", "must be a whole number of the times between moments that are kept");
  return {};
}

/// A run of which every piece has a sea of its own.
struct InPieces {
  const SeaOver& sea_over;
  Duration piece;
  const DriftOptions& options;
  int sign;
  Time begin;
  Time end;
  Result<Sea> sea = Sea();  ///< of the piece that runs, or why there is none

  InPieces(const SeaOver& over, Duration of, const Release& release, const DriftOptions& run_options)
      : sea_over(over),
        piece(of),
        options(run_options),
        sign(run_options.length < Duration::zero() ? -1 : 1),
        begin(sign > 0 ? release.from : release.to),
        end((sign > 0 ? release.to : release.from) + run_options.length) {
    open(begin);
  }

  [[nodiscard]] Time end_of(Time from) const {
    return (end - from) * sign <= piece ? end : from + piece * sign;
  }
  void open(Time from) {
    sea = Sea();  // before the next is read: never two of them in memory
    sea = sea_over(std::min(from, end_of(from)), std::max(from, end_of(from)));
  }
  RunEnd run(RunStart start, const KeepSnapshot& keep, const std::function<void(Time, double)>& progress) {
    RunEnd all;
    for (Time from = begin; sea && from != end;) {
      const Time to = end_of(from);
      RunEnd part = run_fast(*sea, std::move(start), options, keep, progress, to);
      mark_ends(*sea, options, part.departures);
      all.departures.insert(all.departures.end(), part.departures.begin(), part.departures.end());
      start = std::move(part.next);
      from = to;
      if (from != end) open(from);
    }
    // In order of time, whichever way the run goes.
    std::stable_sort(all.departures.begin(), all.departures.end(),
                     [](const Departure& a, const Departure& b) { return a.time < b.time; });
    return all;
  }
};

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
  if (!(o.shared_error >= 0 && o.shared_error <= 1)) return fail("shared_error", "must be from 0 to 1");
  if (!(o.shared_length_m >= 100 && o.shared_length_m <= 1e7))
    return fail("shared_length_m", "must be from 100 m to 10,000 km");
  if (o.leeway_lasts < Duration::zero()) return fail("leeway_lasts", "must be 0 or more");
  const Capsizing& c = o.capsizing;
  if (!(c.wind_mps >= 0 && c.wind_mps < 200 && c.sigma_mps > 0 && c.sigma_mps < 200 && c.leeway >= 0 &&
        c.leeway <= 1))
    return fail("capsizing", "wind from 0 and its spread above 0, both below 200 m/s; leeway from 0 to 1");
  if (o.length < Duration::zero() && (c.possible || o.refloat))
    return fail("length",
                "a run back cannot say when something capsized or was lifted by the tide: run ahead");
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
    RunEnd end = run_fast(sea, std::move(start), options, keep, progress);
    mark_ends(sea, options, end.departures);
    return end;
  });
}

Result<DriftRun> drift_in_pieces(const SeaOver& sea_over, Duration piece, const LeewayClass& leeway,
                                 const Release& release, const DriftOptions& options,
                                 const std::function<void(Time, double)>& progress,
                                 const std::function<void(DriftSnapshot&)>& take) {
  if (const auto done = check(release, options); !done) return std::unexpected(done.error());
  if (const auto done = check_piece(piece, options); !done) return std::unexpected(done.error());
  InPieces pieces(sea_over, piece, release, options);
  if (!pieces.sea) return std::unexpected(pieces.sea.error());
  auto run = made(*pieces.sea, leeway, release, options, take, [&](RunStart start, const KeepSnapshot& keep) {
    return pieces.run(std::move(start), keep, progress);
  });
  if (!pieces.sea) return std::unexpected(pieces.sea.error());
  return run;
}

Result<DriftRun> drift_simply(const Sea& sea, const LeewayClass& leeway, const Release& release,
                              const DriftOptions& options) {
  return made(sea, leeway, release, options, {}, [&](RunStart start, const KeepSnapshot& keep) {
    RunEnd end = run_simply(sea, std::move(start), options, keep);
    mark_ends(sea, options, end.departures);
    return end;
  });
}

Result<DriftRun> run_from(const SeaOver& sea_over, Duration piece, RunStart start,
                          const DriftOptions& options, const std::function<void(Time, double)>& progress) {
  if (const auto done = check_piece(piece, options); !done) return std::unexpected(done.error());
  const Release release = start.release;
  InPieces pieces(sea_over, piece, release, options);
  if (!pieces.sea) return std::unexpected(pieces.sea.error());
  {
    // Their middle may be anywhere; the first of them stands for all, when it is released.
    const Release first{start.particles.place(0), 0, release.from, release.to};
    const Time asked = start.particles.released.empty() ? pieces.begin : start.particles.released[0];
    const bool in_first = (asked - pieces.end_of(pieces.begin)) * pieces.sign <= Duration::zero();
    const auto sea = in_first ? pieces.sea : sea_over(asked, asked);
    if (!sea) return std::unexpected(sea.error());
    if (const auto done = check_known(*sea, first, asked); !done) return std::unexpected(done.error());
  }
  DriftRun run = recorded(*pieces.sea, release, options, {}, [&](const KeepSnapshot& keep) {
    return pieces.run(std::move(start), keep, progress);
  });
  if (!pieces.sea) return std::unexpected(pieces.sea.error());
  return run;
}

}  // namespace varne
