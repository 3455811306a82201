#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "support.h"
#include "varne/core/place_of_data.h"
#include "varne/sea/strait.h"

namespace varne {
namespace {

const Zones& chart() {
  return home_strait().value()->zones;
}

const ChartLine& line(const std::string& begins, bool last = false) {
  const ChartLine* found = nullptr;
  for (const ChartLine& candidate : chart().lines()) {
    if (candidate.feature.rfind(begins, 0) == 0 && (last || found == nullptr)) found = &candidate;
  }
  return *found;
}

void expect(Place place, const char* state, const char* centre) {
  const Waters waters = chart().at(place);
  EXPECT_EQ(waters.state, state) << place.lon << " " << place.lat;
  EXPECT_EQ(waters.centre, centre) << place.lon << " " << place.lat;
}

TEST(Zones, know_whose_waters_the_harbours_and_banks_are) {
  expect({1.33, 51.117}, "UK", "MRCC Dover");     // Dover harbour
  expect({1.42, 51.335}, "UK", "MRCC Dover");     // Ramsgate
  expect({0.97, 50.91}, "UK", "MRCC Dover");      // Dungeness
  expect({0.29, 50.76}, "UK", "MRCC Dover");      // Eastbourne
  expect({1.3, 50.94}, "UK", "MRCC Dover");       // the Varne
  expect({1.85, 50.97}, "FR", "CROSS Gris-Nez");  // Calais
  expect({1.58, 50.87}, "FR", "CROSS Gris-Nez");  // Cap Gris-Nez
  expect({2.36, 51.05}, "FR", "CROSS Gris-Nez");  // Dunkerque
  expect({1.08, 49.93}, "FR", "CROSS Gris-Nez");  // Dieppe
  expect({2.55, 51.3}, "BE", "MRCC Oostende");
  expect({-0.2, 49.9}, "FR", "CROSS Jobourg");
}

TEST(Zones, say_nothing_where_no_line_of_the_chart_says_it) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Place place : {Place{1.5, 52}, Place{1.5, 49}, Place{-1, 50.5}, Place{3, 51.4}, Place{nan, 51},
                            Place{1.5, nan}, Place{2.5, 51.58}, Place{2.58, 50.9}}) {
    expect(place, "", "");
  }
}

/// A random place on a random piece of a line, away from the piece's ends, and the places `metres` to its
/// left and right as one goes along.
struct Beside {
  Place left;
  Place right;
};
Beside beside(const std::vector<Place>& points, std::size_t first, std::size_t last, double metres) {
  const auto i = *rc::gen::inRange(first, last);
  const double share = *rc::gen::inRange(200, 800) / 1000.0;
  const Place a = points[i];
  const Place b = points[i + 1];
  const Place on{a.lon + share * (b.lon - a.lon), a.lat + share * (b.lat - a.lat)};
  const double along = bearing_deg(a, b);
  return {destination(on, along - 90, metres), destination(on, along + 90, metres)};
}

// The shortest piece of the limit is 4.4 km, of the delimitation lines 66 m: a fifth of that from either end
// nothing but the piece itself lies within these distances.
RC_GTEST_PROP(Zones, give_the_two_sides_of_the_search_and_rescue_line_to_the_two_centres, ()) {
  const auto& limit = line("search and rescue");
  const auto [left, right] = beside(limit.points, 1, 12, *rc::gen::inRange(1, 400));
  RC_ASSERT(chart().at(left).centre == "MRCC Dover");
  RC_ASSERT(chart().at(right).centre == "CROSS Gris-Nez");
}

RC_GTEST_PROP(Zones, end_the_gris_nez_region_against_jobourg_and_oostende, ()) {
  const auto& limit = line("search and rescue");
  const auto west = beside(limit.points, 0, 1, *rc::gen::inRange(1, 400));
  if (west.left.lat > 49.7 && chart().at(west.left).state == "FR") {
    RC_ASSERT(chart().at(west.left).centre == "CROSS Jobourg");
    RC_ASSERT(chart().at(west.right).centre == "CROSS Gris-Nez");
  }
  const auto east = beside(limit.points, 12, 14, *rc::gen::inRange(1, 400));
  RC_ASSERT(chart().at(east.left).centre == "MRCC Oostende");
  RC_ASSERT(chart().at(east.right).centre == "CROSS Gris-Nez");
}

RC_GTEST_PROP(Zones, give_the_two_sides_of_the_delimitation_lines_to_the_two_states, ()) {
  const double metres = *rc::gen::inRange(1, 12);
  // France / United Kingdom is listed from north-east to south-west: France on the left.
  for (const ChartLine* part :
       {&line("territorial sea, France / United"), &line("EEZ"), &line("EEZ", true)}) {
    const auto sides = beside(part->points, 0, part->points.size() - 1, metres);
    if (sides.left.lon < -0.5 || sides.right.lon < -0.5) continue;
    RC_ASSERT(chart().at(sides.left).state == "FR");
    RC_ASSERT(chart().at(sides.right).state == "UK");
  }
  const auto& belgium = line("territorial sea, France / Belgium").points;  // from the coast to sea
  const auto sides = beside(belgium, 2, belgium.size() - 1, metres);
  RC_ASSERT(chart().at(sides.left).state == "FR");
  RC_ASSERT(chart().at(sides.right).state == "BE");
}

RC_GTEST_PROP(Zones, name_one_centre_for_every_place_with_a_state, ()) {
  const Place place{-0.5 + *rc::gen::inRange(0, 3101) / 1000.0, 49.7 + *rc::gen::inRange(0, 1901) / 1000.0};
  const Waters waters = chart().at(place);
  RC_ASSERT(waters.state.empty() || !waters.centre.empty());
}

TEST(Zones, keep_every_line_with_its_instrument) {
  EXPECT_EQ(chart().lines().size(), 7U);
  for (const ChartLine& each : chart().lines()) {
    EXPECT_GE(each.points.size(), 2U);
    EXPECT_FALSE(each.reference.empty());
  }
}

/// The strait that ships with one text of one file changed everywhere; why it is refused, "" where it is not.
std::string refusal(const std::string& file, const std::string& from, const std::string& to) {
  const test::Scratch scratch;
  for (const char* name : {"strait.toml", "lines.csv"}) {
    std::string text = test::read_all(data_path("straits/dover/") + name);
    for (auto at = file == name ? text.find(from) : std::string::npos; at != std::string::npos;
         at = text.find(from, at + to.size()))
      text.replace(at, from.size(), to);
    scratch.write(name, text);
  }
  const auto strait = load_strait(scratch.file(""));
  return strait ? std::string() : strait.error().text();
}

TEST(Zones, refuse_a_chart_that_lacks_what_areas_are_made_of) {
  const auto chart_refusal = [](const std::string& from, const std::string& to) {
    return refusal("lines.csv", from, to);
  };
  EXPECT_EQ(chart_refusal("no such text", ""), "");
  EXPECT_NE(chart_refusal("territorial sea, France / Belgium", "line")
                .find("the chart has no line \"territorial sea, France / Belgium\""),
            std::string::npos);
  EXPECT_NE(chart_refusal("search and rescue region", "line").find("the chart has no line"),
            std::string::npos);
  EXPECT_NE(chart_refusal("EEZ and", "EEZ or").find("the chart has no line"), std::string::npos);
  EXPECT_NE(chart_refusal("51.0985805", "north").find("lat"), std::string::npos);
  EXPECT_NE(chart_refusal("51.0985805", "151.0985805").find("not a place"), std::string::npos);
  EXPECT_NE(chart_refusal(",5,50.8244006", ",6,50.8244006").find("does not follow"), std::string::npos);
  const test::Scratch scratch;
  EXPECT_FALSE(read_chart_lines(scratch.write("one.csv", "feature,reference,seq,lat,lon\na,b,0,51,1\n")));
  EXPECT_FALSE(read_chart_lines(scratch.file("absent.csv")));
}

TEST(Strait, is_refused_by_line_and_field_where_it_names_what_is_not_there) {
  const auto said = [](const std::string& from, const std::string& to) {
    return refusal("strait.toml", from, to);
  };
  EXPECT_EQ(said("no such text", ""), "");
  EXPECT_NE(said("centre = \"CROSS Jobourg\"", "centre = \"CROSS Corsen\"").find("none of the centres"),
            std::string::npos);
  EXPECT_NE(said("which = 2", "which = 3").find("number 3"), std::string::npos);
  EXPECT_NE(said("[[centre]]", "[[harbour]]").find("at least one [[centre]]"), std::string::npos);
  EXPECT_NE(said("lines = \"lines.csv\"", "lines = \"../lines.csv\"").find("own folder"), std::string::npos);
  EXPECT_NE(said("box = [-0.5", "box = [3.5").find("west, south, east, north"), std::string::npos);
  EXPECT_NE(said("way_back =", "way_home =").find("way_"), std::string::npos);
  EXPECT_NE(said("view =", "vista =").find("view"), std::string::npos);
}

}  // namespace
}  // namespace varne
