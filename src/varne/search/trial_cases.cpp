#include "varne/search/trial_cases.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <numbers>

#include "varne/core/philox.h"
#include "varne/core/units.h"

namespace varne {
namespace {

constexpr double turn = 2 * std::numbers::pi;
constexpr std::array kinds{"normal", "track line", "two lobes", "crescent", "headland", "scenarios"};

/// One particle: where it begins, and how it goes besides the stream.
struct Start {
  Vec at;
  Vec leeway;
};

/// What sort of cloud it is, with its sizes.
struct Shape {
  std::size_t kind = 0;
  double size_m = 0;
  double stretch = 1;
  double direction = 0;  // radians
  double bend = 0;
};

Vec rotated(Vec v, double radians) {
  return {v.east * std::cos(radians) - v.north * std::sin(radians),
          v.east * std::sin(radians) + v.north * std::cos(radians)};
}

Start start_of(const Shape& shape, Random& random) {
  const double a = random.normal();
  const double b = random.normal();
  const double u = random.uniform();
  const double v = random.uniform();
  const double s = shape.size_m;
  Start out;
  switch (shape.kind) {
    case 0:  // normal
      out = {{s * a, s * shape.stretch * b}, {0.05 * random.normal(), 0.05 * random.normal()}};
      break;
    case 1:  // along a track, less sure the farther
      out = {{0.25 * s * (0.5 + u) * a, 6 * s * (u - 0.5)}, {0.06 * random.normal(), 0.06 * random.normal()}};
      break;
    case 2:  // left and right of the wind
      out = {{0.6 * s * a, 0.6 * s * b},
             {(v < 0.55 ? 0.16 : -0.16) + 0.04 * random.normal(), 0.15 + 0.05 * random.normal()}};
      break;
    case 3: {  // a crescent
      const double angle = shape.bend * (u - 0.5);
      const double r = 3 * s + 0.35 * s * a;
      out = {{r * std::sin(angle), r * std::cos(angle) - 2.6 * s},
             {0.04 * random.normal(), 0.04 * random.normal()}};
      break;
    }
    case 4:  // about a headland: half a ring at sea
    {
      const double angle = std::numbers::pi * (0.08 + 0.84 * u);
      const double r = 1.2 * s + std::abs(0.9 * s * a);
      out = {{r * std::cos(angle), r * std::sin(angle)}, {0.03 * random.normal(), 0.03 * random.normal()}};
      break;
    }
    default:  // three ways it may have happened
      out = v < 0.5   ? Start{{0.5 * s * a, 0.5 * s * b}, {0.03 * random.normal(), 0.03 * random.normal()}}
            : v < 0.8 ? Start{{2.5 * s + 0.8 * s * a, s + 0.4 * s * b},
                              {0.1 + 0.04 * random.normal(), 0.05 * random.normal()}}
                      : Start{{-1.5 * s + 0.3 * s * a, 3 * s * (u - 0.3)},
                              {0.05 * random.normal(), -0.1 + 0.04 * random.normal()}};
  }
  out.at = rotated(out.at, shape.direction);
  out.leeway = rotated(out.leeway, shape.direction);
  return out;
}

SearchUnit unit_of(const TrialCase& made, std::size_t number, bool flies, Random& random) {
  SearchUnit unit;
  unit.name = fmt::format("{} {}", flies ? "Helicopter" : "Lifeboat", number + 1);
  unit.flies = flies;
  const double away = (flies ? 60e3 : 18e3) * (0.5 + random.uniform());
  // Boats come from the shore, which lies to the south where there is one.
  unit.at = made.cloud.plane.from(towards(130 + 100 * random.uniform(), away));
  unit.free_from = made.cloud.start;
  unit.launch_delay = Duration(static_cast<std::int64_t>(60'000 * (5 + 15 * random.uniform())));
  unit.transit_mps = mps_from_knots(flies ? 130 : 25);
  unit.search_mps = mps_from_knots(flies ? 70 : 10 + 5 * random.uniform());
  unit.sweep_width_m = metres_from_nm(flies ? 0.4 : 0.3 + 0.5 * random.uniform());
  unit.endurance = Duration(static_cast<std::int64_t>(3'600'000 * (flies ? 3.0 : 8.0)));
  unit.turn_s = flies ? 30 : 15;
  return unit;
}

}  // namespace

TrialCase trial_case(std::size_t number, std::size_t particles, std::size_t slices) {
  Random random(20260101, static_cast<std::uint32_t>(number), 0);
  const std::size_t kind = number % kinds.size();
  TrialCase out;
  out.kind = kinds[kind];
  SearchCloud& cloud = out.cloud;
  cloud.plane = LocalPlane({1.6, 51.05});
  cloud.start = time_from_millis(1'800'000'000'000);
  cloud.slice = std::chrono::minutes(15);
  cloud.particles = particles;
  cloud.slices = slices;
  cloud.weight.assign(particles, 1.0F / static_cast<float>(particles));
  // More units, a larger cloud: so that there is something to choose.
  const std::size_t units = 2 + (number / kinds.size()) % 7;
  const double size = (1800 + 2700 * random.uniform()) * std::sqrt(static_cast<double>(units) / 1.5);
  const Shape shape{kind, size, 0.5 + random.uniform(), kind == 4 ? 0 : turn * random.uniform(),
                    1.5 + 2 * random.uniform()};
  const double phase = turn * random.uniform();
  const double stream = kind == 4 ? 0.0 : 0.4 + 0.8 * random.uniform();
  const double axis = 45 + 20 * random.uniform();
  cloud.east.resize(particles * slices);
  cloud.north.resize(particles * slices);
  for (std::size_t i = 0; i < particles; ++i) {
    Random own(20260102 + number, static_cast<std::uint32_t>(i), 1);
    const Start start = start_of(shape, own);
    for (std::size_t k = 0; k < slices; ++k) {
      const double t = (static_cast<double>(k) + 0.5) * 900;
      const double period = 12.42 * 3600;
      const double gone = stream * period / turn * (std::sin(turn * t / period + phase) - std::sin(phase));
      Vec at = start.at + start.leeway * t + towards(axis, gone);
      if (kind == 4 && at.north < 0.1 * shape.size_m)
        at.north = 0.2 * shape.size_m - at.north;  // off the shore
      cloud.east[k * particles + i] = static_cast<float>(at.east);
      cloud.north[k * particles + i] = static_cast<float>(at.north);
    }
  }
  for (std::size_t u = 0; u < units; ++u) out.units.push_back(unit_of(out, u, u % 4 == 1, random));
  if (kind == 4) {
    // The headland: a half disc on a straight shore.
    const double radius = 0.7 * shape.size_m;
    out.land = [plane = cloud.plane, radius](Place place) {
      const Vec at = plane.to(place);
      return at.north < -2000 || length(at) < radius;
    };
  }
  return out;
}

}  // namespace varne
