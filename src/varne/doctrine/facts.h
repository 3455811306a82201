#pragma once
/// What may be known of an encounter, and what is known. The vocabulary (data/doctrine/facts.toml) names
/// every fact, its kind and unit, and how long a word about it stays good; a doctrine can ask only for facts
/// that stand there.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "varne/core/hash.h"
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
  std::string unit;      ///< number: "m", "m/s", "persons"; "" where it has none
  double least = -1e12;  ///< number: what it can be at all; anything outside is refused
  double most = 1e12;
  std::vector<std::string> choices;  ///< choice: what it may be
  std::string says;  ///< what it means when true (or what the number counts), a clause without a full stop
  std::optional<Duration> good_for;  ///< a value older than this is unknown; empty: it does not age
  /// A sign of danger: one source that says yes outweighs any that say no, and the yes does not age. Within
  /// an encounter nothing takes it back; who accepts that a named officer has answered for it, with evidence
  /// about this very boat, makes the next encounter without that word, as the room does. A no counts only
  /// from an officer, for as long as it is good.
  bool danger = false;
};

/// The signs of danger that every vocabulary has, whatever its file leaves out: those that move a boat to
/// distress for good. A file may name more.
inline constexpr const char* least_dangers[] = {"distress",     "people_in_water", "engine_stopped",
                                                "taking_water", "call_for_help",   "medical_case",
                                                "child_alone",  "overloaded",      "wide_inquiry_failed"};
/// An officer's word that there is no danger lasts so long at the most.
inline constexpr Duration calm_most = std::chrono::hours(6);

/// The words, sorted by name; an id is the place in that order.
class Vocabulary {
 public:
  /// Refuses, with file, line and field: unknown fields or kinds, a name twice or of other than ASCII
  /// letters, digits, '_', '-' and '.', a number without least and most, a choice without choices or with
  /// "unknown" among them, a danger that would stay ruled out for longer than calm_most, a file that lacks
  /// one of `dangers`.
  static Result<Vocabulary> load(const std::string& path);
  /// @param dangers  what must stand there as a sign of danger beside "distress"
  static Result<Vocabulary> parse(std::string_view text, const std::string& file,
                                  std::span<const char* const> dangers = least_dangers);

  [[nodiscard]] std::optional<FactId> find(std::string_view name) const;
  [[nodiscard]] const FactDefinition& operator[](FactId id) const { return facts_[id]; }
  [[nodiscard]] std::size_t size() const { return facts_.size(); }
  /// The fact that life first stands on.
  [[nodiscard]] FactId distress() const { return distress_; }
  /// Every sign of danger, distress among them.
  [[nodiscard]] const std::vector<FactId>& dangers() const { return dangers_; }
  /// SHA-256 of the file's text: which words were in force.
  [[nodiscard]] const Hash& hash() const { return hash_; }

 private:
  std::vector<FactDefinition> facts_;
  FactId distress_ = 0;
  std::vector<FactId> dangers_;
  Hash hash_{};
};

/// What one source said of one fact.
struct FactValue {
  double value = 0;         ///< truth: 1 or 0; number in the fact's unit; time: ms since 1970; choice: index
  std::string source;       ///< "captain of HMC Valiant", "report C17"
  Time at;                  ///< when it was so
  std::string role = {};    ///< who speaks: "captain", "commander", "coordinator", …; "" where nobody says
  std::uint64_t entry = 0;  ///< number of the record's entry that says so, 0 where none does
  auto members() { return std::tie(value, source, at, role, entry); }
};

/// Only these may say that there is no danger: by name, of this very boat. From anybody else such a word
/// counts for nothing.
bool is_officer(std::string_view role);

/// What a person or a file can give for a fact: nothing, a truth, a number, or a text (a time in ISO 8601, a
/// choice by its name).
using Given = std::variant<std::monostate, bool, double, std::string>;

/// A word for a fact, checked against its kind and bounds; refused with the fact's name, what was given and
/// what it wants.
Result<FactValue> fact_value(const Vocabulary& vocabulary, FactId fact, const Given& given,
                             std::string source, Time at, std::string role = {}, std::uint64_t entry = 0);

/// "yes", "3.5 m", "2021-11-11T05:00:00Z", "UK": a fact's value as a person reads it.
std::string shown_value(const FactDefinition& fact, double value);

/// Why a fact has the truth it has.
enum class Standing : std::uint8_t {
  known,
  never_said,
  stale,           ///< said, but longer ago than its kind of word stays good
  disputed,        ///< fresh sources disagree
  not_by_officer,  ///< said to be no danger, but not by an officer
  ahead,           ///< said, but of a time that has not come
};

/// A consent, for this encounter and one response only.
struct Consent {
  std::string response;  ///< "turn_round"
  std::string role;      ///< "captain", "commander"; whatever else stands here is kept and changes nothing
  bool given = false;
  std::string by;  ///< the person in the role, by office: "captain of HMC Valiant"
  Time at;
  std::uint64_t entry = 0;  ///< as FactValue's
};

/// One meeting of a boat with those who may respond to it, as known at one moment. A value.
class Encounter {
 public:
  explicit Encounter(const Vocabulary& vocabulary) : said_(vocabulary.size()) {}

  Time now;
  /// Requests and orders from anybody: kept, shown, and without effect on any verdict.
  std::vector<std::string> orders;
  /// Values of doctrine parameters that somebody set and signed, by "doctrine.parameter".
  std::map<std::string, FactValue, std::less<>> parameters;

  /// A later word of the same source replaces its earlier one, except that a danger once said to be so stays,
  /// in whatever order the words arrive.
  void say(const Vocabulary& vocabulary, FactId fact, FactValue value);
  /// The latest word of each person counts; one person's yes does not lift another's no.
  void hear(Consent consent);
  /// The words that count for a response, one a role in their order: a refusal before any agreement, and
  /// agreements of different people where there are; null where the role has not spoken. An agreement dated
  /// after `now`, or of somebody without a name that can be read, is none.
  [[nodiscard]] std::vector<const Consent*> consents(std::string_view response,
                                                     const std::vector<std::string>& roles) const;
  [[nodiscard]] const std::vector<Consent>& consents() const { return consents_; }
  /// Forgets what was said for a role and response.
  void forget_consent(std::string_view response, std::string_view role);

  /// Forgets all that was said of a fact.
  void forget(FactId fact) { said_[fact].clear(); }
  [[nodiscard]] const std::vector<FactValue>& said(FactId fact) const { return said_[fact]; }

  /// Whether something holds of a fact now, asked of every word that is still good and not of a time to come.
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
      if (definition.danger && !is_officer(word.role)) {
        if (answer.standing == Standing::never_said)
          answer = {Truth::unknown, Standing::not_by_officer, &word};
        continue;
      }
      // It would be fresh for ever: until its time comes, and its span longer.
      if (word.at > now) {
        if (!good) answer = {Truth::unknown, Standing::ahead, &word};
        continue;
      }
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
  std::vector<Consent> consents_;
};

}  // namespace varne
