#pragma once
/// The tree of a verdict's reasons (doctrine/reasons.h) as the record keeps it, as far as pages and `why`
/// tell it.

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "varne/core/fields.h"
#include "varne/core/fields_json.h"

namespace varne::said_of {

/// A value as it was said: a truth, a number or one of a fact's choices; nothing where none was.
using Value = std::variant<std::monostate, bool, double, std::string>;

/// One word on a fact, or a number that was set and signed.
struct Word {
  Value value = {};
  std::string source = {}, at = {};
  std::uint64_t entry = 0;  ///< 0: no entry's
  static constexpr auto fields() {
    return std::tuple{said("value", &Word::value, ""), said("source", &Word::source, ""),
                      said("at", &Word::at, ""), said("entry", &Word::entry, "")};
  }
};

struct Rule {
  std::string id = {}, says = {}, truth = {}, fact = {}, standing = {}, parameter = {};
  Value limit = {};
  std::optional<Word> set_and_signed = {};
  std::vector<Word> words = {};
  static constexpr auto fields() {
    return std::tuple{said("id", &Rule::id, ""),
                      said("says", &Rule::says, ""),
                      said("truth", &Rule::truth, ""),
                      said("fact", &Rule::fact, ""),
                      said("standing", &Rule::standing, ""),
                      said("parameter", &Rule::parameter, ""),
                      said("limit", &Rule::limit, ""),
                      said("signed", &Rule::set_and_signed, ""),
                      said("said", &Rule::words, "")};
  }
};

struct Consent {
  std::string role = {}, by = {}, at = {};
  std::optional<bool> given = {};  ///< nothing: they have not spoken
  std::uint64_t entry = 0;
  static constexpr auto fields() {
    return std::tuple{said("role", &Consent::role, ""), said("by", &Consent::by, ""),
                      said("at", &Consent::at, ""), said("given", &Consent::given, ""),
                      said("entry", &Consent::entry, "")};
  }
};

/// What alone would change the ruling.
struct Pivot {
  std::string ruling = {}, fact = {}, becomes = {};
  static constexpr auto fields() {
    return std::tuple{said("ruling", &Pivot::ruling, ""), said("fact", &Pivot::fact, ""),
                      said("becomes", &Pivot::becomes, "")};
  }
};

struct OfDoctrine {
  std::string name = {}, hash = {};
  static constexpr auto fields() {
    return std::tuple{said("name", &OfDoctrine::name, ""), said("hash", &OfDoctrine::hash, "")};
  }
};

/// Of one doctrine on one response.
struct Verdict {
  OfDoctrine doctrine = {};
  std::string kind = {}, stance = {}, ruling = {}, summary = {}, distress_ruled_out = {};
  bool permits = false;
  std::vector<std::string> needs = {}, unless = {}, orders = {};
  std::vector<Rule> rules = {};
  std::vector<Consent> consents = {};
  std::vector<Pivot> would_change = {};
  static constexpr auto fields() {
    using V = Verdict;
    return std::tuple{said("doctrine", &V::doctrine, ""),
                      said("kind", &V::kind, ""),
                      said("stance", &V::stance, ""),
                      said("ruling", &V::ruling, ""),
                      said("summary", &V::summary, ""),
                      said("distress_ruled_out", &V::distress_ruled_out, ""),
                      said("permits", &V::permits, ""),
                      said("needs", &V::needs, ""),
                      said("unless", &V::unless, ""),
                      said("orders", &V::orders, ""),
                      said("rules", &V::rules, ""),
                      said("consents", &V::consents, ""),
                      said("would_change", &V::would_change, "")};
  }
};

/// The verdicts of a verdict's entry, each as far as it can be read.
std::vector<Verdict> verdicts_in(const CanonicalJson& verdicts);

}  // namespace varne::said_of
