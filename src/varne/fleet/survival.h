#pragma once
/// How long people live who are in the water or adrift: tables that somebody publishes, with their source.
/// None ships: what is known is of volunteers in pools and of single cases, and a number that stands for
/// certain would decide who is fetched first. Where no table covers a case, the answer is unknown.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "varne/core/result.h"

namespace varne {

/// Who it is about.
struct SurvivalCase {
  bool in_water = false;               ///< else aboard of something that floats
  std::optional<double> water_c = {};  ///< temperature, where it is known
};

class SurvivalTable {
 public:
  /// TOML, a [[case]] for each: `source` (who says so), `in_water`, `water_c` = [from, to] (left out: any,
  /// also unknown), and [[case.row]]s of `minutes` (ascending from 0) and `alive` (a share, never more than
  /// before). Refuses, by file, line and field, what is none of these; cases that overlap; a case without
  /// source.
  static Result<SurvivalTable> load(const std::string& path);

  /// Share alive after so many seconds of this; straight between the rows, nothing after the last, and
  /// nothing where no case covers it. With an empty table always nothing.
  [[nodiscard]] std::optional<double> alive(const SurvivalCase& who, double seconds) const;
  /// Who says so of this case; "" where no case covers it.
  [[nodiscard]] std::string source(const SurvivalCase& who) const;

 private:
  struct Case {
    std::string source;
    bool in_water = false;
    std::optional<std::pair<double, double>> water_c;
    std::vector<std::pair<double, double>> rows;  // [s], share
  };
  [[nodiscard]] const Case* of(const SurvivalCase& who) const;

  std::vector<Case> cases_;
};

}  // namespace varne
