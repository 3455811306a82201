#pragma once
/// What may have been meant by a word that is not known.

#include <cstddef>
#include <string_view>

namespace varne {

/// Letters to change, add or drop to make one text of the other (Levenshtein).
std::size_t letters_apart(std::string_view a, std::string_view b);

}  // namespace varne
