#pragma once
/// What every subcommand says on the terminal: errors and progress, both on stderr, so that stdout holds only
/// what was asked for.

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>

#include "varne/core/for_terminal.h"
#include "varne/core/result.h"

namespace varne::app {

/// To stdout, made safe for a terminal: what is printed may come from any feed, file or record.
template <class... T>
void say(fmt::format_string<T...> format, T&&... values) {
  fmt::print("{}", for_terminal(fmt::format(format, std::forward<T>(values)...)));
}
/// The same to stderr.
template <class... T>
void complain(fmt::format_string<T...> format, T&&... values) {
  fmt::print(stderr, "{}", for_terminal(fmt::format(format, std::forward<T>(values)...)));
}

/// Prints "varne: where: what" and gives the exit status: 2, misused, where the place is an option ("--at"),
/// else 1, failed.
int failed(const Error& error);

/// One line that is written over as the work goes on; silent where stderr is no terminal and in the first
/// second.
class Progress {
 public:
  explicit Progress(std::string what);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  /// @param share   done so far, 0–1; negative: not known
  /// @param detail  what stands behind it: "05:20 UTC", "120,000 lines"
  void show(double share, std::string_view detail);
  /// Takes the line away.
  void done();

 private:
  using Clock = std::chrono::steady_clock;
  std::string what_;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point next_;
};

}  // namespace varne::app
