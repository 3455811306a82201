#pragma once
/// The two ways to run a drift: the engine, and the simple version that is its measure. Both keep the same
/// moments, draw the same numbers and mean the same; `drift` takes the engine.

#include <functional>

#include "varne/drift/particles.h"

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

struct RunEnd {
  std::vector<Departure> departures;  ///< in order of time
};

/// Where a run begins.
struct RunStart {
  Release release;
  Particles particles;
};

RunEnd run_fast(const Sea& sea, RunStart start, const DriftOptions& options, const KeepSnapshot& keep,
                const std::function<void(Time, double)>& progress);

RunEnd run_simply(const Sea& sea, RunStart start, const DriftOptions& options, const KeepSnapshot& keep);

/// The engine from particles that stand ready; `drift` without what it refuses of a release.
Result<DriftRun> run_from(const Sea& sea, RunStart start, const DriftOptions& options,
                          const std::function<void(Time, double)>& progress,
                          const std::function<void(DriftSnapshot&)>& take);

/// `drift` by the simple version.
Result<DriftRun> drift_simply(const Sea& sea, const LeewayClass& leeway, const Release& release,
                              const DriftOptions& options);

}  // namespace varne
