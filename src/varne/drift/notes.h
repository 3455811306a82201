#pragma once
/// What whoever reads a forecast should be told beside its numbers: where it is weaker than it looks, and
/// what it was made from.

#include <string>
#include <vector>

#include "varne/drift/leeway.h"

namespace varne {

/// One sentence each, without a full stop: a start on land, a change of source on the way, forcing that ended
/// and for how many particles, particles that left, a step too long for its scheme.
std::vector<std::string> notes(const DriftRun& run);

/// The errors of current and wind it was made with, and what they stand on, in a sentence.
std::string errors_in_words(const DriftOptions& options);

/// The sources that answered for some particle at some moment that was kept.
std::vector<std::string> answering(const DriftRun& run);

/// How many particles each scenario has: "engine failed 62 %, under way 38 %"; "" where there was one.
std::string scenarios_in_words(const DriftRun& run);

/// Whether some particles were lost because the forcing ended before the run did.
bool forcing_ended(const DriftRun& run);

}  // namespace varne
