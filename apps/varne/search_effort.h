#pragma once
/// The parts of `varne search` that answer a question in a JSON file.

namespace CLI {
class App;
}

namespace varne::app {

void add_search_allocate(CLI::App& search, int& status);
void add_search_after(CLI::App& search, int& status);
void add_search_datum(CLI::App& search, int& status);

}  // namespace varne::app
