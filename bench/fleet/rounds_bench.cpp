/// How long rounds take on a day of a hundred boats.
#include <benchmark/benchmark.h>

#include <cmath>

#include "varne/core/philox.h"
#include "varne/fleet/rounds.h"

namespace varne {
namespace {

void rounds_of_twenty_units_and_a_hundred_boats(benchmark::State& state) {
  Random random(1, 0, 0);
  const auto up_to = [&](double most) { return most * random.uniform(); };
  RoundsProblem p{.units = 20, .boats = 100, .at_boat_s = 900};
  std::vector<std::pair<double, double>> boat;
  for (std::size_t b = 0; b < p.boats; ++b) {
    boat.emplace_back(up_to(60'000), up_to(40'000));
    p.persons.push_back(10 + up_to(40));
    p.unserved.push_back(200'000);
  }
  for (std::size_t u = 0; u < p.units; ++u) {
    p.room.push_back(80 + up_to(300));
    p.speed_mps.push_back(8 + up_to(6));
    const double x = up_to(60'000);
    for (const auto& b : boat)
      p.first_s.push_back(600 + std::hypot(b.first - x, b.second) / p.speed_mps.back());
  }
  for (const auto& a : boat)
    for (const auto& b : boat) p.metres.push_back(std::hypot(a.first - b.first, a.second - b.second));
  p.price = [](std::size_t, double s) { return s; };
  double price = 0;
  for (auto _ : state) price = plan_rounds(p).price;
  state.counters["price"] = price;
  state.counters["inserted"] = insert_rounds(p).price;
}
BENCHMARK(rounds_of_twenty_units_and_a_hundred_boats)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace varne
