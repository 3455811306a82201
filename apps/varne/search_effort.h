#pragma once
/// The parts of `varne search` that answer a question in a JSON file.

#include <string>

#include "varne/core/json.h"
#include "varne/core/result.h"

namespace CLI {
class App;
}

namespace varne::app {

/// The JSON in a file; "-" for standard input.
Result<Json> json_in(const std::string& path);

void add_search_allocate(CLI::App& search, int& status);
void add_search_after(CLI::App& search, int& status);
void add_search_datum(CLI::App& search, int& status);

}  // namespace varne::app
