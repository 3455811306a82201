#pragma once
/// One writer at a time, whatever happens to it: the kernel lets go of the lock when the process dies.

#include <string>

#include "varne/core/result.h"

namespace varne {

/// An exclusive lock (flock) on a file of its own beside what it guards. SQLite's own locks are POSIX locks,
/// which a process loses when it closes any descriptor of the file; a separate file stays clear of them. The
/// file is left behind: removing it would let two processes lock two files of one name.
class FileLock {
 public:
  /// Takes the lock or refuses at once, naming what is guarded and who holds it.
  /// @param guarded  the path that stands in the message
  static Result<FileLock> take(const std::string& lock_file, const std::string& guarded);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

 private:
  explicit FileLock(int file) : file_(file) {}
  int file_ = -1;
};

}  // namespace varne
