#include "varne/sea/tides.h"

#include <fmt/format.h>

#include <array>
#include <atomic>
#include <cmath>
#include <numbers>
#include <vector>

#include "varne/core/csv.h"
#include "varne/sea/harmonics.h"

namespace varne {
namespace {

constexpr std::array<std::string_view, 14> carried = {"M2",  "S2",  "N2", "O1",   "K1",   "Q1",  "M4",
                                                      "MS4", "MN4", "M6", "2MS6", "2SM2", "MU2", "L2"};

/// The model was not forced with these: their amplitude is taken as a share of another's, their lag as its
/// own.
struct Inferred {
  std::string_view name;
  std::string_view from;
  double share;
};
constexpr std::array<Inferred, 2> inferred = {{{"K2", "S2", 0.29}, {"P1", "K1", 0.33}}};

constexpr double cells_per_deg_lon = 12;
constexpr double cells_per_deg_lat = 24;

/// The moment's factors, one pair a carried constituent, in the order of `Series`.
using Moment = std::array<double, 2 * carried.size()>;
/// A cos g and A sin g of each carried constituent at one place.
using Series = std::array<double, 2 * carried.size()>;
/// The same of a current, east and north side by side: one sum of both.
using FlowSeries = std::array<Vec, 2 * carried.size()>;

/// A carried constituent, and the inferred one that rides on it: they share the lag.
struct Carried {
  explicit Carried(std::string_view name) : own(find_constituent(name)) {
    for (const Inferred& one : inferred) {
      if (one.from != name) continue;
      rider = find_constituent(one.name);
      share = one.share;
    }
  }
  const Constituent* own;
  const Constituent* rider = nullptr;
  double share = 0;
};

Moment moment_at(Time time) {
  static const std::vector<Carried> constituents(carried.begin(), carried.end());
  const Astronomy sky(time);
  Moment moment{};
  for (std::size_t i = 0; i < carried.size(); ++i) {
    const Carried& one = constituents[i];
    Phasor sum = phasor(*one.own, sky);
    if (one.rider != nullptr) {
      const Phasor rides = phasor(*one.rider, sky);
      sum.cos += one.share * rides.cos;
      sum.sin += one.share * rides.sin;
    }
    moment[2 * i] = sum.cos;
    moment[2 * i + 1] = sum.sin;
  }
  return moment;
}

/// Thousands of particles ask about the same few moments in turn, so the last ones are remembered: a table of
/// this thread alone, where a moment has one place.
const Moment& remembered(Time time) {
  struct Memory {
    Time time = Time::min();
    Moment moment{};
  };
  thread_local std::array<Memory, 1024> memories;  // a day of five minutes, and some between them
  const auto ms = static_cast<std::uint64_t>(millis(time));
  Memory& memory = memories[(ms * 0x9E3779B97F4A7C15ULL) >> 54];
  if (memory.time != time) memory = {time, moment_at(time)};
  return memory.moment;
}

template <class Sum, class Of>
Sum dot(const std::array<Of, 2 * carried.size()>& series, const Moment& moment) {
  Sum sum{};
  for (std::size_t i = 0; i < series.size(); ++i) sum = sum + series[i] * moment[i];
  return sum;
}

/// What flows in one cell at one moment, remembered likewise: those who ask ask of a few cells, and a cell's
/// sum costs more than all the rest of an answer.
struct FlowMemory {
  std::uint64_t cell = 0;  // of all grids that were ever opened; 0: none
  Time time;
  Vec flow;
};

FlowMemory& flow_memory(std::uint64_t cell, Time time) {
  thread_local std::array<FlowMemory, 4096> memories;
  const auto ms = static_cast<std::uint64_t>(millis(time));
  return memories[((cell + ms * 0x9E3779B97F4A7C15ULL) * 0xBF58476D1CE4E5B9ULL) >> 52];
}

struct Cell {
  bool sea = false;
  double depth_m = 0;
  Vec residual;
  Series level{};
  FlowSeries flow{};
};

class TidalGrid : public SeaSource {
 public:
  static Result<std::shared_ptr<const SeaSource>> open(const std::string& path, std::string name);

  [[nodiscard]] std::string name() const override { return name_; }

  [[nodiscard]] Hash hash() const override { return hash_; }

  [[nodiscard]] std::optional<Vec> current(Place place, Time time) const override {
    const Corners corners = around(place);
    if (corners.sea == 0) return std::nullopt;
    Vec sum;
    for (const auto& [cell, weight] : corners.cells)
      if (cell != nullptr) sum = sum + flow(*cell, time) * weight;
    return sum * (1 / corners.sea);
  }

  [[nodiscard]] bool knows_land() const override { return false; }
  [[nodiscard]] SourceGrid grid(SeaPart part) const override {
    if (part != SeaPart::current) return {SourceGrid::Kind::nothing};
    return {.kind = SourceGrid::Kind::even,
            .west = west_,
            .south = south_,
            .step_lon = 1 / cells_per_deg_lon,
            .step_lat = 1 / cells_per_deg_lat,
            .columns = columns_,
            .rows = rows_,
            .shares = true};
  }

  [[nodiscard]] std::optional<double> level_m(Place place, Time time) const override {
    const Corners corners = around(place);
    if (corners.sea == 0) return std::nullopt;
    const Moment& moment = remembered(time);
    double sum = 0;
    for (const auto& [cell, weight] : corners.cells) {
      if (cell != nullptr) sum += weight * dot<double>(cell->level, moment);
    }
    return sum / corners.sea;
  }

  [[nodiscard]] std::optional<double> depth_m(Place place) const override {
    const Corners corners = around(place);
    if (corners.sea == 0) return std::nullopt;
    double sum = 0;
    for (const auto& [cell, weight] : corners.cells) {
      if (cell != nullptr) sum += weight * cell->depth_m;
    }
    return sum / corners.sea;
  }

 private:
  [[nodiscard]] Vec flow(const Cell& cell, Time time) const {
    const std::uint64_t number = first_ + static_cast<std::uint64_t>(&cell - cells_.data());
    FlowMemory& memory = flow_memory(number, time);
    if (memory.cell != number || memory.time != time) {
      const Moment& moment = remembered(time);
      memory = {number, time, cell.residual + dot<Vec>(cell.flow, moment)};
    }
    return memory.flow;
  }

  struct Corners {
    struct Weighed {
      const Cell* cell = nullptr;  ///< null: land, or of no weight
      double weight = 0;
    };
    std::array<Weighed, 4> cells;
    double sea = 0;  ///< share of the weight that is sea
  };

  [[nodiscard]] Corners around(Place place) const {
    Corners corners;
    if (!valid(place)) return corners;
    // On a cell's centre is on it: a neighbour has no say for the last bit's sake.
    const auto settled = [](double at) {
      const auto whole = static_cast<double>(static_cast<std::int64_t>(at < 0 ? at - 0.5 : at + 0.5));
      return std::abs(at - whole) < 1e-9 ? whole : at;
    };
    const double x = settled((place.lon - west_) * cells_per_deg_lon);
    const double y = settled((place.lat - south_) * cells_per_deg_lat);
    if (!(x >= 0 && y >= 0 && x <= static_cast<double>(columns_ - 1) &&
          y <= static_cast<double>(rows_ - 1))) {
      return corners;
    }
    const auto i = static_cast<std::size_t>(x);
    const auto j = static_cast<std::size_t>(y);
    const double right = x - static_cast<double>(i);
    const double up = y - static_cast<double>(j);
    const std::array<double, 4> weights = {(1 - right) * (1 - up), right * (1 - up), (1 - right) * up,
                                           right * up};
    for (std::size_t k = 0; k < 4; ++k) {
      if (weights[k] == 0) continue;  // on the grid's last line there is no further cell to ask
      const Cell& cell = cells_[(j + k / 2) * columns_ + i + k % 2];
      if (!cell.sea) continue;
      corners.cells[k] = {&cell, weights[k]};
      corners.sea += weights[k];
    }
    return corners;
  }

  std::string name_;
  Hash hash_{};  // of the file
  double west_ = 0;
  double south_ = 0;
  std::size_t columns_ = 0;
  std::size_t rows_ = 0;
  std::vector<Cell> cells_;  // row by row from the south-west
  std::uint64_t first_ = 0;  // number of the first cell among those of all grids
};

struct ReadCell {
  Place place;
  Cell cell;
  std::string where;
};

Result<Series> read_series(const CsvFile& csv, std::string_view quantity) {
  Series series{};
  for (std::size_t i = 0; i < carried.size(); ++i) {
    const auto amplitude = csv.number(fmt::format("{}_{}_amp", carried[i], quantity));
    if (!amplitude) return fail(amplitude.error());
    const auto lag = csv.number(fmt::format("{}_{}_g", carried[i], quantity));
    if (!lag) return fail(lag.error());
    series[2 * i] = *amplitude * std::cos(*lag * std::numbers::pi / 180);
    series[2 * i + 1] = *amplitude * std::sin(*lag * std::numbers::pi / 180);
  }
  return series;
}

Result<ReadCell> read_cell(const CsvFile& csv) {
  ReadCell read;
  read.where = csv.where();
  read.cell.sea = true;
  const std::pair<const char*, double*> numbers[] = {{"lat", &read.place.lat},
                                                     {"lon", &read.place.lon},
                                                     {"depth_m", &read.cell.depth_m},
                                                     {"u0", &read.cell.residual.east},
                                                     {"v0", &read.cell.residual.north}};
  for (const auto& [column, into] : numbers) {
    const auto number = csv.number(column);
    if (!number) return fail(number.error());
    *into = *number;
  }
  if (!valid(read.place)) return fail(read.where, "lat and lon are not a place on the earth");
  Series east{};
  Series north{};
  const std::pair<const char*, Series*> quantities[] = {{"z", &read.cell.level}, {"u", &east}, {"v", &north}};
  for (const auto& [quantity, into] : quantities) {
    const auto series = read_series(csv, quantity);
    if (!series) return fail(series.error());
    *into = *series;
  }
  for (std::size_t i = 0; i < east.size(); ++i) read.cell.flow[i] = {east[i], north[i]};
  return read;
}

Result<std::vector<ReadCell>> read_cells(const std::string& path) {
  std::vector<std::string> columns = {"lat", "lon", "depth_m", "u0", "v0"};
  for (const auto name : carried) {
    for (const auto* part : {"z_amp", "z_g", "u_amp", "u_g", "v_amp", "v_g"}) {
      columns.push_back(fmt::format("{}_{}", name, part));
    }
  }
  auto csv = CsvFile::open(path, columns);
  if (!csv) return fail(csv.error());
  std::vector<ReadCell> cells;
  while (true) {
    const auto more = csv->next();
    if (!more) return fail(more.error());
    if (!*more) break;
    auto cell = read_cell(*csv);
    if (!cell) return fail(cell.error());
    cells.push_back(std::move(*cell));
  }
  if (cells.empty()) return fail(path, "holds no cell; a tidal-stream grid has one a line");
  return cells;
}

Result<std::shared_ptr<const SeaSource>> TidalGrid::open(const std::string& path, std::string name) {
  const auto cells = read_cells(path);
  if (!cells) return fail(cells.error());
  const auto hash = sha256_of_file(path);
  if (!hash) return fail(hash.error());
  auto grid = std::make_shared<TidalGrid>();
  grid->name_ = std::move(name);
  grid->hash_ = *hash;
  Place low = cells->front().place;
  Place high = low;
  for (const auto& read : *cells) {
    low = {std::min(low.lon, read.place.lon), std::min(low.lat, read.place.lat)};
    high = {std::max(high.lon, read.place.lon), std::max(high.lat, read.place.lat)};
  }
  grid->west_ = low.lon;
  grid->south_ = low.lat;
  const double columns = std::round((high.lon - low.lon) * cells_per_deg_lon) + 1;
  const double rows = std::round((high.lat - low.lat) * cells_per_deg_lat) + 1;
  constexpr double most_cells = 1 << 20;
  if (columns * rows > most_cells) {
    return fail(path,
                fmt::format("spans {} x {} cells; a strait has fewer than {}", columns, rows, most_cells));
  }
  grid->columns_ = static_cast<std::size_t>(columns);
  grid->rows_ = static_cast<std::size_t>(rows);
  grid->cells_.resize(grid->columns_ * grid->rows_);
  static std::atomic<std::uint64_t> numbered{1};
  grid->first_ = numbered.fetch_add(grid->cells_.size());
  for (const auto& read : *cells) {
    const double x = (read.place.lon - low.lon) * cells_per_deg_lon;
    const double y = (read.place.lat - low.lat) * cells_per_deg_lat;
    if (std::abs(x - std::round(x)) > 0.01 || std::abs(y - std::round(y)) > 0.01) {
      return fail(read.where, "lies off the grid of 1/12° of longitude by 1/24° of latitude");
    }
    Cell& cell = grid->cells_[static_cast<std::size_t>(std::round(y)) * grid->columns_ +
                              static_cast<std::size_t>(std::round(x))];
    if (cell.sea) return fail(read.where, "this cell was given before; leave one of the two out");
    cell = read.cell;
  }
  return grid;
}

}  // namespace

Result<std::shared_ptr<const SeaSource>> open_tides(const std::string& path, std::string name) {
  return TidalGrid::open(path, std::move(name));
}

}  // namespace varne
