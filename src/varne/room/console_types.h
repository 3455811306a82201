#pragma once
/// The console's types of what the room says and hears, from the same lists of fields: the text of
/// console/src/said.ts. The file is kept with the sources, as the table in docs/entries.md is, so that the
/// console is built and checked by npm alone; tests/room/entries_test.cpp keeps it alike.

#include <string>

namespace varne {

std::string console_types();

}  // namespace varne
