#pragma once
/// Vessel positions in the terms of CISE, the European maritime information sharing environment (data model
/// 1.5.3, EMSA): XML messages, or parts of them, one after the other. What is read is Vessel alone: who she
/// is by her MMSI, and where she was. docs/exchange.md has the table.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/feed/observation.h"

namespace varne {

/// Every Vessel of an XML document, wherever it stands in it, as the observations that AIS would give:
/// `AisIdentity` of what is said of her, and one `AisPosition` a LocationRel with a place; their message type
/// is 0, since it was no AIS message. Names count without their prefixes. Speed is taken as knots, course and
/// heading as degrees true.
///
/// Refuses what is no XML (with the byte where it breaks), and of a vessel what it cannot use, by its number
/// in the document: no MMSI of nine digits, a place off the globe, a time that is none. The others stand.
/// @param arrival  stands for a time that is not given
/// @param source   of the observations
Done read_cise(std::string_view xml, Time arrival, const SharedText& source, std::vector<Observation>& out);

/// The same as a feed of lines: a document ends with the closing tag of its first element.
class CiseReader {
 public:
  static constexpr std::size_t most_bytes = std::size_t{1} << 20;

  explicit CiseReader(std::string source) : source_(std::move(source)) {}
  /// An error names the document's fault; what could be read of it is appended all the same.
  Done take(std::string_view line, Time arrival, std::vector<Observation>& out);
  [[nodiscard]] std::optional<Time> said() const { return said_; }

  auto members() { return std::tie(text_, root_, from_, said_); }

 private:
  bool find_root();
  void let_go(std::size_t bytes);

  std::string source_;
  std::string text_;        ///< of the document that is open
  std::string root_;        ///< name of its first element, with its prefix; "" not seen yet
  std::uint64_t from_ = 0;  ///< up to here its text has been looked through
  std::optional<Time> said_;
};

}  // namespace varne
