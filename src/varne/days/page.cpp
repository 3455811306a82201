#include "varne/days/page.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace varne::days {

std::string shown_number(double x) {
  return std::abs(x) >= 100 ? fmt::format("{:.0f}", x) : fmt::format("{:.3g}", x);
}

std::string shown_number(const Estimate& e) {
  return fmt::format("{} ± {}", shown_number(e.value), shown_number(e.half));
}

Json json_of(const Estimate& e) {
  return {{"value", e.value}, {"low", e.value - e.half}, {"high", e.value + e.half}};
}

Done write_whole(const std::string& path, const std::string& text) {
  const std::string part = fmt::format("{}.{}.part", path, getpid());
  std::ofstream out(part, std::ios::binary);
  out << text;
  out.close();
  std::error_code wrong;
  if (out) std::filesystem::rename(part, path, wrong);
  if (!out || wrong) {
    std::filesystem::remove(part, wrong);
    return fail(path, "could not be written; is the disk full, or the folder not yours?");
  }
  return {};
}

}  // namespace varne::days
