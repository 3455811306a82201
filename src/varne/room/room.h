#pragma once
/// The room: a deterministic state machine. An `Event` goes in, entries come out. It reads no clock, no
/// socket, no file and no random source but the seeded one, so that live, replay and simulation cannot be
/// told apart.
///
/// Start here. `Room::apply` is a list of steps over machines, each a class with its own state and header,
/// which reads those above it and no other:
///
///     traffic.h     who is out there: tracks and units
///     counts.h      the people of every boat
///     incidents.h   the incidents, how they relate, who coordinates, when they close
///     beacons.h     distress beacons and safety texts
///     verdicts.h    what the doctrines allow for each boat
///     forecasts.h   where the lost may be
///     tasking.h     who goes where
///     proposals.h   who should go
///     alarms.h      what nobody may miss, and who has looked
///     partners.h    what other centres' desks are told, and have said
///
/// event.h has what goes in, entries.h what comes out, authority.h who may do what.

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "varne/core/json.h"
#include "varne/core/result.h"
#include "varne/record/entry.h"
#include "varne/room/alarms.h"
#include "varne/room/beacons.h"
#include "varne/room/counts.h"
#include "varne/room/event.h"
#include "varne/room/forecasts.h"
#include "varne/room/incidents.h"
#include "varne/room/log.h"
#include "varne/room/need.h"
#include "varne/room/partners.h"
#include "varne/room/proposals.h"
#include "varne/room/tasking.h"
#include "varne/room/traffic.h"
#include "varne/room/verdicts.h"
#include "varne/room/world.h"

namespace varne {

/// A value: a copy is a snapshot, and both go on alike from there. A copy costs the picture's tracks and the
/// day's incidents and postings, some hundred kilobytes on a busy day; the world and forecasts are shared.
class Room {
 public:
  explicit Room(std::shared_ptr<const World> world);

  /// Entries are numbered on from the last. Never fails: what cannot be believed is said in an entry.
  std::vector<Entry> apply(const Event& event);

  [[nodiscard]] Time now() const { return log_.now(); }
  [[nodiscard]] std::uint64_t last_entry() const { return log_.last(); }
  /// The record holds so many entries, whatever this version makes of what went in: the next is numbered on.
  void number_on_from(std::uint64_t last) { log_.number_on_from(last); }
  [[nodiscard]] const World& world() const { return *world_; }
  [[nodiscard]] const Picture& picture() const { return traffic_.picture(); }
  [[nodiscard]] const std::map<std::string, UnitPosition>& unit_positions() const {
    return traffic_.unit_positions();
  }
  /// Ids of tracks that the last `apply` changed, each once: what a console is told at once. (Entries about
  /// tracks are fewer; docs/entries.md has the rule.)
  [[nodiscard]] const std::vector<std::string>& touched_tracks() const { return traffic_.touched(); }
  [[nodiscard]] const std::map<std::string, Incident>& incidents() const { return incidents_.all(); }
  [[nodiscard]] const Incidents::Relations& relations() const { return incidents_.relations(); }
  [[nodiscard]] const PeopleBooks& people() const { return counts_.books(); }
  /// What was said of how many an incident's boat had aboard.
  [[nodiscard]] const Count& count_of(const std::string& incident) const { return counts_.of(incident); }
  /// Published figures, in order of arrival.
  [[nodiscard]] const std::vector<reports::Claim>& claims() const { return counts_.claims(); }
  /// Forecasts not yet answered, oldest first.
  [[nodiscard]] const std::deque<ForecastRequest>& pending() const { return forecasts_.pending(); }
  /// The latest forecast of an incident, or null; and its id, or "".
  [[nodiscard]] std::shared_ptr<const DriftRun> forecast(const std::string& incident) const {
    return forecasts_.run(incident);
  }
  [[nodiscard]] const std::string& forecast_id(const std::string& incident) const {
    return forecasts_.latest(incident);
  }
  /// Units that can take people aboard, soonest first; empty where the incident or its place is not known.
  [[nodiscard]] std::vector<UnitReach> nearest_units(const std::string& incident, std::size_t most = 3) const;
  [[nodiscard]] const Tasking& tasking() const { return tasking_; }
  [[nodiscard]] const Proposals& proposals() const { return proposals_; }
  [[nodiscard]] const Alarms& alarms() const { return alarms_; }
  [[nodiscard]] const Partners& partners() const { return partners_; }
  /// In alert or distress, its people may be adrift, and nobody goes.
  [[nodiscard]] bool unassigned(const Incident& incident) const {
    return tasking_.unassigned(incidents_, counts_, incidents_.head_of(incident));
  }
  /// Who has a task of this boat, under any of its numbers.
  [[nodiscard]] std::vector<const UnitTask*> assigned(const Incident& incident) const {
    return tasking_.of(incidents_, incident);
  }
  [[nodiscard]] UnitStatus status(const Unit& unit) const { return tasking_.status(counts_, unit); }
  /// How badly a boat needs somebody.
  [[nodiscard]] Need need(const Incident& incident) const;
  /// Who can be with a boat, soonest first: units, and ships that AIS hears. For the server's one thread.
  [[nodiscard]] std::vector<Reacher> who_reaches(const Incident& incident) const;
  /// Units that declined this boat, by name.
  [[nodiscard]] std::set<std::string> declined(const Incident& incident) const {
    return tasking_.declined(incidents_, incident);
  }
  /// Why an order that stands is refused whatever it is about: a task or a unit that there is not; "" where
  /// it is not.
  [[nodiscard]] std::string fault_of(const reports::Order& order) const;
  /// What is known of an incident now, as the doctrines ask it. Needs a world with rules.
  [[nodiscard]] Encounter encounter(const Incident& incident) const {
    return verdicts_.encounter(incidents_, counts_, now(), incident);
  }
  /// Every response as the doctrines rule on it now (`Verdicts::rulings`); empty where it is not known.
  [[nodiscard]] Json verdicts(const std::string& incident) const;
  /// How far each response is from having all its conditions (`Verdicts::shortfalls`).
  [[nodiscard]] std::span<const Shortfall> shortfalls(const Incident& incident) const {
    return verdicts_.shortfalls(incidents_.head_of(incident));
  }
  /// Number of the last entry that gave or changed one of its verdicts; 0 where none has.
  [[nodiscard]] std::uint64_t last_verdict(const Incident& incident) const {
    return verdicts_.last(incidents_.head_of(incident));
  }

  /// Everything that the room remembers, as bytes (core/fields_bytes.h): good for this very version only.
  [[nodiscard]] std::string state(std::size_t about = 0) const;
  /// The room again, in the same world; it goes on to the same entries. Refuses bytes that are not a whole
  /// state.
  static Result<Room> from_state(std::shared_ptr<const World> world, std::string_view bytes);

 private:
  // room.cpp: what is neither said by a person nor seen
  void open_day();
  void take(const ClockTick& /*tick*/) {}  // every event moves the clock
  void take(const Observation& observation);
  void take(const ForecastAnswer& answer);
  void take(const SegmentClosed& segment);
  void take(const LineRefused& line);
  void take(const FeedState& state);
  void take(const ProgramStarted& program);
  void take(const RecordSigned& record);
  void alarm(const Observation& observation);

  // letters_heard.cpp: what the desks of other centres say
  void take(const PartnerLetter& letter);
  Done take_letter(const std::string& centre, const letters::Incident& said);
  Done take_letter(const std::string& centre, const letters::Word& said);
  Done take_letter(const std::string& centre, const letters::Passing& said);
  Done take_letter(const std::string& centre, const letters::Told& said);
  Done take_letter(const std::string& centre, const letters::Head& said);
  Done take_letter(const std::string& centre, const letters::Tracks& said);
  Done take_letter(const std::string& centre, const letters::OfferedUnit& said);

  // reports.cpp: what people say of a boat
  void take_report(const Observation& observation, const Report& report);
  void follow(const Heard& heard, const std::string& note);
  void hear_of_boat(const Heard& heard, const std::string& note);
  void take_prevented(const reports::DeparturePrevented& report, const Heard& heard, const std::string& note);
  void take_handed_over(const reports::HandedOver& report, const Heard& heard, const std::string& note);
  void land_unnamed(const reports::Landing& report, const Heard& heard, const std::string& note);
  void account_for(const std::string& own, const Heard& heard, const std::string& note);

  // orders.cpp: what people say in a role
  void take_order(const reports::Order& report, Heard heard);
  void take_answer(const reports::TaskAnswer& answer, const Heard& heard, const std::string& note);
  void take_consent(const reports::Consent& report, Heard heard);
  void take_override(const reports::Override& report);
  void take_fact(const reports::Fact& report, const Heard& heard, const std::string& note);
  const Incident* spoken_of(const ReportHead& report);
  void obey(const reports::Order& order);
  void count_again(const Incidents::Regrouped& parts, const reports::Order& order);

  [[nodiscard]] Incidents::Step step() { return {log_, traffic_, counts_}; }
  [[nodiscard]] Tasking::Step tasking_step() { return {log_, traffic_, counts_, incidents_, forecasts_}; }
  [[nodiscard]] Proposals::Step proposals_step() {
    return {log_, traffic_, counts_, incidents_, forecasts_, tasking_};
  }

  auto members() {
    return std::tie(log_, traffic_, counts_, incidents_, beacons_, verdicts_, forecasts_, tasking_,
                    proposals_, alarms_, partners_, reports_);
  }
  friend class BytesOut;
  friend class BytesIn;

  std::shared_ptr<const World> world_;
  Log log_;
  Traffic traffic_;
  Counts counts_;
  Incidents incidents_;
  Beacons beacons_;
  Verdicts verdicts_;
  Forecasts forecasts_;
  Tasking tasking_;
  Proposals proposals_;
  Alarms alarms_;
  Partners partners_;
  std::set<std::string> reports_;     ///< source and id of every report taken
  const Speaker* speaker_ = nullptr;  ///< of the event being applied
};

}  // namespace varne
