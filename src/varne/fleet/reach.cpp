#include "varne/fleet/reach.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "varne/core/units.h"
#include "varne/fleet/near.h"

namespace varne {
namespace {

constexpr double at_base_m = 1000;
constexpr double lies_mps = 0.5;
constexpr double never = std::numeric_limits<double>::infinity();
constexpr int rounds = 16;         // of target and current agreeing; each leaves a tenth of the error or so
constexpr double agreed_s = 0.5;   // is agreement
constexpr double sample_s = 1200;  // of a way, between two looks at the current
constexpr Duration look = std::chrono::minutes(5);  // currents are looked up at whole ones of these

Duration duration_of(double s) {
  return Duration(static_cast<std::int64_t>(std::llround(s * 1000)));
}

/// What a unit moves through.
struct Medium {
  const Sea& sea;
  bool air;

  /// Mean over a straight way from `start` for so long [s]; none where nobody knows it.
  [[nodiscard]] Vec mean(Place a, Place b, Time start, double over_s) const {
    const int n = std::clamp(static_cast<int>(std::ceil(over_s / sample_s)), 2, 18);
    Vec sum;
    for (int i = 0; i < n; ++i) {
      const double share = (i + 0.5) / n;
      const Time exact = start + duration_of(over_s * share);
      const Time then = Time(exact.time_since_epoch() / look * look);
      const Place here{wrap180(a.lon + wrap180(b.lon - a.lon) * share), a.lat + (b.lat - a.lat) * share};
      if (const auto flow = air ? sea.wind(here, then) : sea.current(here, then)) sum = sum + *flow;
    }
    return sum * (1.0 / n);
  }
};

/// Seconds for the offset d [m] at speed v through a medium that moves with c; never where it is carried off.
double crossing_s(Vec d, Vec c, double v) {
  const double dd = d.east * d.east + d.north * d.north;
  if (dd == 0) return 0;
  const double dc = d.east * c.east + d.north * c.north;
  const double spare = v * v - (c.east * c.east + c.north * c.north);
  if (spare <= 0) return never;
  return dd / (dc + std::sqrt(dc * dc + spare * dd));
}

/// One unit under way: when it is at each corner is worked out once.
class Way {
 public:
  Way(const Sea& sea, Passages* passages, bool air, double speed_mps, Place from, Time leaving)
      : medium_{sea, air}, passages_(passages), speed_(speed_mps), from_(from), leaving_(leaving) {
    if (passages_ != nullptr && passages_->begin()) berth_s_ = way_m(from_, *passages_->begin()) / speed_;
  }

  /// Seconds from leaving until it meets a thing that is at `where(seconds)`; never where it does not.
  template <class Where>
  double meet(Where&& where) {
    double t = 0;
    for (int round = 0; round < rounds; ++round) {
      const double before = t;
      t = arrival(where(before), before);
      if (t == never || std::abs(t - before) < agreed_s) return t;
    }
    return t;
  }

  /// The corners to a place, the unit first; empty where there is no way.
  std::vector<Place> corners(Place to) {
    std::vector<Place> way{from_};
    if (passages_ != nullptr) {
      const auto last = passages_->last_corner(to);
      if (!last) return {};
      std::vector<Place> back;
      for (auto corner = *last; corner != Passages::start; corner = passages_->before(corner))
        back.push_back(passages_->place(corner));
      if (!(*passages_->begin() == from_)) way.push_back(*passages_->begin());
      way.insert(way.end(), back.rbegin(), back.rend());
    }
    way.push_back(to);
    return way;
  }

 private:
  struct AtCorner {
    Place place;
    double after_s;
  };

  /// @param guess_s  about how long it takes
  double arrival(Place to, double guess_s) {
    if (passages_ == nullptr) return leg({from_, 0}, to, guess_s);
    const auto corner = passages_->last_corner(to);
    return corner ? leg(at(*corner), to, guess_s) : never;
  }

  double leg(AtCorner from, Place to, double guess_s) const {
    const Vec way = offset_m(from.place, to);
    if (way.east == 0 && way.north == 0) return from.after_s;
    const double over = guess_s > from.after_s ? guess_s - from.after_s : length(way) / speed_;
    const Vec c = medium_.mean(from.place, to, leaving_ + duration_of(from.after_s), over);
    return from.after_s + crossing_s(way, c, speed_);
  }

  AtCorner at(Passages::Corner corner) {
    if (corner == Passages::start) return {*passages_->begin(), berth_s_};
    const auto known =
        std::find_if(known_.begin(), known_.end(), [&](const auto& k) { return k.first == corner; });
    if (known != known_.end()) return known->second;
    const AtCorner before = at(passages_->before(corner));
    AtCorner here{passages_->place(corner), 0};
    for (int round = 0; round < 3; ++round) here.after_s = leg(before, here.place, here.after_s);
    known_.emplace_back(corner, here);
    return here;
  }

  Medium medium_;
  Passages* passages_;
  double speed_;
  Place from_;
  Time leaving_;
  double berth_s_ = 0;  // from where it lies to open water
  std::vector<std::pair<Passages::Corner, AtCorner>> known_;
};

double meet_particle(Way& way, const Target& target, std::size_t particle, Time leaving) {
  const double t =
      way.meet([&](double s) { return target.at(particle, leaving + duration_of(std::min(s, 1e8))); });
  if (t == never) return never;
  // Where nothing moves there is no end to what is known.
  return target.slices.size() > 1 && leaving + duration_of(t) > target.until() ? never : t;
}

/// Particles 0, n, 2 n, … of a cloud.
struct Chosen {
  std::size_t particle;
  double weight;
  double seconds;
};

std::optional<double> quantile(std::vector<Chosen> cases, double unknown, double share) {
  std::sort(cases.begin(), cases.end(),
            [](const Chosen& a, const Chosen& b) { return a.seconds < b.seconds; });
  const double known = std::accumulate(cases.begin(), cases.end(), 0.0,
                                       [](double sum, const Chosen& c) { return sum + c.weight; });
  double sum = 0;
  for (const Chosen& c : cases) {
    sum += c.weight / known * (1 - unknown);
    if (sum >= share * (1 - 1e-12)) return c.seconds == never ? std::nullopt : std::optional(c.seconds);
  }
  return std::nullopt;
}

/// The place a unit best makes for: of the particles' own meeting places the one with most others in sight.
void choose_aim(Reach& out, const Target& target, const std::vector<Chosen>& cases, Time leaving,
                double known, double contact_m) {
  constexpr std::size_t most = 100;
  const std::size_t every = std::max<std::size_t>(1, cases.size() / most);
  double best_s = never;
  for (std::size_t k = 0; k < cases.size(); k += every) {
    if (cases[k].seconds == never) continue;
    const Time then = leaving + duration_of(cases[k].seconds);
    const Place there = target.at(cases[k].particle, then);
    const LocalPlane plane(there);
    double in_sight = 0;
    for (const Chosen& other : cases)
      if (length(plane.to(target.at(other.particle, then))) <= contact_m) in_sight += other.weight;
    in_sight *= (1 - target.unknown) / known;
    if (in_sight < out.contact || (in_sight == out.contact && cases[k].seconds >= best_s)) continue;
    out.contact = in_sight;
    out.aim = there;
    best_s = cases[k].seconds;
    out.aim_after = duration_of(best_s);
  }
}

double tank_s(const UnitNow& now) {
  double left = never;
  for (const auto& limit : {now.unit.endurance, now.unit.crew_hours})
    if (limit) left = std::min(left, seconds(*limit));
  return left == never ? never : left - seconds(now.at_sea.value_or(Duration(0)));
}

std::string minutes(double s) {
  return fmt::format("{:.0f} min", s / 60);
}

/// Speed in the sea at both ends, the slower; says why there is none.
std::optional<double> speed_there(const Sea& sea, const UnitNow& now, Place there, Reach& out) {
  if (!now.unit.speed_mps) {
    out.missing.push_back("its speed is not known: give speed_kn in the list of units");
    return std::nullopt;
  }
  std::optional<double> slower;
  std::optional<double> worse = 0.0;  // waves
  for (const Place place : {now.place, there}) {
    const auto waves = sea.wave_height_m(place, now.asked);
    const auto speed = speed_in(now.unit, waves);
    if (!speed || *speed == 0) {
      const int state = sea_state_of(*waves);
      out.missing.push_back(speed ? fmt::format("it does not go out in sea state {}", state)
                                  : fmt::format("its speed in sea state {} is not known", state));
      return std::nullopt;
    }
    slower = std::min(slower.value_or(*speed), *speed);
    // Of the two the worse sea; not known where either is not.
    worse = worse && waves ? std::max(worse, waves) : std::nullopt;
  }
  out.assumed = assumed_of_speed(now.unit, worse);
  out.speed_mps = slower;
  return slower;
}

}  // namespace

UnitNow unit_now(const Unit& unit, const std::optional<UnitPosition>& heard, Time asked) {
  UnitNow now{unit, unit.home, asked};
  if (!heard) return now;
  now.place = heard->place;
  now.at_base = length(heard->velocity) < lies_mps && way_m(heard->place, unit.home) <= at_base_m;
  return now;
}

std::optional<double> seconds_to_meet(const Sea& sea, Passages* passages, bool by_air, double speed_mps,
                                      Place from, Time leaving, const Target& target, std::size_t particle) {
  Way way(sea, by_air ? nullptr : passages, by_air, speed_mps, from, leaving);
  const double t = meet_particle(way, target, particle, leaving);
  return t == never ? std::nullopt : std::optional(t);
}

double depth_needed_m(const Unit& unit, const ReachOptions& options) {
  return unit.draught_m ? *unit.draught_m + options.keel_m : 0;
}

void SpeedsAssumed::add(const Reach& reach) {
  if (reach.assumed.empty()) return;
  auto& units = units_of_[reach.assumed];
  if (std::ranges::find(units, reach.unit) == units.end()) units.push_back(reach.unit);
}

std::vector<std::string> SpeedsAssumed::said() const {
  std::vector<std::string> out;
  for (const auto& [assumed, units] : units_of_)
    out.push_back(fmt::format("{}: {}", fmt::join(units, ", "), assumed));
  return out;
}

Reach reach(const Sea& sea, const PassageGrid* grid, const UnitNow& now, const Target& target,
            const ReachOptions& options, Passages* begun) {
  Reach out{.unit = now.unit.name};
  const Place middle = target.mean(now.asked);
  const auto speed = speed_there(sea, now, middle, out);
  if (!speed) return out;

  const bool air = flies(now.unit.kind);
  Duration delay{};
  if (now.at_base && now.unit.launch_delay) delay = *now.unit.launch_delay;
  if (now.at_base && !now.unit.launch_delay)
    out.missing.push_back("how long it takes to get under way is not known: none is counted");
  const Time leaving = now.asked + delay;

  std::optional<Passages> own;
  Passages* passages = nullptr;
  if (!air && grid != nullptr) {
    const double draught = depth_needed_m(now.unit, options);
    passages = begun != nullptr ? begun : &own.emplace(*grid, now.place, draught);
    if (!passages->begin()) {
      out.missing.push_back("no water deep enough for it is known within 30 km of where it lies");
      return out;
    }
    if (!grid->covers(now.place) || !grid->covers(middle))
      out.missing.push_back("the coast is not known all the way: the way is taken to be straight");
    else if (!grid->open(middle, draught))
      out.missing.push_back(grid->open(middle, 0)
                                ? "the boat is in water too shallow for it: it comes as near as it can"
                                : "the boat's place is on land: it comes as near as water goes");
  }
  if (!(air ? sea.wind(middle, now.asked) : sea.current(middle, now.asked)))
    out.missing.push_back(
        fmt::format("no {} is known at the boat: none is counted there", air ? "wind" : "current"));

  Way way(sea, passages, air, *speed, now.place, leaving);
  const std::size_t every = (target.size() + options.most_particles - 1) / options.most_particles;
  std::vector<Chosen> cases;
  double known = 0;
  double caught = 0;
  for (std::size_t i = 0; i < target.size(); i += every) {
    cases.push_back({i, target.weights[i], meet_particle(way, target, i, leaving)});
    known += target.weights[i];
    if (cases.back().seconds != never) caught += target.weights[i];
  }
  out.reached = caught / known * (1 - target.unknown);
  const auto in_all = [&](double share) -> std::optional<Duration> {
    const auto s = quantile(cases, target.unknown, share);
    return s ? std::optional(delay + duration_of(*s)) : std::nullopt;
  };
  for (const Chosen& c : cases)
    if (c.seconds != never)
      out.arrivals.emplace_back(delay + duration_of(c.seconds), c.weight / known * (1 - target.unknown));
  std::sort(out.arrivals.begin(), out.arrivals.end());
  out.median = in_all(0.5);
  out.ninety = in_all(0.9);
  choose_aim(out, target, cases, leaving, known, options.contact_m);
  if (out.aim) {
    *out.aim_after += delay;
    out.route = way.corners(*out.aim);
    for (std::size_t i = 1; i < out.route.size(); ++i)
      out.distance_m += way_m(out.route[i - 1], out.route[i]);
  }
  if (out.reached < 1 - target.unknown - 1e-9)
    out.missing.push_back(
        out.reached == 0 ? "it does not catch the boat while its whereabouts are forecast, or there is no way"
                         : "part of the cloud it does not catch while that is forecast");
  if (target.unknown > 0)
    out.missing.push_back(
        fmt::format("of {:.0f} % of the cloud nobody knows where it is", 100 * target.unknown));

  if (const double left = tank_s(now); left != never && out.median) {
    const double out_s = seconds(*out.median - delay);
    out.arrives = out_s <= left;
    out.returns = 2 * out_s <= left;
    if (!*out.arrives)
      out.missing.push_back(fmt::format("it would arrive after {} at sea and has fuel or crew for {}",
                                        minutes(out_s), minutes(left)));
    else if (!*out.returns)
      out.missing.push_back(fmt::format("it gets there and not back: {} out, fuel or crew for {}",
                                        minutes(out_s), minutes(left)));
  }
  return out;
}

}  // namespace varne
