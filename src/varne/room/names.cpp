#include "varne/room/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <vector>

#include "varne/core/nearest.h"
#include "varne/core/text.h"
#include "varne/doctrine/rulebook.h"
#include "varne/room/proposals.h"
#include "varne/room/tasking.h"

namespace varne::names {
namespace {

/// Orders that change what the room holds of an incident.
constexpr std::array<std::string_view, 12> incident_tasks{
    "hand_over",   "withdraw_hand_over", "accept_hand_over", "refuse_hand_over",
    "link",        "possibly_same",      "confirm_same",     "separate",
    "lower_phase", "end_search",         "settle_count",     "withdraw_report"};

constexpr std::array<std::string_view, 2> offers{"offer_unit", "withdraw_unit"};

/// Letters and figures alone, small: "Hand-Over" and "hand_over" are one letter apart in nothing.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

/// The closest by its letters; "" where more than a third of them differ.
std::string nearest(std::string_view word, const std::vector<std::string>& names) {
  const std::string wanted = plain(word);
  std::string best;
  std::size_t apart = wanted.size() / 3 + 1;
  for (const std::string& name : names) {
    const std::size_t now = letters_apart(plain(name), wanted);
    if (now >= apart) continue;
    apart = now;
    best = name;
  }
  return best;
}

std::vector<std::string> responses(const World& world) {
  std::vector<std::string> out;
  if (!world.rules) return out;
  for (const Doctrine& doctrine : world.rules->doctrines)
    for (const Response& response : doctrine.responses) out.push_back(response.id);
  return out;
}

std::vector<std::string> units(const World& world) {
  std::vector<std::string> out;
  for (const Unit& unit : world.units) out.push_back(unit.name);
  return out;
}

std::string meant(const std::string& best) {
  return best.empty() ? "" : fmt::format("; did you mean \"{}\"?", best);
}

}  // namespace

bool is_unit_task(const World& world, std::string_view task) {
  return std::find(unit_tasks.begin(), unit_tasks.end(), task) != unit_tasks.end() ||
         (world.rules && find_response(*world.rules, task) != nullptr);
}

bool is_offer(std::string_view task) {
  return std::find(offers.begin(), offers.end(), task) != offers.end();
}

std::string fault_of_task(const World& world, std::string_view task) {
  if (is_unit_task(world, task) || task == stand_down || objective_of(task) || is_offer(task) ||
      std::find(incident_tasks.begin(), incident_tasks.end(), task) != incident_tasks.end())
    return "";
  std::vector<std::string> all(incident_tasks.begin(), incident_tasks.end());
  all.insert(all.end(), unit_tasks.begin(), unit_tasks.end());
  all.insert(all.end(), offers.begin(), offers.end());
  all.emplace_back(stand_down);
  for (const auto& [name, objective] : objective_tasks) all.emplace_back(name);
  for (std::string& response : responses(world)) all.push_back(std::move(response));
  const std::string best = nearest(task, all);
  return fmt::format("\"{}\" is no task{}", shown(task),
                     best.empty() ? "; docs/entries.md lists them" : meant(best));
}

std::string nearest_unit(const World& world, std::string_view name) {
  return nearest(name, units(world));
}

const Unit* unit_named(const World& world, std::string_view name) {
  const auto found = std::find_if(world.units.begin(), world.units.end(),
                                  [&](const Unit& unit) { return unit.name == name; });
  return found == world.units.end() ? nullptr : &*found;
}

std::string fault_of_unit(const World& world, const Picture& picture, std::string_view unit) {
  if (unit_named(world, unit) != nullptr || ship_named(picture, unit) != nullptr) return "";
  return fmt::format("no unit is called \"{}\" and AIS hears no such ship{}", shown(unit),
                     meant(nearest_unit(world, unit)));
}

}  // namespace varne::names
