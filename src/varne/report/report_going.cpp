/// Who was proposed to go to a boat, and who went.

#include "varne/report/report_parts.h"
#include "varne/room/phrases.h"

namespace varne::page {
namespace {

/// "03:12 RNLI Dover, there at about 03:40" of each; "–" where there is none.
std::string lines(const std::vector<ReportFacts::Going>& going, bool proposed, Time of_day) {
  std::string out;
  for (const ReportFacts::Going& one : going) {
    if (one.proposed != proposed) continue;
    if (!out.empty()) out += "<br>";
    out += clock(one.time, of_day) + " ";
    if (proposed && one.state == "nobody") {
      out += escaped(one.text);
      continue;
    }
    out += fmt::format("<b>{}</b> {}", escaped(one.unit), escaped(phrases::unscored(one.state)));
    if (one.eta && (one.state == "proposed" || one.state == "ordered"))
      out += fmt::format(", with the boat at about {}", clock(*one.eta, of_day));
  }
  return out.empty() ? "–" : out;
}

}  // namespace

std::string going_table(const ReportFacts& facts, Time of_day) {
  std::string rows;
  for (const auto& [number, going] : facts.going) {
    const auto boat = facts.boats.find(number);
    const std::string id = boat == facts.boats.end() || !boat->second.last ? fmt::format("I{}", number)
                                                                           : boat->second.last->incident;
    const std::string label = boat == facts.boats.end() || !boat->second.last ? "" : boat->second.last->boat;
    rows += fmt::format("<tr><td><b>{}</b> {}</td><td>{}</td><td>{}</td></tr>", escaped(id), escaped(label),
                        lines(going, true, of_day), lines(going, false, of_day));
  }
  return "<p>A proposal is what the desk made, at that moment, of what its record held then: units where "
         "they were "
         "last heard or at their bases, at the speeds that are published, to a place that may be wrong by "
         "miles. "
         "That a unit would have been there at that time it does not show, nor that whoever decided could "
         "have "
         "known what stands here.</p><div class=\"wide\"><table class=\"going\"><thead><tr><th>Boat</th>"
         "<th>Proposed by the desk</th><th>Ordered and done</th></tr></thead><tbody>" +
         rows + "</tbody></table></div>";
}

}  // namespace varne::page
