#include "varne/drift/kernel.h"

#include <cmath>
#include <numbers>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "varne/drift/kernel.cpp"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

#include "varne/drift/random-inl.h"
#include "varne/sea/sample-inl.h"

HWY_BEFORE_NAMESPACE();
namespace varne::HWY_NAMESPACE {

constexpr double degree = std::numbers::pi / 180;
constexpr double equator_m = 6378137;
constexpr double flattening = 1 / 298.257223563;
constexpr double e2 = flattening * (2 - flattening);

HWY_INLINE VD num(double value) {
  return hn::Set(DD(), value);
}

/// The ellipsoid at a latitude.
struct Earth {
  VD per_east;   ///< radians of longitude a metre
  VD per_north;  ///< radians of latitude a metre
  VD sine;
  VD cosine;
  VD per_normal;  ///< 1 / the radius across the meridian
};

/// Cosine by its series, off by less than 1e-11 up to 80° (1e-15 at 51°); the sine only weighs second-order
/// terms.
HWY_INLINE Earth earth_at(VD lat) {
  const VD phi = hn::Mul(lat, num(degree));
  const VD z = hn::Mul(phi, phi);
  VD cosine = num(-1.1470745597729725e-11);  // -1/14!
  for (const double c : {2.08767569878681e-09, -2.755731922398589e-07, 2.48015873015873e-05,
                         -1.388888888888889e-03, 4.1666666666666664e-02, -0.5, 1.0})
    cosine = hn::Add(hn::Mul(cosine, z), num(c));
  VD sine = num(2.7557319223985893e-06);  // 1/9!
  for (const double c : {-1.984126984126984e-04, 8.333333333333333e-03, -1.6666666666666666e-01, 1.0})
    sine = hn::Add(hn::Mul(sine, z), num(c));
  sine = hn::Mul(sine, phi);
  const VD q = hn::Mul(num(e2), hn::Sub(num(1), hn::Mul(cosine, cosine)));  // e² sin²
  // Root of 1 - q by its series: the next term is below 1e-10.
  VD root = num(-1.0 / 16);
  for (const double c : {-1.0 / 8, -0.5, 1.0}) root = hn::Add(hn::Mul(root, q), num(c));
  Earth out;
  out.sine = sine;
  out.cosine = cosine;
  out.per_normal = hn::Mul(root, num(1 / equator_m));
  out.per_east = hn::Div(out.per_normal, cosine);
  out.per_north = hn::Mul(hn::Mul(root, hn::Sub(num(1), q)), num(1 / (equator_m * (1 - e2))));
  return out;
}

/// Two vectors a place: through the water and of the water.
struct Flow {
  VF leeway_east, leeway_north;
  VF current_east, current_north;
  MU known;
};

/// What a block's particles are in one register: loaded once a step.
struct Objects {
  VF down_slope, down_offset, side_slope, side_offset;
  VF calm_east, calm_north;
  VF current_error_east, current_error_north, wind_error_east, wind_error_north;
};

HWY_INLINE Flow flow_at(const SeaMoment& current, const SeaMoment& wind, const Objects& o, VD lon, VD lat,
                        bool opendrift) {
  const DF df;
  const auto& water = current.planes();
  const auto& air = wind.planes();
  const Sampled c = sample(water.data(), water.size(), lon, lat);
  const Sampled w = sample(air.data(), air.size(), lon, lat);
  Flow out;
  out.known = hn::And(c.known, w.known);
  // Nothing where something is missing, so that no place becomes NaN.
  const VU water_pairs = hn::IfThenElseZero(out.known, c.pairs);
  const VU air_pairs = hn::IfThenElseZero(out.known, w.pairs);
  out.current_east = hn::Add(east_of(water_pairs), o.current_error_east);
  out.current_north = hn::Add(north_of(water_pairs), o.current_error_north);
  const VF wind_east = hn::Add(east_of(air_pairs), o.wind_error_east);
  const VF wind_north = hn::Add(north_of(air_pairs), o.wind_error_north);
  const VF speed = hn::Sqrt(hn::Add(hn::Mul(wind_east, wind_east), hn::Mul(wind_north, wind_north)));
  const auto calm = hn::Eq(speed, hn::Zero(df));
  const VF inverse = hn::Div(hn::Set(df, 1.0F), speed);
  const VF along_east = hn::IfThenElse(calm, o.calm_east, hn::Mul(wind_east, inverse));
  const VF along_north = hn::IfThenElse(calm, o.calm_north, hn::Mul(wind_north, inverse));
  const VF down = hn::Add(hn::Mul(o.down_slope, speed), o.down_offset);
  VF across = hn::Add(hn::Mul(o.side_slope, speed), o.side_offset);
  if (opendrift) across = hn::Neg(across);  // to the left
  out.leeway_east = hn::Add(hn::Mul(along_east, down), hn::Mul(along_north, across));
  out.leeway_north = hn::Sub(hn::Mul(along_north, down), hn::Mul(along_east, across));
  return out;
}

struct Spot {
  VD lon;
  VD lat;
};

/// By the leeway, then from there by the current, each along a geodesic, to second order.
HWY_INLINE Spot euler_step(const Flow& flow, VD lon, VD lat, double dt) {
  const DD dd;
  const Earth earth = earth_at(lat);
  const VD e1 = hn::Mul(hn::PromoteTo(dd, flow.leeway_east), num(dt));
  const VD n1 = hn::Mul(hn::PromoteTo(dd, flow.leeway_north), num(dt));
  const VD e2m = hn::Mul(hn::PromoteTo(dd, flow.current_east), num(dt));
  const VD n2 = hn::Mul(hn::PromoteTo(dd, flow.current_north), num(dt));
  const VD e = hn::Add(e1, e2m);
  const VD n = hn::Add(n1, n2);
  const VD bend = hn::Mul(earth.sine, earth.per_east);  // tan(latitude) / N
  // Three of the four products: the current's way starts where the leeway's ended.
  const VD cross = hn::Add(hn::Mul(e1, n1), hn::Mul(e2m, n));
  const VD squares = hn::Add(hn::Mul(e1, e1), hn::Mul(e2m, e2m));
  const VD x = hn::Mul(earth.per_east, hn::Add(e, hn::Mul(bend, cross)));
  const VD flatter = hn::Mul(hn::Mul(hn::Mul(n, n), earth.per_north),
                             hn::Mul(num(1.5 * e2), hn::Mul(earth.sine, earth.cosine)));
  const VD y =
      hn::Mul(earth.per_north, hn::Sub(hn::Sub(n, hn::Mul(hn::Mul(num(0.5), bend), squares)), flatter));
  return {hn::Add(lon, hn::Mul(x, num(1 / degree))), hn::Add(lat, hn::Mul(y, num(1 / degree)))};
}

/// Degrees a second.
HWY_INLINE Spot rate_of(const Flow& flow, VD lat) {
  const DD dd;
  const Earth earth = earth_at(lat);
  const VD u = hn::PromoteTo(dd, hn::Add(flow.leeway_east, flow.current_east));
  const VD v = hn::PromoteTo(dd, hn::Add(flow.leeway_north, flow.current_north));
  return {hn::Mul(hn::Mul(u, earth.per_east), num(1 / degree)),
          hn::Mul(hn::Mul(v, earth.per_north), num(1 / degree))};
}

HWY_INLINE Spot gone(VD lon, VD lat, Spot rate, double s) {
  return {hn::Add(lon, hn::Mul(rate.lon, num(s))), hn::Add(lat, hn::Mul(rate.lat, num(s)))};
}

struct Reached {
  Spot to;
  MU known;
};

template <DriftScheme scheme>
HWY_INLINE Reached advance(const KernelStep& step, const Objects& o, VD lon, VD lat) {
  const auto flow = [&](int stage, Spot at) {
    return flow_at(*step.current[stage], *step.wind[stage], o, at.lon, at.lat, step.opendrift);
  };
  const double dt = step.dt_s;
  const Flow f1 = flow(0, {lon, lat});
  if constexpr (scheme == DriftScheme::euler) return {euler_step(f1, lon, lat, dt), f1.known};
  const Spot k1 = rate_of(f1, lat);
  const Spot at2 = gone(lon, lat, k1, dt / 2);
  const Flow f2 = flow(1, at2);
  const Spot k2 = rate_of(f2, at2.lat);
  if constexpr (scheme == DriftScheme::rk2) return {gone(lon, lat, k2, dt), hn::And(f1.known, f2.known)};
  const Spot at3 = gone(lon, lat, k2, dt / 2);
  const Flow f3 = flow(1, at3);
  const Spot k3 = rate_of(f3, at3.lat);
  const Spot at4 = gone(lon, lat, k3, dt);
  const Flow f4 = flow(2, at4);
  const Spot k4 = rate_of(f4, at4.lat);
  const auto mean = [](VD a, VD b, VD c, VD d) {
    return hn::Mul(hn::Add(hn::Add(a, hn::Mul(hn::Add(b, c), num(2))), d), num(1.0 / 6));
  };
  const Spot k{mean(k1.lon, k2.lon, k3.lon, k4.lon), mean(k1.lat, k2.lat, k3.lat, k4.lat)};
  return {gone(lon, lat, k, dt), hn::And(hn::And(f1.known, f2.known), hn::And(f3.known, f4.known))};
}

/// Where the coast's raster does not say "sea" outright.
HWY_INLINE MU near_land(const KernelStep& step, Spot at) {
  const DU du;
  if (step.land_everywhere) return hn::Eq(hn::Zero(du), hn::Zero(du));
  MU land = hn::MaskFromVec(hn::Zero(du));
  if (step.coast_count == 0) return land;
  const VD lon = hn::Sub(at.lon, hn::Mul(num(360), hn::Round(hn::Mul(at.lon, num(1.0 / 360)))));
  for (std::size_t i = 0; i < step.coast_count; ++i) {
    const Coast::Raster& coast = step.coasts[i];
    const VD x = hn::Floor(hn::Mul(hn::Sub(lon, num(coast.west)), num(coast.cells_per_deg)));
    const VD y = hn::Floor(hn::Mul(hn::Sub(at.lat, num(coast.south)), num(coast.cells_per_deg)));
    // The eastern and northern border belong to the area.
    const MD inside = hn::And(hn::And(hn::Ge(x, num(0)), hn::Le(x, num(coast.columns))),
                              hn::And(hn::Ge(y, num(0)), hn::Le(y, num(coast.rows))));
    const VD column = hn::Min(hn::Max(x, num(0)), num(coast.columns - 1));
    const VD row = hn::Min(hn::Max(y, num(0)), num(coast.rows - 1));
    const VD cell = hn::Add(hn::Mul(row, num(coast.columns)), column);
    const auto offset = hn::DemoteTo(DI32(), cell);
    const auto bytes = hn::GatherOffset(DU32(), reinterpret_cast<const std::uint32_t*>(coast.cells), offset);
    const auto cover = hn::PromoteTo(du, hn::And(bytes, hn::Set(DU32(), 0xFFU)));
    land = hn::Or(land, hn::And(hn::RebindMask(du, inside), hn::Ne(cover, hn::Zero(du))));
  }
  return land;
}

template <DriftScheme scheme>
void step_all(const KernelStep& step, Particles& p, KernelBlock& block) {
  const DD dd;
  const DU du;
  const DF df;
  const std::size_t lanes = hn::Lanes(dd);
  const bool errors = step.chances.current_fresh > 0 || step.chances.wind_fresh > 0 ||
                      step.chances.current_kept > 0 || step.chances.wind_kept > 0;
  const bool jibes = step.chances.jibe > 0;
  if (jibes && block.jibes_of != step.number / 4) {
    block.jibes_of = step.number / 4;
    for (std::size_t i = 0; i < block.count; i += lanes) {
      const Words words = philox(step.seed, static_cast<std::uint32_t>(block.first + i), 1, step.number / 4);
      for (int k = 0; k < 4; ++k) hn::Store(words.word[k], du, block.jibes[k] + i);
    }
  }
  block.landings = 0;
  block.departures = 0;
  alignas(64) double to_lon[HWY_MAX_BYTES / 8];
  alignas(64) double to_lat[HWY_MAX_BYTES / 8];
  for (std::size_t i = 0; i < block.count; i += lanes) {
    const MU moving = hn::Ne(hn::Load(du, block.moving + i), hn::Zero(du));
    if (hn::AllFalse(du, moving)) continue;
    const std::size_t at = block.first + i;
    const auto load = [&](const std::vector<float>& from) { return hn::LoadU(df, from.data() + at); };
    Objects o;
    o.down_slope = load(p.down_slope);
    o.down_offset = load(p.down_offset);
    o.side_slope = load(p.side_slope);
    o.side_offset = load(p.side_offset);
    o.calm_east = load(p.calm_east);
    o.calm_north = load(p.calm_north);
    // What neighbours share comes on top, and is drawn on elsewhere.
    const auto with = [&](const std::vector<float>& own, const std::vector<float>& shared) {
      return shared.empty() ? load(own) : hn::Add(load(own), load(shared));
    };
    o.current_error_east = with(p.current_error_east, p.shared_current_east);
    o.current_error_north = with(p.current_error_north, p.shared_current_north);
    o.wind_error_east = with(p.wind_error_east, p.shared_wind_east);
    o.wind_error_north = with(p.wind_error_north, p.shared_wind_north);
    const VD lon = hn::LoadU(dd, p.lon.data() + at);
    const VD lat = hn::LoadU(dd, p.lat.data() + at);
    const Reached reached = advance<scheme>(step, o, lon, lat);
    const MU goes = hn::And(moving, reached.known);
    const MU lands = hn::And(goes, near_land(step, reached.to));
    const MD commits = hn::RebindMask(dd, hn::AndNot(lands, goes));
    hn::StoreU(hn::IfThenElse(commits, reached.to.lon, lon), dd, p.lon.data() + at);
    hn::StoreU(hn::IfThenElse(commits, reached.to.lat, lat), dd, p.lat.data() + at);
    if (!hn::AllFalse(du, lands)) {
      hn::Store(reached.to.lon, dd, to_lon);
      hn::Store(reached.to.lat, dd, to_lat);
      std::uint64_t bits = lane_bits(lands);
      for (; bits != 0; bits &= bits - 1) {
        const auto lane = static_cast<std::size_t>(__builtin_ctzll(bits));
        block.landing[block.landings++] = {static_cast<std::uint32_t>(at + lane), to_lon[lane], to_lat[lane]};
      }
    }
    const MU leaves = hn::AndNot(reached.known, moving);
    if (!hn::AllFalse(du, leaves)) {
      for (std::uint64_t bits = lane_bits(leaves); bits != 0; bits &= bits - 1)
        block.departed[block.departures++] =
            static_cast<std::uint32_t>(at + static_cast<std::size_t>(__builtin_ctzll(bits)));
    }
    const auto moved = mask32(goes);
    if (errors) {
      const Words words = philox(step.seed, static_cast<std::uint32_t>(at), 0, step.number, true);
      // Every other particle has the errors of the one before it with the other sign.
      const auto odd = hn::BitCast(
          df, hn::TruncateTo(DU32(), hn::ShiftLeft<31>(hn::And(hn::Iota(du, at), hn::Set(du, 1)))));
      const auto turned = [&](Normals n) { return Normals{hn::Xor(n.first, odd), hn::Xor(n.second, odd)}; };
      const Normals water = turned(normals(words.word[0], words.word[1]));
      const Normals air = turned(normals(words.word[2], words.word[3]));
      const auto draw_on = [&](std::vector<float>& of, double kept, double fresh, VF normal) {
        const VF before = load(of);
        const VF after = hn::Add(hn::Mul(before, hn::Set(df, static_cast<float>(kept))),
                                 hn::Mul(normal, hn::Set(df, static_cast<float>(fresh))));
        hn::StoreU(hn::IfThenElse(moved, after, before), df, of.data() + at);
      };
      const StepChances& c = step.chances;
      draw_on(p.current_error_east, c.current_kept, c.current_fresh, water.first);
      draw_on(p.current_error_north, c.current_kept, c.current_fresh, water.second);
      draw_on(p.wind_error_east, c.wind_kept, c.wind_fresh, air.first);
      draw_on(p.wind_error_north, c.wind_kept, c.wind_fresh, air.second);
    }
    if (jibes) {
      const VF chance = uniform(hn::Load(du, block.jibes[step.number % 4] + i));
      const auto turns = hn::And(moved, hn::Lt(chance, hn::Set(df, static_cast<float>(step.chances.jibe))));
      if (!hn::AllFalse(df, turns)) {
        const auto change = [&](std::vector<float>& side, VF mine, std::vector<float>& other) {
          const VF theirs = load(other);
          hn::StoreU(hn::IfThenElse(turns, theirs, mine), df, side.data() + at);
          hn::StoreU(hn::IfThenElse(turns, mine, theirs), df, other.data() + at);
        };
        change(p.side_slope, o.side_slope, p.other_slope);
        change(p.side_offset, o.side_offset, p.other_offset);
        if (!p.side_std.empty()) change(p.side_std, load(p.side_std), p.other_std);
      }
    }
  }
}

void step_any(const KernelStep& step, Particles& p, KernelBlock& block) {
  if (step.scheme == DriftScheme::euler) return step_all<DriftScheme::euler>(step, p, block);
  if (step.scheme == DriftScheme::rk2) return step_all<DriftScheme::rk2>(step, p, block);
  step_all<DriftScheme::rk4>(step, p, block);
}

}  // namespace varne::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace varne {
namespace {
HWY_EXPORT(step_any);
}  // namespace

void step_block(const KernelStep& step, Particles& particles, KernelBlock& block) {
  HWY_DYNAMIC_DISPATCH(step_any)(step, particles, block);
}

std::vector<std::string> kernel_targets() {
  std::vector<std::string> names;
  for (const auto target : hwy::SupportedAndGeneratedTargets()) names.emplace_back(hwy::TargetName(target));
  return names;
}

bool use_kernel_target(const std::string& name) {
  hwy::SetSupportedTargetsForTest(0);
  bool found = name.empty();
  for (const auto target : hwy::SupportedAndGeneratedTargets()) {
    if (name != hwy::TargetName(target)) continue;
    hwy::SetSupportedTargetsForTest(target);
    found = true;
    break;
  }
  hwy::GetChosenTarget().DeInit();
  return found;
}

}  // namespace varne
#endif  // HWY_ONCE
