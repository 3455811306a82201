/// Which files a person means: paths, folders, patterns.

#include <glob.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "varne/sea/forcing.h"

namespace varne {
namespace {

bool looks_like_forcing(const std::filesystem::path& path) {
  constexpr std::array<std::string_view, 8> endings{".nc",   ".nc4",   ".cdf", ".netcdf",
                                                    ".grib", ".grib2", ".grb", ".grb2"};
  return std::find(endings.begin(), endings.end(), path.extension().string()) != endings.end();
}

}  // namespace

Result<std::vector<std::string>> forcing_files(const std::vector<std::string>& patterns) {
  std::vector<std::string> paths;
  const auto add = [&](std::string path) {
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(std::move(path));
  };
  for (const std::string& pattern : patterns) {
    std::error_code error;
    if (std::filesystem::is_directory(pattern, error)) {
      std::vector<std::string> inside;
      for (const auto& entry : std::filesystem::directory_iterator(pattern, error)) {
        if (looks_like_forcing(entry.path())) inside.push_back(entry.path().string());
      }
      if (inside.empty())
        return fail(pattern,
                    "is a folder without netCDF or GRIB files in it (.nc, .nc4, .grib, .grib2, .grb, .grb2)");
      std::sort(inside.begin(), inside.end());
      for (auto& path : inside) add(std::move(path));
    } else if (pattern.find_first_of("*?[") == std::string::npos || std::filesystem::exists(pattern, error)) {
      add(pattern);
    } else {
      glob_t found{};
      const int status = ::glob(pattern.c_str(), 0, nullptr, &found);
      for (std::size_t i = 0; status == 0 && i < found.gl_pathc; ++i) add(found.gl_pathv[i]);
      ::globfree(&found);
      if (status != 0) return fail(pattern, "matches no file");
    }
  }
  return paths;
}

}  // namespace varne
