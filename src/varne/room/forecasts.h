#pragma once
/// Where the lost may be: the room asks, the driver computes, the answer comes back as an event.

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>

#include "varne/core/hash.h"
#include "varne/drift/leeway.h"
#include "varne/room/event.h"
#include "varne/room/incidents.h"
#include "varne/room/log.h"
#include "varne/room/world.h"

namespace varne {

/// Slow work the room asked for (entry kind "forecast_requested"); the driver runs it and brings the answer
/// back.
struct ForecastRequest {
  std::string id;  ///< "F3"
  std::string incident;
  std::string leeway_key;
  Release release;
  DriftOptions options;
  Hash inputs{};  ///< of all of the above and the contents of the sea's sources
  auto members() { return std::tie(id, incident, leeway_key, release, options, inputs); }
};

class Forecasts {
 public:
  explicit Forecasts(std::shared_ptr<const World> world) : world_(std::move(world)) {}

  /// Requests not yet answered, oldest first.
  [[nodiscard]] const std::deque<ForecastRequest>& pending() const { return pending_; }
  /// The latest that was answered, or null; and its id, or "".
  [[nodiscard]] std::shared_ptr<const DriftRun> run(const std::string& incident) const;
  [[nodiscard]] const std::string& latest(const std::string& incident) const;

  /// Asks for those that are due.
  void ask(Log& log, const Incidents& incidents, const Counts& counts);
  /// @returns the incident that has a forecast by this answer; "" where it brings none
  std::string take(Log& log, const Incidents& incidents, const ForecastAnswer& answer);
  /// A forecast of the one boat is none of two that became one.
  void forget(const std::string& incident) { of_.erase(incident); }

  auto members() { return std::tie(pending_, of_, requests_, look_); }

 private:
  /// What the last forecast was asked for with, so that the next is asked for only when it says more.
  struct Asked {
    std::string leeway;  ///< class
    Time at;
    Time place_time;
    Time until;
    std::string answered;  ///< id of the last answered forecast
    std::shared_ptr<const DriftRun> run;
    auto members() { return std::tie(leeway, at, place_time, until, answered, run); }
  };
  /// When it may be due by the clock alone; nothing where only a word of the boat can make it so.
  [[nodiscard]] std::optional<Time> due(const Incident& incident, const Counts& counts, Time now) const;
  void ask(Log& log, const Incident& incident, const std::string& leeway);

  std::shared_ptr<const World> world_;
  std::deque<ForecastRequest> pending_;
  std::map<std::string, Asked> of_;  ///< by incident
  std::uint32_t requests_ = 0;
  std::optional<Time> look_;  ///< nothing falls due by time alone before; nothing: never
};

}  // namespace varne
