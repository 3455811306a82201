#include "varne/serve/access_log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "varne/core/text.h"

namespace varne {
namespace {

int open_to_add(const std::string& path) {
  return ::open(path.c_str(), O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0600);
}

/// One word of a line, whatever was sent.
std::string word(std::string_view text) {
  std::string out = shown(text);
  for (char& c : out)
    if (c == ' ') c = '?';
  return out.empty() ? "-" : out;
}

}  // namespace

Result<AccessLog> AccessLog::open(const std::string& path, std::function<Time()> now) {
  const int file = open_to_add(path);
  if (file < 0)
    return fail("--access-log", fmt::format("{} cannot be written: {}", path, std::strerror(errno)));
  return AccessLog(path, file, std::move(now));
}

AccessLog::AccessLog(AccessLog&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, -1)),
      now_(std::move(other.now_)),
      trouble_(std::move(other.trouble_)) {}

AccessLog::~AccessLog() {
  if (file_ >= 0) ::close(file_);
}

void AccessLog::reopen() {
  const int file = open_to_add(path_);
  if (file < 0) return;
  ::close(std::exchange(file_, file));
}

void AccessLog::write(const Line& line) {
  const auto path = line.target.substr(0, line.target.find('?'));
  add(fmt::format("{} {} {} {} {} {}\n", iso(now_()), word(line.address), word(line.who), word(line.method),
                  word(path), line.status));
}

void AccessLog::refused(std::string_view address, std::string_view why) {
  add(fmt::format("{} {} - TLS refused: {}\n", iso(now_()), word(address), shown(why)));
}

void AccessLog::add(const std::string& text) {
  const auto written = ::write(file_, text.data(), text.size());
  const bool whole = written == static_cast<ssize_t>(text.size());
  trouble_ = whole ? "" : fmt::format("the log of accesses cannot be written ({})", std::strerror(errno));
}

}  // namespace varne
