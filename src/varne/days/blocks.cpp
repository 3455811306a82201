#include "varne/days/blocks.h"

#include <fmt/format.h>

#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>

#include "varne/core/json.h"
#include "varne/core/lines.h"
#include "varne/core/text.h"
#include "varne/days/page.h"
#include "varne/days/parallel.h"

namespace varne::days {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20;

std::string path_of(const std::string& folder, std::size_t number) {
  return fmt::format("{}/{:06}.jsonl", folder, number);
}

Json json_of(const DayOutcome& outcome) {
  Json met = Json::array();
  for (const Place p : outcome.met_at) met.push_back({rounded(p.lon, 4), rounded(p.lat, 4)});
  return {{"sums", outcome.sums},
          {"first", outcome.first_unit_min},
          {"met", std::move(met)},
          {"responses", outcome.responses}};
}

bool read_outcome(const Json& json, DayOutcome& out) {
  const Json& sums = json.at("sums");
  if (!sums.is_array() || sums.size() != metrics) return false;
  for (std::size_t m = 0; m < metrics; ++m) out.sums[m] = sums[m].get<double>();
  out.responses = json.at("responses").get<std::vector<std::uint32_t>>();
  out.first_unit_min = json.at("first").get<std::vector<std::uint16_t>>();
  for (const Json& p : json.at("met")) out.met_at.push_back({p.at(0).get<double>(), p.at(1).get<double>()});
  return true;
}

Done write_block(const std::string& folder, std::size_t number, const Hash& campaign,
                 const std::vector<DayResult>& days) {
  std::error_code wrong;
  std::filesystem::create_directories(folder, wrong);
  const std::string path = path_of(folder, number);
  if (wrong) return fail(path, "its folder could not be made: " + wrong.message());
  std::string out = canonical({{"campaign", hex(campaign)}, {"days", days.size()}}) + '\n';
  for (const DayResult& day : days) {
    Json policies = Json::array();
    for (const DayOutcome& one : day.by_policy) policies.push_back(json_of(one));
    out +=
        canonical(
            {{"seed", fmt::format("{}", day.seed)}, {"date", day.date}, {"policies", std::move(policies)}}) +
        '\n';
  }
  return write_whole(path, out);
}

bool has_block(const std::string& folder, std::size_t number) {
  return std::filesystem::is_regular_file(path_of(folder, number));
}

Result<std::vector<DayResult>> read_block(const std::string& folder, std::size_t number,
                                          const Hash& campaign) {
  const std::string path = path_of(folder, number);
  const auto text = read_file(path, most_bytes);
  if (!text) return std::unexpected(text.error());
  auto lines = split(*text, '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  const auto broken = [&] {
    return fail(path, "is not whole or was changed; remove it, and it is made again");
  };
  if (lines.empty()) return broken();
  try {
    const auto head = parse_json(lines[0]);
    if (!head || !head->is_object()) return broken();
    if (head->at("campaign") != hex(campaign))
      return fail(
          path,
          "is of another campaign (scenario, policies, seed, draws or version differ); give another folder");
    if (head->at("days") != lines.size() - 1) return broken();
    std::vector<DayResult> out;
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const auto json = parse_json(lines[i]);
      if (!json) return broken();
      DayResult day;
      day.seed = static_cast<std::uint64_t>(parse_whole(json->at("seed").get<std::string>()).value_or(0));
      day.date = json->at("date").get<std::string>();
      for (const Json& one : json->at("policies"))
        if (!read_outcome(one, day.by_policy.emplace_back())) return broken();
      out.push_back(std::move(day));
    }
    return out;
  } catch (const nlohmann::json::exception&) {
    return broken();
  }
}

}  // namespace

Result<std::vector<DayResult>> finished_blocks(const std::string& folder, std::size_t first, std::size_t last,
                                               const Hash& campaign, std::size_t threads, Machines& machines,
                                               const MakeBlock& make) {
  std::vector<std::size_t> mine;
  for (std::size_t b = first; b < last; ++b)
    if (b % machines.count() == machines.rank() && !has_block(folder, b)) mine.push_back(b);
  std::mutex guard;
  Done wrong = {};
  in_parallel(mine.size(), threads, [&](std::size_t i) {
    const auto made = make(mine[i]);
    Done done = made ? write_block(folder, mine[i], campaign, *made) : Done(fail(made.error()));
    const std::lock_guard lock(guard);
    if (!done && wrong) wrong = std::move(done);
  });
  if (!wrong) return std::unexpected(wrong.error());
  machines.wait_for_all();
  std::vector<DayResult> out;
  for (std::size_t b = first; b < last; ++b) {
    auto block = read_block(folder, b, campaign);
    if (!block) return std::unexpected(block.error());
    out.insert(out.end(), std::make_move_iterator(block->begin()), std::make_move_iterator(block->end()));
  }
  return out;
}

}  // namespace varne::days
