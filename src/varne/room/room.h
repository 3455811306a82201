#pragma once
/// The room: a deterministic state machine. An `Event` goes in, entries come out. It reads no clock, no
/// socket, no file and no random source but the seeded one, so that live, replay and simulation cannot be
/// told apart. Start here. incident.h has what an incident is; replay.h drives the room through a recorded
/// day.

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "varne/core/hash.h"
#include "varne/drift/leeway.h"
#include "varne/feed/observation.h"
#include "varne/fleet/unit.h"
#include "varne/picture/picture.h"
#include "varne/record/entry.h"
#include "varne/record/people.h"
#include "varne/room/incident.h"
#include "varne/sea/sea.h"
#include "varne/sea/zones.h"

namespace varne {

/// What does not change while a room lives. Shared by all copies of a room.
struct World {
  Sea sea;
  Zones zones;
  std::vector<Unit> units;
  std::vector<LeewayClass> leeway;
  std::string title;      ///< of the day or desk
  bool exercise = false;  ///< marked on every page
  std::uint64_t seed = 0;
};

/// Slow work the room asked for (entry kind "forecast_requested"); the driver runs it and brings the answer
/// back.
struct ForecastRequest {
  std::string id;  ///< "F3"
  std::string incident;
  std::string leeway_key;
  Release release;
  DriftOptions options;
  Hash inputs{};  ///< of all of the above and the sea's sources, canonical
};

/// The answer to a request, as an event.
struct ForecastAnswer {
  std::string request;
  Hash inputs{};
  std::shared_ptr<const DriftRun> run;  ///< null: it could not be made
  std::string refusal;                  ///< why not
};

struct ClockTick {};

/// What goes in. `at` is the arrival; it never goes back from one event to the next.
struct Event {
  Time at;
  std::variant<ClockTick, Observation, ForecastAnswer> what;
};

/// A value: a copy is a snapshot, and both go on alike from there.
class Room {
 public:
  explicit Room(std::shared_ptr<const World> world);

  /// Entries are numbered on from the last. Never fails: what cannot be believed is said in an entry.
  std::vector<Entry> apply(const Event& event);

  /// Requests not yet answered, oldest first.
  [[nodiscard]] const std::deque<ForecastRequest>& pending() const { return pending_; }

  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] std::uint64_t last_entry() const { return last_; }
  [[nodiscard]] const World& world() const { return *world_; }
  [[nodiscard]] const Picture& picture() const { return picture_; }
  [[nodiscard]] const std::map<std::string, Incident>& incidents() const { return incidents_; }
  [[nodiscard]] const PeopleBooks& people() const { return people_; }
  [[nodiscard]] const std::map<std::string, UnitPosition>& unit_positions() const { return unit_positions_; }
  [[nodiscard]] const std::vector<Report>& claims() const { return claims_; }
  /// The latest forecast of an incident, or null.
  [[nodiscard]] std::shared_ptr<const DriftRun> forecast(const std::string& incident) const;
  /// Ids of tracks that the last `apply` changed, each once: what a console is told at once (entries about
  /// tracks are fewer: one when a track starts, is confirmed, identified, coasts or drops, and one a minute
  /// while it moves).
  [[nodiscard]] const std::vector<std::string>& touched_tracks() const { return touched_; }

 private:
  // ... owned by the folder
  std::shared_ptr<const World> world_;
  Picture picture_;
  PeopleBooks people_;
  std::map<std::string, Incident> incidents_;
  std::map<std::string, UnitPosition> unit_positions_;
  std::vector<Report> claims_;
  std::deque<ForecastRequest> pending_;
  std::map<std::string, std::shared_ptr<const DriftRun>> forecasts_;
  std::vector<std::string> touched_;
  std::uint64_t last_ = 0;
  Time now_;
};

}  // namespace varne
