#pragma once
/// What the rules of a policy left open on a simulated day: for every response of every doctrine, of how many
/// boats every condition ever held, for how long, and which condition alone stood in the way. By the room's
/// own judgements: what was known there then, and what nobody knew does not hold.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "varne/core/json.h"
#include "varne/days/page.h"
#include "varne/doctrine/conditions.h"
#include "varne/doctrine/rulebook.h"

namespace varne::days {

/// A response of one doctrine, and where its sums stand among those of a day (`DayOutcome::responses`).
struct ResponseRow {
  std::string doctrine;
  std::string response;
  std::string title;
  Stance stance = Stance::permits;
  std::vector<Condition> conditions;
  std::size_t at = 0;  ///< of its first sum

  /// Boats of which every condition ever held at once.
  [[nodiscard]] std::size_t boats() const { return at; }
  /// Minutes for which they did, over those boats.
  [[nodiscard]] std::size_t minutes() const { return at + 1; }
  /// Boats for which this condition, of several, ever was the only one that did not hold, …
  [[nodiscard]] std::size_t alone_boats(std::size_t condition) const { return at + 2 + 3 * condition; }
  /// … for how many minutes, over those boats, …
  [[nodiscard]] std::size_t alone_minutes(std::size_t condition) const { return alone_boats(condition) + 1; }
  /// … and for how many of these because nobody knew.
  [[nodiscard]] std::size_t unknown_minutes(std::size_t condition) const {
    return alone_boats(condition) + 2;
  }
  [[nodiscard]] std::size_t end() const { return alone_boats(conditions.size()); }
};

/// Every response of every doctrine, in the rulebook's order.
std::vector<ResponseRow> response_rows(const Rulebook& rules);

/// How many sums a day has by these rows.
std::size_t sums_of(std::span<const ResponseRow> rows);

/// Counts through a day.
class ResponseWatch {
 public:
  ResponseWatch(std::vector<ResponseRow> rows, std::size_t boats);
  /// A minute of a boat.
  /// @param shortfalls  as `Verdicts::shortfalls` has them: none, or one a row
  void minute(std::size_t boat, std::span<const Shortfall> shortfalls);
  [[nodiscard]] const std::vector<std::uint32_t>& sums() const { return sums_; }

 private:
  std::vector<ResponseRow> rows_;
  std::vector<std::uint32_t> sums_;
  std::vector<bool> counted_;  ///< boat by sum: counted among its boats
};

/// One response over the days of a campaign.
struct ResponseResult {
  ResponseRow row;
  std::vector<double> sums;  ///< as a day's, from the row's first on: `sums[row.minutes() - row.at]`
  Estimate share;            ///< of the boats that set out, those of which every condition ever held
  double boats = 0;          ///< that set out

  [[nodiscard]] double operator[](std::size_t sum) const { return sums[sum - row.at]; }
};

/// Of one policy: a table of those of which something is to be told, and the names of the others.
std::string responses_html(std::span<const ResponseResult> responses);
Json responses_json(std::span<const ResponseResult> responses);
/// Of one day, a line a response of which every condition ever held, and a line a condition that alone stood
/// in the way.
std::string responses_text(std::span<const ResponseRow> rows, const std::vector<std::uint32_t>& sums);

}  // namespace varne::days
