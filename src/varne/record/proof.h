#pragma once
/// A proof that an entry stands in a record, for somebody who has neither the record nor Varne: the entry,
/// the few hashes that lead from it to a signed head, and the signatures. docs/record.md explains the fields;
/// tools/check_proof.py checks one in Python alone.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/result.h"
#include "varne/record/entry.h"
#include "varne/record/signed_head.h"

namespace varne {

/// What a proof shows once it is checked.
struct Proven {
  Entry entry;
  SignedHead head;              ///< that stands for it; `labels…` and `number` as the head says
  std::vector<PublicKey> keys;  ///< all that signed the record up to that head, each vouched for by the last
};

/// One line of canonical JSON, out of a record that somebody may be writing. Refuses an entry that is not
/// there or that no head stands for yet.
Result<std::string> prove(const std::string& where, std::uint64_t number);

/// Whether the proof holds; an error says what in it does not. That the key is the desk's own only somebody
/// can tell who noted it elsewhere: `noted`.
Result<Proven> check_proof(std::string_view proof, const std::optional<PublicKey>& noted = {});

}  // namespace varne
