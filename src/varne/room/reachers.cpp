#include "varne/room/reachers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "varne/fleet/near.h"
#include "varne/room/last_place.h"
#include "varne/room/phrases.h"

namespace varne {
namespace {

constexpr std::size_t particles = 16;  // of a cloud: enough for a median and a 90 % time
constexpr std::size_t most_ways = 32;  // kept
constexpr double far_s = 2 * 3600.0;   // a ship beyond is not near by
constexpr std::size_t most_ships = 8;
constexpr double lies_mps = 0.5;
constexpr double near_m = 5 * 1852.0;  // one that lies at anchor so near is named

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

/// Every nth particle of those that are somewhere all the time; nothing where most are not.
std::optional<Target> target_of(const DriftRun& run) {
  const auto& shots = run.snapshots;
  const std::size_t n = shots.front().places.size();
  const std::size_t every = std::max<std::size_t>(1, n / particles);
  Target target;
  for (const DriftSnapshot& shot : shots) target.slices.push_back({shot.time, {}});
  double left = 0;
  double all = 0;
  for (std::size_t i = 0; i < n; i += every) {
    const double weight = run.weights.empty() ? 1 : run.weights[i];
    all += weight;
    const bool known = std::all_of(shots.begin(), shots.end(), [&](const DriftSnapshot& shot) {
      return shot.states[i] != ParticleState::left;
    });
    if (!known) left += weight;
    if (!known || weight <= 0) continue;
    target.weights.push_back(weight);
    for (std::size_t k = 0; k < shots.size(); ++k) target.slices[k].places.push_back(shots[k].places[i]);
  }
  if (target.weights.empty() || left > last_place::most_left * all) return std::nullopt;
  target.unknown = left / all;
  return target;
}

/// "6 free places for 30 to 36 people"; "" where all can be taken, or it is not known how many there are.
std::string short_of_places(std::int32_t free, HeadCount aboard) {
  if (free >= aboard.high) return "";
  if (free == 0) return fmt::format("no free place for {}", phrases::people(aboard));
  return fmt::format("{} free {} for {}", free, free == 1 ? "place" : "places", phrases::people(aboard));
}

}  // namespace

std::optional<std::int32_t> free_places(const Counts& counts, const Unit& unit) {
  if (!unit.capacity) return std::nullopt;
  return std::max(0, *unit.capacity - counts.books().held({PeopleState::rescued, unit.name}).high);
}

std::string ship_name(const Track& ship) {
  return ship.name.empty() ? fmt::format("Ship {:09}", ship.mmsi.value_or(0)) : ship.name;
}

const Track* ship_named(const Picture& picture, std::string_view name) {
  const std::string wanted = lower(name);
  for (const auto& [id, track] : picture.tracks()) {
    if (track.mmsi && (lower(ship_name(track)) == wanted || fmt::format("{:09}", *track.mmsi) == wanted))
      return &track;
  }
  return nullptr;
}

std::string ship_kind(const Track& ship) {
  const int type = ship.ship_type.value_or(0);
  switch (type) {
    case 30:
      return "fishing vessel";
    case 31:
    case 32:
    case 52:
      return "tug";
    case 33:
      return "dredger";
    case 35:
      return "warship";
    case 36:
      return "sailing vessel";
    case 37:
      return "pleasure craft";
    case 50:
      return "pilot vessel";
    case 51:
      return "rescue vessel";
    case 55:
      return "law enforcement vessel";
    default:
      break;
  }
  switch (type / 10) {
    case 4:
      return "high-speed craft";
    case 6:
      return "passenger ship";
    case 7:
      return "cargo ship";
    case 8:
      return "tanker";
    default:
      return "ship";
  }
}

bool Reachers::has_aim(const Seen& seen, const Incident& incident) {
  return incident.place && seen.now - incident.place_time <= last_place::oldest;
}

std::optional<Aim> Reachers::aim(const Seen& seen, const Incident& incident) const {
  if (!has_aim(seen, incident)) return std::nullopt;
  const auto hours =
      std::chrono::ceil<std::chrono::hours>(std::max(seen.now - incident.place_time, Duration{}));
  auto run = world_->aims_by_forecast ? seen.forecasts.run(incident.id) : nullptr;
  if (run && (run->snapshots.empty() || run->snapshots.back().time <= seen.now ||
              run->snapshots.front().time > seen.now))
    run = nullptr;
  // What is kept must be what would be made now.
  const std::string made_of = fmt::format("{} {} {}", run ? seen.forecasts.latest(incident.id) : "",
                                          incident.place_entry, run ? 0 : hours.count());
  auto& [of, aim] = kept_.aims[incident.id];
  if (of == made_of) return aim;
  of = made_of;
  if (auto target = run ? target_of(*run) : std::nullopt)
    return aim = {std::move(*target), seen.forecasts.latest(incident.id)};
  // One that goes by the last place alone goes by the middle of it.
  const double sigma_m = world_->aims_by_forecast ? last_place::sigma_m(incident) : 0;
  return aim = {target_on_demand(world_->sea, *incident.place, sigma_m, incident.place_time,
                                 hours + last_place::ahead),
                ""};
}

Reach Reachers::measure(const UnitNow& now, const Aim& aim) const {
  const ReachOptions options{.most_particles = particles};
  if (!world_->passages || flies(now.unit.kind)) return reach(world_->sea, nullptr, now, aim.target, options);
  const PassageGrid& grid = world_->passages->of(world_->sea);
  const double depth = depth_needed_m(now.unit, options);
  const std::tuple key{now.place.lon, now.place.lat, depth};
  if (kept_.ways.size() >= most_ways && !kept_.ways.contains(key)) kept_.ways.clear();
  auto& ways = kept_.ways.try_emplace(key, grid, now.place, depth).first->second;
  return reach(world_->sea, &grid, now, aim.target, options, &ways);
}

Reacher Reachers::of(const Seen& seen, const Unit& unit, const Aim& aim, Time asked) const {
  const auto& positions = seen.traffic.unit_positions();
  const auto found = positions.find(unit.name);
  const auto heard = found == positions.end() ? std::nullopt : std::optional(found->second);
  // Not heard of since it was asked, it is taken to have gone then; else from where it is.
  const bool heard_since = heard && heard->time > asked;
  UnitNow now = unit_now(unit, heard, heard_since ? seen.now : asked);
  Reacher out{.name = unit.name, .kind = name_of(unit.kind)};
  if (now.at_base && unit.launch_delay) {
    const Duration left = asked + *unit.launch_delay - seen.now;
    if (heard_since) now.unit.launch_delay = std::max(Duration{}, left);
    if (left > Duration{}) out.delay = left;
  }
  out.distance_m = way_m(now.place, aim.target.mean(seen.now));
  out.reach = measure(now, aim);
  for (auto* time : {&out.reach.median, &out.reach.ninety, &out.reach.aim_after})
    if (*time) *time = std::max(Duration{}, now.asked + **time - seen.now);
  out.notes = out.reach.missing;
  if (!heard) out.notes.push_back("it was not heard of: taken to be at its base");
  out.free = free_places(seen.counts, unit);
  return out;
}

Reacher Reachers::of(const Seen& seen, const Track& ship, const Aim& aim) const {
  const Estimate here = ship.at(seen.now);
  Unit as_unit;
  as_unit.name = ship_name(ship);
  as_unit.kind = UnitKind::tug;  // one that floats
  as_unit.home = here.place;
  const double makes = length(ship.velocity);
  if (makes >= lies_mps) as_unit.speed_mps = makes;
  const UnitNow now{as_unit, here.place, seen.now, false};
  Reacher out{.name = as_unit.name,
              .kind = ship_kind(ship),
              .track = ship.id,
              .distance_m = way_m(here.place, aim.target.mean(seen.now))};
  if (makes >= lies_mps) {
    out.reach = measure(now, aim);
    out.notes = out.reach.missing;
    out.notes.push_back("at the speed she makes now; how many she could take is not known");
  } else {
    out.reach.unit = as_unit.name;
    out.notes.push_back("she lies still: how soon she could be under way is not known");
  }
  return out;
}

std::vector<Reacher> Reachers::all(const Seen& seen, const Incident& incident) const {
  const auto where = aim(seen, incident);
  if (!where) return {};
  std::vector<Reacher> out;
  for (const Unit& unit : world_->units)
    if (unit.status != UnitStatus::off_duty) out.push_back(of(seen, unit, *where, seen.now));

  std::vector<std::pair<double, const Track*>> ships;
  const Place boat = where->target.mean(seen.now);
  for (const auto& [id, track] : seen.traffic.picture().tracks()) {
    if (!track.mmsi || track.state == TrackState::dropped) continue;
    const bool a_unit = std::any_of(world_->units.begin(), world_->units.end(),
                                    [&](const Unit& unit) { return unit.mmsi == track.mmsi; });
    if (a_unit) continue;
    const double away = way_m(track.at(seen.now).place, boat);
    const double makes = length(track.velocity);
    if (makes >= lies_mps && away / makes <= far_s) ships.emplace_back(away / makes, &track);
    if (makes < lies_mps && away <= near_m) ships.emplace_back(far_s + away, &track);
  }
  std::sort(ships.begin(), ships.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first, a.second->id) < std::pair(b.first, b.second->id);
  });
  if (ships.size() > most_ships) ships.resize(most_ships);
  for (const auto& [after, ship] : ships) out.push_back(of(seen, *ship, *where));

  if (seen.counts.books().names(incident.id)) {
    const HeadCount aboard = seen.counts.books().in(PeopleState::at_sea, incident.id);
    for (Reacher& one : out)
      if (const std::string lack = one.free ? short_of_places(*one.free, aboard) : ""; !lack.empty())
        one.notes.insert(one.notes.begin(), lack);
  }
  for (Reacher& one : out) one.meets = where->forecast;
  std::stable_sort(out.begin(), out.end(), [](const Reacher& a, const Reacher& b) {
    return a.reach.median.value_or(Duration::max()) < b.reach.median.value_or(Duration::max());
  });
  return out;
}

}  // namespace varne
