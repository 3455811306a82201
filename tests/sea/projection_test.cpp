#include "varne/sea/projection.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>

#include "netcdf_support.h"
#include "support.h"

namespace varne {
namespace {

using Numbers = std::map<std::string, std::vector<double>>;

Result<std::shared_ptr<const Projection>> made(const std::string& kind, const Numbers& numbers) {
  const test::Scratch scratch;
  {
    test::NetcdfWriter writer(scratch.file("map.nc"));
    writer.variable("crs", {}, {{"grid_mapping_name", kind}});
    for (const auto& [name, values] : numbers) writer.attribute("crs", name, values);
  }
  const auto file = NetcdfFile::open(scratch.file("map.nc"));
  return make_projection(*file, *file->find("crs"));
}

const Numbers lambert = {{"standard_parallel", {49, 51}},
                         {"longitude_of_central_meridian", {2}},
                         {"latitude_of_projection_origin", {50}},
                         {"semi_major_axis", {6378137}},
                         {"inverse_flattening", {298.257223563}}};
const Numbers polar = {{"latitude_of_projection_origin", {90}},
                       {"straight_vertical_longitude_from_pole", {-45}},
                       {"standard_parallel", {60}},
                       {"semi_major_axis", {6378137}},
                       {"semi_minor_axis", {6356752.314}}};
const Numbers mercator = {{"longitude_of_central_meridian", {3}},
                          {"latitude_of_projection_origin", {0}},
                          {"scale_factor_at_central_meridian", {0.9996}},
                          {"false_easting", {500000}},
                          {"semi_major_axis", {6378137}},
                          {"inverse_flattening", {298.257223563}}};
const Numbers rotated = {{"grid_north_pole_latitude", {39.25}}, {"grid_north_pole_longitude", {-162}}};

TEST(Projection, puts_the_origin_and_a_published_point_where_they_belong) {
  const MapPoint origin = (*made("lambert_conformal_conic", lambert))->to({2, 50});
  EXPECT_NEAR(origin.x, 0, 1e-6);
  EXPECT_NEAR(origin.y, 0, 1e-6);
  EXPECT_NEAR(origin.grid_north_deg, 0, 1e-9);

  const MapPoint utm = (*made("transverse_mercator", mercator))->to({3, 51});
  EXPECT_NEAR(utm.x, 500000, 1e-6);
  EXPECT_NEAR(utm.y, 5649824.8, 1) << "0.9996 of the meridian's arc to 51° N, 5 652 085.7 m";
  const MapPoint pole = (*made("polar_stereographic", polar))->to({10, 90});
  EXPECT_NEAR(std::hypot(pole.x, pole.y), 0, 1e-6);
  const MapPoint moved = (*made("rotated_latitude_longitude", rotated))->to({18, 50.75});
  EXPECT_NEAR(moved.x, 0, 1e-9) << "opposite the pole the rotated equator and meridian cross";
  EXPECT_NEAR(moved.y, 0, 1e-9);
}

/// Law: going towards grid north moves along y alone, and the map's east is the true vector turned back.
RC_GTEST_PROP(Projection, points_grid_north_along_its_y_axis, ()) {
  static const std::shared_ptr<const Projection> maps[] = {
      *made("lambert_conformal_conic", lambert), *made("polar_stereographic", polar),
      *made("transverse_mercator", mercator), *made("rotated_latitude_longitude", rotated)};
  const auto& map = *maps[*rc::gen::inRange(0, 4)];
  const Place place{-1 + *rc::gen::inRange(0, 5000) / 1000.0, 49 + *rc::gen::inRange(0, 3000) / 1000.0};
  const MapPoint here = map.to(place);
  const MapPoint there = map.to(destination(place, here.grid_north_deg, 100));
  const double along = there.y - here.y;
  RC_ASSERT(along > 0);
  RC_ASSERT(std::abs(there.x - here.x) < 2e-4 * along);
  const Vec north = here.turned({0, 1});
  RC_ASSERT(std::abs(wrap180(direction_deg(north) - here.grid_north_deg)) < 1e-9);
  const Vec east = here.turned({1, 0});
  RC_ASSERT(std::abs(wrap180(direction_deg(east) - here.grid_north_deg - 90)) < 1e-9);
}

TEST(Projection, refuses_other_maps_by_name_and_says_what_is_missing) {
  const auto refusal = [](const std::string& kind, Numbers numbers, const std::string& without = "") {
    numbers.erase(without);
    const auto map = made(kind, numbers);
    return map ? std::string() : map.error().text();
  };
  EXPECT_NE(refusal("mercator", {}).find("\"mercator\""), std::string::npos);
  EXPECT_NE(refusal("", {}).find("crs"), std::string::npos);
  for (const auto& [name, values] : lambert) {
    if (name.rfind("semi", 0) == 0 || name.rfind("inverse", 0) == 0) continue;
    EXPECT_NE(refusal("lambert_conformal_conic", lambert, name).find(name), std::string::npos);
  }
  EXPECT_NE(refusal("rotated_latitude_longitude", {}).find("grid_north_pole_latitude"), std::string::npos);
  Numbers wrong = lambert;
  wrong["standard_parallel"] = {120};
  EXPECT_NE(refusal("lambert_conformal_conic", wrong).find("standard_parallel"), std::string::npos);
  for (const auto& parallels : {std::vector<double>{90, 45}, {50, -50}, {0}}) {
    wrong["standard_parallel"] = parallels;
    EXPECT_NE(refusal("lambert_conformal_conic", wrong).find("makes no cone"), std::string::npos);
  }
  wrong = polar;
  wrong["scale_factor_at_projection_origin"] = {-1};
  EXPECT_NE(refusal("polar_stereographic", wrong).find("make no map"), std::string::npos);
  wrong = lambert;
  wrong["semi_major_axis"] = {6378};
  EXPECT_NE(refusal("lambert_conformal_conic", wrong).find("earth"), std::string::npos);
}

}  // namespace
}  // namespace varne
