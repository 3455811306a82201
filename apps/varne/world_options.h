#pragma once
/// The options that say what a live desk is given: units, sea, and what stands on its pages.

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "varne/room/room.h"
#include "varne/sea/forcing_words.h"

namespace varne::app {

struct WorldOptions {
  std::string strait;  ///< folder; "": the one that ships
  std::string units;   ///< "": the strait's own
  std::string sensors;
  ForcingWords forcing;
  std::string wind;
  std::string survival;           ///< "": how long people live is not known
  std::vector<std::string> keep;  ///< states of which a unit stays idle
  std::string title = "Live desk";
  std::string exercise;
  std::string own;                                   ///< the centre whose desk it is; "": the strait's first
  std::vector<std::string> partners;                 ///< centres whose desks are joined
  std::map<std::string, std::set<Sharable>> shares;  ///< `World::shares`
};

/// The options live as long as the command.
void add_world_options(CLI::App& command, WorldOptions& options);

/// What `--keep STATE`, as often as it is given, asks for. Refuses a state that none of the units is of.
Result<std::vector<ReserveRule>> reserve_of(const std::vector<std::string>& states,
                                            const std::vector<Unit>& units);

Result<std::shared_ptr<const World>> world_of(const WorldOptions& options);

}  // namespace varne::app
