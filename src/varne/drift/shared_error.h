#pragma once
/// The part of the errors of current and wind that neighbours share (`DriftOptions::shared_error`): fields
/// in space and time, and every particle meets that of its own world. Two particles of one world that are
/// close have nearly the same error, two of different worlds have nothing in common. So each particle's error
/// by itself is still the process of `DriftOptions`, but a boat and its debris, or two boats, may be told
/// apart from two that are far from each other.
///
/// A field is a sum of plane waves whose wave numbers are drawn from the normal distribution of variance
/// 1 / length², so that over the worlds the correlation at a distance d is exp(-d² / 2 length²) (random
/// features: Rahimi and Recht 2007); their amplitudes are Ornstein–Uhlenbeck in time.

#include <cstdint>
#include <vector>

#include "varne/drift/particles.h"

namespace varne {

class SharedErrors {
 public:
  static constexpr std::uint32_t worlds = 64;  ///< twice as many, the sign turned for every other particle
  static constexpr std::uint32_t waves = 8;

  /// As the run begins. @param about  wave phases are counted from here
  SharedErrors(const DriftOptions& options, Place about);

  /// Draws the amplitudes on over the step of this number.
  void draw_on(std::uint32_t number, double dt_s);

  struct At {
    Vec current;  ///< [m/s]
    Vec wind;
  };
  /// What particle i meets at a place.
  [[nodiscard]] At at(std::uint32_t i, double lon, double lat) const;

 private:
  struct Wave {
    Vec number;  ///< radians a metre
    double amplitude[8];
  };
  std::uint64_t seed_;
  Place about_;
  Vec metres_;  ///< in a degree, at `about_`
  double current_mps_;
  double wind_mps_;
  Duration current_lasts_;
  Duration wind_lasts_;
  std::vector<Wave> waves_;  ///< world by world
};

}  // namespace varne
