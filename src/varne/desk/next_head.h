#pragma once
/// The head of this desk's record that other centres are told next.

#include "varne/core/result.h"
#include "varne/record/ledger.h"
#include "varne/room/letter.h"

namespace varne {

/// Has the record signed where it stands, with the proof that it goes on from the head told last. Any thread
/// may call.
///
/// A record that does not go on from it (somebody wrote it anew, or it was restored without its end) is
/// refused here in words for this desk's people. What the other centre is told then is nothing: it keeps the
/// head that it has.
/// @param last  `Partners::last_head`; `size` 0: none was told
Result<letters::Head> next_head(Ledger& ledger, const LedgerHead& last);

}  // namespace varne
