#pragma once
/// A `varne` that goes on until it is stopped: `serve`, `demo`.

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "support.h"

namespace varne::test {

/// What it prints goes to a file.
class Program {
 public:
  Program(const Scratch& scratch, const std::vector<std::string>& arguments) : out_(scratch.file("out")) {
    std::ofstream{out_};
    pid_ = fork();
    if (pid_ != 0) return;
    const int file = open(out_.c_str(), O_WRONLY | O_TRUNC);
    dup2(file, STDOUT_FILENO);
    dup2(file, STDERR_FILENO);
    std::vector<std::string> words{VARNE_BINARY};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> raw;
    for (std::string& word : words) raw.push_back(word.data());
    raw.push_back(nullptr);
    execv(VARNE_BINARY, raw.data());
    _exit(127);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program() {
    if (pid_ > 0) end(SIGKILL);
  }

  [[nodiscard]] std::string said() const { return read_all(out_); }
  /// The port of the address it prints, once it does; 0 where it ends instead.
  [[nodiscard]] std::uint16_t port() const {
    for (int i = 0; i < 1200; ++i) {
      const auto text = said();
      const auto at = text.find("http://127.0.0.1:");
      if (at != std::string::npos && text.find('\n', at) != std::string::npos)
        return static_cast<std::uint16_t>(std::stoi(text.substr(at + 17)));
      siginfo_t ended{};
      if (waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
          ended.si_pid != 0)
        return 0;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return 0;
  }
  void signal(int number) const { kill(pid_, number); }
  /// Its exit status, or minus the signal that ended it.
  int end(int signal = 0) {
    if (signal != 0) kill(pid_, signal);
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  std::string out_;
  pid_t pid_ = -1;
};

}  // namespace varne::test
