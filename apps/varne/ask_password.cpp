#include "ask_password.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "terminal.h"

namespace varne::app {
namespace {

/// A terminal that does not show what is typed, until it is gone.
class Silent {
 public:
  Silent() {
    tcgetattr(STDIN_FILENO, &before_);
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  Silent(const Silent&) = delete;
  Silent& operator=(const Silent&) = delete;
  ~Silent() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }

 private:
  termios before_{};
};

Result<std::string> line_of_input() {
  std::string line;
  if (!std::getline(std::cin, line)) return fail("password", "is missing; standard input ended");
  return line;
}

}  // namespace

Result<std::string> ask_password(const std::string& what) {
  if (isatty(STDIN_FILENO) != 1) return line_of_input();
  const Silent silent;
  complain("{}: ", what);
  auto first = line_of_input();
  complain("\nOnce more: ");
  const auto second = line_of_input();
  complain("\n");
  if (first && second && *first != *second) return fail("password", "the two are not the same");
  return first;
}

}  // namespace varne::app
