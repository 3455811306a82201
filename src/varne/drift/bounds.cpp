#include "varne/drift/bounds.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace varne {
namespace {

constexpr std::size_t chunk_size = 8192;

std::size_t chunks(std::size_t count) {
  return std::max<std::size_t>(1, (count + chunk_size - 1) / chunk_size);
}

/// Calls `each(chunk, particle)` for all of them.
template <class Each>
void each_chunk(std::size_t count, Each&& each) {
  tbb::parallel_for(std::size_t{0}, chunks(count), [&](std::size_t chunk) {
    const std::size_t end = std::min(count, (chunk + 1) * chunk_size);
    for (std::size_t i = chunk * chunk_size; i < end; ++i) each(chunk, i);
  });
}

}  // namespace

LeewayBound most_leeway(const Particles& p, std::size_t count) {
  std::vector<LeewayBound> squares(chunks(count));
  const auto larger = [](double& most, double down, double side, double other) {
    const double across = std::max(std::abs(side), std::abs(other));
    most = std::max(most, down * down + across * across);
  };
  each_chunk(count, [&](std::size_t chunk, std::size_t i) {
    const auto with = [&](const std::vector<float>& of, const std::vector<float>& spread, double each) {
      const double now = std::abs(static_cast<double>(of[i]));
      return spread.empty() ? now : now + 2 * most_sigmas * each * std::abs(static_cast<double>(spread[i]));
    };
    constexpr double slope = 0.01 / 20, offset = 0.01 / 2;  // that one cm/s of a draw is worth
    LeewayBound& most = squares[chunk];
    larger(most.slope, with(p.down_slope, p.down_std, slope), with(p.side_slope, p.side_std, slope),
           with(p.other_slope, p.other_std, slope));
    larger(most.offset, with(p.down_offset, p.down_std, offset), with(p.side_offset, p.side_std, offset),
           with(p.other_offset, p.other_std, offset));
  });
  LeewayBound out;
  for (const LeewayBound& each : squares)
    out = {std::max(out.slope, each.slope), std::max(out.offset, each.offset)};
  return {std::sqrt(out.slope), std::sqrt(out.offset)};
}

std::optional<Box> where_adrift(const Particles& p, std::size_t count, bool refloat) {
  constexpr double none = std::numeric_limits<double>::infinity();
  std::vector<Box> boxes(chunks(count), Box{none, none, -none, -none});
  each_chunk(count, [&](std::size_t chunk, std::size_t i) {
    if (p.state[i] != ParticleState::adrift && !(refloat && p.state[i] == ParticleState::ashore)) return;
    Box& box = boxes[chunk];
    box = {std::min(box.west, p.lon[i]), std::min(box.south, p.lat[i]), std::max(box.east, p.lon[i]),
           std::max(box.north, p.lat[i])};
  });
  Box all = boxes.front();
  for (const Box& box : boxes)
    all = {std::min(all.west, box.west), std::min(all.south, box.south), std::max(all.east, box.east),
           std::max(all.north, box.north)};
  return all.west <= all.east ? std::optional(all) : std::nullopt;
}

}  // namespace varne
