#pragma once
/// The incidents: opened by the first word of a boat, placed, raised, handed over, related to each other and
/// closed. incident.h has what one is; docs/entries.md by which rules it changes.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "varne/room/counts.h"
#include "varne/room/incident.h"
#include "varne/room/letter.h"
#include "varne/room/log.h"
#include "varne/room/traffic.h"
#include "varne/room/world.h"

namespace varne {

class Incidents {
 public:
  /// Where changes are said, and the machines that are asked for what an entry says beside them.
  struct Step {
    Log& log;
    const Traffic& traffic;
    const Counts& counts;
  };
  /// How incidents are to each other, by pairs of ids, the earlier opened first.
  using Relations = std::map<std::pair<std::string, std::string>, Relation>;

  explicit Incidents(std::shared_ptr<const World> world) : world_(std::move(world)) {}

  [[nodiscard]] const std::map<std::string, Incident>& all() const { return incidents_; }
  [[nodiscard]] const Relations& relations() const { return relations_; }
  [[nodiscard]] const Incident& at(const std::string& id) const { return incidents_.at(id); }
  /// By the boat's label, or by the incident's own number where a report names that. Never by a guess; null.
  [[nodiscard]] const Incident* of(const std::string& boat) const;
  /// The one that keeps the account of this boat.
  [[nodiscard]] const Incident& head_of(const Incident& incident) const;
  /// Both are one, or confirmed to be one boat.
  [[nodiscard]] bool one_boat(const std::string& a, const std::string& b) const;
  /// All that are confirmed to be one boat with this one, itself among them, the first opened first.
  [[nodiscard]] std::vector<const Incident*> one_boat_with(const std::string& id) const;
  /// What was heard of a boat, under all its numbers, in order.
  [[nodiscard]] std::vector<const Heard*> heard_of(const std::string& id) const;
  /// Of which something was said or changed since `begin`.
  [[nodiscard]] const std::set<std::string>& touched() const { return touched_; }

  /// The next event begins.
  void begin() { touched_.clear(); }
  /// Opens the incident of a boat that is first heard of. It is said by `update`.
  const Incident& open(Log& log, const Heard& heard);
  /// Keeps a report with its incident: of the boat itself, or something said about it.
  void hear(Log& log, const std::string& id, const Heard& heard, const std::string& note);
  void hear_word(Log& log, const std::string& id, const Heard& heard, const std::string& note);
  /// Any new word of a boat whose search was ended opens it again.
  void reopen_search(const Step& step, const std::string& id, const ReportHead& report);
  /// Takes place, craft and phase from a report and says what changed.
  void update(const Step& step, const std::string& id, const Heard& heard, bool opened);
  /// A report that may be about any of several boats: each stays possible, and none is safer for it.
  void may_be(const Step& step, const std::string& id, const Report& report);
  /// Closes where everybody is accounted for, opens again where that ceases to hold.
  void close_if_accounted(const Step& step, const std::string& id);
  /// Something about it is newer, and nothing of it changed (a forecast came).
  void note_change(const std::string& id, Time now) { incidents_.at(id).changed = now; }

  // By order of the centre that may give it; each refuses, and says so, what lacks something.
  /// @param forecast  id of the latest forecast of this boat; "" none
  void end_search(const Step& step, const std::string& id, const reports::Order& order,
                  const std::string& forecast);
  void lower_phase(const Step& step, const std::string& id, const reports::Order& order);
  /// A proposal: until the other centre accepts, the one that has the incident keeps it.
  void hand_over(const Step& step, const std::string& id, const reports::Order& order);
  /// The centre that was asked accepts or refuses; the one that asked may take its proposal back.
  void answer_hand_over(const Step& step, const std::string& id, const reports::Order& order);
  /// A joined centre's word of its hand-over. Refuses what no honest desk can have said (coordination.h).
  Done hear_hand_over(const Step& step, const std::string& id, const std::string& partner,
                      const HandOver& said);
  /// A joined centre tells of an incident that its desk opened; from now on both look after it.
  const Incident& open_with(const Step& step, const std::string& id, const std::string& partner,
                            const letters::Incident& said);
  /// An incident that others hand over among themselves.
  void learn_coordinator(const Step& step, const std::string& id, const letters::Incident& said);
  /// A count was settled by this order: it is part of what was heard of the boat.
  void hear_order(const std::string& id, Heard heard) {
    incidents_.at(id).history.push_back(std::move(heard));
  }

  /// Accounts that became one, or one that became several, or of which a report was withdrawn: the people of
  /// these incidents are to be counted again before `regrouped` says so.
  struct Regrouped {
    std::vector<std::string> ids;
    const char* change = "";  ///< "merged", "parted", "corrected"
    std::string text;
  };
  /// Links, confirms the same, separates. A value: see there.
  std::optional<Regrouped> relate(const Step& step, const std::string& id, const reports::Order& order);
  /// Reports of this boat were wrong. A value: see there.
  std::optional<Regrouped> withdraw(const Step& step, const std::string& id, const reports::Order& order);
  /// Places each boat again by what was heard of it.
  void place_again(const Regrouped& parts);
  void regrouped(const Step& step, const Regrouped& parts);

  auto members() { return std::tie(incidents_, labels_, relations_); }

 private:
  /// Any two are confirmed to be one boat: mostly none are, and every incident is its own head.
  [[nodiscard]] bool any_same() const;
  bool place(Incident& incident, const Heard& heard) const;
  void raise(const Step& step, Incident& incident, const PhaseReading& reading);
  void tell(const Step& step, Incident& incident, const char* change, const std::string& text);
  void say(const Step& step, Incident& incident, const char* change, const std::string& text);
  [[nodiscard]] std::string opening(const Step& step, const Incident& incident) const;
  [[nodiscard]] const Incident* possibly_same(const Incident& incident) const;
  bool answers_for(Log& log, const reports::Order& order, const Incident& incident,
                   const Incident& other) const;
  Regrouped confirm_same(Log& log, Incident& incident, Incident& other, const reports::Order& order);
  Regrouped separate(Log& log, Incident& incident, Incident& other, const reports::Order& order);
  void set_relation(Log& log, const Incident& incident, const Incident& other,
                    std::optional<Relation> relation, const std::string& text, entries::Related by);
  void regroup(const std::vector<std::string>& ids);

  std::shared_ptr<const World> world_;
  std::map<std::string, Incident> incidents_;
  std::map<std::string, std::string> labels_;  ///< boat label as the eye takes it -> incident
  Relations relations_;
  std::set<std::string> touched_;  ///< by the event being applied
};

}  // namespace varne
