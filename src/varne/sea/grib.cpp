/// GRIB files (editions 1 and 2) as readings, through ecCodes.

#include <eccodes.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <tuple>

#include "varne/core/text.h"
#include "varne/sea/cf_units.h"
#include "varne/sea/reading.h"
#include "varne/sea/trial.h"

namespace varne {
namespace {

constexpr std::size_t most_values = std::size_t{1} << 28;  // 1 GiB of floats, all fields together
constexpr double absent = 1e20;                            // asked of ecCodes for points without a value
constexpr double deepest_surface_m = 15;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
struct FreeHandle {
  void operator()(codes_handle* handle) const { codes_handle_delete(handle); }
};
using Handle = std::unique_ptr<codes_handle, FreeHandle>;

/// ecCodes as Debian builds it keeps its tables without locks.
std::mutex& one_at_a_time() {
  static std::mutex mutex;
  return mutex;
}

std::string text_of(codes_handle* handle, const char* key) {
  std::array<char, 128> text{};
  std::size_t length = text.size();
  return codes_get_string(handle, key, text.data(), &length) == CODES_SUCCESS ? text.data() : "";
}
std::optional<long> whole_of(codes_handle* handle, const char* key) {
  long value = 0;
  return codes_get_long(handle, key, &value) == CODES_SUCCESS ? std::optional(value) : std::nullopt;
}

Result<std::vector<double>> doubles_of(codes_handle* handle, const char* key, const std::string& where) {
  std::size_t size = 0;
  if (codes_get_size(handle, key, &size) != CODES_SUCCESS || size > most_values)
    return fail(where, fmt::format("has no {} that can be read; fetch the file again", key));
  std::vector<double> values(size);
  if (const int status = codes_get_double_array(handle, key, values.data(), &size); status != CODES_SUCCESS)
    return fail(where, fmt::format("has no {} that can be read ({}); fetch the file again", key,
                                   codes_get_error_message(status)));
  values.resize(size);
  return values;
}

std::optional<Time> time_of(codes_handle* handle, const char* date_key, const char* clock_key) {
  const auto date = whole_of(handle, date_key);
  const auto clock = whole_of(handle, clock_key);
  if (!date || !clock || *clock < 0 || *clock / 100 > 23 || *clock % 100 > 59) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year(static_cast<int>(*date / 10000)),
                                        std::chrono::month(static_cast<unsigned>(*date / 100 % 100)),
                                        std::chrono::day(static_cast<unsigned>(*date % 100))};
  if (!day.ok() || *date < 10101 || *date > 99991231) return std::nullopt;
  return std::chrono::sys_days(day) + std::chrono::hours(*clock / 100) + std::chrono::minutes(*clock % 100);
}

/// What a message holds, by WMO's code tables (edition 2: 4.2-0-2, 4.2-10-0, -1 and -3) or ecCodes' names.
std::optional<Meaning> meaning_of(codes_handle* handle) {
  struct Row {
    long discipline, category, number;
    Quantity quantity;
    Part part;
  };
  constexpr std::array rows{Row{0, 2, 0, Quantity::wind, Part::from},
                            Row{0, 2, 1, Quantity::wind, Part::speed},
                            Row{0, 2, 2, Quantity::wind, Part::x},
                            Row{0, 2, 3, Quantity::wind, Part::y},
                            Row{10, 1, 0, Quantity::current, Part::towards},
                            Row{10, 1, 1, Quantity::current, Part::speed},
                            Row{10, 1, 2, Quantity::current, Part::x},
                            Row{10, 1, 3, Quantity::current, Part::y},
                            Row{10, 0, 3, Quantity::wave_height, Part::whole},
                            Row{10, 3, 0, Quantity::water_temperature, Part::whole}};
  const auto of = [](Quantity quantity, Part part) {
    const bool polar = part == Part::speed || part == Part::from || part == Part::towards;
    return Meaning{quantity, part, Share::plain, false,
                   polar ? "GRIB speed and direction" : "GRIB components"};
  };
  if (whole_of(handle, "edition") == 2) {
    for (const Row& row : rows) {
      if (whole_of(handle, "discipline") == row.discipline &&
          whole_of(handle, "parameterCategory") == row.category &&
          whole_of(handle, "parameterNumber") == row.number)
        return of(row.quantity, row.part);
    }
  }
  const std::string name = text_of(handle, "shortName");
  if (name == "10u" || name == "u" || name == "100u") return of(Quantity::wind, Part::x);
  if (name == "10v" || name == "v" || name == "100v") return of(Quantity::wind, Part::y);
  if (name == "10si" || name == "ws") return of(Quantity::wind, Part::speed);
  if (name == "10wdir" || name == "wdir") return of(Quantity::wind, Part::from);
  if (name == "ucurr" || name == "ocu") return of(Quantity::current, Part::x);
  if (name == "vcurr" || name == "ocv") return of(Quantity::current, Part::y);
  if (name == "swh") return of(Quantity::wave_height, Part::whole);
  if (name == "sst") return of(Quantity::water_temperature, Part::whole);
  return std::nullopt;
}

/// Depth of a sea field below the surface; nothing with a reason where the level is not the one that counts.
Result<double> level_of(codes_handle* handle, Quantity quantity, const std::string& where) {
  const std::string kind = text_of(handle, "typeOfLevel");
  double level = 0;
  codes_get_double(handle, "level", &level);
  if (quantity == Quantity::wind) {
    const std::string name = text_of(handle, "shortName");
    const bool named = name.starts_with("10") && !name.starts_with("100");
    const bool height = kind == "heightAboveGround" || kind == "heightAboveSea";
    if ((height && std::abs(level - 10) <= 2) || (named && kind == "surface")) return 0;
    return fail(
        where,
        fmt::format("is a wind at {:g}{} ({}), and none at 10 m; give a file with the wind at 10 m", level,
                    height                    ? " m"
                    : kind == "isobaricInhPa" ? " hPa"
                                              : "",
                    kind));
  }
  if (quantity != Quantity::current || kind == "surface" || kind == "oceanSurface" || kind == "meanSea")
    return 0;
  if (kind != "depthBelowSea" && kind != "depthBelowSeaLayer" && kind != "unknown")
    return fail(where, fmt::format("is a current at {} {:g}, not at the surface", kind, level));
  if (std::abs(level) > deepest_surface_m)
    return fail(
        where,
        fmt::format("is a current {:g} m below the surface; give a file with the surface in it", level));
  return std::abs(level);
}

/// One message as it goes into a reading.
struct Message {
  Meaning meaning;
  double depth_m = 0;
  std::optional<Time> began;
  Time time;
  std::shared_ptr<const Grid> grid;
  std::vector<float> values;
};

class GribReader {
 public:
  GribReader(const std::string& path, const ForcingOptions& options) : path_(path), options_(options) {}

  Result<ForcingFile> read(bool only_members);

 private:
  Result<std::optional<Message>> message(codes_handle* handle, const std::string& where);
  Result<std::shared_ptr<const Grid>> grid_of(codes_handle* handle, const std::string& where);
  Result<ForcingFile> readings();

  const std::string& path_;
  const ForcingOptions& options_;
  std::vector<Message> messages_;
  std::vector<Error> left_out_;
  std::map<std::string, std::shared_ptr<const Grid>> grids_;  // by the hash of their section
  std::vector<int> members_;
  std::size_t budget_ = most_values;
};

/// Brings numbers of a message into rows from west to east; ecCodes gives them as they were sent.
std::vector<double> in_rows(codes_handle* handle, std::vector<double> sent, std::size_t rows,
                            std::size_t columns) {
  const bool by_columns = whole_of(handle, "jPointsAreConsecutive").value_or(0) != 0;
  const bool westwards = whole_of(handle, "iScansNegatively").value_or(0) != 0;
  if (!by_columns && !westwards) return sent;
  std::vector<double> ordered(sent.size());
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      const std::size_t from = westwards ? columns - 1 - column : column;
      ordered[row * columns + column] = sent[by_columns ? from * rows + row : row * columns + from];
    }
  }
  return ordered;
}

std::optional<std::pair<std::size_t, std::size_t>> shape_of(codes_handle* handle) {
  const auto ni = whole_of(handle, "Ni");
  const auto nj = whole_of(handle, "Nj");
  if (!ni || !nj || *ni < 2 || *nj < 2 || *ni > (1 << 20) || *nj > (1 << 20)) return std::nullopt;
  return std::pair(static_cast<std::size_t>(*nj), static_cast<std::size_t>(*ni));
}

Result<std::shared_ptr<const Grid>> GribReader::grid_of(codes_handle* handle, const std::string& where) {
  const std::string kind = text_of(handle, "gridType");
  const auto shape = shape_of(handle);
  if (kind.starts_with("reduced") || kind.starts_with("unstructured") || kind == "sh" || !shape ||
      whole_of(handle, "alternativeRowScanning").value_or(0) != 0)
    return fail(where,
                fmt::format("lies on a grid of the kind \"{}\"; put it on a longitude-latitude grid, for "
                            "example with CDO (cdo -f grb2 remapbil,GRID IN OUT), and give that",
                            shown(kind)));
  const std::string key = text_of(handle, "md5GridSection") + text_of(handle, "scanningMode");
  if (const auto known = grids_.find(key); !key.empty() && known != grids_.end()) return known->second;
  auto lons = doubles_of(handle, "longitudes", where);
  if (!lons) return fail(lons.error());
  auto lats = doubles_of(handle, "latitudes", where);
  if (!lats) return fail(lats.error());
  const auto [rows, columns] = *shape;
  if (lons->size() != rows * columns || lats->size() != lons->size())
    return fail(where, "has another number of points than its grid; fetch the file again");
  lons = in_rows(handle, std::move(*lons), rows, columns);
  lats = in_rows(handle, std::move(*lats), rows, columns);
  std::shared_ptr<const Grid> grid;
  if (kind == "regular_ll" || kind == "regular_gg") {
    std::vector<double> x(lons->begin(), lons->begin() + static_cast<std::ptrdiff_t>(columns));
    std::vector<double> y;
    for (std::size_t row = 0; row < rows; ++row) y.push_back((*lats)[row * columns]);
    auto along_x = Axis::of(std::move(x), true);
    if (!along_x) return fail(where, "its longitude axis " + along_x.error().what);
    auto along_y = Axis::of(std::move(y), false);
    if (!along_y) return fail(where, "its latitude axis " + along_y.error().what);
    grid = std::make_shared<PlainGrid>(std::move(*along_x), std::move(*along_y), nullptr);
  } else {
    auto mesh = CurvilinearGrid::of(rows, columns, std::move(*lons), std::move(*lats), {});
    if (!mesh) return fail(where, mesh.error().what);
    grid = std::move(*mesh);
  }
  grids_[key] = grid;
  return grid;
}

Result<std::optional<Message>> GribReader::message(codes_handle* handle, const std::string& where) {
  auto meaning = meaning_of(handle);
  if (!meaning) return std::nullopt;
  const auto depth = level_of(handle, meaning->quantity, where);
  if (!depth) {
    left_out_.push_back(depth.error());
    return std::nullopt;
  }
  if (const std::string step = text_of(handle, "stepType"); !step.empty() && step != "instant") {
    left_out_.push_back({where, fmt::format("is no value of a moment ({})", shown(step))});
    return std::nullopt;
  }
  const long ensemble = whole_of(handle, "numberOfForecastsInEnsemble").value_or(0);
  if (ensemble > 1) {
    const auto number = static_cast<int>(whole_of(handle, "number").value_or(0));
    if (std::find(members_.begin(), members_.end(), number) == members_.end()) members_.push_back(number);
    if (options_.member != number) return std::nullopt;
  }
  const auto time = time_of(handle, "validityDate", "validityTime");
  if (!time) return fail(where, "says no moment that it holds at; fetch the file again");
  auto grid = grid_of(handle, where);
  if (!grid) return fail(grid.error());
  if ((*grid)->size() > budget_)
    return fail(path_,
                "is too large to hold in memory (1 GiB a file); cut it to the area and time that are needed");
  budget_ -= (*grid)->size();
  codes_set_double(handle, "missingValue", absent);
  auto values = doubles_of(handle, "values", where);
  if (!values) return fail(values.error());
  if (values->size() != (*grid)->size())
    return fail(where, "has another number of values than points; fetch the file again");
  values = in_rows(handle, std::move(*values), (*grid)->rows(), (*grid)->columns());
  const auto unit =
      unit_conversion(meaning->quantity == Quantity::water_temperature ? "K" : measure_of(*meaning).unit,
                      measure_of(*meaning).unit);
  if (!unit) return fail(where, unit.error().what);
  meaning->along_axes = (*grid)->turned() && whole_of(handle, "uvRelativeToGrid").value_or(0) != 0;
  Message out{*meaning, *depth, time_of(handle, "dataDate", "dataTime"), *time, std::move(*grid), {}};
  out.values.reserve(values->size());
  for (const double value : *values)
    out.values.push_back(value == absent ? std::numeric_limits<float>::quiet_NaN()
                                         : static_cast<float>((*unit)(value)));
  return out;
}

/// Messages of one quantity, run and grid make one reading; of several depths the least.
Result<ForcingFile> GribReader::readings() {
  using Key = std::tuple<Quantity, Part, std::optional<Time>, const Grid*, bool>;
  std::map<Key, std::map<Time, const Message*>> series;
  for (const Message& each : messages_) {
    auto& at = series[{each.meaning.quantity, each.meaning.part, each.began, each.grid.get(),
                       each.meaning.along_axes}][each.time];
    if (at == nullptr || each.depth_m < at->depth_m) at = &each;
  }
  ForcingFile file;
  for (const auto& [key, moments] : series) {
    const Message& first = *moments.begin()->second;
    CoastFill coast(first.grid, options_.coast);
    const bool polar = first.meaning.part == Part::speed || first.meaning.part == Part::from ||
                       first.meaning.part == Part::towards;
    Reading reading{.meaning = first.meaning,
                    .where = fmt::format("{}: {}", path_, name_of(first.meaning.quantity)),
                    .variable = name_of(first.meaning.quantity),
                    .began = first.began,
                    .field = {}};
    reading.field.grid = first.grid;
    for (const auto& [time, message] : moments) {
      reading.field.times.push_back(time);
      reading.field.frames.push_back(
          make_frame(message->values, measure_of(first.meaning), polar ? nullptr : &coast));
    }
    note_losses(reading);
    file.readings.push_back(std::move(reading));
  }
  for (const Error& error : left_out_) {
    const std::string note = "left out: " + error.what;
    if (std::find(file.notes.begin(), file.notes.end(), note) == file.notes.end()) file.notes.push_back(note);
  }
  return file;
}

Result<ForcingFile> GribReader::read(bool only_members) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path_.c_str(), "rb"));
  if (file == nullptr) return fail(path_, "cannot be opened");
  codes_grib_multi_support_on(nullptr);  // u and v often stand in one message
  int count = 0;
  while (true) {
    int status = CODES_SUCCESS;
    const Handle handle(codes_handle_new_from_file(nullptr, file.get(), PRODUCT_GRIB, &status));
    if (handle == nullptr && status == CODES_SUCCESS) break;
    if (handle == nullptr)
      return fail(
          path_, fmt::format("cannot be read as GRIB after {} messages ({}); it may be damaged or cut short: "
                             "fetch it again",
                             count, codes_get_error_message(status)));
    ++count;
    auto read = message(handle.get(), fmt::format("{}: message {}", path_, count));
    if (!read) return fail(read.error());
    if (*read) messages_.push_back(std::move(**read));
  }
  if (count == 0) return fail(path_, "cannot be read as GRIB: no message in it; fetch it again");
  std::sort(members_.begin(), members_.end());
  if (only_members) return ForcingFile{{}, {}, members_};
  if (messages_.empty() && !members_.empty())
    return fail(path_, options_.member ? fmt::format("has no member {}; its members are {} to {}",
                                                     *options_.member, members_.front(), members_.back())
                                       : fmt::format("is an ensemble of {}; take one by --member {} to {}",
                                                     members_.size(), members_.front(), members_.back()));
  if (messages_.empty() && !left_out_.empty()) return fail(left_out_.front());
  if (messages_.empty())
    return fail(path_,
                "holds no current, wind at 10 m, wave height or water temperature that is known in GRIB");
  return readings();
}

}  // namespace

bool is_grib(const std::string& path) {
  std::array<char, 1024> head{};
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), head.size());
  const std::string_view begin(head.data(), static_cast<std::size_t>(file.gcount()));
  return !begin.starts_with("CDF") && !begin.starts_with("\x89HDF") &&
         begin.find("GRIB") != std::string_view::npos;
}

Result<ForcingFile> read_grib(const std::string& path, const ForcingOptions& options, bool only_members) {
  const std::lock_guard turn(one_at_a_time());
  const auto survived = survives_trial(path, "ecCodes", [&] {
    if (GribReader(path, options).read(only_members)) return;  // refused or not: it came back
  });
  if (!survived) return fail(survived.error());
  try {
    return GribReader(path, options).read(only_members);
  } catch (const std::bad_alloc&) {
    return fail(path, "is too large for this machine's memory; cut it to the area and time that are needed");
  }
}

}  // namespace varne
