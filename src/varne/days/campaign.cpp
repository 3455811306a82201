#include "varne/days/campaign.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "varne/core/place_of_data.h"
#include "varne/days/draws.h"
#include "varne/days/plan.h"
#include "varne/days/statistics.h"

namespace varne::days {
namespace {

constexpr std::size_t blocks_of_round = 4;  // the interval is looked at after each round
constexpr std::size_t least_rounds = 2;
constexpr int resamples = 200;

std::size_t block_count(const CampaignOptions& options) {
  return (options.days + days_of_block - 1) / days_of_block;
}

Result<std::vector<DayResult>> make_block(const Strait& strait, const Plan& plan,
                                          const CampaignOptions& options, std::size_t block) {
  std::vector<DayResult> days;
  for (std::size_t i = block * days_of_block; i < std::min(options.days, (block + 1) * days_of_block); ++i) {
    const DayDraw draw = day_of_seed(strait.scenario, seed_of(options.seed, static_cast<std::uint32_t>(i)));
    const DayTide tide(strait, Time(draw.day));
    auto day = day_under_each(strait, plan, strait.scenario.numbers(), draw, tide);
    if (!day) return std::unexpected(day.error());
    days.push_back(std::move(*day));
  }
  return days;
}

using SumOfDay = std::function<double(const DayOutcome&)>;

/// One sum of the days by another: value and influence of each day, what it adds to the deviation of the
/// estimate, times the days.
Estimate ratio(const std::vector<DayResult>& days, const SumOfDay& above, const SumOfDay& below,
               std::size_t policy, std::optional<std::size_t> less) {
  const auto n = static_cast<double>(days.size());
  const auto value_of = [&](std::size_t p, std::vector<double>& influence) {
    std::vector<double> over;
    std::vector<double> under;
    for (const DayResult& day : days) {
      over.push_back(above(day.by_policy[p]));
      under.push_back(below(day.by_policy[p]));
    }
    return ratio_of(over, under, influence);
  };
  std::vector<double> influence(days.size(), 0);
  double value = value_of(policy, influence);
  if (less) {
    std::vector<double> other(days.size(), 0);
    value -= value_of(*less, other);
    for (std::size_t d = 0; d < days.size(); ++d) influence[d] -= other[d];
  }
  return {value, n > 1 ? of_95_percent * std::sqrt(variance_of(influence) / n) : 0};
}

Estimate ratio(const std::vector<DayResult>& days, const FigureWords& f, std::size_t policy,
               std::optional<std::size_t> less) {
  return ratio(
      days, [&](const DayOutcome& day) { return day[f.above]; },
      [&](const DayOutcome& day) { return f.below == M::count ? 1 : day[f.below]; }, policy, less);
}

std::vector<ResponseResult> responses_of(const std::vector<DayResult>& days, std::size_t policy,
                                         const Rulebook& rules) {
  std::vector<ResponseResult> out;
  double boats = 0;
  for (const DayResult& day : days) boats += day.by_policy[policy][M::boats];
  for (ResponseRow& row : response_rows(rules)) {
    ResponseResult one{
        .row = row, .sums = std::vector<double>(row.end() - row.at), .share = {}, .boats = boats};
    for (const DayResult& day : days)
      for (std::size_t s = row.at; s < row.end(); ++s)
        one.sums[s - row.at] += day.by_policy[policy].responses[s];
    one.share = ratio(
        days, [&](const DayOutcome& day) { return day.responses[row.boats()]; },
        [](const DayOutcome& day) { return day[M::boats]; }, policy, std::nullopt);
    out.push_back(std::move(one));
  }
  return out;
}

/// A quantile over all boats met, its interval by drawing the days again.
Estimate quantile_over(const std::vector<DayResult>& days, std::size_t policy, double p) {
  const auto of = [&](const std::vector<std::size_t>& which) {
    std::vector<double> all;
    for (const std::size_t d : which)
      all.insert(all.end(), days[d].by_policy[policy].first_unit_min.begin(),
                 days[d].by_policy[policy].first_unit_min.end());
    return quantile_of(std::move(all), p);
  };
  std::vector<std::size_t> which(days.size());
  for (std::size_t d = 0; d < days.size(); ++d) which[d] = d;
  Estimate out{.value = of(which), .half = 0};
  std::vector<double> again;
  for (int s = 0; s < resamples; ++s) {
    Random random = draws(1, static_cast<std::uint32_t>(s), For::design);
    for (std::size_t& d : which)
      d = static_cast<std::size_t>(random.uniform() * static_cast<double>(days.size()));
    again.push_back(of(which));
  }
  out.half = of_95_percent * std::sqrt(variance_of(again));
  return out;
}

/// Whether they have a sum for everything that the policies' rules have.
Done of_these_rules(const std::vector<DayResult>& days, const Strait& strait, const Plan& plan) {
  for (std::size_t p = 0; p < plan.policies.size(); ++p) {
    const std::size_t sums = sums_of(response_rows(*strait.rules.at(plan.policies[p].name)));
    for (const DayResult& day : days)
      if (day.by_policy.size() != plan.policies.size() || day.by_policy[p].responses.size() != sums)
        return fail(
            "",
            "what is kept of a day there does not fit these policies and their rules: it was changed; "
            "remove the folder, and it is made again");
  }
  return {};
}

CampaignResult summarise(const Strait& strait, const Plan& plan, std::vector<DayResult> days) {
  CampaignResult out;
  out.days = days.size();
  for (std::size_t p = 0; p < plan.policies.size(); ++p) {
    PolicyResult one{.policy = plan.policies[p],
                     .figures = {},
                     .differences = {},
                     .median_first_unit = {},
                     .p90_first_unit = {},
                     .responses = responses_of(days, p, *strait.rules.at(plan.policies[p].name))};
    for (const FigureWords& f : figure_table()) {
      one.figures.push_back(ratio(days, f, p, std::nullopt));
      one.differences.push_back(p == 0 ? Estimate{} : ratio(days, f, p, 0));
    }
    one.median_first_unit = quantile_over(days, p, 0.5);
    one.p90_first_unit = quantile_over(days, p, 0.9);
    out.policies.push_back(std::move(one));
  }
  out.each = std::move(days);
  return out;
}

bool narrow_enough(const Plan& plan, const CampaignOptions& options, const std::vector<DayResult>& days,
                   const FigureWords& f) {
  if (plan.policies.size() == 1) return ratio(days, f, 0, std::nullopt).half <= options.until_half;
  for (std::size_t p = 1; p < plan.policies.size(); ++p)
    if (ratio(days, f, p, 0).half > options.until_half) return false;
  return true;
}

}  // namespace

Hash campaign_hash(const Scenario& scenario, const CampaignOptions& options) {
  Hash out = sha256(scenario.files, fmt::format("\n{}\n{}\n{}\n", version(), options.seed, options.days));
  for (const std::string& policy : options.policies) out = sha256(out, policy);
  return out;
}

Result<CampaignResult> run_campaign(const Strait& strait, const CampaignOptions& options,
                                    Machines& machines) {
  const auto plan = plan_of(strait.scenario, options.policies);
  if (!plan) return std::unexpected(plan.error());
  std::optional<FigureWords> until;
  if (!options.until_figure.empty()) {
    const auto figure = figure_named(options.until_figure, "--until");
    if (!figure) return std::unexpected(figure.error());
    until = *figure;
  }
  if (options.sensitivity) {
    if (auto figure = figure_named(options.sensitivity->figure, "--sensitivity"); !figure)
      return std::unexpected(figure.error());
  }
  const Hash hash = campaign_hash(strait.scenario, options);
  const std::size_t blocks = block_count(options);
  std::vector<DayResult> days;
  bool stopped = false;
  for (std::size_t first = 0; first < blocks && !stopped; first += blocks_of_round) {
    const std::size_t last = std::min(blocks, first + blocks_of_round);
    auto more = finished_blocks(options.folder + "/blocks", first, last, hash, options.threads, machines,
                                [&](std::size_t block) { return make_block(strait, *plan, options, block); });
    if (!more) return std::unexpected(more.error());
    if (auto known = of_these_rules(*more, strait, *plan); !known)
      return std::unexpected(known.error().in(options.folder + "/blocks"));
    days.insert(days.end(), std::make_move_iterator(more->begin()), std::make_move_iterator(more->end()));
    if (options.progress) options.progress(static_cast<double>(last) / static_cast<double>(blocks));
    const bool may_stop = last < blocks && last >= least_rounds * blocks_of_round && until;
    stopped = may_stop && narrow_enough(*plan, options, days, *until);
  }
  CampaignResult out = summarise(strait, *plan, std::move(days));
  out.stopped_early = stopped;
  if (options.sensitivity) {
    auto sensitivity = run_sensitivity(strait, options, machines);
    if (!sensitivity) return std::unexpected(sensitivity.error());
    out.sensitivity = std::move(*sensitivity);
  }
  return out;
}

}  // namespace varne::days
