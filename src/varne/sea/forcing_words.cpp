#include "varne/sea/forcing_words.h"

#include "varne/sea/strait.h"

namespace varne {

Result<ForcingOptions> forcing_options(const ForcingWords& words) {
  ForcingOptions options;
  for (const auto& each : words.map) {
    if (auto added = add_to_map(options.map, each); !added) return std::unexpected(added.error());
  }
  options.member = words.member;
  options.always = words.always;
  if (words.sum_tides) {
    auto tides = home_tides();
    if (!tides) return std::unexpected(tides.error());
    options.tide_for_means = std::move(*tides);
  }
  return options;
}

Done add_forcing(Sea& sea, const ForcingWords& words) {
  const auto options = forcing_options(words);
  if (!options) return std::unexpected(options.error());
  return add_forcing(sea, words.files, *options);
}

}  // namespace varne
