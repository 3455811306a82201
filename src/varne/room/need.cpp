#include "varne/room/need.h"

#include <algorithm>
#include <array>

namespace varne {
namespace {

/// Gravest first.
constexpr std::array<std::string_view, 7> signs{"people_in_water", "taking_water", "distress",
                                                "medical_case",    "child_alone",  "engine_stopped",
                                                "call_for_help"};

/// Its place among the signs.
consteval std::size_t sign(std::string_view name) {
  std::size_t place = 0;
  while (signs.at(place) != name) ++place;
  return place;
}

bool some(const std::optional<HeadCount>& count) {
  return count && count->high > 0;
}

/// Calls `given` for each sign that one report gives.
template <class Kind, class Given>
void each_sign(const Kind& r, const Report& report, Given&& given) {
  if constexpr (requires { r.people_in_water; }) {
    if (r.people_in_water == true) given(sign("people_in_water"));
    if (r.taking_water == true) given(sign("taking_water"));
    if (r.engine_stopped == true) given(sign("engine_stopped"));
  }
  if constexpr (requires { r.craft; }) {
    if (r.craft == "person") given(sign("people_in_water"));
  }
  if constexpr (requires { r.injured; }) {
    if (some(r.injured)) given(sign("medical_case"));
  }
  if constexpr (std::is_same_v<Kind, reports::Call>)
    given(r.distress == true ? sign("distress") : sign("call_for_help"));
  if (only_children(report)) given(sign("child_alone"));
}

}  // namespace

std::size_t gravity(std::string_view sign) {
  return static_cast<std::size_t>(signs.end() - std::find(signs.begin(), signs.end(), sign));
}

std::optional<HeadCount> still_out(const Counts& counts, const Incident& head) {
  const auto* states = counts.books().states_of(head.id);
  if (states == nullptr) return std::nullopt;
  const auto in = [&](PeopleState state) { return (*states)[static_cast<std::size_t>(state)]; };
  const HeadCount at_sea = in(PeopleState::at_sea);
  const HeadCount missing = in(PeopleState::missing);
  return HeadCount{at_sea.low + missing.low,
                   std::min(at_sea.high + missing.high, in(PeopleState::set_out).high)};
}

Need need_of(const Incidents& incidents, const Counts& counts, const Incident& head) {
  Need need;
  std::uint64_t answered = 0;  // what was said up to this entry
  const auto boats = incidents.one_boat_with(head.id);
  for (const Incident* one : boats)
    if (one->lowered) answered = std::max(answered, one->lowered->entry);

  std::array<std::uint64_t, signs.size()> standing{};  // by sign, the entry of the last word of it; 0: none
  for (const Incident* one : boats) {
    for (const Heard& heard : one->history) {
      if (!heard.withdrawn && !std::holds_alternative<reports::Order>(heard.report))  // a settled count
        need.heard = std::max(need.heard.value_or(heard.time), heard.time);
      if (heard.entry <= answered) continue;
      const auto given = [&](std::size_t sign) { standing[sign] = std::max(standing[sign], heard.entry); };
      std::visit([&](const auto& kind) { each_sign(kind, heard.report, given); }, heard.report);
    }
  }
  for (const Incident* one : boats) {
    for (const Heard& heard : one->said) {
      const auto* fact = std::get_if<reports::Fact>(&heard.report);
      const auto* value = fact == nullptr ? nullptr : std::get_if<bool>(&fact->value);
      const auto found = value == nullptr ? signs.end() : std::find(signs.begin(), signs.end(), fact->fact);
      if (found == signs.end() || heard.entry <= answered) continue;
      std::uint64_t& last = standing[static_cast<std::size_t>(found - signs.begin())];
      if (*value)
        last = heard.entry;
      else if (last < heard.entry)
        last = 0;
    }
  }
  if (head.open && counts.may_be_adrift(head.id)) {
    for (std::size_t s = 0; s < signs.size(); ++s)
      if (standing[s] != 0) need.dangers.push_back({signs[s], standing[s]});
  }
  need.still_out = still_out(counts, head);
  need.all_aboard = need.still_out && need.still_out->high == 0 &&
                    counts.books().in(PeopleState::rescued, head.id).high > 0;
  return need;
}

}  // namespace varne
