#pragma once
/// A campaign: the same simulated days under several policies, and what differs. Start here.
///
///     scenario.h       every assumption, with its source or its range
///     departures.h     which days, how many boats, how many people
///     truth.h          the boats, and motion.h what happens to them
///     crews.h          the units; tasking_rule.h who is sent
///     observers.h      who sees what and says so
///     simulated_day.h  one day through the room
///     question.h       the share of boats for which every condition of 2021 held at once
///     sensitivity.h    which assumptions decide what differs; sobol.h has the designs
///
/// Policies meet the same boats in the same sea (common random numbers), so differences are paired by day.
/// Days are independent draws; a day's seed opens it again (`varne days show`).

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "varne/days/blocks.h"
#include "varne/days/figures.h"
#include "varne/days/page.h"
#include "varne/days/responses.h"
#include "varne/days/sensitivity.h"
#include "varne/days/simulated_day.h"

namespace varne::days {

struct CampaignOptions {
  std::vector<std::string> policies;  ///< the first is what the others are compared with
  std::size_t days = 100;             ///< at the most
  std::uint64_t seed = 1;
  std::size_t threads = 1;
  std::string folder;  ///< finished blocks, and what comes out
  /// Stops once the 95 % interval of this figure is no wider than ± so much: of its difference to the first
  /// policy for every other one, or of its value where there is but one policy. "" never before all days are
  /// done.
  std::string until_figure = {};
  double until_half = 0;
  std::function<void(double)> progress = {};  ///< share done
  /// Which assumptions decide, beside what differs; nothing: not asked.
  std::optional<SensitivityOptions> sensitivity = {};
};

struct PolicyResult {
  Policy policy;
  std::vector<Estimate> figures;               ///< as `figure_table`
  std::vector<Estimate> differences;           ///< to the first policy, paired by day
  Estimate median_first_unit, p90_first_unit;  ///< minutes; intervals by bootstrap over days
  std::vector<ResponseResult> responses;       ///< by doctrine and response
};

struct CampaignResult {
  std::size_t days = 0;
  bool stopped_early = false;
  std::vector<PolicyResult> policies;
  std::vector<DayResult> each;  ///< every day, in order
  std::optional<Sensitivity> sensitivity;
};

/// Of everything that the result depends on.
Hash campaign_hash(const Scenario& scenario, const CampaignOptions& options);

/// Runs what is not finished yet. The same on any number of threads and machines, and whatever was finished
/// before. Refuses an unknown policy or figure, a folder with another campaign's blocks, what cannot be
/// written, and a day in which people were not conserved.
Result<CampaignResult> run_campaign(const Strait& strait, const CampaignOptions& options, Machines& machines);

/// campaign.json, days.csv, with a sensitivity draws.csv, and report.html in the folder, each written whole.
Done write_campaign(const Strait& strait, const CampaignOptions& options, const CampaignResult& result);

/// The page: self-contained, for light, dark and print.
std::string campaign_html(const Strait& strait, const CampaignOptions& options, const CampaignResult& result);

/// The same in short for a terminal.
std::string campaign_text(const CampaignResult& result);

}  // namespace varne::days
