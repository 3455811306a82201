#include "varne/feed/scan_gatherer.h"

#include <algorithm>

namespace varne {

void ScanGatherer::close(Radar& radar, std::vector<Observation>& out) {
  // Longer turns are learnt at once, shorter ones slowly: an empty sea on one side is no faster antenna.
  const Duration seen = std::min(slowest_turn, radar.last - radar.first);
  radar.spread = std::max(seen, radar.spread - (radar.spread - seen) / 8);
  radar.plots = radar.open->plots.size();
  if (radar.source.empty()) radar.source = "radar:" + radar.open->radar;
  out.push_back({radar.open->to, radar.source, std::move(radar.raw), std::move(*radar.open)});
  radar.open.reset();
  radar.raw.clear();
}

void ScanGatherer::take(const std::string& name, std::uint32_t number, const RadarPlot& plot,
                        std::string_view raw, Time arrival, std::vector<Observation>& out) {
  advance(arrival, out);
  Radar& radar = radars_[name];
  if (radar.open && radar.number != number) close(radar, out);
  // A piece of the turn that was given already belongs to its time, and says how long a turn is.
  const bool goes_on = radar.number == number && arrival - radar.first <= slowest_turn;
  if (!radar.open) {
    if (!goes_on) radar.first = arrival;
    radar.number = number;
    radar.open = RadarScan{name, number, plot.time, plot.time, {}};
    radar.open->plots.reserve(radar.plots);
  } else if (!raw.empty()) {
    radar.raw += '\n';
  }
  RadarScan& scan = *radar.open;
  scan.from = std::min(scan.from, plot.time);
  scan.to = std::max(scan.to, plot.time);
  scan.plots.push_back(plot);
  radar.raw += raw;
  radar.last = std::max(radar.first, arrival);
  radar.spread = std::max(radar.spread, std::min(slowest_turn, radar.last - radar.first));
}

void ScanGatherer::advance(Time now, std::vector<Observation>& out) {
  for (auto& [name, radar] : radars_) {
    // A turn that goes on longer than those before is not cut while its plots still come.
    if (radar.open && now - std::max(radar.first + radar.spread, radar.last) > slack) close(radar, out);
  }
}

void ScanGatherer::finish(std::vector<Observation>& out) {
  for (auto& [name, radar] : radars_) {
    if (radar.open) close(radar, out);
  }
}

}  // namespace varne
