/// The kept inputs of fuzz/sea/grib.cpp, written byte by byte (fuzz/corpus/make_grib.py), mean what their
/// names say: a corpus that the reader refuses at its first byte would lead the fuzzer nowhere.
#include <gtest/gtest.h>

#include "support.h"
#include "varne/sea/forcing.h"

namespace varne {
namespace {

const Time then = *parse_time("2021-11-11T00:30Z");

Result<std::shared_ptr<const SeaSource>> kept(const std::string& name, const ForcingOptions& options = {}) {
  const auto sources = open_forcing({std::string(VARNE_ROOT) + "/fuzz/corpus/grib/" + name}, options);
  if (!sources) return fail(sources.error());
  return sources->front();
}

TEST(GribCorpus, winds_of_both_editions_one_message_or_many_plain_or_complex_are_the_same_wind) {
  const ForcingOptions first_member{.member = 0};
  const ForcingOptions always{.always = true};
  for (const auto& [name, options] : {std::pair<const char*, ForcingOptions>{"wind", {}},
                                      {"as_one", {}},
                                      {"edition_1", {}},
                                      {"members", first_member},
                                      {"complex", always}}) {
    const auto source = kept(name, options);
    ASSERT_TRUE(source) << source.error().text();
    // 0 to 8 in rows from the north-west: half a column east of 3 and 6, halfway between their rows.
    const auto wind = (*source)->wind({1.25, 50.75}, then);
    ASSERT_TRUE(wind) << name;
    EXPECT_NEAR(wind->east, 5, 1e-5) << name;
    EXPECT_NEAR(wind->north, 5, 1e-5) << name;
  }
}

TEST(GribCorpus, a_current_has_no_value_where_its_bitmap_has_none_and_waves_may_have_no_bits) {
  const auto current = kept("current_with_land");
  ASSERT_TRUE(current) << current.error().text();
  EXPECT_TRUE((*current)->current({1.99, 50.51}, then)) << "about points with values";
  // The nearest point that has one is 55 km away.
  EXPECT_FALSE((*current)->current({1.01, 51.49}, then)) << "beside the first point, which has none";
  const auto waves = kept("waves_even");
  ASSERT_TRUE(waves) << waves.error().text();
  EXPECT_EQ((*waves)->wave_height_m({1.5, 51}, then), 0);
}

TEST(GribCorpus, speed_and_direction_and_a_projection_are_read) {
  const auto polar = kept("polar");
  ASSERT_TRUE(polar) << polar.error().text();
  const auto wind = (*polar)->wind({2, 50.5}, then);  // 8 m/s from 8°
  ASSERT_TRUE(wind);
  EXPECT_NEAR(length(*wind), 8, 1e-4);
  EXPECT_NEAR(direction_deg(*wind), 188, 1e-3);
  const auto projected = kept("projected");
  ASSERT_TRUE(projected) << projected.error().text();
  EXPECT_TRUE((*projected)->wind({1.05, 50.05}, then));
}

TEST(GribCorpus, what_is_none_is_refused_for_its_reason) {
  EXPECT_NE(kept("members").error().what.find("is an ensemble of 2"), std::string::npos);
  EXPECT_NE(kept("another_height").error().what.find("is a wind at 100 m"), std::string::npos);
  EXPECT_NE(kept("complex").error().what.find("holds one moment only"), std::string::npos);
}

}  // namespace
}  // namespace varne
