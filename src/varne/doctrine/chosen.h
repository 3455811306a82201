#pragma once
/// Some of a folder's doctrines in force, and the others not: a day or a policy says which.

#include <string>
#include <vector>

#include "varne/doctrine/rulebook.h"

namespace varne {

/// The same with only these doctrines. Refuses a name that none of them has, and lists those there are.
Result<Rulebook> only_doctrines(Rulebook rules, const std::vector<std::string>& names);

}  // namespace varne
