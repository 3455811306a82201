#pragma once
/// The question of the autumn of 2021: of how many boats would every condition of the turnaround have held at
/// once, for as long as it would have taken? Answered as a share under declared ranges, with the assumptions
/// that decide it.
///
/// Chances that one boat has or has not, independently (whether somebody asks for asylum, whether a French
/// vessel is confirmed, …), are multiplied, not drawn: their product is their expectation, and small shares
/// need no millions of boats. All else is simulated: each boat's whole way, nobody meeting it, its place,
/// the sea, its engine, its calls. Which facts the procedure asks for and what it makes of them is asked of
/// the doctrine itself.

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "varne/days/conditions.h"
#include "varne/days/simulated_day.h"
#include "varne/days/sobol.h"

namespace varne::days {

/// The share under one set of numbers.
struct Share {
  double moving = 0;    ///< of boats: what changes on the way (place, sea, engine, calls) held long enough
  double of_boat = 1;   ///< chance of all that is so or not of a boat from the start
  double consents = 1;  ///< that captain and commander agree, and
  double uk = 0;        ///< share of boats that ever were in UK waters
  [[nodiscard]] double conditions() const { return moving * of_boat; }
  [[nodiscard]] double all() const { return moving * of_boat * consents; }
};

/// One chance in the product.
struct Factor {
  Q quantity{};
  std::string says;
  double chance = 0;
};

class Question {
 public:
  /// @param days  simulated for each answer: the same for every set of numbers, each with boats
  Question(std::shared_ptr<const Strait> strait, std::string policy, int days, std::uint64_t seed);

  [[nodiscard]] Share ask(const Numbers& numbers) const;
  [[nodiscard]] std::vector<Factor> factors(const Numbers& numbers) const;
  /// Boats of the days that are simulated, under the scenario's own numbers.
  [[nodiscard]] std::size_t boats() const;
  /// The numbers that can change the answer: those of boats, people, calls, weather, answers, turnaround.
  [[nodiscard]] std::vector<Knob> knobs() const;
  [[nodiscard]] const Strait& strait() const { return *strait_; }

 private:
  /// What of the share changes on the way.
  struct Moving {
    double held = 0;
    double rough = 0;  ///< share of those held in rough weather
    double uk = 0;
  };
  [[nodiscard]] Moving moving(const Numbers& numbers) const;
  [[nodiscard]] double craft_chance(const Numbers& numbers) const;

  std::shared_ptr<const Strait> strait_;
  Conditions conditions_;
  std::vector<DayDraw> days_;
  std::vector<DayTide> tides_;
  std::vector<std::uint8_t> craft_enough_;  ///< by number of craft: the doctrine takes it
  /// Answers given before: many sets of numbers differ only in chances, which move no boat.
  mutable std::mutex guard_;
  mutable std::map<std::vector<double>, Moving> known_;
};

/// Everything that docs/results.md says, from one run.
struct Answer {
  Share own;  ///< under the scenario's own numbers
  std::vector<Factor> factors;
  std::vector<double> shares;  ///< under a Latin hypercube over all ranges, sorted: conditions,
  std::vector<double> agreed;  ///< and with consents
  struct Bar {
    Knob knob;
    double at_low = 0;  ///< share with this number at the low end of its range, all else its own
    double at_high = 0;
  };
  std::vector<Bar> tornado;  ///< widest first
  struct Curve {
    Q quantity{};
    std::vector<std::pair<double, double>> points;  ///< value, share
  };
  std::vector<Curve> curves;  ///< of what was never published
  std::vector<Knob> sobol_of;
  std::vector<SobolIndex> sobol;
  /// Numbers set to their favourable ends one after another, those of most effect first, until 1 % is
  /// reached.
  std::vector<std::pair<Knob, double>> towards_one_percent;
  std::size_t boats = 0;
  int days = 0, draws = 0, rows = 0;
};

/// @param draws  of the Latin hypercube
/// @param rows   of the Sobol' design; the model is asked rows · (dimensions + 2) times
Answer answer_question(const Question& question, int days, int draws, int rows, std::size_t threads,
                       std::uint64_t seed);

/// As a page of the manual.
std::string answer_markdown(const Question& question, const Answer& answer, const std::string& command);

}  // namespace varne::days
