#pragma once
/// What came in, counted: the table that `varne decode` prints.

#include <cstdint>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "varne/core/result.h"
#include "varne/feed/nmea.h"
#include "varne/feed/observation.h"

namespace varne {

class FeedTally {
 public:
  /// So many bad lines are kept to be named; the rest are counted.
  static constexpr std::size_t named = 10;

  void add(const Observation& observation);
  /// A line that could not be taken; its `where` says which ("log.nmea:17").
  void refuse(Error error);
  /// What an NMEA reader counted, once it is finished.
  void add(const NmeaCounts& counts);

  [[nodiscard]] std::uint64_t observations() const { return observations_; }
  [[nodiscard]] std::uint64_t refused() const { return refused_; }
  [[nodiscard]] const std::vector<Error>& first_refused() const { return first_refused_; }

  /// Lines of "what  how many", for people; only what occurred.
  [[nodiscard]] std::string table() const;
  /// The same as one canonical JSON object: {"messages": {"1": 17432, …}, "mmsi": 10891, "observations": …,
  /// "refused": …, "refused_why": {…}, …}.
  [[nodiscard]] std::string json() const;

 private:
  NmeaCounts nmea_;
  std::uint64_t observations_ = 0;
  std::uint64_t refused_ = 0;
  std::uint64_t scans_ = 0;
  std::uint64_t plots_ = 0;
  std::map<std::string, std::uint64_t> reports_;  // by kind
  std::unordered_set<std::uint32_t> mmsi_;
  std::vector<Error> first_refused_;
};

}  // namespace varne
