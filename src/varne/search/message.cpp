#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cctype>
#include <cmath>
#include <iterator>

#include "varne/core/units.h"
#include "varne/search/routes.h"

namespace varne {
namespace {

std::string capitals(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

/// "110725Z NOV 21": the date-time group of the trade.
std::string group(Time time) {
  const auto utc = std::chrono::time_point_cast<std::chrono::seconds>(time);
  return capitals(fmt::format("{:%d%H%MZ %b %y}", utc));
}

std::string known(const std::string& text) {
  return text.empty() ? "NOT KNOWN" : capitals(text);
}

}  // namespace

std::string search_message(const SearchCloud& cloud, const SearchPlan& plan,
                           std::span<const NamedPattern> patterns, const SearchMessage& about) {
  std::string out;
  const auto to = std::back_inserter(out);
  fmt::format_to(to, "SEARCH ACTION MESSAGE\nFROM {} TO {}\n\n", group(cloud.start), group(cloud.end()));
  fmt::format_to(to, "1. SITUATION\n   A. SEARCH OBJECT: {}\n   B. LAST KNOWN: {}\n", known(about.object),
                 known(about.last_known));
  fmt::format_to(to, "   C. PROBABILITY OF SUCCESS OF THIS PLAN: {:.0f} PER CENT", plan.pos * 100);
  if (about.at_least_best > 0)
    fmt::format_to(to, ", AT LEAST {:.0f} PER CENT OF THE BEST POSSIBLE",
                   std::floor(about.at_least_best * 100));
  out += "\n\n2. SEARCH AREAS, CORNERS AT THE TIME OF BEGINNING\n";
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
    const SearchTask& task = plan.tasks[i];
    fmt::format_to(to, "   AREA {}, {} TO {}{}\n", i + 1, group(task.from), group(task.until),
                   task.box.drift.empty() ? "" : ", DRIFTS WITH THE DATUM");
    for (const Vec corner : task.box.corners(cloud.slices_at(task.from)))
      fmt::format_to(to, "      {}\n", spoken(cloud.plane.from(corner)));
  }
  out += "\n3. EXECUTION\n";
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const auto& [name, pattern] = patterns[i];
    std::string kind(enum_name(pattern.kind));
    for (char& c : kind)
      if (c == '_') c = ' ';
    fmt::format_to(to, "   {}: {}\n", capitals(name), capitals(kind));
    fmt::format_to(to, "      COMMENCE SEARCH POINT {} AT {}\n", spoken(pattern.way.front().at),
                   group(pattern.way.front().time));
    fmt::format_to(to, "      FIRST LEG {:03.0f} DEGREES TRUE", wrap360(std::round(pattern.first_leg_deg)));
    if (pattern.kind == PatternKind::parallel_sweep || pattern.kind == PatternKind::creeping_line)
      fmt::format_to(to, ", CREEP {:03.0f}", wrap360(std::round(pattern.creep_deg)));
    fmt::format_to(to, ", TRACK SPACING {:.1f} NM, SPEED {:.0f} KN, TRACK {:.1f} NM\n",
                   nm_from_metres(pattern.spacing_m), knots_from_mps(pattern.speed_mps),
                   nm_from_metres(pattern.track_m));
    fmt::format_to(to, "      ENDS {} AT {}\n", spoken(pattern.way.back().at),
                   group(pattern.way.back().time));
  }
  for (const LeftOut& left : plan.left_out)
    fmt::format_to(to, "   {} DOES NOT SEARCH: {}\n", capitals(left.unit), capitals(left.why));
  fmt::format_to(to, "\n4. COORDINATION\n   SMC {}\n   OSC {}\n", known(about.smc), known(about.osc));
  out += "   BOATS' AREAS SHARE NO WATER AT ONE TIME, NOR DO THOSE OF AIRCRAFT\n";
  out += "\n5. COMMUNICATIONS\n   VHF CHANNEL 16 UNLESS THE SMC NAMES ANOTHER\n";
  out +=
      "\n6. REPORTS\n   ON ARRIVAL, HOURLY, AT THE END OF EACH AREA: WEATHER, AREA COVERED, ANYTHING SEEN\n";
  return out;
}

}  // namespace varne
