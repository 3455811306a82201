/// Reports in and out of JSON.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "feed/any_report.h"
#include "varne/core/fields_bytes.h"
#include "varne/core/units.h"
#include "varne/feed/report_reader.h"

namespace varne {
namespace {

/// One good report of each kind.
const std::vector<std::string> good{
    R"({"id":"1","time":"2021-11-11T05:00:00Z","kind":"call","from":"caller","at":[1.5,51.0],"error_m":500,"persons":[30,40],"distress":true,"people_in_water":false,"taking_water":true,"engine_stopped":true,"children":3,"text":"water to the knees"})",
    R"({"id":"2","time":"2021-11-11T05:01:00Z","kind":"sighting","from":"aircraft","craft":"kayak","at":[1.7,51.0],"empty":true})",
    R"({"id":"3","time":"2021-11-11T05:02:00Z","kind":"departure_prevented","from":"Gendarmerie","country":"FR","persons":33,"boats":1})",
    R"({"id":"4","time":"2021-11-11T05:03:00Z","kind":"landing","from":"Border Force","unit":"Valiant","port":"Dover","country":"UK","persons":[34,36],"boat":"Charlie"})",
    R"({"id":"5","time":"2021-11-11T05:04:00Z","kind":"recovered","from":"RNLI Dungeness","unit":"RNLI Dungeness","persons":35,"injured":1,"dead":0})",
    R"({"id":"6","time":"2021-11-11T05:05:00Z","kind":"unit_position","from":"RNLI Dover","unit":"RNLI Dover","at":[1.33,51.1],"course_deg":120,"speed_kn":25})",
    R"({"id":"7","time":"2021-11-11T05:06:00Z","kind":"order","from":"MRCC Dover","unit":"RNLI Dover","task":"rescue","boat":"Charlie","role":"SMC"})",
    R"({"id":"8","time":"2021-11-11T05:07:00Z","kind":"consent","from":"Valiant","boat":"Charlie","role":"captain","given":false,"response":"escort"})",
    R"({"id":"9","time":"2021-11-12T05:08:00Z","kind":"claim","from":"Home Office","subject":"arrived","persons":1185,"boats":33,"status":"provisional","about":"2021-11-11"})",
    R"({"id":"10","time":"2021-11-11T05:08:00Z","kind":"fact","from":"captain of HMC Valiant","role":"captain","boat":"Charlie","fact":"taking_water","value":true})",
    R"({"id":"11","time":"2021-11-11T05:09:00Z","kind":"fact","from":"MRCC Dover","boat":"Charlie","fact":"wave_height","value":0.4})",
    R"({"id":"12","time":"2021-11-11T05:09:00Z","kind":"fact","from":"MRCC Dover","boat":"Charlie","fact":"waters","value":"UK"})",
    R"({"id":"13","time":"2021-11-11T04:00:00Z","kind":"parameter","from":"Clandestine Channel Threat Commander","role":"commander","parameter":"uk-turnaround-2021.wind_limit","value":5})",
    R"({"id":"14","time":"2021-11-11T05:10:00Z","kind":"override","from":"commander of the day","role":"commander","boat":"Charlie","response":"escort","until":"2021-11-11T06:00:00Z","text":"the boat asked to be followed"})",
    R"({"id":"15","time":"2021-11-11T05:09:00Z","time_error_s":600,"kind":"call","from":"caller","may_be":["Charlie","I7"]})",
    R"({"id":"16","time":"2021-11-11T05:10:00Z","kind":"order","from":"MRCC Dover","task":"confirm_same","boat":"Charlie","other":"I7","officer":"SMC A. Exercise","reason":"the same hull","evidence":["4","9"]})",
    R"({"id":"17","time":"2021-11-11T05:11:00Z","kind":"order","from":"MRCC Dover","task":"end_search","boat":"I7","officer":"SMC A. Exercise","reason":"72 h","forecast":"F3","coverage":0.8,"coverage_source":"by hand"})",
    R"({"id":"18","time":"2021-11-11T05:12:00Z","kind":"claim","from":"an inquiry","subject":"time of sinking","boat":"Charlie","at":[1.5,51.0],"error_m":500,"status":"final","about":"2021-11-11","text":"between 03:12 and 03:33"})",
    R"({"id":"19","time":"2021-11-11T08:00:00Z","kind":"handed_over","from":"Border Force","boat":"Charlie","persons":2,"port":"Dover","to":"ambulance service","injured":2})",
};

Json changed(std::size_t index, const char* field, Json value) {
  Json json = *parse_json(good[index]);
  json[field] = std::move(value);
  return json;
}

TEST(Report, every_kind_is_read_and_written_again) {
  for (const auto& line : good) {
    const auto report = parse_report(line);
    ASSERT_TRUE(report) << line << ": " << report.error().text();
    EXPECT_EQ(report_json(*report), canonical(*parse_json(line)));
  }
}

TEST(Report, fields_arrive_in_inside_units) {
  const auto call = std::get<reports::Call>(*parse_report(good[0]));
  EXPECT_EQ(call.place, (Place{1.5, 51.0}));
  EXPECT_EQ(call.place_error_m, 500);
  EXPECT_EQ(call.persons, (HeadCount{30, 40}));
  EXPECT_EQ(call.children, (HeadCount{3, 3}));
  EXPECT_EQ(call.distress, true);
  EXPECT_EQ(call.people_in_water, false);
  EXPECT_FALSE(call.injured.has_value());
  EXPECT_NEAR(*std::get<reports::UnitPosition>(*parse_report(good[5])).speed_mps, 25 * 1852.0 / 3600, 1e-12);
}

TEST(Report, an_unknown_kind_is_refused_with_the_list_of_kinds) {
  const auto got = report_from(changed(0, "kind", "interception"));
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().where, "kind");
  EXPECT_NE(got.error().what.find("\"interception\" is no kind of report"), std::string::npos)
      << got.error().what;
  EXPECT_NE(got.error().what.find("departure_prevented"), std::string::npos) << got.error().what;
}

TEST(Report, names_of_people_aboard_have_no_field) {
  for (const auto* field : {"name", "names", "passport", "nationality", "date_of_birth", "phone"}) {
    for (std::size_t i = 0; i < good.size(); ++i) {
      const auto got = report_from(changed(i, field, "x"));
      ASSERT_FALSE(got) << field;
      EXPECT_EQ(got.error().where, field);
    }
  }
}

TEST(Report, each_missing_needed_field_is_named) {
  const std::vector<std::pair<std::size_t, std::vector<const char*>>> needed{
      {0, {"id", "time", "kind", "from"}},
      {1, {"at"}},
      {2, {"persons", "country"}},
      {3, {"persons", "port", "country"}},
      {4, {"unit"}},
      {5, {"unit", "at"}},
      {6, {"task"}},
      {7, {"boat", "role", "given", "response"}},
      {8, {"subject", "status", "about"}}};
  for (const auto& [index, fields] : needed) {
    for (const auto* field : fields) {
      Json json = *parse_json(good[index]);
      json.erase(field);
      const auto got = report_from(json);
      ASSERT_FALSE(got) << good[index] << " without " << field;
      EXPECT_EQ(got.error().where, field);
    }
  }
}

TEST(Report, a_needed_field_that_says_nothing_is_missing) {
  for (const auto& [index, field] : std::vector<std::pair<std::size_t, const char*>>{
           {3, "port"}, {3, "country"}, {4, "unit"}, {6, "task"}, {7, "response"}, {8, "subject"}}) {
    const auto got = report_from(changed(index, field, ""));
    ASSERT_FALSE(got) << field;
    EXPECT_EQ(got.error().where, field);
    EXPECT_NE(got.error().what.find("is missing"), std::string::npos) << got.error().what;
  }
}

TEST(Report, a_field_of_another_kind_is_refused_by_name) {
  for (const auto& [index, field, value] :
       std::vector<std::tuple<std::size_t, const char*, Json>>{{0, "given", true},
                                                               {1, "subject", "arrived"},
                                                               {4, "country", "UK"},
                                                               {5, "persons", 3},
                                                               {8, "unit", "Valiant"}}) {
    const auto got = report_from(changed(index, field, value));
    ASSERT_FALSE(got) << field;
    EXPECT_EQ(got.error().where, field);
    EXPECT_NE(got.error().what.find("is not a field of"), std::string::npos) << got.error().what;
  }
}

TEST(Report, a_value_that_cannot_be_is_refused_by_its_field) {
  const double nan = std::nan("");
  for (const auto& [index, field, value] :
       std::vector<std::tuple<std::size_t, const char*, Json>>{{0, "at", {181, 51}},
                                                               {0, "at", {1.5, -91}},
                                                               {0, "at", {nan, 51}},
                                                               {0, "at", {1.5}},
                                                               {0, "at", "1.5,51"},
                                                               {0, "at", {51, "N"}},
                                                               {0, "at", nullptr},
                                                               {0, "error_m", -1},
                                                               {0, "persons", -1},
                                                               {0, "persons", 2.5},
                                                               {0, "persons", {5, 4}},
                                                               {0, "persons", {1, 2, 3}},
                                                               {0, "persons", "thirty"},
                                                               {0, "persons", 18446744073709551615ULL},
                                                               {0, "children", 41},
                                                               {0, "distress", "yes"},
                                                               {0, "distress", 1},
                                                               {0, "time", "05:00"},
                                                               {0, "time", 5},
                                                               {0, "time", "2021-11-11T05:00:00"},
                                                               {0, "text", std::string(3000, 'x')},
                                                               {0, "from", ""},
                                                               {0, "id", ""},
                                                               {0, "from", 7},
                                                               {4, "dead", 36},
                                                               {14, "may_be", Json::array()},
                                                               {14, "may_be", {""}},
                                                               {14, "may_be", "Charlie"},
                                                               {14, "time_error_s", -1},
                                                               {15, "evidence", {7}},
                                                               {16, "coverage", -0.1},
                                                               {16, "reason", std::string(3000, 'x')},
                                                               {5, "course_deg", 361},
                                                               {5, "speed_kn", -1},
                                                               {5, "speed_kn", nan},
                                                               {8, "status", "guess"},
                                                               {8, "boats", 1.5},
                                                               {8, "boats", -1},
                                                               {9, "value", nullptr},
                                                               {9, "value", std::string(200, 'x')},
                                                               {10, "value", 1e300},
                                                               {12, "value", "5"},
                                                               {13, "until", "soon"},
                                                               {13, "until", 5},
                                                               {13, "text", ""}}) {
    const auto got = report_from(changed(index, field, value));
    ASSERT_FALSE(got) << field << " " << value;
    EXPECT_EQ(got.error().where, field) << got.error().text();
    EXPECT_FALSE(got.error().what.empty());
  }
}

TEST(Report, the_dead_of_a_recovery_are_counted_of_those_taken_aboard) {
  Json json = *parse_json(good[4]);
  json.erase("persons");
  EXPECT_EQ(report_from(json).error().where, "persons");
  json.erase("dead");
  EXPECT_FALSE(persons_of(*report_from(json)).has_value());  // how many is not known yet
}

TEST(Report, a_claim_without_a_number_says_something_of_a_boat) {
  for (const char* field : {"boat", "text"}) {
    Json json = *parse_json(good[17]);
    json.erase(field);
    EXPECT_EQ(report_from(json).error().where, "persons");
  }
}

TEST(Report, people_are_handed_over_from_a_port_or_a_unit) {
  Json json = *parse_json(good.back());
  json["unit"] = "RNLI Dover";
  EXPECT_TRUE(
      parse_report(json.dump()).error().text().starts_with("port: say where they are handed over from"));
  json.erase("port");
  EXPECT_TRUE(parse_report(json.dump()));
  json.erase("unit");
  EXPECT_FALSE(parse_report(json.dump()));
}

TEST(Report, what_is_no_json_object_is_refused) {
  for (const auto* line : {"", "5", "[]", "null", "{", "{\"id\":\"1\",\"id\":\"2\"}", "\xff", "help!"})
    EXPECT_FALSE(parse_report(line)) << line;
}

RC_GTEST_PROP(Report, of_whatever_kind_and_fields_is_written_and_read_again_as_it_was, ()) {
  const Report in = any_report();
  const std::string json = report_json(in);
  RC_LOG() << json;
  const auto out = parse_report(json);
  RC_ASSERT(out.has_value());
  RC_ASSERT(bytes_of(*out) == bytes_of(in));
  RC_ASSERT(report_json(*out) == json);
  RC_TAG(std::string(kind_of(in)));
}

TEST(Report, of_every_kind_is_the_same_again_from_its_bytes) {
  for (const auto& line : good) {
    const Report in = *parse_report(line);
    const auto out = from_bytes<Report>(bytes_of(in));
    ASSERT_TRUE(out) << line;
    EXPECT_EQ(report_json(*out), report_json(in));
  }
}

RC_GTEST_PROP(Report, a_good_report_with_any_byte_changed_is_read_or_refused_but_never_crashes, ()) {
  std::string line = *rc::gen::elementOf(good);
  line[*rc::gen::inRange<std::size_t>(0, line.size())] = *rc::gen::arbitrary<char>();
  if (const auto got = parse_report(line)) {
    if (const auto place = place_of(*got)) RC_ASSERT(valid(*place));
    if (const auto persons = persons_of(*got)) RC_ASSERT(0 <= persons->low && persons->low <= persons->high);
  }
}

}  // namespace
}  // namespace varne
