#pragma once
/// The arithmetic under the people's books: the least and the most people who can be in some accounts, over
/// all worlds that a boat's postings leave possible (people.h says what a world is).
///
/// A world is a flow: postings are pipes with a least and a most, accounts are nodes that keep what they are
/// not asked for. The least and the most of what is kept is a pair of minimum and maximum flows with lower
/// bounds (Ahuja, Magnanti, Orlin: Network Flows, 1993, 6.7), and those are whole numbers.

#include <functional>
#include <optional>
#include <vector>

#include "varne/people/people.h"

namespace varne {

/// @param postings  of one boat, in order; each takes only from what came before it
/// @param counted   which accounts are summed (never asked about `set_out`)
/// @returns nothing where no world is possible
std::optional<HeadCount> count_bounds(const std::vector<const Posting*>& postings,
                                      const std::function<bool(const Account&)>& counted);

}  // namespace varne
