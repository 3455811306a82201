#pragma once
/// What all days of a scenario share: the coast, the tides, the chart, the units, the rules of each policy.
/// Loaded once, immutable, asked by any number of threads.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "varne/days/scenario.h"
#include "varne/doctrine/rulebook.h"
#include "varne/drift/leeway.h"
#include "varne/fleet/unit.h"
#include "varne/sea/strait.h"

namespace varne::days {

/// The area of truth: boats that leave it are gone from it.
inline constexpr Box strait_area{0.5, 50.4, 2.7, 51.6};

/// Distances over the strait on a grid of 0.01°, between whose points they are bilinear: off by at most some
/// 20 m where the line or the coast is straight.
class StraitChart {
 public:
  StraitChart() = default;
  StraitChart(const Zones& zones, const TerritorialSea& waters);

  /// From the line between French and UK waters [m], above 0 on the UK side; far below 0 outside the area.
  [[nodiscard]] double past_line_m(Place place) const { return at(line_, place); }
  /// From the nearest land of the United Kingdom [m], up to twice the breadth of the territorial sea.
  [[nodiscard]] double uk_land_m(Place place) const { return at(land_, place); }
  /// In the territorial sea of the United Kingdom.
  [[nodiscard]] bool in_uk_waters(Place place) const;

 private:
  [[nodiscard]] double at(const std::vector<float>& grid, Place place) const;
  std::vector<float> line_;
  std::vector<float> land_;
};

class Hindcast;

struct Strait {
  Scenario scenario;
  std::shared_ptr<const Hindcast> hindcast;  ///< where the scenario's weather is from files
  std::shared_ptr<const Coast> coast;
  std::shared_ptr<const SeaSource> tides;
  varne::Strait waters;  ///< its chart, centres and names
  std::shared_ptr<const TerritorialSea> territorial_sea;
  StraitChart chart;
  std::vector<LeewayClass> leeway;
  std::vector<Unit> units;  ///< each with an MMSI, made up where the list has none
  std::string units_text;   ///< the same as the file of a day
  std::map<std::string, std::shared_ptr<const Rulebook>> rules;  ///< by policy
};

/// Refuses what the files it reads are refused for.
Result<std::shared_ptr<const Strait>> open_strait(Scenario scenario);

/// The list of units without some of them and with others off duty, as the text of a file.
std::string units_of_day(const std::string& text, const std::vector<std::string>& without,
                         const std::vector<std::string>& off_duty);

}  // namespace varne::days
