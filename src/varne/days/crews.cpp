#include "varne/days/crews.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "varne/days/draws.h"

namespace varne::days {
namespace {

constexpr double alongside_m = 300;
constexpr double step_s = 60;

/// Whose base is the berth of the same State nearest to a place, within the area; the unit itself where there
/// is none.
const Unit& nearest_based(const Strait& strait, const Unit& unit, Place from) {
  const Unit* best = &unit;
  double nearest = 1e12;
  for (const Unit& other : strait.units) {
    if (other.state != unit.state || flies(other.kind) != flies(unit.kind) ||
        !strait_area.contains(other.home))
      continue;
    const double away = length(LocalPlane(from).to(other.home));
    if (away < nearest) nearest = away, best = &other;
  }
  return *best;
}

Place port_of(const Strait& strait, const Unit& unit, Place from) {
  return nearest_based(strait, unit, from).home;
}

double speed_today(const Unit& unit, std::uint32_t id, const Numbers& n, std::uint64_t seed) {
  return unit.speed_mps.value_or(0) * n.draw(Q::speed_share, draw(seed, id, For::speed_share));
}

bool usable(const Unit& unit, std::uint32_t id, const Numbers& n, std::uint64_t seed) {
  return speed_today(unit, id, n, seed) > 0 && draw(seed, id, For::serviceable) < n[Q::serviceable];
}

}  // namespace

std::string port_name(const Strait& strait, const Unit& unit, Place port) {
  return nearest_based(strait, unit, port).base;
}

std::vector<std::string> off_duty(const Strait& strait, const Numbers& numbers,
                                  const std::vector<std::string>& without, std::uint64_t seed) {
  std::vector<std::string> out;
  for (std::size_t u = 0; u < strait.units.size(); ++u) {
    const std::string& name = strait.units[u].name;
    const bool gone = std::find(without.begin(), without.end(), name) != without.end();
    if (!gone && !usable(strait.units[u], static_cast<std::uint32_t>(u), numbers, seed)) out.push_back(name);
  }
  return out;
}

Crews::Crews(const Strait& strait, const Numbers& n, const std::vector<std::string>& without,
             std::uint64_t seed)
    : strait_(strait), numbers_(n), seed_(seed) {
  for (std::size_t u = 0; u < strait.units.size(); ++u) {
    const Unit& unit = strait.units[u];
    const auto id = static_cast<std::uint32_t>(u);
    Crew crew;
    crew.unit = u;
    // A unit that is based elsewhere waits at the nearest berth of its State.
    crew.at = crew.port = strait_area.contains(unit.home) ? unit.home : port_of(strait, unit, unit.home);
    crew.capacity = unit.capacity.value_or(0);
    crew.speed_mps = speed_today(unit, id, n, seed);
    const bool gone = std::find(without.begin(), without.end(), unit.name) != without.end();
    if (gone || !usable(unit, id, n, seed)) crew.task = CrewTask::off;
    crews_.push_back(crew);
  }
}

double Crews::drawn(Q q, const Crew& crew, For what, Minute minute) const {
  return numbers_.draw(
      q, draw(seed_, static_cast<std::uint32_t>(crew.unit), what, static_cast<std::uint32_t>(minute)));
}

void Crews::send(std::size_t c, std::size_t boat, double error_m, Minute minute) {
  Crew& crew = crews_[c];
  crew.boat = boat;
  crew.search_m = error_m;
  crew.began = minute;
  const bool berthed = length(LocalPlane(crew.at).to(crew.port)) < 1;
  crew.berthed = berthed;
  crew.from = crew.at;
  crew.left = minute;
  crew.task = berthed ? CrewTask::readying : CrewTask::to_boat;
  crew.until =
      berthed ? minute + static_cast<Minute>(drawn(Q::readiness, crew, For::readiness, minute)) : minute;
}

bool Crews::move(Crew& crew, Place to) const {
  if (crew.at == to) return true;  // its velocity is 0 already
  const LocalPlane plane(crew.at);
  const Vec way = plane.to(to);
  const double away = length(way);
  const double reach = crew.speed_mps * step_s;
  if (away <= reach) {
    crew.velocity = way * (1 / step_s);
    crew.at = to;
    return true;
  }
  crew.velocity = way * (crew.speed_mps / away);
  crew.at = plane.from(way * (reach / away));
  return false;
}

void Crews::go_home(Crew& crew, Minute /*minute*/) {
  crew.port = port_of(strait_, strait_.units[crew.unit], crew.at);
  crew.task = crew.aboard > 0 ? CrewTask::to_port : CrewTask::idle;
}

void Crews::arrive(std::size_t c, Minute minute, Boats& boats, Motion& motion, bool assess) {
  Crew& crew = crews_[c];
  const std::size_t b = crew.boat;
  events_.push_back({CrewEvent::Kind::on_scene, c, b});
  if (boats.aboard[b] + boats.in_water[b] == 0 || !boats.afloat(b)) return go_home(crew, minute);
  const bool danger =
      boats.state[b] == BoatState::adrift || minute >= boats.takes_water[b] || boats.in_water[b] > 0;
  if (assess && !danger && boats.state[b] == BoatState::under_way) {
    crew.task = CrewTask::assessing;
    crew.until = minute + static_cast<Minute>(drawn(Q::assessment, crew, For::assessment, minute));
    return;
  }
  take(c, minute, boats, motion);
}

void Crews::take(std::size_t c, Minute minute, Boats& boats, Motion& motion) {
  Crew& crew = crews_[c];
  const std::size_t b = crew.boat;
  motion.hold(b);
  crew.task = CrewTask::taking;
  const std::int32_t persons = std::min(crew.capacity - crew.aboard, boats.aboard[b] + boats.in_water[b]);
  const double each = drawn(Q::transfer, crew, For::transfer, minute);
  crew.until = minute + 1 + static_cast<Minute>(each * persons / step_s);
}

void Crews::step(Minute minute, Boats& boats, Motion& motion, bool assess) {
  events_.clear();
  for (std::size_t c = 0; c < crews_.size(); ++c) {
    Crew& crew = crews_[c];
    if (crew.task == CrewTask::off) continue;
    if (crew.task != CrewTask::idle) ++crew.minutes;
    crew.velocity = {};
    const std::size_t b = crew.boat;
    switch (crew.task) {
      case CrewTask::idle:
        move(crew, crew.port);
        break;
      case CrewTask::readying:
        crew.left = minute;
        if (minute >= crew.until) crew.task = CrewTask::to_boat;
        break;
      case CrewTask::to_boat: {
        const double away = length(LocalPlane(crew.at).to(boats.place(b)));
        if (away > alongside_m && !move(crew, boats.place(b))) break;
        const double km2 = std::numbers::pi * crew.search_m * crew.search_m / 1e6;
        crew.until = minute + static_cast<Minute>(km2 / std::max(numbers_[Q::search_speed], 1e-6));
        crew.task = CrewTask::searching;
        break;
      }
      case CrewTask::searching:
        move(crew, boats.place(b));
        if (minute >= crew.until) arrive(c, minute, boats, motion, assess);
        break;
      case CrewTask::assessing:
        move(crew, boats.place(b));
        if (!boats.afloat(b) || boats.aboard[b] + boats.in_water[b] == 0) {
          go_home(crew, minute);
        } else if (minute >= crew.until) {
          events_.push_back({CrewEvent::Kind::assessed, c, b});
          take(c, minute, boats, motion);
        }
        break;
      case CrewTask::taking:
        crew.at = boats.place(b);
        if (minute >= crew.until) {
          const std::int32_t of_water = std::min(crew.capacity - crew.aboard, boats.in_water[b]);
          motion.leave_water(b, of_water);
          const std::int32_t of_boat = std::min(crew.capacity - crew.aboard - of_water, boats.aboard[b]);
          boats.aboard[b] -= of_boat;
          const std::int32_t persons = of_water + of_boat;
          crew.aboard += persons;
          boats.taken[b] += persons;
          const bool empty = boats.aboard[b] + boats.in_water[b] == 0;
          if (empty) boats.state[b] = BoatState::empty;
          events_.push_back({CrewEvent::Kind::recovered, c, b, persons, empty});
          go_home(crew, minute);
        }
        break;
      case CrewTask::to_port:
        if (move(crew, crew.port)) {
          crew.task = CrewTask::in_port;
          crew.until = minute + static_cast<Minute>(drawn(Q::port, crew, For::port, minute));
        }
        break;
      case CrewTask::in_port:
        if (minute >= crew.until) {
          events_.push_back({CrewEvent::Kind::landed, c, b, crew.aboard, false});
          boats.taken[b] -= crew.aboard;
          boats.landed[b] += crew.aboard;
          crew.aboard = 0;
          crew.task = CrewTask::idle;
        }
        break;
      case CrewTask::off:
        break;
    }
  }
}

}  // namespace varne::days
