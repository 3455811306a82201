#pragma once
/// The options that say what a live desk is given: units, sea, and what stands on its pages.

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "varne/core/place_of_data.h"
#include "varne/room/room.h"

namespace varne::app {

struct WorldOptions {
  std::string units = data_path("units/channel.toml");
  std::string sensors;
  std::vector<std::string> sea_files;
  std::string wind;
  std::string title = "Live desk";
  std::string exercise;
};

/// The options live as long as the command.
void add_world_options(CLI::App& command, WorldOptions& options);

Result<std::shared_ptr<const World>> world_of(const WorldOptions& options);

}  // namespace varne::app
