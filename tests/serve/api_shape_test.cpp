/// docs/api.md is the contract: every name the server says stands there, in the paragraph of its object.
#include <gtest/gtest.h>

#include <set>

#include "desk/small_day.h"
#include "running.h"
#include "varne/desk/player.h"

namespace varne {
namespace {

using test::get;
using Names = std::set<std::string>;

/// All "names" in quotes between two marks of docs/api.md.
Names documented(const std::string& from, const std::string& to) {
  static const std::string text = test::read_all(std::string(VARNE_ROOT) + "/docs/api.md");
  const auto begin = text.find(from);
  const auto end = text.find(to, begin + 1);
  EXPECT_NE(begin, std::string::npos) << "docs/api.md has no \"" << from << "\"";
  EXPECT_NE(end, std::string::npos) << "docs/api.md has no \"" << to << "\" after it";
  Names out;
  for (auto at = begin; (at = text.find('"', at)) < end; ++at) {
    const auto close = text.find('"', at + 1);
    out.insert(text.substr(at + 1, close - at - 1));
    at = close;
  }
  return out;
}

void expect_documented(const Json& object, const Names& names, const std::string& what) {
  ASSERT_TRUE(object.is_object()) << what << " " << object;
  for (const auto& [name, value] : object.items())
    EXPECT_TRUE(names.contains(name)) << what << " has \"" << name << "\", which docs/api.md does not name";
}

void expect_names(const Json& object, const Names& needed, const std::string& what) {
  for (const auto& name : needed)
    EXPECT_TRUE(object.contains(name)) << what << " lacks \"" << name << "\": " << object;
}

class ApiShape : public ::testing::Test {
 protected:
  ApiShape()
      : day_(load_day(test::write_small_day(folder_)).value()), server_([this](boost::asio::io_context& io) {
          return Player::prepare(io, day_, {.from = day_.start + std::chrono::minutes(12), .playing = false})
              .value();
        }) {}
  test::Scratch folder_;
  Day day_;
  test::Running<Player> server_;
};

TEST_F(ApiShape, the_state_and_all_in_it_have_the_documented_names) {
  const Json state = get(server_.port(), "/api/state").json();
  expect_documented(state, documented("## State", "Track:"), "the state");
  expect_names(state,
               {"mode", "title", "exercise", "notice", "now", "start", "end", "playing", "speed", "sandbox",
                "trouble", "last_entry", "tracks", "incidents", "units", "people", "entries"},
               "the state");
  ASSERT_FALSE(state["tracks"].empty());
  ASSERT_FALSE(state["incidents"].empty());
  ASSERT_FALSE(state["entries"].empty());
  const Names track = documented("Track:", "Incident:");
  for (const auto& one : state["tracks"]) {
    expect_documented(one, track, "a track");
    expect_documented(one["ellipse"], track, "an ellipse");
    expect_names(one, {"id", "state", "at", "updated", "source", "speed_mps"}, "a track");
  }
  const Names incident = documented("Incident:", "Unit:");
  for (const auto& one : state["incidents"]) {
    expect_documented(one, incident, "an incident");
    expect_names(one, {"id", "boat", "phase", "centre", "open", "opened", "at", "persons", "states"},
                 "an incident");
    for (const auto& [name, count] : one["states"].items()) {
      EXPECT_TRUE(incident.contains(name)) << name;
      EXPECT_TRUE(count.is_array() && count.size() == 2 && count[0] <= count[1]) << count;
    }
  }
  for (const auto& one : state["units"]) {
    expect_documented(one, documented("Unit:", "People:"), "a unit");
    expect_names(one, {"name", "kind", "state", "centre", "at", "aboard", "capacity"}, "a unit");
  }
  const Names people = documented("People:", "Entry:");
  expect_documented(state["people"], people, "the people");
  EXPECT_EQ(state["people"]["rescued"], Json({33, 33}));
  for (const auto& entry : state["entries"]) {
    EXPECT_EQ(entry.size(), 4U);
    expect_names(entry, {"number", "time", "kind", "body"}, "an entry");
    EXPECT_TRUE(parse_entry(canonical(entry))) << "not the line of the record: " << entry;
  }
}

TEST_F(ApiShape, the_claims_of_the_day_after_stand_beside_the_count) {
  ASSERT_EQ(test::post(server_.port(), "/api/play", {{"to", iso(day_.end)}}).status, 200);
  const Json people = get(server_.port(), "/api/state").json()["people"];
  ASSERT_EQ(people["claims"].size(), 1U);
  expect_documented(people["claims"][0], documented("People:", "Entry:"), "a claim");
  EXPECT_EQ(people["claims"][0]["persons"], Json({30, 30}));
  EXPECT_EQ(people["landed"], Json({33, 33}));
}

TEST_F(ApiShape, one_incident_one_track_and_a_forecast_have_the_documented_names) {
  const Names incident = documented("Incident:", "Unit:");
  const Json detail = get(server_.port(), "/api/incidents/I1").json();
  expect_documented(detail, incident, "an incident's detail");
  expect_names(detail, {"notes", "persons_claims", "postings", "units", "verdicts"}, "an incident's detail");
  for (const char* list : {"notes", "persons_claims", "postings", "units"})
    for (const auto& one : detail[list]) expect_documented(one, incident, list);

  const Json state = get(server_.port(), "/api/state").json();
  const auto id = state["tracks"][0]["id"].get<std::string>();
  const Json track = get(server_.port(), "/api/tracks/" + id).json();
  expect_documented(track, documented("Track:", "Incident:"), "a track's detail");
  ASSERT_FALSE(track["evidence"].empty());
  for (const auto& one : track["evidence"])
    expect_documented(one, documented("Track:", "Incident:"), "a track's evidence");

  const Names forecast = documented("Forecast:", "Sea:");
  const Json run = get(server_.port(), "/api/incidents/I1/forecast").json();
  expect_documented(run, forecast, "a forecast");
  ASSERT_FALSE(run["snapshots"].empty());
  for (const auto& one : run["snapshots"]) {
    expect_documented(one, forecast, "a snapshot");
    expect_names(one, {"time", "points", "contour50", "contour90"}, "a snapshot");
    EXPECT_EQ(one["points"].size(), run["particles"]);
  }
}

TEST_F(ApiShape, the_sea_and_the_health_have_the_documented_names) {
  const Json sea = get(server_.port(), "/api/sea?lon=1.4&lat=51.0").json();
  expect_documented(sea, documented("Sea:", "Health:"), "the sea");
  EXPECT_NEAR(sea["current"]["speed_mps"], 0.772, 0.01);
  EXPECT_EQ(sea["current"]["towards_deg"], 40);
  EXPECT_TRUE(sea["wave_height_m"].is_null()) << "nobody stated it: unknown, never zero";
  EXPECT_EQ(get(server_.port(), "/api/sea?lon=1.4&lat=51.0&time=2021-11-11T05%3A00%3A00Z").status, 200);
  expect_documented(get(server_.port(), "/api/health").json(), documented("Health:", "## Changes"),
                    "the health");
}

TEST_F(ApiShape, frames_have_the_documented_names) {
  const Names frames = documented("## Changes", "## Writing");
  test::Console console(server_.port());
  for (const auto* type : {"hello", "reset", "play", "delta"}) {
    if (std::string(type) == "reset")
      ASSERT_EQ(test::post(server_.port(), "/api/play", {{"to", iso(day_.start)}}).status, 200);
    if (std::string(type) == "play")
      ASSERT_EQ(test::post(server_.port(), "/api/play", {{"playing", true}}).status, 200);
    const auto frame = console.until_type(type);
    ASSERT_TRUE(frame) << type;
    expect_documented(*frame, frames, std::string("the frame ") + type);
  }
}

}  // namespace
}  // namespace varne
