#pragma once
/// Every condition of one response, asked of a boat as it truly is: what could be known of it if everybody
/// saw everything. The rules are the doctrine's own (doctrine/judge.h), none is written again here.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "varne/days/truth.h"
#include "varne/doctrine/judge.h"
#include "varne/doctrine/rulebook.h"

namespace varne::days {

/// A word of a captain on scene: a fact of the vocabulary and its value.
struct Word {
  std::string_view fact;
  std::variant<bool, double, std::string> value;
};

/// What people decide about one boat, drawn once for it: the same under every policy.
struct Answers {
  double captain = 1;  ///< a draw: agrees where the chance under the circumstances is above it
  bool commander = false;
  bool french_vessel = false;
  double craft = 0;
};
Answers answers_of(const Numbers& numbers, std::uint64_t seed, std::uint32_t boat);

/// Wind or waves are above half of what the turnaround is allowed in.
bool is_rough(const Numbers& numbers, const Weather::Hour& weather);
/// What the captain on scene answers in this weather.
bool captain_agrees(const Numbers& numbers, const Answers& answers, const Weather::Hour& weather);

/// Every fact that the response asks for, as it truly is of this boat at this minute.
/// @param called  somebody has called for help for it
std::vector<Word> words_of_boat(const Strait& strait, const Boats& boats, std::size_t boat,
                                const Answers& answers, const Weather::Hour& weather, Minute minute,
                                bool called);

class Conditions {
 public:
  /// @param rules  with a doctrine that knows the response; asserted
  Conditions(std::shared_ptr<const Rulebook> rules, std::string response);

  /// Whether all hold at once, the consents left out. What is not known does not hold.
  [[nodiscard]] bool hold(const Numbers& numbers, const std::vector<Word>& words, Time now) const;

 private:
  std::shared_ptr<const Rulebook> rules_;
  const Doctrine* doctrine_ = nullptr;
  std::size_t index_ = 0;  ///< of the response
};

/// Whether a boat met every condition at once, the consents left out, for as long as a turnaround takes.
struct Held {
  bool in_uk_waters = false;  ///< it ever was
  bool long_enough = false;   ///< without a break
  bool rough = false;         ///< the weather was, when it first had
};

/// One boat's whole way, nobody meeting it, asked every ten minutes in UK waters: the most that the
/// procedure could have had.
std::vector<Held> opportunities(const Strait& strait, const Numbers& numbers, const Conditions& conditions,
                                Date day, const DayTide& tide, double day_conditions, std::uint64_t seed);

}  // namespace varne::days
