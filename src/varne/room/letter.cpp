#include "varne/room/letter.h"

#include <fmt/format.h>

#include "varne/feed/report_reader.h"
#include "varne/record/ledger.h"
#include "varne/room/phrases.h"

namespace varne {
namespace {

std::string words_of(const letters::Word& word) {
  const auto json = parse_json(word.report.text);
  const auto report = json ? report_from(*json) : Result<Report>(std::unexpected(json.error()));
  return report ? phrases::sentence(*report) : "something that is no report";
}

}  // namespace

std::string in_short(const Letter& letter) {
  return std::visit(
      Overloaded{[](const letters::Incident& l) {
                   return fmt::format("{}{}, in {}: {}; {} coordinates", l.incident,
                                      l.boat.empty() ? "" : " (" + l.boat + ")", l.phase, l.why, l.centre);
                 },
                 [](const letters::Word& l) {
                   return (l.incident.empty() ? "" : "of " + l.incident + ": ") + words_of(l);
                 },
                 [](const letters::Passing& l) {
                   return fmt::format("\"{}\" of {}, term {}{}", enum_name(l.word), l.incident, l.term,
                                      l.offer == 0 ? "" : fmt::format(", offer {}", l.offer));
                 },
                 [](const letters::Told& l) { return fmt::format("of {}: {}", l.incident, l.text); },
                 [](const letters::Head& l) {
                   return fmt::format("its record has {} entries, signed {}: {}", l.size, iso(l.time),
                                      noted_text({l.size, l.root}));
                 },
                 [](const letters::Tracks& l) {
                   return fmt::format("{} craft that radar sees near the line", l.tracks.size());
                 },
                 [](const letters::OfferedUnit& l) {
                   return fmt::format("{} is {}{}", l.unit, l.offered ? "offered" : "no longer offered",
                                      l.text.empty() ? "" : ": " + l.text);
                 }},
      letter);
}

std::string letters_table() {
  std::string out = "| kind | what it says | fields |\n| --- | --- | --- |\n";
  for_each_kind<Letter>([&]<class Body>() {
    std::string fields;
    for_each_field<Body>([&](const auto& field) {
      fields += fmt::format("{}`{}`{}{}{}", fields.empty() ? "" : "; ", field.name,
                            field.optional ? " (where said)" : "", field.says.empty() ? "" : " ", field.says);
    });
    out += fmt::format("| `{}` | {} | {} |\n", Body::kind, Body::says, fields);
  });
  return out;
}

}  // namespace varne
