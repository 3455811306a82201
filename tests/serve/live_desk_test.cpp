/// The live desk: what is said is acknowledged once it is durable, and is there again after a kill.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <map>

#include "ais_lines.h"
#include "running.h"
#include "varne/core/lines.h"

namespace varne {
namespace {

using test::call_for_help;
using test::get;
using test::Machine;
using test::post;
using test::RunningLive;

TEST(LiveDesk, a_report_is_accepted_with_its_entries_and_opens_an_incident) {
  const test::Scratch folder;
  const RunningLive desk(test::live(test::desk_in(folder)));
  test::Console console(desk.port());
  ASSERT_TRUE(console.next());
  const auto answer = post(desk.port(), "/api/reports", call_for_help("r1"));
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.json()["accepted"], "r1");
  ASSERT_FALSE(answer.json()["entries"].empty());

  // What was acknowledged can be read by everybody at once.
  const std::uint64_t last = answer.json()["entries"].back();
  const auto entries = test::all_entries(desk.port());
  ASSERT_GE(entries.size(), last);
  const Json state = get(desk.port(), "/api/state").json();
  ASSERT_EQ(state["incidents"].size(), 1U);
  EXPECT_EQ(state["incidents"][0]["boat"], "Charlie");
  EXPECT_EQ(state["incidents"][0]["phase"], "distress");
  EXPECT_EQ(state["people"]["set_out"], Json({30, 40}));

  const auto delta = console.until(
      [](const Json& frame) { return frame["type"] == "delta" && !frame["incidents"].empty(); });
  ASSERT_TRUE(delta);
  EXPECT_EQ((*delta)["incidents"][0]["boat"], "Charlie");
  EXPECT_EQ((*delta)["people"]["set_out"], Json({30, 40}));
}

TEST(LiveDesk, a_report_id_is_used_once_even_after_a_restart) {
  const test::Scratch folder;
  {
    const RunningLive desk(test::live(test::desk_in(folder)));
    EXPECT_EQ(post(desk.port(), "/api/reports", call_for_help("r1")).status, 200);
    const auto again = post(desk.port(), "/api/reports", call_for_help("r1", "Delta"));
    EXPECT_EQ(again.status, 409);
    EXPECT_NE(again.error().find("r1"), std::string::npos);
  }
  const RunningLive desk(test::live(test::desk_in(folder)));
  EXPECT_EQ(post(desk.port(), "/api/reports", call_for_help("r1")).status, 409);
  EXPECT_EQ(post(desk.port(), "/api/reports", call_for_help("r2")).status, 200);
}

/// The answer was lost with the desk that owed it: whoever sends the same bytes again gets it of the next
/// one.
TEST(LiveDesk, a_report_sent_again_after_a_restart_is_the_one_it_was) {
  const test::Scratch folder;
  const Json call = call_for_help("r1");
  Json entries;
  {
    const RunningLive desk(test::live(test::desk_in(folder)));
    const auto taken = post(desk.port(), "/api/reports", call);
    ASSERT_EQ(taken.status, 200);
    entries = taken.json()["entries"];
    ASSERT_FALSE(entries.empty());
  }
  const RunningLive desk(test::live(test::desk_in(folder)));
  const auto again = post(desk.port(), "/api/reports", call);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.json()["entries"], entries);
  EXPECT_EQ(get(desk.port(), "/api/state").json()["incidents"].size(), 1U);
  Json other = call;
  other["persons"] = 31;
  EXPECT_EQ(post(desk.port(), "/api/reports", other).status, 409);
}

TEST(LiveDesk, a_report_that_is_sent_again_is_the_same_report) {
  const test::Scratch folder;
  const RunningLive desk(test::live(test::desk_in(folder)));
  const Json call = call_for_help("r1");
  const auto first = post(desk.port(), "/api/reports", call);
  ASSERT_EQ(first.status, 200);
  const auto again = post(desk.port(), "/api/reports", call);
  EXPECT_EQ(again.status, 200) << again.body;
  EXPECT_EQ(again.json(), first.json());
  EXPECT_EQ(get(desk.port(), "/api/state").json()["incidents"].size(), 1U);
}

TEST(LiveDesk, a_bad_report_is_refused_with_its_field_and_leaves_no_trace) {
  const test::Scratch folder;
  const RunningLive desk(test::live(test::desk_in(folder)));
  ASSERT_TRUE(
      test::soon([&] { return !test::all_entries(desk.port()).empty(); }));  // it has begun its record
  const auto before = test::all_entries(desk.port()).size();
  const auto refusal = [&](const std::string& field, Json value) {
    Json report = call_for_help("bad");
    report[field] = std::move(value);
    const auto answer = post(desk.port(), "/api/reports", report);
    EXPECT_EQ(answer.status, 400) << answer.body;
    EXPECT_NE(answer.error().find(field), std::string::npos) << answer.error();
  };
  refusal("kind", "rumour");
  refusal("at", {400, 51});
  refusal("persons", {40, 30});
  refusal("time", "yesterday");
  refusal("passport", "1234");
  refusal("distress", "very");
  for (const char* body : {"", "{", "[]", "null", "\"call\"", "{\"id\":\"x\"} and more"})
    EXPECT_EQ(test::ask(desk.port(), {.target = "/api/reports", .method = "POST", .body = body}).status, 400);
  EXPECT_EQ(test::all_entries(desk.port()).size(), before);
  EXPECT_EQ(post(desk.port(), "/api/reports", call_for_help("bad")).status, 200) << "the id was not used up";
}

TEST(LiveDesk, cannot_be_played) {
  const test::Scratch folder;
  const RunningLive desk(test::live(test::desk_in(folder)));
  const auto answer = post(desk.port(), "/api/play", {{"playing", true}});
  EXPECT_EQ(answer.status, 400);
  EXPECT_NE(answer.error().find("live"), std::string::npos);
}

TEST(LiveDesk, shows_what_its_feeds_bring_and_says_when_one_is_silent) {
  const test::Scratch folder;
  test::Receiver receiver;
  const RunningLive desk(test::live(test::desk_in(folder, {"nmea=" + receiver.address()})));
  receiver.wait();
  test::Console console(desk.port());
  const auto hello = console.next();
  ASSERT_TRUE(hello);
  receiver.send(test::position_line(235000123, {1.4, 51.0}));
  const auto delta =
      console.until([](const Json& frame) { return frame["type"] == "delta" && !frame["tracks"].empty(); });
  ASSERT_TRUE(delta);
  const Json track = (*delta)["tracks"][0];
  EXPECT_EQ(track["mmsi"], 235000123);
  EXPECT_NEAR(track["at"][0], 1.4, 1e-5);
  EXPECT_EQ(track["source"], "nmea");
  const Json detail = get(desk.port(), "/api/tracks/" + track["id"].get<std::string>()).json();
  EXPECT_EQ(detail["evidence"].back()["raw"], test::position_line(235000123, {1.4, 51.0}));

  receiver.close();
  EXPECT_TRUE(test::soon([&] {
    const Json health = get(desk.port(), "/api/health").json();
    return health["ok"] == false && health["trouble"].get<std::string>().find("nmea") != std::string::npos;
  }));
}

TEST(LiveDesk, names_a_feed_that_is_connected_and_says_nothing_and_since_when) {
  const test::Scratch folder;
  test::Receiver receiver;
  Machine machine;
  auto options = test::desk_in(folder, {"nmea=" + receiver.address(), "plots=udp://127.0.0.1:0"});
  options.clock = [&] { return machine.read(); };
  RunningLive desk(test::live(options));
  receiver.wait();
  test::Console console(desk.port());
  ASSERT_TRUE(console.next());
  ASSERT_TRUE(receiver.send(test::position_line(235000123, {1.4, 51.0})));
  const auto feeds = [&] {
    std::vector<FeedStatus> out;
    desk.with_desk([&](LiveDesk& live) { out = live.feeds(); });
    return out;
  };
  ASSERT_TRUE(test::soon([&] { return feeds()[0].taken == 1; }));
  EXPECT_EQ(get(desk.port(), "/api/health").json()["ok"], true);
  machine.passed_ms = 5 * 60 * 1000;
  ASSERT_TRUE(test::soon([&] { return feeds()[0].silent_since && feeds()[1].silent_since; }));
  EXPECT_EQ(feeds()[0].silent_since, feeds()[0].last_heard);
  EXPECT_FALSE(feeds()[1].last_heard);
  const std::string trouble = get(desk.port(), "/api/health").json()["trouble"];
  EXPECT_NE(trouble.find("nmea: silent since " + iso(*feeds()[0].last_heard)), std::string::npos) << trouble;
  EXPECT_NE(trouble.find("plots: silent since "), std::string::npos) << trouble;
  EXPECT_TRUE(console.until([](const Json& frame) {
    return frame["type"] == "delta" &&
           frame["trouble"].get<std::string>().find("silent") != std::string::npos;
  })) << "the page is not told";
  ASSERT_TRUE(receiver.send(test::position_line(235000123, {1.4, 51.0})));
  EXPECT_TRUE(test::soon([&] { return !feeds()[0].silent_since; }));
}

TEST(LiveDesk, goes_on_while_the_clock_of_its_machine_jumps_ahead_and_back_and_says_so) {
  const test::Scratch folder;
  test::Receiver receiver;
  Machine machine;
  auto options = test::desk_in(folder, {"nmea=" + receiver.address()});
  options.clock = [&] { return machine.read(); };
  RunningLive desk(test::live(options));
  receiver.wait();
  const auto updated = [&] {
    const Json tracks = get(desk.port(), "/api/state").json()["tracks"];
    return tracks.empty() ? Time{} : parse_time(tracks[0]["updated"].get<std::string>()).value();
  };
  const auto heard = [&] {
    const Time before = updated();
    EXPECT_TRUE(receiver.send(test::position_line(235000123, {1.4, 51.0})));
    EXPECT_TRUE(test::soon([&] { return updated() > before; }));
    return updated();
  };
  const Time first = heard();
  machine.off_ms = 2 * 3600 * 1000;
  const Time ahead = heard();
  EXPECT_LT(ahead - first, std::chrono::minutes(1));
  EXPECT_NE(
      get(desk.port(), "/api/health").json()["trouble"].get<std::string>().find("ahead of the desk's time"),
      std::string::npos);
  const auto told = [&](const char* health) {
    return test::soon([&] {
      for (const auto& line : test::all_entries(desk.port())) {
        const Json entry = parse_json(line).value();
        if (entry["kind"] == "feed" && entry["body"]["feed"] == "machine clock" &&
            entry["body"]["health"] == health)
          return true;
      }
      return false;
    });
  };
  EXPECT_TRUE(told("clock_off")) << "it is an entry";
  machine.off_ms = 0;
  const Time back = heard();
  EXPECT_GT(back, ahead);
  EXPECT_LT(back - first, std::chrono::minutes(1));
  EXPECT_EQ(get(desk.port(), "/api/health").json()["ok"], true);
  machine.passed_ms = 10'000;
  EXPECT_TRUE(told("heard")) << "and that it is right again is one too";
}

TEST(LiveDesk, damaged_and_endless_lines_do_not_stop_a_feed) {
  const test::Scratch folder;
  test::Receiver receiver;
  const RunningLive desk(test::live(test::desk_in(folder, {"nmea=" + receiver.address()})));
  receiver.wait();
  auto damaged = test::position_line(235000124, {1.4, 51.0});
  damaged.back() = damaged.back() == '0' ? '1' : '0';
  receiver.send(damaged);
  receiver.send(std::string(std::size_t{1} << 20, 'x'));
  receiver.send(std::string("\0\xff\n\n$GPGGA", 11));
  receiver.send(test::position_line(235000123, {1.4, 51.0}));
  EXPECT_TRUE(test::soon([&] {
    const Json tracks = get(desk.port(), "/api/state").json()["tracks"];
    return tracks.size() == 1 && tracks[0]["mmsi"] == 235000123;
  }));
}

TEST(LiveDesk, a_receiver_whose_clock_is_wrong_hides_no_ship) {
  const test::Scratch folder;
  test::Receiver receiver;
  const auto in_year = [](const std::string& year, std::uint32_t mmsi) {
    return test::tagged("r1", parse_time(year + "-01-01T00:00:00Z").value(),
                        test::position_line(mmsi, {1.4, 51.0}));
  };
  const auto seen = [](std::uint16_t port) {
    std::map<std::uint32_t, Json> out;
    const Json state = get(port, "/api/state").json();
    for (const auto& track : state["tracks"]) out[track["mmsi"]] = track["updated"];
    return out;
  };
  std::map<std::uint32_t, Json> before;
  const auto begin = iso(test::wall_clock());
  {
    const RunningLive desk(test::live(test::desk_in(folder, {"nmea=" + receiver.address()})));
    receiver.wait();
    ASSERT_TRUE(receiver.send(in_year("2013", 235000001)));
    ASSERT_TRUE(receiver.send(in_year("2100", 235000002)));
    ASSERT_TRUE(receiver.send(test::position_line(235000003, {1.4, 51.0})));
    ASSERT_TRUE(test::soon([&] { return seen(desk.port()).size() == 3; }));
    before = seen(desk.port());
    for (const auto& [mmsi, updated] : before) {
      EXPECT_GE(updated.get<std::string>(), begin) << mmsi;
      EXPECT_LE(updated.get<std::string>(), iso(test::wall_clock())) << mmsi;
    }
  }
  const RunningLive desk(test::live(test::desk_in(folder)));
  EXPECT_EQ(seen(desk.port()), before);
}

TEST(LiveDesk, a_journal_does_not_take_the_name_of_a_file_of_the_record) {
  const test::Scratch folder;
  auto options = test::desk_in(folder);
  options.journal = options.record + "-journal";
  boost::asio::io_context io;
  const auto desk = LiveDesk::open(io, test::trial_world(), options);
  ASSERT_FALSE(desk);
  EXPECT_NE(desk.error().text().find("desk.db-journal"), std::string::npos) << desk.error().text();
}

TEST(LiveDesk, a_call_in_distress_gets_a_forecast_of_its_own) {
  const test::Scratch folder;
  Json call = call_for_help("r1");
  call["people_in_water"] = true;
  call["engine_stopped"] = true;
  std::vector<std::string> before;
  {
    const RunningLive desk(test::live(test::desk_in(folder)));
    ASSERT_EQ(post(desk.port(), "/api/reports", call).status, 200);
    ASSERT_TRUE(test::soon([&] { return get(desk.port(), "/api/incidents/I1/forecast").status == 200; }));
    const Json forecast = get(desk.port(), "/api/incidents/I1/forecast").json();
    EXPECT_EQ(forecast["incident"], "I1");
    ASSERT_FALSE(forecast["snapshots"].empty());
    EXPECT_EQ(forecast["snapshots"][0]["points"].size(), forecast["particles"]);
    EXPECT_FALSE(forecast["snapshots"][0]["contour50"].empty());
    before = test::all_entries(desk.port());
  }
  // The same forecast, from the same seed, when the desk is rebuilt.
  const RunningLive desk(test::live(test::desk_in(folder)));
  EXPECT_EQ(get(desk.port(), "/api/incidents/I1/forecast").status, 200);
  const auto after = test::all_entries(desk.port());
  ASSERT_GE(after.size(), before.size());
  EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
}

TEST(LiveDesk, two_desks_cannot_have_one_record) {
  const test::Scratch folder;
  const RunningLive desk(test::live(test::desk_in(folder)));
  boost::asio::io_context io;
  const auto second = LiveDesk::open(io, test::trial_world(), test::desk_in(folder));
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().text().find("in use"), std::string::npos) << second.error().text();
}

TEST(LiveDesk, a_record_without_its_journal_is_refused) {
  const test::Scratch folder;
  {
    const RunningLive desk(test::live(test::desk_in(folder)));
    EXPECT_EQ(post(desk.port(), "/api/reports", call_for_help("r1")).status, 200);
  }
  std::filesystem::remove_all(folder.file("journal"));
  boost::asio::io_context io;
  const auto desk = LiveDesk::open(io, test::trial_world(), test::desk_in(folder));
  ASSERT_FALSE(desk);
  EXPECT_NE(desk.error().text().find("journal"), std::string::npos) << desk.error().text();
}

TEST(LiveDesk, a_lost_record_is_written_again_from_the_journal) {
  const test::Scratch folder;
  std::vector<std::string> before;
  {
    const RunningLive desk(test::live(test::desk_in(folder)));
    EXPECT_EQ(post(desk.port(), "/api/reports", call_for_help("r1")).status, 200);
    before = test::all_entries(desk.port());
  }
  std::filesystem::remove(folder.file("desk.db"));
  const RunningLive desk(test::live(test::desk_in(folder)));
  const auto after = test::all_entries(desk.port());
  ASSERT_GE(after.size(), before.size());
  EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
}

TEST(LiveFeedText, is_kind_and_address_and_anything_else_is_refused) {
  const auto feed = parse_live_feed("nmea=tcp://127.0.0.1:10110");
  ASSERT_TRUE(feed);
  EXPECT_EQ(feed->kind, "nmea");
  EXPECT_EQ(feed->address.port, 10110);
  for (const char* wrong : {"", "nmea", "nmea=", "smoke=tcp://127.0.0.1:1", "nmea=file.nmea",
                            "nmea=tcp://127.0.0.1", "=tcp://127.0.0.1:1", "nmea=-"}) {
    const auto refused = parse_live_feed(wrong);
    ASSERT_FALSE(refused) << wrong;
    EXPECT_NE(refused.error().text().find("--feed"), std::string::npos) << refused.error().text();
  }
}

}  // namespace
}  // namespace varne
