/// What another centre's desk was told and said.

#include "varne/report/report_parts.h"

namespace varne::page {

std::string letters_table(const ReportFacts& facts, Time of_day) {
  std::string rows;
  for (const ReportFacts::Told& one : facts.letters) {
    // By whose clock: a letter that waited for a cut line was written long before it was known here.
    const std::string sent = one.sent && *one.sent != one.time ? clock(*one.sent, of_day) : "";
    rows += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>", clock(one.time, of_day),
                        one.told ? "to " + escaped(one.centre) : "from " + escaped(one.centre), sent,
                        escaped(one.text));
  }
  return "<p>What was told is known over there when the other centre's record has it; what was heard was "
         "known here "
         "from the time in the first column on, whenever it was written.</p><div class=\"wide\"><table "
         "class=\"letters\"><thead><tr><th>Known here</th><th></th><th>Written, by their "
         "clock</th><th>What</th>"
         "</tr></thead><tbody>" +
         rows + "</tbody></table></div>";
}

}  // namespace varne::page
