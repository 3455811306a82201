#pragma once
/// Disks that are full, or nearly.

#include <sys/mount.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include "support.h"

namespace varne::test {

/// Lets this process make no file larger than so: what a full disk does to a write, without a disk to fill.
class SmallFiles {
 public:
  explicit SmallFiles(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;
  ~SmallFiles() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

/// A disk of its own; only root may have one.
class SmallDisk {
 public:
  explicit SmallDisk(const char* size = "size=300k")
      : mounted_(mount("tmpfs", folder_.file("").c_str(), "tmpfs", 0, size) == 0) {}
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) umount2(folder_.file("").c_str(), MNT_DETACH);
  }
  [[nodiscard]] bool mounted() const { return mounted_; }
  [[nodiscard]] std::string file(const std::string& name) const { return folder_.file(name); }
  /// Takes all the room there is left.
  void fill() const {
    std::ofstream out(file("ballast"), std::ios::binary);
    const std::string block(1024, 'x');
    while (out.write(block.data(), 1024).flush()) continue;
  }
  void empty() const { std::filesystem::remove(file("ballast")); }

 private:
  Scratch folder_;
  bool mounted_;
};

}  // namespace varne::test
