/// Any text as a day.toml: read or refused with a named error, and never anything of it touched outside the
/// day's folder.
#include "varne/desk/day.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto day = varne::parse_day(text, "folder");
  if (!day) {
    if (day.error().text().empty()) std::abort();
    return 0;
  }
  if (day->feeds.empty() || day->end <= day->start) std::abort();
  for (const auto& feed : day->feeds) {
    if (!feed.file.starts_with("folder/") || feed.file.find("/../") != std::string::npos) std::abort();
  }
  return 0;
}
