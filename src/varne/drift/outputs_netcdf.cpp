/// Forecasts as CF-netCDF. The library is not safe to use from two threads; these are called by programs that
/// write one file and end.
#include <netcdf.h>

#include <cctype>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>

#include "varne/drift/notes.h"
#include "varne/drift/outputs.h"

namespace varne {
namespace {

/// A new file; every call after one that failed does nothing, and `close` says why.
class Out {
 public:
  explicit Out(const std::string& path) : path_(path) {
    check(nc_create(path.c_str(), NC_CLOBBER | NC_NETCDF4, &id_));
    open_ = status_ == NC_NOERR;
    text("Conventions", "CF-1.8");
  }
  Out(const Out&) = delete;
  Out& operator=(const Out&) = delete;
  ~Out() {
    if (open_) nc_close(id_);
  }

  int dimension(const char* name, std::size_t length) {
    int d = 0;
    if (good()) check(nc_def_dim(id_, name, length, &d));
    return d;
  }
  int variable(const char* name, nc_type type, const std::vector<int>& dimensions) {
    int v = 0;
    if (good())
      check(nc_def_var(id_, name, type, static_cast<int>(dimensions.size()), dimensions.data(), &v));
    if (good() && !dimensions.empty()) check(nc_def_var_deflate(id_, v, 1, 1, 1));
    return v;
  }
  void text(const char* name, const std::string& value, int variable = NC_GLOBAL) {
    if (good()) check(nc_put_att_text(id_, variable, name, value.size(), value.c_str()));
  }
  void bytes(const char* name, const std::vector<signed char>& values, int variable) {
    if (good()) check(nc_put_att_schar(id_, variable, name, NC_BYTE, values.size(), values.data()));
  }
  void whole(const char* name, const std::vector<int>& values, int variable) {
    if (good()) check(nc_put_att_int(id_, variable, name, NC_INT, values.size(), values.data()));
  }
  void put(int variable, const std::vector<double>& values) {
    if (good()) check(nc_put_var_double(id_, variable, values.data()));
  }
  void put(int variable, const std::vector<int>& values) {
    if (good()) check(nc_put_var_int(id_, variable, values.data()));
  }
  void put(int variable, const std::vector<float>& values) {
    if (good()) check(nc_put_var_float(id_, variable, values.data()));
  }
  void put(int variable, const std::vector<signed char>& values) {
    if (good()) check(nc_put_var_schar(id_, variable, values.data()));
  }
  Done close() {
    if (open_) {
      open_ = false;
      check(nc_close(id_));
    }
    if (status_ == NC_NOERR) return {};
    return fail(path_, std::string("the file cannot be written: ") + nc_strerror(status_));
  }

 private:
  [[nodiscard]] bool good() const { return status_ == NC_NOERR; }
  void check(int status) {
    if (status_ == NC_NOERR) status_ = status;
  }

  std::string path_;
  int id_ = -1;
  int status_ = NC_NOERR;
  bool open_ = false;
};

/// Seconds since 1970, with its dimension.
int time_variable(Out& out, int dimension) {
  const int v = out.variable("time", NC_DOUBLE, {dimension});
  out.text("standard_name", "time", v);
  out.text("units", "seconds since 1970-01-01 00:00:00", v);
  out.text("calendar", "standard", v);
  return v;
}

std::vector<double> seconds_of(const std::vector<Time>& times) {
  std::vector<double> out;
  for (const Time t : times) out.push_back(static_cast<double>(millis(t)) / 1000);
  return out;
}

int degrees(Out& out, const char* name, const char* standard, const char* units, nc_type type,
            const std::vector<int>& dimensions) {
  const int v = out.variable(name, type, dimensions);
  out.text("standard_name", standard, v);
  out.text("units", units, v);
  return v;
}

/// CF's flag_meanings: words apart by blanks, so that a name is one word.
std::string flag_words(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    if (!out.empty()) out += ' ';
    for (const char c : name) out += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  }
  return out;
}

}  // namespace

Done write_trajectories(const std::string& path, const DriftRun& run) {
  Out out(path);
  const std::size_t n = run.options.particles;
  const std::size_t moments = run.snapshots.size();
  out.text("featureType", "trajectory");
  out.text("title", "Drift forecast of " + run.leeway_key + ": not an observation");
  out.text("comment", told_of(run));
  const int particle = out.dimension("trajectory", n);
  const int obs = out.dimension("time", moments);
  const int id = out.variable("trajectory", NC_INT, {particle});
  out.text("cf_role", "trajectory_id", id);
  out.text("long_name", "number of the particle, from 0", id);
  const int time = time_variable(out, obs);
  const int lon = degrees(out, "lon", "longitude", "degrees_east", NC_DOUBLE, {particle, obs});
  const int lat = degrees(out, "lat", "latitude", "degrees_north", NC_DOUBLE, {particle, obs});
  const int status = out.variable("status", NC_BYTE, {particle, obs});
  out.text("long_name", "what the particle does", status);
  out.bytes("flag_values", {0, 1, 2}, status);
  out.text("flag_meanings", "adrift ashore left", status);
  out.text("coordinates", "time lon lat", status);
  const int weight = run.weights.empty() ? -1 : out.variable("weight", NC_DOUBLE, {particle});
  if (weight >= 0) {
    out.text("long_name", "probability that the object went this way", weight);
    out.text("units", "1", weight);
  }
  // Which story, and which member of an ensemble, a particle is of: CF 3.5, flags.
  std::vector<int> scenario_numbers(run.scenarios.size());
  std::iota(scenario_numbers.begin(), scenario_numbers.end(), 0);
  const int scenario = run.scenario_of.empty() ? -1 : out.variable("scenario", NC_INT, {particle});
  if (scenario >= 0) {
    out.text("long_name", "which of the scenarios the particle is of", scenario);
    out.whole("flag_values", scenario_numbers, scenario);
    out.text("flag_meanings", flag_words(run.scenarios), scenario);
    out.text("comment", scenarios_in_words(run), scenario);
  }
  const int member = run.member_of.empty() ? -1 : out.variable("member", NC_INT, {particle});
  if (member >= 0) {
    out.text("standard_name", "realization", member);
    out.text("units", "1", member);
  }

  std::vector<int> ids(n);
  std::vector<double> lons(n * moments), lats(n * moments);
  std::vector<signed char> states(n * moments);
  std::vector<Time> times;
  for (std::size_t t = 0; t < moments; ++t) {
    times.push_back(run.snapshots[t].time);
    for (std::size_t i = 0; i < n; ++i) {
      ids[i] = static_cast<int>(i);
      lons[i * moments + t] = run.snapshots[t].places[i].lon;
      lats[i * moments + t] = run.snapshots[t].places[i].lat;
      states[i * moments + t] = static_cast<signed char>(run.snapshots[t].states[i]);
    }
  }
  out.put(id, ids);
  out.put(time, seconds_of(times));
  out.put(lon, lons);
  out.put(lat, lats);
  out.put(status, states);
  if (weight >= 0) out.put(weight, run.weights);
  if (scenario >= 0) out.put(scenario, std::vector<int>(run.scenario_of.begin(), run.scenario_of.end()));
  if (member >= 0) {
    std::vector<int> members;
    for (const auto at : run.member_of) members.push_back(run.members_drawn[at]);
    out.put(member, members);
  }
  return out.close();
}

Done write_probability(const std::string& path, const ProbabilityGrid& grid) {
  Out out(path);
  out.text("title", "Share of a drift forecast's particles in each cell: not an observation");
  out.text("comment", grid.told);
  const int t = out.dimension("time", grid.times.size());
  const int y = out.dimension("lat", grid.rows);
  const int x = out.dimension("lon", grid.columns);
  const int time = time_variable(out, t);
  const int lat = degrees(out, "lat", "latitude", "degrees_north", NC_DOUBLE, {y});
  const int lon = degrees(out, "lon", "longitude", "degrees_east", NC_DOUBLE, {x});
  const int share = out.variable("probability", NC_FLOAT, {t, y, x});
  out.text("long_name", "probability that the object is in the cell", share);
  out.text("units", "1", share);
  out.text("cell_methods", "lat: lon: sum", share);
  const auto centres = [](double first, double step, std::size_t count) {
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i) values.push_back(first + (static_cast<double>(i) + 0.5) * step);
    return values;
  };
  out.put(time, seconds_of(grid.times));
  out.put(lat, centres(grid.south, grid.step_lat, grid.rows));
  out.put(lon, centres(grid.west, grid.step_lon, grid.columns));
  out.put(share, grid.shares);
  return out.close();
}

}  // namespace varne
