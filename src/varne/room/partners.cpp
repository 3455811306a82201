#include "varne/room/partners.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "varne/core/json.h"
#include "varne/feed/report_reader.h"
#include "varne/feed/report_words.h"
#include "varne/room/phrases.h"

namespace varne {
namespace {

/// So near the other centre's region, both want to know of a boat: an hour's way of one.
constexpr double near_m = 6 * 1852.0;

/// Tracks near the line are told so often at the most.
constexpr Duration between_tracks = std::chrono::minutes(1);

/// Behind an incident's number, of one that another desk opened: "I7@CROSS-Gris-Nez".
constexpr char at_sign = '@';

std::string dashed(std::string centre) {
  std::replace(centre.begin(), centre.end(), ' ', '-');
  return centre;
}

/// Hand-overs go by words of their own, which say which offer they are about.
bool is_of_a_hand_over(const Report& report) {
  const auto* order = std::get_if<reports::Order>(&report);
  return order != nullptr && order->task.ends_with("hand_over");
}

std::vector<const Heard*> in_order(const Incident& incident, std::uint64_t after) {
  std::vector<const Heard*> out;
  for (const auto* list : {&incident.history, &incident.said}) {
    for (const Heard& heard : *list)
      if (heard.entry > after) out.push_back(&heard);
  }
  std::sort(out.begin(), out.end(), [](const Heard* a, const Heard* b) { return a->entry < b->entry; });
  return out;
}

}  // namespace

std::uint64_t Partners::heard_from(const std::string& centre) const {
  const auto joined = joined_.find(centre);
  return joined == joined_.end() ? 0 : joined->second.heard;
}

const std::vector<std::uint64_t>& Partners::told(const std::string& centre) const {
  static const std::vector<std::uint64_t> none;
  const auto joined = joined_.find(centre);
  return joined == joined_.end() ? none : joined->second.told;
}

bool Partners::take(Log& log, const Incidents& incidents, const PartnerLetter& letter) {
  if (!is_joined(*world_, letter.centre)) return false;
  Joined& joined = joined_[letter.centre];
  if (letter.number != joined.heard + 1) return false;
  joined.heard = letter.number;
  std::visit(
      [&]<class Body>(const Body& body) {
        std::string id;
        if constexpr (requires { body.incident; }) id = id_of(body.incident);
        log.say(entries::LetterSaid{.text = fmt::format("{}'s desk: {}", letter.centre, in_short(body)),
                                    .way = "heard",
                                    .centre = letter.centre,
                                    .letter = letter.number,
                                    .what = std::string(Body::kind),
                                    .incident = incidents.all().contains(id) ? id : "",
                                    .sent = letter.sent,
                                    .body = {canonical_of(body)}});
      },
      letter.said);
  return true;
}

std::string Partners::id_of(std::string_view name) const {
  const auto slash = name.find('/');
  if (slash == std::string_view::npos) return "";
  const auto centre = name.substr(0, slash), number = name.substr(slash + 1);
  if (!is_incident_number(number) || number.find(at_sign) != std::string_view::npos) return "";
  if (centre == own_centre(*world_)) return std::string(number);
  if (!is_joined(*world_, std::string(centre))) return "";
  return fmt::format("{}{}{}", number, at_sign, dashed(std::string(centre)));
}

std::string Partners::named(const Incident& incident) const {
  return fmt::format("{}/{}", incident.opened_by.empty() ? own_centre(*world_) : incident.opened_by,
                     incident.id.substr(0, incident.id.find(at_sign)));
}

void Partners::came_by_letter(const std::string& centre, std::uint64_t first, std::uint64_t last) {
  if (first <= last) theirs_[centre][first] = last;
}

bool Partners::came_from(const std::string& centre, std::uint64_t entry) const {
  const auto ranges = theirs_.find(centre);
  if (ranges == theirs_.end()) return false;
  const auto after = ranges->second.upper_bound(entry);
  return after != ranges->second.begin() && std::prev(after)->second >= entry;
}

/// Both regions' boats near the line, and whatever may change hands.
bool Partners::concerns(const std::string& centre, const Incidents& incidents,
                        const Incident& incident) const {
  if (incident.opened_by == centre || incident.centre == centre || incident.offered_to == centre) return true;
  const auto& shared = joined_.at(centre).incidents;
  for (const auto& [pair, relation] : incidents.relations()) {
    if (pair.first == incident.id && shared.contains(pair.second)) return true;
    if (pair.second == incident.id && shared.contains(pair.first)) return true;
  }
  return incident.place && is_near(centre, *incident.place);
}

bool Partners::is_near(const std::string& centre, Place at) const {
  const auto theirs = [&](Place there) { return world_->strait.zones.at(there).centre == centre; };
  if (theirs(at)) return true;
  for (int bearing = 0; bearing < 360; bearing += 45)
    if (theirs(destination(at, bearing, near_m))) return true;
  return false;
}

void Partners::share(Log& log, const std::string& centre, Joined& joined, const Incident& incident) {
  joined.incidents[incident.id];
  if (incident.opened_by == centre) return;  // they told us
  const letters::Incident body{.incident = named(incident),
                               .boat = incident.boat,
                               .phase = name_of(incident.phase),
                               .why = incident.why,
                               .centre = incident.centre,
                               .term = incident.term,
                               .opened = incident.opened};
  tell(log, centre, joined, incident.id, in_short(body), body);
}

void Partners::words(Log& log, const std::string& centre, Joined& joined, const Incidents& incidents,
                     const Incident& incident) {
  Shared& shared = joined.incidents.at(incident.id);
  const auto name_in_both = [&](const std::string& boat) {
    const Incident* other = incidents.of(boat);
    return other == nullptr ? "" : named(*other);
  };
  for (const Heard* heard : in_order(incident, shared.known)) {
    shared.known = heard->entry;
    if (came_from(centre, heard->entry) || is_of_a_hand_over(heard->report)) continue;
    letters::Word body{
        .incident = named(incident), .heard = heard->at, .report = {report_json(heard->report)}};
    if (const auto* order = std::get_if<reports::Order>(&heard->report);
        order != nullptr && !order->other.empty())
      body.other = name_in_both(order->other);
    for (const std::string& boat : may_be_of(heard->report))
      if (std::string name = name_in_both(boat); !name.empty()) body.may_be.push_back(std::move(name));
    tell(log, centre, joined, incident.id, phrases::sentence(heard->report), body);
  }
}

void Partners::coordination(Log& log, const std::string& centre, Joined& joined, const Incident& incident) {
  Shared& shared = joined.incidents.at(incident.id);
  if (incident.centre == centre || incident.offered_to == centre) joined.peer_of.insert(incident.id);
  if (!joined.peer_of.contains(incident.id)) return;
  const auto statement = incident.statement(own_centre(*world_));
  if (!statement || statement == shared.said) return;
  shared.said = statement;
  const letters::Passing body{.incident = named(incident),
                              .word = statement->word,
                              .term = statement->term,
                              .offer = statement->offer};
  tell(log, centre, joined, incident.id, in_short(body), body);
}

/// Verdicts and counts that this event led to, and departures prevented of no known boat.
void Partners::made_of_it(Log& log, const std::string& centre, Joined& joined, const Incidents& incidents,
                          const std::vector<Entry>& said) {
  for (const Entry& entry : said) {
    if (came_from(centre, entry.number) && entry.kind == entries::Reported::kind) continue;
    if (entry.kind == entries::VerdictGiven::kind || entry.kind == entries::PeoplePosted::kind) {
      const bool verdict = entry.kind == entries::VerdictGiven::kind;
      if (!is_shared(*world_, centre, verdict ? Sharable::verdicts : Sharable::counts)) continue;
      const Json body = *parse_json(entry.body);
      const auto of = body.find("incident");
      if (of == body.end() || !joined.incidents.contains(of->get<std::string>())) continue;
      const Incident& incident = incidents.at(*of);
      tell(log, centre, joined, incident.id, body.at("text").get<std::string>(),
           letters::Told{.incident = named(incident),
                         .what = entry.kind,
                         .text = body.at("text"),
                         .entry = entry.number});
    } else if (entry.kind == entries::Reported::kind && is_shared(*world_, centre, Sharable::prevented)) {
      const Json body = *parse_json(entry.body);
      if (body.contains("incident") || body.at("report").at("kind") != reports::DeparturePrevented::kind)
        continue;
      tell(log, centre, joined, "", body.at("text").get<std::string>(),
           letters::Word{.heard = entry.time, .report = {canonical(body.at("report"))}});
    }
  }
}

void Partners::update(Log& log, const Incidents& incidents, const Traffic& traffic) {
  if (world_->partners.empty()) return;
  const bool tracks = log.now() - tracks_told_ >= between_tracks;
  if (tracks) tracks_told_ = log.now();
  const std::vector<Entry> said = log.said();
  for (const std::string& centre : world_->partners) {
    Joined& joined = joined_[centre];
    for (const std::string& id : incidents.touched()) {
      const Incident& incident = incidents.at(id);
      if (!joined.incidents.contains(id)) {
        if (!concerns(centre, incidents, incident)) continue;
        share(log, centre, joined, incident);
      }
      words(log, centre, joined, incidents, incident);
      if (incident.same_as.empty()) coordination(log, centre, joined, incident);
    }
    made_of_it(log, centre, joined, incidents, said);
    if (!tracks) continue;
    forget_tracks(joined.view, log.now());
    if (is_shared(*world_, centre, Sharable::tracks)) near_tracks(log, centre, joined, traffic);
  }
}

bool Partners::head_due(Time now) const {
  return !world_->partners.empty() && news_ > last_head_.size &&
         (last_head_.size == 0 || now - last_head_at_ >= between_heads);
}

void Partners::tell_head(Log& log, letters::Head head) {
  last_head_ = {head.size, head.root};
  last_head_at_ = log.now();
  for (const std::string& centre : world_->partners) {
    Joined& joined = joined_[centre];
    letters::Head body = head;
    if (!std::exchange(joined.head_told, true)) {
      body.earlier = 0;
      body.proof.clear();
    }
    tell(log, centre, joined, "", in_short(body), body);
  }
}

const KeptHead* Partners::head_of(const std::string& centre) const {
  const auto joined = joined_.find(centre);
  return joined == joined_.end() || !joined->second.head ? nullptr : &*joined->second.head;
}

Done Partners::keep_head(const std::string& centre, const letters::Head& head, const KeptHead& heard) {
  auto& kept = joined_[centre].head;
  if (auto goes_on = follows(kept, head); !goes_on) return goes_on;
  kept = heard;
  return {};
}

}  // namespace varne
