#pragma once
/// Heads of other centres' records, as this one keeps them. Each centre keeps the other's: a record that is
/// written anew from some entry on no longer goes on from what the other has, and both can be shown.

#include <cstdint>
#include <optional>
#include <tuple>

#include "varne/core/hash.h"
#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/record/signed_head.h"
#include "varne/room/letter.h"

namespace varne {

/// The last head of a centre's record that went on from the one before.
struct KeptHead {
  std::uint64_t size = 0;   ///< entries
  Hash root{};              ///< of their tree
  PublicKey key{};          ///< that signed it
  Time signed_at;           ///< by the other machine's clock
  Time heard;               ///< by this desk's
  std::uint64_t entry = 0;  ///< of this record: the letter that told it, signature and proof in it
  friend bool operator==(const KeptHead&, const KeptHead&) = default;
  auto members() { return std::tie(size, root, key, signed_at, heard, entry); }
};

/// A letter's head as it was signed. Refuses a signature that is not 128 digits.
Result<SignedHead> signed_head_of(const letters::Head& told);
/// The letter of a head, without the proof.
letters::Head letter_of(const SignedHead& head);

/// Whether what is told goes on from what is kept. Refuses a head of no entries, one that its key did not
/// sign, a first one that names an earlier one, and, where one is kept: fewer entries, other entries in the
/// same place, a proof from another head than that one, a proof that does not hold. The words name what is
/// kept and not what is told, so that they are the same again for each later head of such a record.
Done follows(const std::optional<KeptHead>& kept, const letters::Head& told);

}  // namespace varne
