#include "varne/room/counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "varne/feed/report_words.h"
#include "varne/room/phrases.h"

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

const Count& Counts::of(const std::string& incident) const {
  static const Count nothing;
  const auto found = counts_.find(incident);
  return found == counts_.end() ? nothing : found->second;
}

bool Counts::accounted_for(const std::string& incident) const {
  // Somebody must have said how many there were: a boat of which nothing is known is not accounted for.
  const Count& count = of(incident);
  const bool counted = books_.in(PeopleState::set_out, incident).high > 0;
  const bool known = count.settled || (counted && (estimated(count) || count.cleared));
  return known && books_.accounted_for(incident);
}

bool Counts::post(Log& log, const Incident* incident, const std::string& boat, Account from, Account to,
                  HeadCount persons, const ReportHead& report) {
  if (persons.high == 0) return true;
  const auto done = books_.post({.time = log.now(),
                                 .boat = boat,
                                 .from = std::move(from),
                                 .to = std::move(to),
                                 .persons = persons,
                                 .source = report.id});
  if (!done) {
    log.refuse(report, done.error().text());
    return false;
  }
  tell(log, incident, books_.postings().back());
  return true;
}

bool Counts::revise(Log& log, const Incident& incident, std::size_t posting, HeadCount persons,
                    const ReportHead& report, const std::string& reason) {
  if (books_.postings()[posting].persons == persons) return true;
  const auto done = books_.revise(posting, persons, log.now(), report.id, reason);
  if (!done) {
    log.refuse(report, fmt::format("{}: {}", incident.id, done.error().text()));
    return false;
  }
  tell(log, &incident, books_.postings().back());
  return true;
}

void Counts::tell(Log& log, const Incident* incident, const Posting& posting) {
  log.say([&] {
    const std::string whose = incident == nullptr ? posting.boat : spoken(*incident);
    const bool sets_out = posting.from.state == PeopleState::set_out && posting.to == at_sea;
    const std::string where = sets_out ? "set out" : phrases::state(posting.to);
    entries::PeoplePosted body{
        .text = fmt::format("{}: {} {}", whose, phrases::people(posting.persons), where),
        .boat = posting.boat,
        .incident = incident == nullptr ? "" : incident->id,
        .from = name_of(posting.from.state),
        .from_of = posting.from.of,
        .to = name_of(posting.to.state),
        .to_of = posting.to.of,
        .persons = posting.persons,
        .source = posting.source};
    if (posting.revises) {
      body.revises = *posting.revises + 1;  // postings count from 1 in the record
      body.reason = posting.reason;
      body.text = fmt::format("{}: corrected to {} {}: {}", whose, phrases::people(posting.persons), where,
                              posting.reason);
    }
    return body;
  });
}

/// The postings of a boat that no correction has replaced, in the order in which they happened.
std::vector<std::size_t> Counts::standing(const std::string& boat) const {
  std::vector<std::size_t> numbers = books_.counting_of(boat);
  std::erase_if(numbers, [&](std::size_t number) { return taken_back_.contains(number); });
  return numbers;
}

std::optional<std::size_t> Counts::standing(const std::string& boat, PeopleState from, PeopleState to) const {
  for (const std::size_t number : standing(boat)) {
    const Posting& posting = books_.postings()[number];
    if (posting.from.state == from && posting.to.state == to) return number;
  }
  return std::nullopt;
}

/// Makes every posting of a boat nought, the last first, so that its people can be counted again.
void Counts::take_back(Log& log, const Incident& incident, const ReportHead& order, const std::string& why) {
  const auto numbers = standing(incident.id);
  for (auto number = numbers.rbegin(); number != numbers.rend(); ++number) {
    const std::size_t before = books_.postings().size();
    const bool done = revise(log, incident, *number, {}, order, why);
    assert(done);  // without all that came after it, it can be taken back
    static_cast<void>(done);
    taken_back_.insert(books_.postings().size() > before ? before : *number);
  }
  counts_.erase(incident.id);
}

/// What one report does to the account of the boat it is about.
void Counts::account(Log& log, const Incident& incident, const Heard& heard) {
  const std::size_t before = of(incident.id).persons.size();
  std::visit(Overloaded{[&](const reports::Order& order) { settle(log, incident, order); },
                        [&](const reports::DeparturePrevented& r) {
                          take_off(log, incident, {PeopleState::prevented, r.country}, r.persons, r);
                        },
                        [&](const reports::HandedOver& r) {
                          const Account from = r.unit.empty() ? Account{PeopleState::landed, r.port}
                                                              : Account{PeopleState::rescued, r.unit};
                          post(log, incident, from, {PeopleState::handed_over, r.to}, r.persons, r);
                        },
                        [&](const reports::Landing& landing) {
                          heard.share ? bring_ashore(log, incident, landing)
                                      : count(log, incident, heard.report);
                        },
                        [&](const auto& /*of its people*/) { count(log, incident, heard.report); }},
             heard.report);
  const auto count = counts_.find(incident.id);
  if (count == counts_.end()) return;
  for (std::size_t i = before; i < count->second.persons.size(); ++i)
    count->second.persons[i].time = heard.at;
}

void Counts::count(Log& log, const Incident& incident, const Report& report) {
  Count& count = counts_[incident.id];
  const ReportHead& head = report_head(report);
  const auto* recovered = std::get_if<reports::Recovered>(&report);
  const auto* landing = std::get_if<reports::Landing>(&report);
  const bool by_hand = recovered != nullptr || landing != nullptr;
  const std::string& unit = unit_of(report);
  if (const auto persons = persons_of(report)) {
    const auto repeated =
        std::find_if(count.persons.begin(), count.persons.end(), [&](const PersonsClaim& claim) {
          return by_hand && claim.counted == by_hand && claim.kind == kind_of(report) && claim.unit == unit &&
                 claim.persons == *persons && claim.from != head.from;
        });
    if (repeated != count.persons.end())
      return log.refuse(head, fmt::format("{} said the same of {} (report {}); taken for the same people",
                                          repeated->from, unit, repeated->source));
    count.persons.push_back(
        {log.now(), head.id, head.from, *persons, by_hand, std::string(kind_of(report)), unit});
    // A count that was settled holds until somebody says that there were more.
    if (!by_hand && count.settled && persons->low > count.settled->high) count.settled.reset();
    if (!by_hand) {
      expect(log, incident, head);
      declare_missing(log, incident, head);
    }
  }
  if (recovered != nullptr) recover(log, incident, *recovered);
  const bool on_their_own = landing != nullptr && unit.empty();
  if (landing != nullptr && !on_their_own) bring_ashore(log, incident, *landing);
  if (on_their_own) take_off(log, incident, {PeopleState::landed, landing->port}, landing->persons, *landing);
  if (found_empty(report) || on_their_own) clear(log, incident, head);
}

/// Those taken from the water or the craft so far, by the postings that stand.
HeadCount Counts::taken_off(const std::string& boat, bool from_missing_too) const {
  HeadCount sum;
  for (const std::size_t number : standing(boat)) {
    const Posting& posting = books_.postings()[number];
    if (posting.to == missing) continue;
    if (posting.from == at_sea || (from_missing_too && posting.from == missing)) {
      sum.low += posting.persons.low;
      sum.high += posting.persons.high;
    }
  }
  return sum;
}

/// How many must have set out for the counts made by hand to be possible, whatever anybody estimated.
std::int32_t Counts::least_set_out(const std::string& boat) const {
  std::vector<std::pair<std::size_t, std::int32_t>> guessed;
  if (const auto lost = standing(boat, PeopleState::at_sea, PeopleState::missing))
    guessed.emplace_back(*lost, books_.postings()[*lost].persons.high);
  if (const auto all = standing(boat, PeopleState::set_out, PeopleState::at_sea))
    guessed.emplace_back(*all, most_persons);
  return books_.set_out_if(boat, guessed).low;
}

/// The most whose whereabouts may be known: aboard a unit, ashore, or found dead.
std::int32_t Counts::most_accounted(const std::string& boat) const {
  std::int32_t sum = 0;
  for (const auto state : {PeopleState::rescued, PeopleState::landed, PeopleState::handed_over,
                           PeopleState::dead, PeopleState::prevented})
    sum += books_.in(state, boat).high;
  return sum;
}

HeadCount Counts::held(const std::string& boat, const Account& account) const {
  return books_.held(account, boat);
}

/// Brings the books to what is now thought to have set out: the settled count, or the estimates, and in any
/// case room for those counted by hand and `more` who are about to be.
void Counts::expect(Log& log, const Incident& incident, const ReportHead& report, HeadCount more) {
  const HeadCount taken = taken_off(incident.id);
  const HeadCount counted{taken.low + more.low, taken.high + more.high};
  const Count& count = of(incident.id);
  HeadCount all = count.settled.value_or(estimated(count).value_or(counted));
  // A settled count may narrow what a unit gave as a range; an estimate may not, and people who turn up need
  // room beside all who were counted before them.
  const std::int32_t settled_high =
      more.high > 0 ? most_accounted(incident.id) + more.high : least_set_out(incident.id);
  all.high = std::max(all.high, count.settled ? settled_high : counted.high);

  const auto posted = standing(incident.id, PeopleState::set_out, PeopleState::at_sea);
  // Those about to be counted may be some of the missing.
  const HeadCount from_sea = taken_off(incident.id, false);
  const HeadCount gone = rest(all, {from_sea.low, from_sea.high + more.high});
  set_missing(log, incident, gone, report, true);
  if (!posted) {
    post(log, incident, {PeopleState::set_out, ""}, at_sea, all, report);
  } else {
    const std::string why = count.settled ? "nobody is left aboard, counted by hand"
                            : counted.high > books_.postings()[*posted].persons.high
                                ? "more were counted than had been estimated"
                                : "estimates side by side";
    revise(log, incident, *posted, all, report, why);
  }
  set_missing(log, incident, gone, report, false);
}

/// Once people were declared missing, how many they are follows how many are thought to have set out.
void Counts::set_missing(Log& log, const Incident& incident, HeadCount persons, const ReportHead& report,
                         bool only_lower) {
  const auto posted = standing(incident.id, PeopleState::at_sea, PeopleState::missing);
  if (!posted) return;
  if (only_lower) persons = least(persons, books_.postings()[*posted].persons);
  revise(log, incident, *posted, persons, report, "follows the count of those who set out");
}

/// Moves people counted by hand from the sea, or from the missing where they are found.
void Counts::take_off(Log& log, const Incident& incident, const Account& to, HeadCount persons,
                      const ReportHead& report) {
  if (persons.high == 0) return;
  expect(log, incident, report, persons);
  const bool found = held(incident.id, at_sea).high < persons.high;
  post(log, incident, found ? missing : at_sea, to, persons, report);
}

void Counts::recover(Log& log, const Incident& incident, const reports::Recovered& report) {
  if (!report.persons) return;
  const HeadCount dead = least(report.dead.value_or(HeadCount{}), *report.persons);
  take_off(log, incident, {PeopleState::dead, ""}, dead, report);
  take_off(log, incident, {PeopleState::rescued, report.unit}, rest(*report.persons, dead), report);
}

/// A unit sets people ashore: those it took aboard, then those it took over from other units, then any that
/// nobody had reported taken off.
void Counts::bring_ashore(Log& log, const Incident& incident, const reports::Landing& report) {
  const HeadCount persons = report.persons;
  const Account aboard{PeopleState::rescued, report.unit};
  // Asked anew after each move: it tells something about all the others.
  const auto lacking = [&] {
    const std::int32_t known = held(incident.id, aboard).high;
    return HeadCount{std::max(0, persons.low - known), std::max(0, persons.high - known)};
  };
  for (const auto& [account, before] : books_.balances(incident.id)) {
    if (account.state != PeopleState::rescued || account == aboard) continue;
    const std::int32_t others = held(incident.id, account).high;
    post(log, incident, account, aboard, least(lacking(), {others, others}), report);
  }
  take_off(log, incident, aboard, lacking(), report);
  post(log, incident, aboard, {PeopleState::landed, report.port}, persons, report);
}

/// Somebody there says that nobody is left aboard. Where people were taken off before and every estimate
/// allows their number, that was everybody; otherwise whoever is left over is missing.
void Counts::clear(Log& log, const Incident& incident, const ReportHead& report) {
  Count& count = counts_[incident.id];
  count.cleared = true;
  const HeadCount taken = taken_off(incident.id);
  if (taken.low > 0 && agrees(count, taken)) count.settled = taken;
  expect(log, incident, report);
  declare_missing(log, incident, report);
}

/// Whoever is left over once the craft is known to be empty. (What is declared already follows
/// `set_missing`.)
void Counts::declare_missing(Log& log, const Incident& incident, const ReportHead& report) {
  if (!of(incident.id).cleared || standing(incident.id, PeopleState::at_sea, PeopleState::missing)) return;
  post(log, incident, at_sea, missing, held(incident.id, at_sea), report);
}

/// The coordinating centre says how many there were. False where that cannot be.
bool Counts::settle(Log& log, const Incident& incident, const reports::Order& order) {
  const std::int32_t known = least_set_out(incident.id);
  if (!order.persons || order.persons->low < known) {
    log.refuse(order, !order.persons
                          ? "\"settle_count\" says in \"persons\" how many had set out"
                          : fmt::format("{} of {} have been counted already", known, spoken(incident)));
    return false;
  }
  counts_[incident.id].settled = order.persons;
  expect(log, incident, order);
  declare_missing(log, incident, order);
  return true;
}

bool Counts::may_be_adrift(const std::string& incident) const {
  for (const PeopleState state : {PeopleState::at_sea, PeopleState::missing})
    if (books_.in(state, incident).high > 0) return true;
  const Count& count = of(incident);
  return !count.settled && !estimated(count);
}

void Counts::prevent_ashore(Log& log, const reports::DeparturePrevented& report) {
  // A number that no incident has is no label: it would count to whichever incident gets it.
  const bool labelled = !report.boat.empty() && !is_incident_number(report.boat);
  const std::string boat = labelled ? report.boat : "report " + report.id;
  post(log, nullptr, boat, {PeopleState::set_out, ""}, {PeopleState::prevented, report.country},
       report.persons, report);
}

void Counts::claim(Log& log, const reports::Claim& report, const Incident* incident) {
  claims_.push_back(report);
  std::string what = phrases::unscored(report.subject);
  if (report.persons) what = phrases::people(*report.persons) + " " + what;
  if (!report.about.empty()) what += " on " + report.about;
  if (report.boats) what += fmt::format(", {} boats", *report.boats);
  if (!report.persons && !report.boats) what += ": " + report.text;
  log.say(entries::ClaimSaid{.text = fmt::format("Published by {}{}: {}; kept beside the count", report.from,
                                                 incident == nullptr ? "" : " of " + spoken(*incident), what),
                             .from = report.from,
                             .subject = report.subject,
                             .status = report.status,
                             .about = report.about,
                             .persons = report.persons,
                             .boats = report.boats,
                             .boat = report.boat,
                             .words = report.text,
                             .at = report.place,
                             .error_m = report.place ? report.place_error_m : 0,
                             .incident = incident == nullptr ? "" : incident->id,
                             .source = report.id});
}

}  // namespace varne
