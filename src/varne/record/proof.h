#pragma once
/// Proofs for somebody who has neither the record nor Varne: that an entry stands in a record (the entry, the
/// few hashes that lead from it to a signed head, and the signatures), and that a record goes on from where
/// it stood when its head was noted. docs/record.md explains the fields; tools/check_proof.py checks either
/// in Python alone.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/result.h"
#include "varne/record/entry.h"
#include "varne/record/ledger.h"
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

/// One line of canonical JSON: the record's last signed head stands for all that the earlier head stood for,
/// unchanged and in the same places. Refuses a head that the record does not come to, or that stands for none
/// of its entries or for more than are signed for.
Result<std::string> prove_continuation(const std::string& where, const LedgerHead& earlier);

/// What such a proof shows once it is checked.
struct Continued {
  LedgerHead earlier;  ///< to be compared with the one that was noted
  SignedHead head;
  std::vector<PublicKey> keys;
};
Result<Continued> check_continuation(std::string_view proof, const std::optional<PublicKey>& noted = {});

}  // namespace varne
