#include "varne/record/disk.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "varne/core/text.h"

namespace varne {

Error disk_error(const std::string& path) {
  if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)
    return {path, "the disk is full: what was synced before stays; make room"};
  return {path, std::strerror(errno)};
}

Result<File> File::open(const std::string& path, int flags, unsigned mode) {
  File file;
  file.path_ = path;
  file.descriptor_ = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  if (file.descriptor_ < 0) return std::unexpected(disk_error(path));
  return file;
}

File::File(File&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

File& File::operator=(File&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Done File::write(std::string_view bytes, std::uint64_t at) {
  while (!bytes.empty()) {
    const auto n = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return std::unexpected(disk_error(path_));
    bytes.remove_prefix(static_cast<std::size_t>(n));
    at += static_cast<std::uint64_t>(n);
  }
  return {};
}

Done File::cut(std::uint64_t size) {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) return std::unexpected(disk_error(path_));
  return {};
}

Done File::sync() {
  if (::fdatasync(descriptor_) != 0) return std::unexpected(disk_error(path_));
  return {};
}

Done make_folder(const std::string& path) {
  std::error_code wrong;
  std::filesystem::path made;
  for (const auto& part : std::filesystem::path(path)) {
    made /= part;
    if (std::filesystem::is_directory(made, wrong)) continue;
    if (::mkdir(made.c_str(), 0750) != 0 && errno != EEXIST) return std::unexpected(disk_error(made));
  }
  return {};
}

Result<std::string> read_bytes(const std::string& path) {
  const auto file = File::open(path, O_RDONLY);
  if (!file) return std::unexpected(file.error());
  std::string out;
  std::array<char, 1 << 16> chunk;
  for (;;) {
    const auto n = ::read(file->descriptor(), chunk.data(), chunk.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return std::unexpected(disk_error(path));
    if (n == 0) return out;
    out.append(chunk.data(), static_cast<std::size_t>(n));
  }
}

Done sync_folder(const std::string& folder) {
  auto file = File::open(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
  if (!file) return std::unexpected(file.error());
  return file->sync();
}

Result<FileLock> FileLock::take(const std::string& lock_file, const std::string& guarded) {
  auto file = File::open(lock_file, O_RDWR | O_CREAT);
  if (!file) return fail(guarded, fmt::format("cannot be written: {}", file.error().text()));
  FileLock lock(std::move(*file));
  if (::flock(lock.file_.descriptor(), LOCK_EX | LOCK_NB) != 0) {
    std::array<char, 20> holder{};
    const auto got = ::pread(lock.file_.descriptor(), holder.data(), holder.size(), 0);
    const std::string_view process(holder.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    return fail(guarded, fmt::format("is in use by another Varne (process {}); stop that one first, or give "
                                     "another name",
                                     process.empty() ? "unknown" : shown(trim(process))));
  }
  // Who holds it, for the message above; the lock stands whether or not a full disk takes this.
  static_cast<void>(lock.file_.write(fmt::format("{:<19}\n", ::getpid()), 0));
  return lock;
}

}  // namespace varne
