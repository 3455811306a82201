#include "varne/core/lines.h"

#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <deque>
#include <filesystem>
#include <vector>

namespace varne {

struct LineFile::State {
  std::string path;
  gzFile file = nullptr;
  LineCutter cutter;
  std::deque<Line> ready;
  std::vector<char> buffer = std::vector<char>(std::size_t{64} * 1024);
  bool ended = false;

  explicit State(std::size_t limit) : cutter(limit) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (file != nullptr) gzclose(file);
  }
};

LineFile::LineFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
LineFile::LineFile(LineFile&&) noexcept = default;
LineFile& LineFile::operator=(LineFile&&) noexcept = default;
LineFile::~LineFile() = default;

Result<LineFile> LineFile::open(const std::string& path, std::size_t limit) {
  auto state = std::make_unique<State>(limit);
  state->path = path == "-" ? "standard input" : path;
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return fail(path, "is a folder, not a file");
  errno = 0;
  state->file = path == "-" ? gzdopen(dup(STDIN_FILENO), "rb") : gzopen(path.c_str(), "rb");
  if (state->file == nullptr) {
    return fail(path, errno == 0 ? "cannot be opened: out of memory"
                                 : fmt::format("cannot be opened: {}", std::strerror(errno)));
  }
  return LineFile(std::move(state));
}

Result<bool> LineFile::next(Line& line) {
  State& s = *state_;
  const auto keep = [&](std::string_view text, std::uint64_t number, bool overlong) {
    s.ready.push_back({std::string(text), number, overlong});
  };
  while (s.ready.empty() && !s.ended) {
    const int got = gzread(s.file, s.buffer.data(), static_cast<unsigned>(s.buffer.size()));
    if (got > 0) {
      s.cutter.take({s.buffer.data(), static_cast<std::size_t>(got)}, keep);
      continue;
    }
    s.ended = true;
    int code = Z_OK;
    const char* message = gzerror(s.file, &code);
    if (got < 0 || code == Z_BUF_ERROR) {
      return fail(s.path, fmt::format("reading stopped: the compressed file is damaged or cut short ({})",
                                      code == Z_ERRNO ? std::strerror(errno) : message));
    }
    s.cutter.finish(keep);
  }
  if (s.ready.empty()) return false;
  line = std::move(s.ready.front());
  s.ready.pop_front();
  return true;
}

Result<std::string> read_file(const std::string& path, std::size_t most_bytes) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return fail(path, "is a folder, not a file");
  errno = 0;
  const gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr)
    return fail(path, fmt::format("cannot be opened: {}", std::strerror(errno == 0 ? ENOMEM : errno)));
  std::string all;
  std::vector<char> buffer(std::size_t{64} * 1024);
  int got = 0;
  while ((got = gzread(file, buffer.data(), static_cast<unsigned>(buffer.size()))) > 0 &&
         all.size() <= most_bytes) {
    all.append(buffer.data(), static_cast<std::size_t>(got));
  }
  int code = Z_OK;
  gzerror(file, &code);
  gzclose(file);
  if (got < 0 || code == Z_BUF_ERROR) return fail(path, "reading stopped: the file is damaged or cut short");
  if (all.size() > most_bytes) return fail(path, fmt::format("is larger than {} bytes", most_bytes));
  return all;
}

}  // namespace varne
