#pragma once
/// The room: a deterministic state machine. An `Event` goes in, entries come out. It reads no clock, no
/// socket, no file and no random source but the seeded one, so that live, replay and simulation cannot be
/// told apart. Start here. event.h has what goes in, incident.h what an incident is, authority.h who may do
/// what; desk/replay.h drives the room through a recorded day.

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "varne/core/hash.h"
#include "varne/core/json.h"
#include "varne/doctrine/judge.h"
#include "varne/doctrine/rulebook.h"
#include "varne/drift/leeway.h"
#include "varne/feed/observation.h"
#include "varne/feed/report_reader.h"
#include "varne/fleet/unit.h"
#include "varne/people/people.h"
#include "varne/picture/picture.h"
#include "varne/record/entry.h"
#include "varne/room/event.h"
#include "varne/room/incident.h"
#include "varne/room/world.h"

namespace varne {

/// A unit and how soon it could be there.
struct UnitReach {
  std::string unit;
  double distance_m = 0;
  Duration time{};  ///< straight line at service speed
};

/// Slow work the room asked for (entry kind "forecast_requested"); the driver runs it and brings the answer
/// back.
struct ForecastRequest {
  std::string id;  ///< "F3"
  std::string incident;
  std::string leeway_key;
  Release release;
  DriftOptions options;
  Hash inputs{};  ///< of all of the above and the sea's sources, canonical
};

/// A person acts against a verdict: beside it, and it stays what it is. Never where life-first forbids the
/// response, and never in place of a consent.
struct Override {
  std::uint64_t entry = 0;
  std::string response;
  std::string from;
  std::string role;
  std::string reason;
  Time until;
};

/// A value: a copy is a snapshot, and both go on alike from there. A copy costs the picture's tracks and the
/// day's incidents and postings, some hundred kilobytes on a busy day; the world and forecasts are shared.
class Room {
 public:
  explicit Room(std::shared_ptr<const World> world);

  /// Entries are numbered on from the last. Never fails: what cannot be believed is said in an entry.
  std::vector<Entry> apply(const Event& event);

  /// Requests not yet answered, oldest first.
  [[nodiscard]] const std::deque<ForecastRequest>& pending() const { return pending_; }

  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] std::uint64_t last_entry() const { return last_; }
  [[nodiscard]] const World& world() const { return *world_; }
  [[nodiscard]] const Picture& picture() const { return picture_; }
  [[nodiscard]] const std::map<std::string, Incident>& incidents() const { return incidents_; }
  [[nodiscard]] const PeopleBooks& people() const { return people_; }
  [[nodiscard]] const std::map<std::string, UnitPosition>& unit_positions() const { return unit_positions_; }
  /// Published figures, in order of arrival, each with the time it bears.
  [[nodiscard]] const std::vector<TimedReport>& claims() const { return claims_; }
  /// How incidents are to each other, by pairs of ids, the earlier opened first.
  using Relations = std::map<std::pair<std::string, std::string>, Relation>;
  [[nodiscard]] const Relations& relations() const { return relations_; }
  /// The latest forecast of an incident, or null.
  [[nodiscard]] std::shared_ptr<const DriftRun> forecast(const std::string& incident) const;
  /// Units that can take people aboard, soonest first; empty where the incident or its place is not known.
  /// A unit that has not been heard of is taken to be at its base.
  [[nodiscard]] std::vector<UnitReach> nearest_units(const std::string& incident, std::size_t most = 3) const;
  /// What is known of an incident now, as the doctrines ask it. Needs a world with rules.
  [[nodiscard]] Encounter encounter(const Incident& incident) const;
  /// Every response as the doctrines rule on it now: `response`, `title`, `kind`, `ruling`, `summary`,
  /// `entry` (of the last entry that said so), `overrides`, and in `verdicts` the reasons of each doctrine
  /// (doctrine/reasons.h). Empty where the incident is closed, not known, or the world has no rules.
  [[nodiscard]] Json verdicts(const std::string& incident) const;
  /// Number of the last entry that gave or changed one of its verdicts; 0 where none has.
  [[nodiscard]] std::uint64_t last_verdict(const Incident& incident) const;
  /// Ids of tracks that the last `apply` changed, each once: what a console is told at once. (Entries about
  /// tracks are fewer; docs/entries.md has the rule.)
  [[nodiscard]] const std::vector<std::string>& touched_tracks() const { return touched_; }

 private:
  // room.cpp: the clock, tracks and units
  void say(const char* kind, const Json& body);
  void refuse(const Report& report, const std::string& why);
  void open_day();
  void take(const ClockTick& /*tick*/) {}  // every event moves the clock
  void take(const Observation& observation);
  void take(const ForecastAnswer& answer);
  void take(const SegmentClosed& segment);
  void take(const LineRefused& line);
  void take(const FeedState& state);
  void take(const ProgramStarted& program);
  void tell_tracks(const std::vector<TrackEvent>& events);
  void tell_track(TrackChange change, const Track& track);
  void move_unit(const Unit& unit, Place place, Vec velocity, Time time);

  // reports.cpp: what people say
  void take_report(const Observation& observation, const Report& report);
  void take_boat_report(const Observation& observation, const Report& report);
  void take_prevented(const Observation& observation, const Report& report);
  void take_handed_over(const Observation& observation, const Report& report);
  void take_unit_position(const Observation& observation, const Report& report);
  Incident* incident_of(const std::string& boat);
  Incident& open_incident(const Observation& observation, const Report& report);
  void update_incident(Incident& incident, const Heard& heard, bool opened);
  std::string opening(const Incident& incident) const;
  const Incident* possibly_same(const Incident& incident) const;
  bool place(Incident& incident, const Heard& heard) const;
  void raise(Incident& incident, const Reading& reading);
  void tell_incident(Incident& incident, const char* change, const std::string& text);
  void say_incident(Incident& incident, const char* change, const std::string& text);

  // endings.cpp: when an incident closes, and when its phase may fall
  void close_if_accounted(Incident& incident);
  void reopen_search(Incident& incident, const Report& report);
  void end_search(Incident& incident, const Report& order);
  void lower_phase(Incident& incident, const Report& order);
  std::vector<const Heard*> heard_of(const std::string& incident) const;

  // relations.cpp: which incidents are one boat
  Incident& head_of(Incident& incident);
  const Incident& head_of(const Incident& incident) const;
  std::vector<const Incident*> one_boat_with(const std::string& incident) const;
  void relate(const Report& order);
  void confirm_same(Incident& incident, Incident& other, const Report& order);
  void separate(Incident& incident, Incident& other, const Report& order);
  bool answers_for(const Report& order, const Incident& incident, const Incident& other);
  void may_be(Incident& incident, const Report& report);
  void set_relation(const Incident& incident, const Incident& other, std::optional<Relation> relation,
                    const std::string& text, const Report& source);
  void regroup(const std::vector<std::string>& ids);
  void count_again(const std::vector<std::string>& ids, const Report& order, const std::string& why);

  // orders.cpp: what people in a role say
  void hear(Incident& incident, const Observation& observation, const Report& report,
            const std::string& note);
  void take_order(const Observation& observation, const Report& report);
  void take_consent(const Observation& observation, const Report& report);
  void take_statement(const Observation& observation, const Report& report);
  void take_claim(const Observation& observation, const Report& report);
  void obey(const Report& order);
  void hand_over(Incident& incident, const Report& order);
  void answer_hand_over(Incident& incident, const Report& order);
  // counts.cpp: people
  bool post(const std::string& boat, Account from, Account to, HeadCount persons, const Report& report);
  bool revise(const std::string& boat, std::size_t posting, HeadCount persons, const Report& report,
              const std::string& reason);
  void tell_posting(const Posting& posting);
  std::vector<std::size_t> standing(const std::string& boat) const;
  std::optional<std::size_t> standing(const std::string& boat, PeopleState from, PeopleState to) const;
  void take_back(const std::string& boat, const Report& order, const std::string& why);
  void account(Incident& incident, const Heard& heard);
  void count(Incident& incident, const Report& report);
  void expect(Incident& incident, const Report& report, HeadCount more = {});
  void set_missing(const Incident& incident, HeadCount persons, const Report& report, bool only_lower);
  HeadCount taken_off(const std::string& boat, bool from_missing_too = true) const;
  std::int32_t least_set_out(const std::string& boat) const;
  std::int32_t most_accounted(const std::string& boat) const;
  HeadCount held(const std::string& boat, const Account& account) const;
  void take_off(Incident& incident, const Account& to, HeadCount persons, const Report& report);
  void recover(Incident& incident, const Report& report);
  void bring_ashore(Incident& incident, const Report& report, HeadCount persons);
  void land_unnamed(const Observation& observation, const Report& report);
  void clear(Incident& incident, const Report& report);
  void declare_missing(const Incident& incident, const Report& report);
  bool settle_count(Incident& incident, const Report& order);
  bool may_be_adrift(const Incident& incident) const;

  // encounters.cpp: what is known of a boat, as the doctrines ask it
  std::string territorial_sea(Place place) const;
  void tell_place(const Incident& incident, Encounter& encounter) const;

  // verdicts.cpp: what is allowed
  struct LastVerdict {
    std::string essence;  ///< the ruling and what each condition was
    std::string ruling;
    std::uint64_t entry = 0;
  };
  struct Judged {
    bool due = true;
    Time next;
    std::map<std::string, LastVerdict> verdicts;  ///< by response
    std::vector<Override> overrides;              ///< that stand
  };
  void say_doctrines();
  void touch(const Incident& incident);
  void judge_due();
  void judge_incident(const Incident& incident, Judged& judged);
  static std::string not_overridable(const std::vector<Judgement>& judgements, const std::string& response);
  void end_overrides(const Incident& incident, Judged& judged, const std::vector<Judgement>* judgements);
  void take_override(const Incident& incident, const Report& report);
  void take_fact(Incident& incident, const Observation& observation, const Report& report);
  void take_parameter(const Report& report);

  // forecasts.cpp: where the lost may be
  void ask_forecasts();
  bool forecast_due(const Incident& incident) const;
  void ask_forecast(Incident& incident);

  std::shared_ptr<const World> world_;
  Picture picture_;
  PeopleBooks people_;
  std::map<std::string, Incident> incidents_;
  std::map<std::string, std::string> labels_;  ///< boat label -> incident
  Relations relations_;
  std::map<std::string, Judged> judged_;  ///< by incident
  std::map<std::string, FactValue, std::less<>> parameters_;
  std::set<std::size_t> taken_back_;  ///< postings made nought when accounts were joined or parted
  std::map<std::string, UnitPosition> unit_positions_;
  std::map<std::string, Time> unit_said_;  ///< unit -> its last entry
  std::vector<TimedReport> claims_;
  std::set<std::string> reports_;  ///< source and id of every report taken
  std::deque<ForecastRequest> pending_;
  std::map<std::string, std::shared_ptr<const DriftRun>> forecasts_;
  std::map<std::string, Time> track_said_;  ///< track in the record -> its last entry
  std::vector<std::string> touched_;
  Speaker speaker_;          ///< of the event being applied
  std::vector<Entry> said_;  ///< by the event being applied; empty between two
  std::uint32_t requests_ = 0;
  std::uint64_t last_ = 0;
  Time now_;
};

}  // namespace varne
