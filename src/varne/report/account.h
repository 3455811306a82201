#pragma once
/// The people's account as a record tells it: the books made again from its entries, posting by posting, up
/// to any moment, with what was published by then beside them.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/people/claims.h"
#include "varne/people/people.h"
#include "varne/record/entry.h"
#include "varne/room/entries.h"

namespace varne {

/// The posting that an entry tells of; refuses one that no books hold, naming the field.
Result<Posting> posting_from(const entries::PeoplePosted& said, Time time);

/// Takes entries in their order.
class RecordAccount {
 public:
  /// Takes what concerns the count, and passes over the rest. Refuses an entry that the room cannot have
  /// written: a posting that the books do not take.
  Done take(const Entry& entry);

  [[nodiscard]] const PeopleBooks& books() const { return books_; }
  [[nodiscard]] const std::vector<Claim>& claims() const { return claims_; }
  [[nodiscard]] const std::string& title() const { return title_; }    ///< of the day
  [[nodiscard]] const std::string& notice() const { return notice_; }  ///< "EXERCISE. …"
  /// Boats of whom somebody may still be at sea, aboard a unit or missing: by the books, or because their
  /// incident is open and nobody has said yet how many there are (`uncounted`). With their labels, "I1
  /// (Charlie)".
  [[nodiscard]] std::vector<std::string> open() const;
  [[nodiscard]] std::vector<std::string> uncounted() const;
  [[nodiscard]] std::uint64_t entries() const { return entries_; }
  [[nodiscard]] std::optional<Time> first() const { return first_; }  ///< of all entries taken
  [[nodiscard]] std::optional<Time> last() const { return last_; }

 private:
  Done take(const Entry& entry, const entries::Day& said);
  Done take(const Entry& entry, const entries::IncidentSaid& said);
  Done take(const Entry& entry, const entries::PeoplePosted& said);
  Done take_claim(const Entry& entry);
  struct Incident {
    std::string label;
    bool open = false;
  };
  [[nodiscard]] std::string spoken(const std::string& boat) const;

  PeopleBooks books_;
  std::map<std::string, Incident> incidents_;
  std::vector<Claim> claims_;
  std::string title_;
  std::string notice_;
  std::uint64_t entries_ = 0;
  std::optional<Time> first_;
  std::optional<Time> last_;
};

/// Of a record (read_record.h), up to the last entry known then.
Result<RecordAccount> read_account(const std::string& path, Time known);

}  // namespace varne
