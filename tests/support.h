#pragma once
/// What every test binary may lean on: scratch folders, the shared real data, and a program run as a user
/// runs it.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace varne::test {

/// A file of the shared real data (outside this repository), or "" where that folder is absent.
inline std::string shared_file(const std::string& name) {
  const char* set = std::getenv("VARNE_SHARED");
  const std::filesystem::path root =
      set != nullptr ? std::filesystem::path(set) : std::filesystem::path(VARNE_ROOT) / ".." / "shared";
  const auto path = root / name;
  return std::filesystem::exists(path) ? path.lexically_normal().string() : "";
}

/// `const auto path = NEEDS_SHARED("data/ais/x.gz");` skips the test, and says so, without the file.
#define VARNE_NEEDS_SHARED(variable, name)                       \
  const std::string variable = ::varne::test::shared_file(name); \
  if (variable.empty()) GTEST_SKIP() << "shared file absent: " << (name)

/// A fresh folder, gone with the object.
class Scratch {
 public:
  Scratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "varne-test-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  /// Writes the text and gives the file's path.
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return file(name);
  }

 private:
  std::filesystem::path path_;
};

inline std::string read_all(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace varne::test
