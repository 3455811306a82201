#pragma once
/// What a doctrine says of an encounter: for every response a ruling and the whole tree of reasons, nothing
/// left out because something else had already decided.
///
/// Three things stand in this code and not in any file: while distress or any sign of danger is true or not
/// ruled out by an officer, nothing but rescue is permitted; unknown never permits; a response that needs
/// consents needs each of them given, for this encounter.

#include <optional>
#include <string>
#include <vector>

#include "varne/doctrine/doctrine.h"
#include "varne/doctrine/facts.h"

namespace varne {

/// Where one rule stands for this encounter.
struct Finding {
  Truth truth = Truth::unknown;
  bool in_force = true;                 ///< false: this version is not the one of this day; truth is unknown
  Standing standing = Standing::known;  ///< of the rule's fact; known for combinations
  bool parameter_unset = false;         ///< nobody has set and signed what the fact is compared with
  const FactValue* value = nullptr;     ///< what the fact's truth stood on; lives as long as the encounter
};

enum class Ruling : std::uint8_t {
  permitted,
  required,
  refused,
  unknown,         ///< not permitted; what is missing would decide
  not_in_force,    ///< the doctrine is not in force on this day
  not_called_for,  ///< rescue whose occasion is not there, or a prohibition that does not apply
  forbidden,       ///< a prohibition that applies
  conflict,        ///< doctrines disagree; not permitted
};
const char* name_of(Ruling ruling);

/// One response under one doctrine.
struct Verdict {
  const Doctrine* doctrine = nullptr;
  std::size_t response = 0;  ///< index into its responses
  Ruling ruling = Ruling::unknown;
  Truth distress_ruled_out = Truth::unknown;
  Truth needs = Truth::unknown;
  Truth exception = Truth::unknown;           ///< whether one of `unless` holds
  std::vector<std::string> consents_open;     ///< roles that have not spoken
  std::vector<std::string> consents_refused;  ///< roles that said no; final
  /// All have agreed, and one person spoke in more than one role: two have to agree. consents_open names the
  /// roles.
  std::string one_person;

  [[nodiscard]] bool permits() const { return ruling == Ruling::permitted || ruling == Ruling::required; }
};

/// All responses of one doctrine with every rule's finding.
struct Judgement {
  const Doctrine* doctrine = nullptr;
  bool in_force = false;
  std::vector<Finding> findings;     ///< by rule, in the doctrine's order
  std::vector<Verdict> verdicts;     ///< by response
  std::vector<FactId> dangers_open;  ///< signs of danger nobody has named and no officer has ruled out
};

/// A pure function of its arguments; the judgement points into both.
Judgement judge(const Vocabulary& vocabulary, const Doctrine& doctrine, const Encounter& encounter);

/// It is permitted only where distress and every sign of danger are ruled out.
bool needs_calm(const Response& response);

/// The truth of a rule: that of its version in force. Where none is, unknown and not no: a rule that has
/// lapsed must permit nothing, and a no would permit where the rule stands under "not" or "unless".
Truth truth_of(const Versions& versions, const std::vector<Finding>& findings);

/// What a rule's fact is compared with: the rule's own value, or the parameter's where somebody has set and
/// signed one or a source gives one.
std::optional<double> limit_of(const Doctrine& doctrine, const Rule& rule, const Encounter& encounter);

/// The earliest moment after `now` at which the clock alone could change a judgement: a word goes stale, or a
/// doctrine or a rule begins or ends. Empty: never.
std::optional<Time> next_change(const Vocabulary& vocabulary, const std::vector<Doctrine>& doctrines,
                                const Encounter& encounter);

/// What all doctrines together say of one response: where one permits what another forbids, neither wins.
struct Joint {
  std::string response;
  Ruling ruling = Ruling::unknown;
  std::vector<const Verdict*> verdicts;  ///< one a doctrine that knows the response
};
std::vector<Joint> join(const std::vector<Judgement>& judgements);

/// The rules in force that the verdict's response stands on, each once, every rule after those it stands on.
std::vector<std::size_t> rules_of(const Judgement& judgement, const Verdict& verdict);

/// Facts of this response's rules whose being known would decide what is unknown now, sorted by name.
std::vector<FactId> open_facts(const Judgement& judgement, const Verdict& verdict);

/// One fact that alone would change the ruling, and to what.
struct Pivot {
  FactId fact = 0;
  std::string becomes;  ///< "yes", "no", "at least 1.56 NM (2897 m)"
  Ruling ruling = Ruling::unknown;
};
std::vector<Pivot> pivots(const Vocabulary& vocabulary, const Encounter& encounter,
                          const Judgement& judgement, const Verdict& verdict);

}  // namespace varne
