/// The report's section on what was allowed: for each response that is not rescue, for how many boats each
/// condition failed, was unknown, or alone stood in the way. From the verdicts' entries alone.

#include <algorithm>

#include "varne/core/text.h"
#include "varne/report/report_parts.h"

namespace varne {
namespace {

/// One condition as one verdict found it.
struct Found {
  std::string says;
  bool stands = false;  ///< in the way
  bool unknown = false;
};

std::string truth_of(const Json& rules, const std::string& id, std::string& says) {
  for (const Json& rule : rules) {
    if (rule["id"] != id) continue;
    says = rule["says"].get<std::string>();
    return rule["truth"].get<std::string>();
  }
  says = id;
  return "unknown";  // no version of it is in force
}

std::vector<Found> conditions_of(const Json& verdict) {
  std::vector<Found> out;
  const std::string calm = verdict["distress_ruled_out"].get<std::string>();
  out.push_back({"life first: distress and every sign of danger are ruled out by an officer", calm != "yes",
                 calm == "unknown"});
  for (const Json& id : verdict["needs"]) {
    Found one;
    const std::string truth = truth_of(verdict["rules"], id.get<std::string>(), one.says);
    one.stands = truth != "yes";
    one.unknown = truth == "unknown";
    out.push_back(std::move(one));
  }
  for (const Json& id : verdict["unless"]) {
    Found one;
    const std::string truth = truth_of(verdict["rules"], id.get<std::string>(), one.says);
    one.says = "not: " + one.says;
    one.stands = truth != "no";
    one.unknown = truth == "unknown";
    out.push_back(std::move(one));
  }
  for (const Json& consent : verdict["consents"]) {
    out.push_back({fmt::format("the {} agrees", consent["role"].get<std::string>()), consent["given"] != true,
                   consent["given"].is_null()});
  }
  return out;
}

}  // namespace

void ReportFacts::take_verdict(const Entry& entry, const Json& body) {
  const auto boat = static_cast<std::uint32_t>(
      parse_whole(std::string_view(body["incident"].get_ref<const std::string&>()).substr(1)).value_or(0));
  boats[boat].allowed[body["response"].get<std::string>()] = {
      body["title"].get<std::string>(), body["kind"].get<std::string>(), body["ruling"].get<std::string>(),
      entry.number};
  for (const Json& verdict : body["verdicts"]) {
    if (verdict["kind"] == "rescue" || verdict["stance"] != "permits" || verdict["ruling"] == "not in force")
      continue;
    const std::string doctrine = verdict["doctrine"]["name"].get<std::string>();
    const std::string title = body["title"].get<std::string>();
    auto at = std::find_if(ruled.begin(), ruled.end(),
                           [&](const Ruled& r) { return r.doctrine == doctrine && r.title == title; });
    if (at == ruled.end()) at = ruled.insert(ruled.end(), Ruled{doctrine, title, {}, {}, {}});
    at->boats.insert(boat);
    if (verdict["permits"] == true) at->permitted.insert(boat);
    const auto found = conditions_of(verdict);
    const auto standing = std::count_if(found.begin(), found.end(), [](const Found& f) { return f.stands; });
    for (const Found& one : found) {
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

std::string span_of(const Json& doctrine) {
  const auto day = [&](const char* name) {
    return doctrine.contains(name) ? doctrine[name].get<std::string>().substr(0, 10) : std::string();
  };
  if (doctrine.contains("from") && doctrine.contains("until"))
    return fmt::format("in force from {} until {}", day("from"), day("until"));
  return doctrine.contains("from") ? "in force since " + day("from") : "without a date of beginning or end";
}

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
    if (boat.last.is_null() || boat.last["open"] != true ||
        !boat.last.value("same_as", std::string()).empty())
      continue;
    const HeadCount persons = facts.people.in(PeopleState::set_out, boat.last["incident"].get<std::string>());
    rows += fmt::format(
        "<tr><td><b>{}</b></td><td>{}<br><small>{}</small></td><td "
        "class=\"n\">{}</td><td>{}</td><td>{}</td><td>{}</td>"
        "<td>{}</td></tr>",
        escaped(name_of(boat)), escaped(boat.last["phase"].get<std::string>()),
        escaped(boat.last["centre"].get<std::string>()), persons.high > 0 ? number(persons) : "–",
        with_ruling(boat, {"required"}), with_ruling(boat, {"permitted"}),
        with_ruling(boat, {"refused", "forbidden", "conflict"}), folded(boat, {"unknown"}));
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
    out += fmt::format("<h3>{}</h3><p>By {}. Judged for {} boat{}; <b>permitted at any time for {}</b>.</p>",
                       escaped(one.title), escaped(one.doctrine), one.boats.size(),
                       one.boats.size() == 1 ? "" : "s",
                       one.permitted.empty() ? "none" : fmt::format("{}", one.permitted.size()));
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
  for (const Json& doctrine : facts.doctrines)
    out += fmt::format("<li>{}, {}; {}; <small>{}, SHA-256 <code>{}</code></small></li>",
                       escaped(doctrine["title"].get<std::string>()),
                       escaped(doctrine["authority"].get<std::string>()), span_of(doctrine),
                       escaped(doctrine["doctrine"].get<std::string>()),
                       escaped(doctrine["hash"].get<std::string>()));
  return out + "</ul>";
}

}  // namespace page
}  // namespace varne
