#pragma once
/// Reports in and out of JSON. docs/feeds.md has the table of kinds and fields that this file enforces.

#include <string>
#include <string_view>
#include <tuple>

#include "varne/core/json.h"
#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/feed/report.h"

namespace varne {

struct TimedReport {
  Time time;
  Report report;
  auto members() { return std::tie(time, report); }
};

/// One report from one JSON object. Refuses, naming the field: an unknown kind, a field that this kind does
/// not have, one it lacks, a place off the globe, a count that is negative or a range upside down, a text
/// that is too long.
Result<TimedReport> parse_report(std::string_view json);
Result<TimedReport> report_from(const Json& json);

/// The same object again, canonical; parse_report(report_json(r)) gives r.
std::string report_json(const TimedReport& report);

}  // namespace varne
