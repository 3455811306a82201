#include "varne/sea/trial.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace varne {

Done survives_trial(const std::string& path, const char* library, const std::function<void()>& trial) {
  const pid_t child = fork();
  if (child < 0) return fail(path, "could not be tried in a process of its own; is memory short?");
  if (child == 0) {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(nowhere, STDERR_FILENO);
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGXCPU}) std::signal(signal, SIG_DFL);
    constexpr rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    rlimit cpu_seconds{};  // never more than whoever started us allows
    getrlimit(RLIMIT_CPU, &cpu_seconds);
    cpu_seconds.rlim_max = cpu_seconds.rlim_cur = std::min<rlim_t>(60, cpu_seconds.rlim_max);
    setrlimit(RLIMIT_CPU, &cpu_seconds);
    try {
      trial();
    } catch (...) {  // too little memory is no damage; the parent will say so itself
    }
    _exit(0);  // nothing of the parent's is ended twice
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return fail(path,
              fmt::format("is damaged: the {} library cannot read it to the end; fetch it again", library));
}

}  // namespace varne
