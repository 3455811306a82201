/// Laws of the room, whatever is reported in whatever order: random reports of three boats by people who
/// contradict each other, repeat themselves and forget.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "room_support.h"

namespace varne::test {
namespace {

/// A source of small choices made from one random number.
class Choice {
 public:
  explicit Choice(std::uint64_t bits) : bits_(bits) {}
  int below(int n) {
    const int chosen = static_cast<int>(bits_ % static_cast<std::uint64_t>(n));
    bits_ /= static_cast<std::uint64_t>(n);
    return chosen;
  }
  template <std::size_t n>
  const char* of(const char* const (&words)[n]) {
    return words[below(static_cast<int>(n))];
  }
  Json persons() {
    const int low = below(12);
    return Json::array({low, low + (below(2) == 0 ? 0 : below(6))});
  }

 private:
  std::uint64_t bits_;
};

Json report_of(Choice& choice) {
  static const char* const boats[] = {"A", "B", "C"};
  static const char* const units[] = {"RNLI Dungeness", "RNLI Dover", "Abeille Normandie"};
  static const char* const people[] = {"caller", "a relative", "MRCC Dover", "CROSS Gris-Nez"};
  static const char* const centres[] = {"MRCC Dover", "CROSS Gris-Nez"};
  Json at = Json::array({1.2 + 0.01 * choice.below(50), 50.8 + 0.01 * choice.below(30)});
  Json report{{"from", choice.of(people)}};
  switch (choice.below(9)) {
    case 0:
    case 1:
      report.update(
          {{"kind", "call"}, {"boat", choice.of(boats)}, {"persons", choice.persons()}, {"at", at}});
      if (choice.below(3) == 0) report["engine_stopped"] = true;
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
      report.update({{"kind", "order"}, {"boat", choice.of(boats)}});
      if (choice.below(2) == 0) {
        report.update({{"task", "hand_over"}, {"to", choice.of(centres)}});
      } else {
        report.update({{"task", "settle_count"}, {"persons", choice.persons()}});
      }
      if (choice.below(4) == 0) report["role"] = "minister";
      break;
    default:
      report.update({{"kind", "departure_prevented"}, {"persons", choice.persons()}, {"country", "FR"}});
      if (choice.below(2) == 0) report["boat"] = choice.of(boats);
  }
  return report;
}

/// One event of a random day; a forecast that was asked for is answered now and then.
Event event_of(std::uint64_t bits, const Room& room, Time now, int number) {
  Choice choice(bits);
  const int what = choice.below(10);
  if (what == 0) return {now, ClockTick{}};
  if (what <= 2 && !room.pending().empty())
    return {now,
            ForecastAnswer{room.pending().front().id, room.pending().front().inputs, nullptr, "no sea here"}};
  Json json = report_of(choice);
  json["id"] = std::to_string(choice.below(20) == 0 ? number - 1 : number);
  json["time"] = iso(now);
  const auto read = report_from(json);
  RC_ASSERT(read.has_value());
  return {now, Observation{read->time, "reports", json.dump(), read->report}};
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

const Report* report_in(const Event& event) {
  const auto* observation = std::get_if<Observation>(&event.what);
  return observation == nullptr ? nullptr : std::get_if<Report>(&observation->what);
}

RC_GTEST_PROP(RoomLaws, phases_never_fall, (const Day& day)) {
  Room room(small_world());
  play(room, day, [](const Room& before, const Event&, const Room& after, const auto&) {
    for (const auto& [id, incident] : before.incidents())
      RC_ASSERT(after.incidents().at(id).phase >= incident.phase);
  });
}

RC_GTEST_PROP(RoomLaws, one_centre_coordinates_until_it_hands_over_itself, (const Day& day)) {
  Room room(small_world());
  play(room, day, [](const Room& before, const Event& event, const Room& after, const auto&) {
    for (const auto& [id, incident] : after.incidents()) {
      RC_ASSERT(!incident.centre.empty());
      const auto old = before.incidents().find(id);
      if (old == before.incidents().end() || old->second.centre == incident.centre) continue;
      const Report* report = report_in(event);
      RC_ASSERT(report != nullptr && report->task == "hand_over" && report->role.empty());
      RC_ASSERT(report->from == old->second.centre && report->to == incident.centre);
    }
  });
}

RC_GTEST_PROP(RoomLaws, nothing_closes_while_somebody_is_unaccounted_for, (const Day& day)) {
  Room room(small_world());
  play(room, day, [](const Room&, const Event&, const Room& after, const auto&) {
    for (const auto& [id, incident] : after.incidents()) {
      if (incident.open) continue;
      RC_ASSERT(after.people().accounted_for(id));
      // And somebody said how many there were.
      RC_ASSERT(incident.settled || after.people().in(PeopleState::set_out, id).high > 0);
    }
  });
}

RC_GTEST_PROP(RoomLaws, a_report_of_one_boat_closes_no_other, (const Day& day)) {
  Room room(small_world());
  play(room, day, [](const Room& before, const Event& event, const Room& after, const auto&) {
    const Report* report = report_in(event);
    if (report == nullptr || report->boat.empty()) return;
    for (const auto& [id, incident] : before.incidents()) {
      if (incident.boat == report->boat) continue;
      RC_ASSERT(after.incidents().at(id).open == incident.open);
      RC_ASSERT(after.people().balances(id) == before.people().balances(id));
    }
  });
}

RC_GTEST_PROP(RoomLaws, people_are_conserved, (const Day& day)) {
  Room room(small_world());
  PeopleBooks told;
  play(room, day, [&](const Room& before, const Event&, const Room& after, const std::vector<Entry>& said) {
    for (const std::string& boat : after.people().boats()) {
      HeadCount sum;
      for (const auto state : {PeopleState::prevented, PeopleState::at_sea, PeopleState::rescued,
                               PeopleState::landed, PeopleState::dead, PeopleState::missing}) {
        const HeadCount in = after.people().in(state, boat);
        sum = {sum.low + in.low, sum.high + in.high};
      }
      const HeadCount all = after.people().in(PeopleState::set_out, boat);
      RC_ASSERT(sum.low <= all.low && all.high <= sum.high);
      // Who is known to be ashore stays ashore.
      RC_ASSERT(after.people().in(PeopleState::landed, boat).low >=
                before.people().in(PeopleState::landed, boat).low);
    }
    // The entries alone rebuild the books.
    for (const Json& body : bodies(said, "people")) {
      const auto text = [&](const char* name) { return body.value(name, ""); };
      const auto state = [&](const std::string& name) {
        std::size_t i = 0;
        while (name != name_of(static_cast<PeopleState>(i))) ++i;
        return static_cast<PeopleState>(i);
      };
      Posting posting{.time = midnight,
                      .boat = text("boat"),
                      .from = {state(text("from")), text("from_of")},
                      .to = {state(text("to")), text("to_of")},
                      .persons = {body["persons"][0], body["persons"][1]},
                      .source = text("source"),
                      .reason = text("reason")};
      if (body.contains("revises")) posting.revises = body["revises"].get<std::size_t>() - 1;
      RC_ASSERT(told.post(posting).has_value());
    }
    RC_ASSERT(told.balances() == after.people().balances());
  });
}

RC_GTEST_PROP(RoomLaws, counts_never_contradict_the_books, (const Day& day)) {
  Room room(small_world());
  play(room, day, [](const Room&, const Event&, const Room&, const std::vector<Entry>& said) {
    RC_LOG() << texts(said);
    for (const Json& body : bodies(said, "refused")) {
      const auto why = body["why"].get<std::string>();
      RC_ASSERT(why.find("does not fit") == std::string::npos);
      RC_ASSERT(why.find("holds at most") == std::string::npos);
      RC_ASSERT(why.find("contradict") == std::string::npos);
    }
  });
}

RC_GTEST_PROP(RoomLaws, the_same_events_give_the_same_entries_and_a_copy_goes_on_alike, (const Day& day)) {
  Room room(small_world());
  Room again(small_world());
  std::optional<Room> copy;
  std::size_t events = 0;
  play(room, day, [&](const Room& before, const Event& event, const Room&, const std::vector<Entry>& said) {
    RC_ASSERT(again.apply(event) == said);
    if (events++ == day.size() / 2) copy = before;
    if (copy) RC_ASSERT(copy->apply(event) == said);
    std::uint64_t number = before.last_entry();
    for (const Entry& entry : said) {
      RC_ASSERT(entry.number == ++number);
      RC_ASSERT(check_entry(entry).has_value());
    }
  });
}

}  // namespace
}  // namespace varne::test
