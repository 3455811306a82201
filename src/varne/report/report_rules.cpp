/// The report's section on what was allowed: for each response that is not rescue, for how many boats each
/// condition failed, was unknown, or alone stood in the way. From the verdicts' entries alone.

#include <algorithm>

#include "varne/core/text.h"
#include "varne/report/report_parts.h"
#include "varne/report/verdict_said.h"

namespace varne {
namespace {

/// One condition as one verdict found it.
struct Found {
  std::string says;
  bool stands = false;  ///< in the way
  bool unknown = false;
};

Found found(const said_of::Verdict& verdict, const std::string& id, const char* fit) {
  const auto rule = std::find_if(verdict.rules.begin(), verdict.rules.end(),
                                 [&](const said_of::Rule& one) { return one.id == id; });
  if (rule == verdict.rules.end()) return {id, true, true};  // no version of it is in force
  return {rule->says, rule->truth != fit, rule->truth == "unknown"};
}

std::vector<Found> conditions_of(const said_of::Verdict& verdict) {
  const std::string& calm = verdict.distress_ruled_out;
  std::vector<Found> out{{"life first: distress and every sign of danger are ruled out by an officer",
                          calm != "yes", calm == "unknown"}};
  for (const std::string& id : verdict.needs) out.push_back(found(verdict, id, "yes"));
  for (const std::string& id : verdict.unless) {
    out.push_back(found(verdict, id, "no"));
    out.back().says = "not: " + out.back().says;
  }
  for (const said_of::Consent& consent : verdict.consents)
    out.push_back(
        {fmt::format("the {} agrees", consent.role), consent.given != true, !consent.given.has_value()});
  return out;
}

}  // namespace

void ReportFacts::take(const Entry& entry, const entries::VerdictGiven& said) {
  const auto boat =
      static_cast<std::uint32_t>(parse_whole(std::string_view(said.incident).substr(1)).value_or(0));
  boats[boat].allowed[said.response] = {said.title, said.response_kind, said.ruling, entry.number};
  for (const said_of::Verdict& verdict : said_of::verdicts_in(said.verdicts)) {
    if (verdict.kind == "rescue" || verdict.stance != "permits" || verdict.ruling == "not in force") continue;
    auto at = std::find_if(ruled.begin(), ruled.end(), [&](const Ruled& r) {
      return r.doctrine == verdict.doctrine.name && r.title == said.title;
    });
    if (at == ruled.end())
      at = ruled.insert(ruled.end(), Ruled{verdict.doctrine.name, said.title, {}, {}, {}});
    at->boats.insert(boat);
    if (verdict.permits) at->permitted.insert(boat);
    const auto conditions = conditions_of(verdict);
    const auto standing =
        std::count_if(conditions.begin(), conditions.end(), [](const Found& f) { return f.stands; });
    for (const Found& one : conditions) {
      auto condition = std::find_if(at->conditions.begin(), at->conditions.end(),
                                    [&](const Condition& c) { return c.says == one.says; });
      if (condition == at->conditions.end())
        condition = at->conditions.insert(at->conditions.end(), Condition{one.says, {}, {}, {}});
      if (!one.stands) continue;
      (one.unknown ? condition->unknown : condition->failed).insert(boat);
      if (standing == 1) condition->alone.insert(boat);
    }
  }
}

namespace page {
namespace {

std::string span_of(const entries::Rules& doctrine) {
  if (!doctrine.from) return "without a date of beginning or end";
  const std::string from = iso(*doctrine.from).substr(0, 10);
  return doctrine.until ? fmt::format("in force from {} until {}", from, iso(*doctrine.until).substr(0, 10))
                        : "in force since " + from;
}

/// What an inquiry must not read into "none".
constexpr std::string_view for_none =
    " None means that whenever one of these boats was judged, at least one condition of the table did not "
    "hold or was not known, or somebody whose consent it needs had not given it. It does not mean that the "
    "rules forbid it, nor that nobody did it: what was done against a verdict is an override or a report, "
    "and stands in the record as such.";

std::string few(const std::set<std::uint32_t>& boats) {
  return boats.empty() ? "–" : fmt::format("{}", boats.size());
}

}  // namespace

namespace {

/// The responses with one of these rulings, each with its entry; a dash where there is none.
std::string with_ruling(const ReportFacts::Boat& boat, const std::set<std::string>& rulings) {
  std::string out;
  for (const auto& [response, allowed] : boat.allowed) {
    if (!rulings.contains(allowed.ruling)) continue;
    out += fmt::format("{}{} <small>entry {}</small>", out.empty() ? "" : "<br>", escaped(allowed.title),
                       allowed.entry);
  }
  return out.empty() ? "–" : out;
}

/// The same behind its number, where the list is long and each line of it says little.
std::string folded(const ReportFacts::Boat& boat, const std::set<std::string>& rulings) {
  const auto n = std::count_if(boat.allowed.begin(), boat.allowed.end(),
                               [&](const auto& one) { return rulings.contains(one.second.ruling); });
  if (n == 0) return "–";
  return fmt::format("<details><summary>{} responses</summary>{}</details>", n, with_ruling(boat, rulings));
}

}  // namespace

std::string standing(const ReportFacts& facts) {
  std::string rows;
  for (const auto& [number_, boat] : facts.boats) {
    if (!is_counted_open(boat)) continue;
    const HeadCount persons = facts.people.in(PeopleState::set_out, boat.last->incident);
    rows += fmt::format(
        "<tr><td><b>{}</b></td><td>{}<br><small>{}</small></td><td "
        "class=\"n\">{}</td><td>{}</td><td>{}</td><td>{}</td>"
        "<td>{}</td></tr>",
        escaped(name_of(boat)), phase_said(boat), escaped(boat.last->centre),
        persons.high > 0 ? number(persons) : "–", with_ruling(boat, {"required"}),
        with_ruling(boat, {"permitted"}), with_ruling(boat, {"refused", "forbidden", "conflict"}),
        folded(boat, {"unknown"}));
  }
  if (rows.empty()) return "<p>No incident was open.</p>";
  return "<p>As the record could say it then; <code>varne why ENTRY</code> gives the reasons of each.</p>"
         "<div class=\"wide\"><table class=\"standing\"><thead><tr><th>Boat</th><th>Phase</th><th "
         "class=\"n\">People</th>"
         "<th>Owed</th><th>Permitted</th><th>Refused, forbidden or in conflict</th><th>Not "
         "known</th></tr></thead><tbody>" +
         rows + "</tbody></table></div>";
}

std::string ruled(const ReportFacts& facts) {
  std::string out =
      "<p>Rescue is never in question here: it is owed to everybody in distress, and nothing on this list "
      "stands "
      "against it. A boat counts under <i>failed</i> if the condition was at some time known not to hold, "
      "under "
      "<i>unknown</i> if at some time nobody could say, under <i>alone</i> if at some time it was all that "
      "stood in "
      "the way; so one boat may count under several. What is unknown permits nothing.</p>";
  for (const ReportFacts::Ruled& one : facts.ruled) {
    out += fmt::format(
        "<h3>{}</h3><p>By {}. Judged for {} boat{}; <b>permitted at any time for {}</b>.{}</p>",
        escaped(one.title), escaped(one.doctrine), one.boats.size(), one.boats.size() == 1 ? "" : "s",
        one.permitted.empty() ? "none" : fmt::format("{}", one.permitted.size()),
        one.permitted.empty() ? for_none : "");
    out +=
        "<div class=\"wide\"><table class=\"ruled\"><thead><tr><th>Condition</th><th class=\"n\">Failed</th>"
        "<th class=\"n\">Unknown</th><th class=\"n\">Alone</th></tr></thead><tbody>";
    for (const ReportFacts::Condition& condition : one.conditions)
      out += fmt::format(
          "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
          escaped(condition.says), few(condition.failed), few(condition.unknown), few(condition.alone));
    out += "</tbody></table></div>";
  }
  out += "<h3>By which rules</h3><ul>";
  for (const entries::Rules& doctrine : facts.doctrines)
    out += fmt::format("<li>{}, {}; {}; <small>{}, SHA-256 <code>{}</code></small></li>",
                       escaped(doctrine.title), escaped(doctrine.authority), span_of(doctrine),
                       escaped(doctrine.doctrine), hex(doctrine.hash));
  return out + "</ul>";
}

}  // namespace page
}  // namespace varne
