#pragma once
/// The subcommand `account`, as those of commands.h.

#include <CLI/App.hpp>

namespace varne::app {

void add_account(CLI::App& app, int& status);

}  // namespace varne::app
