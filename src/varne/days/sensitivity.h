#pragma once
/// Which assumptions decide a figure of a campaign: each number at the ends of its range, all of them over
/// their ranges together, and how much of the variance each explains.
///
/// Every draw is a set of numbers, lived through by every policy on the same few days of the campaign (its
/// first ones): so draws differ by their numbers alone. What a policy sets stays as it sets it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "varne/core/json.h"
#include "varne/core/result.h"
#include "varne/days/figures.h"
#include "varne/days/machines.h"
#include "varne/days/scenario.h"
#include "varne/days/sobol.h"

namespace varne::days {

struct Strait;
struct CampaignOptions;

struct SensitivityOptions {
  std::string figure;      ///< "met_in_30"
  std::size_t days = 16;   ///< lived through by each draw
  std::size_t draws = 64;  ///< of the Latin hypercube over all ranges
  std::size_t rows = 32;   ///< of the Sobol' design
  std::size_t of = 8;      ///< numbers in that design: the widest bars of the tornado
};

struct Sensitivity {
  struct Draw {
    std::string design;           ///< "own", "low boats.sturdy", "high …", "hypercube", "sobol"
    std::vector<double> numbers;  ///< one for each of `knobs`
    std::vector<double> values;   ///< one for each of `outputs`
  };
  struct Bar {
    std::size_t knob = 0;
    double at_low = 0;  ///< with this number at the low end of its range, all else the scenario's own
    double at_high = 0;
    [[nodiscard]] double width() const { return at_high < at_low ? at_low - at_high : at_high - at_low; }
  };
  /// The figure under the first policy, or by how much it differs under another.
  struct Output {
    std::string name;                       ///< "rescue", "quick-start less rescue"
    double own = 0;                         ///< under the scenario's own numbers
    std::vector<Bar> tornado = {};          ///< widest first
    std::vector<double> over_ranges = {};   ///< of the Latin hypercube, sorted
    std::vector<SobolIndex> of_sobol = {};  ///< as `sobol_of`
  };
  SensitivityOptions options;
  FigureWords figure;
  std::vector<Knob> knobs;            ///< every number that has a range
  std::vector<std::string> seeds;     ///< of the days of each draw
  std::vector<std::size_t> sobol_of;  ///< among `knobs`
  std::vector<Draw> draws;            ///< all, numbered from 1
  std::vector<Output> outputs;
};

/// Runs what is not finished yet, into `sensitivity/` of the campaign's folder. The same on any number of
/// threads and machines, and whatever was finished before.
///
/// Refuses an unknown figure or policy, a scenario without ranges, a draw in which the figure is a share of
/// nothing (no boat on any of its days), and what a campaign is refused for.
/// @param options  with `sensitivity`
Result<Sensitivity> run_sensitivity(const Strait& strait, const CampaignOptions& options, Machines& machines);

/// One line a draw: number, design, the numbers by their names, the figure, and the seeds of its days.
std::string draws_csv(const Sensitivity& s);
/// The numbers of one line of such a file, or of one that a person wrote: columns that are named like a
/// number of the scenario are set, others are passed over.
///
/// Refuses, with file and line, a file without the column "draw", a draw that it does not hold, and a value
/// that is no number or that its quantity cannot be.
/// @param draw  as the file's column "draw" has it
Result<Numbers> numbers_of_draw(const std::string& path, const std::string& draw, const Scenario& scenario);

/// As a part of the report's page, and of campaign.json.
std::string sensitivity_html(const Sensitivity& s);
Json sensitivity_json(const Sensitivity& s);
/// In short for a terminal.
std::string sensitivity_text(const Sensitivity& s);

}  // namespace varne::days
