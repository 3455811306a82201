#include "varne/record/entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "varne/core/text.h"

namespace varne {
namespace {

constexpr double largest_number = 9007199254740992.0;  // 2^53

bool is_kind(std::string_view kind) {
  return !kind.empty() && kind.size() <= 40 &&
         std::all_of(kind.begin(), kind.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

/// The text under a name, or an error that names it.
Result<std::string> text_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) return fail(name, "is missing");
  if (!found->is_string()) return fail(name, "is not a text");
  return found->get<std::string>();
}

Result<Time> time_of(const Json& object) {
  const auto text = text_of(object, "time");
  if (!text) return std::unexpected(text.error());
  const auto time = parse_time(*text);
  if (!time) return fail(time.error().in("time"));
  if (iso(*time) != *text)
    return fail("time", fmt::format("\"{}\" is not how a record writes {}", shown(*text), iso(*time)));
  return *time;
}

Result<std::uint64_t> number_of(const Json& object) {
  const auto found = object.find("number");
  if (found == object.end()) return fail("number", "is missing");
  const double value = found->is_number() ? found->get<double>() : 0;
  if (!(value >= 1 && value <= largest_number) ||
      value != static_cast<double>(static_cast<std::uint64_t>(value)))
    return fail("number", "is not a whole number from 1 to 2^53");
  return static_cast<std::uint64_t>(value);
}

}  // namespace

std::string entry_line(const Entry& entry) {
  std::string line;
  line.reserve(entry.body.size() + entry.kind.size() + 80);
  line += R"({"body":)";
  line += entry.body;
  line += R"(,"kind":)";
  line += varne::quoted(entry.kind);
  line += R"(,"number":)";
  line += fmt::format_int(entry.number).c_str();
  line += R"(,"time":")";
  line += iso(entry.time);
  line += R"("})";
  return line;
}

Result<Entry> parse_entry(std::string_view line) {
  const auto value = parse_json(line);
  if (!value) return std::unexpected(value.error());
  if (!value->is_object()) return fail("", "is no JSON object");
  for (const auto& [name, item] : value->items()) {
    if (name != "body" && name != "kind" && name != "number" && name != "time")
      return fail(shown(name), "is no field of an entry; known are body, kind, number, time");
  }
  const auto body = value->find("body");
  if (body == value->end()) return fail("body", "is missing");
  if (!body->is_object()) return fail("body", "is no JSON object");
  auto kind = text_of(*value, "kind");
  if (!kind) return std::unexpected(kind.error());
  if (!is_kind(*kind)) return fail("kind", fmt::format("\"{}\" is not a word of a–z and '_'", shown(*kind)));
  const auto number = number_of(*value);
  if (!number) return std::unexpected(number.error());
  const auto time = time_of(*value);
  if (!time) return std::unexpected(time.error());

  Entry entry{*number, *time, std::move(*kind), canonical(*body)};
  if (entry_line(entry) != line) return fail("", "is JSON, but not in the canonical form of RFC 8785");
  return entry;
}

Done check_entry(const Entry& entry) {
  constexpr auto least = std::chrono::sys_days(std::chrono::year(1) / 1 / 1);
  constexpr auto end = std::chrono::sys_days(std::chrono::year(10000) / 1 / 1);
  if (entry.time < least || entry.time >= end) return fail("time", "is not within the years 1 to 9999");
  const auto again = parse_entry(entry_line(entry));
  if (!again) return std::unexpected(again.error());
  // A body such as `{},"kind":"x"…` could make a line of its own; then what is read back is another entry.
  if (*again != entry) return fail("body", "is more than one JSON object");
  return {};
}

}  // namespace varne
