#pragma once
/// Small scenarios for tests: the shipped one with a few numbers changed, written to a scratch folder.

#include <regex>
#include <string>
#include <vector>

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

/// The shipped scenario with ranges for these quantities alone ("readiness_min"), some boats on every day,
/// and what else is said: few enough numbers to go through in a test.
inline std::string narrow(const test::Scratch& scratch, const std::vector<std::string>& with_range,
                          const std::string& more = "") {
  std::string out;
  const std::string text = test::read_all(shipped);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    at = end + 1;
    bool kept = false;
    for (const std::string& name : with_range) kept = kept || line.starts_with(name + " =");
    if (!kept) {
      line = std::regex_replace(line, std::regex(R"(, \w+_range = \[[^\]]*\])"), "");
      line = std::regex_replace(line, std::regex("assumed = "), "source = ");
    }
    if (line.starts_with("viable_share =")) line = "viable_share = { value = 1, source = \"a test\" }";
    if (line.starts_with("fleet ="))
      line = "fleet = \"" + std::filesystem::absolute(VARNE_ROOT "/data/straits/dover/units.toml").string() +
             "\"";
    out += line + '\n';
  }
  return scratch.write("narrow.toml", out + more);
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
