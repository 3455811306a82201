#include "drift_learn.h"

#include <fmt/format.h>

#include <algorithm>

#include "varne/core/place_text.h"
#include "varne/core/text.h"
#include "varne/drift/learning.h"
#include "varne/search/searched.h"

namespace varne::app {
namespace {

/// "LON,LAT,TIME,SIGMA_M" and perhaps ",CHANCE"; before the time stands a position in any form.
Result<Sighting> sighting_of(const std::string& option, const std::vector<std::string_view>& parts,
                             const char* meaning) {
  const auto refused = [&] { return fail(option, fmt::format("must be {}", meaning)); };
  std::size_t when = 1;
  while (when < parts.size() && !parse_time(trim(parts[when]))) ++when;
  if (when == parts.size())
    when = std::min<std::size_t>(2, parts.size());  // its time is what is wrong with it
  const auto behind = parts.size() - when;
  if (behind < 2 || behind > 3) return refused();
  std::string at(parts[0]);
  for (std::size_t i = 1; i < when; ++i) at += "," + std::string(parts[i]);
  const auto place = parse_place(at);
  if (!place) return std::unexpected(place.error().in(option));
  const auto time = parse_time(trim(parts[when]));
  if (!time) return std::unexpected(time.error().in(option));
  const auto sigma = parse_number(trim(parts[when + 1]));
  const auto chance = behind == 3 ? parse_number(trim(parts[when + 2])) : std::optional(1.0);
  if (!sigma || !chance) return refused();
  return Sighting{*place, *sigma, *time, *chance};
}

Done learn_searches(const std::string& path, DriftRun& run) {
  const auto searches = load_searched(path);
  if (!searches) return std::unexpected(searches.error());
  for (const SearchedArea& search : *searches) {
    const auto chance = missed(run, search);
    if (!chance) return std::unexpected(chance.error().in(path + ": " + search.name));
    std::vector<double> before = run.weights;
    const auto nothing = learn(before, *chance);
    if (!nothing) return std::unexpected(nothing.error().in(path + ": " + search.name));
    if (auto done = learn(run, *chance,
                          fmt::format("the search \"{}\" that found nothing (it would have with {:.1f} %)",
                                      search.name, 100 * (1 - *nothing)));
        !done)
      return done;
  }
  return {};
}

Done learn_sighting(const Sighting& sighting, const DriftRun& of, DriftRun& run, const std::string& what) {
  const auto likelihood = sighting_likelihood(of, sighting, run.weights);
  if (!likelihood) return std::unexpected(likelihood.error());
  return learn(run, *likelihood,
               fmt::format("{} at {} on {}, σ {:.0f} m, believed with {:.0f} %", what, spoken(sighting.place),
                           iso(sighting.time), sighting.sigma_m, 100 * sighting.chance));
}

}  // namespace

bool learns(const Asked& asked) {
  return !asked.searched.empty() || !asked.sighted.empty() || !asked.debris.empty();
}

Done learn_asked(const Asked& asked, DriftRun& run,
                 const std::function<Result<DriftRun>(const LeewayClass&)>& as_debris) {
  for (const auto& path : asked.searched) {
    if (auto done = learn_searches(path, run); !done) return done;
  }
  for (const auto& text : asked.sighted) {
    const auto sighting =
        sighting_of("--sighted", split(text, ','), "LON,LAT,TIME,SIGMA_M or LON,LAT,TIME,SIGMA_M,CHANCE");
    if (!sighting) return std::unexpected(sighting.error());
    if (auto done = learn_sighting(*sighting, run, run, "a sighting"); !done) return done;
  }
  for (const auto& text : asked.debris) {
    auto parts = split(text, ',');
    const auto leeway = class_of(std::string(trim(parts[0])));
    if (!leeway) return std::unexpected(leeway.error().in("--debris"));
    parts.erase(parts.begin());
    const auto sighting =
        sighting_of("--debris", parts, "CLASS,LON,LAT,TIME,SIGMA_M or CLASS,LON,LAT,TIME,SIGMA_M,CHANCE");
    if (!sighting) return std::unexpected(sighting.error());
    const auto drifted = as_debris(*leeway);
    if (!drifted) return std::unexpected(drifted.error());
    if (auto done = learn_sighting(*sighting, *drifted, run, "debris (" + leeway->key + ")"); !done)
      return done;
  }
  if (!asked.resample) return {};
  auto drawn = resampled(run);
  if (!drawn) return std::unexpected(drawn.error().in("--resample"));
  run = std::move(*drawn);
  return {};
}

}  // namespace varne::app
