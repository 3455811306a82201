/// CF-netCDF files as readings.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>
#include <set>
#include <utility>

#include "varne/core/text.h"
#include "varne/sea/cf_layout.h"
#include "varne/sea/cf_units.h"
#include "varne/sea/netcdf_file.h"
#include "varne/sea/reading.h"

namespace varne {
namespace {

using Variable = NetcdfFile::Variable;
constexpr std::size_t most_values = std::size_t{1} << 28;  // 1 GiB of floats, all variables together

struct Candidate {
  const Variable* variable;
  Meaning meaning;
  bool mapped = false;
};

bool is_vector(Quantity quantity) {
  return quantity == Quantity::current || quantity == Quantity::wind;
}

class NetcdfReader {
 public:
  NetcdfReader(const NetcdfFile& file, const ForcingOptions& options) : file_(file), options_(options) {
    // ROMS and CROCO call their currents u and v.
    for (const Variable& variable : file.variables()) {
      for (const auto& dimension : variable.dimensions) {
        if (!role_ && (dimension.name == "ocean_time" || dimension.name.starts_with("xi_")))
          role_ = Quantity::current;
      }
    }
    if (options.role) role_ = options.role;
  }

  Result<ForcingFile> read(bool only_members);

 private:
  Result<std::vector<Candidate>> candidates();
  Result<std::vector<Candidate>> choose(const std::vector<Candidate>& all, Quantity quantity);
  Done read_variable(const Candidate& candidate);
  Result<UnitConversion> conversion(const Candidate& candidate, const Measure& measure);
  Result<std::vector<float>> read_moment(const Candidate& candidate, const CfLayout& layout,
                                         std::vector<std::size_t> start, const UnitConversion& unit);
  std::shared_ptr<const Grid> shared(std::shared_ptr<const Grid> grid);
  [[nodiscard]] std::unexpected<Error> nothing() const;

  const NetcdfFile& file_;
  const ForcingOptions& options_;
  std::optional<Quantity> role_;
  ForcingFile out_;
  std::vector<Error> left_out_;
  std::vector<std::shared_ptr<const Grid>> grids_;
  std::size_t budget_ = most_values;
};

Result<std::vector<Candidate>> NetcdfReader::candidates() {
  std::vector<Candidate> all;
  std::set<Quantity> mapped;
  for (const Variable& variable : file_.variables()) {
    if (!variable.numeric || variable.dimensions.size() < 2) continue;
    for (const auto& [name, of] : options_.map) {
      if (of != variable.name && of != variable.path) continue;
      auto meaning = *meaning_of_name(name);
      if (is_vector(meaning.quantity)) meaning.family = "as mapped";
      mapped.insert(meaning.quantity);
      all.push_back({&variable, std::move(meaning), true});
    }
  }
  for (const Variable& variable : file_.variables()) {
    if (!variable.numeric || variable.dimensions.size() < 2) continue;
    auto meaning =
        meaning_of_variable(variable.name, file_.text(variable, "standard_name").value_or(""), role_);
    const bool is_mapped = std::any_of(
        all.begin(), all.end(), [&](const Candidate& c) { return c.mapped && c.variable == &variable; });
    if (is_mapped) continue;
    if (!meaning) return file_.refuse(variable.name, meaning.error().what);
    if (*meaning && !mapped.contains((*meaning)->quantity)) all.push_back({&variable, **meaning, false});
  }
  return all;
}

std::string names_of(const std::vector<Candidate>& all) {
  std::string names;
  for (const Candidate& each : all) names += (names.empty() ? "" : ", ") + shown(each.variable->path);
  return names;
}

/// Of several vectors of one quantity the one that counts: what is mapped; of currents the total, or the one
/// that is not marked and the tide beside it; never one of several by its place in a list.
Result<std::vector<Candidate>> NetcdfReader::choose(const std::vector<Candidate>& all, Quantity quantity) {
  std::vector<Candidate> fit;
  for (const Candidate& each : all) {
    if (each.meaning.quantity != quantity) continue;
    const auto level = cf_level(file_, *each.variable,
                                quantity == Quantity::wind ? CfLevel::wind_10m : CfLevel::sea_surface);
    if (level) {
      fit.push_back(each);
    } else if (each.mapped) {
      return fail(level.error());
    } else {
      left_out_.push_back(level.error());
    }
  }
  const auto of_share = [&](Share share) {
    std::vector<Candidate> some;
    std::copy_if(fit.begin(), fit.end(), std::back_inserter(some),
                 [&](const Candidate& c) { return c.meaning.share == share; });
    return some;
  };
  const auto is_one = [](const std::vector<Candidate>& some) {
    std::set<std::string> families;
    std::set<std::pair<std::string, Part>> parts;
    bool twice = false;
    for (const Candidate& each : some) {
      families.insert(each.meaning.family);
      const Part part = each.meaning.part == Part::towards ? Part::from : each.meaning.part;
      twice = !parts.emplace(each.meaning.family, part).second || twice;
    }
    return families.size() <= 1 && !twice;
  };
  // Speed and direction beside the components say the same again.
  auto plain = of_share(Share::plain);
  const bool components = std::any_of(plain.begin(), plain.end(), [](const Candidate& c) {
    return c.meaning.part == Part::x || c.meaning.part == Part::y;
  });
  if (components)
    std::erase_if(plain,
                  [](const Candidate& c) { return c.meaning.part != Part::x && c.meaning.part != Part::y; });
  const auto total = of_share(Share::total);
  const auto tide = of_share(Share::tide);
  const auto depth_mean = of_share(Share::depth_mean);
  auto chosen = !total.empty() ? total : !plain.empty() ? plain : !tide.empty() ? tide : depth_mean;
  if (!is_one(chosen))
    return file_.refuse(
        chosen.front().variable->name,
        fmt::format("is one of several {}s ({}), and none is marked as the total; say which by "
                    "--map {}={}",
                    name_of(quantity), names_of(chosen),
                    quantity == Quantity::current ? "x_sea_water_velocity" : "x_wind",
                    chosen.front().variable->name));
  if (total.empty() && !plain.empty() && !tide.empty()) {
    if (!is_one(tide))
      return file_.refuse(tide.front().variable->name,
                          fmt::format("is one of several tides ({}); say which by --map", names_of(tide)));
    chosen.insert(chosen.end(), tide.begin(), tide.end());
  }
  if (chosen.size() < fit.size() && !chosen.empty()) {
    std::vector<Candidate> others;
    std::copy_if(fit.begin(), fit.end(), std::back_inserter(others), [&](const Candidate& c) {
      return std::none_of(chosen.begin(), chosen.end(),
                          [&](const Candidate& taken) { return taken.variable == c.variable; });
    });
    out_.notes.push_back(fmt::format("of several {}s {} is used, {} is not", name_of(quantity),
                                     names_of(chosen), names_of(others)));
  }
  if (!chosen.empty() && chosen.front().meaning.share == Share::depth_mean)
    out_.notes.push_back(
        fmt::format("{} is the mean over the depth, not the surface current", names_of(chosen)));
  if (!chosen.empty() && chosen.front().meaning.share == Share::tide)
    out_.notes.push_back(fmt::format("{} is the tide alone", names_of(chosen)));
  if (!total.empty() && file_.find("vsdx") != nullptr)
    out_.notes.push_back("the total current holds the waves' Stokes drift, which the leeway holds too");
  return chosen;
}

Result<UnitConversion> NetcdfReader::conversion(const Candidate& candidate, const Measure& measure) {
  const Variable& variable = *candidate.variable;
  const auto given = file_.text(variable, "units");
  if (given && !trim(*given).empty()) {
    auto found = unit_conversion(*given, measure.unit);
    if (!found) return file_.refuse(variable.name, found.error().what);
    return found;
  }
  if (is_vector(candidate.meaning.quantity) && candidate.meaning.part != Part::from &&
      candidate.meaning.part != Part::towards && !candidate.mapped) {
    return file_.refuse(
        variable.name,
        fmt::format("has no units; write them into the file (units \"m s-1\"), or say by --map "
                    "NAME={} what it is: then it is taken as m s-1",
                    variable.name));
  }
  out_.notes.push_back(fmt::format("{} has no units; it is taken as {}", shown(variable.name), measure.unit));
  return UnitConversion{};
}

Result<std::vector<float>> NetcdfReader::read_moment(const Candidate& candidate, const CfLayout& layout,
                                                     std::vector<std::size_t> start,
                                                     const UnitConversion& unit) {
  const std::size_t columns = layout.count[layout.x_dimension];
  const std::size_t rows = layout.count[layout.y_dimension];
  const bool x_fast = layout.y_dimension < layout.x_dimension;
  std::vector<float> values(rows * columns, std::numeric_limits<float>::quiet_NaN());
  const std::size_t versions =
      layout.version_dimension ? candidate.variable->dimensions[*layout.version_dimension].length : 1;
  for (std::size_t version = 0; version < versions; ++version) {
    if (layout.version_dimension) start[*layout.version_dimension] = version;
    const auto slab = file_.values(*candidate.variable, start, layout.count);
    if (!slab) return fail(slab.error());
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t column = 0; column < columns; ++column) {
        float& value = values[row * columns + column];
        const bool land = !layout.land.empty() && layout.land[row * columns + column];
        if (std::isnan(value) && !land)
          value = static_cast<float>(unit((*slab)[x_fast ? row * columns + column : column * rows + row]));
      }
    }
  }
  return values;
}

std::shared_ptr<const Grid> NetcdfReader::shared(std::shared_ptr<const Grid> grid) {
  for (const auto& known : grids_) {
    if (known->same(*grid)) return known;
  }
  grids_.push_back(grid);
  return grid;
}

Done NetcdfReader::read_variable(const Candidate& candidate) {
  const Variable& variable = *candidate.variable;
  const Quantity quantity = candidate.meaning.quantity;
  const auto layout = cf_layout(
      file_, variable, quantity == Quantity::wind ? CfLevel::wind_10m : CfLevel::any, options_.member);
  if (!layout) return fail(layout.error());
  const bool timed = !layout->runs.front().times.empty();
  // A depth that changes with time is the water's, not the chart's.
  if (quantity == Quantity::depth && timed) return {};
  const Measure measure = measure_of(candidate.meaning);
  const auto unit = conversion(candidate, measure);
  if (!unit) return fail(unit.error());
  const auto grid = shared(layout->grid);
  const bool polar = candidate.meaning.part == Part::speed || candidate.meaning.part == Part::from ||
                     candidate.meaning.part == Part::towards;
  CoastFill coast(grid, options_.coast);
  CoastFill* fill = quantity == Quantity::depth || polar ? nullptr : &coast;
  for (const CfRun& run : layout->runs) {
    const auto [first, after] = needed_moments(run.times, options_.between);
    const std::size_t moments = after - first;
    if (grid->size() > budget_ / moments) {
      return file_.refuse(
          variable.name,
          "is too large to hold in memory (1 GiB a file); cut the file to the area and time that "
          "are needed");
    }
    budget_ -= moments * grid->size();
    Reading reading;
    reading.meaning = candidate.meaning;
    reading.meaning.along_axes = candidate.meaning.along_axes && grid->turned();
    reading.where = fmt::format("{}: {}", file_.path(), variable.name);
    reading.variable = variable.path;
    reading.began = run.began;
    reading.field.grid = grid;
    if (timed)
      reading.field.times.assign(run.times.begin() + static_cast<std::ptrdiff_t>(first),
                                 run.times.begin() + static_cast<std::ptrdiff_t>(after));
    auto start = layout->start;
    if (layout->run_dimension) start[*layout->run_dimension] = run.index;
    for (std::size_t moment = first; moment < after; ++moment) {
      if (layout->time_dimension) start[*layout->time_dimension] = moment;
      auto values = read_moment(candidate, *layout, start, *unit);
      if (!values) return fail(values.error());
      reading.field.frames.push_back(make_frame(std::move(*values), measure, fill));
    }
    const std::string methods = file_.text(variable, "cell_methods").value_or("");
    reading.mean = timed && quantity == Quantity::current && candidate.meaning.share != Share::tide &&
                   methods.find("time: mean") != std::string::npos;
    reading.no_tide = quantity == Quantity::current &&
                      file_.text(variable, "standard_name").value_or("").ends_with(without_tide);
    note_losses(reading);
    out_.readings.push_back(std::move(reading));
  }
  return {};
}

std::unexpected<Error> NetcdfReader::nothing() const {
  if (!left_out_.empty()) return fail(left_out_.front());
  std::string list;
  for (const auto& variable : file_.variables()) {
    if (list.size() > 100) {
      list += ", …";
      break;
    }
    list += (list.empty() ? "" : ", ") + shown(variable.path);
  }
  return fail(
      file_.path(),
      fmt::format("holds no current, wind, wave height, water temperature or depth by a known name "
                  "(its variables: {}); say which is what by --map NAME=VAR (--map x_sea_water_velocity=u "
                  "--map y_sea_water_velocity=v), or give each its CF standard_name",
                  list.empty() ? "none" : list));
}

Result<ForcingFile> NetcdfReader::read(bool only_members) {
  const auto all = candidates();
  if (!all) return fail(all.error());
  std::vector<Candidate> chosen;
  for (const Quantity quantity : {Quantity::current, Quantity::wind}) {
    auto some = choose(*all, quantity);
    if (!some) return fail(some.error());
    chosen.insert(chosen.end(), some->begin(), some->end());
  }
  for (const Quantity quantity : {Quantity::wave_height, Quantity::water_temperature, Quantity::depth}) {
    for (const Candidate& each : *all) {
      if (each.meaning.quantity != quantity) continue;
      chosen.push_back(each);
      break;
    }
  }
  if (only_members) {
    for (const Candidate& each : chosen) {
      auto members = cf_members(file_, *each.variable);
      if (!members) return fail(members.error());
      if (out_.members.empty()) out_.members = std::move(*members);
    }
    return std::move(out_);
  }
  for (const Candidate& each : chosen) {
    const bool needed = is_vector(each.meaning.quantity) || chosen.size() == 1 || each.mapped;
    if (auto done = read_variable(each); !done) {
      if (needed || out_.readings.empty()) return fail(done.error());
      left_out_.push_back(done.error());  // waves that are not understood do not take the wind with them
    }
  }
  if (out_.readings.empty()) return nothing();
  for (const Error& error : left_out_) out_.notes.push_back("left out: " + error.text());
  return std::move(out_);
}

}  // namespace

Result<ForcingFile> read_netcdf(const std::string& path, const ForcingOptions& options, bool only_members) {
  try {
    const auto file = NetcdfFile::open(path, [&](const NetcdfFile& tried) {
      if (NetcdfReader(tried, options).read(only_members)) return;  // refused or not: it came back
    });
    if (!file) return fail(file.error());
    return NetcdfReader(*file, options).read(only_members);
  } catch (const std::bad_alloc&) {
    return fail(path, "is too large for this machine's memory; cut it to the area and time that are needed");
  }
}

}  // namespace varne
