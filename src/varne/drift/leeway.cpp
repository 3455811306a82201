#include "varne/drift/leeway.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "varne/core/philox.h"
#include "varne/core/toml.h"

namespace varne {
namespace {

/// Draws of one particle: step 0 is its release, step k >= 1 the k-th of the run.
constexpr std::uint32_t release_step = 0;
constexpr Duration longest_run = std::chrono::hours(24 * 30);
constexpr std::uint32_t most_particles = 1000000;

LeewayAxis read_axis(TomlTable& table, const char* field) {
  const auto numbers = table.numbers(field, 3, -1000, 1000);
  return {numbers[0], numbers[1], numbers[2]};
}

/// A downwind draw that would carry the object against the wind is drawn again.
double downwind_draw(const LeewayAxis& axis, Random& random) {
  double e = random.normal();
  while (axis.slope_pct + e * axis.std_cm_s / 20 < 0) e = random.normal();
  return e;
}

struct Particle {
  LeewayObject object;
  Time released;
};

Done check(const Release& release, const DriftOptions& o) {
  if (!valid(release.place))
    return fail("release", "the place is none on the globe (longitude, latitude in degrees)");
  if (!(release.sigma_m >= 0 && release.sigma_m < 1e6))
    return fail("release", "the radius must be 0 m or more, and below 1,000 km");
  if (release.from > release.to) return fail("release", "the first moment is after the last");
  if (o.particles < 1 || o.particles > most_particles)
    return fail("particles", fmt::format("{}; from 1 to {}", o.particles, most_particles));
  if (o.step <= Duration::zero() || o.step > std::chrono::hours(6))
    return fail("step", "must be above 0 and at most six hours");
  if (o.length == Duration::zero() || o.length > longest_run || o.length < -longest_run ||
      release.to - release.from > longest_run)
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

/// Where the way from the sea to a place on land comes ashore, within a few metres.
Place shoreline(const Sea& sea, Place at_sea, Place on_land) {
  for (int i = 0; i < 8; ++i) {
    const Place middle{(at_sea.lon + on_land.lon) / 2, (at_sea.lat + on_land.lat) / 2};
    (sea.land(middle).value_or(false) ? on_land : at_sea) = middle;
  }
  return at_sea;
}

class Run {
 public:
  Run(const Sea& sea, const LeewayClass& leeway, const Release& release, const DriftOptions& options)
      : sea_(sea),
        leeway_(leeway),
        release_(release),
        options_(options),
        sign_(options.length < Duration::zero() ? -1 : 1) {}

  std::vector<DriftSnapshot> go(const std::function<void(Time, double)>& progress) {
    begin();
    std::vector<DriftSnapshot> kept{now_};
    const Time end = (sign_ > 0 ? release_.to : release_.from) + options_.length;
    const Time start = now_.time;
    for (std::uint32_t k = 1; now_.time != end; ++k) {
      const Duration left = (end - now_.time) * sign_;
      const Time next = now_.time + std::min(options_.step, left) * sign_;
      for (std::uint32_t i = 0; i < options_.particles; ++i) {
        step(i, k, next);
        if (progress && i % 8192 == 0) progress(now_.time, seconds(now_.time - start) / seconds(end - start));
      }
      now_.time = next;
      if ((next - start) % options_.keep_every == Duration::zero() || next == end) kept.push_back(now_);
    }
    return kept;
  }

 private:
  void begin() {
    const auto n = options_.particles;
    now_.time = sign_ > 0 ? release_.from : release_.to;
    now_.states.assign(n, ParticleState::adrift);
    for (std::uint32_t i = 0; i < n; ++i) {
      Random random(options_.seed, i, release_step);
      const Vec offset{release_.sigma_m * random.normal(), release_.sigma_m * random.normal()};
      now_.places.push_back(release_.sigma_m > 0 ? moved(release_.place, offset) : release_.place);
      // Half of them on each side; a downwind draw first, so that both sides see the same.
      const bool positive = i % 2 == 0;
      const double down = downwind_draw(leeway_.downwind, random);
      const auto span = release_.to - release_.from;
      const Duration after = n == 1 ? Duration::zero() : Duration(span.count() * i / (n - 1));
      particles_.push_back({leeway_object(leeway_, down, random.normal(), positive),
                            sign_ > 0 ? release_.from + after : release_.to - after});
      if (options_.stop_on_land && sea_.land(now_.places[i]).value_or(false))
        now_.states[i] = ParticleState::ashore;
    }
  }

  void step(std::uint32_t i, std::uint32_t k, Time next) {
    if (now_.states[i] != ParticleState::adrift) return;
    Particle& particle = particles_[i];
    const Time from =
        sign_ > 0 ? std::max(now_.time, particle.released) : std::min(now_.time, particle.released);
    const double dt = seconds(next - from);
    if (dt * sign_ <= 0) return;  // not released yet
    Place& place = now_.places[i];
    auto current = sea_.current(place, from);
    auto wind = sea_.wind(place, from);
    if (!current || !wind) {
      now_.states[i] = ParticleState::left;
      return;
    }
    Random random(options_.seed, i, k);
    if (options_.current_noise_mps > 0)
      *current = *current + Vec{random.normal(), random.normal()} * options_.current_noise_mps;
    if (options_.wind_noise_mps > 0)
      *wind = *wind + Vec{random.normal(), random.normal()} * options_.wind_noise_mps;
    const Place to =
        drifted(place, leeway_of(particle.object, *wind, options_.mirror_crosswind), *current, dt);
    if (options_.stop_on_land && sea_.land(to).value_or(false)) {
      place = shoreline(sea_, place, to);
      now_.states[i] = ParticleState::ashore;
      return;
    }
    place = to;
    // A jibe: the object comes to lie on the other side of the wind. At a rate of -ln(1 - p) an hour.
    const double jibes = 1 - std::pow(1 - options_.jibe_per_hour, std::abs(dt) / 3600);
    if (jibes > 0 && random.uniform() < jibes) particle.object.cross_slope = -particle.object.cross_slope;
  }

  const Sea& sea_;
  const LeewayClass& leeway_;
  const Release& release_;
  const DriftOptions& options_;
  int sign_;
  DriftSnapshot now_;
  std::vector<Particle> particles_;
};

}  // namespace

Result<std::vector<LeewayClass>> load_leeway(const std::string& path) {
  auto file = TomlFile::open(path);
  if (!file) return std::unexpected(file.error());
  std::vector<LeewayClass> out;
  TomlTable root = file->root();
  for (TomlTable& table : root.tables("class")) {
    LeewayClass c{table.text("key"), table.text("description"), read_axis(table, "downwind"),
                  read_axis(table, "crosswind_positive"), read_axis(table, "crosswind_negative")};
    // A draw is repeated until it goes downwind; a class that hardly ever does would never be drawn.
    if (c.downwind.slope_pct < 0) table.refuse("downwind", "the slope must be 0 or more");
    for (const auto& other : out) {
      if (other.key == c.key) table.refuse("key", fmt::format("\"{}\" stands twice", c.key));
    }
    table.only_known();
    out.push_back(std::move(c));
  }
  root.only_known();
  if (file->wrong()) return std::unexpected(*file->wrong());
  if (out.empty()) return fail(path, "holds no [[class]]");
  return out;
}

LeewayObject leeway_object(const LeewayClass& leeway, double down, double cross, bool positive) {
  const LeewayAxis& axis = positive ? leeway.crosswind_positive : leeway.crosswind_negative;
  const double e_down = down * leeway.downwind.std_cm_s;
  const double e_cross = cross * axis.std_cm_s;
  return {0.01 * (leeway.downwind.slope_pct + e_down / 20), 0.01 * (leeway.downwind.offset_cm_s + e_down / 2),
          0.01 * axis.slope_pct, 0.01 * e_cross / 20, 0.01 * (axis.offset_cm_s + e_cross / 2)};
}

Vec leeway_of(const LeewayObject& object, Vec wind, bool mirror_crosswind) {
  const double speed = length(wind);
  if (speed == 0) return {};  // no wind, no direction to drift in
  const Vec along = wind * (1 / speed);
  const Vec right = mirror_crosswind ? Vec{-along.north, along.east} : Vec{along.north, -along.east};
  return along * (object.down_slope * speed + object.down_offset) +
         right * ((object.cross_slope + object.cross_slope_draw) * speed + object.cross_offset);
}

Place drifted(Place place, Vec leeway, Vec current, double dt_s) {
  return moved(moved(place, leeway * dt_s), current * dt_s);
}

Result<DriftRun> drift(const Sea& sea, const LeewayClass& leeway, const Release& release,
                       const DriftOptions& options, const std::function<void(Time, double)>& progress) {
  if (const auto done = check(release, options); !done) return std::unexpected(done.error());
  const Time begin = options.length > Duration::zero() ? release.from : release.to;
  if (const auto done = check_known(sea, release, begin); !done) return std::unexpected(done.error());
  DriftRun run{leeway.key, release, options, {}, {}};
  for (const auto& source : sea.sources()) run.sources.push_back(source->name());
  run.snapshots = Run(sea, leeway, release, options).go(progress);
  return run;
}

}  // namespace varne
