#include "varne/days/ships.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "varne/core/units.h"
#include "varne/days/distribution.h"
#include "varne/days/draws.h"
#include "varne/days/observers.h"

namespace varne::days {
namespace {

constexpr int ais_every_min = 6;                   // type 1 comes far more often; the picture needs no more
constexpr double seen_from_bridge_m = 500;         ///< how well a bridge places what it sees
constexpr std::uint32_t first_mmsi = 299'200'001;  // 299 is given to no country
constexpr double longest_min = 12 * 60;            ///< that a ship may need for its lane

}  // namespace

Ships::Ships(const Strait& strait, const Numbers& n, Time start, std::uint64_t seed)
    : strait_(strait), numbers_(n), start_(start), seed_(seed) {
  if (!strait.scenario.traffic) return;
  const double minutes = longest_min + day_hours * 60;
  for (std::size_t l = 0; l < strait.scenario.lanes.size(); ++l) {
    Random random = draws(seed, static_cast<std::uint32_t>(l), For::ships);
    const std::int32_t count = count_quantile(n[Q::ships_per_hour] * minutes / 60, 1e9, random.uniform());
    for (std::int32_t i = 0; i < count; ++i) {
      Ship ship;
      ship.lane = l;
      ship.enters_min = random.uniform() * minutes - longest_min;
      ship.speed_mps = mps_from_knots(n.draw(Q::ship_speed, random.uniform()));
      ship.mmsi = first_mmsi + static_cast<std::uint32_t>(all_.size());
      all_.push_back(std::move(ship));
    }
  }
}

std::optional<Ships::Underway> Ships::at(const Ship& ship, Minute minute) const {
  const Lane& lane = strait_.scenario.lanes[ship.lane];
  double left = (minute - ship.enters_min) * 60 * ship.speed_mps;
  if (left < 0) return std::nullopt;
  for (std::size_t i = 1; i < lane.along.size(); ++i) {
    const LocalPlane plane(lane.along[i - 1]);
    const Vec leg = plane.to(lane.along[i]);
    const double metres = length(leg);
    if (left <= metres) return Underway{plane.from(leg * (left / metres)), direction_deg(leg)};
    left -= metres;
  }
  return std::nullopt;
}

void Ships::look(Minute minute, const Boats& boats, const Weather& weather, DayFeeds& feeds,
                 const std::function<void(std::size_t)>& seen) {
  const Time now = start_ + std::chrono::minutes(minute);
  const double sees = std::min(1000 * numbers_[Q::ship_sees], weather.visibility_m);
  for (std::size_t s = 0; s < all_.size(); ++s) {
    Ship& ship = all_[s];
    const auto here = at(ship, minute);
    if (!here) continue;
    if ((minute + static_cast<Minute>(s)) % ais_every_min == 0)
      feeds.ais(now, ship.mmsi, false, here->place, ship.speed_mps, here->course_deg);
    ship.passing.resize(boats.size());
    const LocalPlane plane(here->place);
    for (std::size_t b = 0; b < boats.size(); ++b) {
      if (!boats.afloat(b) || length(plane.to(boats.place(b))) > sees) {
        ship.passing[b] = 0;
        continue;
      }
      if (ship.passing[b] != 0) continue;  // once a pass
      ship.passing[b] = 1;
      Random random = draws(seed_, static_cast<std::uint32_t>(s << 16 | b), For::ship_pass,
                            static_cast<std::uint32_t>(minute));
      if (random.uniform() >= numbers_[Q::ship_reports]) continue;
      seen(b);
      const Vec error{seen_from_bridge_m / 2 * random.normal(), seen_from_bridge_m / 2 * random.normal()};
      feeds.report(now + std::chrono::seconds(15), seen_by(fmt::format("ship {}", ship.mmsi), boats, b,
                                                           moved(boats.place(b), error), seen_from_bridge_m));
    }
  }
}

}  // namespace varne::days
