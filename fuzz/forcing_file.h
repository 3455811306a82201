#pragma once
/// What the fuzzers of forcing share: any bytes as a file, and the questions that whatever was read of it has
/// to stand.

#include <sys/mman.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "varne/sea/forcing.h"

namespace varne::fuzz {

inline void require(bool holds) {
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

/// It answers with numbers or not at all.
inline void ask(const SeaSource& source) {
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

/// Refused with the file's name, or read: then each source is asked.
template <class Opened>
void read_or_refused(const Opened& sources, const std::string& path) {
  if (!sources) return require(sources.error().text().find(path) != std::string::npos);
  for (const auto& source : *sources) {
    ask(*source);
    for (const auto& note : source->notes()) require(!note.empty());
  }
}

}  // namespace varne::fuzz
