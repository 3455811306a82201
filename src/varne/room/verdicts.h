#pragma once
/// What the doctrines allow for each boat, said again whenever it changes. A verdict is nobody's decision;
/// who acts against one answers for it by name, and the verdict stays what it is.

#include <map>
#include <memory>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "varne/core/json.h"
#include "varne/doctrine/conditions.h"
#include "varne/room/encounters.h"
#include "varne/room/event.h"
#include "varne/room/incidents.h"
#include "varne/room/log.h"
#include "varne/room/world.h"

namespace varne {

/// A person acts against a verdict: beside it, and it stays what it is. Never where life-first forbids the
/// response, never against a rescue that may or must be, and never in place of a consent.
struct Override {
  std::uint64_t entry = 0;
  std::string response;
  std::string from;
  std::string role;
  std::string reason;
  Time until;
  auto members() { return std::tie(entry, response, from, role, reason, until); }
};

class Verdicts {
 public:
  struct Step {
    Log& log;
    const Incidents& incidents;
    const Counts& counts;
  };

  explicit Verdicts(std::shared_ptr<const World> world) : world_(std::move(world)) {}

  /// Which words are in force here: so that a verdict can be derived again, and its citations found.
  void say_doctrines(Log& log) const;
  /// Gives a verdict again where something was said of the boat, or a word grew too old to stand on.
  void judge_due(const Step& step);
  void take_override(const Step& step, const Speaker& speaker, const Incident& incident,
                     const reports::Override& report);
  void set_parameter(Log& log, const Speaker& speaker, const reports::Parameter& report);

  /// What is known of an incident now. Needs a world with rules.
  [[nodiscard]] Encounter encounter(const Incidents& incidents, const Counts& counts, Time now,
                                    const Incident& incident) const;
  /// Every response as the doctrines rule on it now: `response`, `title`, `kind`, `ruling`, `summary`,
  /// `entry` (of the last entry that said so), `overrides`, and in `verdicts` the reasons of each doctrine
  /// (doctrine/reasons.h). Empty where the incident is closed or the world has no rules.
  [[nodiscard]] Json rulings(const Incidents& incidents, const Counts& counts, Time now,
                             const Incident& incident) const;
  /// How far every response of every doctrine was from having all its conditions when this boat was judged
  /// last, by doctrine and response in the rulebook's order. Empty: not judged yet.
  [[nodiscard]] std::span<const Shortfall> shortfalls(const Incident& head) const;
  /// Number of the last entry that gave or changed a verdict on this boat; 0 where none has.
  [[nodiscard]] std::uint64_t last(const Incident& head) const;

  auto members() { return std::tie(judged_, parameters_, next_); }

 private:
  struct Last {
    std::string essence;  ///< the ruling and what each condition was
    std::string ruling;
    std::uint64_t entry = 0;
    auto members() { return std::tie(essence, ruling, entry); }
  };
  struct Judged {
    bool due = true;
    Time next;
    std::map<std::string, Last> verdicts;  ///< by response
    std::vector<Override> overrides;       ///< that stand
    // Left out of a checkpoint, and found again:
    std::string findings = {};  ///< all that the verdicts were made of
    std::vector<Shortfall> shortfalls = {};
    auto members() { return std::tie(due, next, verdicts, overrides); }
  };
  void judge(const Step& step, const Incident& incident, Judged& judged);
  static void end_overrides(Log& log, const Incident& incident, Judged& judged,
                            const std::vector<Judgement>* judgements);

  std::shared_ptr<const World> world_;
  std::map<std::string, Judged> judged_;  ///< by incident
  Parameters parameters_;
  Time next_;  ///< nothing falls due by time alone before
};

}  // namespace varne
