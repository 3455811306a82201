#pragma once
/// Who can be with a boat, and when: units of the fleet and ships that AIS hears near by, measured alike
/// (fleet/reach.h), to where the boat is forecast to be. It shows; who goes is for people to say (tasking.h).

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "varne/fleet/reach.h"
#include "varne/room/counts.h"
#include "varne/room/forecasts.h"
#include "varne/room/incidents.h"
#include "varne/room/traffic.h"
#include "varne/room/world.h"

namespace varne {

/// What of a boat is to be reached.
struct Aim {
  Target target;
  std::string forecast;  ///< "F3"; "": there is none that reaches so far, and it is the last place, carried
                         ///< by what current is known
};

/// One that could go.
struct Reacher {
  std::string name;        ///< as the list of units has it; of a ship her name, or "Ship 244123456"
  std::string kind;        ///< "lifeboat", …; of a ship "cargo ship", …, "ship" where she does not say
  std::string track = {};  ///< of a ship; "" of a unit
  double distance_m = 0;   ///< straight, to the middle of where the boat is now
  Reach reach = {};        ///< its times are from now, launch delay included
  std::optional<Duration> delay = {};     ///< of that, to get under way; nothing: under way, or not known
  std::optional<std::int32_t> free = {};  ///< places left aboard; nothing where that is not known
  std::string meets = {};  ///< the forecast it is measured to ("F3"); "": the last place, carried by what
                           ///< current is known
  std::optional<UnitStatus> status = {};  ///< of a unit
  bool declined = false;                  ///< this boat
  std::vector<std::string> notes = {};    ///< what speaks against it or is not known, a sentence each
};

/// What of a unit's places is certainly free; nothing where its capacity is not known.
std::optional<std::int32_t> free_places(const Counts& counts, const Unit& unit);

/// The ship that AIS hears by this name, "Ship 244123456" or MMSI, in any case of letters; null.
const Track* ship_named(const Picture& picture, std::string_view name);
/// "AMBER STAR", "Ship 244123456".
std::string ship_name(const Track& ship);
/// What a ship says she is (M.1371-5, table 53), "ship" where she says nothing.
std::string ship_kind(const Track& ship);

class Reachers {
 public:
  /// The machines that are asked, and the time.
  struct Seen {
    const Traffic& traffic;
    const Counts& counts;
    const Forecasts& forecasts;
    Time now;
  };
  explicit Reachers(std::shared_ptr<const World> world) : world_(std::move(world)) {}

  /// Some place is known, and not too old: only then is there an aim.
  [[nodiscard]] static bool has_aim(const Seen& seen, const Incident& incident);
  /// Nothing where no place is known.
  /// @param incident  the one that keeps its boat's account
  [[nodiscard]] std::optional<Aim> aim(const Seen& seen, const Incident& incident) const;
  /// All units that are on duty, and the ships that could be there within two hours, eight at most; soonest
  /// first, those whose time is not known last.
  [[nodiscard]] std::vector<Reacher> all(const Seen& seen, const Incident& incident) const;
  /// One unit of the list.
  /// @param asked  when it was asked: its launch delay runs from there
  [[nodiscard]] Reacher of(const Seen& seen, const Unit& unit, const Aim& aim, Time asked) const;
  [[nodiscard]] Reacher of(const Seen& seen, const Track& ship, const Aim& aim) const;

 private:
  /// Ways and targets that were worked out before. Nothing depends on what is kept: a copy of a room begins
  /// with none, so that no two share it.
  struct Kept {
    Kept() = default;
    Kept(const Kept& /*other*/) {}
    Kept& operator=(const Kept& /*other*/) { return *this; }
    Kept(Kept&&) = default;
    Kept& operator=(Kept&&) = default;
    ~Kept() = default;
    std::map<std::tuple<double, double, double>, Passages> ways;  ///< by place and depth
    std::map<std::string, std::pair<std::string, Aim>> aims;  ///< by incident: what it was made of, and it
  };
  Reach measure(const UnitNow& now, const Aim& aim) const;

  std::shared_ptr<const World> world_;
  mutable Kept kept_;
};

}  // namespace varne
