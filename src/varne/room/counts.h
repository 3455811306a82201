#pragma once
/// The people of every boat. Everybody of a boat sets out once (`set_out` to `at_sea`, as many as the
/// estimates leave possible) and is then moved by counts made by hand: taken aboard a unit, brought ashore,
/// prevented, found dead. What the counts leave over is still at sea, or missing once the craft was found
/// empty.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "varne/core/head_count.h"
#include "varne/feed/report_kinds.h"
#include "varne/people/people.h"
#include "varne/room/incident.h"
#include "varne/room/log.h"

namespace varne {

/// A head count somebody gave, kept beside the others.
struct PersonsClaim {
  Time time;
  std::string source;  ///< report id
  std::string from;    ///< who says so
  HeadCount persons;
  bool counted = false;   ///< by hand, taking people aboard or ashore; otherwise an estimate
  std::string kind = {};  ///< of report
  std::string unit = {};  ///< of a count: who took them
  auto members() { return std::tie(time, source, from, persons, counted, kind, unit); }
};

/// What was said of how many a boat had aboard, and what that came to.
struct Count {
  std::vector<PersonsClaim> persons;
  bool cleared = false;  ///< somebody there said that nobody is left aboard: found empty, or came ashore
  /// How many there were, where that was settled: nobody was left aboard and every estimate allows the count,
  /// or the coordinating centre said so. Estimates made before it are history.
  std::optional<HeadCount> settled;
  auto members() { return std::tie(persons, cleared, settled); }
};

/// How many the estimates together leave possible: each reporter's latest word counts, and where two disagree
/// the range holds both. Nothing where nobody has estimated.
std::optional<HeadCount> estimated(const Count& count);

/// Every reporter's latest estimate allows that `counted` people were all there were.
bool agrees(const Count& count, HeadCount counted);

class Counts {
 public:
  [[nodiscard]] const PeopleBooks& books() const { return books_; }
  /// Published figures, in order of arrival. Beside the count, never in it.
  [[nodiscard]] const std::vector<reports::Claim>& claims() const { return claims_; }
  /// By incident; an empty one where nothing was said.
  [[nodiscard]] const Count& of(const std::string& incident) const;
  /// Somebody has said how many there were, and nobody is at sea, aboard a unit or missing any more.
  [[nodiscard]] bool accounted_for(const std::string& incident) const;
  /// False once the count says that nobody of this boat can be in the water or aboard any more.
  [[nodiscard]] bool may_be_adrift(const std::string& incident) const;
  [[nodiscard]] HeadCount held(const std::string& incident, const Account& account) const;

  /// What one report does to the account of the boat it is about.
  void account(Log& log, const Incident& incident, const Heard& heard);
  /// The coordinating centre says how many there were. False, and said, where that cannot be.
  bool settle(Log& log, const Incident& incident, const reports::Order& order);
  /// People stopped ashore, of no boat that is known at sea: counted under its label, or under the report.
  void prevent_ashore(Log& log, const reports::DeparturePrevented& report);
  /// Takes back all that was posted of a boat, and forgets what was said of its people.
  void take_back(Log& log, const Incident& incident, const ReportHead& order, const std::string& why);
  void claim(Log& log, const reports::Claim& report, const Incident* incident);

  auto members() { return std::tie(books_, counts_, taken_back_, claims_); }

 private:
  bool post(Log& log, const Incident* incident, const std::string& boat, Account from, Account to,
            HeadCount persons, const ReportHead& report);
  bool post(Log& log, const Incident& incident, Account from, Account to, HeadCount persons,
            const ReportHead& report) {
    return post(log, &incident, incident.id, std::move(from), std::move(to), persons, report);
  }
  bool revise(Log& log, const Incident& incident, std::size_t posting, HeadCount persons,
              const ReportHead& report, const std::string& reason);
  static void tell(Log& log, const Incident* incident, const Posting& posting);
  [[nodiscard]] std::vector<std::size_t> standing(const std::string& boat) const;
  [[nodiscard]] std::optional<std::size_t> standing(const std::string& boat, PeopleState from,
                                                    PeopleState to) const;
  void count(Log& log, const Incident& incident, const Report& report);
  void expect(Log& log, const Incident& incident, const ReportHead& report, HeadCount more = {});
  void set_missing(Log& log, const Incident& incident, HeadCount persons, const ReportHead& report,
                   bool only_lower);
  [[nodiscard]] HeadCount taken_off(const std::string& boat, bool from_missing_too = true) const;
  [[nodiscard]] std::int32_t least_set_out(const std::string& boat) const;
  [[nodiscard]] std::int32_t most_accounted(const std::string& boat) const;
  void take_off(Log& log, const Incident& incident, const Account& to, HeadCount persons,
                const ReportHead& report);
  void recover(Log& log, const Incident& incident, const reports::Recovered& report);
  void bring_ashore(Log& log, const Incident& incident, const reports::Landing& report);
  void clear(Log& log, const Incident& incident, const ReportHead& report);
  void declare_missing(Log& log, const Incident& incident, const ReportHead& report);

  PeopleBooks books_;
  std::map<std::string, Count> counts_;  ///< by incident
  std::set<std::size_t> taken_back_;     ///< postings made nought when accounts were joined or parted
  std::vector<reports::Claim> claims_;
};

}  // namespace varne
