#pragma once
/// What the command line says to somebody who asked wrongly.

#include <CLI/App.hpp>
#include <string>

namespace varne::app {

/// What was asked wrongly, by which subcommand, and what may have been meant: in our words where the parser's
/// say nothing to the person. Where no subcommand was named, all of them are listed.
std::string misused(const CLI::App* app, const CLI::Error& wrong);

}  // namespace varne::app
