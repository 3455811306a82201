#pragma once
/// What does not change while a room lives.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "varne/core/fields.h"
#include "varne/core/hash.h"
#include "varne/doctrine/rulebook.h"
#include "varne/drift/leeway.h"
#include "varne/fleet/passages.h"
#include "varne/fleet/tasking.h"
#include "varne/fleet/unit.h"
#include "varne/picture/sensor.h"
#include "varne/sea/sea.h"
#include "varne/sea/strait.h"

namespace varne {

/// What a joined centre may be told beside the incidents that concern both, and the heads of the record.
enum class Sharable : std::uint8_t {
  verdicts,   ///< of incidents that both look after
  counts,     ///< of their people
  prevented,  ///< departures that were prevented, of no incident
  units,      ///< those that are offered
  tracks,     ///< near its region, of craft that radar alone knows
};
template <>
struct EnumNames<Sharable> {
  static constexpr std::array values{
      std::pair{Sharable::verdicts, "verdicts"}, std::pair{Sharable::counts, "counts"},
      std::pair{Sharable::prevented, "prevented"}, std::pair{Sharable::units, "units"},
      std::pair{Sharable::tracks, "tracks"}};
};

/// Shared by all copies of a room.
struct World {
  Sea sea;
  Strait strait;
  /// Of the strait; null where no coast is known: then nobody's waters are.
  std::shared_ptr<const TerritorialSea> territorial_sea = {};
  std::vector<Unit> units;
  std::vector<LeewayClass> leeway;
  /// What verdicts are given by. Null: none are, and nothing is permitted.
  std::shared_ptr<const Rulebook> rules = {};
  std::string title;      ///< of the day or desk
  bool exercise = false;  ///< marked on every page
  std::uint64_t seed = 0;
  std::string notice = {};  ///< what every page says of the day or desk
  Hash inputs{};            ///< of the day's files; zero for a live desk
  Sensors sensors = {};     ///< the radars, as far as they are described
  /// The water that vessels go through. Null: nothing is known to stand in their way.
  std::shared_ptr<const GridOnDemand> passages = {};
  /// How long people live, for proposals that go by lives. Null: it is not known.
  std::shared_ptr<const SurvivalTable> survival = {};
  std::vector<ReserveRule> reserve = {};  ///< units that proposals leave idle
  /// The centre whose desk this is; "": the strait's first.
  std::string own = {};
  std::vector<std::string> partners = {};  ///< centres whose desks are joined to this one
  /// What each of them is told; one that is not in it all but `tracks`.
  std::map<std::string, std::set<Sharable>> shares = {};
  /// What is proposed, and when a unit is expected, goes by where a boat is forecast to be as far as it is.
  /// False: always by its last place, carried by the current; then no proposal depends on a forecast.
  bool aims_by_forecast = true;
  /// The drift of the lost is asked for. False, as in a campaign: it never is.
  bool forecasts = true;
  /// Somebody reads what the room says. False, as in a campaign: entries are numbered and not made, and all
  /// else is alike. Not where there are partners: they are told what the entries say.
  bool is_read = true;
};

/// Whose desk this is.
const std::string& own_centre(const World& world);
/// A centre whose desk is joined: it speaks for itself, and nobody here for it.
bool is_joined(const World& world, const std::string& centre);
/// Whether a joined centre is told this.
bool is_shared(const World& world, const std::string& centre, Sharable what);

}  // namespace varne
