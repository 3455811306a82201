#pragma once
/// Who calls at which boats, and in which order, where there are more boats than units: a routing problem
/// with capacities whose price is when each boat is reached, not how far anybody goes.
///
/// Built by regret insertion, then improved by ruin and recreate (Schrimpf et al. 2000; the neighbourhood of
/// Christiaens and Vanden Berghe 2020, Transp. Sci. 54, 417–433): boats near one another are taken out of
/// their rounds and put back where they cost least, better plans kept, worse ones at first now and then. The
/// number of tries is fixed and the seed stated, so that the same question has the same answer at any speed.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace varne {

struct RoundsProblem {
  std::size_t units = 0;
  std::size_t boats = 0;
  std::vector<double> room = {};     ///< places aboard, one a unit, >= 0
  std::vector<double> persons = {};  ///< to be taken aboard, one a boat, >= 0
  std::vector<double> first_s =
      {};  ///< from now until the unit is at the boat, unit by unit; infinity: it cannot
  std::vector<double> metres = {};     ///< between boats, boat by boat
  std::vector<double> speed_mps = {};  ///< of each unit, > 0
  double at_boat_s = 0;                ///< spent at each before going on
  std::vector<double> unserved = {};   ///< price of never reaching a boat, one a boat; finite
  /// Price of reaching a boat after so many seconds: never falls with them.
  std::function<double(std::size_t boat, double seconds)> price = {};
};

struct Rounds {
  std::vector<std::vector<std::size_t>> stops;  ///< boats in order, one list a unit
  std::vector<std::size_t> left;                ///< boats that nobody calls at
  double price = 0;
};

/// Insertion alone: of all boats the one next that would lose most by waiting.
Rounds insert_rounds(const RoundsProblem& problem);

inline constexpr int most_tries = 4000;
/// Tries of ruin and recreate for so many boats: four for each pair of few of them, 100 each of more,
/// `most_tries` at most; none for one, which insertion has tried in every place.
constexpr int tries_for(std::size_t boats) {
  const std::size_t tries = std::min(4 * boats * boats, 100 * boats);
  return boats < 2 ? 0 : std::min(static_cast<int>(tries), most_tries);
}

/// @param tries  of ruin and recreate; nothing: `tries_for` the boats. Where they leave a boat out while as
///               many places are free as it has people, as many again, and once more, up to `most_tries`
Rounds plan_rounds(const RoundsProblem& problem, std::uint64_t seed = 1, std::optional<int> tries = {});

/// The price of rounds that keep to the rules; asserts that they do.
double price_of(const RoundsProblem& problem, const Rounds& rounds);

}  // namespace varne
