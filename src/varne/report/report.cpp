#include "varne/report/report.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "varne/core/text.h"
#include "varne/report/report_parts.h"

namespace varne {
namespace page {

std::string number(HeadCount count) {
  return count.exact() ? grouped(count.low) : fmt::format("{}–{}", grouped(count.low), grouped(count.high));
}

std::string clock(Time time, Time of_day) {
  const std::string text = iso(time);
  return text.substr(0, 10) == iso(of_day).substr(0, 10) ? text.substr(11, 5)
                                                         : text.substr(0, 10) + " " + text.substr(11, 5);
}

std::string name_of(const ReportFacts::Boat& boat) {
  return boat.last->boat.empty() ? boat.last->incident : boat.last->boat;
}

std::string phase_said(const ReportFacts::Boat& boat) {
  const std::string& phase = boat.last->phase;
  const std::string_view code = phase == "distress"      ? " (DETRESFA)"
                                : phase == "alert"       ? " (ALERFA)"
                                : phase == "uncertainty" ? " (INCERFA)"
                                                         : "";
  return escaped(phase) + std::string(code);
}

bool is_open(const ReportFacts::Boat& boat) {
  return boat.last && boat.last->open;
}

bool is_counted_open(const ReportFacts::Boat& boat) {
  return is_open(boat) && boat.last->same_as.empty();
}

}  // namespace page

namespace {

std::string tile(const std::string& figure, const char* words, const char* kind = "") {
  return fmt::format("<div class=\"tile {}\"><b>{}</b><span>{}</span></div>", kind, figure, words);
}

std::string tiles(const ReportFacts& facts) {
  const auto in = [&](PeopleState state) { return facts.people.in(state); };
  std::size_t open = 0;
  for (const auto& [number, boat] : facts.boats) open += page::is_open(boat) ? 1 : 0;
  const auto boats = facts.people.boats();
  const auto landed = std::count_if(boats.begin(), boats.end(), [&](const std::string& boat) {
    return facts.people.in(PeopleState::landed, boat).high +
               facts.people.in(PeopleState::handed_over, boat).high >
           0;
  });
  std::string out = "<section class=\"tiles\">";
  const auto uncounted = page::uncounted_boats(facts);
  if (uncounted == 0) {
    out += tile(page::number(in(PeopleState::set_out)), "people set out");
  } else {
    const HeadCount counted = in(PeopleState::set_out);
    out += tile(counted.high > 0 ? page::number(counted) + " and more" : "?",
                fmt::format("people set out; nobody has counted {} of the boats", uncounted).c_str(), "open");
  }
  if (in(PeopleState::prevented).high > 0) out += tile(page::number(in(PeopleState::prevented)), "prevented");
  if (landed > 0)
    out += tile(page::number(in(PeopleState::landed)), fmt::format("landed, of {} boats", landed).c_str());
  if (in(PeopleState::handed_over).high > 0)
    out += tile(page::number(in(PeopleState::handed_over)), "handed over ashore");
  if (in(PeopleState::dead).high > 0) out += tile(page::number(in(PeopleState::dead)), "found dead", "open");
  if (in(PeopleState::rescued).high > 0)
    out += tile(page::number(in(PeopleState::rescued)), "aboard units", "open");
  if (in(PeopleState::at_sea).high > 0)
    out += tile(page::number(in(PeopleState::at_sea)), "still at sea", "open");
  // "0 missing" is no figure while somebody is in no count.
  if (const HeadCount missing = in(PeopleState::missing); missing.high > 0 || uncounted == 0)
    out += tile(page::number(missing), "missing", missing.high > 0 ? "open" : "");
  out += tile(fmt::format("{}", facts.boats.size()), "incidents");
  out += tile(fmt::format("{}", open), "still open", open > 0 ? "open" : "");
  return out + "</section>";
}

std::string legend() {
  return "<p class=\"legend\"><span class=\"k boat\"></span>boat, from where it was first known to where it "
         "was last"
         "<span class=\"k open\"></span>still open <span class=\"k range\"></span>known only to lie within "
         "<span class=\"k cloud\"></span>where its people may be "
         "(half, nine in ten)"
         "<span class=\"k units\"></span>rescue units <span class=\"k unidentified\"></span>unidentified by "
         "radar "
         "<span class=\"k ships\"></span>ships by AIS <span class=\"k line\"></span>limits and lanes</p>";
}

std::string check_section(const ReportFacts& facts, const Hash& head, std::optional<Time> known) {
  std::string kinds;
  for (const auto& [kind, n] : facts.kinds)
    kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", n, escaped(kind));
  const std::string moment = known ? " --as-known-at " + iso(*known) : "";
  std::string out = fmt::format(
      "<p>This page was made from the {} entries of the record and nothing else ({}). They are the leaves of "
      "a Merkle "
      "tree (RFC 6962); its root is the head:</p><p><code>{}</code></p><p>To check it, run <code>varne "
      "verify "
      "record.jsonl</code> on the file beside this page (or on the record's <code>.db</code>) and compare "
      "the head it "
      "prints. To make both again, run <code>varne replay{}</code> on the day's folder: the same files give "
      "the same "
      "bytes.</p>",
      facts.entries, kinds, hex(head), moment);
  if (facts.day.inputs)
    out += fmt::format("<p>The day's files have the hash <code>{}</code>.</p>", hex(*facts.day.inputs));
  std::string sea;
  for (const std::string& name : facts.day.sea) sea += (sea.empty() ? "" : ", ") + escaped(name);
  return out + fmt::format("<p>Sea: {}. Seed {}. Varne {}.</p>", sea.empty() ? "nothing known" : sea,
                           escaped(facts.day.seed), escaped(facts.day.version));
}

}  // namespace

std::string report_page(const ReportFacts& facts, const World& world, const Coast* coast, const Hash& head,
                        std::optional<Time> known) {
  const Time day = facts.timeline.empty() ? Time{} : facts.timeline.front().time;
  const auto& [title, notice, exercise] = std::tie(facts.day.title, facts.day.notice, facts.day.exercise);
  std::string out = fmt::format(
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\"><meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src "
      "'unsafe-inline'\"><title>{}{}</title><style>{}</style></head><body>",
      exercise ? "EXERCISE – " : "", escaped(title), page::style());
  if (!notice.empty()) out += fmt::format("<p class=\"notice\">{}</p>", escaped(notice));
  if (known)
    out += fmt::format(
        "<p class=\"notice known\">As it could be known at {} UTC: nothing that came later stands on this "
        "page.</p>",
        iso(*known).substr(0, 19).replace(10, 1, " "));
  out += fmt::format(
      "<header><p class=\"kicker\">Report of the day, {}. All times UTC.</p><h1>{}</h1></header><main>",
      iso(day).substr(0, 10), escaped(title));
  const auto section = [&](const char* id, const char* heading, const std::string& body) {
    out += fmt::format("<section id=\"{}\"><h2>{}</h2>{}</section>", id, heading, body);
  };
  out += tiles(facts);
  if (known) section("then", "What was open then, and what was allowed", page::standing(facts));
  section("account", "The people's account", page::account_tables(facts, day));
  section("map", "The day on the map",
          (coast == nullptr ? "<p>No coastline is installed; the map shows none.</p>" : "") +
              page::map_svg(facts, world, coast) + legend());
  section("incidents", "Incidents", page::incident_table(facts, day));
  section("rescues", "Who was rescued, by whom and when", page::rescue_tables(facts, day));
  if (!facts.going.empty()) section("going", "Who was proposed, and who went", page::going_table(facts, day));
  if (!facts.doctrines.empty())
    section("rules", "What the rules allowed, and what stood in the way", page::ruled(facts));
  if (!facts.letters.empty())
    section("letters", "What the other centre was told, and what it said", page::letters_table(facts, day));
  section("words", "Who knew what, when", page::who_knew(facts, day));
  section("timeline", "The day, hour by hour", page::timeline(facts, day));
  section("check", "How to check this", check_section(facts, head, known));
  out += "</main>";
  if (!notice.empty()) out += fmt::format("<footer class=\"notice\">{}</footer>", escaped(notice));
  return out + "</body></html>\n";
}

}  // namespace varne
