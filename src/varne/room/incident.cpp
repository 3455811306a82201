#include "varne/room/incident.h"

#include <fmt/format.h>

#include <algorithm>

namespace varne {
namespace {

bool any(const std::optional<HeadCount>& count) {
  return count && count->high > 0;
}

/// What of a report means grave and imminent danger, in words; "" where nothing does.
std::string danger(const Report& report) {
  std::string why;
  const auto add = [&](bool holds, const char* words) {
    if (holds) why += (why.empty() ? "" : ", ") + std::string(words);
  };
  add(report.kind == ReportKind::call && report.distress == true, "help asked for at once");
  add(report.people_in_water == true, "people in the water");
  add(report.taking_water == true, "taking water");
  add(report.engine_stopped == true, "engine stopped, adrift");
  add(any(report.injured), "injured aboard");
  add(any(report.dead), "people found dead");
  add(only_children(report), "nobody aboard but children");
  add(report.craft == "person", "a person in the water");
  add(report.kind == ReportKind::sighting && report.empty == true, "craft found empty");
  add(report.kind == ReportKind::recovered, "people had to be taken off");
  return why;
}

}  // namespace

bool only_children(const Report& report) {
  return any(report.children) && any(report.persons) && report.children->low >= report.persons->high;
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

Reading phase_of(const Report& report) {
  if (std::string why = danger(report); !why.empty()) return {Phase::distress, std::move(why)};
  if (report.kind == ReportKind::call && !report.distress)
    return {Phase::alert, "a call for help, distress not ruled out"};
  if (report.kind == ReportKind::sighting && any(report.persons))
    return {Phase::alert, "people at sea in a small craft"};
  return {Phase::uncertainty, fmt::format("a {}, nothing more known", name_of(report.kind))};
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
