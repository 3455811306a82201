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

/// Runs `varne ARGUMENTS` in a shell, `before` in front of it ("cat x |"), and waits.
inline Ran ran_varne(const std::string& arguments, const std::string& before = "") {
  Ran ran;
  std::FILE* pipe = popen((before + " " + VARNE_BINARY + " " + arguments).c_str(), "r");
  std::array<char, 4096> chunk{};
  while (const std::size_t n = std::fread(chunk.data(), 1, chunk.size(), pipe))
    ran.out.append(chunk.data(), n);
  ran.status = WEXITSTATUS(pclose(pipe));
  return ran;
}

}  // namespace varne::test
