#pragma once
/// The two ways to run a drift: the engine, and the simple version that is its measure. Both keep the same
/// moments, draw the same numbers and mean the same; `drift` takes the engine.

#include <functional>

#include "varne/drift/particles.h"
#include "varne/drift/pieces.h"

namespace varne {

/// All particles at a moment that is kept; valid during the call only.
struct KeptMoment {
  Time time;
  const Particles& particles;
  std::size_t count;
  std::vector<double> current_from;  ///< as `DriftSnapshot` has them
  std::vector<double> wind_from;
};
using KeepSnapshot = std::function<void(const KeptMoment&)>;

/// Where a run begins, or goes on.
struct RunStart {
  Release release;
  Particles particles;
  std::optional<Time> now = {};  ///< it has come so far already: to a moment that is kept
  std::uint32_t next_step = 1;   ///< number of the step that begins then
  double most_slope = 0;         ///< of all leeway there may be, found when the run began
  double most_offset = 0;        ///< [m/s]
};

struct RunEnd {
  std::vector<Departure> departures;  ///< in order of time
  RunStart next = {};                 ///< to go on from; of `run_fast` only
};

/// @param until  stop here, at a moment that is kept; nothing: at the end
RunEnd run_fast(const Sea& sea, RunStart start, const DriftOptions& options, const KeepSnapshot& keep,
                const std::function<void(Time, double)>& progress, std::optional<Time> until = {});

RunEnd run_simply(const Sea& sea, RunStart start, const DriftOptions& options, const KeepSnapshot& keep);

/// The engine from particles that stand ready; `drift_in_pieces` without what it refuses of a release.
Result<DriftRun> run_from(const SeaOver& sea_over, Duration piece, RunStart start,
                          const DriftOptions& options, const std::function<void(Time, double)>& progress);

/// `drift` by the simple version.
Result<DriftRun> drift_simply(const Sea& sea, const LeewayClass& leeway, const Release& release,
                              const DriftOptions& options);

}  // namespace varne
