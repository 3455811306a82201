#include "varne/doctrine/facts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "varne/core/json.h"
#include "varne/core/letters.h"
#include "varne/core/lines.h"
#include "varne/core/text.h"
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
  fact.name = table.plain_name("name");
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
  if (fact.kind == FactKind::number) {
    fact.least = table.number("least", -1e12, 1e12);
    fact.most = table.number("most", -1e12, 1e12);
    if (fact.least > fact.most) table.refuse("most", "is less than \"least\"");
  }
  fact.choices = table.texts("choices");
  if ((fact.kind == FactKind::choice) != (fact.choices.size() > 1))
    table.refuse("choices", "a choice lists at least two, and nothing else has any");
  for (auto c = fact.choices.begin(); c != fact.choices.end(); ++c) {
    // Compared, it would be a known answer, and under "not" it would permit.
    if (*c == "unknown") table.refuse("choices", "\"unknown\" is no choice; who does not know says nothing");
    if (!has_letter_or_digit(*c) || std::ranges::any_of(*c, [](char b) { return b < ' ' || b > '~'; }))
      table.refuse("choices",
                   fmt::format("\"{}\" is written with other than ASCII characters; two choices could "
                               "look the same",
                               shown(*c)));
    if (std::find(fact.choices.begin(), c, *c) != c)
      table.refuse("choices", fmt::format("\"{}\" stands twice", shown(*c)));
  }
  fact.says = table.text("says");
  if (const auto s = table.maybe_number("good_for_s", 1, 1e7))
    fact.good_for = Duration(static_cast<std::int64_t>(*s * 1000));
  fact.danger = table.maybe_truth("danger").value_or(false);
  if (fact.danger && fact.kind != FactKind::truth)
    table.refuse("danger", "only a truth can be a sign of danger");
  if (fact.danger && (!fact.good_for || *fact.good_for > calm_most))
    table.refuse(
        table.has("good_for_s") ? "good_for_s" : "",
        fmt::format(
            "a sign of danger needs good_for_s of at most {} s: no word that there is no danger lasts "
            "longer",
            static_cast<std::int64_t>(seconds(calm_most))));
  table.only_known();
  return fact;
}

}  // namespace

Result<Vocabulary> Vocabulary::load(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return std::unexpected(text.error());
  return parse(*text, path);
}

Result<Vocabulary> Vocabulary::parse(std::string_view text, const std::string& file,
                                     std::span<const char* const> dangers) {
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
  for (const char* name : dangers) {
    const auto found = out.find(name);
    if (!found || !out.facts_[*found].danger)
      return fail(file,
                  fmt::format("lacks the fact \"{}\" with danger = true; no vocabulary can leave it out, or "
                              "nobody would have to rule it out",
                              name));
  }
  out.distress_ = *distress;
  out.hash_ = sha256(text);
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

bool is_officer(std::string_view role) {
  return role == "captain" || role == "commander" || role == "coordinator";
}

Result<FactValue> fact_value(const Vocabulary& vocabulary, FactId fact, const Given& given,
                             std::string source, Time at, std::string role, std::uint64_t entry) {
  const FactDefinition& definition = vocabulary[fact];
  FactValue out{0, std::move(source), at, std::move(role), entry};
  const auto* text = std::get_if<std::string>(&given);
  switch (definition.kind) {
    case FactKind::truth:
      if (const auto* truth = std::get_if<bool>(&given)) {
        out.value = *truth ? 1 : 0;
        return out;
      }
      return fail(definition.name, "is a truth; give true or false, or leave it out if it is not known");
    case FactKind::number:
      if (const auto* number = std::get_if<double>(&given); number && std::isfinite(*number)) {
        if (*number < definition.least || *number > definition.most)
          return fail(
              definition.name,
              fmt::format("{} cannot be; it is from {} to {}", shown_value(definition, *number),
                          canonical_number(definition.least), shown_value(definition, definition.most)));
        out.value = *number;
        return out;
      }
      return fail(definition.name, fmt::format("is a number{}; leave it out if it is not known",
                                               definition.unit.empty() ? "" : " in " + definition.unit));
    case FactKind::time: {
      const Result<Time> time = text ? parse_time(*text) : Result<Time>(fail("", ""));
      if (!time)
        return fail(definition.name, "is a time; give ISO 8601 in UTC, such as \"2021-11-11T05:00:00Z\"");
      out.value = static_cast<double>(millis(*time));
      return out;
    }
    case FactKind::choice: {
      const auto& choices = definition.choices;
      const auto at_choice = text ? std::find(choices.begin(), choices.end(), *text) : choices.end();
      if (at_choice == choices.end())
        return fail(definition.name, fmt::format("is one of {}", fmt::join(choices, ", ")));
      out.value = static_cast<double>(at_choice - choices.begin());
      return out;
    }
  }
  return out;
}

std::string shown_value(const FactDefinition& fact, double value) {
  switch (fact.kind) {
    case FactKind::truth:
      return value == 1 ? "yes" : "no";
    case FactKind::number:
      return fact.unit.empty() ? canonical_number(value) : canonical_number(value) + " " + fact.unit;
    case FactKind::time:
      return iso(time_from_millis(static_cast<std::int64_t>(value)));
    case FactKind::choice:
      return fact.choices[static_cast<std::size_t>(value)];
  }
  return "";
}

void Encounter::hear(Consent consent) {
  for (Consent& c : consents_) {
    if (c.response == consent.response && c.role == consent.role && c.by == consent.by) {
      if (consent.at >= c.at) c = std::move(consent);
      return;
    }
  }
  consents_.push_back(std::move(consent));
}

std::vector<const Consent*> Encounter::consents(std::string_view response,
                                                const std::vector<std::string>& roles) const {
  std::vector<const Consent*> out(roles.size());
  const auto same_person = [](const Consent& a, const Consent& b) { return as_seen(a.by) == as_seen(b.by); };
  const auto taken = [&](const Consent& c) {
    return std::ranges::any_of(out, [&](const Consent* other) { return other && same_person(*other, c); });
  };
  const auto choose = [&](std::size_t i) -> const Consent* {
    const auto no = std::ranges::find_if(consents_, [&](const Consent& c) {
      return c.response == response && c.role == roles[i] && !c.given;
    });
    if (no != consents_.end()) return &*no;  // whoever else said yes
    const Consent* any = nullptr;
    for (const Consent& c : consents_) {
      if (c.response != response || c.role != roles[i]) continue;
      if (c.at > now || !has_letter(c.by)) continue;
      if (!taken(c)) return &c;
      if (!any) any = &c;
    }
    return any;
  };
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = choose(i);
  // Somebody chosen early may be the only one whom a later role has, and not the only one of theirs.
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (std::exchange(out[i], nullptr) != nullptr) out[i] = choose(i);
  }
  return out;
}

void Encounter::forget_consent(std::string_view response, std::string_view role) {
  std::erase_if(consents_, [&](const Consent& c) { return c.response == response && c.role == role; });
}

void Encounter::say(const Vocabulary& vocabulary, FactId fact, FactValue value) {
  auto& said = said_[fact];
  const bool danger = vocabulary[fact].danger;
  const auto same =
      std::find_if(said.begin(), said.end(), [&](const FactValue& v) { return v.source == value.source; });
  if (same == said.end()) {
    said.push_back(std::move(value));
  } else if (danger && same->value == 1) {
    return;
  } else if (value.at >= same->at || (danger && value.value == 1)) {
    *same = std::move(value);
  }
}

}  // namespace varne
