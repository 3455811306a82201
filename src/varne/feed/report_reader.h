#pragma once
/// Reports in and out of JSON, by the lists of report_kinds.h. docs/feeds.md has the tables of kinds and
/// fields.

#include <string>
#include <string_view>

#include "varne/core/json.h"
#include "varne/core/result.h"
#include "varne/feed/report_kinds.h"

namespace varne {

/// One report from one JSON object. Refuses, naming the field: an unknown kind, a field that this kind does
/// not have, one it lacks, a place off the globe, a count that is negative or a range upside down, a text
/// that is too long.
Result<Report> parse_report(std::string_view json);
Result<Report> report_from(const Json& json);

/// The same object again, canonical; parse_report(report_json(r)) gives r.
std::string report_json(const Report& report);

// What a text or a list may be; longer ones are refused.
inline constexpr std::size_t longest_words = 2000;  ///< bytes, of `Wording::free` and `Wording::reason`
inline constexpr std::size_t longest_name = 120;    ///< bytes, of every other text
inline constexpr std::size_t most_names = 20;       ///< of a list

/// The two tables of docs/feeds.md: what each kind needs and may carry, and what each field may hold.
std::string report_kinds_table();
std::string report_fields_table();

}  // namespace varne
