#pragma once
/// Ways of a strait's size in metres, many millions of times: geodesics of GeographicLib cost 40 times as
/// much.
///
/// Both work with the WGS-84 ellipsoid's two radii of curvature at the latitude halfway (middle latitude
/// sailing). Error bounds, tested from 60° S to 60° N: an offset of up to 100 km is true to 3e-5 of its
/// length, and a place that was carried up to 5 km lies within 10 cm of where the geodesic ends.

#include "varne/core/geo.h"

namespace varne {

/// East and north metres from one place to another, by the directions halfway: what a current on the way
/// meets. Beyond 4° by the geodesic, with its direction at the start.
Vec offset_m(Place from, Place to);

/// How far it is: the length of the offset.
double way_m(Place from, Place to);

/// Where so many metres, of a direction at the start, lead.
Place carried(Place from, Vec offset_m);

}  // namespace varne
