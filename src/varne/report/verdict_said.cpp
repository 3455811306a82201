#include "varne/report/verdict_said.h"

#include "varne/core/fields_kept.h"

namespace varne::said_of {

std::vector<Verdict> verdicts_in(const CanonicalJson& verdicts) {
  std::vector<Verdict> out;
  if (const auto json = parse_json(verdicts.text)) (void)read_kept(*json, out);
  return out;
}

}  // namespace varne::said_of
