#include "varne/sea/netcdf_file.h"

#include <fmt/format.h>
#include <netcdf.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

#include "varne/sea/netcdf_classic.h"
#include "varne/sea/trial.h"

namespace varne {
namespace {

constexpr std::size_t most_values = std::size_t{1} << 28;  // 2 GiB of doubles

std::mutex& one_at_a_time() {
  static std::mutex mutex;
  return mutex;
}

std::size_t size_of(const std::vector<std::size_t>& count) {
  std::size_t product = 1;
  for (const std::size_t n : count) {
    if (n != 0 && product > most_values / n) return most_values + 1;
    product *= n;
  }
  return product;
}

bool is_hdf5(const std::string& path) {
  std::array<char, 3> magic{};
  std::ifstream(path, std::ios::binary).read(magic.data(), magic.size());
  return std::string_view(magic.data(), magic.size()) != "CDF";  // all else netCDF-C may take for HDF5
}

std::vector<std::size_t> shape_of(const NetcdfFile::Variable& variable) {
  std::vector<std::size_t> shape(variable.dimensions.size());
  std::transform(variable.dimensions.begin(), variable.dimensions.end(), shape.begin(),
                 [](const NetcdfFile::Dimension& dimension) { return dimension.length; });
  return shape;
}

/// What a point holds that was never written, where the file names no _FillValue; bytes have none.
double default_fill(int type) {
  switch (type) {
    case NC_SHORT:
      return NC_FILL_SHORT;
    case NC_USHORT:
      return NC_FILL_USHORT;
    case NC_INT:
      return NC_FILL_INT;
    case NC_UINT:
      return NC_FILL_UINT;
    default:
      return std::numeric_limits<double>::quiet_NaN();  // floats: beyond all limits anyway
  }
}

/// What makes a signed number of this type the unsigned one of the same bits.
double unsigned_turn(int type) {
  return type == NC_BYTE ? 256 : type == NC_SHORT ? 65536 : type == NC_INT ? 4294967296.0 : 0;
}

std::string damaged(int status) {
  return fmt::format("cannot be read as netCDF ({}); it may be damaged or cut short: fetch it again",
                     nc_strerror(status));
}

}  // namespace

NetcdfFile::NetcdfFile(std::unique_lock<std::mutex> turn, std::string path)
    : turn_(std::move(turn)), path_(std::move(path)) {}

NetcdfFile::NetcdfFile(NetcdfFile&& other) noexcept
    : turn_(std::move(other.turn_)),
      path_(std::move(other.path_)),
      id_(std::exchange(other.id_, -1)),
      variables_(std::move(other.variables_)) {}

NetcdfFile::~NetcdfFile() {
  if (id_ >= 0) nc_close(id_);
}

Result<NetcdfFile> NetcdfFile::open(const std::string& path,
                                    const std::function<void(const NetcdfFile&)>& trial) {
  // Asked first because netCDF-C would take a name like http://… for a server and go there.
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    return fail(path, std::filesystem::exists(path, error) ? "is not a file" : "no such file");
  }
  if (auto whole = whole_classic_file(path); !whole) return fail(whole.error());
  NetcdfFile file(std::unique_lock<std::mutex>(one_at_a_time()), path);
  if (trial && is_hdf5(path)) {
    // The child inherits the turn with the memory, so no other thread can have been inside netCDF at the
    // fork.
    auto survived = survives_trial(path, "HDF5", [&] {
      if (file.read()) trial(file);
    });
    if (!survived) return fail(survived.error());
  }
  if (auto read = file.read(); !read) return fail(read.error());
  return file;
}

Done NetcdfFile::read() {
  if (const int opened = nc_open(path_.c_str(), NC_NOWRITE, &id_); opened != NC_NOERR) {
    id_ = -1;
    return fail(path_, damaged(opened));
  }
  if (const int status = read_group(id_, "", 0); status != NC_NOERR) return fail(path_, damaged(status));
  return {};
}

/// The variables of a group and of the groups in it; a status of netCDF's.
int NetcdfFile::read_group(int group, const std::string& path, int depth) {
  int count = 0;
  int status = nc_inq_nvars(group, &count);
  for (int v = 0; v < count && status == NC_NOERR; ++v) {
    std::array<char, NC_MAX_NAME + 1> name{};
    std::array<int, NC_MAX_VAR_DIMS> dimensions{};
    nc_type type = NC_NAT;
    int rank = 0;
    status = nc_inq_var(group, v, name.data(), &type, &rank, dimensions.data(), nullptr);
    if (status != NC_NOERR) break;
    Variable variable{v, group, name.data(), path + name.data(), {}, false, false, type};
    variable.numeric = type >= NC_BYTE && type <= NC_UINT64 && type != NC_CHAR;
    variable.floating = type == NC_FLOAT || type == NC_DOUBLE;
    for (int d = 0; d < rank && status == NC_NOERR; ++d) {
      std::array<char, NC_MAX_NAME + 1> called{};
      std::size_t length = 0;
      const int dimension = dimensions[static_cast<std::size_t>(d)];
      status = nc_inq_dim(group, dimension, called.data(), &length);
      variable.dimensions.push_back({dimension, called.data(), length});
    }
    variables_.push_back(std::move(variable));
  }
  int groups = 0;
  if (status == NC_NOERR) status = nc_inq_grps(group, &groups, nullptr);
  if (status != NC_NOERR || groups == 0) return status;
  constexpr int deepest = 8;
  if (depth == deepest) return NC_NOERR;
  std::vector<int> ids(static_cast<std::size_t>(groups));
  status = nc_inq_grps(group, &groups, ids.data());
  for (const int id : ids) {
    std::array<char, NC_MAX_NAME + 1> name{};
    if (status == NC_NOERR) status = nc_inq_grpname(id, name.data());
    if (status == NC_NOERR) status = read_group(id, path + name.data() + "/", depth + 1);
  }
  return status;
}

const NetcdfFile::Variable* NetcdfFile::find(std::string_view name) const {
  for (const Variable& variable : variables_) {
    if (variable.path == name) return &variable;
  }
  for (const Variable& variable : variables_) {
    if (variable.name == name) return &variable;
  }
  return nullptr;
}

std::optional<std::string> NetcdfFile::text(const Variable& variable, const char* attribute) const {
  nc_type type = NC_NAT;
  std::size_t length = 0;
  if (nc_inq_att(variable.group, variable.id, attribute, &type, &length) != NC_NOERR) return std::nullopt;
  if (type == NC_CHAR && length < most_values) {
    std::string text(length, '\0');
    if (nc_get_att_text(variable.group, variable.id, attribute, text.data()) != NC_NOERR) return std::nullopt;
    return text.substr(0, text.find('\0'));
  }
  if (type == NC_STRING && length == 1) {
    char* held = nullptr;
    if (nc_get_att_string(variable.group, variable.id, attribute, &held) != NC_NOERR || held == nullptr)
      return std::nullopt;
    std::string text(held);
    nc_free_string(1, &held);
    return text;
  }
  return std::nullopt;
}

std::vector<double> NetcdfFile::numbers(const Variable& variable, const char* attribute) const {
  nc_type type = NC_NAT;
  std::size_t length = 0;
  if (nc_inq_att(variable.group, variable.id, attribute, &type, &length) != NC_NOERR || type == NC_CHAR ||
      type >= NC_STRING || length > 64) {
    return {};
  }
  std::vector<double> values(length);
  if (nc_get_att_double(variable.group, variable.id, attribute, values.data()) != NC_NOERR) return {};
  return values;
}

Result<std::vector<double>> NetcdfFile::raw(const Variable& variable, const std::vector<std::size_t>& start,
                                            const std::vector<std::size_t>& count) const {
  if (!variable.numeric) return refuse(variable.name, "does not hold numbers");
  const std::size_t size = size_of(count);
  if (size > most_values) {
    return refuse(variable.name, "is larger than 2 GiB; cut the file to the area and time that are needed");
  }
  std::vector<double> values(size);
  if (size == 0) return values;
  const int status =
      nc_get_vara_double(variable.group, variable.id, start.data(), count.data(), values.data());
  // A number beyond a double's range cannot occur; NC_ERANGE would still leave all others in place.
  if (status != NC_NOERR && status != NC_ERANGE) return refuse(variable.name, damaged(status));
  return values;
}

Result<std::vector<double>> NetcdfFile::raw(const Variable& variable) const {
  const auto count = shape_of(variable);
  return raw(variable, std::vector<std::size_t>(count.size(), 0), count);
}

Result<std::vector<double>> NetcdfFile::values(const Variable& variable,
                                               const std::vector<std::size_t>& start,
                                               const std::vector<std::size_t>& count) const {
  auto read = raw(variable, start, count);
  if (!read) return read;
  const auto one = [&](const char* attribute) -> std::optional<double> {
    const auto given = numbers(variable, attribute);
    return given.size() == 1 ? std::optional(given.front()) : std::nullopt;
  };
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double scale = one("scale_factor").value_or(1);
  const double offset = one("add_offset").value_or(0);
  // Classic netCDF has no unsigned shorts; the attribute makes them, and of the numbers beside them too.
  const double turn = text(variable, "_Unsigned") == "true" ? unsigned_turn(variable.type) : 0;
  const auto stored = [turn](double value) { return value < 0 ? value + turn : value; };
  const bool packed = !numbers(variable, "scale_factor").empty() || !numbers(variable, "add_offset").empty();
  const auto unpacked_units = [&](const char* attribute) {
    const int type = type_of(variable, attribute);
    return packed && !variable.floating && (type == NC_FLOAT || type == NC_DOUBLE);
  };
  struct Limit {
    double low = -infinity;
    double high = infinity;
    [[nodiscard]] bool holds(double value) const { return value >= low && value <= high; }
  };
  Limit of_packed;
  Limit of_unpacked;
  const auto limit = [&](const char* attribute) -> Limit& {
    return unpacked_units(attribute) ? of_unpacked : of_packed;
  };
  if (const auto range = numbers(variable, "valid_range"); range.size() == 2) {
    const bool whole = !unpacked_units("valid_range");
    limit("valid_range") = {whole ? stored(range[0]) : range[0], whole ? stored(range[1]) : range[1]};
  } else {
    if (const auto least = one("valid_min"))
      limit("valid_min").low = unpacked_units("valid_min") ? *least : stored(*least);
    if (const auto most = one("valid_max"))
      limit("valid_max").high = unpacked_units("valid_max") ? *most : stored(*most);
  }
  std::vector<double> missing = numbers(variable, "missing_value");
  std::vector<double> missing_unpacked;
  if (unpacked_units("missing_value")) missing_unpacked = missing;
  missing.push_back(one("_FillValue").value_or(default_fill(variable.type)));
  for (double& each : missing) each = stored(each);
  // netCDF's own fill for floats, whatever else a file names: nothing at sea is 1e36 of anything.
  constexpr double beyond = 9.0e36;
  const auto near = [](double a, double b) { return std::abs(a - b) <= 1e-6 * std::abs(b); };
  for (double& value : *read) {
    const double whole = stored(value);
    const double unpacked = whole * scale + offset;
    bool known = of_packed.holds(whole) && of_unpacked.holds(unpacked) && std::abs(whole) < beyond;
    for (const double absent : missing) known = known && whole != absent;
    for (const double absent : missing_unpacked) known = known && !near(unpacked, absent);
    value = known ? unpacked : nan;
  }
  return read;
}

int NetcdfFile::type_of(const Variable& variable, const char* attribute) const {
  nc_type type = NC_NAT;
  return nc_inq_atttype(variable.group, variable.id, attribute, &type) == NC_NOERR ? type : NC_NAT;
}

Result<std::vector<double>> NetcdfFile::values(const Variable& variable) const {
  const auto count = shape_of(variable);
  return values(variable, std::vector<std::size_t>(count.size(), 0), count);
}

std::unexpected<Error> NetcdfFile::refuse(std::string_view variable, std::string what) const {
  return fail(fmt::format("{}: {}", path_, variable), std::move(what));
}

}  // namespace varne
