#include "varne/fleet/survival.h"

#include <algorithm>

#include "varne/core/toml.h"

namespace varne {

Result<SurvivalTable> SurvivalTable::load(const std::string& path) {
  const auto file = TomlFile::open(path);
  if (!file) return std::unexpected(file.error());
  TomlTable root = file->root();
  SurvivalTable out;
  for (TomlTable& table : root.tables("case")) {
    Case one;
    one.source = table.text("source");
    if (one.source.empty()) table.refuse("source", "is empty; say who found this, and where it is published");
    one.in_water = table.truth("in_water");
    if (table.has("water_c")) {
      const auto range = table.numbers("water_c", 2, -2, 40);
      one.water_c = {range[0], range[1]};
      if (range[0] >= range[1]) table.refuse("water_c", "its first is not below its second");
    }
    for (TomlTable& row : table.tables("row")) {
      const double at = row.number("minutes", 0, 1e6) * 60;
      const double alive = row.number("alive", 0, 1);
      if (one.rows.empty() ? at != 0 : at <= one.rows.back().first)
        row.refuse("minutes", "they do not ascend from 0");
      if (!one.rows.empty() && alive > one.rows.back().second) row.refuse("alive", "more live than before");
      row.only_known();
      one.rows.emplace_back(at, alive);
    }
    if (one.rows.size() < 2) table.refuse("", "has fewer than two [[case.row]]");
    table.only_known();
    for (const Case& other : out.cases_) {
      const bool apart =
          other.in_water != one.in_water ||
          (other.water_c && one.water_c &&
           (other.water_c->second <= one.water_c->first || one.water_c->second <= other.water_c->first));
      if (!apart) table.refuse("", "covers what an earlier case covers");
    }
    out.cases_.push_back(std::move(one));
  }
  root.only_known();
  if (file->wrong()) return std::unexpected(*file->wrong());
  if (out.cases_.empty()) return fail(path, "has no case; write one [[case]] for each");
  return out;
}

const SurvivalTable::Case* SurvivalTable::of(const SurvivalCase& who) const {
  for (const Case& one : cases_) {
    if (one.in_water != who.in_water) continue;
    if (!one.water_c ||
        (who.water_c && *who.water_c >= one.water_c->first && *who.water_c < one.water_c->second))
      return &one;
  }
  return nullptr;
}

std::optional<double> SurvivalTable::alive(const SurvivalCase& who, double seconds) const {
  const Case* one = of(who);
  if (one == nullptr || seconds < 0 || seconds > one->rows.back().first) return std::nullopt;
  const auto after = std::upper_bound(one->rows.begin(), one->rows.end(), seconds,
                                      [](double s, const auto& row) { return s < row.first; });
  if (after == one->rows.end()) return one->rows.back().second;
  const auto before = after - 1;
  const double share = (seconds - before->first) / (after->first - before->first);
  return before->second + (after->second - before->second) * share;
}

std::string SurvivalTable::source(const SurvivalCase& who) const {
  const Case* one = of(who);
  return one == nullptr ? "" : one->source;
}

}  // namespace varne
