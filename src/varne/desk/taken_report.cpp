#include "varne/desk/taken_report.h"

#include <string>

#include "varne/core/fields_json.h"

namespace varne {

std::vector<std::uint64_t> TakenReport::entries() const {
  std::vector<std::uint64_t> out;
  for (auto n = first; n <= last; ++n) out.push_back(n);
  return out;
}

Hash hash_of_report(const Speaker& speaker, std::string_view typed) {
  return sha256(canonical_of(speaker) + std::string(typed));
}

}  // namespace varne
