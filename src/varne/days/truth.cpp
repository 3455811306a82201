#include "varne/days/truth.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "varne/core/text.h"
#include "varne/core/units.h"
#include "varne/days/departures.h"
#include "varne/days/draws.h"

namespace varne::days {
namespace {

constexpr double radian = std::numbers::pi / 180;
constexpr double m_per_deg_lat =
    111'240;  // at 51° N on WGS-84; along the meridian good to 0.05 % in the strait
constexpr double m_per_deg_lon_equator = 111'320;
constexpr int tide_every_min = 30;
/// Carried on while it drives a boat makes for its aim; nearer than this it is there.
constexpr float near_enough_deg2 = 1e-12F;

Minute after(Minute from, double hours) {
  const double minutes = from + hours * 60;
  return minutes < 1e8 ? static_cast<Minute>(minutes) : never;
}

/// When something happens that has a rate an hour, from its start on.
Minute happens(double rate, double uniform, Minute from) {
  return rate > 0 ? after(from, -std::log(uniform) / rate) : never;
}

}  // namespace

Boats::Boats(std::size_t n)
    : lon(n),
      lat(n),
      aim_lon(n),
      aim_lat(n),
      speed(n),
      turn_cos(n),
      turn_sin(n),
      leeway(n),
      afloat_(n),
      current_east(n),
      current_north(n),
      answered(n),
      east_mps(n),
      north_mps(n),
      state(n),
      beach(n),
      own_speed(n),
      length_m(n),
      leaves(n),
      engine_stops(n),
      takes_water(n),
      in_water_at(n),
      sturdy(n),
      damaged(n),
      medical(n),
      child_alone(n),
      overloaded(n),
      asylum(n),
      offence(n),
      persons(n),
      aboard(n),
      in_water(n),
      taken(n),
      landed(n),
      lost(n) {}

std::string label_of(std::size_t boat) {
  return fmt::format("B{:02}", boat + 1);
}

std::size_t boat_labelled(std::string_view label) {
  const auto number = label.starts_with('B') ? parse_whole(label.substr(1)) : std::nullopt;
  return number && *number > 0 ? static_cast<std::size_t>(*number) - 1 : static_cast<std::size_t>(-1);
}

Done people_conserved(const Boats& boats, std::uint64_t seed) {
  for (std::size_t b = 0; b < boats.size(); ++b) {
    const auto sum = boats.aboard[b] + boats.in_water[b] + boats.taken[b] + boats.landed[b] + boats.lost[b];
    const auto least =
        std::min({boats.aboard[b], boats.in_water[b], boats.taken[b], boats.landed[b], boats.lost[b]});
    if (sum != boats.persons[b] || least < 0)
      return fail(
          fmt::format("day of seed {}, boat {}", seed, label_of(b)),
          fmt::format("{} people set out and {} are accounted for; a fault of Varne, please report it",
                      boats.persons[b], sum));
  }
  return {};
}

Boats make_boats(const Strait& strait, const Numbers& n, Date day, double conditions, std::uint64_t seed) {
  const Scenario& scenario = strait.scenario;
  Boats out(static_cast<std::size_t>(boats_of(n, day, conditions)));
  const double of_day = draws(seed, 0, For::persons_of_day).normal();
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto id = static_cast<std::uint32_t>(i);
    const auto chance = [&](Q q, For what) { return static_cast<std::uint8_t>(draw(seed, id, what) < n[q]); };
    double pick = draw(seed, id, For::beach);
    std::size_t b = 0;
    while (b + 1 < scenario.beaches.size() && pick >= scenario.beaches[b].share)
      pick -= scenario.beaches[b++].share;
    const Beach& beach = scenario.beaches[b];
    out.beach[i] = b;
    out.lon[i] = beach.place.lon;
    out.lat[i] = beach.place.lat;
    out.aim_lon[i] = beach.shore.lon;
    out.aim_lat[i] = beach.shore.lat;
    const double error = n.draw(Q::course_error, draw(seed, id, For::course)) * radian;
    out.turn_cos[i] = static_cast<float>(std::cos(error));
    out.turn_sin[i] = static_cast<float>(std::sin(error));
    out.leeway[i] = static_cast<float>(n[Q::leeway]);
    out.own_speed[i] = mps_from_knots(n.draw(Q::speed, draw(seed, id, For::speed)));
    out.length_m[i] = n.draw(Q::boat_length, draw(seed, id, For::length));
    const double hour = std::clamp(n.draw(Q::hour, draw(seed, id, For::hour)), 0.0, 23.0);
    out.leaves[i] = static_cast<Minute>(hour * 60);
    out.engine_stops[i] = happens(n[Q::engine_failure], draw(seed, id, For::engine), out.leaves[i]);
    Random water = draws(seed, id, For::water);
    out.takes_water[i] = happens(n[Q::taking_water], water.uniform(), out.leaves[i]);
    const double until_in_water = water.uniform();  // of an hour
    out.in_water_at[i] = out.takes_water[i] != never && draw(seed, id, For::in_water) < n[Q::in_water_chance]
                             ? after(out.takes_water[i], until_in_water)
                             : never;
    out.sturdy[i] = chance(Q::sturdy, For::sturdy);
    out.damaged[i] = chance(Q::damaged, For::damaged);
    out.medical[i] = chance(Q::medical, For::medical);
    out.child_alone[i] = chance(Q::child_alone, For::child);
    out.overloaded[i] = chance(Q::overloaded, For::overloaded);
    out.asylum[i] = chance(Q::asylum, For::asylum);
    out.offence[i] = chance(Q::offence, For::offence);
    out.persons[i] = out.aboard[i] = persons_of(n, day, scenario.year, of_day, draw(seed, id, For::persons));
  }
  return out;
}

DayTide::DayTide(const Strait& strait, Time start) {
  sea_.add(strait.tides);
  moments_.reserve(day_hours * 60 / tide_every_min + 2);
  for (int minute = 0; minute <= day_hours * 60 + tide_every_min; minute += tide_every_min)
    moments_.emplace_back(sea_, SeaPart::current, start + std::chrono::minutes(minute), strait_area);
}

DayTide::Between DayTide::at(Minute minute) const {
  const auto i = static_cast<std::size_t>(minute / tide_every_min);
  return {moments_[i], moments_[i + 1],
          static_cast<float>(minute % tide_every_min) / static_cast<float>(tide_every_min)};
}

void step_boats(Boats& boats, const DayTide::Between& tide, Vec wind, double seconds) {
  const std::size_t n = boats.size();
  if (n == 0) return;
  thread_local std::vector<float> east;
  thread_local std::vector<float> north;
  east.resize(n);
  north.resize(n);
  tide.before.velocities(boats.lon, boats.lat, boats.current_east, boats.current_north, boats.answered);
  tide.after.velocities(boats.lon, boats.lat, east, north, boats.answered);
  const auto wind_east = static_cast<float>(wind.east);
  const auto wind_north = static_cast<float>(wind.north);
  const float share = tide.share;
  for (std::size_t i = 0; i < n; ++i) {
    // One parallel's scale for all: cos 51°, good to 1 % over the strait.
    constexpr double m_per_deg_lon = m_per_deg_lon_equator * 0.62932039104983745;
    const auto to_east = static_cast<float>((boats.aim_lon[i] - boats.lon[i]) * m_per_deg_lon);
    const auto to_north = static_cast<float>((boats.aim_lat[i] - boats.lat[i]) * m_per_deg_lat);
    const float scale =
        boats.speed[i] / std::sqrt(to_east * to_east + to_north * to_north + near_enough_deg2);
    const float ahead_east = (to_east * boats.turn_cos[i] + to_north * boats.turn_sin[i]) * scale;
    const float ahead_north = (to_north * boats.turn_cos[i] - to_east * boats.turn_sin[i]) * scale;
    // Near land the tide is not known: slack water there.
    const float ce = boats.current_east[i] + share * (east[i] - boats.current_east[i]);
    const float cn = boats.current_north[i] + share * (north[i] - boats.current_north[i]);
    const float drift = boats.speed[i] > 0 ? 0.0F : boats.leeway[i];
    const float ve = (ahead_east + (ce == ce ? ce : 0.0F) + drift * wind_east) * boats.afloat_[i];
    const float vn = (ahead_north + (cn == cn ? cn : 0.0F) + drift * wind_north) * boats.afloat_[i];
    boats.east_mps[i] = static_cast<double>(ve);
    boats.north_mps[i] = static_cast<double>(vn);
    boats.lon[i] += static_cast<double>(ve) * seconds / m_per_deg_lon;
    boats.lat[i] += static_cast<double>(vn) * seconds / m_per_deg_lat;
  }
}

}  // namespace varne::days
