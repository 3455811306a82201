#pragma once

#include <CLI/App.hpp>

namespace varne::app {

/// `varne search plan`.
void add_search_plan(CLI::App& search, int& status);

}  // namespace varne::app
