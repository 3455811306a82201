#include "varne/sea/sea.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

namespace varne {
namespace {

/// What the first source that knows says.
template <class Ask>
auto first_known(const std::vector<std::shared_ptr<const SeaSource>>& sources, Place place, Ask&& ask)
    -> decltype(ask(*sources.front())) {
  if (!valid(place)) return std::nullopt;
  for (const auto& source : sources) {
    if (auto answer = ask(*source)) return answer;
  }
  return std::nullopt;
}

class StatedSource : public SeaSource {
 public:
  StatedSource(std::string name, std::vector<Stated> steps)
      : name_(std::move(name)), steps_(std::move(steps)) {
    for (std::size_t i = 1; i < steps_.size(); ++i) {
      assert(steps_[i].from && (!steps_[i - 1].from || *steps_[i - 1].from <= *steps_[i].from));
    }
  }

  [[nodiscard]] std::string name() const override { return name_; }
  [[nodiscard]] Hash hash() const override {
    std::string all;
    const auto add = [&all](const std::optional<double>& value) {
      all += value ? fmt::format("{},", *value) : ",";  // the shortest text that gives the same number again
    };
    for (const Stated& step : steps_) {
      all += fmt::format("{},", step.from ? iso(*step.from) : "");
      for (const auto& vec : {step.current, step.wind}) {
        add(vec ? std::optional(vec->east) : std::nullopt);
        add(vec ? std::optional(vec->north) : std::nullopt);
      }
      add(step.wave_height_m);
      add(step.water_temperature_c);
      all += '\n';
    }
    return sha256(all);
  }
  [[nodiscard]] std::optional<Vec> current(Place, Time time) const override {
    return said(time, &Stated::current);
  }
  [[nodiscard]] std::optional<Vec> wind(Place, Time time) const override { return said(time, &Stated::wind); }
  [[nodiscard]] bool knows_land() const override { return false; }
  [[nodiscard]] SourceGrid grid(SeaPart part) const override {
    for (const Stated& step : steps_) {
      if (part == SeaPart::current ? step.current : step.wind) return {SourceGrid::Kind::uniform};
    }
    return {SourceGrid::Kind::nothing};
  }
  [[nodiscard]] std::optional<double> wave_height_m(Place, Time time) const override {
    return said(time, &Stated::wave_height_m);
  }
  [[nodiscard]] std::optional<double> water_temperature_c(Place, Time time) const override {
    return said(time, &Stated::water_temperature_c);
  }

 private:
  /// A step that is silent on something leaves it unknown; it does not reach back to the step before.
  template <class T>
  [[nodiscard]] std::optional<T> said(Time time, std::optional<T> Stated::*what) const {
    const auto after = std::partition_point(
        steps_.begin(), steps_.end(), [&](const Stated& step) { return !step.from || *step.from <= time; });
    return after == steps_.begin() ? std::nullopt : (*std::prev(after)).*what;
  }

  std::string name_;
  std::vector<Stated> steps_;
};

class PartSource : public SeaSource {
 public:
  PartSource(std::shared_ptr<const SeaSource> source, SeaPart part)
      : source_(std::move(source)), part_(part) {}

  [[nodiscard]] std::string name() const override { return source_->name(); }
  [[nodiscard]] Hash hash() const override {
    return sha256(source_->hash(), part_ == SeaPart::current ? "current" : "wind");
  }
  [[nodiscard]] std::vector<std::string> notes() const override { return source_->notes(); }
  [[nodiscard]] std::optional<std::pair<Time, Time>> span() const override { return source_->span(); }
  [[nodiscard]] std::optional<Vec> current(Place place, Time time) const override {
    return part_ == SeaPart::current ? source_->current(place, time) : std::nullopt;
  }
  [[nodiscard]] bool current_extended(Place place, Time time) const override {
    return part_ == SeaPart::current && source_->current_extended(place, time);
  }
  [[nodiscard]] std::optional<Vec> wind(Place place, Time time) const override {
    return part_ == SeaPart::wind ? source_->wind(place, time) : std::nullopt;
  }
  [[nodiscard]] bool knows_land() const override { return false; }
  [[nodiscard]] SourceGrid grid(SeaPart part) const override {
    return part == part_ ? source_->grid(part) : SourceGrid{SourceGrid::Kind::nothing};
  }

 private:
  std::shared_ptr<const SeaSource> source_;
  SeaPart part_;
};

}  // namespace

std::optional<Vec> Sea::current(Place place, Time time) const {
  return first_known(sources_, place, [&](const SeaSource& s) { return s.current(place, time); });
}
bool Sea::current_extended(Place place, Time time) const {
  const auto answer = first_known(sources_, place, [&](const SeaSource& s) -> std::optional<bool> {
    return s.current(place, time) ? std::optional(s.current_extended(place, time)) : std::nullopt;
  });
  return answer.value_or(false);
}
std::optional<Vec> Sea::wind(Place place, Time time) const {
  return first_known(sources_, place, [&](const SeaSource& s) { return s.wind(place, time); });
}
std::optional<double> Sea::wave_height_m(Place place, Time time) const {
  return first_known(sources_, place, [&](const SeaSource& s) { return s.wave_height_m(place, time); });
}
std::optional<double> Sea::water_temperature_c(Place place, Time time) const {
  return first_known(sources_, place, [&](const SeaSource& s) { return s.water_temperature_c(place, time); });
}
std::optional<double> Sea::depth_m(Place place) const {
  return first_known(sources_, place, [&](const SeaSource& s) { return s.depth_m(place); });
}
std::optional<double> Sea::level_m(Place place, Time time) const {
  return first_known(sources_, place, [&](const SeaSource& s) { return s.level_m(place, time); });
}
std::optional<bool> Sea::land(Place place) const {
  return first_known(sources_, place, [&](const SeaSource& s) { return s.land(place); });
}

Hash Sea::hash() const {
  Hash all{};
  for (const auto& source : sources_) all = sha256(all, hex(source->hash()));
  return all;
}

std::vector<std::string> Sea::notes() const {
  std::vector<std::string> all;
  for (const auto& source : sources_) {
    for (const auto& note : source->notes()) all.push_back(source->name() + ": " + note);
  }
  return all;
}

std::shared_ptr<const SeaSource> stated_source(std::string name, std::vector<Stated> steps) {
  return std::make_shared<StatedSource>(std::move(name), std::move(steps));
}

std::shared_ptr<const SeaSource> only(std::shared_ptr<const SeaSource> source, SeaPart part) {
  return std::make_shared<PartSource>(std::move(source), part);
}

}  // namespace varne
