#include "varne/room/need.h"

#include <algorithm>
#include <array>
#include <map>

namespace varne {
namespace {

/// Gravest first.
constexpr std::array<std::string_view, 7> signs{"people_in_water", "taking_water", "distress",
                                                "medical_case",    "child_alone",  "engine_stopped",
                                                "call_for_help"};

bool some(const std::optional<HeadCount>& count) {
  return count && count->high > 0;
}

/// The signs that one report gives.
template <class Kind>
std::vector<std::string_view> signs_in(const Kind& r, const Report& report) {
  std::vector<std::string_view> out;
  if constexpr (requires { r.people_in_water; }) {
    if (r.people_in_water == true) out.push_back("people_in_water");
    if (r.taking_water == true) out.push_back("taking_water");
    if (r.engine_stopped == true) out.push_back("engine_stopped");
  }
  if constexpr (requires { r.craft; }) {
    if (r.craft == "person") out.push_back("people_in_water");
  }
  if constexpr (requires { r.injured; }) {
    if (some(r.injured)) out.push_back("medical_case");
  }
  if constexpr (std::is_same_v<Kind, reports::Call>)
    out.push_back(r.distress == true ? "distress" : "call_for_help");
  if (only_children(report)) out.push_back("child_alone");
  return out;
}

}  // namespace

std::size_t gravity(std::string_view sign) {
  return static_cast<std::size_t>(signs.end() - std::find(signs.begin(), signs.end(), sign));
}

Need need_of(const Incidents& incidents, const Counts& counts, const Incident& head) {
  Need need;
  std::uint64_t answered = 0;  // what was said up to this entry
  const auto boats = incidents.one_boat_with(head.id);
  for (const Incident* one : boats)
    if (one->lowered) answered = std::max(answered, one->lowered->entry);

  std::map<std::string_view, std::uint64_t> standing;  // sign -> entry of the last word of it
  for (const Heard* heard : incidents.heard_of(head.id)) {
    if (!heard->withdrawn && !std::holds_alternative<reports::Order>(heard->report))  // a settled count
      need.heard = std::max(need.heard.value_or(heard->time), heard->time);
    if (heard->entry <= answered) continue;
    const auto given =
        std::visit([&](const auto& kind) { return signs_in(kind, heard->report); }, heard->report);
    for (const std::string_view sign : given) standing[sign] = heard->entry;
  }
  for (const Incident* one : boats) {
    for (const Heard& heard : one->said) {
      const auto* fact = std::get_if<reports::Fact>(&heard.report);
      const auto* value = fact == nullptr ? nullptr : std::get_if<bool>(&fact->value);
      const auto sign = value == nullptr ? signs.end() : std::find(signs.begin(), signs.end(), fact->fact);
      if (sign == signs.end() || heard.entry <= answered) continue;
      const auto before = standing.find(*sign);
      if (*value)
        standing[*sign] = heard.entry;
      else if (before != standing.end() && before->second < heard.entry)
        standing.erase(before);
    }
  }
  if (head.open && counts.may_be_adrift(head.id)) {
    for (const std::string_view sign : signs)
      if (const auto at = standing.find(sign); at != standing.end())
        need.dangers.push_back({sign, at->second});
  }
  const auto* states = counts.books().states_of(head.id);
  if (states == nullptr) return need;
  const auto in = [&](PeopleState state) { return (*states)[static_cast<std::size_t>(state)]; };
  const HeadCount at_sea = in(PeopleState::at_sea);
  const HeadCount missing = in(PeopleState::missing);
  need.still_out = HeadCount{at_sea.low + missing.low,
                             std::min(at_sea.high + missing.high, in(PeopleState::set_out).high)};
  need.all_aboard = need.still_out->high == 0 && in(PeopleState::rescued).high > 0;
  return need;
}

}  // namespace varne
