/// Reports in and out of JSON.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

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
  const auto call = parse_report(good[0])->report;
  EXPECT_EQ(call.place, (Place{1.5, 51.0}));
  EXPECT_EQ(call.place_error_m, 500);
  EXPECT_EQ(call.persons, (HeadCount{30, 40}));
  EXPECT_EQ(call.children, (HeadCount{3, 3}));
  EXPECT_EQ(call.distress, true);
  EXPECT_EQ(call.people_in_water, false);
  EXPECT_FALSE(call.empty.has_value());
  EXPECT_NEAR(*parse_report(good[5])->report.speed_mps, 25 * 1852.0 / 3600, 1e-12);
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
  EXPECT_FALSE(report_from(json)->report.persons.has_value());  // how many is not known yet
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

HeadCount count() {
  const auto low = *rc::gen::inRange(0, 300);
  return {low, low + *rc::gen::element(0, 0, 1, 10)};
}
std::string words() {
  // Reports come from outside as UTF-8; blanks, quotes and accents have to survive.
  return *rc::gen::nonEmpty(rc::gen::container<std::string>(
      rc::gen::oneOf(rc::gen::inRange<char>(' ', 127), rc::gen::elementOf(std::string("\"\\/\t\n")))));
}
std::string name() {
  return "n" + *rc::gen::container<std::string>(rc::gen::oneOf(rc::gen::inRange<char>(' ', 127),
                                                               rc::gen::elementOf(std::string("\"\\/"))));
}
template <class T>
std::optional<T> maybe(T value) {
  return *rc::gen::arbitrary<bool>() ? std::optional(value) : std::nullopt;
}
Said said() {
  return maybe(*rc::gen::arbitrary<bool>());
}

RC_GTEST_PROP(Report, what_is_written_is_read_again, ()) {
  TimedReport in{time_from_millis(*rc::gen::inRange<std::int64_t>(0, 4102444800000)), {}};
  Report& r = in.report;
  r.kind = *rc::gen::element(ReportKind::call, ReportKind::sighting, ReportKind::recovered,
                             ReportKind::unit_position, ReportKind::consent);
  r.id = name().substr(0, 100);
  r.from = name().substr(0, 100);
  r.text = words();
  const Place place{*rc::gen::inRange(-1800000, 1800001) / 1e4, *rc::gen::inRange(-900000, 900001) / 1e4};
  if (r.kind == ReportKind::consent) {
    r.boat = name().substr(0, 100);
    r.role = "captain";
    r.given = *rc::gen::arbitrary<bool>();
    r.response = name().substr(0, 100);
  } else {
    r.place = place;
  }
  if (r.kind == ReportKind::unit_position || r.kind == ReportKind::recovered) r.unit = name().substr(0, 100);
  if (r.kind == ReportKind::unit_position) {
    r.course_deg = maybe(*rc::gen::inRange(0, 3600) / 10.0);
    r.speed_mps = maybe(mps_from_knots(*rc::gen::inRange(0, 400) / 10.0));
  }
  if (r.kind == ReportKind::recovered) {
    r.persons = count();
    r.dead = maybe(HeadCount{0, r.persons->low});
  }
  if (r.kind == ReportKind::call || r.kind == ReportKind::sighting) {
    r.persons = maybe(count());
    r.people_in_water = said();
    r.taking_water = said();
    r.place_error_m = *rc::gen::inRange(0, 10000) / 10.0;
  }
  if (r.kind == ReportKind::sighting) r.empty = said();
  if (r.kind == ReportKind::call) r.distress = said();

  const auto json = report_json(in);
  const auto out = parse_report(json);
  RC_ASSERT(out.has_value());
  RC_ASSERT(out->time == in.time);
  RC_ASSERT(report_json(*out) == json);
  const Report& q = out->report;
  RC_ASSERT(q.id == r.id && q.from == r.from && q.text == r.text && q.unit == r.unit && q.boat == r.boat);
  RC_ASSERT(q.place == r.place && q.place_error_m == r.place_error_m);
  RC_ASSERT(q.persons == r.persons && q.dead == r.dead && q.course_deg == r.course_deg);
  RC_ASSERT(q.speed_mps.has_value() == r.speed_mps.has_value());
  if (q.speed_mps) RC_ASSERT(std::abs(*q.speed_mps - *r.speed_mps) < 1e-6);
  RC_ASSERT(q.distress == r.distress && q.empty == r.empty && q.people_in_water == r.people_in_water);
  RC_ASSERT(q.given == r.given && q.response == r.response && q.role == r.role);
}

RC_GTEST_PROP(Report, a_good_report_with_any_byte_changed_is_read_or_refused_but_never_crashes, ()) {
  std::string line = *rc::gen::elementOf(good);
  line[*rc::gen::inRange<std::size_t>(0, line.size())] = *rc::gen::arbitrary<char>();
  if (const auto got = parse_report(line)) {
    if (got->report.place) RC_ASSERT(valid(*got->report.place));
    if (got->report.persons)
      RC_ASSERT(0 <= got->report.persons->low && got->report.persons->low <= got->report.persons->high);
  }
}

}  // namespace
}  // namespace varne
