#include "varne/record/entry.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace varne {

std::string entry_line(const Entry& entry) {
  return fmt::format("{{\"body\":{},\"kind\":{},\"number\":{},\"time\":\"{}\"}}", entry.body,
                     varne::quoted(entry.kind), entry.number, iso(entry.time));
}

Result<Entry> parse_entry(std::string_view line) {
  auto json = parse_json(line);
  if (!json) return std::unexpected(json.error());
  if (!json->is_object()) return fail("", "an entry is a JSON object with body, kind, number and time");
  for (const auto& [name, value] : json->items()) {
    if (name != "body" && name != "kind" && name != "number" && name != "time")
      return fail(name, "is not a field of an entry; known are body, kind, number, time");
  }
  const auto body = json->find("body");
  if (body == json->end() || !body->is_object()) return fail("body", "must be a JSON object");
  const auto kind = json->find("kind");
  if (kind == json->end() || !kind->is_string()) return fail("kind", "must be a text");
  const auto number = json->find("number");
  if (number == json->end() || !number->is_number_unsigned() || number->get<std::uint64_t>() == 0 ||
      number->get<std::uint64_t>() > (std::uint64_t{1} << 53))
    return fail("number", "must be a whole number from 1");
  const auto time = json->find("time");
  if (time == json->end() || !time->is_string()) return fail("time", "must be a time in ISO 8601");
  const auto at = parse_time(time->get<std::string>());
  if (!at) return std::unexpected(at.error().in("time"));
  return Entry{number->get<std::uint64_t>(), *at, kind->get<std::string>(), canonical(*body)};
}

}  // namespace varne
