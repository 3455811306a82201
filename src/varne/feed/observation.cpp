#include "varne/feed/observation.h"

namespace varne {

void move_time(Observation& observation, Duration by) {
  observation.time += by;
  auto* scan = std::get_if<RadarScan>(&observation.what);
  if (scan == nullptr) return;
  scan->from += by;
  scan->to += by;
  for (RadarPlot& plot : scan->plots) plot.time += by;
}

}  // namespace varne
