#include "varne/report/why.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "varne/core/fields_kept.h"
#include "varne/core/time.h"
#include "varne/record/read_record.h"
#include "varne/report/verdict_said.h"
#include "varne/room/verdict_json.h"

namespace varne {
namespace {

/// What every body has, whatever its kind and version.
struct Said {
  std::string text = {}, source = {};
  static constexpr auto fields() {
    return std::tuple{said("text", &Said::text, ""), said("source", &Said::source, "")};
  }
};

/// Of a report as it stands in its entry.
struct ReportId {
  std::string id = {};
  static constexpr auto fields() { return std::tuple{said("id", &ReportId::id, "")}; }
};

/// As much of a body as is there and of its kind: whatever else a record lacks,
/// what it has is shown.
template <HasFields T>
T as_far_as(std::string_view text) {
  T out;
  if (const auto json = parse_json(text)) (void)read_kept(*json, out);
  return out;
}

std::vector<said_of::Verdict> verdicts_of(const Entry& entry) {
  if (entry.kind != entries::VerdictGiven::kind) return {};
  return said_of::verdicts_in(as_far_as<entries::VerdictGiven>(entry.body).verdicts);
}

/// The numbers that a body itself names.
std::set<std::uint64_t> named_in(const Entry& entry) {
  std::set<std::uint64_t> out;
  if (entry.kind == entries::Overridden::kind) out.insert(as_far_as<entries::Overridden>(entry.body).verdict);
  if (entry.kind == entries::OverrideEnded::kind)
    out.insert(as_far_as<entries::OverrideEnded>(entry.body).of);
  for (const said_of::Verdict& verdict : verdicts_of(entry)) {
    for (const said_of::Rule& rule : verdict.rules) {
      for (const said_of::Word& word : rule.words) out.insert(word.entry);
      if (rule.set_and_signed) out.insert(rule.set_and_signed->entry);
    }
    for (const said_of::Consent& consent : verdict.consents) out.insert(consent.entry);
  }
  out.erase(0);  // none
  return out;
}

std::string citation(const Why& why, const std::string& doctrine, const said_of::Rule& rule) {
  const auto known = why.doctrines.find(doctrine);
  if (known == why.doctrines.end()) return "";
  // Of the versions of a rule, the one that says this.
  for (const entries::RuleText& one : known->second.rules) {
    if (one.id == rule.id && one.says == rule.says) return one.citation;
  }
  return "";
}

std::string in_capitals(const std::string& truth) {
  return truth == "yes" ? "YES" : truth == "no" ? "NO" : "UNKNOWN";
}

std::string entry_mark(std::uint64_t entry) {
  return entry == 0 ? "" : fmt::format(", entry {}", entry);
}

std::string shown(const said_of::Value& value) {
  return std::visit(Overloaded{[](std::monostate) { return std::string("null"); },
                               [](bool truth) { return std::string(truth ? "yes" : "no"); },
                               [](double number) { return canonical_number(number); },
                               [](const std::string& text) { return text; }},
                    value);
}

/// What was said of a rule's fact, a line a word.
std::string words_of(const said_of::Rule& rule) {
  std::string out;
  if (rule.fact.empty()) return out;
  if (rule.words.empty()) out += "           nobody has said\n";
  for (const said_of::Word& word : rule.words)
    out += fmt::format("           {}: {} at {}{}\n", shown(word.value), word.source, word.at,
                       entry_mark(word.entry));
  if (rule.standing != "known" && rule.standing != "never said")
    out += fmt::format("           but: {}\n", rule.standing);
  if (!rule.parameter.empty() && is_empty(rule.limit))
    out += fmt::format("           nobody has set and signed the limit {}\n", rule.parameter);
  if (const auto& set = rule.set_and_signed)
    out += fmt::format("           limit {}: signed by {} at {}{}\n", shown(set->value), set->source, set->at,
                       entry_mark(set->entry));
  return out;
}

std::string verdict_text(const Why& why, const said_of::Verdict& verdict) {
  const std::string& doctrine = verdict.doctrine.name;
  const auto known = why.doctrines.find(doctrine);
  std::string out = fmt::format("\nBy {}", doctrine);
  if (known != why.doctrines.end())
    out += fmt::format(" ({}, {})", known->second.title, known->second.authority);
  out += fmt::format(", SHA-256 {}:\n  {}\n", verdict.doctrine.hash, verdict.summary);
  if (verdict.kind != "rescue")
    out += fmt::format("  Life first: is distress ruled out? {}.\n", verdict.distress_ruled_out);
  for (const said_of::Rule& rule : verdict.rules) {
    out += fmt::format("  {:<8} {}\n{}", in_capitals(rule.truth), rule.says, words_of(rule));
    if (const std::string from = citation(why, doctrine, rule); !from.empty())
      out += fmt::format("           [{}]\n", from);
  }
  for (const said_of::Consent& consent : verdict.consents)
    out += !consent.given ? fmt::format(
                                "  The {} has not spoken, and nobody can speak in "
                                "their stead.\n",
                                consent.role)
                          : fmt::format("  The {} {}: {} at {}{}.\n", consent.role,
                                        *consent.given ? "agrees" : "refuses", consent.by, consent.at,
                                        entry_mark(consent.entry));
  for (const std::string& order : verdict.orders)
    out += fmt::format("  Recorded, and without effect: {}\n", order);
  for (const said_of::Pivot& pivot : verdict.would_change)
    out += fmt::format("  This alone would change it to \"{}\": {}: {}.\n", pivot.ruling, pivot.fact,
                       pivot.becomes);
  return out;
}

std::string entry_text(const Entry& entry) {
  return fmt::format("Entry {}, {}, {}: {}\n", entry.number, iso(entry.time), entry.kind,
                     as_far_as<Said>(entry.body).text);
}

}  // namespace

Result<Why> why(const std::string& record, std::uint64_t number) {
  Why out;
  std::map<std::string, std::uint64_t> reports;  // by id, the latest before the entry asked for
  bool found = false;
  auto done = each_entry(record, [&](const Entry& entry) -> Result<bool> {
    if (entry.number < number && entry.kind == entries::Rules::kind) {
      auto rules = as_far_as<entries::Rules>(entry.body);
      out.doctrines[rules.doctrine] = std::move(rules);
    }
    if (entry.number < number && entry.kind == entries::Reported::kind)
      reports[as_far_as<ReportId>(as_far_as<entries::Reported>(entry.body).report.text).id] = entry.number;
    if (entry.number == number) {
      out.entry = entry;
      found = true;
    }
    return entry.number < number;
  });
  if (!done) return fail(done.error());
  if (!found) return fail(record, fmt::format("has no entry {}", number));
  std::set<std::uint64_t> behind = named_in(out.entry);
  if (const auto report = reports.find(as_far_as<Said>(out.entry.body).source);
      out.entry.kind != entries::Reported::kind && report != reports.end())
    behind.insert(report->second);
  if (!behind.empty() && *behind.rbegin() >= number)
    return fail(fmt::format("{}: entry {}", record, number),
                fmt::format("names entry {}, which did not stand before it", *behind.rbegin()));
  if (behind.empty()) return out;
  done = each_entry(record, [&](const Entry& entry) -> Result<bool> {
    if (behind.contains(entry.number)) out.stood_on.push_back(entry);
    return entry.number < *behind.rbegin();
  });
  if (!done) return fail(done.error());
  return out;
}

std::string derived_again(const Why& why, const Rulebook& rules) {
  if (why.entry.kind != "verdict") return "";
  const auto body = parse_json(why.entry.body);
  if (!body || !body->is_object()) return "the entry cannot be read";
  const auto again = derive_again(rules, *body);
  if (!again) return again.error().text();
  for (const auto& [name, value] : again->items()) {
    if (!body->contains(name) || (*body)[name] != value) return "no: " + name + " comes out otherwise";
  }
  return "yes";
}

std::string why_text(const Why& why) {
  std::string out = entry_text(why.entry);
  for (const said_of::Verdict& verdict : verdicts_of(why.entry)) out += verdict_text(why, verdict);
  if (why.entry.kind == entries::VerdictGiven::kind) {
    const auto verdict = as_far_as<entries::VerdictGiven>(why.entry.body);
    if (verdict.before)
      out += fmt::format("\nIt took the place of entry {}: {}.\n", *verdict.before, verdict.was);
  }
  if (why.stood_on.empty()) return out + "It followed from no report: the clock or a position brought it.\n";
  out += "\nIt stood on:\n";
  for (const Entry& entry : why.stood_on) out += "  " + entry_text(entry);
  return out;
}

Json why_json(const Why& why) {
  const auto json_of = [](const Entry& entry) { return parse_json(entry_line(entry)).value_or(Json()); };
  Json out{{"entry", json_of(why.entry)}, {"stood_on", Json::array()}, {"citations", Json::object()}};
  for (const Entry& entry : why.stood_on) out["stood_on"].push_back(json_of(entry));
  for (const said_of::Verdict& verdict : verdicts_of(why.entry)) {
    for (const said_of::Rule& rule : verdict.rules)
      out["citations"][verdict.doctrine.name][rule.id] = citation(why, verdict.doctrine.name, rule);
  }
  return out;
}

}  // namespace varne
