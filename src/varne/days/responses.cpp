#include "varne/days/responses.h"

#include <cassert>

namespace varne::days {

std::vector<ResponseRow> response_rows(const Rulebook& rules) {
  std::vector<ResponseRow> out;
  std::size_t at = 0;
  for (const Doctrine& doctrine : rules.doctrines) {
    for (const Response& response : doctrine.responses) {
      out.push_back({.doctrine = doctrine.name,
                     .response = response.id,
                     .title = response.title,
                     .stance = response.stance,
                     .conditions = conditions_of(rules.vocabulary, doctrine, response),
                     .at = at});
      at = out.back().end();
    }
  }
  return out;
}

std::size_t sums_of(std::span<const ResponseRow> rows) {
  return rows.empty() ? 0 : rows.back().end();
}

ResponseWatch::ResponseWatch(std::vector<ResponseRow> rows, std::size_t boats)
    : rows_(std::move(rows)), sums_(sums_of(rows_)), counted_(boats * sums_.size()) {}

void ResponseWatch::minute(std::size_t boat, std::span<const Shortfall> shortfalls) {
  assert(shortfalls.empty() || shortfalls.size() == rows_.size());
  for (std::size_t r = 0; r < shortfalls.size(); ++r) {
    const Shortfall& one = shortfalls[r];
    if (!one.in_force || one.missing > 1) continue;
    const ResponseRow& row = rows_[r];
    // Of one condition nothing is said by that it stood alone.
    if (one.missing == 1 && row.conditions.size() == 1) continue;
    const std::size_t boats = one.missing == 0 ? row.boats() : row.alone_boats(one.last);
    if (auto counted = counted_[boat * sums_.size() + boats]; !counted) {
      counted = true;
      ++sums_[boats];
    }
    ++sums_[boats + 1];  // the minutes, of either
    if (one.missing == 1 && one.unknown) ++sums_[row.unknown_minutes(one.last)];
  }
}

}  // namespace varne::days
