#include "varne/record/file_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "varne/core/text.h"

namespace varne {

Result<FileLock> FileLock::take(const std::string& lock_file, const std::string& guarded) {
  FileLock lock(::open(lock_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (lock.file_ < 0) return fail(lock_file, fmt::format("cannot be made: {}", std::strerror(errno)));
  if (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0) {
    std::array<char, 20> holder{};
    const auto got = ::pread(lock.file_, holder.data(), holder.size(), 0);
    const std::string_view process(holder.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    return fail(guarded, fmt::format("is in use by another Varne (process {}); stop that one first, or give "
                                     "another file",
                                     process.empty() ? "unknown" : shown(trim(process))));
  }
  // Who holds it, for the message above; the lock stands whether or not a full disk takes this.
  const std::string process = fmt::format("{:<19}\n", ::getpid());
  [[maybe_unused]] const auto written = ::pwrite(lock.file_, process.data(), process.size(), 0);
  return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

FileLock::~FileLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace varne
