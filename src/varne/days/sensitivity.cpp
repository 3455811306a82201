#include "varne/days/sensitivity.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "varne/core/place_of_data.h"
#include "varne/days/campaign.h"
#include "varne/days/draws.h"
#include "varne/days/plan.h"
#include "varne/days/statistics.h"

namespace varne::days {
namespace {

constexpr std::size_t draws_of_block = 4;

/// The draws of one design, run into a folder of their own.
class Study {
 public:
  Study(const Strait& strait, const CampaignOptions& options, const Plan& plan, Machines& machines,
        Sensitivity& out)
      : strait_(strait), options_(options), plan_(plan), machines_(machines), out_(out) {
    for (std::size_t i = 0; i < out.options.days; ++i) {
      days_.push_back(day_of_seed(strait.scenario, seed_of(options.seed, static_cast<std::uint32_t>(i))));
      tides_.emplace_back(strait, Time(days_.back().day));
      out.seeds.push_back(fmt::format("{}", days_.back().seed));
    }
  }

  /// Runs draws and appends them to the result.
  /// @param share  of the whole study that is done with them
  Done run(const std::string& name, std::vector<Sensitivity::Draw> draws, double share) {
    const std::string folder = options_.folder + "/sensitivity/" + name;
    const Hash hash = hash_of(name, draws);
    const std::size_t blocks = (draws.size() + draws_of_block - 1) / draws_of_block;
    const std::size_t round = std::max<std::size_t>(1, 4 * options_.threads) * machines_.count();
    std::vector<DayResult> sums;
    for (std::size_t first = 0; first < blocks; first += round) {
      const std::size_t last = std::min(blocks, first + round);
      auto more = finished_blocks(folder, first, last, hash, options_.threads, machines_,
                                  [&](std::size_t block) { return make_block(draws, block); });
      if (!more) return fail(more.error());
      sums.insert(sums.end(), std::make_move_iterator(more->begin()), std::make_move_iterator(more->end()));
      if (options_.progress)
        options_.progress(done_ + (share - done_) * static_cast<double>(last) / static_cast<double>(blocks));
    }
    done_ = share;
    for (std::size_t i = 0; i < draws.size(); ++i) {
      if (auto valued = value(draws[i], sums[i]); !valued) return valued;
      out_.draws.push_back(std::move(draws[i]));
    }
    return {};
  }

 private:
  [[nodiscard]] Hash hash_of(const std::string& name, const std::vector<Sensitivity::Draw>& draws) const {
    Hash out = sha256(strait_.scenario.files,
                      fmt::format("\n{}\n{}\n{}\n{}\n", version(), name, options_.seed, out_.options.days));
    for (const std::string& policy : options_.policies) out = sha256(out, policy);
    for (const Sensitivity::Draw& draw : draws) {
      out = sha256(out, draw.design);
      for (const double number : draw.numbers) out = sha256(out, fmt::format(",{}", number));
    }
    return out;
  }

  /// Sums over the days of each draw of a block.
  [[nodiscard]] Result<std::vector<DayResult>> make_block(const std::vector<Sensitivity::Draw>& draws,
                                                          std::size_t block) const {
    std::vector<DayResult> out;
    for (std::size_t i = block * draws_of_block; i < std::min(draws.size(), (block + 1) * draws_of_block);
         ++i) {
      const Numbers numbers = strait_.scenario.numbers().with(out_.knobs, draws[i].numbers);
      DayResult sum{.seed = i, .date = {}, .by_policy = std::vector<DayOutcome>(plan_.policies.size())};
      for (std::size_t d = 0; d < days_.size(); ++d) {
        const auto day = day_under_each(strait_, plan_, numbers, days_[d], tides_[d]);
        if (!day) return std::unexpected(day.error());
        for (std::size_t p = 0; p < plan_.policies.size(); ++p)
          for (std::size_t m = 0; m < metrics; ++m) sum.by_policy[p].sums[m] += day->by_policy[p].sums[m];
      }
      out.push_back(std::move(sum));
    }
    return out;
  }

  Done value(Sensitivity::Draw& draw, const DayResult& sum) const {
    std::vector<double> by_policy;
    for (const DayOutcome& one : sum.by_policy) {
      const double below =
          out_.figure.below == M::count ? static_cast<double>(days_.size()) : one[out_.figure.below];
      if (below <= 0)
        return fail("--sensitivity",
                    fmt::format("{} is a share of nothing in draw {} ({}): on none of its {} days is there "
                                "anything to divide by; give more --draw-days",
                                out_.figure.name, out_.draws.size() + 1, draw.design, days_.size()));
      by_policy.push_back(one[out_.figure.above] / below);
    }
    draw.values.push_back(by_policy[0]);
    for (std::size_t p = 1; p < by_policy.size(); ++p) draw.values.push_back(by_policy[p] - by_policy[0]);
    return {};
  }

  const Strait& strait_;
  const CampaignOptions& options_;
  const Plan& plan_;
  Machines& machines_;
  Sensitivity& out_;
  std::vector<DayDraw> days_;
  std::vector<DayTide> tides_;
  double done_ = 0;
};

/// The scenario's own numbers, as the knobs have them.
std::vector<double> own_numbers(const Scenario& scenario, const std::vector<Knob>& knobs) {
  std::vector<double> out;
  const Numbers own = scenario.numbers();
  for (const Knob& knob : knobs) out.push_back(own.of(knob.quantity).v[knob.parameter]);
  return out;
}

/// Own numbers, then each knob at either end.
std::vector<Sensitivity::Draw> ends(const std::vector<Knob>& knobs, const std::vector<double>& own) {
  std::vector<Sensitivity::Draw> out{{"own", own, {}}};
  for (std::size_t k = 0; k < knobs.size(); ++k) {
    for (const bool high : {false, true}) {
      auto numbers = own;
      numbers[k] = high ? knobs[k].high : knobs[k].low;
      out.push_back({(high ? "high " : "low ") + knobs[k].name(), std::move(numbers), {}});
    }
  }
  return out;
}

/// Points of a cube as draws: of `which` knobs the point's, of all others their own.
std::vector<Sensitivity::Draw> points(const char* name, const Design& design, const std::vector<Knob>& knobs,
                                      const std::vector<std::size_t>& which, const std::vector<double>& own) {
  std::vector<Sensitivity::Draw> out;
  for (const auto& u : design) {
    auto numbers = own;
    for (std::size_t i = 0; i < which.size(); ++i) {
      const Knob& knob = knobs[which[i]];
      numbers[which[i]] = knob.low + u[i] * (knob.high - knob.low);
    }
    out.push_back({name, std::move(numbers), {}});
  }
  return out;
}

void make_tornados(Sensitivity& out) {
  for (std::size_t o = 0; o < out.outputs.size(); ++o) {
    Sensitivity::Output& output = out.outputs[o];
    output.own = out.draws[0].values[o];
    for (std::size_t k = 0; k < out.knobs.size(); ++k)
      output.tornado.push_back({k, out.draws[1 + 2 * k].values[o], out.draws[2 + 2 * k].values[o]});
    std::stable_sort(output.tornado.begin(), output.tornado.end(),
                     [](const auto& a, const auto& b) { return a.width() > b.width(); });
  }
}

/// The widest bars, of each output in turn.
std::vector<std::size_t> widest(const Sensitivity& s) {
  std::vector<std::size_t> out;
  for (std::size_t rank = 0; rank < s.knobs.size(); ++rank) {
    for (const Sensitivity::Output& output : s.outputs) {
      const Sensitivity::Bar& bar = output.tornado[rank];
      const bool taken = std::find(out.begin(), out.end(), bar.knob) != out.end();
      if (out.size() < s.options.of && bar.width() > 0 && !taken) out.push_back(bar.knob);
    }
  }
  return out;
}

/// Values of one output of the draws from `first` on.
std::vector<double> values(const Sensitivity& s, std::size_t first, std::size_t output) {
  std::vector<double> out;
  for (std::size_t i = first; i < s.draws.size(); ++i) out.push_back(s.draws[i].values[output]);
  return out;
}

}  // namespace

Result<Sensitivity> run_sensitivity(const Strait& strait, const CampaignOptions& options,
                                    Machines& machines) {
  Sensitivity out;
  out.options = *options.sensitivity;
  const auto figure = figure_named(out.options.figure, "--sensitivity");
  if (!figure) return std::unexpected(figure.error());
  out.figure = *figure;
  const auto plan = plan_of(strait.scenario, options.policies);
  if (!plan) return std::unexpected(plan.error());
  out.knobs = strait.scenario.knobs();
  if (out.knobs.empty())
    return fail("--sensitivity", strait.scenario.name + " has no number with a range to go through");
  for (const Policy& policy : plan->policies)
    out.outputs.push_back(
        {.name = out.outputs.empty() ? policy.name : policy.name + " less " + plan->policies.front().name});
  const auto own = own_numbers(strait.scenario, out.knobs);
  std::vector<std::size_t> all(out.knobs.size());
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = k;
  Study study(strait, options, *plan, machines, out);
  // Shares of the work, for who waits for it: a draw costs as much as any other.
  const auto tornado = static_cast<double>(1 + 2 * all.size());
  const auto hypercube = static_cast<double>(out.options.draws);
  const double work = tornado + hypercube +
                      static_cast<double>(out.options.rows * (std::min(out.options.of, all.size()) + 2));
  if (auto done = study.run("ends", ends(out.knobs, own), tornado / work); !done)
    return std::unexpected(done.error());
  make_tornados(out);
  std::size_t first = out.draws.size();
  const Design cube = latin_hypercube(out.options.draws, all.size(), options.seed);
  if (auto done = study.run("hypercube", points("hypercube", cube, out.knobs, all, own),
                            (tornado + hypercube) / work);
      !done)
    return std::unexpected(done.error());
  for (std::size_t o = 0; o < out.outputs.size(); ++o) {
    out.outputs[o].over_ranges = values(out, first, o);
    std::sort(out.outputs[o].over_ranges.begin(), out.outputs[o].over_ranges.end());
  }
  out.sobol_of = widest(out);
  if (out.sobol_of.empty()) return out;  // nothing decides anything
  first = out.draws.size();
  const Design design = sobol_design(out.options.rows, out.sobol_of.size(), options.seed);
  if (auto done = study.run("sobol", points("sobol", design, out.knobs, out.sobol_of, own), 1); !done)
    return std::unexpected(done.error());
  for (std::size_t o = 0; o < out.outputs.size(); ++o)
    out.outputs[o].of_sobol =
        sobol_indices_of(out.options.rows, out.sobol_of.size(), options.seed, values(out, first, o));
  return out;
}

}  // namespace varne::days
