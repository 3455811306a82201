#include "varne/sea/netcdf.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <new>
#include <tuple>
#include <utility>

#include "varne/core/text.h"
#include "varne/core/units.h"
#include "varne/sea/cf_grid.h"
#include "varne/sea/netcdf_file.h"

namespace varne {
namespace {

constexpr std::size_t most_values = std::size_t{1} << 28;  // 1 GiB of floats, all variables together

/// One number a point and moment, in memory.
struct Field {
  std::shared_ptr<const CfGrid> grid;
  std::shared_ptr<const std::vector<Time>> times;  // null: the same always
  std::vector<float> values;                       // time, y, x

  [[nodiscard]] std::optional<double> at(const CfGrid::Corners& corners, Time time) const {
    if (times == nullptr) return of_moment(corners, 0);
    const auto after = std::lower_bound(times->begin(), times->end(), time);
    if (after == times->end()) return std::nullopt;
    const auto i = static_cast<std::size_t>(after - times->begin());
    if (*after == time) return of_moment(corners, i);
    if (i == 0) return std::nullopt;
    const auto earlier = of_moment(corners, i - 1);
    const auto later = of_moment(corners, i);
    if (!earlier || !later) return std::nullopt;
    const double share = seconds(time - (*times)[i - 1]) / seconds(*after - (*times)[i - 1]);
    return *earlier + share * (*later - *earlier);
  }

 private:
  [[nodiscard]] std::optional<double> of_moment(const CfGrid::Corners& corners, std::size_t moment) const {
    const float* values_then = values.data() + moment * grid->size();
    double sum = 0;
    for (std::size_t k = 0; k < corners.points.size(); ++k) {
      if (corners.weights[k] != 0)
        sum += corners.weights[k] * static_cast<double>(values_then[corners.points[k]]);
    }
    return std::isnan(sum) ? std::nullopt : std::optional(sum);
  }
};

struct VectorField {
  Field x;
  Field y;
  bool along_axes = false;  ///< of the map, not east and north

  [[nodiscard]] std::optional<Vec> at(Place place, Time time) const {
    const auto corners = x.grid->around(place);
    if (!corners) return std::nullopt;
    const auto along_x = x.at(*corners, time);
    const auto along_y = y.at(*corners, time);
    if (!along_x || !along_y) return std::nullopt;
    const Vec vector{*along_x, *along_y};
    return along_axes ? corners->at.turned(vector) : vector;
  }
};

class NetcdfSource : public SeaSource {
 public:
  NetcdfSource(std::string name, const Hash& hash) : name_(std::move(name)), hash_(hash) {}

  [[nodiscard]] std::string name() const override { return name_; }
  [[nodiscard]] Hash hash() const override { return hash_; }
  [[nodiscard]] std::optional<std::pair<Time, Time>> span() const override {
    const auto* field = current_ ? &current_->x : wind_ ? &wind_->x : waves_ ? &*waves_ : nullptr;
    if (field == nullptr || field->times == nullptr || field->times->empty()) return std::nullopt;
    return std::pair(field->times->front(), field->times->back());
  }
  [[nodiscard]] std::optional<Vec> current(Place place, Time time) const override {
    return ask(current_, place, time);
  }
  [[nodiscard]] std::optional<Vec> wind(Place place, Time time) const override {
    return ask(wind_, place, time);
  }
  [[nodiscard]] bool knows_land() const override { return false; }
  [[nodiscard]] SourceGrid grid(SeaPart part) const override {
    const auto& field = part == SeaPart::current ? current_ : wind_;
    return field ? field->x.grid->even() : SourceGrid{SourceGrid::Kind::nothing};
  }
  [[nodiscard]] std::optional<double> wave_height_m(Place place, Time time) const override {
    return ask(waves_, place, time);
  }
  [[nodiscard]] std::optional<double> water_temperature_c(Place place, Time time) const override {
    return ask(temperature_, place, time);
  }
  [[nodiscard]] std::optional<double> depth_m(Place place) const override {
    return ask(depth_, place, Time());
  }

  /// Takes what the file has; true where it was anything.
  Result<bool> read(const NetcdfFile& file);

 private:
  static std::optional<Vec> ask(const std::optional<VectorField>& field, Place place, Time time) {
    return field ? field->at(place, time) : std::nullopt;
  }
  static std::optional<double> ask(const std::optional<Field>& field, Place place, Time time) {
    if (!field) return std::nullopt;
    const auto corners = field->grid->around(place);
    return corners ? field->at(*corners, time) : std::nullopt;
  }

  std::string name_;
  Hash hash_;
  std::optional<VectorField> current_;
  std::optional<VectorField> wind_;
  std::optional<Field> waves_;
  std::optional<Field> temperature_;
  std::optional<Field> depth_;
};

/// Spellings of one unit, and how it becomes ours: value · factor + offset.
struct Unit {
  std::vector<std::string_view> spelt;
  double factor = 1;
  double offset = 0;
};

/// What a quantity may be: its units, ours first, and the largest magnitude that occurs in nature. A number
/// beyond it is a fill value nobody declared, or damage, and counts as missing.
struct Quantity {
  std::vector<Unit> units;
  double most = 0;
};

const Quantity speeds = {{{{"m/s", "m s-1", "m s**-1", "m.s-1", "m s^-1", "ms-1", "m/sec", "meter/second",
                            "meters/second", "metre/second", "meter second-1"}},
                          {{"cm/s", "cm s-1"}, 0.01},
                          {{"kn", "knot", "knots"}, mps_per_knot}},
                         150};
const Quantity lengths = {{{{"m", "meter", "meters", "metre", "metres"}}, {{"cm"}, 0.01}, {{"km"}, 1000}},
                          12000};
const Quantity temperatures = {{{{"degC", "degree_C", "degrees_C", "deg_C", "C", "celsius", "Celsius",
                                  "degree_Celsius", "degrees_Celsius"}},
                                {{"K", "degK", "kelvin", "Kelvin"}, 1, -273.15}},
                               100};

Result<Unit> unit_of(const NetcdfFile& file, const NetcdfFile::Variable& variable, const Quantity& quantity) {
  const auto given = file.text(variable, "units");
  if (!given) return quantity.units.front();  // no units: SI, as the variable's name implies
  for (const Unit& unit : quantity.units) {
    if (std::find(unit.spelt.begin(), unit.spelt.end(), trim(*given)) != unit.spelt.end()) return unit;
  }
  return file.refuse(variable.name, fmt::format("has the units \"{}\"; give \"{}\"", shown(*given),
                                                quantity.units.front().spelt.front()));
}

/// A model's coast is a staircase, and boats are lost along the real one: a point without a value beside
/// points with one takes the largest of its up to eight neighbours' (OpenDrift's rule, so that drifts agree
/// near a coast). One step and no further.
void fill_beside_values(float* values, std::size_t rows, std::size_t columns) {
  const std::vector<float> before(values, values + rows * columns);
  for (std::size_t y = 0; y < rows; ++y) {
    for (std::size_t x = 0; x < columns; ++x) {
      if (!std::isnan(before[y * columns + x])) continue;
      float& filled = values[y * columns + x];
      for (std::size_t j = y == 0 ? 0 : y - 1; j <= std::min(y + 1, rows - 1); ++j) {
        for (std::size_t i = x == 0 ? 0 : x - 1; i <= std::min(x + 1, columns - 1); ++i) {
          filled = std::fmax(filled, before[j * columns + i]);  // of a number and a NaN, the number
        }
      }
    }
  }
}

/// Reads one variable moment by moment, so that what is packed never stands unpacked beside all of itself.
Result<Field> read_field(const NetcdfFile& file, const NetcdfFile::Variable& variable, const CfLayout& layout,
                         const Quantity& quantity, std::size_t& budget) {
  const auto unit = unit_of(file, variable, quantity);
  if (!unit) return fail(unit.error());
  const std::size_t moments = layout.times ? layout.times->size() : 1;
  const std::size_t size = layout.grid->size();
  if (size > budget / moments) {
    return file.refuse(variable.name,
                       "is too large to hold in memory (1 GiB a file); cut the file to the area and "
                       "time that are needed");
  }
  budget -= moments * size;
  Field field{layout.grid, layout.times, {}};
  field.values.resize(moments * size);
  const std::size_t columns = layout.count[layout.x_dimension];
  const std::size_t rows = layout.count[layout.y_dimension];
  const bool x_fast = layout.y_dimension < layout.x_dimension;
  constexpr float nan = std::numeric_limits<float>::quiet_NaN();
  auto start = layout.start;
  for (std::size_t moment = 0; moment < moments; ++moment) {
    if (layout.time_dimension) start[*layout.time_dimension] = moment;
    const auto slab = file.values(variable, start, layout.count);
    if (!slab) return fail(slab.error());
    float* into = field.values.data() + moment * size;
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t column = 0; column < columns; ++column) {
        const double stored = (*slab)[x_fast ? row * columns + column : column * rows + row];
        const double value = stored * unit->factor + unit->offset;
        *into++ = std::abs(value) <= quantity.most ? static_cast<float>(value) : nan;
      }
    }
    if (layout.times) fill_beside_values(field.values.data() + moment * size, rows, columns);
  }
  return field;
}

/// What identifies a quantity: its standard names, then the names models commonly give it.
struct Names {
  std::vector<std::string_view> standard;
  std::vector<std::string_view> usual;
};

const NetcdfFile::Variable* find(const NetcdfFile& file, const Names& names) {
  const auto fits = [](const NetcdfFile::Variable& v) { return v.numeric && v.dimensions.size() >= 2; };
  for (const auto name : names.usual) {
    const auto* variable = file.find(name);
    if (variable != nullptr && fits(*variable)) return variable;
  }
  for (const auto name : names.standard) {
    for (const auto& variable : file.variables()) {
      if (fits(variable) && file.text(variable, "standard_name") == name) return &variable;
    }
  }
  return nullptr;
}

// Pairs stand at the same place in both lists: a component is looked for with its own partner.
struct VectorNames {
  const char* what;
  std::vector<std::pair<std::string_view, std::string_view>> usual;
  std::vector<std::pair<std::string_view, std::string_view>> standard;
};

const VectorNames current_names = {
    "current",
    {{"water_u", "water_v"}, {"uo", "vo"}, {"utotal", "vtotal"}, {"u_current", "v_current"}, {"ssu", "ssv"}},
    {{"eastward_sea_water_velocity", "northward_sea_water_velocity"},
     {"surface_eastward_sea_water_velocity", "surface_northward_sea_water_velocity"},
     {"x_sea_water_velocity", "y_sea_water_velocity"},
     {"sea_water_x_velocity", "sea_water_y_velocity"},
     {"barotropic_eastward_sea_water_velocity", "barotropic_northward_sea_water_velocity"}}};
const VectorNames wind_names = {"wind",
                                {{"x_wind_10m", "y_wind_10m"},
                                 {"u10", "v10"},
                                 {"u10m", "v10m"},
                                 {"air_u", "air_v"},
                                 {"ugrd10m", "vgrd10m"}},
                                {{"eastward_wind", "northward_wind"}, {"x_wind", "y_wind"}}};
const Names wave_names = {{"sea_surface_wave_significant_height"}, {"VHM0", "swh", "hs", "Hs", "SWH"}};
const Names temperature_names = {
    {"sea_surface_temperature", "sea_water_temperature", "sea_water_potential_temperature"},
    {"sst", "analysed_sst", "water_temp", "thetao"}};
const Names depth_names = {{"sea_floor_depth_below_geoid", "sea_floor_depth_below_mean_sea_level",
                            "sea_floor_depth_below_sea_surface", "sea_floor_depth"},
                           {"deptho", "bathymetry", "bathy", "depth"}};

/// The two components, both or neither; half a vector is refused.
Result<std::optional<std::pair<const NetcdfFile::Variable*, const NetcdfFile::Variable*>>> find_pair(
    const NetcdfFile& file, const VectorNames& names) {
  for (const auto* list : {&names.usual, &names.standard}) {
    for (const auto& [first, second] : *list) {
      const bool usual = list == &names.usual;
      const auto one = [&](std::string_view name) {
        return usual ? find(file, {{}, {name}}) : find(file, {{name}, {}});
      };
      const auto* x = one(first);
      const auto* y = one(second);
      if (x != nullptr && y != nullptr) return std::pair{x, y};
      if (x == nullptr && y == nullptr) continue;
      return file.refuse(x == nullptr ? y->name : x->name,
                         fmt::format("is half a {}: its other component ({}) is not in the file", names.what,
                                     x == nullptr ? first : second));
    }
  }
  return std::nullopt;
}

Done needs_time(const NetcdfFile& file, const NetcdfFile::Variable& variable, const CfLayout& layout) {
  if (layout.times) return {};
  return file.refuse(variable.name,
                     "has no time axis; forcing must say when it holds (a dimension with units like "
                     "\"hours since 2023-02-25 12:00:00\")");
}

Result<std::optional<VectorField>> read_vector(const NetcdfFile& file, const VectorNames& names,
                                               std::optional<double> height_m, std::size_t& budget) {
  const auto pair = find_pair(file, names);
  if (!pair) return fail(pair.error());
  if (!*pair) return std::nullopt;
  const auto [first, second] = **pair;
  const auto layout = read_layout(file, *first, height_m);
  if (!layout) return fail(layout.error());
  if (auto done = needs_time(file, *first, *layout); !done) return fail(done.error());
  const auto same = [](const NetcdfFile::Dimension& a, const NetcdfFile::Dimension& b) {
    return a.id == b.id;
  };
  if (!std::equal(first->dimensions.begin(), first->dimensions.end(), second->dimensions.begin(),
                  second->dimensions.end(), same)) {
    return file.refuse(second->name,
                       fmt::format("lies on another grid than {}; put both on one", first->name));
  }
  auto x = read_field(file, *first, *layout, speeds, budget);
  if (!x) return fail(x.error());
  auto y = read_field(file, *second, *layout, speeds, budget);
  if (!y) return fail(y.error());
  const std::string standard = file.text(*first, "standard_name").value_or(first->name);
  const bool along_x = standard.rfind("x_", 0) == 0 || standard == "sea_water_x_velocity";
  return VectorField{std::move(*x), std::move(*y), layout->grid->projected() && along_x};
}

Result<std::optional<Field>> read_scalar(const NetcdfFile& file, const Names& names, const Quantity& quantity,
                                         bool timed, std::size_t& budget) {
  const auto* variable = find(file, names);
  if (variable == nullptr) return std::nullopt;
  const auto layout = read_layout(file, *variable, std::nullopt);
  if (!layout) return fail(layout.error());
  if (timed) {
    if (auto done = needs_time(file, *variable, *layout); !done) return fail(done.error());
  } else if (layout->times) {
    return std::nullopt;  // a depth that changes with time is the water's, not the chart's
  }
  auto field = read_field(file, *variable, *layout, quantity, budget);
  if (!field) return fail(field.error());
  return std::move(*field);
}

Result<bool> NetcdfSource::read(const NetcdfFile& file) {
  std::size_t budget = most_values;
  auto current = read_vector(file, current_names, std::nullopt, budget);
  if (!current) return fail(current.error());
  current_ = std::move(*current);
  auto wind = read_vector(file, wind_names, 10.0, budget);
  if (!wind) return fail(wind.error());
  wind_ = std::move(*wind);
  const std::tuple<const Names*, const Quantity*, bool, std::optional<Field>*> scalars[] = {
      {&wave_names, &lengths, true, &waves_},
      {&temperature_names, &temperatures, true, &temperature_},
      {&depth_names, &lengths, false, &depth_}};
  for (const auto& [names, quantity, timed, into] : scalars) {
    auto field = read_scalar(file, *names, *quantity, timed, budget);
    if (!field) return fail(field.error());
    *into = std::move(*field);
  }
  return current_ || wind_ || waves_ || temperature_ || depth_;
}

std::string list_of_variables(const NetcdfFile& file) {
  std::string list;
  for (const auto& variable : file.variables()) {
    if (list.size() > 100) return list + ", …";
    list += (list.empty() ? "" : ", ") + shown(variable.name);
  }
  return list.empty() ? "none" : list;
}

}  // namespace

Result<std::shared_ptr<const SeaSource>> open_netcdf(const std::string& path) {
  try {
    const auto file = NetcdfFile::open(path, [](const NetcdfFile& tried) {
      NetcdfSource source("trial", {});
      if (source.read(tried)) return;  // refused or not: it came back
    });
    if (!file) return fail(file.error());
    const auto hash = sha256_of_file(path);
    if (!hash) return fail(hash.error());
    auto source = std::make_shared<NetcdfSource>(std::filesystem::path(path).filename().string(), *hash);
    const auto found = source->read(*file);
    if (!found) return fail(found.error());
    if (!*found) {
      return fail(
          path, fmt::format("holds no current, wind, wave height, water temperature or depth by a known name "
                            "(its variables: {}); give each its CF standard_name",
                            list_of_variables(*file)));
    }
    return source;
  } catch (const std::bad_alloc&) {
    return fail(path, "is too large for this machine's memory; cut it to the area and time that are needed");
  }
}

Done add_netcdf(Sea& sea, const std::vector<std::string>& paths) {
  for (const auto& path : paths) {
    auto source = open_netcdf(path);
    if (!source) return std::unexpected(source.error());
    sea.add(std::move(*source));
  }
  return {};
}

}  // namespace varne
