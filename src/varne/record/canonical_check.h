#pragma once
/// Whether a text is canonical already, without building a tree of it: entries are checked by the million.

#include <string_view>

namespace varne {

/// True where the text is one JSON object in the canonical form of RFC 8785, nested at most `deepest` deep
/// (`{}` is 1): exactly where `parse_json` takes it and `canonical` gives the same bytes back.
bool is_canonical_object(std::string_view text, int deepest);

}  // namespace varne
