#pragma once
/// Writes small netCDF files for tests.

#include <netcdf.h>

#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "varne/sea/forcing.h"

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

/// A variable over time, lat and lon with one number everywhere, or one a moment and point.
struct Given {
  std::string name;
  NetcdfWriter::Attributes attributes;
  double everywhere = 0;
  std::function<double(std::size_t t, std::size_t y, std::size_t x)> value = {};
};

/// A small sea: 1 to 2 E, 50.5 to 51 N, hourly from 11 November 2021, unless said otherwise.
struct SmallSea {
  std::vector<Given> given;
  std::vector<double> lons = {1, 1.5, 2};
  std::vector<double> lats = {50.5, 51};
  std::vector<double> times = {0, 1, 2};
  std::string time_units = "hours since 2021-11-11 00:00:00";
  nc_type type = NC_DOUBLE;
  /// More dimensions before lat and lon, each with its length, and what else to declare and write.
  std::vector<std::pair<std::string, std::size_t>> levels = {};
  std::function<void(NetcdfWriter&)> declare = [](NetcdfWriter&) {};
  std::function<void(NetcdfWriter&)> fill = [](NetcdfWriter&) {};

  void write(const std::string& path) const {
    NetcdfWriter file(path);
    file.dimension("time", times.size());
    file.dimension("lat", lats.size());
    file.dimension("lon", lons.size());
    std::vector<std::string> dimensions{"time"};
    std::size_t layers = 1;
    for (const auto& [name, length] : levels) {
      file.dimension(name, length);
      dimensions.push_back(name);
      layers *= length;
    }
    dimensions.insert(dimensions.end(), {"lat", "lon"});
    file.variable("lon", {"lon"}, {{"units", "degrees_east"}});
    file.variable("lat", {"lat"}, {{"units", "degrees_north"}});
    file.variable("time", {"time"}, {{"units", time_units}});
    for (const Given& each : given) file.variable(each.name, dimensions, each.attributes, type);
    declare(file);
    file.values("lon", lons);
    file.values("lat", lats);
    file.values("time", times);
    for (const Given& each : given) {
      std::vector<double> numbers;
      for (std::size_t t = 0; t < times.size(); ++t)
        for (std::size_t layer = 0; layer < layers; ++layer)
          for (std::size_t y = 0; y < lats.size(); ++y)
            for (std::size_t x = 0; x < lons.size(); ++x)
              numbers.push_back(each.value ? each.value(t * layers + layer, y, x) : each.everywhere);
      file.values(each.name, numbers);
    }
    fill(file);
  }
};

/// The one source of one file.
inline Result<std::shared_ptr<const SeaSource>> open_one(const std::string& path,
                                                         const ForcingOptions& options = {}) {
  auto sources = open_forcing({path}, options);
  if (!sources) return std::unexpected(sources.error());
  return sources->front();
}

}  // namespace varne::test
