#include "varne/fleet/rounds.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <numeric>

#include "support.h"
#include "varne/core/lines.h"
#include "varne/core/philox.h"

namespace varne {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

/// Units along a coast and boats in a strait of 60 by 40 km; the price is seconds times a weight.
RoundsProblem strait(std::size_t units, std::size_t boats, std::uint32_t n) {
  Random random(7, n, 0);
  const auto up_to = [&](double most) { return most * random.uniform(); };
  RoundsProblem p{.units = units, .boats = boats, .at_boat_s = 900};
  std::vector<std::pair<double, double>> boat;
  for (std::size_t b = 0; b < boats; ++b) {
    boat.emplace_back(up_to(60'000), up_to(40'000));
    p.persons.push_back(std::floor(10 + up_to(40)));
    p.unserved.push_back(200'000);
  }
  for (std::size_t u = 0; u < units; ++u) {
    p.room.push_back(std::floor(80 + up_to(300)));
    p.speed_mps.push_back(8 + up_to(6));
    const std::pair at{up_to(60'000), random.uniform() < 0.5 ? 0.0 : 40'000.0};
    const double delay = up_to(1200);
    for (const auto& b : boat)
      p.first_s.push_back(random.uniform() < 0.05
                              ? inf
                              : delay + std::hypot(b.first - at.first, b.second - at.second) /
                                            p.speed_mps.back());
  }
  for (const auto& a : boat)
    for (const auto& b : boat) p.metres.push_back(std::hypot(a.first - b.first, a.second - b.second));
  p.price = [weights = p.persons](std::size_t b, double s) { return s * weights[b] / 30; };
  return p;
}

/// Every order of every choice of boats that a unit can take, with its price.
void every_round(const RoundsProblem& p, std::size_t unit, std::vector<std::size_t>& round, double t,
                 double room, double price, std::vector<std::pair<std::vector<std::size_t>, double>>& out) {
  for (std::size_t b = 0; b < p.boats; ++b) {
    if (std::find(round.begin(), round.end(), b) != round.end() || p.persons[b] > room) continue;
    const double there = round.empty()
                             ? p.first_s[unit * p.boats + b]
                             : t + p.at_boat_s + p.metres[round.back() * p.boats + b] / p.speed_mps[unit];
    if (p.first_s[unit * p.boats + b] == inf) continue;
    round.push_back(b);
    const double now = price + p.price(b, there);
    out.emplace_back(round, now);
    every_round(p, unit, round, there, room - p.persons[b], now, out);
    round.pop_back();
  }
}

/// The least price by CBC: of all rounds one a unit at most, so that each boat is called at once or left.
double cbc_price(const RoundsProblem& p) {
  const test::Scratch scratch;
  std::string objective = "Minimize\n obj: 0 z";
  std::vector<std::string> of_boat(p.boats);
  std::string of_units;
  std::string names;
  int n = 0;
  const auto column = [&](double price) {
    const std::string name = fmt::format("x{}", n++);
    objective += fmt::format("\n + {:.9f} {}", price, name);
    names += " " + name + "\n";
    return name;
  };
  for (std::size_t b = 0; b < p.boats; ++b) of_boat[b] = column(p.unserved[b]);
  for (std::size_t u = 0; u < p.units; ++u) {
    std::vector<std::pair<std::vector<std::size_t>, double>> rounds;
    std::vector<std::size_t> round;
    every_round(p, u, round, 0, p.room[u], 0, rounds);
    of_units += fmt::format(" u{}: 0 z", u);
    for (const auto& [stops, price] : rounds) {
      const std::string name = column(price);
      of_units += "\n + " + name;
      for (const std::size_t b : stops) of_boat[b] += "\n + " + name;
    }
    of_units += " <= 1\n";
  }
  std::string text = objective + "\nSubject To\n";
  for (std::size_t b = 0; b < p.boats; ++b) text += fmt::format(" b{}: {} = 1\n", b, of_boat[b]);
  text += of_units + "Bounds\n z = 0\nBinaries\n" + names + "End\n";
  const auto model = scratch.write("rounds.lp", text);
  const auto answer = model + ".out";
  const auto command = fmt::format("cbc '{}' ratioGap 0 solve solution '{}' > /dev/null 2>&1", model, answer);
  EXPECT_EQ(std::system(command.c_str()), 0);  // NOLINT: a program of the tests, with names of our own
  std::ifstream in(answer);
  std::string line;
  std::getline(in, line);
  EXPECT_TRUE(line.starts_with("Optimal")) << line;
  return std::atof(line.substr(line.rfind(' ')).c_str());
}

/// No unit takes more than it has room for, and each boat is called at once or left.
void expect_rules_kept(const RoundsProblem& p, const Rounds& rounds) {
  std::vector<int> called(p.boats, 0);
  for (std::size_t u = 0; u < p.units; ++u) {
    double aboard = 0;
    for (const std::size_t b : rounds.stops[u]) {
      ++called[b];
      aboard += p.persons[b];
      EXPECT_LT(p.first_s[u * p.boats + b], inf) << "a unit that cannot get there";
    }
    EXPECT_LE(aboard, p.room[u] + 1e-9);
  }
  for (const std::size_t b : rounds.left) ++called[b];
  EXPECT_EQ(std::count(called.begin(), called.end(), 1), static_cast<std::ptrdiff_t>(p.boats));
}

TEST(Rounds, are_within_two_percent_of_the_best_that_cbc_finds) {
  if (std::system("cbc -quit > /dev/null 2>&1") != 0)  // NOLINT: as above
    GTEST_SKIP() << "needs CBC (Debian: coinor-cbc)";
  double worst = 0;
  for (std::uint32_t n = 0; n < 12; ++n) {
    const RoundsProblem p = strait(2 + n % 2, 5 + n % 2, n);
    const double best = cbc_price(p);
    const Rounds got = plan_rounds(p);
    expect_rules_kept(p, got);
    EXPECT_NEAR(got.price, price_of(p, got), 1e-6 * got.price);
    EXPECT_GE(got.price, best * (1 - 1e-6)) << n << ": cheaper than the best there is";
    EXPECT_LE(got.price, best * 1.02) << n;
    worst = std::max(worst, got.price / best - 1);
  }
  RecordProperty("worst_percent", std::to_string(100 * worst));
}

TEST(Rounds, of_twenty_units_and_a_hundred_boats_are_better_than_insertion) {
  double gained = 0;
  for (std::uint32_t n = 0; n < 5; ++n) {
    const RoundsProblem p = strait(20, 100, 100 + n);
    const Rounds inserted = insert_rounds(p);
    const Rounds planned = plan_rounds(p);
    expect_rules_kept(p, inserted);
    expect_rules_kept(p, planned);
    EXPECT_NEAR(inserted.price, price_of(p, inserted), 1e-6 * inserted.price);
    EXPECT_NEAR(planned.price, price_of(p, planned), 1e-6 * planned.price);
    EXPECT_LT(planned.price, inserted.price) << n;
    gained += (1 - planned.price / inserted.price) / 5;
  }
  EXPECT_GT(gained, 0.02);
  RecordProperty("gained_percent", std::to_string(100 * gained));
}

/// Boats cut from the room of the units, all but two places of a hundred: all of them fit in some way.
RoundsProblem full_strait(std::size_t units, std::uint32_t n) {
  Random random(9, n, 1);
  RoundsProblem p{.units = units, .at_boat_s = 900};
  for (std::size_t u = 0; u < units; ++u) {
    p.room.push_back(100);
    p.speed_mps.push_back(10);
    for (double free = 98; free > 25;) {
      const double drawn = std::floor(15 + 35 * random.uniform());
      p.persons.push_back(free - drawn < 15 ? free : drawn);
      free -= p.persons.back();
    }
  }
  p.boats = p.persons.size();
  p.unserved.assign(p.boats, 43'200);
  std::vector<std::pair<double, double>> boat;
  for (std::size_t b = 0; b < p.boats; ++b) {
    const double east = 50'000 * random.uniform();
    boat.emplace_back(east, 30'000 * random.uniform());
  }
  for (std::size_t u = 0; u < units; ++u) {
    const double along = 50'000 * random.uniform();
    for (const auto& b : boat) p.first_s.push_back(600 + std::hypot(b.first - along, b.second) / 10);
  }
  for (const auto& a : boat)
    for (const auto& b : boat) p.metres.push_back(std::hypot(a.first - b.first, a.second - b.second));
  p.price = [](std::size_t, double s) { return std::min(s, 43'200.0); };
  return p;
}

TEST(Rounds, leave_nobody_out_where_all_fit_though_hardly) {
  for (const std::size_t units : {3, 4}) {
    for (std::uint32_t n = 0; n < 100; ++n) {
      const RoundsProblem p = full_strait(units, n);
      const Rounds got = plan_rounds(p);
      expect_rules_kept(p, got);
      EXPECT_TRUE(got.left.empty()) << units << " units, strait " << n;
    }
  }
}

TEST(Rounds, are_the_same_for_the_same_question) {
  const RoundsProblem p = strait(5, 20, 3);
  EXPECT_EQ(plan_rounds(p, 4, 500).stops, plan_rounds(p, 4, 500).stops);
}

TEST(Rounds, leave_out_what_nobody_can_take_and_say_so) {
  RoundsProblem p = strait(2, 4, 1);
  p.persons[2] = 10'000;
  for (std::size_t u = 0; u < 2; ++u) p.first_s[u * 4 + 3] = inf;
  p.room = {1000, 1000};
  for (std::size_t u = 0; u < 2; ++u) p.first_s[u * 4] = p.first_s[u * 4 + 1] = 600;
  EXPECT_EQ(plan_rounds(p).left, (std::vector<std::size_t>{2, 3}));
  p.boats = 0;
  p.persons = p.unserved = p.first_s = p.metres = {};
  EXPECT_TRUE(plan_rounds(p).left.empty());
}

}  // namespace
}  // namespace varne
