#pragma once
/// A doctrine: whose rules they are, from when to when, where, and for each response what it needs. Start
/// here; judge.h applies it to an encounter, docs/doctrine.md documents the file.
///
/// The loader refuses a doctrine that could break a promise: a response other than rescue that does not
/// itself require that distress is ruled out, consents that leave out the captain or the commander or could
/// be given by somebody else, a rule without a citation, a fact the vocabulary does not know, two versions of
/// a rule in force at once, rules that stand on each other in a circle. What the loader checks the judge
/// upholds again on its own.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/hash.h"
#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/doctrine/facts.h"

namespace varne {

/// A span of days, the end not included; open where empty.
struct Validity {
  std::optional<Time> from;
  std::optional<Time> until;
  [[nodiscard]] bool holds(Time t) const { return (!from || t >= *from) && (!until || t < *until); }
};

/// Something to be set and signed before a rule can use it; the files ship none that no source gives.
struct Parameter {
  std::string name;
  std::string unit;
  std::string says;
  std::string citation;
  std::optional<double> value;  ///< shipped default, only where a source gives it
  std::string key;              ///< "doctrine.parameter", by which an encounter sets it
  double least = -1e12;         ///< what it can be at all: as the facts that rules compare with it
  double most = 1e12;
};

/// Why a parameter cannot have this value, in words: "300 m/s cannot be; … is from 0 to 75 m/s".
std::string unfit(const Parameter& parameter, double value);

/// Whether a parameter can have this value at all.
inline bool fits(const Parameter& parameter, double value) {
  return value >= parameter.least && value <= parameter.most;
}

/// The dated versions of one rule: where they stand in the doctrine's rules.
using Versions = std::vector<std::size_t>;

/// One rule, flat: a comparison of one fact, or a combination of other rules.
struct Rule {
  enum class Kind : std::uint8_t { fact, all, any, negation };
  enum class Compare : std::uint8_t { is, at_least, at_most, after, before };

  std::string id;
  std::string says;      ///< the condition as a clause: "a French vessel is confirmed to take this boat"
  std::string citation;  ///< where it is written, with how sure that is
  Validity validity;
  Kind kind = Kind::fact;
  FactId fact = 0;
  Compare compare = Compare::is;
  double value = 0;                      ///< what the fact is compared with
  std::optional<std::size_t> parameter;  ///< instead of `value`: index into the doctrine's parameters
  std::vector<std::string> terms;        ///< all, any, negation: ids of rules
  std::vector<Versions> stands_on;       ///< the same looked up once: the versions of each term
};

enum class ResponseKind : std::uint8_t {
  rescue,       ///< the only kind that distress, or doubt of it, leaves open
  watch,        ///< stays off the boat: escort, observation
  enforcement,  ///< anything else done to a boat; needs both consents
};
const char* name_of(ResponseKind kind);

/// What a doctrine says about a response where its needs hold.
enum class Stance : std::uint8_t { requires_it, permits, forbids };
const char* name_of(Stance stance);

struct Response {
  std::string id;  ///< "rescue", "turn_round"; the same id in two doctrines is the same response
  std::string title;
  ResponseKind kind = ResponseKind::enforcement;
  Stance stance = Stance::permits;
  std::vector<std::string> needs;     ///< rules that must all hold
  std::vector<std::string> unless;    ///< rules of which none may hold
  std::vector<Versions> needs_on;     ///< the versions of each of `needs`
  std::vector<Versions> unless_on;    ///< … and of `unless`
  std::vector<std::string> consents;  ///< roles: "captain", "commander"
  std::string refused;                ///< what to do when it is refused
  std::string citation;
};

struct Doctrine {
  std::string name;  ///< "uk-turnaround-2021"
  std::string title;
  std::string authority;
  std::string territory;
  std::string about;
  std::string missing;  ///< what no source supports and is therefore left out
  Validity validity;
  std::vector<Parameter> parameters;
  std::vector<Rule> rules;  ///< in an order in which every rule stands after those it stands on
  std::vector<Response> responses;
  std::string file;
  Hash hash{};  ///< SHA-256 of the file's text: which words were in force
  std::map<std::string, Versions, std::less<>> by_id;  ///< the versions of each rule
};

Result<Doctrine> load_doctrine(const Vocabulary& vocabulary, const std::string& path);
Result<Doctrine> parse_doctrine(const Vocabulary& vocabulary, std::string_view text, const std::string& file);

/// As load_doctrine, refused with every problem of the file, by line; one where it is not TOML at all.
std::expected<Doctrine, std::vector<Error>> check_doctrine_file(const Vocabulary& vocabulary,
                                                                const std::string& path);
std::expected<Doctrine, std::vector<Error>> check_doctrine_text(const Vocabulary& vocabulary,
                                                                std::string_view text,
                                                                const std::string& file);

/// Every *.toml of a folder but facts.toml, sorted by name. Refuses two doctrines of one name, and a response
/// that is rescue in one file and something else in another.
Result<std::vector<Doctrine>> load_doctrines(const Vocabulary& vocabulary, const std::string& folder);

}  // namespace varne
