/// Laws of the room, whatever is reported and ordered in whatever order.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "random_day.h"

namespace varne::test {
namespace {

TEST(RoomLaws, what_they_speak_of_happens_in_random_days) {
  std::map<std::string, int> days_with;
  for (std::uint64_t n = 0; n < 100; ++n) {
    Day day;
    for (std::uint64_t i = 0; i < 60; ++i) day.push_back(n * 1000 + i);
    Room room(small_world());
    std::set<std::string> changes;
    play(room, day, [&](const Room&, const Event&, const Room&, const std::vector<Entry>& said) {
      for (const Json& body : bodies(said, "incident"))
        changes.insert(body.contains("ended") ? "ended" : body["change"].get<std::string>());
    });
    for (const std::string& change : changes) ++days_with[change];
  }
  for (const char* change : {"offered", "handed_over", "kept", "merged", "parted", "lowered", "ended",
                             "reopened", "closed", "corrected"})
    EXPECT_GE(days_with[change], 5) << change;
}

/// The order in this event that only a centre's own officer can give; null where it is none such.
const reports::Order* officers_order(const Event& event, const char* task) {
  const auto* order = report_in<reports::Order>(event);
  const bool is = order != nullptr && order->task == task && order->role.empty() && !order->officer.empty();
  return is ? order : nullptr;
}

/// This report is among those heard of an incident under its own label.
bool heard_of(const Incident& incident, const std::string& id) {
  return std::any_of(incident.history.begin(), incident.history.end(),
                     [&](const Heard& heard) { return report_head(heard.report).id == id; });
}

/// The incident that keeps the account of this one's boat.
const std::string& head_of(const Incident& incident) {
  return incident.same_as.empty() ? incident.id : incident.same_as;
}

RC_GTEST_PROP(RoomLaws, a_phase_falls_only_by_a_named_officer_on_evidence_about_that_boat, (const Day& day)) {
  Room room(small_world());
  play(room, day, [](const Room& before, const Event& event, const Room& after, const auto&) {
    for (const auto& [id, incident] : before.incidents()) {
      if (after.incidents().at(id).phase >= incident.phase) continue;
      const auto* order = officers_order(event, "lower_phase");
      RC_ASSERT(order != nullptr && order->from == incident.centre && !order->evidence.empty());
      for (const std::string& report : order->evidence) {
        bool about_it = false;
        for (const auto& [other_id, other] : before.incidents())
          about_it = about_it || (head_of(other) == head_of(incident) && heard_of(other, report));
        RC_ASSERT(about_it);
      }
    }
  });
}

RC_GTEST_PROP(RoomLaws, two_become_one_boat_only_by_a_named_officer_with_reason_and_evidence,
              (const Day& day)) {
  Room room(small_world());
  play(room, day, [](const Room& before, const Event& event, const Room& after, const auto&) {
    for (const auto& [id, incident] : before.incidents()) {
      const Incident& now = after.incidents().at(id);
      if (now.same_as == incident.same_as) continue;
      const bool joined = officers_order(event, "confirm_same") != nullptr;
      const auto* order = officers_order(event, joined ? "confirm_same" : "separate");
      RC_ASSERT(order != nullptr);
      RC_ASSERT(order->from == incident.centre && order->from == now.centre);
      RC_ASSERT(!order->reason.empty() && !order->evidence.empty());
      const auto of = [&](const std::string& label) {
        return std::any_of(before.incidents().begin(), before.incidents().end(), [&](const auto& one) {
          return one.second.boat == label && heard_of(one.second, order->evidence.front());
        });
      };
      const bool about_one = of(order->boat) || of(order->other);
      RC_ASSERT(about_one);
    }
  });
}

RC_GTEST_PROP(RoomLaws, one_boat_has_one_account_one_phase_one_centre_and_one_state, (const Day& day)) {
  Room room(small_world());
  play(room, day, [](const Room&, const Event&, const Room& after, const auto&) {
    for (const auto& [id, incident] : after.incidents()) {
      if (incident.same_as.empty()) continue;
      const Incident& head = after.incidents().at(incident.same_as);
      RC_ASSERT(head.same_as.empty());
      RC_ASSERT(after.people().balances(id).empty());
      RC_ASSERT(incident.phase == head.phase);
      RC_ASSERT(incident.centre == head.centre);
      RC_ASSERT(incident.offered_to == head.offered_to);
      RC_ASSERT(incident.open == head.open);
    }
  });
}

RC_GTEST_PROP(RoomLaws, one_centre_coordinates_until_another_accepts_what_it_proposed, (const Day& day)) {
  Room room(small_world());
  play(room, day, [](const Room& before, const Event& event, const Room& after, const auto&) {
    for (const auto& [id, incident] : after.incidents()) {
      RC_ASSERT(!incident.centre.empty());
      const auto old = before.incidents().find(id);
      if (old == before.incidents().end() || old->second.centre == incident.centre) continue;
      const auto* report = report_in<reports::Order>(event);
      // The giver had proposed it, and had it until the taker accepted.
      RC_ASSERT(report != nullptr && report->task == "accept_hand_over" && report->role.empty());
      RC_ASSERT(report->from == incident.centre && old->second.offered_to == incident.centre);
    }
  });
}

RC_GTEST_PROP(RoomLaws, nothing_closes_while_somebody_is_unaccounted_for, (const Day& day)) {
  Room room(small_world());
  play(room, day, [](const Room&, const Event&, const Room& after, const auto&) {
    for (const auto& [id, one] : after.incidents()) {
      const Incident& incident = after.incidents().at(head_of(one));
      if (incident.open || incident.ended) continue;
      RC_ASSERT(after.people().accounted_for(incident.id));
      // And somebody said how many there were.
      const bool counted = after.count_of(incident.id).settled ||
                           after.people().in(PeopleState::set_out, incident.id).high > 0;
      RC_ASSERT(counted);
    }
  });
}

RC_GTEST_PROP(RoomLaws, a_search_ends_only_by_a_named_officer_with_reason_forecast_and_coverage,
              (const Day& day)) {
  Room room(small_world());
  play(room, day, [](const Room& before, const Event& event, const Room& after, const auto&) {
    for (const auto& [id, incident] : before.incidents()) {
      const Incident& now = after.incidents().at(id);
      if (!now.ended || incident.ended) continue;
      const auto* order = officers_order(event, "end_search");
      RC_ASSERT(order != nullptr && order->from == incident.centre);
      RC_ASSERT(!order->reason.empty() && !order->forecast.empty() && order->coverage.has_value());
      RC_ASSERT(after.people().balances(id) == before.people().balances(id));  // nobody is written off
    }
  });
}

RC_GTEST_PROP(RoomLaws, a_report_of_one_boat_closes_no_other, (const Day& day)) {
  Room room(small_world());
  play(room, day, [](const Room& before, const Event& event, const Room& after, const auto&) {
    const Report* report = report_in(event);
    if (report == nullptr || report_head(*report).boat.empty()) return;
    const std::string& named = report_head(*report).boat;
    const auto* order = std::get_if<reports::Order>(report);
    const std::string second = order == nullptr ? "" : order->other;
    std::set<std::string> concerned;  // the boat that is named, under all its numbers, and a second one
    for (const auto* moment : {&before, &after}) {
      for (const auto& [id, incident] : moment->incidents()) {
        if (incident.boat == named || (order != nullptr && incident.boat == second))
          concerned.insert(head_of(incident));
      }
    }
    for (const auto& [id, incident] : before.incidents()) {
      if (concerned.contains(head_of(incident))) continue;
      RC_ASSERT(after.incidents().at(id).open == incident.open);
      RC_ASSERT(after.people().balances(id) == before.people().balances(id));
    }
  });
}

RC_GTEST_PROP(RoomLaws, people_are_conserved, (const Day& day)) {
  Room room(small_world());
  PeopleBooks told;
  play(room, day,
       [&](const Room& before, const Event& event, const Room& after, const std::vector<Entry>& said) {
         for (const std::string& boat : after.people().boats()) {
           HeadCount sum;
           for (const auto state :
                {PeopleState::prevented, PeopleState::at_sea, PeopleState::rescued, PeopleState::landed,
                 PeopleState::handed_over, PeopleState::dead, PeopleState::missing}) {
             const HeadCount in = after.people().in(state, boat);
             sum = {sum.low + in.low, sum.high + in.high};
           }
           const HeadCount all = after.people().in(PeopleState::set_out, boat);
           RC_ASSERT(sum.low <= all.low && all.high <= sum.high);
           // Who is known to be ashore stays ashore, unless it is said that two boats were one, or were not,
           // or that the report was wrong.
           const auto* report = report_in<reports::Order>(event);
           const bool regrouped =
               report != nullptr && (report->task == "confirm_same" || report->task == "separate" ||
                                     report->task == "withdraw_report");
           const HeadCount ashore = after.people().in(PeopleState::landed, boat);
           const HeadCount were_ashore = before.people().in(PeopleState::landed, boat);
           // Who leaves the landed without that went into somebody's care.
           const std::int32_t more_in_care = after.people().in(PeopleState::handed_over, boat).high -
                                             before.people().in(PeopleState::handed_over, boat).high;
           if (!regrouped) RC_ASSERT(ashore.low >= were_ashore.low - std::max(0, more_in_care));
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
  std::set<std::string> handed_over;
  play(room, day, [&](const Room&, const Event& event, const Room&, const std::vector<Entry>& said) {
    // Whoever was not landed there or is not aboard cannot be handed over from there; that is said.
    if (const auto* report = report_in<reports::HandedOver>(event)) handed_over.insert(report->id);
    RC_LOG() << texts(said);
    for (const Json& body : bodies(said, "refused")) {
      if (handed_over.contains(body.value("source", ""))) continue;
      const auto why = body["why"].get<std::string>();
      RC_ASSERT(why.find("does not fit") == std::string::npos);
      RC_ASSERT(why.find("holds at most") == std::string::npos);
      RC_ASSERT(why.find("contradict") == std::string::npos);
    }
  });
}

/// A report that says by itself which boat it is of, in waters of one centre; none for an order.
std::optional<Json> plain_report(std::uint64_t bits, const Room& room, int number) {
  Choice choice(bits);
  Json json = report_of(choice, room, number);
  if (json["kind"] == "order" || !json.contains("boat")) return std::nullopt;
  if (json.contains("at")) json["at"] = uk_waters;
  json.erase("may_be");
  json["id"] = std::to_string(number);
  return json;
}

Json same_boat(const char* task, const Json& evidence, const std::string& id) {
  return {{"kind", "order"},
          {"id", id},
          {"from", "MRCC Dover"},
          {"boat", "A"},
          {"other", "B"},
          {"task", task},
          {"reason", "told by the same mark"},
          {"officer", "SMC A. Exercise"},
          {"evidence", evidence}};
}

/// The first report of boat A: evidence for whatever is said of it.
Json some_evidence(const Room& room) {
  for (const auto& [id, incident] : room.incidents()) {
    if (incident.boat == "A") return Json::array({report_head(incident.history.front().report).id});
  }
  return Json::array({"none"});
}

bool known(const Room& room, const std::string& boat) {
  return std::any_of(room.incidents().begin(), room.incidents().end(),
                     [&](const auto& each) { return each.second.boat == boat; });
}

RC_GTEST_PROP(RoomLaws, joined_and_parted_again_every_account_is_as_if_it_never_was, (const Day& day)) {
  Desk straight;
  Desk with_detour;
  const std::size_t joined = day.size() / 3;
  const std::size_t parted = day.size() * 2 / 3;
  int number = 0;
  for (std::size_t i = 0; i < day.size(); ++i) {
    if (i == joined || i == parted)
      with_detour.hear(same_boat(i == parted ? "separate" : "confirm_same", some_evidence(with_detour.room),
                                 i == parted ? "parted" : "joined"));
    const auto report = plain_report(day[i], straight.room, ++number);
    if (!report) continue;
    straight.hear(*report);
    with_detour.hear(*report);
  }
  // Where the detour begins and ends in one place, or after the last report, it is still open.
  if (!with_detour.room.relations().empty())
    with_detour.hear(same_boat("separate", some_evidence(with_detour.room), "at last"));
  for (const auto& [id, incident] : straight.room.incidents()) {
    const Incident& again = with_detour.incident(id);
    RC_ASSERT(again.same_as.empty());
    RC_ASSERT(with_detour.room.people().balances(id) == straight.room.people().balances(id));
    RC_ASSERT(again.open == incident.open);
    RC_ASSERT(with_detour.room.count_of(id).settled == straight.room.count_of(id).settled);
    RC_ASSERT(again.place == incident.place);
    RC_ASSERT(with_detour.room.count_of(id).persons.size() == straight.room.count_of(id).persons.size());
    RC_ASSERT(again.phase >= incident.phase);
  }
}

RC_GTEST_PROP(RoomLaws, the_account_of_two_that_are_one_is_that_of_one_label, (const Day& day)) {
  Desk two;
  Desk one;
  int number = 0;
  for (const std::uint64_t bits : day) {
    auto report = plain_report(bits, two.room, ++number);
    if (!report) continue;
    if ((*report)["kind"] == "departure_prevented") continue;  // of a label not yet at sea: counted ashore
    // Of a boat nobody has heard of it is refused and counts nowhere; under the one label it may be of a boat
    // that is known.
    if ((*report)["kind"] == "handed_over" && !known(two.room, (*report)["boat"])) continue;
    two.hear(*report);
    if ((*report)["boat"] == "B") (*report)["boat"] = "A";
    one.hear(*report);
  }
  two.hear(same_boat("confirm_same", some_evidence(two.room), "joined"));
  const auto of = [](const Desk& desk) {
    for (const auto& [id, incident] : desk.room.incidents()) {
      if (incident.boat == "A" || incident.boat == "B") return &desk.incident(head_of(incident));
    }
    return static_cast<const Incident*>(nullptr);
  };
  const Incident* joined = of(two);
  if (two.room.relations().empty()) return;  // one of the two was never heard of
  const Incident* single = of(one);
  RC_ASSERT(two.room.people().balances(joined->id) == one.room.people().balances(single->id));
  RC_ASSERT(joined->open == single->open);
  RC_ASSERT(two.room.count_of(joined->id).settled == one.room.count_of(single->id).settled);
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
