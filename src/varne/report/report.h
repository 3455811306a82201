#pragma once
/// A day's report: one HTML page that needs nothing but itself. It is made from the record's entries alone
/// (and the chart under the map), so that what it says can be checked against them line by line.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "varne/people/people.h"
#include "varne/record/entry.h"
#include "varne/room/entries.h"
#include "varne/room/room.h"
#include "varne/sea/coast.h"

namespace varne {

/// What a report tells, gathered from entries in their order.
class ReportFacts {
 public:
  void take(const Entry& entry);

  struct Line {
    Time time;
    std::string kind;
    std::string change;  ///< of an incident
    std::string text;
    Time said = {};      ///< the time of the report that it followed from
    double error_s = 0;  ///< to which that is good on either side; 0: no worse than `time`
  };
  struct Claim {
    Time time;
    entries::ClaimSaid body;
    Time said = {};      ///< as of a line
    double error_s = 0;  ///< as of a line
  };
  /// Where something was, in order of time.
  using Path = std::vector<Place>;
  /// A place known as a range only: radius about it.
  struct Range {
    Place place;
    double error_m = 0;
  };
  /// Something that was said of a boat, and what the record answered.
  struct Word {
    std::uint64_t entry = 0;
    std::string id;      ///< of the report
    Time said;           ///< the time it bears
    double error_s = 0;  ///< to which that is good, on either side; 0 not said
    Time known;          ///< when the room had it
    std::string from;
    std::string kind;
    std::string subject;  ///< of a claim
    std::string status;   ///< of a claim
    std::string what;     ///< in words
    std::vector<std::string> answers;
  };
  struct Boat {
    std::optional<entries::IncidentSaid> last;  ///< its last incident entry; none where it is only spoken of
    Time opened;
    Time opened_said = {};      ///< as of a line
    double opened_error_s = 0;  ///< as of a line
    Time changed;
    Path path;                                          ///< places, but for those known as a wide range only
    std::vector<Range> ranges;                          ///< those
    std::vector<std::pair<std::string, Time>> centres;  ///< that coordinated, in order, each with since when
    std::vector<Word> words;                            ///< in the order in which they were known
    /// What the rules last said of each response: `title`, `kind`, `ruling` and the entry's number, by
    /// response.
    struct Allowed {
      std::string title;
      std::string kind;
      std::string ruling;
      std::uint64_t entry = 0;
    };
    std::map<std::string, Allowed> allowed;
    std::optional<entries::Forecast> forecast;  ///< the last that could be made
  };
  /// One condition of a response over the day, by the numbers of the incidents.
  struct Condition {
    std::string says;
    std::set<std::uint32_t> failed;   ///< at some time it was known not to hold
    std::set<std::uint32_t> unknown;  ///< at some time nobody knew
    std::set<std::uint32_t> alone;    ///< at some time it was all that stood in the way
  };
  /// A response that is not rescue, under one doctrine, as its verdicts found it.
  struct Ruled {
    std::string doctrine;
    std::string title;
    std::set<std::uint32_t> boats;
    std::set<std::uint32_t> permitted;
    std::vector<Condition> conditions;  ///< life first, then as the doctrine has them, then the consents
  };
  struct Related {
    std::string incident;
    std::string other;
    std::string relation;
  };
  /// What the desk proposed for a boat, or a unit was ordered to do, answered or did.
  struct Going {
    Time time;
    bool proposed = false;  ///< by the desk
    std::string state;      ///< of the proposal or the task
    std::string unit;
    std::optional<Time> eta;
    std::string text;
  };
  /// What another centre's desk was told, or said.
  struct Told {
    Time time;
    std::optional<Time> sent;  ///< one that was heard, by the other desk's clock
    bool told = false;
    std::string centre;
    std::string text;
  };
  /// When what a posting stands on was said, as of a line.
  struct Posted {
    Time said;
    double error_s = 0;
  };

  entries::Day day;                     ///< the first entry
  std::vector<Line> timeline;           ///< what an officer would tell of the day
  std::map<std::uint32_t, Boat> boats;  ///< by the number of the incident
  std::map<std::string, Path> ships;    ///< by track
  std::map<std::string, Path> unidentified;
  std::map<std::string, Path> units;
  std::vector<Claim> claims;
  std::vector<Ruled> ruled;  ///< in the order in which verdicts named them
  std::vector<entries::Rules> doctrines;
  std::vector<Related> relations;                     ///< as they stand at the end
  std::map<std::uint32_t, std::vector<Going>> going;  ///< by the number of the incident, in order
  std::vector<Told> letters;
  PeopleBooks people;
  std::vector<Posted> posted;  ///< of each posting of `people`
  std::uint64_t entries = 0;
  std::map<std::string, std::uint64_t> kinds;  ///< entries of each kind

 private:
  void take(const Entry& entry, const entries::Day& said);
  void take(const Entry& entry, const entries::Rules& said);
  void take(const Entry& entry, const entries::TrackSaid& said);
  void take(const Entry& entry, const entries::UnitMoved& said);
  void take(const Entry& entry, const entries::Reported& said);
  void take(const Entry& entry, const entries::Refused& said);
  void take(const Entry& entry, const entries::IncidentSaid& said);
  void take(const Entry& entry, const entries::PeoplePosted& said);
  void take(const Entry& entry, const entries::Related& said);
  void take(const Entry& entry, const entries::Forecast& said);
  void take(const Entry& entry, const entries::Order& said);
  void take(const Entry& entry, const entries::TaskSaid& said);
  void take(const Entry& entry, const entries::ProposalSaid& said);
  void take(const Entry& entry, const entries::VerdictGiven& said);
  void take(const Entry& entry, const entries::ClaimSaid& said);
  void take(const Entry& entry, const entries::LetterSaid& said);
  void take(const Entry& entry, const entries::LetterRefused& said) { tell(entry, said.text); }
  /// An officer would tell of it, and the page has no more to say of it.
  void take(const Entry& entry, const entries::ConsentSaid& said) { tell(entry, said.text); }
  void take(const Entry& entry, const entries::ParameterSet& said) { tell(entry, said.text); }
  void take(const Entry& entry, const entries::Overridden& said) { tell(entry, said.text); }
  void take(const Entry& entry, const entries::OverrideEnded& said) { tell(entry, said.text); }
  /// Everything else is in the record, and not on the page.
  template <class Kind>
  void take(const Entry& /*entry*/, const Kind& /*said*/) {}
  void tell(const Entry& entry, const std::string& text, const std::string& change = "");
  void answer(const std::string& incident, const std::string& text);

  std::uint32_t number_of(const std::string& incident);

  std::map<std::string, std::uint32_t> others_;  ///< numbers given here to other desks' incidents
  Word said_;                                    ///< the report whose answers are being read
};

/// The page. `coast` may be null: the map then has no land and says so.
/// @param head   root of the tree of all entries
/// @param known  where the entries end at a moment of the day: the page says so, and what was allowed at it
std::string report_page(const ReportFacts& facts, const World& world, const Coast* coast, const Hash& head,
                        std::optional<Time> known = {});

}  // namespace varne
