#include "search_show.h"

#include <fmt/format.h>

#include <cmath>

#include "drift_show.h"
#include "terminal.h"
#include "varne/core/units.h"

namespace varne::app {

void print_plan(const SearchAnswer& found) {
  say("POS {:.1f} %, at least {:.0f} % of the best possible; a manual square{} finds {:.1f} %\n",
      found.plan.pos * 100, std::floor(found.at_least() * 100),
      found.square.notes.empty() || found.square.notes.back() != on_land_in_part
          ? ""
          : ", which " + found.square.notes.back() + ",",
      found.square.pos * 100);
  say("{}\n", worksheet_text(found.worksheet));
  for (const SearchTask& task : found.plan.tasks)
    say("{}  {} to {}  {:.1f} by {:.1f} NM, axis {:03.0f}°, coverage {:.2f}\n", found.units[task.unit].name,
        clock(task.from), clock(task.until), nm_from_metres(task.box.length_m),
        nm_from_metres(task.box.width_m), wrap360(std::round(task.box.axis_deg)), task.coverage());
  for (const auto& [name, pattern] : found.patterns)
    if (about_datum(pattern.kind))
      say("{}  {} of {:.1f} NM, {} {:.2f} NM, first leg {:03.0f}°\n", name,
          pattern.kind == PatternKind::sector ? "sector" : "expanding square",
          nm_from_metres(pattern.track_m), pattern.kind == PatternKind::sector ? "leg" : "spacing",
          nm_from_metres(pattern.spacing_m), wrap360(std::round(pattern.first_leg_deg)));
  for (const LeftOut& left : found.plan.left_out) say("{} does not search: {}\n", left.unit, left.why);
  for (const auto& note : found.plan.notes) say("{}\n", note);
}

}  // namespace varne::app
