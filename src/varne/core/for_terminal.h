#pragma once
/// Text of others on a terminal.

#include <string>
#include <string_view>

namespace varne {

/// Foreign text made safe to print whole: what steers a terminal or turns the direction of what follows
/// (controls but tab and line feed, C1, bidirectional marks and overrides, line and paragraph separators)
/// stands as its JSON escape, "\u001b", bytes that are no UTF-8 as "\ufffd"; so JSON stays the same JSON.
std::string for_terminal(std::string_view text);

}  // namespace varne
