#include "varne/days/motion.h"

#include <algorithm>
#include <cmath>

#include "varne/days/draws.h"

namespace varne::days {
namespace {

/// A boat that has come so near its aim is ashore; one so near its beach is not asked yet.
constexpr double ashore_m = 400;
constexpr double left_beach_m = 1500;

/// So near; mostly its latitude says that it is not.
bool within(Place place, Place other, double metres) {
  constexpr double least_m_per_deg_lat = 110'500;
  return std::abs(place.lat - other.lat) * least_m_per_deg_lat < metres &&
         length(LocalPlane(place).to(other)) < metres;
}

}  // namespace

Motion::Motion(const Strait& strait, const Numbers& n, Boats& boats, std::uint64_t seed)
    : strait_(strait),
      numbers_(n),
      boats_(boats),
      seed_(seed),
      trouble_call_(boats.size(), never),
      line_call_(boats.size(), never),
      crossed_(boats.size()),
      drawn_(boats.size()),
      survive_(boats.size()) {
  for (std::size_t i = 0; i < boats.size(); ++i) {
    Random random = draws(seed, static_cast<std::uint32_t>(i), For::calls);
    const bool in_trouble = random.uniform() < n[Q::calls_in_trouble];
    const auto delay = static_cast<Minute>(n.draw(Q::call_delay, random.uniform()));
    const Minute occasion = std::min(boats.engine_stops[i], boats.takes_water[i]);
    if (in_trouble && occasion != never) trouble_call_[i] = occasion + delay;
  }
}

void Motion::hold(std::size_t i) {
  boats_.state[i] = BoatState::held;
  boats_.speed[i] = 0;
}

void Motion::enter_water(std::size_t i, std::int32_t persons, Minute minute) {
  persons = std::min(persons, boats_.aboard[i]);
  boats_.aboard[i] -= persons;
  boats_.in_water[i] += persons;
  for (std::int32_t p = 0; p < persons; ++p) {
    const double u = draw(seed_, static_cast<std::uint32_t>(i), For::lost, drawn_[i]++);
    const double hours = numbers_[Q::lost_in_water] > 0 ? -std::log(u) / numbers_[Q::lost_in_water] : 1e6;
    survive_[i].push_back(minute + static_cast<Minute>(std::min(hours * 60, 1e8)));
  }
  std::sort(survive_[i].begin(), survive_[i].end());
}

void Motion::leave_water(std::size_t i, std::int32_t persons) {
  boats_.in_water[i] -= persons;
  survive_[i].erase(survive_[i].begin(),
                    survive_[i].begin() + std::min<std::ptrdiff_t>(persons, std::ssize(survive_[i])));
}

void Motion::people_in_water(std::size_t i, Minute minute) {
  if (minute == boats_.in_water_at[i] && boats_.aboard[i] > 0) {
    Random random = draws(seed_, static_cast<std::uint32_t>(i), For::in_water, 1);
    const double share = numbers_.draw(Q::in_water_share, random.uniform());
    enter_water(i, std::max(1, static_cast<std::int32_t>(std::lround(share * boats_.aboard[i]))), minute);
  }
  water_minutes_ += boats_.in_water[i];
  auto& lives = survive_[i];
  while (boats_.in_water[i] > 0 && !lives.empty() && lives.front() <= minute) {
    lives.erase(lives.begin());
    --boats_.in_water[i];
    ++boats_.lost[i];
  }
  if (boats_.in_water[i] == 0) lives.clear();
}

void Motion::come_ashore(std::size_t i) {
  boats_.state[i] = BoatState::landed;
  boats_.afloat_[i] = 0;
  boats_.landed[i] += boats_.aboard[i] + boats_.in_water[i];
  boats_.aboard[i] = boats_.in_water[i] = 0;
  landed_.push_back(i);
}

void Motion::step(Minute minute, const DayTide::Between& tide, Vec wind) {
  landed_.clear();
  for (std::size_t i = 0; i < boats_.size(); ++i) {
    if (boats_.leaves[i] == minute) {
      boats_.state[i] = BoatState::under_way;
      boats_.afloat_[i] = 1;
      boats_.speed[i] = static_cast<float>(boats_.own_speed[i]);
    }
    if (!boats_.afloat(i)) continue;
    if (boats_.state[i] == BoatState::under_way && minute >= boats_.engine_stops[i]) {
      boats_.state[i] = BoatState::adrift;
      boats_.speed[i] = 0;
    }
    people_in_water(i, minute);
  }
  step_boats(boats_, tide, wind, 60);
  for (std::size_t i = 0; i < boats_.size(); ++i) {
    if (!boats_.afloat(i)) continue;
    const Place place = boats_.place(i);
    if (!strait_area.contains(place)) {
      // Outside the area nothing is known any more: it stays where it left, and its people aboard.
      boats_.state[i] = BoatState::gone;
      boats_.afloat_[i] = 0;
      continue;
    }
    if (crossed_[i] == 0 && strait_.chart.past_line_m(place) > 0) {
      crossed_[i] = 1;
      Random random = draws(seed_, static_cast<std::uint32_t>(i), For::calls, 1);
      const bool calls = random.uniform() < numbers_[Q::calls_at_line];
      if (calls)
        line_call_[i] = minute + 1 + static_cast<Minute>(numbers_.draw(Q::call_delay, random.uniform()));
    }
    const bool there = within(place, {boats_.aim_lon[i], boats_.aim_lat[i]}, ashore_m);
    const Place beach = strait_.scenario.beaches[boats_.beach[i]].place;
    const bool on_land = there || (strait_.coast->land(place) == true && !within(place, beach, left_beach_m));
    if (on_land && boats_.state[i] != BoatState::held && boats_.state[i] != BoatState::empty) come_ashore(i);
  }
}

}  // namespace varne::days
