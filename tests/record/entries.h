#pragma once
/// Entries for the record's tests.

#include <fmt/format.h>
#include <rapidcheck.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "varne/record/entry.h"

namespace varne::test {

/// The entry of this number in a made-up day; the same every time.
inline Entry entry_number(std::uint64_t number, std::size_t padding = 0) {
  return {number, time_from_millis(1'636'588'800'000 + static_cast<std::int64_t>(number) * 1000), "track",
          fmt::format(R"({{"lat":{},"note":"{}","text":"Contact R{} moves on"}})",
                      canonical_number(51 + 0.0001 * static_cast<double>(number)), std::string(padding, 'x'),
                      number)};
}

inline std::vector<Entry> entries_from(std::uint64_t first, std::size_t count, std::size_t padding = 0) {
  std::vector<Entry> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(entry_number(first + i, padding));
  return out;
}

/// Any entry that may stand in a record.
inline Entry any_entry() {
  const auto words = *rc::gen::arbitrary<std::map<std::string, std::vector<int>>>();
  Json body = Json::object();
  for (const auto& [name, numbers] : words) {
    std::string ascii = name;
    for (char& c : ascii) c = static_cast<char>(c & 0x7F);
    body[ascii] = numbers;
    body["x" + ascii] = {{"text", ascii}, {"at", 0.1 * static_cast<double>(numbers.size())}};
  }
  return {*rc::gen::inRange<std::uint64_t>(1, std::uint64_t{1} << 53),
          time_from_millis(*rc::gen::inRange<std::int64_t>(-2'000'000'000'000, 4'000'000'000'000)),
          *rc::gen::element<std::string>("track", "incident", "forecast_requested"), canonical(body)};
}

}  // namespace varne::test
