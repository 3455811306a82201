#include "varne/days/question.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "varne/days/departures.h"
#include "varne/days/draws.h"
#include "varne/days/parallel.h"

namespace varne::days {
namespace {

constexpr int curve_points = 13;
constexpr double one_percent = 0.01;

/// Chances that stand for themselves: each has to come out one way, whatever else is so.
struct Chance {
  Q quantity;
  bool has_to_be;
};
constexpr std::array chances{Chance{Q::sturdy, true},      Chance{Q::damaged, false},
                             Chance{Q::medical, false},    Chance{Q::child_alone, false},
                             Chance{Q::overloaded, false}, Chance{Q::asylum, false},
                             Chance{Q::offence, true},     Chance{Q::french_vessel, true}};

/// With each of those as it has to be: what is left is what changes on the way.
Numbers favourable(Numbers n) {
  for (const Chance& c : chances) n.set(c.quantity, Shape::fixed, {c.has_to_be ? 1.0 : 0.0, 0, 0});
  n.set(Q::craft, Shape::fixed, {20, 0, 0});
  for (const Q q : {Q::captain, Q::captain_rough, Q::commander}) n.set(q, Shape::fixed, {1, 0, 0});
  return n;
}

Numbers with(Numbers n, const Knob& knob, double value) {
  n.set({knob.quantity, knob.parameter, value});
  return n;
}

Numbers at(const Numbers& n, const std::vector<Knob>& knobs, std::vector<double> u) {
  for (std::size_t k = 0; k < knobs.size(); ++k) u[k] = knobs[k].low + u[k] * (knobs[k].high - knobs[k].low);
  return n.with(knobs, u);
}

std::vector<Share> ask_all(const Question& question, const std::vector<Numbers>& all, std::size_t threads) {
  std::vector<Share> out(all.size());
  in_parallel(all.size(), threads, [&](std::size_t i) { out[i] = question.ask(all[i]); });
  return out;
}

void by_tornado(const Question& q, const std::vector<Knob>& knobs, std::size_t threads, Answer& out) {
  const Numbers own = q.strait().scenario.numbers();
  std::vector<Numbers> ends;
  for (const Knob& knob : knobs)
    ends.push_back(with(own, knob, knob.low)), ends.push_back(with(own, knob, knob.high));
  const auto shares = ask_all(q, ends, threads);
  for (std::size_t k = 0; k < knobs.size(); ++k)
    out.tornado.push_back({knobs[k], shares[2 * k].conditions(), shares[2 * k + 1].conditions()});
  std::stable_sort(out.tornado.begin(), out.tornado.end(), [](const auto& a, const auto& b) {
    return std::abs(a.at_high - a.at_low) > std::abs(b.at_high - b.at_low);
  });
}

/// What would have to be true for one boat in a hundred.
void by_one_percent(const Question& q, Answer& out) {
  Numbers n = q.strait().scenario.numbers();
  for (const Answer::Bar& bar : out.tornado) {
    if (q.ask(n).conditions() >= one_percent || bar.at_low == bar.at_high) break;
    n = with(n, bar.knob, bar.at_high > bar.at_low ? bar.knob.high : bar.knob.low);
    out.towards_one_percent.emplace_back(bar.knob, q.ask(n).conditions());
  }
}

}  // namespace

Question::Question(std::shared_ptr<const Strait> strait, std::string policy, int days, std::uint64_t seed)
    : strait_(std::move(strait)), conditions_(strait_->rules.at(policy), "turn_round") {
  const Numbers own = strait_->scenario.numbers();
  tides_.reserve(static_cast<std::size_t>(days));
  constexpr std::uint32_t most_tried = 100000;
  for (std::uint32_t i = 0; days_.size() < static_cast<std::size_t>(days) && i < most_tried; ++i) {
    const DayDraw draw = day_of_seed(strait_->scenario, seed_of(seed, i));
    if (boats_of(own, draw.day, conditions_of(*strait_, own, draw)) == 0) continue;
    days_.push_back(draw);
    tides_.emplace_back(*strait_, Time(draw.day));
  }
  // Which numbers of craft the doctrine takes, all else being as it has to be.
  Boats one(1);
  one.length_m[0] = 30;
  one.sturdy[0] = one.offence[0] = 1;
  one.engine_stops[0] = one.takes_water[0] = never;
  one.lon[0] = 1.35;
  one.lat[0] = 51.05;
  Numbers still = own;
  still.set(Q::limit_length, Shape::fixed, {1, 0, 0});
  for (int craft = 0; craft <= 20; ++craft) {
    const Answers answers{
        .captain = 0, .commander = true, .french_vessel = true, .craft = static_cast<double>(craft)};
    craft_enough_.push_back(conditions_.hold(still, words_of_boat(*strait_, one, 0, answers, {}, 0, false),
                                             Time(strait_->scenario.span.first) + std::chrono::hours(12)));
  }
}

double Question::craft_chance(const Numbers& n) const {
  constexpr int points = 400;
  int enough = 0;
  for (int i = 0; i < points; ++i)
    enough += craft_enough_[static_cast<std::size_t>(std::floor(n.draw(Q::craft, (i + 0.5) / points)))];
  return static_cast<double>(enough) / points;
}

std::vector<Factor> Question::factors(const Numbers& n) const {
  std::vector<Factor> out;
  for (const Chance& c : chances)
    out.push_back({c.quantity, (c.has_to_be ? "" : "not so: ") + std::string(words_of(c.quantity).says),
                   c.has_to_be ? n[c.quantity] : 1 - n[c.quantity]});
  out.push_back({Q::craft, std::string(words_of(Q::craft).says), craft_chance(n)});
  return out;
}

Share Question::ask(const Numbers& numbers) const {
  Share out;
  for (const Factor& factor : factors(numbers)) out.of_boat *= factor.chance;
  const Numbers easy = favourable(numbers);
  std::vector<double> key;
  for (const QuantityWords& words : quantity_table())
    key.insert(key.end(), easy.of(words.quantity).v.begin(), easy.of(words.quantity).v.end());
  std::optional<Moving> found;
  {
    const std::lock_guard lock(guard_);
    if (const auto known = known_.find(key); known != known_.end()) found = known->second;
  }
  if (!found) {
    found = moving(easy);
    const std::lock_guard lock(guard_);
    known_.emplace(std::move(key), *found);
  }
  out.moving = found->held;
  out.uk = found->uk;
  out.consents =
      numbers[Q::commander] * std::lerp(numbers[Q::captain], numbers[Q::captain_rough], found->rough);
  return out;
}

Question::Moving Question::moving(const Numbers& numbers) const {
  Moving out;
  double boats = 0;
  for (std::size_t d = 0; d < days_.size(); ++d) {
    for (const Held& held : opportunities(*strait_, numbers, conditions_, days_[d].day, tides_[d],
                                          conditions_of(*strait_, numbers, days_[d]), days_[d].seed)) {
      boats += 1;
      out.uk += held.in_uk_waters ? 1 : 0;
      out.held += held.long_enough ? 1 : 0;
      out.rough += held.rough ? 1 : 0;
    }
  }
  if (out.held > 0) out.rough /= out.held;
  if (boats > 0) out.held /= boats, out.uk /= boats;
  return out;
}

std::size_t Question::boats() const {
  const Numbers own = strait_->scenario.numbers();
  std::size_t out = 0;
  for (const DayDraw& day : days_)
    out += static_cast<std::size_t>(boats_of(own, day.day, conditions_of(*strait_, own, day)));
  return out;
}

std::vector<Knob> Question::knobs() const {
  std::vector<Knob> out;
  for (const Knob& knob : strait_->scenario.knobs()) {
    const std::string_view name = words_of(knob.quantity).name;
    constexpr std::array groups{"boats.", "people.", "calls.", "weather.", "answers.", "turnaround."};
    const bool of_these =
        std::any_of(groups.begin(), groups.end(), [&](const char* g) { return name.starts_with(g); });
    constexpr std::array others{Q::in_water_share,   Q::lost_in_water, Q::blocked_in_water,  Q::call_error,
                                Q::call_count_error, Q::visibility,    Q::water_temperature, Q::assessment,
                                Q::captain,          Q::captain_rough, Q::commander,         Q::hand_over};
    if (of_these && std::find(others.begin(), others.end(), knob.quantity) == others.end())
      out.push_back(knob);
  }
  return out;
}

Answer answer_question(const Question& q, int days, int draws, int rows, std::size_t threads,
                       std::uint64_t seed) {
  Answer out;
  const Numbers own = q.strait().scenario.numbers();
  const auto knobs = q.knobs();
  out.boats = q.boats();
  out.days = days;
  out.draws = draws;
  out.rows = rows;
  out.own = q.ask(own);
  out.factors = q.factors(own);
  std::vector<Knob> all = knobs;
  for (const Knob& knob : q.strait().scenario.knobs())
    if (knob.quantity == Q::captain || knob.quantity == Q::captain_rough || knob.quantity == Q::commander)
      all.push_back(knob);
  std::vector<Numbers> drawn;
  for (const auto& u : latin_hypercube(static_cast<std::size_t>(draws), all.size(), seed))
    drawn.push_back(at(own, all, u));
  for (const Share& share : ask_all(q, drawn, threads)) {
    out.shares.push_back(share.conditions());
    out.agreed.push_back(share.all());
  }
  std::sort(out.shares.begin(), out.shares.end());
  std::sort(out.agreed.begin(), out.agreed.end());
  by_tornado(q, knobs, threads, out);
  for (const Knob& knob : knobs) {
    if (!words_of(knob.quantity).name.starts_with("turnaround.")) continue;
    std::vector<Numbers> line;
    for (int p = 0; p < curve_points; ++p)
      line.push_back(with(own, knob, knob.low + (knob.high - knob.low) * p / (curve_points - 1)));
    const auto shares = ask_all(q, line, threads);
    Answer::Curve curve{.quantity = knob.quantity, .points = {}};
    for (std::size_t p = 0; p < line.size(); ++p)
      curve.points.emplace_back(line[p][knob.quantity], shares[p].conditions());
    out.curves.push_back(std::move(curve));
  }
  // The indices of those that the tornado puts first: the rest together explain little, and each costs rows.
  constexpr std::size_t most_indices = 12;
  for (std::size_t k = 0; k < std::min(most_indices, out.tornado.size()); ++k)
    out.sobol_of.push_back(out.tornado[k].knob);
  out.sobol =
      sobol_indices(static_cast<std::size_t>(rows), out.sobol_of.size(), seed, [&](const Design& design) {
        std::vector<Numbers> asked;
        for (const auto& u : design) asked.push_back(at(own, out.sobol_of, u));
        std::vector<double> y;
        for (const Share& share : ask_all(q, asked, threads)) y.push_back(share.conditions());
        return y;
      });
  by_one_percent(q, out);
  return out;
}

}  // namespace varne::days
