#include "varne/sea/netcdf_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <netcdf.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

#include "varne/sea/netcdf_classic.h"

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
    if (auto survived = file.survives(trial); !survived) return fail(survived.error());
  }
  if (auto read = file.read(); !read) return fail(read.error());
  return file;
}

/// The child inherits the turn with the memory, so no other thread can have been inside netCDF at the fork.
Done NetcdfFile::survives(const std::function<void(const NetcdfFile&)>& trial) {
  const pid_t child = fork();
  if (child < 0) return fail(path_, "could not be tried in a process of its own; is memory short?");
  if (child == 0) {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(nowhere, STDERR_FILENO);
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGXCPU}) std::signal(signal, SIG_DFL);
    constexpr rlimit no_core{0, 0};
    constexpr rlimit cpu_seconds{60, 60};
    setrlimit(RLIMIT_CORE, &no_core);
    setrlimit(RLIMIT_CPU, &cpu_seconds);
    try {
      if (read()) trial(*this);
    } catch (...) {  // too little memory is no damage; the parent will say so itself
    }
    _exit(0);  // nothing of the parent's is ended twice
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return fail(path_, "is damaged: the HDF5 library cannot read it to the end; fetch it again");
}

Done NetcdfFile::read() {
  if (const int opened = nc_open(path_.c_str(), NC_NOWRITE, &id_); opened != NC_NOERR) {
    id_ = -1;
    return fail(path_, damaged(opened));
  }
  int count = 0;
  int status = nc_inq_nvars(id_, &count);
  for (int v = 0; v < count && status == NC_NOERR; ++v) {
    std::array<char, NC_MAX_NAME + 1> name{};
    std::array<int, NC_MAX_VAR_DIMS> dimensions{};
    nc_type type = NC_NAT;
    int rank = 0;
    status = nc_inq_var(id_, v, name.data(), &type, &rank, dimensions.data(), nullptr);
    if (status != NC_NOERR) break;
    Variable variable{v, name.data(), {}, type >= NC_BYTE && type <= NC_UINT64 && type != NC_CHAR};
    for (int d = 0; d < rank && status == NC_NOERR; ++d) {
      std::array<char, NC_MAX_NAME + 1> called{};
      std::size_t length = 0;
      const int dimension = dimensions[static_cast<std::size_t>(d)];
      status = nc_inq_dim(id_, dimension, called.data(), &length);
      variable.dimensions.push_back({dimension, called.data(), length});
    }
    variables_.push_back(std::move(variable));
  }
  if (status != NC_NOERR) return fail(path_, damaged(status));
  return {};
}

const NetcdfFile::Variable* NetcdfFile::find(std::string_view name) const {
  for (const Variable& variable : variables_) {
    if (variable.name == name) return &variable;
  }
  return nullptr;
}

std::optional<std::string> NetcdfFile::text(const Variable& variable, const char* attribute) const {
  nc_type type = NC_NAT;
  std::size_t length = 0;
  if (nc_inq_att(id_, variable.id, attribute, &type, &length) != NC_NOERR) return std::nullopt;
  if (type == NC_CHAR && length < most_values) {
    std::string text(length, '\0');
    if (nc_get_att_text(id_, variable.id, attribute, text.data()) != NC_NOERR) return std::nullopt;
    return text.substr(0, text.find('\0'));
  }
  if (type == NC_STRING && length == 1) {
    char* held = nullptr;
    if (nc_get_att_string(id_, variable.id, attribute, &held) != NC_NOERR || held == nullptr)
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
  if (nc_inq_att(id_, variable.id, attribute, &type, &length) != NC_NOERR || type == NC_CHAR ||
      type >= NC_STRING || length > 64) {
    return {};
  }
  std::vector<double> values(length);
  if (nc_get_att_double(id_, variable.id, attribute, values.data()) != NC_NOERR) return {};
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
  const int status = nc_get_vara_double(id_, variable.id, start.data(), count.data(), values.data());
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
  const auto one = [&](const char* attribute, double otherwise) {
    const auto given = numbers(variable, attribute);
    return given.size() == 1 ? given.front() : otherwise;
  };
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  std::vector<double> missing = numbers(variable, "missing_value");
  const double fill = one("_FillValue", nan);
  missing.push_back(fill);
  const auto range = numbers(variable, "valid_range");
  const double low = range.size() == 2 ? range[0] : one("valid_min", -infinity);
  const double high = range.size() == 2 ? range[1] : one("valid_max", infinity);
  const double scale = one("scale_factor", 1);
  const double offset = one("add_offset", 0);
  // netCDF's own fill for floats where a file names none: nothing at sea is 1e30 of anything.
  constexpr double default_fill = 9.0e36;
  for (double& value : *read) {
    bool known = value >= low && value <= high && std::abs(value) < default_fill;
    for (const double absent : missing) known = known && value != absent;
    value = known ? value * scale + offset : nan;
  }
  return read;
}

Result<std::vector<double>> NetcdfFile::values(const Variable& variable) const {
  const auto count = shape_of(variable);
  return values(variable, std::vector<std::size_t>(count.size(), 0), count);
}

std::unexpected<Error> NetcdfFile::refuse(std::string_view variable, std::string what) const {
  return fail(fmt::format("{}: {}", path_, variable), std::move(what));
}

}  // namespace varne
