#include "varne/record/entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "varne/core/text.h"
#include "varne/record/canonical_check.h"

namespace varne {
namespace {

constexpr std::uint64_t largest_number = std::uint64_t{1} << 53;

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
  if (!(value >= 1 && value <= static_cast<double>(largest_number)) ||
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

namespace {

/// Takes `text` off the end, and what stands before it back to the last `name`; nothing where there is no
/// such name. None of an entry's fields behind the body can hold one.
std::optional<std::string_view> field_at_end(std::string_view& line, std::string_view name,
                                             std::string_view text) {
  if (!line.ends_with(text)) return std::nullopt;
  const auto at = line.rfind(name);
  if (at == std::string_view::npos || at + name.size() + text.size() > line.size()) return std::nullopt;
  const auto value = line.substr(at + name.size(), line.size() - at - name.size() - text.size());
  line = line.substr(0, at);
  return value;
}

/// The entry of a line as `entry_line` writes it, nothing of any other line.
std::optional<Entry> read_back(std::string_view line) {
  std::string_view rest = line;
  const auto time = field_at_end(rest, R"(,"time":")", R"("})");
  const auto number = time ? field_at_end(rest, R"(,"number":)", "") : std::nullopt;
  const auto kind = number ? field_at_end(rest, R"(,"kind":")", R"(")") : std::nullopt;
  constexpr std::string_view start = R"({"body":)";
  if (!kind || !rest.starts_with(start)) return std::nullopt;
  const auto at = parse_time(*time);
  const auto count = parse_whole(*number);
  if (!at || !count || *count < 1) return std::nullopt;
  Entry entry{static_cast<std::uint64_t>(*count), *at, std::string(*kind),
              std::string(rest.substr(start.size()))};
  if (!check_entry(entry) || entry_line(entry) != line) return std::nullopt;
  return entry;
}

/// Reads a line the long way round, so that whatever is wrong can be named.
Result<Entry> read_slowly(std::string_view line) {
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

}  // namespace

Result<Entry> parse_entry(std::string_view line) {
  if (auto entry = read_back(line)) return std::move(*entry);
  return read_slowly(line);
}

Done check_entry(const Entry& entry) {
  constexpr auto least = std::chrono::sys_days(std::chrono::year(1) / 1 / 1);
  constexpr auto end = std::chrono::sys_days(std::chrono::year(10000) / 1 / 1);
  constexpr int deepest = 63;  // the line around it is one more
  if (entry.number < 1 || entry.number > largest_number)
    return fail("number", "is not a whole number from 1 to 2^53");
  if (!is_kind(entry.kind))
    return fail("kind", fmt::format("\"{}\" is not a word of a–z and '_'", shown(entry.kind)));
  if (entry.time < least || entry.time >= end) return fail("time", "is not within the years 1 to 9999");
  if (!is_canonical_object(entry.body, deepest))
    return fail("body", "is no JSON object in the canonical form of RFC 8785");
  return {};
}

}  // namespace varne
