#pragma once
/// A scenario: every assumption of a simulated day, declared. docs/scenarios.md documents the file.
///
/// Each number has its source, or is marked as assumed; what is assumed has a range. Those ranges are what a
/// campaign's sensitivity goes through, one dimension a number (`knobs`).

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "varne/core/date.h"
#include "varne/core/geo.h"
#include "varne/core/result.h"
#include "varne/days/distribution.h"
#include "varne/days/quantities.h"

namespace varne::days {

struct Number {
  double value = 0;
  std::optional<std::array<double, 2>> range = {};  ///< low <= value <= high
};

/// One quantity as the file has it.
struct Declared {
  Shape shape = Shape::fixed;
  std::vector<Number> numbers;  ///< as `parameters_of(shape)`
  std::string source;           ///< where its numbers are from, or …
  std::string assumed;          ///< … why they were taken
  std::string where;            ///< "file:line"
};

struct Beach {
  std::string name;
  Place place;       ///< just off the shore, in the water
  double share = 0;  ///< of the boats; of all beaches together 1
  Place shore;       ///< off the shore that boats from there make for
};

struct RadarSite {
  std::string name;
  Place place;
  double range_m = 0;   ///< of a small boat
  double from_deg = 0;  ///< bearings between which there is sea, clockwise
  double to_deg = 360;
  double late_s = 0;  ///< when in the minute its turn is
};

/// A way of merchant ships, from its first point to its last.
struct Lane {
  std::string name;
  std::vector<Place> along;  ///< two or more
};

/// An aircraft that flies up and down a line of the strait.
struct Patrol {
  std::string name;
  Place from;
  Place to;
  double begins_h = 0;  ///< UTC
  double hours = 0;
};

/// A number of the scenario set to another value.
struct Setting {
  Q quantity{};
  std::size_t parameter = 0;
  double value = 0;
};

/// Wind and waves from files instead of the generator (hindcast.h).
struct Forcing {
  std::vector<std::string> files;  ///< CF-netCDF or GRIB; patterns too
  std::vector<std::string> map;    ///< "x_wind=U": what a variable is whose name does not say
  Place place{1.5, 51.0};          ///< where they are read
  std::string where;               ///< "file:line"
};

/// What is compared: which doctrines are in force, which units there are, and what else differs.
struct Policy {
  std::string name;
  std::string says;
  std::vector<std::string> doctrines;  ///< names of files in data/doctrine
  std::vector<std::string> without;    ///< units that this policy does without
  std::vector<Setting> set;
};

/// A number whose range a sensitivity study goes through.
struct Knob {
  Q quantity{};
  std::size_t parameter = 0;
  double low = 0;
  double high = 0;
  [[nodiscard]] std::string name() const;  ///< "boats.speed_kn.mean"; of a single number "radar.loss"
  Shape shape = Shape::fixed;
};

/// A scenario's numbers with some of them changed: what a day is drawn from. A value.
class Numbers {
 public:
  struct One {
    Shape shape = Shape::fixed;
    std::array<double, 3> v{};
  };
  /// The value of a quantity that is one number.
  [[nodiscard]] double operator[](Q q) const { return of(q).v[0]; }
  /// A draw, cut to what the quantity can be at all.
  /// @param p  uniform in (0, 1)
  [[nodiscard]] double draw(Q q, double p) const;
  [[nodiscard]] const One& of(Q q) const { return all_[static_cast<std::size_t>(q)]; }
  void set(const Setting& s) { all_[static_cast<std::size_t>(s.quantity)].v[s.parameter] = s.value; }
  void set(Q q, Shape shape, std::array<double, 3> v) { all_[static_cast<std::size_t>(q)] = {shape, v}; }
  /// These with each knob at its value.
  [[nodiscard]] Numbers with(const std::vector<Knob>& knobs, const std::vector<double>& values) const;

 private:
  std::array<One, quantities> all_{};
};

struct Scenario {
  std::string name;
  std::string title;
  std::string about;
  int year = 0;          ///< of which its numbers speak
  DateSpan span{};       ///< whose days are drawn: of that year, where nothing else is said
  std::string units;     ///< full path of the list of units
  bool traffic = false;  ///< merchant ships on the lanes (ships.h)
  std::optional<Forcing> forcing;
  std::array<Declared, quantities> declared;
  std::vector<Beach> beaches;
  std::vector<RadarSite> radars;
  std::vector<Patrol> patrols;
  std::vector<Lane> lanes;
  std::vector<Policy> policies;
  std::string files;  ///< what it was read from: the texts one after another, and the hash of its forcing

  [[nodiscard]] const Declared& operator[](Q q) const { return declared[static_cast<std::size_t>(q)]; }
  [[nodiscard]] Numbers numbers() const;
  [[nodiscard]] std::vector<std::string> radar_names() const;
  /// Every number with a range; those of ships only where there is traffic.
  [[nodiscard]] std::vector<Knob> knobs() const;
  /// Refuses a name that no policy has, and lists those there are.
  [[nodiscard]] Result<Policy> policy(const std::string& name) const;
};

/// Reads a scenario and those it extends. Refuses, with file, line and field: a quantity that is missing,
/// unknown or of a shape that it cannot have, a number outside of what its quantity can be (a chance above
/// 1), a range that is upside down or does not hold its value, a number that is assumed and has no range,
/// neither or both of source and assumed, shares of beaches that are not 1 together, a policy with an unknown
/// doctrine or unit, scenarios that extend each other in a circle.
Result<Scenario> load_scenario(const std::string& path);

}  // namespace varne::days
