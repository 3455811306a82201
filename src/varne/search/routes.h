#pragma once
/// Patterns as they leave the house: routes for a plotter or an ECDIS, GeoJSON, and the message that is read
/// over the radio.

#include <span>
#include <string>
#include <vector>

#include "varne/search/pattern.h"
#include "varne/search/plan.h"

namespace varne {

/// A pattern with what it is called: "RNLI Dover, box 1".
struct NamedPattern {
  std::string name;
  SearchPattern pattern;
};

/// GPX 1.1: a route each, the first point "CSP", with times.
std::string patterns_gpx(std::span<const NamedPattern> patterns);

/// RTZ 1.0 (IEC 61174, annex S): one route of one pattern, legs as loxodromes with their planned speed, the
/// schedule with times of arrival.
std::string pattern_rtz(const NamedPattern& pattern);

/// Boxes (polygons where the task begins) and patterns (lines) with their figures as properties.
std::string plan_geojson(const SearchCloud& cloud, const std::vector<SearchUnit>& units,
                         const SearchPlan& plan, std::span<const NamedPattern> patterns);

/// What a search action message says beside the plan.
struct SearchMessage {
  std::string object;        ///< "inflatable, 28–36 persons"
  std::string last_known;    ///< where and when, in words
  std::string smc;           ///< coordinator; "" is left open
  std::string osc;           ///< on scene; "" is left open
  double at_least_best = 0;  ///< share of the best possible plan that is proved, 0: not said
};

/// The search action message in the order of the IAMSAR Manual (vol. II, search action plan: situation,
/// search areas, execution, coordination, communications, reports), in capitals as it is read out. What is
/// not known stands as "NOT KNOWN" and is never left out.
std::string search_message(const SearchCloud& cloud, const SearchPlan& plan,
                           std::span<const NamedPattern> patterns, const SearchMessage& about);

}  // namespace varne
