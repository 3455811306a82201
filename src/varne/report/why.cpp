#include "varne/report/why.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "varne/core/json_fields.h"
#include "varne/core/time.h"
#include "varne/record/read_record.h"
#include "varne/room/verdict_json.h"

namespace varne {
namespace {

void take_number(const Json& object, const char* name, std::set<std::uint64_t>& out) {
  const auto found = object.find(name);
  if (found != object.end() && found->is_number_unsigned() && *found > 0)
    out.insert(found->get<std::uint64_t>());
}

/// The numbers that a body itself names.
std::set<std::uint64_t> named_in(const Json& body) {
  std::set<std::uint64_t> out;
  for (const char* name : {"verdict", "override"}) take_number(body, name, out);
  for (const Json& verdict : list_of(body, "verdicts")) {
    for (const Json& rule : list_of(verdict, "rules")) {
      for (const Json& word : list_of(rule, "said")) take_number(word, "entry", out);
      if (rule.contains("signed")) take_number(rule["signed"], "entry", out);
    }
    for (const Json& consent : list_of(verdict, "consents")) take_number(consent, "entry", out);
  }
  return out;
}

/// The member of this name; null where the record lacks it, or where there is nothing to have one.
const Json& member(const Json& object, const char* name) {
  static const Json nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

std::string citation(const Why& why, const std::string& doctrine, const Json& rule) {
  const auto known = why.doctrines.find(doctrine);
  if (known == why.doctrines.end()) return "";
  // Of the versions of a rule, the one that says this.
  for (const Json& one : list_of(known->second, "rules")) {
    if (member(one, "id") == member(rule, "id") && member(one, "says") == member(rule, "says"))
      return text_of(one, "citation");
  }
  return "";
}

std::string in_capitals(const std::string& truth) {
  return truth == "yes" ? "YES" : truth == "no" ? "NO" : "UNKNOWN";
}

std::string entry_mark(const Json& word) {
  const auto entry = word.find("entry");
  return entry == word.end() || !entry->is_number_unsigned()
             ? ""
             : fmt::format(", entry {}", entry->get<std::uint64_t>());
}

std::string shown(const Json& value) {
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// What was said of a rule's fact, a line a word.
std::string words_of(const Json& rule) {
  std::string out;
  if (!rule.contains("fact")) return out;
  const Json& said = list_of(rule, "said");
  if (said.empty()) out += "           nobody has said\n";
  for (const Json& word : said)
    out += fmt::format("           {}: {} at {}{}\n", shown(member(word, "value")), text_of(word, "source"),
                       text_of(word, "at"), entry_mark(word));
  const std::string standing = text_of(rule, "standing");
  if (standing != "known" && standing != "never said") out += fmt::format("           but: {}\n", standing);
  if (rule.contains("parameter") && member(rule, "limit").is_null())
    out += fmt::format("           nobody has set and signed the limit {}\n", text_of(rule, "parameter"));
  if (rule.contains("signed"))
    out += fmt::format("           limit {}: signed by {} at {}{}\n", shown(member(rule["signed"], "value")),
                       text_of(rule["signed"], "source"), text_of(rule["signed"], "at"),
                       entry_mark(rule["signed"]));
  return out;
}

std::string verdict_text(const Why& why, const Json& verdict) {
  const std::string doctrine = text_of(member(verdict, "doctrine"), "name");
  const auto known = why.doctrines.find(doctrine);
  std::string out = fmt::format("\nBy {}", doctrine);
  if (known != why.doctrines.end())
    out += fmt::format(" ({}, {})", text_of(known->second, "title"), text_of(known->second, "authority"));
  out += fmt::format(", SHA-256 {}:\n  {}\n", text_of(member(verdict, "doctrine"), "hash"),
                     text_of(verdict, "summary"));
  if (text_of(verdict, "kind") != "rescue")
    out += fmt::format("  Life first: is distress ruled out? {}.\n", text_of(verdict, "distress_ruled_out"));
  for (const Json& rule : list_of(verdict, "rules")) {
    out += fmt::format("  {:<8} {}\n{}", in_capitals(text_of(rule, "truth")), text_of(rule, "says"),
                       words_of(rule));
    if (const std::string from = citation(why, doctrine, rule); !from.empty())
      out += fmt::format("           [{}]\n", from);
  }
  for (const Json& consent : list_of(verdict, "consents")) {
    const std::string role = text_of(consent, "role");
    out += !member(consent, "given").is_boolean()
               ? fmt::format("  The {} has not spoken, and nobody can speak in their stead.\n", role)
               : fmt::format("  The {} {}: {} at {}{}.\n", role,
                             member(consent, "given") == true ? "agrees" : "refuses", text_of(consent, "by"),
                             text_of(consent, "at"), entry_mark(consent));
  }
  for (const Json& order : list_of(verdict, "orders"))
    out += fmt::format("  Recorded, and without effect: {}\n",
                       order.is_string() ? order.get<std::string>() : order.dump());
  for (const Json& pivot : list_of(verdict, "would_change"))
    out += fmt::format("  This alone would change it to \"{}\": {}: {}.\n", text_of(pivot, "ruling"),
                       text_of(pivot, "fact"), text_of(pivot, "becomes"));
  return out;
}

std::string entry_text(const Entry& entry) {
  const auto body = parse_json(entry.body);
  return fmt::format("Entry {}, {}, {}: {}\n", entry.number, iso(entry.time), entry.kind,
                     body ? text_of(*body, "text") : "");
}

}  // namespace

Result<Why> why(const std::string& record, std::uint64_t number) {
  Why out;
  std::map<std::string, std::uint64_t> reports;  // by id, the latest before the entry asked for
  bool found = false;
  auto done = each_entry(record, [&](const Entry& entry) -> Result<bool> {
    const bool wanted = entry.kind == "doctrine" || entry.kind == "report" || entry.number == number;
    if (wanted && entry.number <= number) {
      const auto body = parse_json(entry.body);
      if (!body) return fail(body.error().in(fmt::format("entry {}", entry.number)));
      if (entry.kind == "doctrine") out.doctrines[text_of(*body, "doctrine")] = *body;
      if (entry.kind == "report" && entry.number < number && body->contains("report"))
        reports[text_of((*body)["report"], "id")] = entry.number;
    }
    if (entry.number == number) {
      out.entry = entry;
      found = true;
    }
    return entry.number < number;
  });
  if (!done) return fail(done.error());
  if (!found) return fail(record, fmt::format("has no entry {}", number));
  const Json body = parse_json(out.entry.body).value();  // read above
  std::set<std::uint64_t> behind = named_in(body);
  if (const auto report = reports.find(text_of(body, "source"));
      out.entry.kind != "report" && report != reports.end())
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
  const Json body = parse_json(why.entry.body).value_or(Json::object());
  std::string out = entry_text(why.entry);
  for (const Json& verdict : list_of(body, "verdicts")) out += verdict_text(why, verdict);
  if (body.contains("before"))
    out += fmt::format("\nIt took the place of entry {}: {}.\n", body["before"].dump(), text_of(body, "was"));
  if (why.stood_on.empty()) return out + "It followed from no report: the clock or a position brought it.\n";
  out += "\nIt stood on:\n";
  for (const Entry& entry : why.stood_on) out += "  " + entry_text(entry);
  return out;
}

Json why_json(const Why& why) {
  const auto json_of = [](const Entry& entry) { return parse_json(entry_line(entry)).value_or(Json()); };
  Json out{{"entry", json_of(why.entry)}, {"stood_on", Json::array()}, {"citations", Json::object()}};
  for (const Entry& entry : why.stood_on) out["stood_on"].push_back(json_of(entry));
  const Json body = parse_json(why.entry.body).value_or(Json::object());
  for (const Json& verdict : list_of(body, "verdicts")) {
    const std::string doctrine = text_of(member(verdict, "doctrine"), "name");
    for (const Json& rule : list_of(verdict, "rules"))
      out["citations"][doctrine][text_of(rule, "id")] = citation(why, doctrine, rule);
  }
  return out;
}

}  // namespace varne
