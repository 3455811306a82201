#pragma once
/// Files as durability needs them: synced, locked, read whole. Not for use outside this folder.

#include <cstdint>
#include <string>
#include <string_view>

#include "varne/core/result.h"

namespace varne {

/// What errno says of a file, in words a watch officer can act on.
Error disk_error(const std::string& path);

/// A file that is closed with the object.
class File {
 public:
  File() = default;
  /// @param flags  of open(2)
  /// @param mode   of a new file; as it stands others than its owner's group may not read it, whatever the
  /// umask
  static Result<File> open(const std::string& path, int flags, unsigned mode = 0640);
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  ~File();

  /// All of it, or an error; then nothing beyond `at` is to be relied on.
  Done write(std::string_view bytes, std::uint64_t at);
  Done cut(std::uint64_t size);
  /// Durable when it returns.
  Done sync();
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  std::string path_;
  int descriptor_ = -1;
};

/// A folder and those above it; what is made may be read by its owner's group and nobody else.
Done make_folder(const std::string& path);

/// A whole file as it stands on the disk.
Result<std::string> read_bytes(const std::string& path);

/// A new file's name is durable only when its folder is ("": the folder we are in).
Done sync_folder(const std::string& folder);

/// One writer at a time, whatever happens to it: the kernel lets go of the lock when the process dies.
/// SQLite's own locks are POSIX locks, which a process loses when it closes any descriptor of the file; this
/// one is an flock on a file of its own. That file is left behind: removing it would let two processes lock
/// two files of one name.
class FileLock {
 public:
  /// Takes the lock or refuses at once, naming what is guarded and who holds it.
  /// @param guarded  the path that stands in the message
  static Result<FileLock> take(const std::string& lock_file, const std::string& guarded);

 private:
  explicit FileLock(File file) : file_(std::move(file)) {}
  File file_;
};

}  // namespace varne
