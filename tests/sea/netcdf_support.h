#pragma once
/// Writes small netCDF files for tests.

#include <netcdf.h>

#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace varne::test {

/// Declare dimensions and variables, then give values; the file is whole when the object is gone.
class NetcdfWriter {
 public:
  explicit NetcdfWriter(const std::string& path, int format = NC_NETCDF4) {
    check(nc_create(path.c_str(), NC_CLOBBER | format, &id_));
  }
  NetcdfWriter(const NetcdfWriter&) = delete;
  NetcdfWriter& operator=(const NetcdfWriter&) = delete;
  ~NetcdfWriter() { nc_close(id_); }

  void dimension(const std::string& name, std::size_t length) {
    check(nc_def_dim(id_, name.c_str(), length, &dimensions_[name]));
  }
  using Attributes = std::vector<std::pair<std::string, std::string>>;
  void variable(const std::string& name, const std::vector<std::string>& dimensions,
                const Attributes& attributes, nc_type type = NC_DOUBLE) {
    std::vector<int> ids;
    for (const auto& each : dimensions) ids.push_back(dimensions_.at(each));
    check(nc_def_var(id_, name.c_str(), type, static_cast<int>(ids.size()), ids.data(), &variables_[name]));
    for (const auto& [key, text] : attributes) {
      check(nc_put_att_text(id_, variables_[name], key.c_str(), text.size(), text.data()));
    }
  }
  void attribute(const std::string& name, const std::string& key, const std::vector<double>& numbers,
                 nc_type type = NC_DOUBLE) {
    check(nc_put_att_double(id_, variables_.at(name), key.c_str(), type, numbers.size(), numbers.data()));
  }
  void values(const std::string& name, const std::vector<double>& numbers) {
    nc_enddef(id_);
    check(nc_put_var_double(id_, variables_.at(name), numbers.data()));
  }

 private:
  static void check(int status) {
    if (status != NC_NOERR) throw std::runtime_error(nc_strerror(status));
  }
  int id_ = -1;
  std::map<std::string, int> dimensions_;
  std::map<std::string, int> variables_;
};

}  // namespace varne::test
