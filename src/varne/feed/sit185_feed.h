#pragma once
/// COSPAS-SARSAT alerts as a feed: the lines of a mission control centre put together into messages, and each
/// message into what people say of a boat. The beacon is the boat, under the label "beacon <hex id>", so that
/// all its messages are of one incident.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/feed/observation.h"
#include "varne/feed/sit185.h"

namespace varne {

/// What becomes of a message:
///   - of a beacon in distress a `call` for help, whether it has a place or not;
///   - where it gives places that cannot be one (the two of a Doppler pass, or an encoded one elsewhere), a
///     second `call` for each of the others, under "beacon <hex id> B" and so on, that `may_be` the first:
///     each is looked for, and which it is stays open until the satellites or an officer say so;
///   - once they do (a resolved position, or two ways of finding it that agree), every incident of that
///     beacon is placed there; making them one is left to an officer;
///   - of a beacon coded as a test, of one that another centre has (notification of the country of
///     registration), of a cancellation and of a ship's security alert a `claim`: it is said, opens nothing
///     and ends nothing.
/// Paragraphs 14 to 16 hold remarks and what a register knows of the owner: they stay in the raw text.
class Sit185Reader {
 public:
  /// A message whose next line does not come for so long is cut off, and taken as far as it came.
  static constexpr Duration patience = std::chrono::minutes(1);

  explicit Sit185Reader(std::string source) : source_(std::move(source)) {}

  /// An error names the line within the message and its paragraph; what could be read is appended all the
  /// same. Lines between messages are passed over, unless they speak of distress.
  Done take(std::string_view line, Time arrival, std::vector<Observation>& out);
  void advance(Time now, std::vector<Observation>& out);
  void finish(std::vector<Observation>& out);
  [[nodiscard]] std::optional<Time> said() const { return said_; }

  auto members() { return std::tie(lines_, bytes_, begun_, last_, said_, others_); }

 private:
  Done close(bool whole, std::vector<Observation>& out);
  void tell(const Sit185& message, bool whole, std::vector<Observation>& out);
  void say(Report report, const std::string& raw, std::vector<Observation>& out);

  std::string source_;
  std::vector<std::string> lines_;  ///< of the message that is open
  std::uint64_t bytes_ = 0;
  Time begun_;  ///< arrival of its first line
  Time last_;   ///< and of its last
  std::optional<Time> said_;
  /// By the beacon's label: the labels of its other places.
  std::map<std::string, std::set<std::string>> others_;
};

}  // namespace varne
