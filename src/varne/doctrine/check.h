#pragma once
/// What makes a doctrine fit to be loaded: the promises a file could break, each refused with file, line and
/// reason.

#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/doctrine/doctrine.h"

namespace varne {

/// "file:line" of each rule and response, in the doctrine's order.
struct DoctrineLines {
  std::vector<std::string> rules;
  std::vector<std::string> responses;
};

/// Checks the doctrine, puts its rules into an order in which each stands after those it stands on, and fills
/// `by_id`.
/// @return every problem found; the doctrine can be used where there is none
std::vector<Error> check_doctrine(const Vocabulary& vocabulary, Doctrine& doctrine,
                                  const DoctrineLines& lines);

/// Who may consent: each for this encounter, nobody in their stead.
inline constexpr const char* consent_roles[] = {"captain", "commander"};

}  // namespace varne
