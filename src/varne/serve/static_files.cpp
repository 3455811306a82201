#include "varne/serve/static_files.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "varne/core/hash.h"
#include "varne/serve/packing.h"

namespace varne {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::pair<std::string_view, const char*>, 13> types{
    {{".html", "text/html; charset=utf-8"},
     {".js", "text/javascript"},
     {".mjs", "text/javascript"},
     {".css", "text/css"},
     {".json", "application/json"},
     {".map", "application/json"},
     {".svg", "image/svg+xml"},
     {".png", "image/png"},
     {".ico", "image/x-icon"},
     {".ttf", "font/ttf"},
     {".woff2", "font/woff2"},
     {".wasm", "application/wasm"},
     {".txt", "text/plain; charset=utf-8"}}};

/// The smallest first.
constexpr std::array<std::pair<const char*, const char*>, 2> packed{{{"br", ".br"}, {"gzip", ".gz"}}};

constexpr std::size_t tag_letters = 32;

std::optional<std::string> bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

}  // namespace

std::optional<StaticFile> static_file(const std::string& folder, std::string_view url_path,
                                      std::string_view accept_encoding) {
  if (!url_path.starts_with('/') || url_path.find('%') != std::string_view::npos ||
      url_path.find('\0') != std::string_view::npos)
    return std::nullopt;
  std::error_code wrong;
  const fs::path root = fs::canonical(folder, wrong);
  if (wrong) return std::nullopt;
  const fs::path file =
      fs::canonical(root / (url_path == "/" ? "index.html" : fs::path(url_path.substr(1))), wrong);
  if (wrong || !fs::is_regular_file(file, wrong)) return std::nullopt;
  const auto inside = file.lexically_relative(root);
  if (inside.empty() || *inside.begin() == "..") return std::nullopt;
  StaticFile out;
  fs::path given = file;
  for (const auto& [coding, ending] : packed) {
    const fs::path beside = file.string() + ending;
    if (!accepts(accept_encoding, coding) || fs::canonical(beside, wrong) != beside ||
        !fs::is_regular_file(beside, wrong))
      continue;
    given = beside;
    out.coding = coding;
    break;
  }
  auto bytes = bytes_of(given);
  if (!bytes) return std::nullopt;
  out.bytes = std::move(*bytes);
  out.tag = '"' + hex(sha256(out.bytes)).substr(0, tag_letters) + '"';
  out.type = "application/octet-stream";
  const auto extension = file.extension().string();
  for (const auto& [known, type] : types) {
    if (extension == known) out.type = type;
  }
  out.never_changes = *inside.begin() == "assets";
  return out;
}

}  // namespace varne
