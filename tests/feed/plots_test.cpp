/// Radar plots as CSV.
#include "varne/feed/plots.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace varne {
namespace {

/// The usual header, then the line.
Result<std::optional<PlotRow>> one(std::string_view line) {
  PlotReader reader;
  EXPECT_TRUE(reader.take("time,radar,scan,plot,lon,lat,sigma_m"));
  return reader.take(line);
}

TEST(Plots, a_row_becomes_a_plot_of_its_radar) {
  const std::string line = "2021-11-11T05:00:02.500Z,dungeness,1201,17,1.20431,50.98112,45";
  const auto got = one(line);
  ASSERT_TRUE(got && *got);
  const auto& plot = (*got)->plot;
  EXPECT_EQ(iso(plot.time), "2021-11-11T05:00:02.500Z");
  EXPECT_EQ((*got)->radar, "dungeness");
  EXPECT_EQ((*got)->scan, 1201U);
  EXPECT_EQ(plot.plot, 17U);
  EXPECT_EQ(plot.place, (Place{1.20431, 50.98112}));
  EXPECT_EQ(plot.sigma_m, 45);
}

TEST(Plots, a_header_orders_the_columns_and_may_name_more) {
  PlotReader reader;
  const auto header = reader.take("lat,lon,time,sigma_m,radar,note,plot,scan");
  ASSERT_TRUE(header);
  EXPECT_FALSE(*header);
  const auto got = reader.take("51,1.5,2021-11-11T05:00:00Z,30,langdon,\"big, slow\",2,7");
  ASSERT_TRUE(got && *got) << got.error().text();
  const auto& plot = (*got)->plot;
  EXPECT_EQ(plot.place, (Place{1.5, 51}));
  EXPECT_EQ((*got)->radar, "langdon");
  EXPECT_EQ((*got)->scan, 7U);
  EXPECT_EQ(plot.plot, 2U);
}

TEST(Plots, after_a_refused_header_no_row_is_guessed_at) {
  PlotReader reader;
  EXPECT_FALSE(reader.take("time,radar,scan,plot,lat,lon,sigma"));
  const auto* row = "2021-11-11T05:00:00Z,langdon,7,2,51,1.5,30";
  const auto refused = reader.take(row);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("header above was refused"), std::string::npos) << refused.error().what;
  ASSERT_TRUE(reader.take("time,radar,scan,plot,lat,lon,sigma_m"));
  const auto got = reader.take(row);
  ASSERT_TRUE(got && *got);
  EXPECT_EQ((*got)->plot.place, (Place{1.5, 51}));
}

/// Each header with a row below it that means the same plot.
TEST(Plots, a_header_is_read_in_each_dialect) {
  for (const auto& [header, row] : std::vector<std::pair<std::string, std::string>>{
           {"\xEF\xBB\xBFtime,radar,scan,plot,lat,lon,sigma_m", "2021-11-11T05:00:02Z,d,1,1,50.98,1.2,45"},
           {"Time,Radar,Scan,Plot,LAT,LON,Sigma_M", "2021-11-11T05:00:02Z,d,1,1,50.98,1.2,45"},
           {"\"time\",\"radar\",\"scan\",\"plot\",\"lat\",\"lon\",\"sigma_m\"",
            "\"2021-11-11T05:00:02Z\",\"d\",\"1\",\"1\",\"50.98\",\"1.2\",\"45\""},
           {"time;radar;scan;plot;lat;lon;sigma_m", "2021-11-11T05:00:02Z;d;1;1;50,98;1,2;45,0"},
           {"time;radar;scan;plot;lon;lat;sigma_m", "2021-11-11T05:00:02Z;d;1;1;1.2;50.98;45"},
           {"time\tradar\tscan\tplot\tlat\tlon\tsigma_m", "2021-11-11T05:00:02Z\td\t1\t1\t50,98\t1,2\t45"},
           {"time, radar, scan, plot, lat, lon, sigma_m", "2021-11-11T05:00:02Z, d, 1, 1, 50.98, 1.2, 45"},
           {"timestamp,sensor,turn,plot,latitude,longitude,Sigma [m]", "1636606802,d,1,1,50.98,1.2,45"},
           {"sigma_m,Long,Lat,plot,scan,radar,utc", "45,1.2,50.98,1,1,d,2021-11-11 05:00:02"},
           {"radar|scan|plot|lng|lat|sigma_m|time", "d|1|1|1.2|50.98|45|11.11.2021 05:00:02"}}) {
    PlotReader reader;
    const auto named = reader.take(header);
    ASSERT_TRUE(named) << header << named.error().text();
    EXPECT_FALSE(*named);
    const auto got = reader.take(row);
    ASSERT_TRUE(got && *got) << row << got.error().text();
    EXPECT_EQ((*got)->plot.place, (Place{1.2, 50.98})) << row;
    EXPECT_EQ(iso((*got)->plot.time), "2021-11-11T05:00:02Z") << row;
    EXPECT_EQ((*got)->plot.sigma_m, 45) << row;
  }
}

TEST(Plots, without_a_header_every_row_is_refused_in_words) {
  PlotReader reader;
  for (int i = 0; i < 3; ++i) {
    const auto got = reader.take("2021-11-11T05:00:02Z,d,1,1,50.98,1.2,45");
    ASSERT_FALSE(got);
    EXPECT_NE(got.error().what.find("no header has come"), std::string::npos) << got.error().what;
  }
}

TEST(Plots, a_header_that_cannot_be_meant_refuses_the_rows_below_it) {
  for (const auto* header :
       {"time,radar,scan,plot,lon,longitude,lat,sigma_m", "time,radar,scan,plot,x,y,sigma_m",
        "time,radar,scan,plot,lon,lon,sigma_m", "zeit,radar,scan,plot,lon,lat,sigma_m"}) {
    PlotReader reader;
    EXPECT_FALSE(reader.take(header)) << header;
    EXPECT_FALSE(reader.take("2021-11-11T05:00:02Z,d,1,1,1.2,50.98,45,45")) << header;
  }
  // A comma that is decimal and parts fields as well is no row.
  EXPECT_FALSE(one("2021-11-11T05:00:02Z,d,1,1,1,2,50,98,45"));
  PlotReader reader;
  ASSERT_TRUE(reader.take("time;radar;scan;plot;lon;lat;sigma_m"));
  EXPECT_FALSE(reader.take("2021-11-11T05:00:02Z;d;1;1;1,2.5;50,98;45"));
  EXPECT_FALSE(reader.take("2021-11-11T05:00:02Z,d,1,1,1.2,50.98,45"));
}

TEST(Plots, blank_lines_and_comments_are_passed_over) {
  for (const auto* line : {"", "   ", "# start of scan", "\r"}) {
    const auto got = one(line);
    ASSERT_TRUE(got) << line;
    EXPECT_FALSE(*got) << line;
  }
}

TEST(Plots, what_is_wrong_is_named_by_its_column) {
  for (const auto& [line, column, why] : std::vector<std::array<std::string, 3>>{
           {"yesterday,r,1,1,1,51,30", "time", "not a time"},
           {"2021-11-11T05:00:00Z,,1,1,1,51,30", "radar", "name of the radar"},
           {"2021-11-11T05:00:00Z,r,-1,1,1,51,30", "scan", "whole number"},
           {"2021-11-11T05:00:00Z,r,4294967296,1,1,51,30", "scan", "whole number"},
           {"2021-11-11T05:00:00Z,r,1,1.5,1,51,30", "plot", "whole number"},
           {"2021-11-11T05:00:00Z,r,1,1,nan,51,30", "lon", "not a number"},
           {"2021-11-11T05:00:00Z,r,1,1,1,inf,30", "lat", "not a number"},
           {"2021-11-11T05:00:00Z,r,1,1,181,51,30", "lon, lat", "no place on the globe"},
           {"2021-11-11T05:00:00Z,r,1,1,1,-90.1,30", "lon, lat", "no place on the globe"},
           {"2021-11-11T05:00:00Z,r,1,1,1,51,0", "sigma_m", "above 0"},
           {"2021-11-11T05:00:00Z,r,1,1,1,51,-5", "sigma_m", "above 0"},
           {"2021-11-11T05:00:00Z,r,1,1,1,51", "", "6 fields"},
           {"2021-11-11T05:00:00Z,r,1,1,1,51,30,9", "", "8 fields"},
           {"\"2021", "", "quoted field does not end"},
           {"time,radar,scan", "", "lacks the column plot"}}) {
    const auto got = one(line);
    ASSERT_FALSE(got) << line;
    EXPECT_EQ(got.error().where, column) << line;
    EXPECT_NE(got.error().what.find(why), std::string::npos) << line << ": " << got.error().text();
  }
}

RC_GTEST_PROP(Plots, what_is_written_is_read_again, ()) {
  const Place place{*rc::gen::inRange(-1800000, 1800001) / 1e4, *rc::gen::inRange(-900000, 900001) / 1e4};
  const auto scan = *rc::gen::arbitrary<std::uint32_t>();
  const auto plot = *rc::gen::arbitrary<std::uint32_t>();
  const double sigma = *rc::gen::inRange(1, 1000001) / 10.0;
  const auto time = time_from_millis(*rc::gen::inRange<std::int64_t>(0, 4102444800000));
  const auto got =
      one(fmt::format("{},r,{},{},{},{},{}", iso(time), scan, plot, place.lon, place.lat, sigma));
  RC_ASSERT(got.has_value() && got->has_value());
  const auto& p = (*got)->plot;
  RC_ASSERT(p.time == time);
  RC_ASSERT(p.place == place);
  RC_ASSERT((*got)->scan == scan);
  RC_ASSERT(p.plot == plot);
  RC_ASSERT(p.sigma_m == sigma);
}

RC_GTEST_PROP(Plots, no_bytes_crash_it_or_make_a_place_off_the_globe,
              (const std::vector<std::string>& lines)) {
  PlotReader reader;
  for (const auto& line : lines) {
    const auto got = reader.take(line);
    if (got && *got) RC_ASSERT(valid((*got)->plot.place));
  }
}

}  // namespace
}  // namespace varne
