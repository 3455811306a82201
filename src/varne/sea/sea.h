#pragma once
/// What the sea and the air do at a place and time, and what lies there. One question, several sources, asked
/// in the order they were added; the first that knows answers. Outside all coverage the answer is unknown:
/// never zero. Start here: a new forcing format is one file in this folder that makes a `SeaSource`.

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/hash.h"
#include "varne/core/time.h"

namespace varne {

/// What a source may be asked for alone.
enum class SeaPart { current, wind };

/// Where the points lie between which a source's vectors are bilinear.
struct SourceGrid {
  enum class Kind {
    other,    ///< none that is told here
    nothing,  ///< it never knows this part
    uniform,  ///< the same everywhere
    even,     ///< equal steps of longitude and latitude
  };
  Kind kind = Kind::other;
  double west = 0;  ///< of the first point, degrees
  double south = 0;
  double step_lon = 0;  ///< above 0
  double step_lat = 0;
  std::size_t columns = 0;  ///< 2 or more
  std::size_t rows = 0;
  bool turns = false;   ///< goes round the whole earth: the column after the last is the first
  bool shares = false;  ///< points that are unknown leave their weight to the others about a place; else they
                        ///< make it unknown
};

/// Something that knows a part of the sea. Immutable once made, so that any number of threads may ask.
class SeaSource {
 public:
  virtual ~SeaSource() = default;

  /// For reasons and reports: "wa_coast_hycom_current.nc", "Channel tidal streams", "stated wind".
  [[nodiscard]] virtual std::string name() const = 0;

  /// Of all that it answers from, whatever it is called: two sources of one hash answer alike.
  [[nodiscard]] virtual Hash hash() const = 0;

  /// What whoever relies on it should be told, one sentence each without a full stop: what was chosen among
  /// several, filled in, left out or dropped while it was read. Empty: nothing out of the ordinary.
  [[nodiscard]] virtual std::vector<std::string> notes() const { return {}; }

  /// First and last moment of anything that changes with time and has an end; nothing where it has none. For
  /// the person who asks outside of it.
  [[nodiscard]] virtual std::optional<std::pair<Time, Time>> span() const { return std::nullopt; }

  /// Each gives nothing where this source does not know.
  [[nodiscard]] virtual std::optional<Vec> current(Place, Time) const {
    return std::nullopt;
  }  ///< [m/s] flows towards
  /// The current there was taken from the nearest cells that the model has, not from its own.
  [[nodiscard]] virtual bool current_extended(Place, Time) const { return false; }
  [[nodiscard]] virtual std::optional<Vec> wind(Place, Time) const {
    return std::nullopt;
  }  ///< [m/s] 10 m, blows towards
  [[nodiscard]] virtual std::optional<double> wave_height_m(Place, Time) const {
    return std::nullopt;
  }  ///< significant
  [[nodiscard]] virtual std::optional<double> water_temperature_c(Place, Time) const { return std::nullopt; }
  [[nodiscard]] virtual std::optional<double> depth_m(Place) const {
    return std::nullopt;
  }  ///< below mean sea level
  [[nodiscard]] virtual std::optional<double> level_m(Place, Time) const {
    return std::nullopt;
  }  ///< above mean sea level
  [[nodiscard]] virtual std::optional<bool> land(Place) const { return std::nullopt; }

  /// How loops over many places may take it over (sea_moment.h).
  [[nodiscard]] virtual SourceGrid grid(SeaPart) const { return {}; }
  /// Whether it ever answers `land`.
  [[nodiscard]] virtual bool knows_land() const { return true; }
};

/// The sea as known to this run. Cheap to copy (shares its sources).
class Sea {
 public:
  /// Later sources answer only where all earlier ones do not know.
  void add(std::shared_ptr<const SeaSource> source) { sources_.push_back(std::move(source)); }

  [[nodiscard]] std::optional<Vec> current(Place place, Time time) const;
  /// The first source that knows the current there took it from the nearest cells that it has.
  [[nodiscard]] bool current_extended(Place place, Time time) const;
  [[nodiscard]] std::optional<Vec> wind(Place place, Time time) const;
  [[nodiscard]] std::optional<double> wave_height_m(Place place, Time time) const;
  [[nodiscard]] std::optional<double> water_temperature_c(Place place, Time time) const;
  [[nodiscard]] std::optional<double> depth_m(Place place) const;
  [[nodiscard]] std::optional<double> level_m(Place place, Time time) const;
  [[nodiscard]] std::optional<bool> land(Place place) const;

  [[nodiscard]] const std::vector<std::shared_ptr<const SeaSource>>& sources() const { return sources_; }

  /// Of the sources' contents in their order: what a forecast on this sea depends on.
  [[nodiscard]] Hash hash() const;
  /// The notes of all sources, each with its source before it: "forecast.nc: …".
  [[nodiscard]] std::vector<std::string> notes() const;

 private:
  std::vector<std::shared_ptr<const SeaSource>> sources_;
};

/// The same wind, current, waves or temperature everywhere and always, or in steps of time: what a person
/// states.
struct Stated {
  std::optional<Time> from = {};  ///< holds from here to the next step; the first may leave it out
  std::optional<Vec> current = {};
  std::optional<Vec> wind = {};
  std::optional<double> wave_height_m = {};
  std::optional<double> water_temperature_c = {};
};

/// @param steps  in order of `from`; before the first dated step nothing is known
std::shared_ptr<const SeaSource> stated_source(std::string name, std::vector<Stated> steps);

/// The source, silent on everything but this part: of a file that holds both, the wind or the current.
std::shared_ptr<const SeaSource> only(std::shared_ptr<const SeaSource> source, SeaPart part);

}  // namespace varne
