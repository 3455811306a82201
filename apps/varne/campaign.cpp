#include "varne/days/campaign.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <thread>

#include "commands.h"
#include "numbers.h"
#include "terminal.h"
#include "varne/core/text.h"

namespace varne::app {
namespace {

struct Asked {
  std::string scenario;
  std::string policies;
  std::string until;
  days::SensitivityOptions sensitivity;
  std::size_t threads = 0;
  days::CampaignOptions options;
};

/// "met_in_30=0.02": a figure, and how narrow.
Done read_until(const std::string& text, days::CampaignOptions& out) {
  if (text.empty()) return {};
  const auto parts = split(text, '=');
  const auto half = parts.size() == 2 ? parse_number(parts[1]) : std::nullopt;
  if (!half || *half <= 0) return fail("--until", "write it as FIGURE=HALF, like met_in_30=0.02");
  out.until_figure = std::string(parts[0]);
  out.until_half = *half;
  return {};
}

Done campaign(Asked& asked, days::Machines& machines) {
  auto& options = asked.options;
  if (auto done = read_until(asked.until, options); !done) return done;
  for (const auto name : split(asked.policies, ',')) options.policies.emplace_back(trim(name));
  if (!asked.sensitivity.figure.empty()) options.sensitivity = asked.sensitivity;
  options.threads = asked.threads > 0 ? asked.threads : std::max(1U, std::thread::hardware_concurrency());
  auto scenario = days::load_scenario(asked.scenario);
  if (!scenario) return fail(scenario.error());
  auto strait = days::open_strait(std::move(*scenario));
  if (!strait) return fail(strait.error());
  Progress progress("simulating");
  if (machines.rank() == 0)
    options.progress = [&](double share) { progress.show(share, fmt::format("{:.0f} %", share * 100)); };
  const auto result = days::run_campaign(**strait, options, machines);
  progress.done();
  if (!result) return fail(result.error());
  if (machines.rank() != 0) return {};
  if (auto done = days::write_campaign(**strait, options, *result); !done) return done;
  say("{}\n{}/report.html, campaign.json{} days.csv hold all of it.\n", days::campaign_text(*result),
      options.folder, result->sensitivity ? ", draws.csv and" : " and");
  return {};
}

}  // namespace

void add_campaign(CLI::App& app, int& status) {
  auto* command =
      app.add_subcommand("campaign", "Compare policies on simulated days, by the same room that runs live");
  auto asked = std::make_shared<Asked>();
  command->add_option("scenario", asked->scenario, "scenario file")->required();
  command->add_option("--policies", asked->policies, "names, parted by commas; the first is compared with")
      ->required();
  command->add_option("--days", asked->options.days, "simulated days, at the most")
      ->check(from_to(2, 1000000));
  command->add_option("--out", asked->options.folder, "folder for finished blocks and results")->required();
  command->add_option("--seed", asked->options.seed, "of the campaign");
  command->add_option("--threads", asked->threads, "on this machine; else all there are")
      ->check(from_to(1, 1024));
  command->add_option("--until", asked->until, "stop once this interval is narrow enough: FIGURE=HALF");
  command->add_option("--sensitivity", asked->sensitivity.figure,
                      "a figure (met_in_30): which assumptions decide it, over the scenario's ranges");
  command
      ->add_option("--draws", asked->sensitivity.draws, "of all numbers over their ranges (Latin hypercube)")
      ->check(from_to(10, 1000000));
  command->add_option("--rows", asked->sensitivity.rows, "of the Sobol' design")->check(from_to(8, 100000));
  command
      ->add_option("--of", asked->sensitivity.of, "numbers in that design, those that move the figure most")
      ->check(from_to(1, 200));
  command->add_option("--draw-days", asked->sensitivity.days, "lived through by each draw")
      ->check(from_to(1, 100000));
  command->footer(
      "Finished days are kept in the folder: a campaign that was killed goes on, to the same bytes, when it "
      "is started "
      "again.\nUnder MPI each rank does its share: mpirun -n 4 varne campaign …\n\n"
      "Example:\n  varne campaign data/scenarios/strait-2021.toml --policies rescue,quick-start --days 200 "
      "--out out/");
  command->callback([asked, &status] {
    auto machines = days::all_machines();
    if (!machines) {
      status = failed(machines.error());
      return;
    }
    const auto done = campaign(*asked, **machines);
    status = done ? 0 : failed(done.error());
    if (!done) (*machines)->give_up();
  });
}

}  // namespace varne::app
