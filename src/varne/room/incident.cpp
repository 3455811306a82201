#include "varne/room/incident.h"

#include <fmt/format.h>

#include <algorithm>

namespace varne {
namespace {

bool any(const std::optional<HeadCount>& count) {
  return count && count->high > 0;
}

template <class Kind>
bool only_children_of(const Kind& report) {
  if constexpr (requires { report.children; }) {
    const std::optional<HeadCount> persons = report.persons;
    return any(report.children) && any(persons) && report.children->low >= persons->high;
  }
  return false;
}

/// What of a report means grave and imminent danger, in words; "" where nothing does.
template <class Kind>
std::string danger(const Kind& report) {
  std::string why;
  const auto add = [&](bool holds, const char* words) {
    if (holds) why += (why.empty() ? "" : ", ") + std::string(words);
  };
  if constexpr (requires { report.distress; }) add(report.distress == true, "help asked for at once");
  if constexpr (requires { report.people_in_water; }) {
    add(report.people_in_water == true, "people in the water");
    add(report.taking_water == true, "taking water");
    add(report.engine_stopped == true, "engine stopped, adrift");
  }
  if constexpr (requires { report.injured; }) add(any(report.injured), "injured aboard");
  if constexpr (requires { report.dead; }) add(any(report.dead), "people found dead");
  add(only_children_of(report), "nobody aboard but children");
  if constexpr (requires { report.craft; }) add(report.craft == "person", "a person in the water");
  if constexpr (std::is_same_v<Kind, reports::Sighting>) add(report.empty == true, "craft found empty");
  if constexpr (std::is_same_v<Kind, reports::Recovered>) add(true, "people had to be taken off");
  return why;
}

std::string danger(const Report& report) {
  return std::visit([](const auto& kind) { return danger(kind); }, report);
}

}  // namespace

bool only_children(const Report& report) {
  return std::visit([](const auto& kind) { return only_children_of(kind); }, report);
}

const char* name_of(Phase phase) {
  switch (phase) {
    case Phase::uncertainty:
      return "uncertainty";
    case Phase::alert:
      return "alert";
    case Phase::distress:
      return "distress";
  }
  return "";
}

std::optional<Phase> phase_named(std::string_view name) {
  for (const Phase phase : {Phase::uncertainty, Phase::alert, Phase::distress})
    if (name == name_of(phase)) return phase;
  return std::nullopt;
}

const char* name_of(Relation relation) {
  switch (relation) {
    case Relation::linked:
      return "linked";
    case Relation::possibly_same:
      return "possibly_same";
    case Relation::confirmed_same:
      return "confirmed_same";
  }
  return "";
}

bool speaks_of_distress(const Report& report) {
  return !danger(report).empty();
}

PhaseReading phase_of(const Report& report) {
  if (std::string why = danger(report); !why.empty()) return {Phase::distress, std::move(why)};
  if (const auto* call = std::get_if<reports::Call>(&report); call != nullptr && !call->distress)
    return {Phase::alert, "a call for help, distress not ruled out"};
  if (const auto* sighting = std::get_if<reports::Sighting>(&report);
      sighting != nullptr && any(sighting->persons))
    return {Phase::alert, "people at sea in a small craft"};
  return {Phase::uncertainty, fmt::format("a {}, nothing more known", kind_of(report))};
}

std::string spoken(const Incident& incident) {
  return incident.boat.empty() ? incident.id : fmt::format("{} ({})", incident.id, incident.boat);
}

std::string leeway_class_of(const Incident& incident, bool cleared) {
  if (cleared || incident.craft == "person") return "PIW-1";
  if (incident.craft == "kayak" || incident.craft == "canoe") return "PERSON-POWERED-VESSEL-1";
  if (incident.craft == "rigid" || incident.craft == "skiff" || incident.craft == "fishing") return "SKIFF-1";
  return "LIFE-RAFT-NB-1";
}

}  // namespace varne
