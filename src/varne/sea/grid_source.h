#pragma once
/// What was read of gridded files, as a source of the sea. Made in forcing.cpp only.

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "varne/sea/reading.h"
#include "varne/sea/sea.h"

namespace varne {

/// A current may be the sum of what is left without the tide and the tide.
struct CurrentField {
  std::vector<VectorField> parts;
  std::shared_ptr<const SeaSource> tide;  // null: nothing is added
};

class GridSource final : public SeaSource {
 public:
  std::string called;
  Hash content{};
  std::vector<std::string> told;
  std::vector<CurrentField> currents;
  std::vector<VectorField> winds;
  std::vector<SeaField> waves;
  std::vector<SeaField> temperatures;
  std::vector<SeaField> depths;

  [[nodiscard]] std::string name() const override { return called; }
  [[nodiscard]] Hash hash() const override { return content; }
  [[nodiscard]] std::vector<std::string> notes() const override { return told; }
  [[nodiscard]] std::optional<std::pair<Time, Time>> span() const override {
    const SeaField* field = !currents.empty()       ? &currents.front().parts.front().x
                            : !winds.empty()        ? &winds.front().x
                            : !waves.empty()        ? &waves.front()
                            : !temperatures.empty() ? &temperatures.front()
                                                    : nullptr;
    if (field == nullptr || field->times.empty()) return std::nullopt;
    return std::pair(field->times.front(), field->times.back());
  }
  [[nodiscard]] std::optional<Vec> current(Place place, Time time) const override {
    for (const CurrentField& field : currents) {
      if (auto sum = summed(field, place, time)) return sum;
    }
    return std::nullopt;
  }
  [[nodiscard]] std::optional<Vec> wind(Place place, Time time) const override {
    for (const VectorField& field : winds) {
      if (auto wind = field.at(place, time)) return wind;
    }
    return std::nullopt;
  }
  [[nodiscard]] std::optional<double> wave_height_m(Place place, Time time) const override {
    return first(waves, place, time);
  }
  [[nodiscard]] std::optional<double> water_temperature_c(Place place, Time time) const override {
    return first(temperatures, place, time);
  }
  [[nodiscard]] std::optional<double> depth_m(Place place) const override {
    return first(depths, place, Time());
  }
  [[nodiscard]] bool knows_land() const override { return false; }
  [[nodiscard]] SourceGrid grid(SeaPart part) const override {
    if (part == SeaPart::wind) return for_loops(winds.empty() ? nullptr : &winds.front(), winds.size() > 1);
    if (currents.empty()) return for_loops(nullptr, false);
    const CurrentField& first = currents.front();
    return for_loops(&first.parts.front(),
                     currents.size() > 1 || first.parts.size() > 1 || first.tide != nullptr);
  }
  [[nodiscard]] bool current_extended(Place place, Time time) const override {
    for (const CurrentField& field : currents) {
      if (!summed(field, place, time)) continue;
      return std::any_of(field.parts.begin(), field.parts.end(),
                         [&](const VectorField& part) { return part.extended(place, time); });
    }
    return false;
  }

 private:
  /// A grid for loops is that of one vector on one grid; of several (a sum, one behind the other, staggered
  /// components) none.
  static SourceGrid for_loops(const VectorField* field, bool several) {
    if (field == nullptr) return {SourceGrid::Kind::nothing};
    return several || field->x.grid != field->y.grid ? SourceGrid{} : field->x.grid->for_loops();
  }
  static std::optional<Vec> summed(const CurrentField& field, Place place, Time time) {
    Vec sum;
    for (const VectorField& part : field.parts) {
      const auto flow = part.at(place, time);
      if (!flow) return std::nullopt;
      sum = sum + *flow;
    }
    if (field.tide == nullptr) return sum;
    const auto tide = field.tide->current(place, time);
    return tide ? std::optional(sum + *tide) : std::nullopt;
  }
  static std::optional<double> first(const std::vector<SeaField>& fields, Place place, Time time) {
    for (const SeaField& field : fields) {
      const auto corners = field.grid->around(place);
      if (!corners) continue;
      if (auto value = field.at(*corners, time)) return value;
    }
    return std::nullopt;
  }
};

}  // namespace varne
