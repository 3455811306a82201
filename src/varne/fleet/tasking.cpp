#include "varne/fleet/tasking.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "varne/core/assignment.h"
#include "varne/core/units.h"
#include "varne/fleet/near.h"
#include "varne/fleet/rounds.h"
#include "varne/fleet/tasking_said.h"

namespace varne {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr std::size_t none = AssignmentSolver::none;
constexpr double long_s = 12 * 3600.0;  // never reached counts as this late
constexpr double too_far = 0.5;         // of the price of never, for a unit that may not come back
constexpr double places_s = 60;         // what places enough for all are worth against a sooner unit
constexpr double at_boat_s =
    15 * 60.0;  // to take people aboard, before going on: an assumption, said in words

/// A unit's worth of an incident: where one unit cannot take all, there are several.
struct Call {
  std::size_t incident;
  std::optional<double> persons;
};

class Tasker {
 public:
  Tasker(const std::vector<OpenIncident>& incidents, const std::vector<FleetUnit>& units,
         const std::vector<std::vector<Reach>>& reaches, const TaskOptions& options)
      : incidents_(incidents),
        units_(units),
        reaches_(reaches),
        options_(options),
        free_(units.size(), true) {
    choose_objective();
    for (std::size_t u = 0; u < units_.size(); ++u) free_[u] = units_[u].status == UnitStatus::available;
  }

  TaskPlan plan(const std::vector<Proposal>& standing) {
    std::vector<std::size_t> unit_of = solve_with_room();
    keep_reserve(unit_of);
    plan_.price = price_of(unit_of);
    const std::vector<std::size_t> nearest = nearest_idle();
    plan_.nearest_price = price_of(nearest);
    if (const auto before = standing_units(standing)) {
      const double price = price_of(*before);
      if (price - plan_.price <= options_.margin * std::abs(price)) {
        plan_.kept = true;
        plan_.price = price;
        unit_of = *before;
      }
    }
    for (std::size_t c = 0; c < calls_.size(); ++c)
      if (unit_of[c] != none) plan_.proposals.push_back(first_stop(c, unit_of[c], nearest[c]));
    add_later_stops(unit_of);
    say_what_is_missing(plan_, incidents_, units_, reaches_);
    return std::move(plan_);
  }

 private:
  void choose_objective() {
    plan_.objective = options_.objective;
    if (options_.objective != Objective::lives) return;
    for (const OpenIncident& incident : incidents_) {
      if (options_.survival != nullptr && options_.survival->alive(incident.who, 0) && incident.persons)
        continue;
      plan_.objective = Objective::first_unit;
      plan_.missing.push_back(fmt::format(
          "how long people live is not known for {}: the plan goes by the time to the first unit instead",
          incident.id));
      return;
    }
  }

  /// One call an incident, and a further one for those whom the units found so far cannot take, while there
  /// are units.
  std::vector<std::size_t> solve_with_room() {
    for (std::size_t i = 0; i < incidents_.size(); ++i) calls_.push_back({i, incidents_[i].persons});
    const auto most = static_cast<std::size_t>(std::count(free_.begin(), free_.end(), true));
    while (true) {
      std::vector<std::size_t> unit_of = solve();
      const std::size_t before = calls_.size();
      for (std::size_t i = 0; i < incidents_.size() && calls_.size() < most; ++i)
        add_call_for_rest(i, unit_of);
      if (calls_.size() == before) return unit_of;
    }
  }

  void add_call_for_rest(std::size_t i, const std::vector<std::size_t>& unit_of) {
    double rest = incidents_[i].persons.value_or(0);
    bool answered = true;
    for (std::size_t c = 0; c < unit_of.size(); ++c) {
      if (calls_[c].incident != i) continue;
      if (unit_of[c] == none)
        answered = false;
      else
        rest -= units_[unit_of[c]].room.value_or(inf);
    }
    if (rest <= 0 || !answered) return;
    for (std::size_t c = 0; c < unit_of.size(); ++c)
      if (calls_[c].incident == i) calls_[c].persons = *units_[unit_of[c]].room;
    calls_.push_back({i, rest});
  }

  [[nodiscard]] const OpenIncident& incident(std::size_t call) const {
    return incidents_[calls_[call].incident];
  }
  [[nodiscard]] const Reach& reach_of(std::size_t call, std::size_t unit) const {
    return reaches_[calls_[call].incident][unit];
  }

  [[nodiscard]] double price(std::size_t call, double seconds) const {
    switch (plan_.objective) {
      case Objective::first_unit:
        return std::min(seconds, long_s);
      case Objective::within_30:
        return seconds > 1800 ? 1 + std::min(seconds, long_s) * 1e-6 : seconds * 1e-6;
      case Objective::lives: {
        const auto alive = options_.survival->alive(incident(call).who, seconds);
        return calls_[call].persons.value_or(0) * (1 - alive.value_or(0)) + std::min(seconds, long_s) * 1e-6;
      }
    }
    return 0;
  }

  [[nodiscard]] bool may(std::size_t call, std::size_t unit) const {
    return !incident(call).declined.contains(units_[unit].now.unit.name) &&
           reach_of(call, unit).reached > 0 && !(units_[unit].room && *units_[unit].room <= 0);
  }

  /// Mean over the cloud; infinity where it is not to be asked.
  [[nodiscard]] double pair_price(std::size_t call, std::size_t unit) const {
    if (!may(call, unit)) return inf;
    const Reach& reach = reach_of(call, unit);
    double sum = (1 - reach.reached) * price(call, long_s);
    for (const auto& [after, share] : reach.arrivals) sum += share * price(call, seconds(after));
    // Whom it cannot take waits for the next. Lives are counted by the head; by the others it is the first
    // unit that counts, a further one is called for the rest, and places decide between units as soon as each
    // other.
    const auto& room = units_[unit].room;
    const auto& persons = calls_[call].persons;
    if (room && persons && *room < *persons)
      sum += (1 - *room / *persons) *
             (plan_.objective == Objective::lives ? 0.5 * price(call, long_s) : price(call, places_s));
    if (reach.returns == false) sum += too_far * price(call, long_s);
    return sum;
  }

  /// Leaving a call costs what never costs, so that a pair that is worth making lies below it.
  [[nodiscard]] std::vector<double> costs() const {
    std::vector<double> cost(calls_.size() * units_.size(), inf);
    for (std::size_t c = 0; c < calls_.size(); ++c)
      for (std::size_t u = 0; u < units_.size(); ++u)
        if (free_[u]) cost[c * units_.size() + u] = pair_price(c, u) - 2 * price(c, long_s);
    return cost;
  }

  [[nodiscard]] std::vector<std::size_t> solve() { return solve(costs()); }
  [[nodiscard]] std::vector<std::size_t> solve(const std::vector<double>& cost) {
    const auto got = solver_.solve(cost, calls_.size(), units_.size(), 0);
    return {got.begin(), got.end()};
  }

  [[nodiscard]] double price_of(const std::vector<std::size_t>& unit_of) const {
    double sum = 0;
    for (std::size_t c = 0; c < calls_.size(); ++c)
      sum +=
          unit_of[c] == none ? price(c, long_s) : std::min(pair_price(c, unit_of[c]), 2 * price(c, long_s));
    return sum;
  }

  [[nodiscard]] bool matches(const ReserveRule& rule, std::size_t unit) const {
    const Unit& u = units_[unit].now.unit;
    return (rule.state.empty() || rule.state == u.state) && (!rule.kind || *rule.kind == u.kind);
  }

  /// Takes units out until enough stay; each time the one whose absence costs least.
  void keep_reserve(std::vector<std::size_t>& unit_of) {
    for (const ReserveRule& rule : options_.reserve) {
      while (true) {
        std::size_t idle = 0;
        for (std::size_t u = 0; u < units_.size(); ++u)
          idle += units_[u].status == UnitStatus::available && matches(rule, u) &&
                  std::find(unit_of.begin(), unit_of.end(), u) == unit_of.end();
        if (idle >= rule.keep) break;
        std::size_t out = none;
        double least = inf;
        for (const std::size_t u : unit_of) {
          if (u == none || !matches(rule, u)) continue;
          free_[u] = false;
          const auto without = solve();
          free_[u] = true;
          if (leaves_distress(without) > leaves_distress(unit_of) || price_of(without) >= least) continue;
          least = price_of(without);
          out = u;
        }
        if (out == none) {
          plan_.missing.push_back(
              "a unit to be kept in reserve is sent: a boat in distress would have nobody else");
          break;
        }
        free_[out] = false;
        unit_of = solve();
      }
    }
  }

  [[nodiscard]] std::size_t leaves_distress(const std::vector<std::size_t>& unit_of) const {
    std::size_t count = 0;
    for (std::size_t c = 0; c < calls_.size(); ++c) count += unit_of[c] == none && incident(c).distress;
    return count;
  }

  /// Each call in turn takes the nearest unit that is still idle.
  [[nodiscard]] std::vector<std::size_t> nearest_idle() const {
    std::vector<std::size_t> unit_of(calls_.size(), none);
    for (std::size_t c = 0; c < calls_.size(); ++c) {
      double nearest = inf;
      for (std::size_t u = 0; u < units_.size(); ++u) {
        if (units_[u].status != UnitStatus::available || !may(c, u)) continue;
        if (std::find(unit_of.begin(), unit_of.end(), u) != unit_of.end()) continue;
        const double d = way_m(units_[u].now.place, incident(c).place);
        if (d >= nearest) continue;
        nearest = d;
        unit_of[c] = u;
      }
    }
    return unit_of;
  }

  /// The standing plan in today's terms: what of it still can stand, and the other calls answered as well as
  /// may be beside it; nothing where nothing of it can.
  [[nodiscard]] std::optional<std::vector<std::size_t>> standing_units(
      const std::vector<Proposal>& standing) {
    std::vector<std::size_t> unit_of(calls_.size(), none);
    std::size_t placed = 0;
    for (const Proposal& p : standing) {
      if (p.stop != 1) continue;
      const auto unit = std::find_if(units_.begin(), units_.end(),
                                     [&](const FleetUnit& u) { return u.now.unit.name == p.unit; });
      const auto u = static_cast<std::size_t>(unit - units_.begin());
      if (unit == units_.end() || !free_[u]) continue;
      std::size_t call = 0;
      while (call < calls_.size() && (incident(call).id != p.incident || unit_of[call] != none)) ++call;
      if (call == calls_.size() || !may(call, u)) continue;
      unit_of[call] = u;
      ++placed;
    }
    if (placed == 0) return std::nullopt;
    std::vector<double> cost = costs();
    for (std::size_t c = 0; c < calls_.size(); ++c) {
      if (unit_of[c] == none) continue;
      for (std::size_t u = 0; u < units_.size(); ++u)
        if (u != unit_of[c]) cost[c * units_.size() + u] = inf;
      for (std::size_t other = 0; other < calls_.size(); ++other)
        if (other != c) cost[other * units_.size() + unit_of[c]] = inf;
    }
    return solve(cost);
  }

  [[nodiscard]] Proposal first_stop(std::size_t call, std::size_t unit, std::size_t nearest) const {
    const Reach& reach = reach_of(call, unit);
    Proposal p{.incident = incident(call).id, .unit = reach.unit, .after = reach.median, .text = {}};
    if (calls_[call].persons) p.persons = std::min(*calls_[call].persons, units_[unit].room.value_or(inf));
    const auto minutes = [](const std::optional<Duration>& d) {
      return d ? fmt::format("{:.0f} min", seconds(*d) / 60) : std::string("a time not known");
    };
    p.text = fmt::format(
        "{} to {}: with the boat in {} (90 %: {}), {:.1f} nm, chance of contact on arrival {:.0f} %", p.unit,
        p.incident, minutes(reach.median), minutes(reach.ninety), nm_from_metres(reach.distance_m),
        100 * reach.contact);
    if (nearest == unit)
      p.text += "; it is the nearest idle unit too";
    else if (nearest != none)
      p.text += fmt::format("; the nearest idle unit, {}, would take {}", units_[nearest].now.unit.name,
                            minutes(reach_of(call, nearest).median));
    for (const std::string& missing : reach.missing) p.text += "; " + missing;
    return p;
  }

  /// Calls that nobody is left for are called at later by those who go now, as far as they have room.
  void add_later_stops(const std::vector<std::size_t>& unit_of) {
    std::vector<std::size_t> waiting;
    for (std::size_t c = 0; c < calls_.size(); ++c)
      if (unit_of[c] == none) waiting.push_back(c);
    std::vector<std::size_t> going;  // the calls whose units go on
    for (std::size_t c = 0; c < calls_.size(); ++c)
      if (unit_of[c] != none && reach_of(c, unit_of[c]).median &&
          reach_of(c, unit_of[c]).arrives.value_or(true))
        going.push_back(c);
    if (waiting.empty() || going.empty()) return;
    RoundsProblem p{.units = going.size(), .boats = waiting.size(), .at_boat_s = at_boat_s};
    for (const std::size_t w : waiting) {
      p.persons.push_back(calls_[w].persons.value_or(0));
      p.unserved.push_back(price(w, long_s));
      for (const std::size_t v : waiting) p.metres.push_back(way_m(incident(w).place, incident(v).place));
    }
    for (const std::size_t c : going) {
      const FleetUnit& unit = units_[unit_of[c]];
      p.speed_mps.push_back(*reach_of(c, unit_of[c]).speed_mps);
      p.room.push_back(std::max(0.0, unit.room.value_or(inf) - calls_[c].persons.value_or(0)));
      for (const std::size_t w : waiting)
        p.first_s.push_back(may(w, unit_of[c])
                                ? seconds(*reach_of(c, unit_of[c]).median) + at_boat_s +
                                      way_m(incident(c).place, incident(w).place) / p.speed_mps.back()
                                : inf);
    }
    p.price = [&](std::size_t w, double s) { return price(waiting[w], s); };
    const Rounds rounds = plan_rounds(p);
    for (std::size_t g = 0; g < going.size(); ++g) {
      double t = 0;
      for (std::size_t k = 0; k < rounds.stops[g].size(); ++k) {
        const std::size_t w = rounds.stops[g][k];
        t = k == 0 ? p.first_s[g * p.boats + w]
                   : t + at_boat_s + p.metres[rounds.stops[g][k - 1] * p.boats + w] / p.speed_mps[g];
        const std::string& name = units_[unit_of[going[g]]].now.unit.name;
        plan_.proposals.push_back(
            {.incident = incident(waiting[w]).id,
             .unit = name,
             .stop = k + 2,
             .after = Duration(static_cast<std::int64_t>(t * 1000)),
             .persons = calls_[waiting[w]].persons,
             .text = fmt::format(
                 "{} goes on to {}: there in {:.0f} min, a quarter of an hour at each boat before being "
                 "assumed; no other unit is free",
                 name, incident(waiting[w]).id, t / 60)});
      }
    }
  }

  const std::vector<OpenIncident>& incidents_;
  const std::vector<FleetUnit>& units_;
  const std::vector<std::vector<Reach>>& reaches_;
  const TaskOptions& options_;
  std::vector<bool> free_;  // may be sent
  std::vector<Call> calls_;
  AssignmentSolver solver_;
  TaskPlan plan_;
};

}  // namespace

TaskPlan propose(const std::vector<OpenIncident>& incidents, const std::vector<FleetUnit>& units,
                 const std::vector<std::vector<Reach>>& reaches, const TaskOptions& options,
                 const std::vector<Proposal>& standing) {
  assert(reaches.size() == incidents.size());
  return Tasker(incidents, units, reaches, options).plan(standing);
}

}  // namespace varne
