#include "varne/days/crews.h"

#include <gtest/gtest.h>

#include <cmath>
#include <deque>

#include "small_scenario.h"
#include "varne/days/statistics.h"

namespace varne::days {
namespace {

/// Erlang's C: the chance that all `c` servers are busy.
/// @param load  arrivals a unit of time times the mean service, < c
double chance_to_wait(int c, double load) {
  double term = 1;
  double sum = 0;
  for (int k = 0; k < c; ++k) {
    sum += term;
    term *= load / (k + 1);
  }
  const double last = term * c / (c - load);
  return last / (sum + last);
}

/// Stations made memoryless: boats call from their very berth at exponential intervals, and all that takes
/// time is an exponential stay in port.
TEST(Crews, boats_wait_for_units_as_long_as_in_the_queue_mmc) {
  constexpr int units = 3;
  constexpr double port_min = 250;
  constexpr double between_min = 122;
  constexpr Minute minutes = 60000;
  constexpr Minute settled = 8000;
  Strait strait;
  strait.scenario = scenario(shipped);
  for (int u = 0; u < units; ++u) {
    Unit unit;
    unit.name = std::string(1, static_cast<char>('A' + u));
    unit.state = "UK";
    unit.home = {1.33, 51.11};
    unit.speed_mps = 12;
    unit.capacity = 10;
    strait.units.push_back(unit);
  }
  Numbers n = fixed(strait.scenario.numbers(), {{Q::serviceable, 1}, {Q::readiness, 0}, {Q::transfer, 1}});
  n.set(Q::port, Shape::exponential, {port_min, 0, 0});
  std::vector<double> waits;        // of one run together
  std::vector<double> boats_heard;  // in it
  double busy = 0;
  double served = 0;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    std::vector<Minute> calls;
    for (double t = 0; t < minutes;) {
      t -= between_min * std::log(draw(seed, static_cast<std::uint32_t>(calls.size()), For::calls));
      calls.push_back(static_cast<Minute>(t));
    }
    Boats boats(calls.size());
    for (std::size_t b = 0; b < boats.size(); ++b) {
      boats.lon[b] = 1.33;
      boats.lat[b] = 51.11;
      boats.state[b] = BoatState::adrift;
      boats.aboard[b] = 1;
      boats.takes_water[b] = boats.engine_stops[b] = boats.in_water_at[b] = never;
    }
    Motion motion(strait, n, boats, seed);
    Crews crews(strait, n, {}, seed);
    std::deque<std::size_t> queue;
    std::vector<double> of_this;
    std::size_t next = 0;
    for (Minute minute = 0; minute < minutes; ++minute) {
      while (next < calls.size() && calls[next] <= minute) queue.push_back(next++);
      for (std::size_t c = 0; c < crews.all().size() && !queue.empty(); ++c) {
        if (crews.all()[c].task != CrewTask::idle) continue;
        crews.send(c, queue.front(), 0, minute);
        if (calls[queue.front()] >= settled) of_this.push_back(minute - calls[queue.front()]);
        queue.pop_front();
      }
      crews.step(minute, boats, motion, false);
      for (const CrewEvent& event : crews.events()) served += event.kind == CrewEvent::Kind::landed ? 1 : 0;
    }
    for (const Crew& crew : crews.all()) busy += crew.minutes;
    waits.push_back(mean_of(of_this) * static_cast<double>(of_this.size()));
    boats_heard.push_back(static_cast<double>(of_this.size()));
  }
  const double service = busy / served;  // port and the few minutes of going through the motions
  EXPECT_NEAR(service, port_min, 12);
  const double load = service / between_min;
  const double expected = chance_to_wait(units, load) * service / (units - load);
  // A run with more boats has longer waits: the mean is over boats, its error that of a ratio.
  const double mean = mean_of(waits) / mean_of(boats_heard);
  std::vector<double> off;
  for (std::size_t r = 0; r < waits.size(); ++r)
    off.push_back((waits[r] - mean * boats_heard[r]) / mean_of(boats_heard));
  const double error = std::sqrt(variance_of(off) / static_cast<double>(off.size()));
  EXPECT_NEAR(mean, expected, 3 * error) << "service " << service << " error " << error;
  EXPECT_LT(error, 0.05 * expected);
}

}  // namespace
}  // namespace varne::days
