#include "varne/desk/next_head.h"

#include <fmt/format.h>

#include "varne/record/merkle.h"
#include "varne/room/heads.h"

namespace varne {

Result<letters::Head> next_head(Ledger& ledger, const LedgerHead& last) {
  const auto head = ledger.sign();
  if (!head) return std::unexpected(head.error());
  letters::Head out = letter_of(*head);
  if (last.size == 0) return out;
  const auto not_so = [&] {
    return fail("record", fmt::format("does not go on from the head that other centres keep, {}: it was "
                                      "written anew, or lacks its end; they will not believe it",
                                      noted_text(last)));
  };
  if (head->size < last.size) return not_so();
  auto proof = ledger.continuation(last.size, head->size);
  if (!proof) return std::unexpected(proof.error());
  if (!consistent(last.size, last.hash, head->size, head->root, *proof)) return not_so();
  out.earlier = last.size;
  out.proof = std::move(*proof);
  return out;
}

}  // namespace varne
