#pragma once
/// A doctrine as plain text in short lines, for somebody who has to act by it: first what may be done and
/// what it needs, then where each line is written, then what is missing.

#include <string>

#include "varne/doctrine/doctrine.h"

namespace varne {

std::string explain(const Vocabulary& vocabulary, const Doctrine& doctrine);

}  // namespace varne
