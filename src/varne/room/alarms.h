#pragma once
/// What nobody at the desk may miss, and who has looked at it. An alarm is raised once, for one reason, and
/// acknowledged once for all consoles; it never comes back by itself. A new reason is a new alarm: nobody
/// goes to the boat any more, or somebody is in the water now.

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "varne/core/fields.h"
#include "varne/feed/report_kinds.h"
#include "varne/room/counts.h"
#include "varne/room/incidents.h"
#include "varne/room/log.h"
#include "varne/room/tasking.h"

namespace varne {

enum class AlarmWhat : std::uint8_t {
  nobody_goes,           ///< a boat in distress, its people out, and no unit has a task of it
  worse,                 ///< the same, and a graver sign of danger than when it was raised
  safety_text,           ///< somebody sent one by AIS
  active_sart_claim,     ///< a ship says that it is an active SART
  refused_distress,      ///< a line that speaks of distress could not be read
  hand_over_unanswered,  ///< an offer of an incident has waited too long for its answer
  offered_to_us,         ///< another centre's desk asks this one to take an incident over
  partner_refused,       ///< another centre's desk said what cannot be so
  unit_asked_for,        ///< another centre's desk asks for a unit of this one
};
template <>
struct EnumNames<AlarmWhat> {
  static constexpr std::array values{std::pair{AlarmWhat::nobody_goes, "nobody_goes"},
                                     std::pair{AlarmWhat::worse, "worse"},
                                     std::pair{AlarmWhat::safety_text, "safety_text"},
                                     std::pair{AlarmWhat::active_sart_claim, "active_sart_claim"},
                                     std::pair{AlarmWhat::refused_distress, "refused_distress"},
                                     std::pair{AlarmWhat::hand_over_unanswered, "hand_over_unanswered"},
                                     std::pair{AlarmWhat::offered_to_us, "offered_to_us"},
                                     std::pair{AlarmWhat::partner_refused, "partner_refused"},
                                     std::pair{AlarmWhat::unit_asked_for, "unit_asked_for"}};
};

struct Alarm {
  AlarmWhat what = AlarmWhat::nobody_goes;
  std::string subject;       ///< the incident (`I7`), the sender's MMSI, the feed or the centre
  std::string text;          ///< in the words of its entry
  Time since;                ///< raised
  std::uint64_t about = 0;   ///< the entry that it is about, 0: none alone
  std::string seen_by = {};  ///< "": nobody has acknowledged it
  Time seen = {};
  auto members() { return std::tie(what, subject, text, since, about, seen_by, seen); }
  friend bool operator==(const Alarm&, const Alarm&) = default;
};

class Alarms {
 public:
  /// Where they are said, and the machines that are asked.
  struct Step {
    Log& log;
    const Counts& counts;
    const Incidents& incidents;
    const Tasking& tasking;
    const std::string& own;  ///< whose desk this is
  };
  /// An offer without an answer for so long is an alarm; never a change.
  static constexpr Duration answer_due = std::chrono::minutes(15);
  /// Of those about no boat, the oldest unacknowledged beyond these are let go, but for those that speak of
  /// distress: they stay in the record.
  static constexpr std::size_t most_kept = 200;

  /// Those that stand, by the number of the entry that raised each. One about a boat stands while its reason
  /// does, acknowledged or not; the others until they are acknowledged.
  [[nodiscard]] const std::map<std::uint64_t, Alarm>& standing() const { return standing_; }

  /// Somebody has to look at an entry. Not raised again while one of the same kind and subject waits; of
  /// those about no boat, one in the same words.
  void raise(Log& log, AlarmWhat what, const std::string& subject, const std::string& text,
             std::uint64_t about);
  /// Somebody has looked. Refuses, and says so, an alarm that does not stand; said twice, the first counts.
  void acknowledge(Log& log, const reports::Acknowledge& report);
  /// After every event.
  /// @param word  as of Proposals::update
  void update(const Step& step, bool word);

  auto members() { return std::tie(standing_, graver_, offers_, next_due_); }

 private:
  void look_at(const Step& step, const Incident& head);
  void offers(const Step& step);
  [[nodiscard]] std::map<std::uint64_t, Alarm>::iterator find(AlarmWhat what, const std::string& subject);

  std::map<std::uint64_t, Alarm> standing_;
  std::map<std::string, std::size_t> graver_;  ///< by boat: how grave it was when an alarm was last raised
  /// By incident: to whom it is offered, and since when.
  std::map<std::string, std::pair<std::string, Time>> offers_;
  Time next_due_ = Time::max();  ///< when the next offer has waited too long
};

}  // namespace varne
