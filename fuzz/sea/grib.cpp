/// Any bytes as a GRIB file: where its messages stand and what their sections are, by our own reading of the
/// lengths; then as forcing, which is tried in a child process first (ecCodes can crash or spin on damaged
/// bytes) and read or refused with the file's name. What is read answers with numbers or not at all.
#include <pthread.h>
#include <sanitizer/common_interface_defs.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "varne/sea/forcing.h"
#include "varne/sea/grib_file.h"
#include "varne/sea/reading.h"

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

/// A child that ecCodes ends is what the trial is for and no finding: it leaves no input's file behind.
const bool children_leave_nothing = [] {
  pthread_atfork(nullptr, nullptr, [] { __sanitizer_set_death_callback(nullptr); });
  return true;
}();

/// Every field stands within the file, and is given as a message of its own with just its sections.
/// @returns whether all of the file could be read so
bool messages_of(const std::string& path, std::size_t size) {
  const auto file = GribFile::open(path);
  require(file.has_value());
  const auto looked = file->each([&](const GribFile::Field& field, const std::string& head) -> Done {
    require(field.number > 0 && head.size() >= 8 && head.starts_with("GRIB"));
    require(field.message.at <= size && field.message.bytes <= size - field.message.at);
    for (const GribFile::Span& section : field.sections)
      require(section.bytes == 0 || (section.at >= field.message.at && section.bytes <= size - section.at));
    const auto message = file->message(field);
    require(message.has_value() && message->starts_with("GRIB") && message->ends_with("7777"));
    require(message->size() <= size + 16);
    return {};
  });
  if (!looked) require(looked.error().text().starts_with(path));
  return looked.has_value();
}

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
  }
}

}  // namespace

/// The less memory the sooner a child is made: freed blocks are not kept by the quarter of a gigabyte.
extern "C" const char* __asan_default_options() {
  return "quarantine_size_mb=8";
}

/// Of a message whose template it does not know ecCodes forgets some hundred bytes; that is no fault of ours.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libeccodes\n";
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t largest = 1 << 13;
  if (size < 16 || size > largest) return -1;
  const MemoryFile file(data, size);
  // A child takes a hundred times as long as that: what is refused so already has one now and then only.
  if (!messages_of(file.path(), size) && data[size / 2] % 64 != 0) return 0;
  if (!is_grib(file.path())) return 0;
  const auto sources = open_forcing({file.path()}, {.member = 0, .always = true});
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
