#pragma once
/// What may be known of an encounter, and what is known. The vocabulary (data/doctrine/facts.toml) names
/// every fact, its kind and unit, and how long a word about it stays good; a doctrine can ask only for facts
/// that stand there.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/doctrine/truth.h"

namespace varne {

enum class FactKind : std::uint8_t { truth, number, time, choice };
const char* name_of(FactKind kind);

using FactId = std::uint16_t;

/// One word of the vocabulary.
struct FactDefinition {
  std::string name;  ///< "people_in_water"
  FactKind kind = FactKind::truth;
  std::string unit;                  ///< number: "m", "m/s", "persons"; "" where it has none
  std::vector<std::string> choices;  ///< choice: what it may be
  std::string says;  ///< what it means when true (or what the number counts), a clause without a full stop
  std::optional<Duration> good_for;  ///< a value older than this is unknown; empty: it does not age
  /// A sign of danger: one source that says yes outweighs any that say no, and the yes does not age. It goes
  /// only when a named officer lowers it with evidence about this very boat.
  bool danger = false;
};

/// The words, sorted by name; an id is the place in that order.
class Vocabulary {
 public:
  /// Refuses, with file, line and field: unknown fields or kinds, a name twice, a choice without choices, a
  /// file that lacks "distress" as a danger.
  static Result<Vocabulary> load(const std::string& path);
  static Result<Vocabulary> parse(std::string_view text, const std::string& file);

  [[nodiscard]] std::optional<FactId> find(std::string_view name) const;
  [[nodiscard]] const FactDefinition& operator[](FactId id) const { return facts_[id]; }
  [[nodiscard]] std::size_t size() const { return facts_.size(); }
  /// The fact that life first stands on.
  [[nodiscard]] FactId distress() const { return distress_; }
  /// Every sign of danger, distress among them.
  [[nodiscard]] const std::vector<FactId>& dangers() const { return dangers_; }

 private:
  std::vector<FactDefinition> facts_;
  FactId distress_ = 0;
  std::vector<FactId> dangers_;
};

/// What one source said of one fact.
struct FactValue {
  double value = 0;    ///< truth: 1 or 0; number in the fact's unit; time: ms since 1970; choice: index
  std::string source;  ///< "captain of HMC Valiant", "report C17"
  Time at;             ///< when it was so
};

/// Why a fact has the truth it has.
enum class Standing : std::uint8_t {
  known,
  never_said,
  stale,     ///< said, but longer ago than its kind of word stays good
  disputed,  ///< fresh sources disagree
};

/// A consent, for this encounter only.
struct Consent {
  bool given = false;
  std::string by;  ///< the person in the role, by office: "captain of HMC Valiant"
  Time at;
};

/// One meeting of a boat with those who may respond to it, as known at one moment. A value.
class Encounter {
 public:
  explicit Encounter(const Vocabulary& vocabulary) : said_(vocabulary.size()) {}

  Time now;
  /// By role: "captain", "commander". Whatever else stands here is kept and changes nothing.
  std::map<std::string, Consent, std::less<>> consents;
  /// Requests and orders from anybody: kept, shown, and without effect on any verdict.
  std::vector<std::string> orders;
  /// Values of doctrine parameters that somebody set and signed.
  std::map<std::string, FactValue, std::less<>> parameters;

  /// A later word of the same source replaces its earlier one, except that a danger once said to be so stays.
  void say(const Vocabulary& vocabulary, FactId fact, FactValue value);
  /// Forgets all that was said of a fact.
  void forget(FactId fact) { said_[fact].clear(); }
  [[nodiscard]] const std::vector<FactValue>& said(FactId fact) const { return said_[fact]; }

  /// Whether something holds of a fact now, asked of every word that is still good.
  struct Answer {
    Truth truth = Truth::unknown;
    Standing standing = Standing::never_said;
    const FactValue* value = nullptr;  ///< the newest word that counts, also where it is stale or disputed
  };
  /// Yes or no where all good words agree on it; a danger that one source has named is yes, whatever others
  /// say.
  /// @param holds  bool(double value)
  template <class Holds>
  [[nodiscard]] Answer ask(const Vocabulary& vocabulary, FactId fact, Holds&& holds) const {
    const auto& definition = vocabulary[fact];
    Answer answer;
    bool good = false;
    for (const auto& word : said_[fact]) {
      if (definition.danger && word.value == 1) return {truth_of(holds(1.0)), Standing::known, &word};
      if (definition.good_for && now - word.at > *definition.good_for) {
        if (!good) answer = {Truth::unknown, Standing::stale, &word};
        continue;
      }
      const Truth truth = truth_of(holds(word.value));
      if (!good) {
        answer = {truth, Standing::known, &word};
      } else {
        if (truth != answer.truth) answer.standing = Standing::disputed;
        if (word.at > answer.value->at) answer.value = &word;
      }
      good = true;
    }
    if (answer.standing == Standing::disputed) answer.truth = Truth::unknown;
    return answer;
  }

 private:
  std::vector<std::vector<FactValue>> said_;
};

}  // namespace varne
