/// Any bytes as a GRIB file: where its messages stand and what their sections are, by our own reading of the
/// lengths; then as forcing, which is tried in a child process first (ecCodes can crash or spin on damaged
/// bytes) and read or refused with the file's name. What is read answers with numbers or not at all.
#include <pthread.h>
#include <sanitizer/common_interface_defs.h>
#include <sys/resource.h>

#include <cstdint>
#include <string>

#include "forcing_file.h"
#include "varne/sea/grib_file.h"
#include "varne/sea/reading.h"

namespace {

using namespace varne;
using namespace varne::fuzz;

/// A child that ecCodes ends is what the trial is for and no finding: it leaves no input's file behind, and
/// one that spins is ended well before libFuzzer takes its waiting parent for hung.
const bool children_are_trials = [] {
  pthread_atfork(nullptr, nullptr, [] {
    __sanitizer_set_death_callback(nullptr);
    constexpr rlimit cpu_seconds{3, 3};
    setrlimit(RLIMIT_CPU, &cpu_seconds);
  });
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
  read_or_refused(sources, file.path());
  return 0;
}
