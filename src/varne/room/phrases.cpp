#include "varne/room/phrases.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "varne/core/units.h"

namespace varne::phrases {
namespace {

constexpr double standing_mps = 0.5 * mps_per_knot;

std::string value(const SaidValue& value) {
  if (const auto* yes = std::get_if<bool>(&value)) return *yes ? "yes" : "no";
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
  const auto* word = std::get_if<std::string>(&value);
  return word != nullptr ? *word : "";
}

std::string unscored(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string what_of(const Report& report) {
  switch (report.kind) {
    case ReportKind::call:
      return "call for help";
    case ReportKind::sighting:
      return report.empty == true ? "found empty" : "seen";
    case ReportKind::departure_prevented:
      return "departure prevented";
    case ReportKind::landing:
      return report.unit.empty() ? "came ashore" : "brought ashore by " + report.unit;
    case ReportKind::recovered:
      return "taken aboard " + report.unit;
    case ReportKind::unit_position:
      return report.unit + " gives its position";
    case ReportKind::order:
      return (report.role.empty() ? "order" : "order by " + report.role) + ", " + unscored(report.task);
    case ReportKind::consent:
      return fmt::format("{} {} consent to {}", report.role, report.given == true ? "gives" : "refuses",
                         report.response);
    case ReportKind::handed_over:
      return fmt::format("{} handed over to {}", people(*report.persons), report.to);
    case ReportKind::claim:
      return (report.persons || report.boats ? "published figure, " : "published, ") +
             unscored(report.subject);
    case ReportKind::fact:
      return fmt::format("{} is {}", report.fact, value(report.value));
    case ReportKind::parameter:
      return fmt::format("{} sets {} to {}", report.role, report.parameter, value(report.value));
    case ReportKind::verdict_override:
      return fmt::format("{} overrides the verdict on {} until {}", report.role, report.response,
                         report.until ? iso(*report.until) : "");
  }
  return "";
}

}  // namespace

std::string number(HeadCount count) {
  return count.exact() ? fmt::format("{}", count.low) : fmt::format("{} to {}", count.low, count.high);
}

std::string people(HeadCount count) {
  return number(count) + (count.high == 1 ? " person" : " people");
}

std::string state(const Account& account) {
  const std::string name = unscored(name_of(account.state));
  if (account.of.empty()) return name;
  const char* word = account.state == PeopleState::rescued       ? "by"
                     : account.state == PeopleState::landed      ? "at"
                     : account.state == PeopleState::handed_over ? "to"
                                                                 : "in";
  return fmt::format("{} {} {}", name, word, account.of);
}

std::string motion(Vec velocity) {
  const double speed = length(velocity);
  if (speed < standing_mps) return "stopped";
  const int towards = static_cast<int>(std::lround(direction_deg(velocity))) % 360;
  return fmt::format("{:.0f} kn towards {:03d}°", knots_from_mps(speed), towards);
}

std::string length_of(Duration duration) {
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(duration).count();
  return minutes < 60 ? fmt::format("{} min", minutes)
                      : fmt::format("{} h {:02d} min", minutes / 60, minutes % 60);
}

std::string hour(Time time, Time now) {
  const std::string text = iso(time);
  const std::string clock = text.substr(11, 5) + " UTC";
  return text.substr(0, 10) == iso(now).substr(0, 10) ? clock : text.substr(0, 10) + " " + clock;
}

std::string distance(double m) {
  return nm_from_metres(m) < 0.5 ? fmt::format("{:.0f} m", std::round(m / 10) * 10)
                                 : fmt::format("{:.1f} NM", nm_from_metres(m));
}

std::string sentence(const Report& report) {
  std::string text = report.from + ": ";
  if (!report.boat.empty()) text += "boat " + report.boat + ", ";
  text += what_of(report);
  if (report.persons) text += ", " + people(*report.persons);
  if (report.children && report.children->high > 0)
    text += fmt::format(", {} children", number(*report.children));
  if (report.dead && report.dead->high > 0)
    text += fmt::format(", {}{} dead", number(*report.dead), report.persons ? " of them" : "");
  if (report.boats) text += fmt::format(", {} boats", *report.boats);
  if (report.kind != ReportKind::sighting && report.empty == true) text += ", nobody left aboard";
  if (report.people_in_water == true) text += ", people in the water";
  if (report.taking_water == true) text += ", taking water";
  if (report.engine_stopped == true) text += ", engine stopped";
  if (!report.port.empty()) text += ", " + report.port;
  if (report.place) text += ", " + varne::spoken(*report.place);
  if (report.place && report.place_error_m > 0) text += " within " + distance(report.place_error_m);
  if (!report.reason.empty()) text += ": " + report.reason;
  if (!report.text.empty()) text += ": " + report.text;
  return text;
}

}  // namespace varne::phrases
