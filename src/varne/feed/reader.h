#pragma once
/// Every feed is lines; a reader turns them into observations. A new feed is one class here and one line in
/// `make_reader`.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/feed/nmea.h"
#include "varne/feed/observation.h"

namespace varne {

/// Lines of a feed that were read and told nothing, of no fault of their own.
struct Unused {
  std::uint64_t other = 0;       ///< of another kind: no AIS sentences
  std::uint64_t lost_parts = 0;  ///< messages left out because a part of them never came
};

class FeedReader {
 public:
  virtual ~FeedReader() = default;

  /// Takes one line without its end, in order of arrival; appends what it completes. An error says what was
  /// wrong with this line, or beside what could be read of it and was appended all the same (a time that is
  /// not understood); the reader goes on with the next.
  virtual Done take(std::string_view line, Time arrival, std::vector<Observation>& out) = 0;
  /// The clock, for what is given when nothing more of it can come: a radar's turn. Given between lines, with
  /// times of arrival; the next line does as well.
  virtual void advance(Time /*now*/, std::vector<Observation>& /*out*/) {}
  /// The stream has ended: appends what was still held back.
  virtual void finish(std::vector<Observation>& out) = 0;
  /// When the last line says it was, if it says so: what orders and paces a recorded feed.
  [[nodiscard]] virtual std::optional<Time> said() const = 0;
  /// What it has to know of the lines before to read the next (fields_bytes.h), for a checkpoint.
  [[nodiscard]] virtual std::string state() const = 0;
  /// Goes on from `state`'s bytes. False where they are not such: the reader is then as new.
  [[nodiscard]] virtual bool restore(std::string_view state) = 0;
  [[nodiscard]] virtual Unused unused() const { return {}; }
  /// Of an NMEA feed; null for others.
  [[nodiscard]] virtual const NmeaCounts* nmea() const { return nullptr; }
};

/// @param kind    "nmea", "plots", "reports", "sarsat" or "cise"; anything else is refused with the list
/// @param source  name of the feed in its observations; plots add their radar ("radar:dungeness" whatever the
/// source)
Result<std::unique_ptr<FeedReader>> make_reader(std::string_view kind, std::string source);

/// Which kind a file is, from its name and, where that does not tell, its first line.
std::string guess_kind(std::string_view path, std::string_view first_line);

}  // namespace varne
