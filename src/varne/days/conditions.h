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

/// What people have decided about one boat, drawn once for it: the same under every policy.
struct Answers {
  bool captain = false;
  bool commander = false;
  bool french_vessel = false;
  double craft = 0;
};
Answers answers_of(const Numbers& numbers, std::uint64_t seed, std::uint32_t boat);

/// Every fact that the response asks for, as it truly is of this boat at this minute.
/// @param called  somebody has called for help for it
std::vector<Word> words_of_boat(const Strait& strait, const Boats& boats, std::size_t boat,
                                const Answers& answers, const Weather::Hour& weather, Minute minute,
                                bool called);

class Conditions {
 public:
  /// @param rules  with a doctrine that knows the response; asserted
  Conditions(std::shared_ptr<const Rulebook> rules, std::string response);

  /// The conditions in order: what it needs, what it must not be ("not: …"), and the consents.
  [[nodiscard]] const std::vector<std::string>& ids() const { return ids_; }
  /// In words, for a person.
  [[nodiscard]] const std::vector<std::string>& says() const { return says_; }
  /// How many of them are no consents: the first ones.
  [[nodiscard]] std::size_t without_consents() const { return rules_count_; }

  /// Which hold, one each in their order, 1 or 0. Unknown does not hold.
  void judge(const Numbers& numbers, const std::vector<Word>& words, const Answers& answers, Time now,
             std::vector<std::uint8_t>& holds) const;

 private:
  std::shared_ptr<const Rulebook> rules_;
  const Doctrine* doctrine_ = nullptr;
  std::size_t index_ = 0;  ///< of the response
  std::size_t rules_count_ = 0;
  std::vector<std::string> ids_;
  std::vector<std::string> says_;
};

/// How long a boat met every condition at once.
struct Held {
  bool in_uk_waters = false;  ///< it ever was
  Minute longest = 0;         ///< all that are no consents, without a break
  Minute longest_agreed = 0;  ///< and the consents
  std::vector<Minute> alone;  ///< minutes for which this condition alone stood in the way, consents left out
  std::vector<std::uint8_t> ever;  ///< whether each ever held
};

/// One boat's whole way, nobody meeting it, asked every ten minutes in UK waters: the most that the
/// procedure could have had.
std::vector<Held> opportunities(const Strait& strait, const Numbers& numbers, const Conditions& conditions,
                                Date day, const DayTide& tide, double day_conditions, std::uint64_t seed);

}  // namespace varne::days
