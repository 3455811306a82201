#pragma once
/// One step of a block of particles in SIMD registers (Highway, for the instruction set found at run time).
///
/// The same bits on every instruction set: products and sums are never fused, no function of the C library is
/// called, and each lane is computed for itself. What the arithmetic leaves out against `step_one`, the
/// measure of it:
///   - a step along geodesics is their expansion to second order: off by at most 2 d³ (1 + tan² latitude) /
///   R²
///     for a step of d metres (R = 6.37e6 m): 0.02 mm for 1 km at 51°, and never used beyond 80° of latitude;
///   - velocities are in single precision: 1e-7 of their magnitude;
///   - logarithm, sine and cosine of the draws are polynomials good to 3e-7.

#include <cstdint>
#include <string>
#include <vector>

#include "varne/drift/particles.h"
#include "varne/sea/coast.h"
#include "varne/sea/sea_moment.h"

namespace varne {

/// Particles in a block: what a step touches of them (60 bytes each) stays in the second-level cache, and the
/// block's share of the first.
inline constexpr std::size_t block_size = 512;
/// Beyond this the kernel's steps are not good enough; `step_one` makes them.
inline constexpr double steepest_latitude = 80;

/// What one step is made from. Pointers are to the caller's, which outlive the step.
struct KernelStep {
  const SeaMoment* current[3] = {};  ///< at the step's beginning, middle and end: as many as the scheme asks
  const SeaMoment* wind[3] = {};
  double dt_s = 0;
  std::uint32_t number = 1;
  StepChances chances;
  DriftScheme scheme = DriftScheme::euler;
  std::uint64_t seed = 0;
  bool opendrift = false;
  bool land_everywhere = false;  ///< some source may call any place land: all are to be asked about
  const Coast::Raster* coasts = nullptr;
  std::size_t coast_count = 0;
};

/// What happened to a block in a step, and who needs a look of their own.
struct KernelBlock {
  std::size_t first = 0;  ///< number of the block's first particle, a multiple of `block_size`
  std::size_t count = 0;
  bool any = false;                                     ///< whether any moves
  alignas(64) std::uint64_t moving[block_size] = {};    ///< 1: takes part in this step
  alignas(64) std::uint64_t jibes[4][block_size] = {};  ///< random words, good for four steps
  std::uint32_t jibes_of = ~0U;                         ///< number / 4 of those steps

  /// Moved to where there may be land; not put there yet.
  struct Landing {
    std::uint32_t particle;
    double lon;
    double lat;
  };
  std::size_t landings = 0;
  Landing landing[block_size];
  std::size_t departures = 0;
  std::uint32_t departed[block_size];  ///< something was not known; stands where it was
};

/// Makes the step for all that move. Errors and jibes are drawn on for all of them, those that land included.
void step_block(const KernelStep& step, Particles& particles, KernelBlock& block);

/// Names of the instruction sets that this machine has, best first, for tests and reports.
std::vector<std::string> kernel_targets();
/// Uses only this one from now on; "" takes the best again. Not while something runs. False: not here.
bool use_kernel_target(const std::string& name);

}  // namespace varne
