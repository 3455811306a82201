/// A search asked of a desk: planned, scored as it is drawn, and refused by field.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "running.h"
#include "varne/search/asked.h"

namespace varne {
namespace {

using test::get;
using test::post;
using test::RunningLive;

const char* const search_of_i1 = "/api/incidents/I1/search";

/// A desk with a boat lost, and its forecast.
class SearchDesk : public ::testing::Test {
 protected:
  void SetUp() override {
    Json call = test::call_for_help("r1");
    call["people_in_water"] = true;
    call["engine_stopped"] = true;
    ASSERT_EQ(post(port(), "/api/reports", call).status, 200);
    ASSERT_TRUE(test::soon([&] { return get(port(), "/api/incidents/I1/forecast").status == 200; }));
  }
  [[nodiscard]] std::uint16_t port() const { return desk_.port(); }
  [[nodiscard]] Json question() const {
    return {
        {"object", "raft 10 person"},
        {"from", get(port(), "/api/state").json()["now"]},
        {"length", 4 * 3600},
        {"visibility_m", 18520},
        {"wind_mps", 5},
        {"sea_m", 0.5},
        {"height_m", 4.3},
        {"units",
         {{{"unit", "RNLI Dover"}, {"search_mps", 7.7}}, {{"unit", "RNLI Dungeness"}, {"search_mps", 7.7}}}}};
  }
  [[nodiscard]] Json answered(const Json& question) const {
    const auto answer = post(port(), search_of_i1, question);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.json();
  }
  [[nodiscard]] std::string refused(const Json& question, int status = 400) const {
    const auto answer = post(port(), search_of_i1, question);
    EXPECT_EQ(answer.status, status) << answer.body;
    return answer.json()["error"];
  }

 private:
  test::Scratch folder_;
  RunningLive desk_{test::live(test::desk_in(folder_))};
};

TEST_F(SearchDesk, is_planned_on_the_forecast_with_routes_map_and_message) {
  const Json plan = answered(question());
  EXPECT_EQ(plan["forecast"], "F1");
  EXPECT_GT(plan["pos"], 0.1);
  EXPECT_GE(plan["pos"], plan["square_pos"]);
  EXPECT_GE(plan["bound"], plan["pos"]);
  EXPECT_GT(plan["at_least"], 0.85);
  ASSERT_GE(plan["tasks"].size(), 2U);
  std::size_t boxes = 0;
  std::size_t lines = 0;
  for (const Json& feature : plan["geojson"]["features"]) {
    boxes += feature["geometry"]["type"] == "Polygon";
    lines += feature["geometry"]["type"] == "LineString";
  }
  EXPECT_EQ(boxes, plan["tasks"].size());
  EXPECT_EQ(lines, plan["rtz"].size());
  EXPECT_NE(plan["rtz"][0]["text"].get<std::string>().find("<route version=\"1.0\""), std::string::npos);
  EXPECT_NE(plan["gpx"].get<std::string>().find("<name>CSP</name>"), std::string::npos);
  EXPECT_NE(plan["message"].get<std::string>().find("RNLI DOVER"), std::string::npos);
  // It changed nothing: nobody has a task.
  const Json units = get(port(), "/api/state").json()["units"];
  for (const Json& unit : units) EXPECT_TRUE(unit["task"].is_null());
}

TEST_F(SearchDesk, a_plan_drawn_by_hand_is_scored_as_it_is) {
  Json asked = question();
  asked["fixed"] = true;
  const Json plan = answered(asked);
  asked["boxes"] = plan["tasks"];
  for (Json& box : asked["boxes"]) box.erase("coverage");
  const Json scored = answered(asked);
  EXPECT_NEAR(scored["pos"].get<double>(), plan["pos"].get<double>(), 0.02);
  EXPECT_EQ(scored["tasks"].size(), plan["tasks"].size());
  // The same boxes ten miles away find nothing, and the plan says by how far it could be better.
  for (Json& box : asked["boxes"]) box["centre"][1] = box["centre"][1].get<double>() - 0.2;
  const Json far = answered(asked);
  EXPECT_LT(far["pos"], 0.3 * plan["pos"].get<double>());
}

TEST_F(SearchDesk, what_cannot_be_searched_is_refused_by_field) {
  Json asked = question();
  asked["units"][1]["unit"] = "RNLI Dungenes";
  EXPECT_EQ(refused(asked),
            "units[1]: \"RNLI Dungenes\" is not in the list of units; did you mean \"RNLI Dungeness\"?");
  asked = question();
  asked["units"][1]["unit"] = "RNLI Dover";
  EXPECT_EQ(refused(asked), "units[1]: RNLI Dover is named twice");
  asked = question();
  asked["units"][0]["sweep_width_m"] = 500;
  EXPECT_EQ(refused(asked), "units[0]: source: is needed: who stands for this sweep width?");
  asked = question();
  asked["objekt"] = 1;
  EXPECT_EQ(refused(asked), "objekt: is no field here");
  asked = question();
  asked["object"] = "raft 10 persons";
  EXPECT_NE(refused(asked).find("raft 10 person"), std::string::npos);
  asked = question();
  asked["spacing_m"] = 500;
  EXPECT_EQ(refused(asked),
            "spacing_m: is for an expanding square or a sector: a sweep's follows from its box and time");
  asked["pattern"] = "expanding_square";
  asked["spacing_m"] = 0;
  EXPECT_EQ(refused(asked), "spacing_m: must be above 0");
  asked = question();
  asked["units"][0]["turn_s"] = -1;
  EXPECT_EQ(refused(asked), "units[0]: turn_s: must be 0 to 3600");
  asked = question();
  asked["units"] = Json::array();
  EXPECT_EQ(refused(asked), "units: are 1 to 8");
  asked = question();
  asked["from"] = "2031-01-01T00:00:00Z";
  EXPECT_NE(refused(asked).find("forecast"), std::string::npos);
  EXPECT_EQ(post(port(), "/api/incidents/I9/search", question()).status, 404);
}

TEST_F(SearchDesk, the_last_search_is_there_for_whoever_looks_on) {
  EXPECT_EQ(get(port(), search_of_i1).body, "null");
  EXPECT_EQ(get(port(), "/api/incidents/I9/search").status, 404);
  const Json asked = question();
  const Json plan = answered(asked);
  EXPECT_EQ(plan["asked"], asked);
  EXPECT_EQ(get(port(), search_of_i1).json(), plan);
  // One that was refused changes nothing; the next that is answered takes its place.
  Json wrong = asked;
  wrong["object"] = "submarine";
  EXPECT_NE(refused(wrong), "");
  EXPECT_EQ(get(port(), search_of_i1).json(), plan);
  Json creeping = asked;
  creeping["pattern"] = "creeping_line";
  (void)answered(creeping);
  EXPECT_EQ(get(port(), search_of_i1).json()["asked"]["pattern"], "creeping_line");
}

/// It is worked out on a thread of its own: others are answered meanwhile.
TEST_F(SearchDesk, keeps_nobody_waiting) {
  Json asked = question();
  asked["length"] = 6 * 3600;
  std::atomic<bool> over = false;
  std::thread searches([&] {
    for (int i = 0; i < 3; ++i) EXPECT_GT(answered(asked)["pos"], 0);
    over = true;
  });
  int healthy = 0;
  while (!over) healthy += get(port(), "/api/health").status == 200 ? 1 : 0;
  searches.join();
  // Were they answered one after the other there would be one a search.
  EXPECT_GT(healthy, 8);
}

TEST_F(SearchDesk, squares_and_sectors_lie_about_the_datum) {
  for (const char* kind : {"expanding_square", "sector"}) {
    Json asked = question();
    asked["units"].erase(1);
    asked["pattern"] = kind;
    const Json plan = answered(asked);
    ASSERT_EQ(plan["tasks"].size(), 1U) << plan.dump();
    EXPECT_GT(plan["pos"], 0.02);
    EXPECT_GT(plan["at_least"], 0.2);
    EXPECT_EQ(plan["geojson"]["features"].back()["properties"]["pattern"], kind);
    EXPECT_EQ(plan["rtz"].size(), 1U);
  }
}

TEST_F(SearchDesk, shows_the_worksheets_plan_beside_its_own) {
  const Json plan = answered(question());
  const Json& sheet = plan["worksheet"];
  if (sheet.contains("missing")) {  // no wind is known to a desk without forcing
    EXPECT_NE(sheet["missing"].get<std::string>().find("is not known"), std::string::npos) << sheet.dump();
  } else {
    EXPECT_GT(sheet["total_probable_error_m"], 0);
    EXPECT_LE(sheet["pos"], plan["pos"]);
  }
}

TEST_F(SearchDesk, a_unit_that_has_another_task_is_left_out_until_it_is_free) {
  Json other = test::call_for_help("r2", "Delta");
  other["at"] = {1.2, 50.9};
  ASSERT_EQ(post(port(), "/api/reports", other).status, 200);
  const auto order = [&](const char* id, const char* boat, const char* task) {
    const auto ordered = post(port(), "/api/reports",
                              Json{{"kind", "order"},
                                   {"id", id},
                                   {"time", get(port(), "/api/state").json()["now"]},
                                   {"from", "MRCC Dover"},
                                   {"boat", boat},
                                   {"unit", "RNLI Dover"},
                                   {"task", task}});
    ASSERT_EQ(ordered.status, 200) << ordered.body;
  };
  order("o1", "Delta", "rescue");
  Json asked = question();
  Json plan = answered(asked);
  ASSERT_EQ(plan["left_out"].size(), 1U) << plan["left_out"].dump();
  EXPECT_EQ(plan["left_out"][0]["unit"], "RNLI Dover");
  EXPECT_EQ(plan["left_out"][0]["why"], "has another task; say when it is free");
  asked["units"][0]["free_from"] = asked["from"];
  EXPECT_TRUE(answered(asked)["left_out"].empty());
  // One whose task this very boat is is the one that searches.
  asked["units"][0].erase("free_from");
  order("o2", "Charlie", "search");
  EXPECT_TRUE(answered(asked)["left_out"].empty());
}

TEST_F(SearchDesk, with_nobody_who_can_search_it_says_why_unit_by_unit) {
  Json asked = question();
  for (Json& unit : asked["units"]) unit.erase("search_mps");
  asked["night"] = true;
  const Json plan = answered(asked);
  EXPECT_TRUE(plan["tasks"].empty());
  EXPECT_EQ(plan["pos"], 0);
  ASSERT_EQ(plan["left_out"].size(), 2U);
  EXPECT_NE(plan["left_out"][0]["why"], "");
}

TEST(SearchOfADesk, needs_a_forecast) {
  const test::Scratch folder;
  const RunningLive desk(test::live(test::desk_in(folder)));
  Json call = test::call_for_help("r1");
  call.erase("at");
  ASSERT_EQ(post(desk.port(), "/api/reports", call).status, 200);
  const Json asked{{"object", "raft 10 person"},
                   {"from", "2021-11-24T03:00:00Z"},
                   {"length", 3600},
                   {"units", {{{"unit", "RNLI Dover"}}}}};
  EXPECT_EQ(post(desk.port(), search_of_i1, asked).status, 409);
}

template <class T>
std::string rows(const std::string& before) {
  std::string out;
  for_each_field<T>([&](const auto& field) {
    out +=
        fmt::format("| `{}{}`{} | {} |\n", before, field.name, field.optional ? "" : " (needed)", field.says);
  });
  return out;
}

TEST(SearchOfADesk, is_asked_for_as_the_manual_says) {
  const std::string table =
      rows<SearchAsked>("") + rows<AskedSearcher>("units[…].") + rows<DrawnBox>("boxes[…].");
  const auto manual = test::read_all(std::string(VARNE_ROOT) + "/docs/api.md");
  EXPECT_NE(manual.find("| field | says |\n| --- | --- |\n" + table), std::string::npos)
      << "docs/api.md, A search, is to be:\n"
      << table;
}

}  // namespace
}  // namespace varne
