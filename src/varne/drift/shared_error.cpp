#include "varne/drift/shared_error.h"

#include <cmath>

#include "varne/core/philox.h"

namespace varne {
namespace {

/// Entities of waves: no particle has such a number (`most_particles`).
constexpr std::uint32_t first_wave = 0x80000000U;

}  // namespace

SharedErrors::SharedErrors(const DriftOptions& options, Place about)
    : seed_(options.seed),
      about_(about),
      metres_(metres_per_degree(about.lat)),
      current_mps_(options.current_noise_mps * std::sqrt(options.shared_error / waves)),
      wind_mps_(options.wind_noise_mps * std::sqrt(options.shared_error / waves)),
      current_lasts_(options.current_noise_lasts),
      wind_lasts_(options.wind_noise_lasts),
      waves_(std::size_t{worlds} * waves) {
  for (std::uint32_t w = 0; w < waves_.size(); ++w) {
    Random random(seed_, first_wave + w, 0);
    const double east = random.normal() / options.shared_length_m;
    waves_[w].number = {east, random.normal() / options.shared_length_m};
    for (double& a : waves_[w].amplitude) a = random.normal();
  }
}

void SharedErrors::draw_on(std::uint32_t number, double dt_s) {
  const auto kept = [&](Duration lasts) {
    return lasts > Duration::zero() ? std::exp(-std::abs(dt_s) / seconds(lasts)) : 0;
  };
  const double current_kept = kept(current_lasts_);
  const double wind_kept = kept(wind_lasts_);
  for (std::uint32_t w = 0; w < waves_.size(); ++w) {
    Random random(seed_, first_wave + w, number);
    for (int k = 0; k < 8; ++k) {
      const double keep = k < 4 ? current_kept : wind_kept;
      double& a = waves_[w].amplitude[k];
      a = a * keep + std::sqrt(1 - keep * keep) * random.normal();
    }
  }
}

SharedErrors::At SharedErrors::at(std::uint32_t i, double lon, double lat) const {
  const double sign = i % 2 == 0 ? 1 : -1;
  const double east = wrap180(lon - about_.lon) * metres_.east;
  const double north = (lat - about_.lat) * metres_.north;
  double sum[4] = {};
  const std::size_t first = std::size_t{i / 2 % worlds} * waves;
  for (std::size_t w = first; w < first + waves; ++w) {
    const Wave& wave = waves_[w];
    const double phase = wave.number.east * east + wave.number.north * north;
    const double c = std::cos(phase);
    const double s = std::sin(phase);
    for (std::size_t k = 0; k < 4; ++k) sum[k] += wave.amplitude[2 * k] * c + wave.amplitude[2 * k + 1] * s;
  }
  return {Vec{sum[0], sum[1]} * (sign * current_mps_), Vec{sum[2], sum[3]} * (sign * wind_mps_)};
}

}  // namespace varne
