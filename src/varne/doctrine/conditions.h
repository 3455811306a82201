#pragma once
/// What must be so before a response is permitted, as one list: danger ruled out, its needs, none of its
/// exceptions, the consents. Which of them stands in the way, and whether it is the only one.

#include <cstddef>
#include <string>
#include <vector>

#include "varne/doctrine/judge.h"

namespace varne {

/// One condition of a response.
struct Condition {
  std::string id;    ///< "distress_ruled_out", the rule's, "not " and the rule's, or the role
  std::string says;  ///< a clause: "the boat is in UK waters", "it is not so that …", "the captain agrees"
};

/// The conditions in order, consents last. Where the response may be done only with danger ruled out, that is
/// one condition, and rules that say no more than the absence of a sign of danger are part of it.
std::vector<Condition> conditions_of(const Vocabulary& vocabulary, const Doctrine& doctrine,
                                     const Response& response);

/// Where each stands, in the same order. A consent: given, refused, or nobody has spoken.
std::vector<Truth> stand_of(const Vocabulary& vocabulary, const Judgement& judgement, const Verdict& verdict);

/// How far a response is from having every condition.
struct Shortfall {
  bool in_force = false;    ///< the doctrine is, on this day
  std::size_t missing = 0;  ///< conditions that do not hold or are not known to
  std::size_t last = 0;  ///< number of the last of them: where it is the only one, what alone is in the way
  bool unknown = false;  ///< of that one: nobody knows
};
Shortfall shortfall_of(const Vocabulary& vocabulary, const Judgement& judgement, const Verdict& verdict);

}  // namespace varne
