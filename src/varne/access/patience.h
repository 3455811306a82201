#pragma once
/// How long somebody who guesses has to wait. It grows for each account at each address by itself: whoever
/// guesses cannot keep the watch out, who sits elsewhere or has signed in already.

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

namespace varne {

class Patience {
 public:
  using Clock = std::chrono::steady_clock;

  /// How long from now until this account may be tried from this address again; 0: at once.
  [[nodiscard]] Clock::duration wait(const std::string& account, const std::string& address,
                                     Clock::time_point now) const;
  /// It was the wrong password: two times may be a slip; from the third on the wait is a second, then two,
  /// four and so on, five minutes at the most.
  void failed(const std::string& account, const std::string& address, Clock::time_point now);
  /// It was right: all is forgotten.
  void succeeded(const std::string& account, const std::string& address);

  [[nodiscard]] std::size_t size() const { return tried_.size(); }

 private:
  struct Tried {
    int failures = 0;
    Clock::time_point until;  ///< may not be tried before
    Clock::time_point last;
  };
  void make_room(Clock::time_point now);
  std::map<std::pair<std::string, std::string>, Tried> tried_;
};

}  // namespace varne
