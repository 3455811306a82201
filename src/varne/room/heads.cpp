#include "varne/room/heads.h"

#include <fmt/format.h>

#include <algorithm>

#include "varne/record/ledger.h"
#include "varne/record/merkle.h"

namespace varne {

Result<SignedHead> signed_head_of(const letters::Head& told) {
  SignedHead out{told.number, told.size, told.root, told.labels, told.labels_root, told.time, told.key, {}};
  const auto bytes = from_hex(told.signature);
  if (!bytes || bytes->size() != out.signature.size()) return fail("signature", "is not 128 digits");
  std::copy(bytes->begin(), bytes->end(), out.signature.begin());
  return out;
}

letters::Head letter_of(const SignedHead& head) {
  return {.number = head.number,
          .size = head.size,
          .root = head.root,
          .labels = head.labels,
          .labels_root = head.labels_root,
          .time = head.time,
          .key = head.key,
          .signature = hex(
              std::string_view(reinterpret_cast<const char*>(head.signature.data()), head.signature.size()))};
}

Done follows(const std::optional<KeptHead>& kept, const letters::Head& told) {
  if (told.size == 0) return fail("size", "is 0: such a head stands for nothing");
  const auto head = signed_head_of(told);
  if (!head) return std::unexpected(head.error());
  if (!signed_by(head->key, head_text(*head), head->signature))
    return fail("signature", "does not fit the head and its key");
  if (!kept) {
    if (told.earlier != 0) return fail("earlier", "is of a head that this desk was never told");
    return {};
  }
  const std::string here = noted_text({kept->size, kept->root});
  if (told.size < kept->size)
    return fail("size", fmt::format("is less than that of the head kept here, {}: its end is gone", here));
  if (told.size == kept->size)
    return told.root == kept->root ? Done{}
                                   : fail("root", fmt::format("is another than the one kept here, {}: its "
                                                              "past was written anew",
                                                              here));
  if (told.earlier != kept->size)
    return fail("earlier",
                fmt::format("is not the head kept here, {}: its past was written anew, or lost", here));
  if (!consistent(kept->size, kept->root, told.size, told.root, told.proof))
    return fail("proof",
                fmt::format("does not show that it goes on from the head kept here, {}: its past was written "
                            "anew",
                            here));
  return {};
}

}  // namespace varne
