#include "varne/desk/replay.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "small_day.h"
#include "varne/report/report.h"
#include "varne/room/verdict_json.h"

namespace varne::test {
namespace {

/// Lines of a replay of this folder.
std::string lines_of(const std::string& folder, ReplayOptions options = {},
                     ReplaySummary* summary = nullptr) {
  std::string lines;
  options.entry = [&](const Entry& entry) { lines += entry_line(entry) + "\n"; };
  const auto done = replay(load_day(folder).value(), options);
  EXPECT_TRUE(done) << done.error().text();
  if (done && summary != nullptr) *summary = *done;
  return lines;
}

TEST(Replay, twice_and_at_two_speeds_gives_the_same_bytes) {
  const Scratch scratch;
  const std::string folder = write_small_day(scratch);
  const std::string once = lines_of(folder);
  EXPECT_NE(once.find("\"kind\":\"forecast\""), std::string::npos);
  EXPECT_EQ(lines_of(folder), once);
  EXPECT_EQ(lines_of(folder, {.speed = 3000}), once);  // twenty minutes in 0.4 s
}

TEST(Replay, a_cut_one_goes_on_where_it_ended) {
  const Scratch scratch;
  const std::string folder = write_small_day(scratch);
  ReplaySummary whole;
  const std::string once = lines_of(folder, {}, &whole);
  std::vector<Entry> entries;
  ASSERT_TRUE(
      replay(load_day(folder).value(), {.entry = [&](const Entry& entry) { entries.push_back(entry); }}));
  for (const std::size_t had : {std::size_t{1}, entries.size() / 2, entries.size()}) {
    const std::string path = scratch.file("cut" + std::to_string(had) + ".db");
    auto ledger = open_ledger(path).value();
    ASSERT_TRUE(ledger->label("day", hex(load_day(folder)->hash)));
    ASSERT_TRUE(ledger->append(std::span(entries).first(had)));
    ReplaySummary summary;
    EXPECT_EQ(lines_of(folder, {.ledger = ledger.get()}, &summary), once);
    EXPECT_EQ(summary.resumed_at, had);
    EXPECT_EQ(summary.head, whole.head);
    EXPECT_EQ(ledger->head().hash, whole.head);
    EXPECT_EQ(ledger->head().size, whole.entries);
  }
}

TEST(Replay, a_ledger_of_another_day_or_with_other_entries_is_refused) {
  const Scratch scratch;
  const std::string folder = write_small_day(scratch);
  const auto day = load_day(folder).value();
  auto other = open_ledger(scratch.file("other.db")).value();
  ASSERT_TRUE(other->label("day", std::string(64, '0')));
  const auto refused = replay(day, {.ledger = other.get()});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().text().find("belongs to another day"), std::string::npos);

  std::vector<Entry> entries;
  ASSERT_TRUE(replay(day, {.entry = [&](const Entry& entry) { entries.push_back(entry); }}));
  entries[4].body = R"({"text":"something else"})";
  auto changed = open_ledger(scratch.file("changed.db")).value();
  ASSERT_TRUE(changed->label("day", hex(day.hash)));
  ASSERT_TRUE(changed->append(entries));
  const auto differs = replay(day, {.ledger = changed.get()});
  ASSERT_FALSE(differs);
  EXPECT_EQ(differs.error().where, "entry 5");

  Entry more = entries.back();
  auto longer = open_ledger(scratch.file("longer.db")).value();
  entries.clear();
  ASSERT_TRUE(replay(day, {.entry = [&](const Entry& entry) { entries.push_back(entry); }}));
  ++more.number;
  entries.push_back(more);
  ASSERT_TRUE(longer->label("day", hex(day.hash)));
  ASSERT_TRUE(longer->append(entries));
  EXPECT_NE(replay(day, {.ledger = longer.get()}).error().text().find("this day does not give it"),
            std::string::npos);
}

TEST(Replay, who_watches_sees_every_event_and_the_room_after_it) {
  const Scratch scratch;
  std::uint64_t events = 0;
  std::uint64_t last = 0;
  const auto summary =
      replay(load_day(write_small_day(scratch)).value(), {.after = [&](const Event& event, const Room& room) {
               ++events;
               EXPECT_EQ(room.now(), event.at);
               last = room.last_entry();
             }});
  ASSERT_TRUE(summary);
  EXPECT_EQ(events, summary->events);
  EXPECT_EQ(last, summary->entries);
}

TEST(Report, is_made_from_the_entries_alone_and_escapes_what_it_shows) {
  const Scratch scratch;
  const auto day = load_day(write_small_day(scratch)).value();
  ReportFacts facts;
  const auto summary = replay(day, {.entry = [&](const Entry& entry) { facts.take(entry); }});
  ASSERT_TRUE(summary);
  const auto world = load_world(day).value();
  const std::string page = report_page(facts, *world, nullptr, summary->head);
  const auto has = [&](const std::string& part) { return page.find(part) != std::string::npos; };
  EXPECT_TRUE(has("EXERCISE. A small day."));
  EXPECT_TRUE(has("Both sides give 33: the account balances."));
  EXPECT_TRUE(has("33 by RNLI Dover 05:10, 33 landed at Dover 05:18")) << page;
  EXPECT_TRUE(has("a &lt;b&gt;paper&lt;/b&gt;"));
  EXPECT_FALSE(has("<b>paper"));
  EXPECT_TRUE(has(hex(summary->head)));
  // Nothing is fetched from anywhere.
  for (const char* reference : {"http:", "https:", "src=", "href=", "url(", "@import", "<script"})
    EXPECT_FALSE(has(reference)) << reference;
}

TEST(Report, of_the_sample_day_closes_the_account) {
  const auto day = load_day(std::string(VARNE_ROOT) + "/data/days/2021-11-11");
  ASSERT_TRUE(day) << day.error().text();
  ReportFacts facts;
  std::unique_ptr<Room> room;
  std::vector<Json> verdicts;
  const auto take = [&](const Entry& entry) {
    facts.take(entry);
    if (entry.kind == "verdict") verdicts.push_back(parse_json(entry.body).value());
  };
  const auto summary = replay(*day, {.entry = take}, &room);
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->refused, 0U);
  const auto exactly = [](int n) { return HeadCount{n, n}; };
  EXPECT_EQ(facts.people.in(PeopleState::set_out), exactly(1352));
  EXPECT_EQ(facts.people.in(PeopleState::prevented), exactly(99));
  EXPECT_EQ(facts.people.in(PeopleState::landed), exactly(1250));
  EXPECT_EQ(facts.people.in(PeopleState::missing), exactly(3));
  EXPECT_EQ(facts.people.balances(), room->people().balances());
  std::size_t landed = 0;
  for (const auto& [id, incident] : room->incidents()) {
    landed += room->people().in(PeopleState::landed, id).high > 0 ? 1 : 0;
    EXPECT_EQ(incident.open, incident.craft == "kayak") << id;
  }
  EXPECT_EQ(landed, 36U);
  ASSERT_GE(room->claims().size(), 3U);
  const std::string page = report_page(facts, room->world(), nullptr, summary->head);
  EXPECT_NE(page.find("Both sides give 1,352: the account balances."), std::string::npos);
  for (const char* figure : {"1,185", "1,284", "1,250"})
    EXPECT_NE(page.find(figure), std::string::npos) << figure;
  // The article's day: no boat was permitted to be turned round, nor anything else but rescue.
  ASSERT_EQ(facts.ruled.size(), 3U);
  for (const auto& ruled : facts.ruled) {
    EXPECT_EQ(ruled.boats.size(), room->incidents().size()) << ruled.title;
    EXPECT_TRUE(ruled.permitted.empty()) << ruled.title;
    for (const auto& condition : ruled.conditions)
      EXPECT_FALSE(condition.failed.empty() && condition.unknown.empty()) << condition.says;
  }
  EXPECT_NE(page.find("<h3>Turn the boat round</h3>"), std::string::npos);
  // Each can be derived again from its entry alone.
  ASSERT_GT(verdicts.size(), 1000U);
  for (const Json& body : verdicts) {
    const auto again = derive_again(*room->world().rules, body);
    ASSERT_TRUE(again) << again.error().text();
    for (const auto& [name, value] : again->items()) ASSERT_EQ(body[name], value) << body["text"];
  }
}

}  // namespace
}  // namespace varne::test
