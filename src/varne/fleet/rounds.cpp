#include "varne/fleet/rounds.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <utility>

namespace varne {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr int most_looks = 3;  // for places for a boat that was left out

/// Where a boat may go into a round, and what that adds.
struct Slot {
  std::size_t unit = 0;
  std::size_t at = 0;
  double adds = inf;
};

/// The standard's own, the same on every machine: so many draws are made that a draw of Philox would cost as
/// much as what is done with it.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : bits_(seed) {}
  /// In the open interval (0, 1).
  double uniform() { return (static_cast<double>(bits_() >> 12) + 0.5) * 0x1p-52; }
  /// A whole number below n, n < 2^32.
  std::size_t below(std::size_t n) { return (bits_() >> 32) * n >> 32; }

 private:
  std::mt19937_64 bits_;
};

using Lists = std::vector<std::vector<std::size_t>>;

/// Every boat's others, nearest first, itself at the front.
Lists neighbours(const RoundsProblem& p) {
  Lists near(p.boats, std::vector<std::size_t>(p.boats));
  for (std::size_t b = 0; b < p.boats; ++b) {
    std::iota(near[b].begin(), near[b].end(), std::size_t{0});
    std::stable_sort(near[b].begin(), near[b].end(), [&](std::size_t x, std::size_t y) {
      return p.metres[b * p.boats + x] < p.metres[b * p.boats + y];
    });
  }
  return near;
}

/// The units that ever may take a boat, boat by boat.
Lists who_may(const RoundsProblem& p) {
  Lists may(p.boats);
  for (std::size_t b = 0; b < p.boats; ++b)
    for (std::size_t u = 0; u < p.units; ++u)
      if (p.first_s[u * p.boats + b] < inf && p.persons[b] <= p.room[u]) may[b].push_back(u);
  return may;
}

/// No plan costs less: every boat by whoever could be there first, as if no other had to wait for that. By
/// way of another boat may be sooner: a leg between boats knows of no current and no coast.
double least_price(const RoundsProblem& p, const Lists& may) {
  double sum = 0;
  for (std::size_t b = 0; b < p.boats; ++b) {
    double soonest = inf;
    for (const std::size_t u : may[b]) {
      for (std::size_t by = 0; by < p.boats; ++by) {
        const double leg = by == b ? 0 : p.at_boat_s + p.metres[by * p.boats + b] / p.speed_mps[u];
        soonest = std::min(soonest, p.first_s[u * p.boats + by] + leg);
      }
    }
    sum += soonest < inf ? std::min(p.unserved[b], p.price(b, soonest)) : p.unserved[b];
  }
  return sum;
}

/// What a try needs and the next one needs again.
struct Scratch {
  /// One place in a hundred, by one draw for each of them instead of one for every place.
  bool passes_over(Draws& random) {
    constexpr double blink = 0.01;
    if (until_blink < 0) until_blink = std::floor(std::log(random.uniform()) / std::log1p(-blink));
    return until_blink-- == 0;
  }
  double until_blink = -1;
  std::vector<std::size_t> waiting;
  std::vector<char> done;
};

class Planner {
 public:
  Planner(const RoundsProblem& problem, const Lists& may)
      : p_(&problem), may_(&may), stops_(problem.units), room_(problem.room), cost_(problem.units, 0) {
    for (std::size_t b = 0; b < p_->boats; ++b) left_.push_back(b);
    total_ = std::accumulate(p_->unserved.begin(), p_->unserved.end(), 0.0);
  }

  [[nodiscard]] double total() const { return total_; }
  /// Nobody goes to some boat, though as many places are free, one here, one there, as it has people.
  [[nodiscard]] bool leaves_one_that_might_fit() const {
    const double free = std::accumulate(room_.begin(), room_.end(), 0.0);
    return std::any_of(left_.begin(), left_.end(),
                       [&](std::size_t b) { return !(*may_)[b].empty() && p_->persons[b] <= free; });
  }
  [[nodiscard]] Rounds rounds() const {
    Rounds out{stops_, left_, total_};
    std::sort(out.left.begin(), out.left.end());
    return out;
  }

  /// Puts back all that anybody can reach: each time the boat that loses most if its best place goes.
  void insert_by_regret() {
    std::vector<std::vector<Slot>> best(p_->boats, std::vector<Slot>(p_->units));
    for (const std::size_t b : left_)
      for (const std::size_t u : (*may_)[b]) best[b][u] = best_in(u, b);
    while (!left_.empty()) {
      std::size_t chosen = left_.size();
      Slot where;
      double most = -inf;
      for (std::size_t k = 0; k < left_.size(); ++k) {
        const std::size_t b = left_[k];
        Slot first{0, 0, p_->unserved[b]};
        double second = p_->unserved[b];
        bool found = false;
        for (const Slot& slot : best[b]) {
          if (slot.adds < first.adds) {
            second = first.adds;
            first = slot;
            found = true;
          } else {
            second = std::min(second, slot.adds);
          }
        }
        if (!found || second - first.adds <= most) continue;
        most = second - first.adds;
        chosen = k;
        where = first;
      }
      if (chosen == left_.size()) return;
      put(chosen, where);
      for (const std::size_t b : left_) best[b][where.unit] = best_in(where.unit, b);
    }
  }

  /// Puts back what was taken out, in a random order, each where it costs least; now and then a place is
  /// passed over, so that the same is not done again.
  void recreate(Draws& random, Scratch& scratch) {
    shuffle(left_, random);
    auto& waiting = scratch.waiting;
    waiting.assign(left_.begin(), left_.end());
    left_.clear();
    for (const std::size_t b : waiting) {
      Slot best{0, 0, p_->unserved[b]};
      bool found = false;
      for (const std::size_t u : (*may_)[b]) {
        if (scratch.passes_over(random)) continue;
        const Slot slot = best_in(u, b);
        if (slot.adds >= best.adds) continue;
        best = slot;
        found = true;
      }
      left_.push_back(b);
      if (found) put(left_.size() - 1, best);
    }
  }

  /// Takes out boats about one of them: from each round that passes near it a stretch of stops.
  void ruin(Draws& random, const Lists& near, Scratch& scratch) {
    constexpr std::size_t most_rounds = 4;
    constexpr std::size_t most_stops = 6;
    const std::size_t seed = random.below(p_->boats);
    std::size_t rounds_left = 1 + random.below(most_rounds);
    auto& done = scratch.done;
    done.assign(p_->units, 0);
    for (const std::size_t b : near[seed]) {
      if (rounds_left == 0) break;
      const auto [unit, at] = find(b);
      if (unit == p_->units || done[unit] != 0) continue;
      done[unit] = 1;
      --rounds_left;
      const std::size_t size = stops_[unit].size();
      const std::size_t take = 1 + random.below(std::min(size, most_stops));
      const std::size_t first_low = at + 1 >= take ? at + 1 - take : 0;
      const std::size_t first = first_low + random.below(std::min(at, size - take) - first_low + 1);
      take_out(unit, first, take);
    }
  }

 private:
  [[nodiscard]] double leg(std::size_t unit, std::size_t from, std::size_t to) const {
    return p_->at_boat_s + p_->metres[from * p_->boats + to] / p_->speed_mps[unit];
  }
  [[nodiscard]] double first(std::size_t unit, std::size_t boat) const {
    return p_->first_s[unit * p_->boats + boat];
  }

  /// The cheapest place in a round for a boat.
  [[nodiscard]] Slot best_in(std::size_t unit, std::size_t boat) const {
    Slot best{unit, 0, inf};
    if (p_->persons[boat] > room_[unit] || first(unit, boat) == inf) return best;
    const auto& round = stops_[unit];
    double before = 0;  // price of the stops before
    double now = 0;     // when the last of them is reached
    for (std::size_t at = 0; at <= round.size(); ++at) {
      double t = at == 0 ? first(unit, boat) : now + leg(unit, round[at - 1], boat);
      double price = before + p_->price(boat, t);
      for (std::size_t k = at; k < round.size() && price - cost_[unit] < best.adds; ++k) {
        t += leg(unit, k == at ? boat : round[k - 1], round[k]);
        price += p_->price(round[k], t);
      }
      if (price - cost_[unit] < best.adds) best = {unit, at, price - cost_[unit]};
      if (at == round.size()) break;
      now = at == 0 ? first(unit, round[0]) : now + leg(unit, round[at - 1], round[at]);
      before += p_->price(round[at], now);
      if (before - cost_[unit] >= best.adds) break;  // later places are dearer still
    }
    return best;
  }

  [[nodiscard]] double price_of_round(std::size_t unit) const {
    double price = 0;
    double t = 0;
    for (std::size_t k = 0; k < stops_[unit].size(); ++k) {
      const std::size_t boat = stops_[unit][k];
      t = k == 0 ? first(unit, boat) : t + leg(unit, stops_[unit][k - 1], boat);
      price += p_->price(boat, t);
    }
    return price;
  }

  void put(std::size_t k, const Slot& where) {
    const std::size_t boat = left_[k];
    left_.erase(left_.begin() + static_cast<std::ptrdiff_t>(k));
    auto& round = stops_[where.unit];
    round.insert(round.begin() + static_cast<std::ptrdiff_t>(where.at), boat);
    room_[where.unit] -= p_->persons[boat];
    total_ -= p_->unserved[boat] + cost_[where.unit];
    cost_[where.unit] = price_of_round(where.unit);
    total_ += cost_[where.unit];
  }

  void take_out(std::size_t unit, std::size_t from, std::size_t count) {
    auto& round = stops_[unit];
    const auto begin = round.begin() + static_cast<std::ptrdiff_t>(from);
    const auto end = begin + static_cast<std::ptrdiff_t>(count);
    for (auto it = begin; it != end; ++it) {
      room_[unit] += p_->persons[*it];
      total_ += p_->unserved[*it];
      left_.push_back(*it);
    }
    round.erase(begin, end);
    total_ -= cost_[unit];
    cost_[unit] = price_of_round(unit);
    total_ += cost_[unit];
  }

  [[nodiscard]] std::pair<std::size_t, std::size_t> find(std::size_t boat) const {
    for (std::size_t u = 0; u < p_->units; ++u) {
      const auto at = std::find(stops_[u].begin(), stops_[u].end(), boat);
      if (at != stops_[u].end()) return {u, static_cast<std::size_t>(at - stops_[u].begin())};
    }
    return {p_->units, 0};
  }

  static void shuffle(std::vector<std::size_t>& list, Draws& random) {
    for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[random.below(i)]);
  }

  const RoundsProblem* p_;
  const Lists* may_;
  std::vector<std::vector<std::size_t>> stops_;
  std::vector<std::size_t> left_;
  std::vector<double> room_;
  std::vector<double> cost_;  // of each round
  double total_ = 0;
};

void check(const RoundsProblem& p) {
  assert(p.room.size() == p.units && p.speed_mps.size() == p.units && p.persons.size() == p.boats &&
         p.unserved.size() == p.boats && p.first_s.size() == p.units * p.boats &&
         p.metres.size() == p.boats * p.boats && p.price);
  (void)p;
}

}  // namespace

Rounds insert_rounds(const RoundsProblem& problem) {
  check(problem);
  const Lists may = who_may(problem);
  Planner planner(problem, may);
  planner.insert_by_regret();
  return planner.rounds();
}

Rounds plan_rounds(const RoundsProblem& problem, std::uint64_t seed, std::optional<int> asked) {
  const int tries = asked.value_or(tries_for(problem.boats));
  check(problem);
  if (problem.boats == 0) return {std::vector<std::vector<std::size_t>>(problem.units), {}, 0};
  const Lists may = who_may(problem);
  Planner now(problem, may);
  now.insert_by_regret();
  // As where boats are few and units many: nothing is left to be found.
  const double least = least_price(problem, may) + 1e-9;
  if (now.total() <= least) return now.rounds();
  const Lists near = neighbours(problem);
  Planner best = now;
  Draws random(seed);
  Planner next = now;
  Scratch scratch;
  // A worse plan is gone on from where it is worse by less than a random part of the temperature.
  const auto look = [&](double temperature) {
    double warm = temperature * now.total() / static_cast<double>(problem.boats);
    const double cooling = std::pow(1e-3, 1.0 / tries);
    for (int i = 0; i < tries && best.total() > least; ++i, warm *= cooling) {
      next = now;  // into its memory
      next.ruin(random, near, scratch);
      next.recreate(random, scratch);
      if (next.total() < now.total() - warm * std::log(random.uniform())) std::swap(now, next);
      if (now.total() < best.total() - 1e-9) best = now;
    }
  };
  look(0.02);
  // A boat that is left out may take others to be moved about first: again, and warmer.
  for (int looks = 2; looks <= most_looks && looks * tries <= most_tries; ++looks) {
    if (!best.leaves_one_that_might_fit()) break;
    now = best;
    look(0.2);
  }
  return best.rounds();
}

double price_of(const RoundsProblem& p, const Rounds& rounds) {
  check(p);
  assert(rounds.stops.size() == p.units);
  std::vector<int> called(p.boats, 0);
  double price = 0;
  for (std::size_t u = 0; u < p.units; ++u) {
    double t = 0;
    double aboard = 0;
    for (std::size_t k = 0; k < rounds.stops[u].size(); ++k) {
      const std::size_t b = rounds.stops[u][k];
      ++called[b];
      aboard += p.persons[b];
      t = k == 0 ? p.first_s[u * p.boats + b]
                 : t + p.at_boat_s + p.metres[rounds.stops[u][k - 1] * p.boats + b] / p.speed_mps[u];
      price += p.price(b, t);
    }
    assert(aboard <= p.room[u] + 1e-9);
  }
  for (const std::size_t b : rounds.left) {
    ++called[b];
    price += p.unserved[b];
  }
  assert(std::all_of(called.begin(), called.end(), [](int n) { return n == 1; }));
  return price;
}

}  // namespace varne
