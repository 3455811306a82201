#include "varne/core/place_of_data.h"

#include <cstdlib>
#include <filesystem>

namespace varne {
namespace {

std::string find(const char* variable, const char* source, const char* installed) {
  if (const char* set = std::getenv(variable); set != nullptr && *set != '\0') return set;
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  const auto beside = program.parent_path().parent_path() / "share" / "varne" / installed;
  // Installed first: a package must not look into the tree of whoever built it.
  if (!error && std::filesystem::exists(beside, error)) return beside.string();
  return source;
}

}  // namespace

std::string data_path(std::string_view name) {
  return (std::filesystem::path(find("VARNE_DATA", VARNE_SOURCE_DATA, "data")) / name).string();
}

std::string console_path() {
  return find("VARNE_CONSOLE", VARNE_SOURCE_CONSOLE, "console");
}

std::string_view version() {
  return VARNE_VERSION;
}

}  // namespace varne
