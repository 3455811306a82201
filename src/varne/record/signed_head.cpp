#include "varne/record/signed_head.h"

#include <fmt/format.h>

namespace varne {

std::string head_text(const SignedHead& head) {
  return fmt::format(
      R"({{"key":"{}","labels":{},"labels_root":"{}","number":{},"root":"{}","size":{},"time":"{}"}})",
      hex(head.key), head.labels, hex(head.labels_root), head.number, hex(head.root), head.size,
      iso(head.time));
}

std::string key_text(const KeyChange& change) {
  return fmt::format(R"({{"by":"{}","heads":{},"key":"{}","number":{},"time":"{}"}})", hex(change.by),
                     change.heads, hex(change.key), change.number, iso(change.time));
}

}  // namespace varne
