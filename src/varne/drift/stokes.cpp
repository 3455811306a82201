#include "varne/drift/stokes.h"

#include <utility>

namespace varne {
namespace {

class WithStokes final : public SeaSource {
 public:
  WithStokes(std::shared_ptr<const SeaSource> source, Sea sea, std::shared_ptr<const SeaSource> waves)
      : source_(std::move(source)), sea_(std::move(sea)), waves_(std::move(waves)) {}

  [[nodiscard]] std::string name() const override {
    return source_->name() + (waves_ ? " with the Stokes drift of " + waves_->name()
                                     : std::string(" with a Stokes drift of 1.6 % of the wind"));
  }
  [[nodiscard]] Hash hash() const override {
    return sha256(source_->hash(), waves_ ? hex(waves_->hash()) : "Stokes drift of " + hex(sea_.hash()));
  }
  [[nodiscard]] std::vector<std::string> notes() const override {
    auto all = source_->notes();
    all.emplace_back("Stokes drift is added to the current; leeway measured in the field holds part of it");
    return all;
  }
  [[nodiscard]] std::optional<std::pair<Time, Time>> span() const override { return source_->span(); }
  [[nodiscard]] std::optional<Vec> current(Place place, Time time) const override {
    const auto water = source_->current(place, time);
    if (!water) return std::nullopt;
    if (waves_) {
      const auto drift = waves_->current(place, time);
      return drift ? std::optional(*water + *drift) : std::nullopt;
    }
    const auto wind = sea_.wind(place, time);
    return wind ? std::optional(*water + *wind * stokes_of_wind) : std::nullopt;
  }
  [[nodiscard]] bool current_extended(Place place, Time time) const override {
    return source_->current_extended(place, time);
  }
  [[nodiscard]] std::optional<Vec> wind(Place place, Time time) const override {
    return source_->wind(place, time);
  }
  [[nodiscard]] std::optional<double> wave_height_m(Place place, Time time) const override {
    return source_->wave_height_m(place, time);
  }
  [[nodiscard]] std::optional<double> water_temperature_c(Place place, Time time) const override {
    return source_->water_temperature_c(place, time);
  }
  [[nodiscard]] std::optional<double> depth_m(Place place) const override { return source_->depth_m(place); }
  [[nodiscard]] std::optional<double> level_m(Place place, Time time) const override {
    return source_->level_m(place, time);
  }
  [[nodiscard]] std::optional<bool> land(Place place) const override { return source_->land(place); }
  [[nodiscard]] bool knows_land() const override { return source_->knows_land(); }
  /// A sum of two fields lies on no one's grid.
  [[nodiscard]] SourceGrid grid(SeaPart part) const override {
    return part == SeaPart::wind ? source_->grid(part) : SourceGrid{};
  }

 private:
  std::shared_ptr<const SeaSource> source_;
  Sea sea_;
  std::shared_ptr<const SeaSource> waves_;
};

}  // namespace

Sea with_stokes(const Sea& sea, const std::shared_ptr<const SeaSource>& waves) {
  Sea out;
  for (const auto& source : sea.sources()) {
    if (source->grid(SeaPart::current).kind == SourceGrid::Kind::nothing)
      out.add(source);
    else
      out.add(std::make_shared<WithStokes>(source, sea, waves));
  }
  return out;
}

}  // namespace varne
