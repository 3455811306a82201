#pragma once
/// The lists of a scenario file: beaches, radars, patrols, policies. For use inside the folder.

#include <string>

#include "varne/core/toml.h"
#include "varne/days/scenario.h"

namespace varne::days {

/// @param folder  that file names are relative to
Forcing read_forcing(TomlTable table, const std::string& folder);

/// Each list that the file has takes the place of the one it extends.
void read_lists(TomlTable root, Scenario& out);

/// Refuses a policy that names a doctrine or a unit that there is not.
Done check_policies(const std::string& path, const Scenario& scenario);

}  // namespace varne::days
