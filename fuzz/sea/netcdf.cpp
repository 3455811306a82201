/// Any bytes as a classic netCDF file: its header, layout, times, units and grid are read or refused with the
/// file's name, and what is read answers with numbers or not at all. HDF5 (netCDF-4) goes through a child
/// process and has its own test.
#include <sys/mman.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "varne/sea/forcing.h"

namespace {

using namespace varne;

void require(bool holds) {
  if (!holds) std::abort();
}

/// A file in memory that has a path.
class MemoryFile {
 public:
  MemoryFile(const std::uint8_t* data, std::size_t size) : file_(memfd_create("fuzz", 0)) {
    require(file_ >= 0 && write(file_, data, size) == static_cast<ssize_t>(size));
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { close(file_); }
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  int file_;
};

void ask(const SeaSource& source) {
  const auto finite = [](const std::optional<Vec>& v) {
    return !v || (std::isfinite(v->east) && std::isfinite(v->north));
  };
  const auto number = [](const std::optional<double>& v) { return !v || std::isfinite(*v); };
  const auto span = source.span();
  if (span) require(span->first <= span->second);
  const Time time = span ? span->first : *parse_time("2021-11-11T01:00:00Z");
  for (const Place place : {Place{1.25, 50.75}, Place{1, 50.5}, Place{-179.9, 89.9}, Place{180, -90}}) {
    require(finite(source.current(place, time)) && finite(source.wind(place, time)));
    require(number(source.wave_height_m(place, time)) && number(source.water_temperature_c(place, time)));
    require(number(source.depth_m(place)));
    static_cast<void>(source.current_extended(place, time));
  }
  for (const SeaPart part : {SeaPart::current, SeaPart::wind}) {
    const SourceGrid grid = source.grid(part);
    if (grid.kind == SourceGrid::Kind::even)
      require(grid.step_lon > 0 && grid.step_lat > 0 && grid.columns > 1 && grid.rows > 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t largest = 1 << 14;
  if (size < 4 || size > largest || std::string_view(reinterpret_cast<const char*>(data), 3) != "CDF")
    return -1;
  const MemoryFile file(data, size);
  const auto sources = open_forcing({file.path()});
  if (!sources) {
    require(sources.error().text().find(file.path()) != std::string::npos);
    return 0;
  }
  for (const auto& source : *sources) {
    ask(*source);
    for (const auto& note : source->notes()) require(!note.empty());
  }
  return 0;
}
