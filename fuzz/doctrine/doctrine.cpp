/// Any text as a doctrine: refused with a place and a reason, or one that keeps the promises and can be read.
#include "varne/doctrine/doctrine.h"

#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "varne/doctrine/explain.h"
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
name = "calm"
kind = "truth"
says = "the sea is calm"
[[fact]]
name = "length"
kind = "number"
unit = "m"
least = 0
most = 100000
says = "the way back"
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

/// Nobody in danger, by an officer's word, where asked for; everything else as far as `said` goes.
Encounter encounter(bool calm, bool said) {
  Encounter e(words());
  e.now = *parse_time("2021-11-11T12:00:00Z");
  if (calm) e.say(words(), words().distress(), {0, "captain", e.now, "captain"});
  if (!said) return e;
  for (FactId f = 0; f < words().size(); ++f) {
    if (f != words().distress()) e.say(words(), f, {1, "captain", e.now, "captain"});
  }
  return e;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto doctrine = check_doctrine_text(words(), text, "d.toml");
  if (!doctrine) {
    for (const Error& error : doctrine.error()) {
      if (!error.where.starts_with("d.toml") || error.what.empty()) std::abort();
    }
    if (doctrine.error().empty()) std::abort();
    return 0;
  }
  if (explain(words(), *doctrine).empty()) std::abort();
  for (const bool calm : {false, true}) {
    for (const bool said : {false, true}) {
      const Encounter e = encounter(calm, said);
      const auto judgement = judge(words(), *doctrine, e);
      for (const Verdict& v : judgement.verdicts) {
        const Response& response = doctrine->responses[v.response];
        // Nobody has consented, so nothing that is enforcement is open; in doubt nothing but rescue is.
        if (v.permits() && response.kind == ResponseKind::enforcement) std::abort();
        if (v.permits() && response.kind != ResponseKind::rescue && !calm) std::abort();
        if (reasons_text(words(), e, judgement, v).empty()) std::abort();
        if (canonical(reasons_json(words(), e, judgement, v)).empty()) std::abort();
      }
    }
  }
  return 0;
}
