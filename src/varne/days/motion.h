#pragma once
/// What happens to the boats of a day minute by minute, whoever meets them: they leave, stop, take water,
/// come ashore; their people enter the water and some are lost; somebody calls.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "varne/days/truth.h"

namespace varne::days {

class Motion {
 public:
  /// @param boats  carried on by this; outlives it
  Motion(const Strait& strait, const Numbers& numbers, Boats& boats, std::uint64_t seed);

  /// From this minute to the next.
  void step(Minute minute, const DayTide::Between& tide, Vec wind);

  /// When somebody calls, for trouble or because the boat is in UK waters: the earlier; `never`.
  [[nodiscard]] Minute calls(std::size_t boat) const {
    return std::min(trouble_call_[boat], line_call_[boat]);
  }
  [[nodiscard]] Minute trouble_call(std::size_t boat) const { return trouble_call_[boat]; }
  [[nodiscard]] Minute line_call(std::size_t boat) const { return line_call_[boat]; }
  /// Those who came ashore by themselves in this step.
  [[nodiscard]] const std::vector<std::size_t>& landed_now() const { return landed_; }
  /// Minutes that people have spent in the water, all together.
  [[nodiscard]] double water_minutes() const { return water_minutes_; }
  /// A unit is alongside: the boat drives no more. Its people in the water can be taken like those aboard.
  void hold(std::size_t boat);
  /// So many were taken from the water, those first who could hold out least.
  void leave_water(std::size_t boat, std::int32_t persons);
  /// So many people more are in the water from now on.
  void enter_water(std::size_t boat, std::int32_t persons, Minute minute);

 private:
  void people_in_water(std::size_t boat, Minute minute);
  void come_ashore(std::size_t boat);

  const Strait& strait_;
  const Numbers& numbers_;
  Boats& boats_;
  std::uint64_t seed_;
  std::vector<Minute> trouble_call_;
  std::vector<Minute> line_call_;
  std::vector<std::uint8_t> crossed_;
  std::vector<std::uint32_t> drawn_;          ///< how many survival times of its people were drawn
  std::vector<std::vector<Minute>> survive_;  ///< until when each in the water lives
  std::vector<std::size_t> landed_;
  double water_minutes_ = 0;
};

}  // namespace varne::days
