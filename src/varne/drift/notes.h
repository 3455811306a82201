#pragma once
/// What whoever reads a forecast should be told beside its numbers: where it is weaker than it looks, and
/// what it was made from.

#include <map>
#include <string>
#include <vector>

#include "varne/drift/leeway.h"

namespace varne {

/// One sentence each, without a full stop: a start on land, a change of source on the way, forcing that ended
/// and for how many particles, particles that left, a step too long for its scheme.
std::vector<std::string> notes(const DriftRun& run);

/// Where along the run a source begins to answer, or stops: "at 2021-11-11T06:00:00Z the current comes from
/// tides (100 %); before that from model.nc (100 %)".
std::vector<std::string> source_changes(const DriftRun& run);

/// Shares of the run's sources by their names, without those that did not answer.
std::map<std::string, double> shares_by_name(const DriftRun& run, const std::vector<double>& from);

/// The errors of current and wind it was made with and what else chance does, with what they stand on, in a
/// sentence.
std::string errors_in_words(const DriftOptions& options);

/// What it was learned from and how much is left of it, " Learned from …" with a full stop; "" where nothing
/// was.
std::string learned_in_words(const DriftRun& run);

/// All that a file of a forecast says of itself: errors, what it was learned from, and the notes.
std::string told_of(const DriftRun& run);

/// The sources that answered for some particle at some moment that was kept.
std::vector<std::string> answering(const DriftRun& run);

/// How many particles each scenario has: "engine failed 62 %, under way 38 %"; "" where there was one.
std::string scenarios_in_words(const DriftRun& run);

/// Whether some particles were lost because the forcing ended before the run did.
bool forcing_ended(const DriftRun& run);

/// What `DriftRun::release` is the place of: "last known"; of a run back "found"; of several scenarios "mean
/// start", where nobody need ever have been.
std::string start_in_words(const DriftRun& run);

}  // namespace varne
