#pragma once
/// Where the machines of the room say what they have to say: every entry gets its number here.

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "varne/core/fields_json.h"
#include "varne/feed/report_kinds.h"
#include "varne/record/entry.h"
#include "varne/room/entries.h"

namespace varne {

class Log {
 public:
  /// The next event begins; the clock never goes back.
  /// @param by  who has signed in and brings it
  void begin(Time at, std::optional<entries::By> by = {}) {
    now_ = last_ == 0 ? at : std::max(now_, at);
    by_ = std::move(by);
  }

  /// Nobody reads it (`World::is_read`): entries are numbered and not made.
  void be_unread() { is_read_ = false; }

  /// @param body  one of entries.h
  /// @returns the entry's number
  template <class Body>
  requires(!std::invocable<const Body&>) std::uint64_t say(const Body& body) {
    ++last_;
    if (is_read_)
      entries_.push_back(
          {.number = last_, .time = now_, .kind = std::string(Body::kind), .body = canonical_of(body)});
    return last_;
  }
  /// The same of what is said so often that making it where nobody reads it would cost.
  /// @param make  makes the body, and does nothing else
  template <std::invocable Make>
  std::uint64_t say(const Make& make) {
    return is_read_ ? say(make()) : ++last_;
  }
  /// This report changes nothing, and why.
  void refuse(const ReportHead& report, const std::string& why) {
    say(entries::Refused{"Report " + report.id + " of " + report.from + " changes nothing: " + why, report.id,
                         why});
  }

  [[nodiscard]] Time now() const { return now_; }
  /// Who has signed in and brings this event; nothing where nobody had to.
  [[nodiscard]] const std::optional<entries::By>& by() const { return by_; }
  /// ", signed in as anna" behind the name of whoever speaks; "" where nobody had to.
  [[nodiscard]] std::string signed_in() const { return by_ ? ", signed in as " + by_->account : ""; }
  /// Number of the last entry; 0: nothing was said yet.
  [[nodiscard]] std::uint64_t last() const { return last_; }
  /// The record holds so many entries: the next is numbered on from there.
  void number_on_from(std::uint64_t last) { last_ = last; }
  /// What this event led to so far.
  [[nodiscard]] const std::vector<Entry>& said() const { return entries_; }
  /// What was said since the last call.
  [[nodiscard]] std::vector<Entry> take() { return std::exchange(entries_, {}); }

  /// Between two events nothing waits to be taken.
  auto members() { return std::tie(now_, last_); }

 private:
  std::vector<Entry> entries_;
  std::optional<entries::By> by_;
  Time now_;
  std::uint64_t last_ = 0;
  bool is_read_ = true;  // of the world, and not of the state
};

}  // namespace varne
