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

std::string what_of(const Report& report) {
  using namespace reports;
  return std::visit(
      Overloaded{
          [](const Call&) -> std::string { return "call for help"; },
          [](const Sighting& r) -> std::string { return r.empty == true ? "found empty" : "seen"; },
          [](const DeparturePrevented&) -> std::string { return "departure prevented"; },
          [](const Landing& r) { return r.unit.empty() ? "came ashore" : "brought ashore by " + r.unit; },
          [](const Recovered& r) { return "taken aboard " + r.unit; },
          [](const HandedOver& r) { return fmt::format("{} handed over to {}", people(r.persons), r.to); },
          [](const UnitPosition& r) { return r.unit + " gives its position"; },
          [](const Order& r) {
            return (r.role.empty() ? "order" : "order by " + r.role) + ", " + unscored(r.task);
          },
          [](const TaskAnswer& r) {
            return r.unit + (r.accepted ? " takes its task" : " declines its task");
          },
          [](const Acknowledge& r) { return fmt::format("has looked at the alarm of entry {}", r.alarm); },
          [](const Consent& r) {
            return fmt::format("{} {} consent to {}", r.role, r.given ? "gives" : "refuses", r.response);
          },
          [](const Claim& r) {
            return (r.persons || r.boats ? "published figure, " : "published, ") + unscored(r.subject);
          },
          [](const Fact& r) { return fmt::format("{} is {}", r.fact, value(r.value)); },
          [](const Parameter& r) { return fmt::format("{} sets {} to {}", r.role, r.parameter, r.value); },
          [](const Override& r) {
            return fmt::format("{} overrides the verdict on {} until {}", r.role, r.response, iso(r.until));
          }},
      report);
}

/// What else some kinds say, in one order for all.
template <class Kind>
std::string details(const Kind& r) {
  std::string text;
  const auto count = [&](std::optional<HeadCount> some, const std::string& words) {
    if (some && some->high > 0) text += fmt::format(", {}{}", number(*some), words);
  };
  if constexpr (requires { r.persons; }) {
    if (const std::optional<HeadCount> all = r.persons) text += ", " + people(*all);
  }
  if constexpr (requires { r.children; }) count(r.children, " children");
  if constexpr (requires { r.dead; })
    count(r.dead, std::optional<HeadCount>(r.persons) ? " of them dead" : " dead");
  if constexpr (requires { r.boats; }) {
    if (r.boats) text += fmt::format(", {} boats", *r.boats);
  }
  if constexpr (std::is_same_v<Kind, reports::Recovered>)
    text += r.empty == true ? ", nobody left aboard" : "";
  if constexpr (requires { r.people_in_water; }) {
    text += r.people_in_water == true ? ", people in the water" : "";
    text += r.taking_water == true ? ", taking water" : "";
    text += r.engine_stopped == true ? ", engine stopped" : "";
  }
  if constexpr (requires { r.port; }) text += r.port.empty() ? "" : ", " + r.port;
  return text;
}

}  // namespace

std::string number(HeadCount count) {
  return count.exact() ? fmt::format("{}", count.low) : fmt::format("{} to {}", count.low, count.high);
}

std::string unscored(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
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
  const ReportHead& said = report_head(report);
  std::string text = said.from + ": ";
  if (!said.boat.empty()) text += "boat " + said.boat + ", ";
  text += what_of(report) + std::visit([](const auto& kind) { return details(kind); }, report);
  const auto place = place_of(report);
  const double error_m = place_error_m(report);
  if (place) text += ", " + varne::spoken(*place);
  if (place && error_m > 0) text += " within " + distance(error_m);
  if (const auto* order = std::get_if<reports::Order>(&report); order != nullptr && !order->reason.empty())
    text += ": " + order->reason;
  if (!said.text.empty()) text += ": " + said.text;
  return text;
}

}  // namespace varne::phrases
