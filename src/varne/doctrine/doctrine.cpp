#include "varne/doctrine/doctrine.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <ranges>

#include "varne/core/json.h"
#include "varne/core/letters.h"
#include "varne/core/lines.h"
#include "varne/core/toml.h"
#include "varne/doctrine/check.h"

namespace varne {

const char* name_of(ResponseKind kind) {
  switch (kind) {
    case ResponseKind::rescue:
      return "rescue";
    case ResponseKind::watch:
      return "watch";
    case ResponseKind::enforcement:
      return "enforcement";
  }
  return "";
}

const char* name_of(Stance stance) {
  switch (stance) {
    case Stance::requires_it:
      return "requires";
    case Stance::permits:
      return "permits";
    case Stance::forbids:
      return "forbids";
  }
  return "";
}

namespace {

/// One of the names, or a refusal that lists them.
template <class Enum>
Enum chosen(TomlTable& table, std::string_view field, std::initializer_list<Enum> all) {
  const auto word = table.text(field);
  std::vector<std::string> known;
  for (const Enum e : all) {
    if (word == name_of(e)) return e;
    known.emplace_back(name_of(e));
  }
  table.refuse(field, fmt::format("\"{}\" is none of {}", word, fmt::join(known, ", ")));
  return *all.begin();
}

constexpr std::size_t rules_most = 1000;
constexpr std::size_t responses_most = 64;

/// A required text that says something.
std::string worded(TomlTable& table, std::string_view field) {
  auto text = table.text(field);
  if (table.has(field) && !has_letter(text)) table.refuse(field, "says nothing");
  return text;
}

std::string cited(TomlTable& table, std::string_view what) {
  auto citation = table.maybe_text("citation").value_or("");
  if (!has_letter(citation))
    table.refuse("", fmt::format("{} has no citation; say where it is written, or leave it out", what));
  return citation;
}

Validity validity_of(TomlTable& table) {
  const Validity validity{table.maybe_time("from"), table.maybe_time("until")};
  if (validity.from && validity.until && *validity.from >= *validity.until)
    table.refuse("until", "is not after \"from\"");
  return validity;
}

/// The comparison of a rule over one fact, or of one over a parameter's value.
/// @return false: the fact is not known, and so neither is which comparisons it takes
bool read_comparison(TomlTable& table, const Vocabulary& vocabulary, const Doctrine& doctrine, Rule& rule) {
  const auto name = table.text("fact");
  const auto fact = vocabulary.find(name);
  if (!fact) {
    table.refuse("fact", fmt::format("\"{}\" is not in the vocabulary (facts.toml)", name));
    return false;
  }
  rule.fact = *fact;
  const auto& definition = vocabulary[*fact];
  const auto is_a = [&](FactKind kind) {
    if (definition.kind != kind)
      table.refuse("fact",
                   fmt::format("\"{}\" is a {} and cannot be compared so", name, name_of(definition.kind)));
  };
  int comparisons = 0;
  if (table.has("is")) {
    ++comparisons;
    if (definition.kind == FactKind::choice) {
      const auto word = table.text("is");
      const auto at = std::find(definition.choices.begin(), definition.choices.end(), word);
      if (at == definition.choices.end())
        table.refuse("is", fmt::format("\"{}\" is none of {}", word, fmt::join(definition.choices, ", ")));
      rule.value = static_cast<double>(at - definition.choices.begin());
    } else {
      is_a(FactKind::truth);
      rule.value = table.truth("is") ? 1 : 0;
    }
  }
  for (const auto& [field, compare] :
       {std::pair{"at_least", Rule::Compare::at_least}, {"at_most", Rule::Compare::at_most}}) {
    if (table.has(field)) {
      ++comparisons;
      is_a(FactKind::number);
      rule.compare = compare;
      rule.value = table.number(field, definition.least, definition.most);
    }
    const auto by_parameter = std::string(field) + "_parameter";
    if (const auto word = table.maybe_text(by_parameter)) {
      ++comparisons;
      is_a(FactKind::number);
      rule.compare = compare;
      const auto at = std::find_if(doctrine.parameters.begin(), doctrine.parameters.end(),
                                   [&](const Parameter& p) { return p.name == *word; });
      if (at == doctrine.parameters.end()) {
        table.refuse(by_parameter, fmt::format("\"{}\" is no parameter of this file", *word));
      } else if (at->unit != definition.unit) {
        table.refuse(by_parameter, fmt::format("is in {}, the fact in {}", at->unit, definition.unit));
      }
      rule.parameter = static_cast<std::size_t>(at - doctrine.parameters.begin());
    }
  }
  for (const auto& [field, compare] :
       {std::pair{"after", Rule::Compare::after}, {"before", Rule::Compare::before}}) {
    if (!table.has(field)) continue;
    ++comparisons;
    is_a(FactKind::time);
    rule.compare = compare;
    rule.value = static_cast<double>(millis(table.time(field)));
  }
  if (comparisons != 1)
    table.refuse("fact",
                 "needs exactly one of is, at_least, at_most, after, before (or at_least_parameter, "
                 "at_most_parameter)");
  return true;
}

Rule read_rule(TomlTable table, const Vocabulary& vocabulary, const Doctrine& doctrine) {
  Rule rule;
  rule.id = table.plain_name("id");
  rule.says = worded(table, "says");
  rule.citation = cited(table, fmt::format("rule \"{}\"", rule.id));
  rule.validity = validity_of(table);
  int forms = 0;
  if (table.has("fact")) {
    ++forms;
    if (!read_comparison(table, vocabulary, doctrine, rule)) return rule;
  }
  if (table.has("all")) {
    ++forms;
    rule.kind = Rule::Kind::all;
    rule.terms = table.texts("all");
  }
  if (table.has("any")) {
    ++forms;
    rule.kind = Rule::Kind::any;
    rule.terms = table.texts("any");
  }
  if (table.has("not")) {
    ++forms;
    rule.kind = Rule::Kind::negation;
    rule.terms = {table.text("not")};
  }
  if (forms != 1)
    table.refuse("", fmt::format("rule \"{}\" needs exactly one of fact, all, any, not", rule.id));
  if (rule.kind != Rule::Kind::fact && rule.terms.empty())
    table.refuse("", fmt::format("rule \"{}\" stands on nothing", rule.id));
  table.only_known();
  return rule;
}

Response read_response(TomlTable table) {
  Response response;
  response.id = table.plain_name("id");
  response.title = worded(table, "title");
  response.kind =
      chosen(table, "kind", {ResponseKind::rescue, ResponseKind::watch, ResponseKind::enforcement});
  response.stance = chosen(table, "stance", {Stance::requires_it, Stance::permits, Stance::forbids});
  response.needs = table.texts("needs");
  response.unless = table.texts("unless");
  response.consents = table.texts("consents");
  response.refused = worded(table, "refused");
  response.citation = cited(table, fmt::format("response \"{}\"", response.id));
  table.only_known();
  return response;
}

Parameter read_parameter(TomlTable table) {
  Parameter parameter{.name = table.plain_name("name"),
                      .unit = table.text("unit"),
                      .says = worded(table, "says"),
                      .citation = cited(table, "a parameter"),
                      .value = table.maybe_number("value", -1e12, 1e12),
                      .key = {}};
  table.only_known();
  return parameter;
}

/// A parameter can be only what the facts can be that it is compared with.
void bound(Parameter& parameter, const FactDefinition& fact) {
  parameter.least = std::max(parameter.least, fact.least);
  parameter.most = std::min(parameter.most, fact.most);
}

/// Errors stand as "file:line" or "file:line: field".
long line_of(const Error& error, const std::string& file) {
  if (error.where.size() <= file.size()) return 0;
  return std::strtol(error.where.c_str() + file.size() + 1, nullptr, 10);
}

}  // namespace

std::expected<Doctrine, std::vector<Error>> check_doctrine_text(const Vocabulary& vocabulary,
                                                                std::string_view text,
                                                                const std::string& file) {
  auto toml = TomlFile::parse(text, file);
  if (!toml) return std::unexpected(std::vector{toml.error()});
  TomlTable root = toml->root();
  Doctrine doctrine;
  doctrine.file = file;
  doctrine.hash = sha256(text);
  doctrine.name = root.plain_name("name");
  doctrine.title = worded(root, "title");
  doctrine.authority = worded(root, "authority");
  doctrine.territory = worded(root, "territory");
  doctrine.about = worded(root, "about");
  doctrine.missing = root.maybe_text("missing").value_or("");
  doctrine.validity = validity_of(root);
  auto parameters = root.tables("parameter");
  for (TomlTable& table : parameters) {
    doctrine.parameters.push_back(read_parameter(table));
    Parameter& parameter = doctrine.parameters.back();
    parameter.key = doctrine.name + "." + parameter.name;
    for (std::size_t i = 0; i + 1 < doctrine.parameters.size(); ++i) {
      if (doctrine.parameters[i].name == parameter.name)
        table.refuse("name", fmt::format("parameter \"{}\" stands twice", parameter.name));
    }
  }
  // Where a rule or response stands in the file, for what the checks have to say of it.
  std::vector<std::string> rules_at;
  for (TomlTable& table : root.tables("rule")) {
    doctrine.rules.push_back(read_rule(table, vocabulary, doctrine));
    rules_at.push_back(table.where());
    if (const Rule& rule = doctrine.rules.back(); rule.parameter && *rule.parameter < parameters.size())
      bound(doctrine.parameters[*rule.parameter], vocabulary[rule.fact]);
  }
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (const Parameter& p = doctrine.parameters[i]; p.value && !fits(p, *p.value))
      parameters[i].refuse("value", unfit(p, *p.value));
  }
  std::vector<std::string> responses_at;
  for (TomlTable& table : root.tables("response")) {
    doctrine.responses.push_back(read_response(table));
    responses_at.push_back(table.where());
  }
  root.only_known();
  if (rules_at.size() > rules_most || responses_at.size() > responses_most)
    return std::unexpected(std::vector{
        Error{file, fmt::format("has more than {} rules or {} responses; nobody could read them at sea",
                                rules_most, responses_most)}});
  std::vector<Error> wrong = toml->all_wrong();
  std::ranges::move(check_doctrine(vocabulary, doctrine, {rules_at, responses_at}),
                    std::back_inserter(wrong));
  if (wrong.empty()) return doctrine;
  std::ranges::stable_sort(wrong, {}, [&](const Error& e) { return line_of(e, file); });
  return std::unexpected(std::move(wrong));
}

std::expected<Doctrine, std::vector<Error>> check_doctrine_file(const Vocabulary& vocabulary,
                                                                const std::string& path) {
  const auto text = read_file(path);
  if (!text) return std::unexpected(std::vector{text.error()});
  return check_doctrine_text(vocabulary, *text, path);
}

Result<Doctrine> parse_doctrine(const Vocabulary& vocabulary, std::string_view text,
                                const std::string& file) {
  auto doctrine = check_doctrine_text(vocabulary, text, file);
  if (!doctrine) return fail(std::move(doctrine.error().front()));
  return std::move(*doctrine);
}

std::string unfit(const Parameter& parameter, double value) {
  return fmt::format("{} {} cannot be; {} is from {} to {} {}", canonical_number(value), parameter.unit,
                     parameter.says, canonical_number(parameter.least), canonical_number(parameter.most),
                     parameter.unit);
}

Result<Doctrine> load_doctrine(const Vocabulary& vocabulary, const std::string& path) {
  const auto text = read_file(path);
  if (!text) return std::unexpected(text.error());
  return parse_doctrine(vocabulary, *text, path);
}

namespace {

/// The same id is the same response: what one file calls rescue no other can call something else.
Done check_together(const Doctrine& a, const Doctrine& b) {
  if (a.name == b.name)
    return fail(b.file, fmt::format("has the name \"{}\", and so has {}", b.name, a.file));
  for (const Response& x : a.responses) {
    for (const Response& y : b.responses) {
      if (x.id == y.id && (x.kind == ResponseKind::rescue) != (y.kind == ResponseKind::rescue))
        return fail(b.file, fmt::format("response \"{}\" is {} here and {} in {}; give it another id", x.id,
                                        name_of(y.kind), name_of(x.kind), a.file));
    }
  }
  return {};
}

}  // namespace

Result<std::vector<Doctrine>> load_doctrines(const Vocabulary& vocabulary, const std::string& folder) {
  std::error_code wrong;
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, wrong)) {
    if (entry.path().extension() == ".toml" && entry.path().filename() != "facts.toml")
      files.push_back(entry.path());
  }
  if (wrong) return fail(folder, wrong.message());
  std::sort(files.begin(), files.end());
  std::vector<Doctrine> out;
  for (const auto& file : files) {
    auto doctrine = load_doctrine(vocabulary, file);
    if (!doctrine) return std::unexpected(doctrine.error());
    for (const Doctrine& other : out) {
      if (const auto done = check_together(other, *doctrine); !done) return std::unexpected(done.error());
    }
    out.push_back(std::move(*doctrine));
  }
  return out;
}

}  // namespace varne
