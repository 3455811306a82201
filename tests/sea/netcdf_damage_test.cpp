// netCDF files that are cut short, overwritten or lie about themselves: an answer or a refusal, never a
// crash.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdlib>

#include "netcdf_support.h"
#include "support.h"
#include "varne/core/philox.h"
#include "varne/sea/netcdf_file.h"

namespace varne {
namespace {

using test::NetcdfWriter;
using test::Scratch;

void write_sample(const std::string& path, int format) {
  NetcdfWriter file(path, format);
  file.dimension("time", 4);
  file.dimension("lat", 12);
  file.dimension("lon", 15);
  file.variable("lon", {"lon"}, {{"units", "degrees_east"}});
  file.variable("lat", {"lat"}, {{"units", "degrees_north"}});
  file.variable("time", {"time"}, {{"units", "hours since 2021-11-11 00:00:00"}, {"calendar", "standard"}});
  for (const auto* name : {"uo", "vo"})
    file.variable(name, {"time", "lat", "lon"}, {{"units", "m s-1"}}, NC_SHORT);
  for (const auto* name : {"uo", "vo"}) file.attribute(name, "scale_factor", {0.001});
  std::vector<double> lons;
  std::vector<double> lats;
  for (int i = 0; i < 15; ++i) lons.push_back(1 + 0.1 * i);
  for (int i = 0; i < 12; ++i) lats.push_back(50.5 + 0.05 * i);
  file.values("lon", lons);
  file.values("lat", lats);
  file.values("time", {0, 1, 2, 3});
  file.values("uo", std::vector<double>(4 * 12 * 15, 700));
  file.values("vo", std::vector<double>(4 * 12 * 15, -300));
}

/// Opens it and, where it opens, asks it; nothing is expected of what a damaged number says.
std::string opened(const std::string& path) {
  const auto source = test::open_one(path);
  if (!source) return source.error().text();
  for (int i = 0; i < 20; ++i) {
    const auto current =
        (*source)->current({1 + 0.07 * i, 50.5 + 0.03 * i}, *parse_time("2021-11-11T01:20Z"));
    if (current) {
      EXPECT_TRUE(std::isfinite(current->east) && std::isfinite(current->north));
    }
  }
  return "";
}

class Damaged : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Netcdf, Damaged, testing::Values(0, NC_64BIT_OFFSET, NC_NETCDF4),
                         [](const auto& format) {
                           return format.param == 0            ? "classic"
                                  : format.param == NC_NETCDF4 ? "netcdf4"
                                                               : "offset64";
                         });

TEST_P(Damaged, whole_file_opens) {
  const Scratch scratch;
  write_sample(scratch.file("sea.nc"), GetParam());
  EXPECT_EQ(opened(scratch.file("sea.nc")), "");
}

TEST_P(Damaged, file_cut_anywhere_is_refused_and_named) {
  const Scratch scratch;
  write_sample(scratch.file("sea.nc"), GetParam());
  const std::string whole = test::read_all(scratch.file("sea.nc"));
  for (std::size_t k = 0; k < 60; ++k) {
    const std::string path = scratch.write("cut.nc", whole.substr(0, k * (whole.size() - 16) / 59));
    const std::string refusal = opened(path);
    EXPECT_NE(refusal.find("cut.nc"), std::string::npos) << k << " of 59: " << refusal;
    EXPECT_NE(refusal.find("fetch it again"), std::string::npos) << refusal;
  }
}

TEST_P(Damaged, file_with_flipped_bytes_is_answered_or_refused) {
  const Scratch scratch;
  write_sample(scratch.file("sea.nc"), GetParam());
  const std::string whole = test::read_all(scratch.file("sea.nc"));
  int refused = 0;
  for (std::uint32_t round = 0; round < 150; ++round) {
    Random random(20211111, static_cast<std::uint32_t>(GetParam()), round);
    std::string bytes = whole;
    const std::uint32_t flips = 1 + random.bits() % 20;
    for (std::uint32_t i = 0; i < flips; ++i)
      bytes[random.bits() % bytes.size()] = static_cast<char>(random.bits());
    refused += opened(scratch.write("flipped.nc", bytes)).empty() ? 0 : 1;
  }
  EXPECT_GT(refused, 0);
}

TEST(Damaged, file_that_ends_the_reader_is_refused_and_the_program_goes_on) {
  const Scratch scratch;
  write_sample(scratch.file("sea.nc"), NC_NETCDF4);
  const auto fatal = NetcdfFile::open(scratch.file("sea.nc"), [](const NetcdfFile&) { std::abort(); });
  ASSERT_FALSE(fatal);
  EXPECT_NE(fatal.error().text().find("sea.nc: is damaged"), std::string::npos);
  const auto fine = NetcdfFile::open(scratch.file("sea.nc"), [](const NetcdfFile& file) {
    if (file.find("uo") == nullptr) std::abort();
  });
  EXPECT_TRUE(fine);
}

std::string big_endian(std::uint64_t value) {
  std::string out;
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
  return out;
}
std::string tag(std::uint64_t value) {
  return big_endian(value).substr(4);
}

/// A CDF-5 header with one variable over a record dimension, one of this length and one of two, no record.
std::string of_length(std::uint64_t length, std::uint32_t type) {
  std::string out = "CDF\x05" + big_endian(0) + tag(0x0A) + big_endian(3);
  for (const auto& [name, points] :
       {std::pair{'t', std::uint64_t{0}}, {'x', length}, {'y', std::uint64_t{2}}})
    out += big_endian(1) + name + std::string(3, '\0') + big_endian(points);
  out += tag(0) + big_endian(0) + tag(0x0B) + big_endian(1) + big_endian(1) + "u" + std::string(3, '\0');
  out += big_endian(3) + big_endian(0) + big_endian(1) + big_endian(2) + tag(0) + big_endian(0);
  return out + tag(type) + big_endian(8) + big_endian(200);
}

/// Found by the fuzzer: libnetcdf 4.9.0 counts 2^63 times 2 in 64 bits, and divides by what comes out.
TEST(Damaged, impossible_lengths_and_types_are_refused_before_the_library_divides_by_them) {
  const Scratch scratch;
  const std::string fits = opened(scratch.write("fits.nc", of_length(4, NC_DOUBLE)));
  EXPECT_EQ(fits.find("cut short or damaged"), std::string::npos) << fits;
  for (const auto& [length, type] : {std::pair<std::uint64_t, std::uint32_t>{1ULL << 63, NC_DOUBLE},
                                     {std::uint64_t(-1), NC_DOUBLE},
                                     {0, NC_DOUBLE},
                                     {4, 0},
                                     {4, 99}}) {
    const std::string refusal = opened(scratch.write("long.nc", of_length(length, type)));
    EXPECT_NE(refusal.find("long.nc: is cut short or damaged"), std::string::npos)
        << length << " " << refusal;
  }
}

TEST(Damaged, refuses_what_is_no_netcdf_and_what_is_no_file) {
  const Scratch scratch;
  EXPECT_NE(opened(scratch.file("absent.nc")).find("absent.nc: no such file"), std::string::npos);
  EXPECT_NE(opened(scratch.file("")).find("is a folder without"), std::string::npos);
  EXPECT_NE(opened(scratch.write("empty.nc", "")).find("cannot be read as netCDF"), std::string::npos);
  EXPECT_NE(opened(scratch.write("text.nc", "time,lon,lat\n")).find("cannot be read as netCDF"),
            std::string::npos);
  EXPECT_NE(opened("http://127.0.0.1/sea.nc").find("no such file"), std::string::npos)
      << "no server is asked";
}

}  // namespace
}  // namespace varne
