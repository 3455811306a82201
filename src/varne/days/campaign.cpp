#include "varne/days/campaign.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <optional>

#include "varne/core/place_of_data.h"
#include "varne/days/draws.h"
#include "varne/days/parallel.h"
#include "varne/days/statistics.h"

namespace varne::days {
namespace {

constexpr std::size_t blocks_of_round = 4;  // the interval is looked at after each round
constexpr std::size_t least_rounds = 2;
constexpr double of_95_percent = 1.959963984540054;
constexpr int resamples = 200;

/// What is run: policies with their numbers.
struct Plan {
  std::vector<Policy> policies;
  std::vector<Numbers> numbers;
};

Result<Plan> plan_of(const Scenario& scenario, const CampaignOptions& options) {
  Plan out;
  for (const std::string& name : options.policies) {
    auto policy = scenario.policy(name);
    if (!policy) return std::unexpected(policy.error());
    Numbers numbers = scenario.numbers();
    for (const Setting& setting : policy->set) numbers.set(setting);
    out.policies.push_back(std::move(*policy));
    out.numbers.push_back(numbers);
  }
  if (out.policies.empty()) return fail("--policies", "name at least one policy");
  return out;
}

Result<DayResult> one_day(const Strait& strait, const Plan& plan, std::uint64_t seed) {
  const DayDraw draw = day_of_seed(strait.scenario, seed);
  const DayTide tide(strait, Time(draw.day));
  DayResult out{.seed = seed, .date = iso_date(draw.day), .by_policy = {}};
  for (std::size_t p = 0; p < plan.policies.size(); ++p) {
    auto day = simulate_day(strait, plan.policies[p], plan.numbers[p], draw, tide);
    if (!day) return std::unexpected(day.error());
    out.by_policy.push_back(std::move(day->outcome));
  }
  return out;
}

std::size_t block_count(const CampaignOptions& options) {
  return (options.days + days_of_block - 1) / days_of_block;
}

Done run_block(const Strait& strait, const Plan& plan, const CampaignOptions& options, const Hash& hash,
               std::size_t block) {
  std::vector<DayResult> days;
  for (std::size_t i = block * days_of_block; i < std::min(options.days, (block + 1) * days_of_block); ++i) {
    auto day = one_day(strait, plan, seed_of(options.seed, static_cast<std::uint32_t>(i)));
    if (!day) return std::unexpected(day.error());
    days.push_back(std::move(*day));
  }
  return write_block(options.folder, block, hash, days);
}

/// Value and influence of each day: what it adds to the deviation of the estimate, times the days.
Estimate ratio(const std::vector<DayResult>& days, const FigureWords& f, std::size_t policy,
               std::optional<std::size_t> less) {
  const auto n = static_cast<double>(days.size());
  const auto value_of = [&](std::size_t p, std::vector<double>& influence) {
    double above = 0;
    double below = 0;
    for (const DayResult& day : days) {
      above += day.by_policy[p][f.above];
      below += f.below == M::count ? 1 : day.by_policy[p][f.below];
    }
    if (below <= 0) return 0.0;
    const double value = above / below;
    for (std::size_t d = 0; d < days.size(); ++d) {
      const double own = f.below == M::count ? 1 : days[d].by_policy[p][f.below];
      influence[d] = (days[d].by_policy[p][f.above] - value * own) / (below / n);
    }
    return value;
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

CampaignResult summarise(const Plan& plan, std::vector<DayResult> days) {
  CampaignResult out;
  out.days = days.size();
  for (std::size_t p = 0; p < plan.policies.size(); ++p) {
    PolicyResult one{.policy = plan.policies[p],
                     .figures = {},
                     .differences = {},
                     .median_first_unit = {},
                     .p90_first_unit = {}};
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

const std::vector<FigureWords>& figure_table() {
  static const std::vector<FigureWords> table{
      {"boats", "boats a day", M::boats, M::count},
      {"persons", "people a day", M::persons, M::count},
      {"rescued", "of the people, share taken aboard units", M::rescued, M::persons},
      {"own_way", "of the people, share that came ashore by themselves", M::own_way, M::persons},
      {"at_sea", "of the people, share still at sea where the day ends", M::at_sea, M::persons},
      {"in_water", "of the people, share that ever were in the water", M::in_water, M::persons},
      {"water_minutes", "person-minutes in the water a day", M::water_minutes, M::count},
      {"lost", "of the people, share lost", M::lost, M::persons},
      {"reported", "of the boats, share that the room heard of", M::reported, M::boats},
      {"seen_after", "minutes from setting out until first seen or heard, mean", M::seen_after, M::seen},
      {"met", "of the boats reported, share that a unit reached", M::met, M::reported},
      {"met_in_30", "of those, share within 30 minutes of the first report", M::met_in_30, M::met},
      {"first_unit", "minutes from first report to first unit, mean", M::first_unit, M::met},
      {"unit_hours", "unit hours a day", M::unit_hours, M::count},
      {"hand_overs", "hand-overs between centres a day", M::hand_overs, M::count},
      {"open", "incidents open at the end of a day", M::open, M::count},
      {"permitted", "of the boats, share of which the room permitted the turnaround", M::permitted, M::boats},
  };
  return table;
}

Hash campaign_hash(const Scenario& scenario, const CampaignOptions& options) {
  Hash out = sha256(scenario.files, fmt::format("\n{}\n{}\n{}\n", version(), options.seed, options.days));
  for (const std::string& policy : options.policies) out = sha256(out, policy);
  return out;
}

Result<CampaignResult> run_campaign(const Strait& strait, const CampaignOptions& options,
                                    Machines& machines) {
  const auto plan = plan_of(strait.scenario, options);
  if (!plan) return std::unexpected(plan.error());
  const auto& table = figure_table();
  const auto figure = std::find_if(table.begin(), table.end(),
                                   [&](const FigureWords& f) { return f.name == options.until_figure; });
  if (!options.until_figure.empty() && figure == table.end())
    return fail("--until", fmt::format("\"{}\" is no figure of a campaign", options.until_figure));
  const Hash hash = campaign_hash(strait.scenario, options);
  const std::size_t blocks = block_count(options);
  std::vector<DayResult> days;
  bool stopped = false;
  for (std::size_t first = 0; first < blocks && !stopped; first += blocks_of_round) {
    const std::size_t last = std::min(blocks, first + blocks_of_round);
    std::vector<std::size_t> mine;
    for (std::size_t b = first; b < last; ++b)
      if (b % machines.count() == machines.rank() && !has_block(options.folder, b)) mine.push_back(b);
    std::mutex guard;
    Done wrong = {};
    in_parallel(mine.size(), options.threads, [&](std::size_t i) {
      auto done = run_block(strait, *plan, options, hash, mine[i]);
      const std::lock_guard lock(guard);
      if (!done && wrong) wrong = std::move(done);
    });
    if (!wrong) return std::unexpected(wrong.error());
    machines.wait_for_all();
    for (std::size_t b = first; b < last; ++b) {
      auto block = read_block(options.folder, b, hash);
      if (!block) return std::unexpected(block.error());
      days.insert(days.end(), std::make_move_iterator(block->begin()), std::make_move_iterator(block->end()));
    }
    if (options.progress) options.progress(static_cast<double>(last) / static_cast<double>(blocks));
    const bool may_stop = last < blocks && last >= least_rounds * blocks_of_round && figure != table.end();
    stopped = may_stop && narrow_enough(*plan, options, days, *figure);
  }
  CampaignResult out = summarise(*plan, std::move(days));
  out.stopped_early = stopped;
  return out;
}

}  // namespace varne::days
