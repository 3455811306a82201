/// People. Everybody of a boat sets out once (`set_out` to `at_sea`, as many as the estimates leave possible)
/// and is then moved by counts made by hand: taken aboard a unit, brought ashore, prevented, found dead. What
/// the counts leave over is still at sea, or missing once the craft was found empty.

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <nlohmann/json.hpp>

#include "varne/room/room.h"
#include "varne/room/words.h"

namespace varne {
namespace {

const Account at_sea{PeopleState::at_sea, ""};
const Account missing{PeopleState::missing, ""};

/// What the books take at the most for one posting.
constexpr std::int32_t most_persons = 100'000;

HeadCount least(HeadCount a, HeadCount b) {
  return {std::min(a.low, b.low), std::min(a.high, b.high)};
}

/// What is left of `all` once `part` is taken: a range again, never below zero.
HeadCount rest(HeadCount all, HeadCount part) {
  const std::int32_t high = std::max(0, all.high - part.low);
  return {std::clamp(all.low - part.high, 0, high), high};
}

}  // namespace

bool Room::post(const std::string& boat, Account from, Account to, HeadCount persons, const Report& report) {
  if (persons.high == 0) return true;
  const auto done = people_.post({.time = now_,
                                  .boat = boat,
                                  .from = std::move(from),
                                  .to = std::move(to),
                                  .persons = persons,
                                  .source = report.id});
  if (!done) {
    refuse(report, done.error().text());
    return false;
  }
  tell_posting(people_.postings().back());
  return true;
}

bool Room::revise(const std::string& boat, std::size_t posting, HeadCount persons, const Report& report,
                  const std::string& reason) {
  if (people_.postings()[posting].persons == persons) return true;
  const auto done = people_.revise(posting, persons, now_, report.id, reason);
  if (!done) {
    refuse(report, fmt::format("{}: {}", boat, done.error().text()));
    return false;
  }
  tell_posting(people_.postings().back());
  return true;
}

void Room::tell_posting(const Posting& posting) {
  const auto incident = incidents_.find(posting.boat);
  const std::string whose = incident == incidents_.end() ? posting.boat : spoken(incident->second);
  Json body{{"boat", posting.boat},
            {"from", name_of(posting.from.state)},
            {"to", name_of(posting.to.state)},
            {"persons", words::range(posting.persons)},
            {"source", posting.source}};
  if (!posting.from.of.empty()) body["from_of"] = posting.from.of;
  if (!posting.to.of.empty()) body["to_of"] = posting.to.of;
  if (incident != incidents_.end()) body["incident"] = posting.boat;
  const bool sets_out = posting.from.state == PeopleState::set_out && posting.to == at_sea;
  const std::string where = sets_out ? "set out" : words::state(posting.to);
  body["text"] = fmt::format("{}: {} {}", whose, words::people(posting.persons), where);
  if (posting.revises) {
    body["revises"] = *posting.revises + 1;  // postings count from 1 in the record
    body["reason"] = posting.reason;
    body["text"] = fmt::format("{}: corrected to {} {}: {}", whose, words::people(posting.persons), where,
                               posting.reason);
  }
  say("people", body);
}

/// The postings of a boat that no correction has replaced, in the order in which they happened.
std::vector<std::size_t> Room::standing(const std::string& boat) const {
  const auto& postings = people_.postings();
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < postings.size(); ++i) {
    if (postings[i].boat != boat) continue;
    if (!postings[i].revises) {
      numbers.push_back(i);
    } else {
      *std::find(numbers.begin(), numbers.end(), *postings[i].revises) = i;
    }
  }
  std::erase_if(numbers, [&](std::size_t number) { return taken_back_.contains(number); });
  return numbers;
}

std::optional<std::size_t> Room::standing(const std::string& boat, PeopleState from, PeopleState to) const {
  for (const std::size_t number : standing(boat)) {
    const Posting& posting = people_.postings()[number];
    if (posting.from.state == from && posting.to.state == to) return number;
  }
  return std::nullopt;
}

/// Makes every posting of a boat nought, the last first, so that its people can be counted again.
void Room::take_back(const std::string& boat, const Report& order, const std::string& why) {
  const auto numbers = standing(boat);
  for (auto number = numbers.rbegin(); number != numbers.rend(); ++number) {
    const std::size_t before = people_.postings().size();
    const bool done = revise(boat, *number, {}, order, why);
    assert(done);  // without all that came after it, it can be taken back
    static_cast<void>(done);
    taken_back_.insert(people_.postings().size() > before ? before : *number);
  }
}

/// What one report does to the account of the boat it is about.
void Room::account(Incident& incident, const Heard& heard) {
  const std::size_t before = incident.persons.size();
  if (heard.report.kind == ReportKind::order) {
    settle_count(incident, heard.report);
  } else if (heard.report.kind == ReportKind::departure_prevented) {
    take_off(incident, {PeopleState::prevented, heard.report.country}, *heard.report.persons, heard.report);
  } else if (heard.report.kind == ReportKind::handed_over) {
    const Account from = heard.report.unit.empty() ? Account{PeopleState::landed, heard.report.port}
                                                   : Account{PeopleState::rescued, heard.report.unit};
    post(incident.id, from, {PeopleState::handed_over, heard.report.to}, *heard.report.persons, heard.report);
  } else if (heard.share) {
    bring_ashore(incident, heard.report, *heard.report.persons);
  } else {
    count(incident, heard.report);
  }
  for (std::size_t i = before; i < incident.persons.size(); ++i) incident.persons[i].time = heard.at;
}

void Room::count(Incident& incident, const Report& report) {
  const bool by_hand = report.kind == ReportKind::recovered || report.kind == ReportKind::landing;
  if (report.persons) {
    const auto repeated =
        std::find_if(incident.persons.begin(), incident.persons.end(), [&](const PersonsClaim& claim) {
          return by_hand && claim.counted == by_hand && claim.kind == report.kind &&
                 claim.unit == report.unit && claim.persons == *report.persons && claim.from != report.from;
        });
    if (repeated != incident.persons.end())
      return refuse(report, fmt::format("{} said the same of {} (report {}); taken for the same people",
                                        repeated->from, report.unit, repeated->source));
    incident.persons.push_back(
        {now_, report.id, report.from, *report.persons, by_hand, report.kind, report.unit});
    // A count that was settled holds until somebody says that there were more.
    if (!by_hand && incident.settled && report.persons->low > incident.settled->high)
      incident.settled.reset();
    if (!by_hand) {
      expect(incident, report);
      declare_missing(incident, report);
    }
  }
  if (report.kind == ReportKind::recovered) recover(incident, report);
  if (report.kind == ReportKind::landing && report.persons && !report.unit.empty())
    bring_ashore(incident, report, *report.persons);
  if (report.kind == ReportKind::landing && report.persons && report.unit.empty())
    take_off(incident, {PeopleState::landed, report.port}, *report.persons, report);
  if (report.empty == true || (report.kind == ReportKind::landing && report.unit.empty()))
    clear(incident, report);
}

/// Those taken from the water or the craft so far, by the postings that stand.
HeadCount Room::taken_off(const std::string& boat, bool from_missing_too) const {
  HeadCount sum;
  for (const std::size_t number : standing(boat)) {
    const Posting& posting = people_.postings()[number];
    if (posting.to == missing) continue;
    if (posting.from == at_sea || (from_missing_too && posting.from == missing)) {
      sum.low += posting.persons.low;
      sum.high += posting.persons.high;
    }
  }
  return sum;
}

/// How many must have set out for the counts made by hand to be possible, whatever anybody estimated: asked
/// of a copy of the books that forgets the estimates.
std::int32_t Room::least_set_out(const std::string& boat) const {
  PeopleBooks counted = people_;
  for (const auto& [from, to] : {std::pair{PeopleState::at_sea, PeopleState::missing},
                                 std::pair{PeopleState::set_out, PeopleState::at_sea}}) {
    const auto posting = standing(boat, from, to);
    if (!posting) continue;
    const HeadCount open = from == PeopleState::set_out
                               ? HeadCount{0, most_persons}
                               : HeadCount{0, counted.postings()[*posting].persons.high};
    static_cast<void>(counted.revise(*posting, open, now_, "", "estimates forgotten"));
  }
  return counted.in(PeopleState::set_out, boat).low;
}

/// The most whose whereabouts may be known: aboard a unit, ashore, or found dead.
std::int32_t Room::most_accounted(const std::string& boat) const {
  std::int32_t sum = 0;
  for (const auto state : {PeopleState::rescued, PeopleState::landed, PeopleState::handed_over,
                           PeopleState::dead, PeopleState::prevented})
    sum += people_.in(state, boat).high;
  return sum;
}

HeadCount Room::held(const std::string& boat, const Account& account) const {
  const auto balances = people_.balances(boat);
  const auto found = balances.find(account);
  return found == balances.end() ? HeadCount{} : found->second;
}

/// Brings the books to what is now thought to have set out: the settled count, or the estimates, and in any
/// case room for those counted by hand and `more` who are about to be.
void Room::expect(Incident& incident, const Report& report, HeadCount more) {
  const HeadCount taken = taken_off(incident.id);
  const HeadCount counted{taken.low + more.low, taken.high + more.high};
  HeadCount all = incident.settled.value_or(estimated(incident).value_or(counted));
  // A settled count may narrow what a unit gave as a range; an estimate may not, and people who turn up need
  // room beside all who were counted before them.
  const std::int32_t settled_high =
      more.high > 0 ? most_accounted(incident.id) + more.high : least_set_out(incident.id);
  all.high = std::max(all.high, incident.settled ? settled_high : counted.high);

  const auto posted = standing(incident.id, PeopleState::set_out, PeopleState::at_sea);
  // Those about to be counted may be some of the missing.
  const HeadCount from_sea = taken_off(incident.id, false);
  const HeadCount gone = rest(all, {from_sea.low, from_sea.high + more.high});
  set_missing(incident, gone, report, true);
  if (!posted) {
    post(incident.id, {PeopleState::set_out, ""}, at_sea, all, report);
  } else {
    const std::string why = incident.settled ? "nobody is left aboard, counted by hand"
                            : counted.high > people_.postings()[*posted].persons.high
                                ? "more were counted than had been estimated"
                                : "estimates side by side";
    revise(incident.id, *posted, all, report, why);
  }
  set_missing(incident, gone, report, false);
}

/// Once people were declared missing, how many they are follows how many are thought to have set out.
void Room::set_missing(const Incident& incident, HeadCount persons, const Report& report, bool only_lower) {
  const auto posted = standing(incident.id, PeopleState::at_sea, PeopleState::missing);
  if (!posted) return;
  if (only_lower) persons = least(persons, people_.postings()[*posted].persons);
  revise(incident.id, *posted, persons, report, "follows the count of those who set out");
}

/// Moves people counted by hand from the sea, or from the missing where they are found.
void Room::take_off(Incident& incident, const Account& to, HeadCount persons, const Report& report) {
  if (persons.high == 0) return;
  expect(incident, report, persons);
  const bool found = held(incident.id, at_sea).high < persons.high;
  post(incident.id, found ? missing : at_sea, to, persons, report);
}

void Room::recover(Incident& incident, const Report& report) {
  if (!report.persons) return;
  const HeadCount dead = least(report.dead.value_or(HeadCount{}), *report.persons);
  take_off(incident, {PeopleState::dead, ""}, dead, report);
  take_off(incident, {PeopleState::rescued, report.unit}, rest(*report.persons, dead), report);
}

/// A unit sets people ashore: those it took aboard, then those it took over from other units, then any that
/// nobody had reported taken off.
void Room::bring_ashore(Incident& incident, const Report& report, HeadCount persons) {
  const Account aboard{PeopleState::rescued, report.unit};
  // Asked anew after each move: it tells something about all the others.
  const auto lacking = [&] {
    const std::int32_t known = held(incident.id, aboard).high;
    return HeadCount{std::max(0, persons.low - known), std::max(0, persons.high - known)};
  };
  for (const auto& [account, before] : people_.balances(incident.id)) {
    if (account.state != PeopleState::rescued || account == aboard) continue;
    const std::int32_t others = held(incident.id, account).high;
    post(incident.id, account, aboard, least(lacking(), {others, others}), report);
  }
  take_off(incident, aboard, lacking(), report);
  post(incident.id, aboard, {PeopleState::landed, report.port}, persons, report);
}

/// A landing that names a unit and no boat: its people are those the unit has aboard, where that leaves no
/// choice. Which of several boats a part of them came from is not guessed.
void Room::land_unnamed(const Observation& observation, const Report& report) {
  const Account aboard{PeopleState::rescued, report.unit};
  std::vector<Incident*> boats;
  HeadCount all;
  for (auto& [id, incident] : incidents_) {
    const HeadCount of_boat = held(id, aboard);
    if (of_boat.high == 0) continue;
    boats.push_back(&incident);
    all = {all.low + of_boat.low, all.high + of_boat.high};
  }
  if (boats.empty()) return take_boat_report(observation, report);
  if (boats.size() > 1 && (report.persons != all || !all.exact()))
    return refuse(report, fmt::format("{} has people of {} boats aboard; name the boat, or land all {}",
                                      report.unit, boats.size(), words::people(all)));
  for (const Incident* incident : boats) {
    if (one_boat_with(incident->id).size() > 1)
      return refuse(report,
                    fmt::format("{} is one boat known by several numbers; name the one by which these "
                                "people were taken aboard",
                                spoken(*incident)));
  }
  for (Incident* incident : boats) {
    Report share = report;
    if (boats.size() > 1) share.persons = held(incident->id, aboard);
    incident->notes.push_back({now_, report.id, words::sentence(report)});
    incident->history.push_back({last_, now_, observation.time, std::move(share), true});
    reopen_search(*incident, report);
    account(*incident, incident->history.back());
    close_if_accounted(*incident);
  }
}

/// Somebody there says that nobody is left aboard. Where people were taken off before and every estimate
/// allows their number, that was everybody; otherwise whoever is left over is missing.
void Room::clear(Incident& incident, const Report& report) {
  incident.cleared = true;
  const HeadCount taken = taken_off(incident.id);
  if (taken.low > 0 && agrees(incident, taken)) incident.settled = taken;
  expect(incident, report);
  declare_missing(incident, report);
}

/// Whoever is left over once the craft is known to be empty. (What is declared already follows
/// `set_missing`.)
void Room::declare_missing(const Incident& incident, const Report& report) {
  if (!incident.cleared || standing(incident.id, PeopleState::at_sea, PeopleState::missing)) return;
  post(incident.id, at_sea, missing, held(incident.id, at_sea), report);
}

/// The coordinating centre says how many there were. False where that cannot be.
bool Room::settle_count(Incident& incident, const Report& order) {
  const std::int32_t known = least_set_out(incident.id);
  if (!order.persons || order.persons->low < known) {
    refuse(order, !order.persons
                      ? "\"settle_count\" says in \"persons\" how many had set out"
                      : fmt::format("{} of {} have been counted already", known, spoken(incident)));
    return false;
  }
  incident.settled = order.persons;
  expect(incident, order);
  declare_missing(incident, order);
  return true;
}

/// False once the count says that nobody of this boat can be in the water or aboard any more.
bool Room::may_be_adrift(const Incident& incident) const {
  const bool counted = incident.settled || estimated(incident);
  return !counted || held(incident.id, at_sea).high > 0 || held(incident.id, missing).high > 0;
}

}  // namespace varne
