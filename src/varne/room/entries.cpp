#include "varne/room/entries.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "varne/core/text.h"

namespace varne::entries {
namespace {

template <class Kind>
std::string row() {
  std::string fields;
  for_each_field<Kind>([&](const auto& field) {
    if (field.name == "text") return;
    fields += fmt::format("{}`{}`", fields.empty() ? "" : ", ", field.name);
    if (!field.says.empty()) fields += fmt::format(" ({})", field.says);
  });
  return fmt::format("| `{}` | {} | {} |\n", Kind::kind, Kind::when, fields);
}

}  // namespace

Result<Body> read_body(const Entry& entry) {
  const auto json = parse_json(entry.body);
  if (!json) return fail(json.error());
  std::optional<Result<Body>> out;
  for_each_kind<Body>([&]<class Kind>() {
    if (entry.kind != Kind::kind) return;
    Kind body;
    if (auto done = read_json(*json, body); done)
      out.emplace(std::move(body));
    else
      out.emplace(fail(done.error().in(entry.kind)));
  });
  if (!out) return fail(shown(entry.kind), "is no kind of entry that this version knows");
  return std::move(*out);
}

std::string table() {
  std::string out = "| kind | when | body, beside `text` |\n| --- | --- | --- |\n";
  for_each_kind<Body>([&]<class Kind>() { out += row<Kind>(); });
  return out;
}

}  // namespace varne::entries
