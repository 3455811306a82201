#pragma once
/// The program, run as a user runs it.

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <string>

namespace varne::test {

struct Ran {
  int status = 0;
  std::string out;  ///< what came through the pipe: stdout, and stderr where it was led there
};

/// Runs a command in a shell and waits.
inline Ran ran(const std::string& command) {
  Ran out;
  std::FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> chunk{};
  while (const std::size_t n = std::fread(chunk.data(), 1, chunk.size(), pipe))
    out.out.append(chunk.data(), n);
  out.status = WEXITSTATUS(pclose(pipe));
  return out;
}

/// Runs `varne ARGUMENTS` in a shell, `before` in front of it ("cat x |"), and waits.
inline Ran ran_varne(const std::string& arguments, const std::string& before = "") {
  return ran(before + " " + VARNE_BINARY + " " + arguments);
}

}  // namespace varne::test
