#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <zlib.h>

#include <cmath>

#include "support.h"
#include "varne/core/csv.h"
#include "varne/core/geo.h"
#include "varne/core/hash.h"
#include "varne/core/lines.h"
#include "varne/core/text.h"
#include "varne/core/time.h"
#include "varne/core/units.h"

namespace varne {
namespace {

TEST(Time, reads_what_people_write_and_writes_one_form) {
  EXPECT_EQ(iso(*parse_time("2021-11-11T05:00:00Z")), "2021-11-11T05:00:00Z");
  EXPECT_EQ(iso(*parse_time("2021-11-11 05:00Z")), "2021-11-11T05:00:00Z");
  EXPECT_EQ(iso(*parse_time("2021-11-11T05:00:00.2509999Z")), "2021-11-11T05:00:00.250Z");
  EXPECT_EQ(iso(*parse_time("2021-11-24T01:48:00+01:00")), "2021-11-24T00:48:00Z");
  EXPECT_EQ(iso(*parse_time("2021-11-11")), "2021-11-11T00:00:00Z");
}

TEST(Time, refuses_what_is_not_an_instant) {
  for (const auto* text : {"", "2021", "2021-13-01", "2021-02-29", "2021-11-11T24:00Z", "2021-11-11T05:00",
                           "2021-11-11T05:61:00Z", "2021-11-11T05:00:60Z", "2021-11-11T05:00:00ZZ",
                           "2021-11-11T05:00:00.Z", "11/11/2021"}) {
    EXPECT_FALSE(parse_time(text)) << text;
  }
}

RC_GTEST_PROP(Time, survives_writing_and_reading, ()) {
  const auto ms = *rc::gen::inRange<std::int64_t>(-2'000'000'000'000, 4'000'000'000'000);
  RC_ASSERT(millis(*parse_time(iso(time_from_millis(ms)))) == ms);
}

Place near_dover() {
  return {static_cast<double>(*rc::gen::inRange(500, 2500)) / 1000,
          static_cast<double>(*rc::gen::inRange(50000, 52000)) / 1000};
}

RC_GTEST_PROP(Geo, going_there_and_asking_agree, ()) {
  const Place a = near_dover();
  const double bearing = *rc::gen::inRange(0, 360);
  const double metres = *rc::gen::inRange(1, 200'000);
  const Place b = destination(a, bearing, metres);
  RC_ASSERT(std::abs(distance_m(a, b) - metres) < 1e-6);
  RC_ASSERT(std::abs(wrap180(bearing_deg(a, b) - bearing)) < 1e-6);
}

RC_GTEST_PROP(LocalPlane, keeps_the_error_bound_its_header_states, ()) {
  const Place origin = near_dover();
  const double metres = *rc::gen::inRange(10, 60'000);
  const Place far = destination(origin, *rc::gen::inRange(0, 360), metres);
  const LocalPlane plane(origin);
  const bool near = metres <= 10'000;
  RC_ASSERT(std::abs(length(plane.to(far)) - metres) < (near ? 0.0005 : 0.0025) * metres);
  RC_ASSERT(distance_m(plane.from(plane.to(far)), far) < 1e-6);
  RC_ASSERT(distance_m(moved(origin, plane.to(far)), far) < (near ? 0.00125 : 0.0075) * metres);
}

TEST(Geo, speaks_places_without_a_sixtieth_minute) {
  EXPECT_EQ(spoken({1.39999999, 51.0}), "51°00.0'N 001°24.0'E");
  EXPECT_EQ(spoken({-0.99995, -50.5}), "50°30.0'S 001°00.0'W");
}

TEST(Units, keep_the_exact_definitions) {
  EXPECT_DOUBLE_EQ(metres_from_nm(1), 1852);
  EXPECT_DOUBLE_EQ(mps_from_knots(3600), 1852);
  EXPECT_DOUBLE_EQ(metres_from_statute_miles(1.8), 2896.8192);
}

TEST(Hash, gives_the_vector_of_fips_180_4) {
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  const test::Scratch scratch;
  EXPECT_EQ(sha256_of_file(scratch.write("abc", "abc")), sha256("abc"));
  const std::string long_one(3 << 20, 'a');
  EXPECT_EQ(sha256_of_file(scratch.write("long", long_one)), sha256(long_one));
  EXPECT_FALSE(sha256_of_file(scratch.file("absent")));
  const auto first = sha256("abc");
  EXPECT_EQ(sha256(first, "x"), sha256(std::string(first.begin(), first.end()) + "x"));
}

TEST(Text, numbers_are_read_whole_or_not_at_all) {
  EXPECT_EQ(parse_number("-1.5e3"), -1500);
  for (const auto* text : {"", "nan", "inf", "-", "1x", " 1", "0x10", "1e999"})
    EXPECT_FALSE(parse_number(text)) << text;
  EXPECT_EQ(parse_whole("42"), 42);
  EXPECT_FALSE(parse_whole("42.0"));
}

TEST(Text, knows_well_formed_utf8) {
  EXPECT_TRUE(is_utf8("Gris-Nez é € \U0001F600"));
  for (const auto* text : {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80"})
    EXPECT_FALSE(is_utf8(text));
}

RC_GTEST_PROP(LineCutter, cuts_the_same_lines_however_the_bytes_arrive,
              (const std::vector<std::string>& parts)) {
  std::string all;
  for (const auto& part : parts) all += part + "\n";
  const auto cut = [](std::string_view bytes, std::size_t chunk) {
    std::vector<std::string> lines;
    LineCutter cutter(1000);
    const auto keep = [&](std::string_view line, std::uint64_t, bool) { lines.emplace_back(line); };
    for (; !bytes.empty(); bytes.remove_prefix(std::min(chunk, bytes.size())))
      cutter.take(bytes.substr(0, chunk), keep);
    cutter.finish(keep);
    return lines;
  };
  RC_ASSERT(cut(all, 1) == cut(all, all.size() + 1));
}

TEST(LineCutter, a_gigabyte_without_a_newline_costs_one_limit) {
  LineCutter cutter;
  const std::string megabyte(1 << 20, 'x');
  int overlong = 0;
  std::string after;
  const auto see = [&](std::string_view line, std::uint64_t, bool is_overlong) {
    if (is_overlong) {
      ++overlong;
      EXPECT_LE(line.size(), 80U);
    } else {
      after = line;
    }
  };
  for (int i = 0; i < 1024; ++i) cutter.take(megabyte, see);
  cutter.take("\r\nnext\r\n", see);
  EXPECT_EQ(overlong, 1);
  EXPECT_EQ(after, "next");
}

TEST(LineFile, reads_gzip_and_says_when_it_is_cut_short) {
  const test::Scratch scratch;
  const auto path = scratch.file("a.gz");
  const auto gz = gzopen(path.c_str(), "wb");
  for (int i = 0; i < 100'000; ++i) gzprintf(gz, "line %d\n", i * 7919);
  gzclose(gz);
  LineFile::Line line;
  auto file = LineFile::open(path);
  std::uint64_t count = 0;
  while (*file->next(line)) ++count;
  EXPECT_EQ(count, 100'000U);

  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  auto cut = LineFile::open(path);
  for (;;) {
    const auto more = cut->next(line);
    if (!more) {
      EXPECT_NE(more.error().what.find("cut short"), std::string::npos);
      break;
    }
    ASSERT_TRUE(*more) << "a cut file must not end as if whole";
  }
  EXPECT_FALSE(LineFile::open(scratch.file("absent")));
  EXPECT_FALSE(LineFile::open("/tmp"));
}

TEST(CsvFile, a_time_needs_its_zone_but_where_the_column_says_utc) {
  const test::Scratch scratch;
  const auto path = scratch.write("t.csv", "time,time_utc\n2021-11-11T05:00:00,2021-11-11T05:00:00\n");
  auto file = CsvFile::open(path, {"time_utc"});
  ASSERT_TRUE(file && file->next().value());
  ASSERT_TRUE(file->time("time_utc"));
  EXPECT_EQ(iso(*file->time("time_utc")), "2021-11-11T05:00:00Z");
  ASSERT_FALSE(file->time("time"));
  EXPECT_NE(file->time("time").error().text().find("t.csv:2: time: "), std::string::npos);
}

TEST(CsvFile, names_line_and_column) {
  const test::Scratch scratch;
  const auto path = scratch.write("a.csv", "# note\nname,lat\n\"a, \"\"b\"\"\",51\nc,x\nd\n");
  auto file = CsvFile::open(path, {"name", "lat"});
  ASSERT_TRUE(file);
  ASSERT_TRUE(*file->next());
  EXPECT_EQ((*file)["name"], "a, \"b\"");
  EXPECT_EQ(*file->number("lat"), 51);
  ASSERT_TRUE(*file->next());
  EXPECT_EQ(file->number("lat").error().text(), path + ":4: lat: \"x\" is not a number");
  EXPECT_FALSE(file->next());
  EXPECT_FALSE(CsvFile::open(path, {"depth"}));
}

}  // namespace
}  // namespace varne
