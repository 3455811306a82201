#pragma once
/// Random days for the laws of the room: reports of three boats by people who contradict each other, repeat
/// themselves and forget, and orders that are often as they should be and often not.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "room/every_kind.h"
#include "room/random_choice.h"
#include "room/room_support.h"

namespace varne::test {

/// The id of a report of this incident, of its latest as often as not; or of any report.
inline std::string some_report(Choice& choice, const Incident* incident, int number) {
  if (incident == nullptr || incident->history.empty() || choice.below(6) == 0)
    return std::to_string(choice.below(number + 1));
  const int n = static_cast<int>(incident->history.size());
  const int which = choice.below(2) == 0 ? n - 1 : choice.below(n);
  return report_head(incident->history[static_cast<std::size_t>(which)].report).id;
}

/// The tasks that have a chance of being done for this incident, and others.
inline std::string some_task(Choice& choice, const Incident* incident) {
  static const char* const any[] = {
      "hand_over",   "accept_hand_over", "refuse_hand_over",   "settle_count",
      "link",        "possibly_same",    "confirm_same",       "separate",
      "lower_phase", "end_search",       "withdraw_hand_over", "withdraw_report"};
  static const char* const often[] = {"hand_over", "confirm_same", "lower_phase", "end_search",
                                      "withdraw_report"};
  static const char* const answers[] = {"accept_hand_over", "accept_hand_over", "refuse_hand_over",
                                        "withdraw_hand_over"};
  if (incident == nullptr || choice.below(3) == 0) return choice.of(any);
  if (!incident->offered_to.empty()) return choice.of(answers);
  if (!incident->same_as.empty() && choice.below(2) == 0) return "separate";
  return choice.of(often);
}

/// An order that changes an incident, often as it should be and often not.
inline Json order_of(Choice& choice, const Room& room, int number) {
  static const char* const boats[] = {"A", "B", "C"};
  static const char* const centres[] = {"MRCC Dover", "CROSS Gris-Nez"};
  static const char* const phases[] = {"uncertainty", "alert"};
  const std::string boat = choice.of(boats);
  const Incident* incident = nullptr;
  for (const auto& [id, one] : room.incidents()) {
    if (one.boat == boat) incident = &one;
  }
  const std::string task = some_task(choice, incident);
  Json order{{"kind", "order"}, {"boat", boat}, {"task", task}, {"from", choice.of(centres)}};
  if (incident != nullptr && choice.below(4) != 0) {
    order["from"] = incident->centre;
    if (task == "accept_hand_over" && !incident->offered_to.empty()) order["from"] = incident->offered_to;
  }
  if (task == "hand_over") order["to"] = choice.of(centres);
  if (task == "settle_count") order["persons"] = choice.persons();
  if (choice.below(10) != 0) order["officer"] = "SMC A. Exercise";
  if (choice.below(10) != 0) order["reason"] = "they were told by the same mark";
  if (choice.below(10) != 0) order["evidence"] = Json::array({some_report(choice, incident, number)});
  order["other"] = choice.of(boats);
  if (incident != nullptr && !incident->same_as.empty() && choice.below(4) != 0)
    order["other"] = room.incidents().at(incident->same_as).boat;
  order["phase"] = choice.of(phases);
  if (task == "end_search") {
    if (incident != nullptr && choice.below(4) != 0) order["forecast"] = room.forecast_id(incident->id);
    if (choice.below(4) != 0) order.update({{"coverage", 0.8}, {"coverage_source", "by hand"}});
  }
  if (choice.below(12) == 0) order["role"] = "minister";
  return order;
}

inline Json report_of(Choice& choice, const Room& room, int number) {
  static const char* const boats[] = {"A", "B", "C"};
  static const char* const units[] = {"RNLI Dungeness", "RNLI Dover", "Abeille Normandie"};
  static const char* const people[] = {"caller", "a relative", "MRCC Dover", "CROSS Gris-Nez"};
  Json at = Json::array({1.2 + 0.01 * choice.below(50), 50.8 + 0.01 * choice.below(30)});
  Json report{{"from", choice.of(people)}};
  switch (choice.below(16)) {
    case 0:
    case 1:
      report.update(
          {{"kind", "call"}, {"boat", choice.of(boats)}, {"persons", choice.persons()}, {"at", at}});
      if (choice.below(3) == 0) report["engine_stopped"] = true;
      if (choice.below(6) == 0) report["may_be"] = Json::array({choice.of(boats)});
      break;
    case 2:
      report.update({{"kind", "sighting"}, {"boat", choice.of(boats)}, {"at", at}});
      if (choice.below(2) == 0) report["persons"] = choice.persons();
      if (choice.below(2) == 0) report["empty"] = true;
      break;
    case 3:
    case 4:
      report.update({{"kind", "recovered"},
                     {"boat", choice.of(boats)},
                     {"unit", choice.of(units)},
                     {"persons", choice.persons()}});
      if (choice.below(4) == 0) report["empty"] = true;
      if (choice.below(4) == 0 && report["persons"][1] > 0) report["dead"] = 1;
      break;
    case 5:
    case 6:
      report.update(
          {{"kind", "landing"}, {"persons", choice.persons()}, {"port", "Dover"}, {"country", "UK"}});
      if (choice.below(4) != 0) report["boat"] = choice.of(boats);
      if (choice.below(4) != 0) report["unit"] = choice.of(units);
      break;
    case 7:
    case 8:
    case 9:
    case 10:
    case 11:
    case 12:
      return order_of(choice, room, number);
    case 13:
    case 14:
      return other_report_of(choice, number);
    default:
      report.update({{"kind", "departure_prevented"}, {"persons", choice.persons()}, {"country", "FR"}});
      if (choice.below(2) == 0) report["boat"] = choice.of(boats);
  }
  return report;
}

/// One event of a random day; a forecast that was asked for is answered now and then.
inline Event event_of(std::uint64_t bits, const Room& room, Time now, int number) {
  Choice choice(bits);
  const int what = choice.below(10);
  if (what == 0) return {now, {}, ClockTick{}};
  if (what <= 2 && !room.pending().empty()) {
    auto drifted = std::make_shared<DriftRun>();
    drifted->snapshots = {{midnight + std::chrono::hours(6), {{1.4, 51.1}}, {ParticleState::adrift}}};
    const ForecastRequest& request = room.pending().front();
    if (choice.below(2) == 0)
      return {now, {}, ForecastAnswer{request.id, request.inputs, nullptr, "no sea here"}};
    return {now, {}, ForecastAnswer{request.id, request.inputs, drifted, ""}};
  }
  Json json = report_of(choice, room, number);
  json["id"] = std::to_string(choice.below(20) == 0 ? number - 1 : number);
  json["time"] = iso(now);
  const auto read = report_from(json);
  RC_ASSERT(read.has_value());
  return {now, recorded, Observation{report_head(*read).time, "reports", json.dump(), *read}};
}

using Day = std::vector<std::uint64_t>;

/// Plays a random day; `watch(before, event, room, entries)` after each event.
template <class Watch>
void play(Room& room, const Day& day, Watch&& watch) {
  Time now = midnight;
  int number = 0;
  for (const std::uint64_t bits : day) {
    now += std::chrono::minutes(3);
    const Event event = event_of(bits, room, now, ++number);
    const Room before = room;
    const auto said = room.apply(event);
    watch(before, event, room, said);
  }
}

inline const Report* report_in(const Event& event) {
  const auto* observation = std::get_if<Observation>(&event.what);
  return observation == nullptr ? nullptr : report_in(*observation);
}

/// The report of this kind in the event, or null.
template <class Kind>
const Kind* report_in(const Event& event) {
  const Report* report = report_in(event);
  return report == nullptr ? nullptr : std::get_if<Kind>(report);
}

}  // namespace varne::test
