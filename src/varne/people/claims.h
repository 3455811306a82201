#pragma once
/// Claims: who said what number of what, for which day or span, published when. A claim is never changed: a
/// later one may revise it, and whether it still stands is asked as known on a date. Nothing is averaged and
/// nothing is dropped.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/date.h"
#include "varne/core/head_count.h"
#include "varne/core/json.h"
#include "varne/core/result.h"
#include "varne/core/time.h"

namespace varne {

/// The first three are what a publisher says of a figure; `revised` is what becomes of it.
enum class ClaimStatus { provisional, final, disputed, revised };
const char* name_of(ClaimStatus status);

/// A published figure. A value.
struct Claim {
  std::string id = {};       ///< unique in its file or record
  std::string from = {};     ///< who said it
  std::string subject = {};  ///< "arrived", "prevented", "set_out", "missing", … (`claim_subjects`)
  /// The days it speaks of; empty where its words for them cannot be read as days. A figure "cumulative to"
  /// a day is kept as the span from 1 January.
  std::optional<DateSpan> about = {};
  std::string boat = {};  ///< of one boat only, by its label; "" of all
  std::optional<HeadCount> persons = {};
  std::optional<std::int32_t> boats = {};
  ClaimStatus status = ClaimStatus::provisional;  ///< as published
  Time published = {};
  std::string source = {};               ///< where it can be read
  std::string text = {};                 ///< its words, or a note
  std::string revises = {};              ///< id of the claim in whose place it stands, "" none
  std::vector<std::string> sum_of = {};  ///< ids of the claims that its publisher added up
  friend bool operator==(const Claim&, const Claim&) = default;
};

/// What a claim may be about, as the file writes it.
const std::vector<std::string>& claim_subjects();

/// What is said, in a line: "1,185 arrived", "1,250 arrived, 36 boats", "33 set out (Charlie)".
std::string spoken(const Claim& claim);

/// Reads one claim; docs/tally.md has the fields. Refuses, naming the field: what is missing, unknown or no
/// number of people, and a subject, day or status that is none.
Result<Claim> claim_from(const Json& json);

/// The claim in the body of a record's entry of kind "claim"; its source is the report that it came in.
/// Whatever the room wrote is taken: a day that cannot be read leaves `about` empty.
Result<Claim> claim_said(std::uint64_t entry, Time published, std::string_view body);

/// Claims in the order in which they were added.
class Claims {
 public:
  /// Refuses, naming the field: an id twice; a `revises` or `sum_of` that names none here, something else
  /// (another subject or span) or something published later, a claim that was revised already, and a sum of
  /// sums.
  Done add(Claim claim);

  [[nodiscard]] const std::vector<Claim>& all() const { return claims_; }
  [[nodiscard]] const Claim* find(const std::string& id) const;
  /// The claim that stands in this one's place as known then, or null.
  [[nodiscard]] const Claim* revision(const Claim& claim, Time known) const;

 private:
  std::vector<Claim> claims_;
  std::map<std::string, std::size_t> by_id_;
  std::map<std::string, std::size_t> revision_of_;  ///< by the id of the revised
};

/// Reads a file of claims, one JSON object a line; blank lines and lines that start with '#' are passed over.
/// Errors name file, line and field. Every `revises` and `sum_of` points to a line above it.
Done read_claims(const std::string& path, Claims& into);

}  // namespace varne
