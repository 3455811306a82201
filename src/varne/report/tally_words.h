#pragma once
/// A tally as a person reads it and as a program does. Knows nothing of files.

#include <optional>
#include <string>

#include "varne/core/json.h"
#include "varne/people/publications.h"
#include "varne/report/account.h"

namespace varne {

/// What was asked and all there is to answer it.
struct Tally {
  Publications all;
  std::optional<RecordAccount> account;
  Time known = known_for_ever;
  DateSpan span;
  CountStep step = CountStep::day;  ///< how a span of more than a day is cut
};

std::string tally_text(const Tally& tally);
Json tally_json(const Tally& tally);

/// The lines of a tally: of one day its week, its year so far to the day before and to it, and its whole year
/// as well; of a longer span its pieces.
struct TallyLine {
  std::string what;  ///< "the day", "its week", …; "" for a piece
  CountLine count;
};
std::vector<TallyLine> tally_lines(const Tally& tally);

/// "2026-08-21", "2021-11-12 08:00"; "now" where everything published is known.
std::string spoken_time(Time time);

}  // namespace varne
