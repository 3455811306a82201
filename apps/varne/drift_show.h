#pragma once
/// How `varne drift` shows what was made.

#include <cstddef>
#include <string>
#include <vector>

#include "drift_asked.h"
#include "terminal.h"
#include "varne/drift/summary.h"

namespace varne::app {

/// "11 Nov 05:00".
std::string clock(Time time);
Done write_text(const std::string& path, const std::string& text);
/// How many went where no coastline was loaded.
std::size_t beyond(const std::vector<Place>& places, const Coasts& coasts);
/// Notes, a line each on stderr.
void tell(const std::vector<std::string>& notes);
bool wants_files(const Asked& asked);

/// What was made, however it was asked for: on stdout, in the files asked for, and on stderr what weakens it.
/// @param rows  one a moment, for the page of text
/// @returns the exit status: 3 where the forcing ended before the run did
int show(const Asked& asked, const DriftRun& run, const LeewayClass& leeway,
         const std::vector<DriftSummary>& rows, std::size_t strays, Progress& progress);

}  // namespace varne::app
