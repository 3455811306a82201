#include "varne/drift/particles.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "varne/core/philox.h"
#include "varne/drift/shared_error.h"

namespace varne {
namespace {

/// Draws of one particle: step 0 is its release, step k >= 1 the k-th of the run.
constexpr std::uint32_t release_step = 0;
constexpr std::uint32_t place_step = 0xFFFFFFFEU;  // no step of a run, nor is this:
constexpr std::uint32_t error_step = 0xFFFFFFFDU;
constexpr std::uint32_t jibe_stream = 1;
constexpr std::uint32_t object_stream = 2;  // leeway drawn on, capsizing

/// A downwind draw that would carry the object against the wind is drawn again.
double downwind_draw(const LeewayAxis& axis, Random& random) {
  double e = random.normal();
  while (axis.slope_pct + e * axis.std_cm_s / 20 < 0) e = random.normal();
  return e;
}

/// 24 bits, in the open interval (0, 1): what the kernel can do in single precision.
double uniform_of(std::uint32_t bits) {
  return (static_cast<double>(bits >> 8) + 0.5) * 0x1p-24;
}

std::pair<double, double> normals_of(std::uint32_t a, std::uint32_t b) {
  const double radius = std::sqrt(-2 * std::log(uniform_of(a)));
  const double angle = 2 * std::numbers::pi * uniform_of(b);
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

/// Near enough for a place that is drawn: to 2 d³ (1 + tan² latitude) / R², 2 cm at 5 km and 51°.
Place offset_by(Place from, Vec offset) {
  constexpr double near_m = 5000;
  constexpr double steepest = 75;
  if (length(offset) > near_m || std::abs(from.lat) > steepest) return moved(from, offset);
  const Vec metres = metres_per_degree(from.lat);
  // tan(latitude) / radius across the meridian: how fast the parallels bend away.
  constexpr double radian = std::numbers::pi / 180;
  const double bend = std::sin(from.lat * radian) * radian / metres.east;
  return {wrap180(from.lon + offset.east * (1 + bend * offset.north) / metres.east),
          from.lat + (offset.north - bend * offset.east * offset.east / 2) / metres.north};
}

void release_one(const LeewayClass& leeway, const Release& release, const DriftOptions& options,
                 std::uint32_t i, Particles& p) {
  Random random(options.seed, i, place_step);
  const Vec offset{release.sigma_m * random.normal(), release.sigma_m * random.normal()};
  const Place place = release.sigma_m > 0 ? offset_by(release.place, offset) : release.place;
  p.lon[i] = release.place.lon + wrap180(place.lon - release.place.lon);
  p.lat[i] = place.lat;
  p.draw_object(leeway, options, i);
  if (p.released.empty()) return;
  const auto span = release.to - release.from;
  const Duration after =
      options.particles == 1 ? Duration::zero() : Duration(span.count() * i / (options.particles - 1));
  p.released[i] = options.length > Duration::zero() ? release.from + after : release.to - after;
}

}  // namespace

Particles::Particles(std::size_t count) {
  const std::size_t n = count + spare;
  lon.resize(n);
  lat.resize(n);
  state.assign(n, ParticleState::left);  // the spare ones never move
  std::fill_n(state.begin(), count, ParticleState::adrift);
  for (auto* floats :
       {&down_slope, &down_offset, &side_slope, &side_offset, &other_slope, &other_offset, &calm_east,
        &calm_north, &current_error_east, &current_error_north, &wind_error_east, &wind_error_north})
    floats->resize(n);
}

void Particles::draw_object(const LeewayClass& leeway, const DriftOptions& options, std::uint32_t i) {
  Random random(options.seed, i, release_step);
  // Half of them on each side; a downwind draw first, so that both sides see the same.
  const bool positive = i % 2 == 0;
  const double down = downwind_draw(leeway.downwind, random);
  const double cross = random.normal();
  const auto object = leeway_object(leeway, down, cross, positive,
                                    options.opendrift ? Jibe::turns_slope : Jibe::changes_side);
  if (!down_draw.empty()) {
    const LeewayAxis& mine = positive ? leeway.crosswind_positive : leeway.crosswind_negative;
    const LeewayAxis& theirs = positive ? leeway.crosswind_negative : leeway.crosswind_positive;
    down_draw[i] = static_cast<float>(down);
    cross_draw[i] = static_cast<float>(cross);
    down_std[i] = static_cast<float>(leeway.downwind.std_cm_s);
    side_std[i] = static_cast<float>(mine.std_cm_s);
    other_std[i] = static_cast<float>(options.opendrift ? mine.std_cm_s : -theirs.std_cm_s);
  }
  down_slope[i] = static_cast<float>(object.down_slope);
  down_offset[i] = static_cast<float>(object.down_offset);
  side_slope[i] = static_cast<float>(object.side.slope);
  side_offset[i] = static_cast<float>(object.side.offset);
  other_slope[i] = static_cast<float>(object.other.slope);
  other_offset[i] = static_cast<float>(object.other.offset);
  const Vec calm = towards(360 * random.uniform(), 1);
  calm_east[i] = static_cast<float>(calm.east);
  calm_north[i] = static_cast<float>(calm.north);
  // Errors in pairs of opposite sign, so that chance does not move the mean.
  Random errors(options.seed, i / 2 * 2, error_step);
  const double sign = i % 2 == 0 ? 1 : -1;
  const double own = std::sqrt(1 - options.shared_error);
  const auto error = [&](double sigma) { return static_cast<float>(sign * own * sigma * errors.normal()); };
  current_error_east[i] = error(options.current_noise_mps);
  current_error_north[i] = error(options.current_noise_mps);
  wind_error_east[i] = error(options.wind_noise_mps);
  wind_error_north[i] = error(options.wind_noise_mps);
}

void Particles::put(std::size_t i, Place place) {
  lon[i] += wrap180(place.lon - lon[i]);
  lat[i] = place.lat;
}

LeewayObject Particles::object(std::size_t i) const {
  return {down_slope[i],
          down_offset[i],
          {side_slope[i], side_offset[i]},
          {other_slope[i], other_offset[i]},
          {calm_east[i], calm_north[i]}};
}

void Particles::jibe(std::size_t i) {
  std::swap(side_slope[i], other_slope[i]);
  std::swap(side_offset[i], other_offset[i]);
  if (!side_std.empty()) std::swap(side_std[i], other_std[i]);
}

void Particles::prepare(const DriftOptions& options) {
  const std::size_t n = lon.size();
  if (options.shared_error > 0)
    for (auto* floats : {&shared_current_east, &shared_current_north, &shared_wind_east, &shared_wind_north})
      floats->resize(n);
  if (options.leeway_lasts > Duration::zero())
    for (auto* floats : {&down_draw, &cross_draw, &down_std, &side_std, &other_std}) floats->resize(n);
  if (options.capsizing.possible) capsized.resize(n);
  if (!options.refloat) return;
  ashore_level.assign(n, std::numeric_limits<float>::quiet_NaN());
  has_ebbed.resize(n);
}

Vec Particles::current_error(std::size_t i) const {
  const Vec own{current_error_east[i], current_error_north[i]};
  return shared_current_east.empty() ? own : own + Vec{shared_current_east[i], shared_current_north[i]};
}

Vec Particles::wind_error(std::size_t i) const {
  const Vec own{wind_error_east[i], wind_error_north[i]};
  return shared_wind_east.empty() ? own : own + Vec{shared_wind_east[i], shared_wind_north[i]};
}

void share_errors(const SharedErrors* shared, Particles& p, std::uint32_t i) {
  if (shared == nullptr) return;
  const auto [current, wind] = shared->at(i, p.lon[i], p.lat[i]);
  p.shared_current_east[i] = static_cast<float>(current.east);
  p.shared_current_north[i] = static_cast<float>(current.north);
  p.shared_wind_east[i] = static_cast<float>(wind.east);
  p.shared_wind_north[i] = static_cast<float>(wind.north);
}

namespace {

/// The draws go on as a normal process would; one that would carry the object against the wind is not taken,
/// which leaves the distribution that `downwind_draw` draws from as it is.
void draw_leeway_on(const StepChances& chances, Particles& p, std::uint32_t i, double down, double cross) {
  const auto moved_by = [&](float& draw, double fresh) {
    const double before = static_cast<double>(draw);
    draw = static_cast<float>(before * chances.leeway_kept + chances.leeway_fresh * fresh);
    return 0.01 * (static_cast<double>(draw) - before);
  };
  const auto add = [](float& to, double what) { to = static_cast<float>(static_cast<double>(to) + what); };
  const float kept = p.down_draw[i];
  const double change = moved_by(p.down_draw[i], down) * static_cast<double>(p.down_std[i]);
  if (static_cast<double>(p.down_slope[i]) + change / 20 < 0) {
    p.down_draw[i] = kept;
  } else {
    add(p.down_slope[i], change / 20);
    add(p.down_offset[i], change / 2);
  }
  const double across = moved_by(p.cross_draw[i], cross);
  add(p.side_slope[i], across * static_cast<double>(p.side_std[i]) / 20);
  add(p.side_offset[i], across * static_cast<double>(p.side_std[i]) / 2);
  add(p.other_slope[i], across * static_cast<double>(p.other_std[i]) / 20);
  add(p.other_offset[i], across * static_cast<double>(p.other_std[i]) / 2);
}

void capsize(Particles& p, std::uint32_t i, double leeway) {
  p.capsized[i] = 1;
  const auto weaken = [&](std::vector<float>& of) {
    if (!of.empty()) of[i] = static_cast<float>(static_cast<double>(of[i]) * leeway);
  };
  for (auto* of : {&p.down_slope, &p.down_offset, &p.side_slope, &p.side_offset, &p.other_slope,
                   &p.other_offset, &p.down_std, &p.side_std, &p.other_std})
    weaken(*of);
}

}  // namespace

void change_object(const DriftOptions& options, const StepChances& chances, Particles& p, std::uint32_t i,
                   std::uint32_t step, double dt_s, double wind_mps) {
  const bool draws = !p.down_draw.empty();
  const bool may_capsize = !p.capsized.empty() && p.capsized[i] == 0;
  if (!draws && !may_capsize) return;
  const auto words = philox4x32_10(
      {0, object_stream, i, step},
      {static_cast<std::uint32_t>(options.seed), static_cast<std::uint32_t>(options.seed >> 32)});
  if (draws) {
    const auto [down, cross] = normals_of(words[0], words[1]);
    draw_leeway_on(chances, p, i, down, cross);
  }
  if (!may_capsize) return;
  const Capsizing& c = options.capsizing;
  const double an_hour = 0.5 + 0.5 * std::tanh((wind_mps - c.wind_mps) / c.sigma_mps);
  if (uniform_of(words[2]) < 1 - std::pow(1 - an_hour, std::abs(dt_s) / 3600)) capsize(p, i, c.leeway);
}

bool refloats(const Sea& sea, Particles& p, std::size_t i, Time now) {
  if (p.has_ebbed[i] == Particles::never) return false;
  const auto level = sea.level_m(p.place(i), now);
  if (!level) return false;
  if (std::isnan(p.ashore_level[i])) p.ashore_level[i] = static_cast<float>(*level);
  if (*level < static_cast<double>(p.ashore_level[i])) p.has_ebbed[i] = 1;
  if (p.has_ebbed[i] == 0 || *level < static_cast<double>(p.ashore_level[i])) return false;
  p.state[i] = ParticleState::adrift;
  return true;
}

Particles release_particles(const LeewayClass& leeway, const Release& release, const DriftOptions& options) {
  Particles p(options.particles);
  p.prepare(options);
  if (release.from != release.to) p.released.resize(p.lon.size());
  tbb::parallel_for(tbb::blocked_range<std::uint32_t>(0, options.particles, 512), [&](const auto& block) {
    for (auto i = block.begin(); i != block.end(); ++i) release_one(leeway, release, options, i, p);
  });
  return p;
}

void start_on_land(const Sea& sea, const Release& release, const DriftOptions& options, Particles& p) {
  if (!options.stop_on_land) return;
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, options.particles, 512), [&](const auto& block) {
    for (auto i = block.begin(); i != block.end(); ++i) {
      if (!sea.land(p.place(i)).value_or(false)) continue;
      // Towards the place of release, or where that is on land itself (the middle of several), anywhere.
      const auto at_sea = !options.to_sea ? std::nullopt
                          : sea.land(release.place).value_or(false)
                              ? nearest_sea(sea, p.place(i), release.from)
                              : std::optional(shoreline(sea, release.place, p.place(i)));
      if (at_sea)
        p.put(i, *at_sea);
      else
        p.state[i] = ParticleState::ashore;
      if (!at_sea && options.refloat) p.has_ebbed[i] = Particles::never;
    }
  });
}

StepDraws step_draws(std::uint64_t seed, std::uint32_t particle, std::uint32_t step) {
  const std::array<std::uint32_t, 2> key{static_cast<std::uint32_t>(seed),
                                         static_cast<std::uint32_t>(seed >> 32)};
  const auto words = philox4x32_10({0, 0, particle / 2 * 2, step}, key);  // pairs of opposite sign
  const double sign = particle % 2 == 0 ? 1 : -1;
  // One block of four words does for the jibes of four steps.
  const auto jibes = philox4x32_10({0, jibe_stream, particle, step / 4}, key);
  const auto current = normals_of(words[0], words[1]);
  const auto wind = normals_of(words[2], words[3]);
  return {{sign * current.first, sign * current.second, sign * wind.first, sign * wind.second},
          uniform_of(jibes[step % 4])};
}

StepChances step_chances(const DriftOptions& options, double dt_s) {
  const double dt = std::abs(dt_s);
  const auto kept = [dt](Duration lasts) {
    return lasts > Duration::zero() ? std::exp(-dt / seconds(lasts)) : 0;
  };
  StepChances out;
  out.current_kept = kept(options.current_noise_lasts);
  const double own = std::sqrt(1 - options.shared_error);
  out.current_fresh = own * options.current_noise_mps * std::sqrt(1 - out.current_kept * out.current_kept);
  out.wind_kept = kept(options.wind_noise_lasts);
  out.wind_fresh = own * options.wind_noise_mps * std::sqrt(1 - out.wind_kept * out.wind_kept);
  if (options.leeway_lasts > Duration::zero()) {
    out.leeway_kept = kept(options.leeway_lasts);
    out.leeway_fresh = std::sqrt(1 - out.leeway_kept * out.leeway_kept);
  }
  // At a rate of -ln(1 - p) an hour.
  out.jibe = 1 - std::pow(1 - options.jibe_per_hour, dt / 3600);
  return out;
}

std::optional<Missing> step_one(const Sea& sea, const DriftOptions& options, Particles& p, std::uint32_t i,
                                std::uint32_t step, Time from, Time to) {
  const double dt = seconds(to - from);
  const Vec current_error = p.current_error(i);
  const Vec wind_error = p.wind_error(i);
  const LeewayObject object = p.object(i);
  Missing missing = Missing::current;
  std::optional<double> wind_mps;  // as the step began
  const auto motion = [&](Place where, Time when) -> std::optional<Motion> {
    const auto current = sea.current(where, when);
    const auto wind = sea.wind(where, when);
    missing = current ? Missing::wind : Missing::current;
    if (!current || !wind) return std::nullopt;
    if (!wind_mps) wind_mps = length(*wind + wind_error);
    return Motion{leeway_of(object, *wind + wind_error, options.opendrift), *current + current_error};
  };
  const Place before = p.place(i);
  const auto reached = advanced(before, from, dt, options.scheme, motion);
  if (!reached) {
    p.state[i] = ParticleState::left;
    return missing;
  }
  if (options.stop_on_land && sea.land(*reached).value_or(false))
    strand(sea, p, i, before, *reached);
  else
    p.put(i, *reached);
  const StepDraws draws = step_draws(options.seed, i, step);
  const StepChances chances = step_chances(options, dt);
  const auto drawn_on = [](float& error, double kept, double fresh, double normal) {
    error = static_cast<float>(static_cast<double>(error) * kept + fresh * normal);
  };
  drawn_on(p.current_error_east[i], chances.current_kept, chances.current_fresh, draws.normals[0]);
  drawn_on(p.current_error_north[i], chances.current_kept, chances.current_fresh, draws.normals[1]);
  drawn_on(p.wind_error_east[i], chances.wind_kept, chances.wind_fresh, draws.normals[2]);
  drawn_on(p.wind_error_north[i], chances.wind_kept, chances.wind_fresh, draws.normals[3]);
  if (draws.jibe < chances.jibe) p.jibe(i);
  if (p.state[i] == ParticleState::adrift) change_object(options, chances, p, i, step, dt, *wind_mps);
  return std::nullopt;
}

void strand(const Sea& sea, Particles& particles, std::size_t i, Place at_sea, Place on_land) {
  particles.put(i, shoreline(sea, at_sea, on_land));
  particles.state[i] = ParticleState::ashore;
  if (particles.ashore_level.empty()) return;
  particles.ashore_level[i] = std::numeric_limits<float>::quiet_NaN();
  particles.has_ebbed[i] = 0;
}

Place shoreline(const Sea& sea, Place at_sea, Place on_land) {
  const double turn = wrap180(on_land.lon - at_sea.lon);
  double sea_share = 0;
  double land_share = 1;
  const auto at = [&](double share) {
    return Place{wrap180(at_sea.lon + share * turn), at_sea.lat + share * (on_land.lat - at_sea.lat)};
  };
  for (int i = 0; i < 8; ++i) {
    const double middle = (sea_share + land_share) / 2;
    (sea.land(at(middle)).value_or(false) ? land_share : sea_share) = middle;
  }
  return at(sea_share);
}

Time step_end(const DriftOptions& options, Time start, Time now, Time end) {
  const int sign = end < start ? -1 : 1;
  const Duration done = (now - start) * sign;
  const Duration until_kept = options.keep_every - done % options.keep_every;
  return now + std::min({options.step, until_kept, (end - now) * sign}) * sign;
}

bool kept(const DriftOptions& options, Time start, Time now, Time end) {
  return now == end || (now - start) % options.keep_every == Duration::zero();
}

}  // namespace varne
