#pragma once
/// A child process that is killed at any moment, and what it said before.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <functional>

namespace varne::test {

/// Runs `work` in a child, kills it (SIGKILL) so long after it first said something, and gives the last
/// number that it said. `work` gets a function to say numbers with, and goes on until it is killed.
inline std::uint64_t last_said_before_kill(
    useconds_t after, const std::function<void(std::function<void(std::uint64_t)>)>& work) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    work([&](std::uint64_t number) {
      if (write(ends[1], &number, sizeof number) != sizeof number) _exit(3);
    });
    _exit(2);  // it was to go on
  }
  close(ends[1]);
  std::uint64_t said = 0;
  std::uint64_t number = 0;
  bool killed = false;
  while (read(ends[0], &number, sizeof number) == sizeof number) {
    said = number;
    if (killed) continue;
    usleep(after);
    kill(child, SIGKILL);  // what it has said by now still stands in the pipe
    killed = true;
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "status " << status;
  return said;
}

}  // namespace varne::test
