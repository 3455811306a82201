#include "varne/doctrine/facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "varne/core/lines.h"
#include "varne/core/toml.h"

namespace varne {

const char* name_of(FactKind kind) {
  switch (kind) {
    case FactKind::truth:
      return "truth";
    case FactKind::number:
      return "number";
    case FactKind::time:
      return "time";
    case FactKind::choice:
      return "choice";
  }
  return "";
}

namespace {

FactDefinition read_fact(TomlTable table) {
  FactDefinition fact;
  fact.name = table.text("name");
  const auto kind = table.text("kind");
  bool found = false;
  for (const auto k : {FactKind::truth, FactKind::number, FactKind::time, FactKind::choice}) {
    if (kind == name_of(k)) {
      fact.kind = k;
      found = true;
    }
  }
  if (!found) table.refuse("kind", fmt::format("\"{}\" is none of truth, number, time, choice", kind));
  fact.unit = table.maybe_text("unit").value_or("");
  fact.choices = table.texts("choices");
  if ((fact.kind == FactKind::choice) != (fact.choices.size() > 1))
    table.refuse("choices", "a choice lists at least two, and nothing else has any");
  fact.says = table.text("says");
  if (const auto s = table.maybe_number("good_for_s", 1, 1e7))
    fact.good_for = Duration(static_cast<std::int64_t>(*s * 1000));
  fact.danger = table.maybe_truth("danger").value_or(false);
  if (fact.danger && fact.kind != FactKind::truth)
    table.refuse("danger", "only a truth can be a sign of danger");
  table.only_known();
  return fact;
}

}  // namespace

Result<Vocabulary> Vocabulary::load(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return std::unexpected(text.error());
  return parse(*text, path);
}

Result<Vocabulary> Vocabulary::parse(std::string_view text, const std::string& file) {
  auto toml = TomlFile::parse(text, file);
  if (!toml) return std::unexpected(toml.error());
  Vocabulary out;
  TomlTable root = toml->root();
  for (TomlTable& table : root.tables("fact")) {
    FactDefinition fact = read_fact(table);
    for (const auto& other : out.facts_) {
      if (other.name == fact.name) table.refuse("name", fmt::format("\"{}\" stands twice", fact.name));
    }
    out.facts_.push_back(std::move(fact));
  }
  root.only_known();
  if (toml->wrong()) return std::unexpected(*toml->wrong());
  std::sort(out.facts_.begin(), out.facts_.end(),
            [](const FactDefinition& a, const FactDefinition& b) { return a.name < b.name; });
  const auto distress = out.find("distress");
  if (!distress || !out.facts_[*distress].danger)
    return fail(file, "lacks the fact \"distress\" with danger = true, on which everything else stands");
  out.distress_ = *distress;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out.facts_[i].danger) out.dangers_.push_back(static_cast<FactId>(i));
  }
  return out;
}

std::optional<FactId> Vocabulary::find(std::string_view name) const {
  const auto it = std::lower_bound(facts_.begin(), facts_.end(), name,
                                   [](const FactDefinition& f, std::string_view n) { return f.name < n; });
  if (it == facts_.end() || it->name != name) return std::nullopt;
  return static_cast<FactId>(it - facts_.begin());
}

void Encounter::say(const Vocabulary& vocabulary, FactId fact, FactValue value) {
  auto& said = said_[fact];
  const bool danger = vocabulary[fact].danger;
  const auto same =
      std::find_if(said.begin(), said.end(), [&](const FactValue& v) { return v.source == value.source; });
  if (same == said.end()) {
    said.push_back(std::move(value));
  } else if (!(danger && same->value == 1) && value.at >= same->at) {
    *same = std::move(value);
  }
}

}  // namespace varne
