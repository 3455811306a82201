#pragma once
/// Simulated days held against what was published: arrivals by day of a year that was fitted and of years
/// left out, and how soon units go and are there. One table, and what does not fit said plainly.

#include <string>
#include <vector>

#include "varne/days/fit.h"
#include "varne/days/strait.h"

namespace varne::days {

struct ValidationOptions {
  DateSpan on{};                    ///< fitted
  std::vector<DateSpan> against{};  ///< left out of the fit
  std::size_t days = 200;           ///< simulated through the room, under the scenario's first policy
  int series = 200;                 ///< simulated for each span
  std::uint64_t seed = 1;
  std::size_t threads = 1;
};

/// One figure, published and simulated.
struct ValidationRow {
  std::string about;  ///< "2022, left out of the fit", "units"
  std::string what;
  std::string published;  ///< as a person reads it: "8.47", "at least 90 %"
  double simulated = 0;
  double low = 0, high = 0;  ///< nine in ten simulated series between; of shares and means over days 95 %
  bool fits = false;
  std::string source;  ///< of what was published
  bool share = false;  ///< shown in percent
};

struct Validation {
  std::vector<ValidationRow> rows;
  std::size_t boats = 0;  ///< of the days that were simulated
};

/// Refuses what a fit is refused for, and a day in which people were not conserved.
Result<Validation> validate(const Strait& strait, const Series& series, const ValidationOptions& options);

/// As a page of the manual.
std::string validation_markdown(const Validation& validation, const Strait& strait,
                                const ValidationOptions& options, const std::string& command);

}  // namespace varne::days
