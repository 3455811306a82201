/// What the desks of other centres say: their incidents become this room's too, and what is heard of those
/// goes the way of every report.

#include <fmt/format.h>

#include "varne/feed/report_reader.h"
#include "varne/room/names.h"
#include "varne/room/phrases.h"
#include "varne/room/room.h"

namespace varne {
namespace {

/// Its people are those of one boat; what it orders about a hand-over has words of its own.
bool may_come_by_letter(const Report& report) {
  if (const auto* order = std::get_if<reports::Order>(&report))
    return !order->task.ends_with("hand_over") && !names::is_offer(order->task);
  return !std::holds_alternative<reports::UnitPosition>(report) &&
         !std::holds_alternative<reports::Acknowledge>(report) &&
         !std::holds_alternative<reports::Claim>(report) &&
         !std::holds_alternative<reports::Parameter>(report) &&
         !std::holds_alternative<reports::Override>(report);
}

}  // namespace

void Room::take(const PartnerLetter& letter) {
  if (!partners_.take(log_, incidents_, letter)) return;
  const std::uint64_t first = log_.last();  // the letter itself is what was heard
  const Done done =
      std::visit([&](const auto& said) { return take_letter(letter.centre, said); }, letter.said);
  partners_.came_by_letter(letter.centre, first, log_.last());
  if (done) return;
  const std::string text = fmt::format("What {}'s desk says cannot be so and changes nothing: {} ({})",
                                       letter.centre, in_short(letter.said), done.error().text());
  const std::uint64_t entry =
      log_.say(entries::LetterRefused{.text = text, .centre = letter.centre, .why = done.error().text()});
  // Every later head is refused too: one alarm, in words that stay the same.
  const bool of_a_head = std::holds_alternative<letters::Head>(letter.said);
  alarms_.raise(
      log_, AlarmWhat::partner_refused, letter.centre,
      of_a_head ? fmt::format("The record of {} is not what it was: {}", letter.centre, done.error().text())
                : text,
      entry);
}

Done Room::take_letter(const std::string& centre, const letters::Incident& said) {
  const std::string id = partners_.id_of(said.incident);
  if (id.empty()) return fail("incident", "is of a desk that is not joined to this one");
  if (incidents_.all().contains(id)) {
    incidents_.learn_coordinator(step(), id, said);
    return {};
  }
  if (!said.incident.starts_with(centre + "/"))
    return fail("incident", "was never opened here, and its name says that it was not opened there");
  // Who opens it holds it first, and its own desk was not asked.
  if (said.centre == own_centre(*world_)) return fail("centre", "this desk was never asked to take it over");
  incidents_.open_with(step(), id, centre, said);
  return {};
}

Done Room::take_letter(const std::string& /*centre*/, const letters::Word& said) {
  const auto json = parse_json(said.report.text);
  auto report = json ? report_from(*json) : Result<Report>(std::unexpected(json.error()));
  if (!report) return fail(report.error().in("report"));
  if (!may_come_by_letter(*report)) return fail("report", "is of a kind that no letter brings");
  const std::string id = partners_.id_of(said.incident);
  const bool known = incidents_.all().contains(id);
  const bool ashore = said.incident.empty() && std::holds_alternative<reports::DeparturePrevented>(*report);
  if (!known && !ashore) return fail("incident", "is none that this desk was told of");
  std::visit(
      [&]<class Kind>(Kind& kind) {
        kind.boat = id;
        if constexpr (std::is_same_v<Kind, reports::Order>) {
          if (!kind.other.empty()) kind.other = partners_.id_of(said.other);
        }
        if constexpr (requires { kind.may_be; }) {
          kind.may_be.clear();
          for (const std::string& name : said.may_be)
            if (const std::string other = partners_.id_of(name); incidents_.all().contains(other))
              kind.may_be.push_back(other);
        }
      },
      *report);
  const Time now = log_.now();
  follow({log_.last(), now, std::min(report_head(*report).time, now), *report}, phrases::sentence(*report));
  return {};
}

Done Room::take_letter(const std::string& centre, const letters::Passing& said) {
  const std::string id = partners_.id_of(said.incident);
  if (!incidents_.all().contains(id)) return fail("incident", "is none that this desk was told of");
  return incidents_.hear_hand_over(step(), id, centre, {said.word, said.term, said.offer});
}

/// It stands in the record; nothing here goes by it.
Done Room::take_letter(const std::string& /*centre*/, const letters::Told& said) {
  if (!incidents_.all().contains(partners_.id_of(said.incident)))
    return fail("incident", "is none that this desk was told of");
  return {};
}

Done Room::take_letter(const std::string& centre, const letters::Head& said) {
  return partners_.keep_head(centre, said,
                             {.size = said.size,
                              .root = said.root,
                              .key = said.key,
                              .signed_at = said.time,
                              .heard = log_.now(),
                              .entry = log_.last()});
}

/// Shown as theirs: the picture here is of this desk's own sensors.
Done Room::take_letter(const std::string& centre, const letters::Tracks& said) {
  return partners_.see(centre, said, log_.now());
}

Done Room::take_letter(const std::string& centre, const letters::OfferedUnit& said) {
  return partners_.hear_offer(centre, said, log_.now(), log_.last());
}

}  // namespace varne
