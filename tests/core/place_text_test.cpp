#include "varne/core/place_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace varne {
namespace {

TEST(ParsePlace, reads_what_people_write) {
  for (const char* text :
       {"51°02.5'N 001°35.0'E", "51°02,5'N 001°35,0'E", "N51°02.5' E001°35.0'", "N 51 02.5 E 1 35",
        "51-02.5N 001-35.0E", "51°02'30\"N 001°35'00\"E", "51°02′30″N, 1°35′E", "001°35.0'E 51°02.5'N",
        "E 001 35,0 N 51 02,5", "51.041666666667N 1.583333333333E", "51,041666666667 n 1,583333333333 e",
        "1.583333333333,51.041666666667", "5102.5N00135.0E", "5102,5N 00135,0E", "N5102.5E00135.0",
        "510230N0013500E", "[1.583333333333,51.041666666667]", "1.583333333333,51.041666666667,0",
        "51 - 02.5 N 001 - 35 E"}) {
    const auto place = parse_place(text);
    ASSERT_TRUE(place) << text << place.error().text();
    EXPECT_NEAR(place->lat, 51 + 2.5 / 60, 1e-9) << text;
    EXPECT_NEAR(place->lon, 1 + 35.0 / 60, 1e-9) << text;
  }
  for (const char* text :
       {"33°10.0'S 000°20.5'W", "S 33 10 O 0 20,5", "33-10S 0-20.5O", "-0.341666666667,-33.166666666667"}) {
    const auto place = parse_place(text);
    ASSERT_TRUE(place) << place.error().text();
    EXPECT_NEAR(place->lat, -(33 + 10.0 / 60), 1e-9) << text;
    EXPECT_NEAR(place->lon, -20.5 / 60, 1e-9) << text;
  }
}

TEST(ParsePlace, refuses_what_is_no_position) {
  for (const char* text : {"",
                           "Dover",
                           "51°02.5'N",
                           "51°60.0'N 001°35.0'E",
                           "51°02'60\"N 1°35'E",
                           "91°00'N 001°00'E",
                           "51°N 181°E",
                           "51°02.5'N 001°35.0'N",
                           "51 02.5 001 35.0",
                           "51.5°02'N 1°E",
                           "N 51 E",
                           "51N 1E 2",
                           "1.5",
                           "1,2,3,4",
                           "1.5,95",
                           "51.0417N -1.5833E",
                           "-51.0417N 1.5833E",
                           "51.0417N,-1.5833E",
                           "5160.0N00135.0E",
                           "5102.5N 95.0",
                           "51°02.5'N 001°35.0'X",
                           "51 1 2 3N 1E"})
    EXPECT_FALSE(parse_place(text)) << text;
}

RC_GTEST_PROP(ParsePlace, takes_back_every_position_that_is_printed, ()) {
  const Place place{*rc::gen::inRange(-179'999, 180'000) / 1000.0,
                    *rc::gen::inRange(-89'999, 90'000) / 1000.0};
  const auto again = parse_place(spoken(place));
  RC_ASSERT(again.has_value());
  RC_ASSERT(std::abs(again->lat - place.lat) < 0.06 / 60);  // it is printed to a tenth of a minute
  RC_ASSERT(std::abs(again->lon - place.lon) < 0.06 / 60);
  RC_ASSERT(spoken(*again) == spoken(place));
}

}  // namespace
}  // namespace varne
