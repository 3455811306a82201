#include "varne/search/searched.h"

#include <fmt/format.h>

#include "varne/core/enum_named.h"
#include "varne/core/place_text.h"
#include "varne/core/toml.h"
#include "varne/drift/learning.h"

namespace varne {
namespace {

constexpr double widest_m = 100e3;

SearchedArea read_search(TomlTable& table) {
  SearchedArea out;
  out.name = table.text("name");
  for (const auto& text : table.texts("area")) {
    const auto place = parse_place(text);
    if (!place) table.refuse("area", place.error().what);
    out.corners.push_back(place.value_or(Place{}));
  }
  if (out.corners.size() < 3) table.refuse("area", "must have at least three places");
  out.sweep_width_m = table.number("sweep_width_m", 0.1, widest_m);
  out.track_spacing_m = table.number("track_spacing_m", 0.1, widest_m);
  out.from = table.time("from");
  out.to = table.time("until");
  if (out.to <= out.from) table.refuse("until", "must be after \"from\"");
  const auto law = table.maybe_text("law").value_or("random");
  if (const auto known = enum_named<DetectionLaw>(law))
    out.law = *known;
  else
    table.refuse("law", "must be \"random\", \"inverse_cube\" or \"definite_range\"");
  table.only_known();
  return out;
}

}  // namespace

Result<std::vector<SearchedArea>> load_searched(const std::string& path) {
  auto file = TomlFile::open(path);
  if (!file) return std::unexpected(file.error());
  TomlTable root = file->root();
  std::vector<SearchedArea> out;
  for (TomlTable& table : root.tables("search")) out.push_back(read_search(table));
  root.only_known();
  if (file->wrong()) return std::unexpected(*file->wrong());
  if (out.empty()) return fail(path, "has no [[search]]");
  return out;
}

Result<std::vector<double>> missed(const DriftRun& run, const SearchedArea& search) {
  auto chance = share_inside(run, search.corners, search.from, search.to);
  if (!chance) return chance;
  const double whole = search.sweep_width_m / search.track_spacing_m;
  for (double& c : *chance) c = 1 - pod(search.law, whole * c);
  return chance;
}

}  // namespace varne
