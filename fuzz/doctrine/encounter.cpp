/// Any text as an encounter: refused with a place and a reason, or one that is the same when it is written
/// and read again, and that a doctrine can judge without breaking a promise.
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "varne/doctrine/encounter_file.h"
#include "varne/doctrine/reasons.h"

namespace {

using namespace varne;

const Vocabulary& words() {
  static const Vocabulary v = *Vocabulary::parse(R"(
[[fact]]
name = "distress"
kind = "truth"
says = "somebody is in danger"
danger = true
good_for_s = 600
[[fact]]
name = "wind"
kind = "number"
unit = "m/s"
least = 0
most = 75
says = "the wind"
good_for_s = 3600
[[fact]]
name = "seen"
kind = "time"
says = "when it was last seen"
[[fact]]
name = "waters"
kind = "choice"
choices = ["UK", "FR"]
says = "whose waters"
)",
                                                 "facts.toml", {});
  return v;
}

const Doctrine& doctrine() {
  static const Doctrine d = *parse_doctrine(words(), R"(
name = "d"
title = "t"
authority = "a"
territory = "t"
about = "a"
[[parameter]]
name = "most"
unit = "m/s"
says = "the strongest wind"
citation = "c"
[[rule]]
id = "no_distress"
says = "distress is ruled out"
fact = "distress"
is = false
citation = "c"
[[rule]]
id = "wind"
says = "the wind is within its limit"
fact = "wind"
at_most_parameter = "most"
citation = "c"
[[rule]]
id = "seen"
says = "it was seen of late"
fact = "seen"
after = "2021-11-11T00:00:00Z"
citation = "c"
[[rule]]
id = "elsewhere"
says = "it is in other waters"
fact = "waters"
is = "FR"
citation = "c"
[[response]]
id = "turn"
title = "t"
kind = "enforcement"
stance = "permits"
needs = ["no_distress", "wind", "seen"]
unless = ["elsewhere"]
consents = ["captain", "commander"]
refused = "r"
citation = "c"
)",
                                            "d.toml");
  return d;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto e = parse_encounter(words(), text, "e.json");
  if (!e) {
    if (!e.error().where.starts_with("e.json") || e.error().what.empty()) std::abort();
    return 0;
  }
  const auto written = canonical(encounter_json(words(), *e));
  const auto again = parse_encounter(words(), written, "e.json");
  if (!again || canonical(encounter_json(words(), *again)) != written) std::abort();
  const auto judgement = judge(words(), doctrine(), *e);
  const Verdict& v = judgement.verdicts.front();
  if (v.permits()) {
    const auto calm = e->ask(words(), words().distress(), [](double value) { return value == 0; });
    if (calm.truth != Truth::yes || !is_officer(calm.value->role)) std::abort();
    for (const Consent* consent : e->consents("turn", {"captain", "commander"}))
      if (consent == nullptr || !consent->given) std::abort();
  }
  if (reasons_text(words(), *e, judgement, v).empty()) std::abort();
  const auto second = judge(words(), doctrine(), *again);
  if (canonical(reasons_json(words(), *e, judgement, v)) !=
      canonical(reasons_json(words(), *again, second, second.verdicts.front())))
    std::abort();
  return 0;
}
