/// The report's tables: the people's account, the claims beside it, incidents, rescues, the timeline.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "varne/report/report_parts.h"
#include "varne/room/phrases.h"

namespace varne::page {
namespace {

HeadCount& operator+=(HeadCount& sum, HeadCount more) {
  sum = {sum.low + more.low, sum.high + more.high};
  return sum;
}

std::string row(const std::vector<std::string>& cells, const char* kind = "") {
  std::string out = fmt::format("<tr{}>", *kind == 0 ? "" : fmt::format(" class=\"{}\"", kind));
  for (const std::string& cell : cells) out += "<td>" + cell + "</td>";
  return out + "</tr>";
}

/// A posting, and when what it stands on was: a span where that is not known better.
struct Counted {
  Posting posting;
  std::string when;
};

/// The postings of the books that no correction has replaced.
std::vector<Counted> standing_postings(const ReportFacts& facts, Time of_day) {
  const auto& postings = facts.people.postings();
  std::set<std::size_t> corrected;
  for (const Posting& posting : postings) {
    if (posting.revises) corrected.insert(*posting.revises);
  }
  std::vector<Counted> out;
  for (std::size_t i = 0; i < postings.size(); ++i) {
    if (corrected.contains(i)) continue;
    const auto [said, error_s] = facts.posted.at(i);
    out.push_back({postings[i], error_s > 0 ? span(said, error_s, of_day) : clock(postings[i].time, of_day)});
  }
  return out;
}

const ReportFacts::Boat* boat_of(const ReportFacts& facts, const std::string& incident) {
  for (const auto& [number, boat] : facts.boats) {
    if (boat.last && boat.last->incident == incident) return &boat;
  }
  return nullptr;
}

std::string name_of_boat(const ReportFacts& facts, const std::string& incident) {
  const auto* boat = boat_of(facts, incident);
  return boat == nullptr ? incident : name_of(*boat);
}

/// Where everybody is, the accounts that are settled before those that are not.
std::string credit_rows(const PeopleBooks& books, HeadCount& sum) {
  constexpr std::pair<PeopleState, const char*> order[] = {
      {PeopleState::landed, "Landed"},
      {PeopleState::handed_over, "Handed over ashore"},
      {PeopleState::prevented, "Prevented from leaving"},
      {PeopleState::dead, "Found dead"},
      {PeopleState::rescued, "Aboard a unit, not yet landed"},
      {PeopleState::at_sea, "Still at sea"},
      {PeopleState::missing, "Missing"}};
  std::string out;
  const auto balances = books.balances();
  for (const auto& [state, words] : order) {
    const bool open =
        state == PeopleState::rescued || state == PeopleState::at_sea || state == PeopleState::missing;
    for (const auto& [account, count] : balances) {
      if (account.state != state) continue;
      sum += count;
      const std::string of = account.of.empty() ? "" : fmt::format(", {}", escaped(account.of));
      out += row({fmt::format("{}{}{}", words, of, open ? " <b class=\"tag\">open</b>" : ""), number(count)},
                 open ? "open" : "");
    }
  }
  return out;
}

std::string claims_table(const ReportFacts& facts, Time of_day) {
  if (facts.claims.empty()) return "";
  std::string out =
      "<h3>Published figures, beside the count</h3><p>What others published, with source and date. None of "
      "it "
      "enters the account.</p><div "
      "class=\"wide\"><table><thead><tr><th>Published</th><th>By</th><th>Of</th><th>"
      "What</th><th class=\"n\">People</th><th class=\"n\">Boats</th><th>Status</th></tr></thead><tbody>";
  for (const auto& claim : facts.claims) {
    const auto& [words, persons, boats] = std::tie(claim.body.words, claim.body.persons, claim.body.boats);
    if (!persons && !boats) continue;
    std::string subject = claim.body.subject;
    std::replace(subject.begin(), subject.end(), '_', ' ');
    out += fmt::format(
        "<tr><td class=\"when\">{}</td><td>{}</td><td class=\"when\">{}</td><td>{}{}</td><td "
        "class=\"n\">{}</td><td "
        "class=\"n\">{}</td>"
        "<td>{}</td></tr>",
        claim.error_s > 0 ? span(claim.said, claim.error_s, of_day) : clock(claim.time, of_day),
        escaped(claim.body.from), escaped(claim.body.about), escaped(subject),
        words.empty() ? "" : "<br><small>" + escaped(words) + "</small>", persons ? number(*persons) : "–",
        boats ? fmt::format("{}", *boats) : "–", escaped(claim.body.status));
  }
  return out + "</tbody></table></div>";
}

/// Where people were taken off the sea, and where they went: one line of the table of rescues.
struct Rescue {
  Posting taken;
  std::string when;
  std::string by;    ///< the unit, or that they came ashore on their own
  std::string then;  ///< "52 landed at Dover 06:12"
};

std::vector<Rescue> rescues_of(const ReportFacts& facts, Time of_day) {
  std::vector<Rescue> out;
  const auto postings = standing_postings(facts, of_day);
  for (const auto& [taken, when] : postings) {
    const bool off = taken.from.state == PeopleState::at_sea || taken.from.state == PeopleState::missing;
    if (!off || taken.to.state == PeopleState::missing || taken.persons.high == 0) continue;
    Rescue rescue{taken, when, taken.to.of, ""};
    if (taken.to.state == PeopleState::dead) {
      rescue.by = "–";
      rescue.then = fmt::format("{} found dead {}", number(taken.persons), when);
    } else if (taken.to.state != PeopleState::rescued) {
      rescue.by = "on their own";
      rescue.then = fmt::format("{} {} {}", number(taken.persons), escaped(phrases::state(taken.to)), when);
    }
    for (const auto& [next, next_when] : postings) {
      if (taken.to.state != PeopleState::rescued || next.boat != taken.boat || next.from != taken.to)
        continue;
      rescue.then += fmt::format("{}{} {} {}", rescue.then.empty() ? "" : "<br>", number(next.persons),
                                 escaped(phrases::state(next.to)), next_when);
    }
    if (rescue.then.empty()) rescue.then = "no landing recorded";
    out.push_back(std::move(rescue));
  }
  return out;
}

/// Of one boat: "52 by HMC Valiant 04:30, 52 landed at Dover 06:12", and who is not accounted for.
std::string story_of(const ReportFacts& facts, const std::vector<Rescue>& rescues,
                     const std::string& incident) {
  std::string out;
  const auto add = [&](const std::string& line) { out += (out.empty() ? "" : "<br>") + line; };
  for (const Rescue& rescue : rescues) {
    if (rescue.taken.boat != incident) continue;
    const bool rescued = rescue.taken.to.state == PeopleState::rescued;
    add(rescued ? fmt::format("{} by {} {}, {}", number(rescue.taken.persons), escaped(rescue.by),
                              rescue.when, rescue.then)
                : rescue.then);
  }
  for (const auto state : {PeopleState::at_sea, PeopleState::missing}) {
    if (const HeadCount count = facts.people.in(state, incident); count.high > 0)
      add(fmt::format("<b>{} {}</b>", number(count), phrases::state({state, ""})));
  }
  return out.empty() ? "nobody counted" : out;
}

/// When it opened, as a span where that is not known better.
std::string opened(const ReportFacts::Boat& boat, Time of_day) {
  return boat.opened_error_s > 0 ? span(boat.opened_said, boat.opened_error_s, of_day)
                                 : clock(boat.opened, of_day);
}

/// "<br>possibly the same as I7", a line for each.
std::string related(const ReportFacts& facts, const std::string& incident) {
  std::string out;
  for (const ReportFacts::Related& pair : facts.relations) {
    if (pair.incident != incident && pair.other != incident) continue;
    const std::string& other = pair.incident == incident ? pair.other : pair.incident;
    const char* how = pair.relation == "linked"          ? "linked with"
                      : pair.relation == "possibly_same" ? "possibly the same as"
                                                         : "confirmed the same as";
    out += fmt::format("<br><small>{} {} {}</small>", how, escaped(other),
                       escaped(name_of_boat(facts, other) == other ? "" : name_of_boat(facts, other)));
  }
  return out;
}

}  // namespace

/// "CROSS Gris-Nez since 05:00, then MRCC Dover since 06:10": one at every moment.
std::string coordination(const ReportFacts::Boat& boat, Time of_day) {
  std::string out;
  for (const auto& [centre, since] : boat.centres)
    out += fmt::format("{}{} since {}", out.empty() ? "" : ", then ", escaped(centre),
                       out.empty() ? opened(boat, of_day) : clock(since, of_day));
  return out;
}

std::string account_tables(const ReportFacts& facts, Time of_day) {
  const PeopleBooks& books = facts.people;
  HeadCount at_sea;
  HeadCount prevented;
  std::size_t craft = 0;
  for (const std::string& boat : books.boats()) {
    const bool sailed = boat_of(facts, boat) != nullptr;
    craft += sailed ? 1 : 0;
    (sailed ? at_sea : prevented) += books.in(PeopleState::set_out, boat);
  }
  const HeadCount all = books.in(PeopleState::set_out);
  HeadCount sum;
  const std::string credit = credit_rows(books, sum);
  std::string out =
      "<div class=\"account\"><table><thead><tr><th>Who set out</th><th class=\"n\">People</th></tr>"
      "</thead><tbody>";
  out += row({fmt::format("At sea, in {} craft", craft), number(at_sea)});
  if (prevented.high > 0) out += row({"Prevented before they were at sea", number(prevented)});
  out += "</tbody><tfoot>" + row({"All", number(all)}) + "</tfoot></table>";
  out += "<table><thead><tr><th>Where they are</th><th class=\"n\">People</th></tr></thead><tbody>" + credit +
         "</tbody><tfoot>" + row({"All", sum == all ? number(all) : number(all) + " in all"}) +
         "</tfoot></table></div>";
  // Who nobody has counted is in no book, and a balance is not to look as if it held them.
  const auto uncounted = uncounted_boats(facts);
  if (uncounted > 0)
    out += fmt::format(
        "<p class=\"balance\">Of {} open incident{} nobody has said how many set out: they are in no line "
        "here.</p>",
        uncounted, uncounted == 1 ? "" : "s");
  if (sum == all) {
    out += fmt::format("<p class=\"balance\">Both sides give {}: the account balances.</p>", number(all));
  } else {
    out +=
        "<p class=\"balance\">Some counts are ranges; every possible reading of them balances, so the ranges "
        "of single lines may add up to more than all.</p>";
  }
  return out + claims_table(facts, of_day);
}

std::size_t uncounted_boats(const ReportFacts& facts) {
  return static_cast<std::size_t>(std::count_if(facts.boats.begin(), facts.boats.end(), [&](const auto& one) {
    return is_counted_open(one.second) &&
           facts.people.in(PeopleState::set_out, one.second.last->incident).high == 0;
  }));
}

std::string incident_table(const ReportFacts& facts, Time of_day) {
  const auto rescues = rescues_of(facts, of_day);
  std::string out =
      "<div class=\"wide\"><table><thead><tr><th>Incident</th><th>Opened</th><th>Phase</th><th class=\"n\">"
      "People</th><th>Rescued and landed</th><th>Coordination</th><th>State</th></tr></thead><tbody>";
  for (const auto& [number_, boat] : facts.boats) {
    if (!boat.last) continue;
    const entries::IncidentSaid& last = *boat.last;
    const std::string& id = last.incident;
    const HeadCount persons = facts.people.in(PeopleState::set_out, id);
    out += fmt::format(
        "<tr{}><td><b>{}</b> {}<br><small>{}</small></td><td>{}</td><td>{}<br><small>{}</small></td>"
        "<td class=\"n\">{}</td><td>{}</td><td>{}{}</td><td>{}</td></tr>",
        last.open ? " class=\"open\"" : "", escaped(id), escaped(last.boat), escaped(last.craft),
        opened(boat, of_day), phase_said(boat), escaped(last.why), persons.high > 0 ? number(persons) : "–",
        story_of(facts, rescues, id), coordination(boat, of_day), related(facts, id),
        last.open ? "<b class=\"tag\">open</b>"
                  : fmt::format("<span class=\"when\">closed {}</span>", clock(boat.changed, of_day)));
  }
  return out + "</tbody></table></div>";
}

std::string rescue_tables(const ReportFacts& facts, Time of_day) {
  struct Work {
    HeadCount people;
    std::set<std::string> boats;
  };
  std::map<std::string, Work> by_unit;
  std::string rows;
  for (const Rescue& rescue : rescues_of(facts, of_day)) {
    const Posting& taken = rescue.taken;
    if (taken.to.state == PeopleState::rescued) {
      by_unit[taken.to.of].people += taken.persons;
      by_unit[taken.to.of].boats.insert(taken.boat);
    }
    rows += row({rescue.when, escaped(name_of_boat(facts, taken.boat)), number(taken.persons),
                 escaped(rescue.by), rescue.then});
  }
  if (rows.empty()) return "<p>Nobody, as far as was known.</p>";
  std::string units;
  for (const auto& [unit, work] : by_unit)
    units += row({escaped(unit), number(work.people), fmt::format("{}", work.boats.size())});
  return "<div class=\"wide\"><table "
         "class=\"rescues\"><thead><tr><th>When</th><th>Boat</th><th>People</th><th>By "
         "whom</th><th>Then</th></tr></thead><tbody>" +
         rows + "</tbody></table></div>" +
         (units.empty() ? ""
                        : "<h3>By unit</h3><div class=\"wide\"><table "
                          "class=\"units\"><thead><tr><th>Unit</th><th>People taken "
                          "aboard</th><th>Boats</th></tr></thead><tbody>" +
                              units + "</tbody></table></div>");
}

std::string timeline(const ReportFacts& facts, Time of_day) {
  std::string out;
  std::string hour;
  for (const auto& line : facts.timeline) {
    const std::string this_hour = iso(line.time).substr(0, 13);
    if (this_hour != hour) {
      out += fmt::format("{}<h3>{}:00 UTC</h3><ol class=\"timeline\">", hour.empty() ? "" : "</ol>",
                         this_hour.substr(0, 10) == iso(of_day).substr(0, 10)
                             ? this_hour.substr(11)
                             : this_hour.substr(0, 10) + " " + this_hour.substr(11));
      hour = this_hour;
    }
    const std::string doubt = line.error_s > 0 ? fmt::format(" <b>({}: the time is not known better)</b>",
                                                             span(line.said, line.error_s, of_day))
                                               : "";
    out += fmt::format("<li class=\"{} {}\"><time>{}</time><span>{}{}</span></li>", escaped(line.kind),
                       escaped(line.change), iso(line.time).substr(11, 5), escaped(line.text), doubt);
  }
  return hour.empty() ? "<p>Nothing happened.</p>" : out + "</ol>";
}

}  // namespace varne::page
