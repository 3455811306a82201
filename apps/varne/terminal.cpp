#include "terminal.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace varne::app {

int failed(const Error& error) {
  complain("varne: {}\n", error.text());
  return error.where.starts_with("--") ? 2 : 1;
}

Progress::Progress(std::string what)
    : what_(std::move(what)),
      terminal_(isatty(STDERR_FILENO) == 1),
      next_(Clock::now() + std::chrono::seconds(1)) {}

Progress::~Progress() {
  done();
}

void Progress::done() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
  shown_ = false;
}

void Progress::show(double share, std::string_view detail) {
  if (!terminal_) return;
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  shown_ = true;
  if (share >= 0) {
    fmt::print(stderr, "\r\x1b[K{}: {:3.0f} %  {}", for_terminal(what_), share * 100, for_terminal(detail));
  } else {
    fmt::print(stderr, "\r\x1b[K{}: {}", for_terminal(what_), for_terminal(detail));
  }
  std::fflush(stderr);
}

}  // namespace varne::app
