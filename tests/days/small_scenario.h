#pragma once
/// Small scenarios for tests: the shipped one with a few numbers changed, written to a scratch folder.

#include <string>

#include "../support.h"
#include "varne/days/scenario.h"

namespace varne::days {

inline const std::string shipped = std::string(VARNE_ROOT) + "/data/scenarios/strait-2021.toml";

/// A file that extends the shipped scenario by these lines.
inline std::string extension(const test::Scratch& scratch, const std::string& lines) {
  const auto base = std::filesystem::absolute(shipped).string();
  return scratch.write("scenario.toml",
                       "extends = \"" + base + "\"\nname = \"small\"\ntitle = \"A small one\"\n" + lines);
}

inline Scenario scenario(const std::string& path) {
  auto loaded = load_scenario(path);
  EXPECT_TRUE(loaded) << (loaded ? "" : loaded.error().text());
  return loaded ? std::move(*loaded) : Scenario{};
}

inline Numbers fixed(Numbers numbers, std::initializer_list<std::pair<Q, double>> set) {
  for (const auto& [q, value] : set) numbers.set(q, Shape::fixed, {value, 0, 0});
  return numbers;
}

}  // namespace varne::days
