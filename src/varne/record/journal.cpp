#include "varne/record/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "varne/core/lines.h"

namespace varne {
namespace {

constexpr const char* suffix = ".journal.zst";
constexpr std::size_t most_item = std::size_t{16} << 20;

/// A segment is zstd frames end to end, one a sync; inside, items one after another: arrival (8 bytes, ms
/// since 1970, little-endian), length of the feed's name (2), of the bytes (4), then both.
void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
}

std::uint64_t get(std::string_view in, std::size_t at, int bytes) {
  std::uint64_t value = 0;
  for (int i = 0; i < bytes; ++i)
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(in[at + i])) << (8 * i);
  return value;
}

void pack(std::string& out, const JournalItem& item) {
  put(out, static_cast<std::uint64_t>(millis(item.arrival)), 8);
  put(out, item.feed.size(), 2);
  put(out, item.bytes.size(), 4);
  out += item.feed;
  out += item.bytes;
}

/// Items of one unpacked frame; false where it does not hold whole items.
template <class Take>
Result<bool> unpack(std::string_view in, Take&& take) {
  while (!in.empty()) {
    if (in.size() < 14) return false;
    const auto feed = get(in, 8, 2);
    const auto bytes = get(in, 10, 4);
    if (in.size() < 14 + feed + bytes) return false;
    const JournalItem item{time_from_millis(static_cast<std::int64_t>(get(in, 0, 8))),
                           std::string(in.substr(14, feed)), std::string(in.substr(14 + feed, bytes))};
    if (const Done done = take(item); !done) return std::unexpected(done.error());
    in.remove_prefix(14 + feed + bytes);
  }
  return true;
}

/// Walks the whole frames of a segment; gives the bytes that are whole. A frame cut off at the end is passed
/// over (the process was killed before it was synced); damage before the end is an error.
template <class Take>
Result<std::size_t> walk(const std::string& path, const std::string& packed, Take&& take) {
  std::size_t at = 0;
  std::string plain;
  while (at < packed.size()) {
    const char* from = packed.data() + at;
    const std::size_t left = packed.size() - at;
    const std::size_t size = ZSTD_findFrameCompressedSize(from, left);
    const auto damaged = [&] {
      return fail(path, fmt::format("is damaged at byte {}; what stands before it can be read", at));
    };
    if (ZSTD_isError(size) != 0) {
      // Cut off: a frame begins here and the file ends inside it. Anything else is damage.
      static constexpr char magic[] = "\x28\xb5\x2f\xfd";
      if (std::memcmp(from, magic, std::min<std::size_t>(left, 4)) == 0 &&
          ZSTD_getErrorCode(size) == ZSTD_error_srcSize_wrong)
        return at;
      return damaged();
    }
    const auto content = ZSTD_getFrameContentSize(from, size);
    if (content > (std::uint64_t{1} << 30)) return damaged();
    plain.resize(content);
    const std::size_t got = ZSTD_decompress(plain.data(), plain.size(), from, size);
    if (ZSTD_isError(got) != 0 || got != content) return damaged();
    const auto whole = unpack(plain, take);
    if (!whole) return std::unexpected(whole.error());
    if (!*whole) return damaged();
    at += size;
  }
  return at;
}

std::vector<std::string> segments(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& file : std::filesystem::directory_iterator(folder, ignored)) {
    const auto name = file.path().filename().string();
    if (name.ends_with(suffix)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string segment_name(Time arrival) {
  return iso(arrival).substr(0, 13) + suffix;
}

Error failed_on(const std::string& path) {
  if (errno == ENOSPC) return {path, "the disk is full; what was synced before is safe. Make room and go on"};
  return {path, std::strerror(errno)};
}

/// A new name in a folder is durable only once the folder is.
Done sync_folder(const std::string& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return std::unexpected(failed_on(folder));
  const bool done = fsync(fd) == 0;
  ::close(fd);
  return done ? Done{} : std::unexpected(failed_on(folder));
}

}  // namespace

struct Journal::State {
  std::string folder;
  std::string name;  // of the open segment, "" where none is
  int file = -1;
  std::uint64_t whole = 0;  // bytes of it that are synced frames
  std::uint64_t items = 0;
  std::string buffer;
  std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> packer{ZSTD_createCCtx(), ZSTD_freeCCtx};

  ~State() {
    if (file >= 0) ::close(file);
  }
  [[nodiscard]] std::string path() const { return folder + "/" + name; }

  Done begin(std::string segment, std::uint64_t keep, std::uint64_t held) {
    name = std::move(segment);
    file = ::open(path().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0) return std::unexpected(failed_on(path()));
    whole = keep;
    items = held;
    if (ftruncate(file, static_cast<off_t>(keep)) != 0) return std::unexpected(failed_on(path()));
    return sync_folder(folder);
  }

  /// Writes what is buffered as one frame; what a failed write left is cut off again, and the buffer stays.
  Done flush() {
    if (buffer.empty()) return {};
    std::string packed(ZSTD_compressBound(buffer.size()), '\0');
    const std::size_t size =
        ZSTD_compress2(packer.get(), packed.data(), packed.size(), buffer.data(), buffer.size());
    if (ZSTD_isError(size) != 0) return fail(path(), ZSTD_getErrorName(size));
    std::size_t done = 0;
    while (done < size) {
      const auto n = pwrite(file, packed.data() + done, size - done, static_cast<off_t>(whole + done));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) {
        const Error error = failed_on(path());
        if (ftruncate(file, static_cast<off_t>(whole)) != 0) return std::unexpected(failed_on(path()));
        return std::unexpected(error);
      }
      done += static_cast<std::size_t>(n);
    }
    if (fdatasync(file) != 0) return std::unexpected(failed_on(path()));
    whole += size;
    buffer.clear();
    return {};
  }

  Result<std::vector<ClosedSegment>> end() {
    if (name.empty()) return std::vector<ClosedSegment>{};
    if (const auto done = flush(); !done) return std::unexpected(done.error());
    ::close(file);
    file = -1;
    const auto bytes = read_bytes(path());
    if (!bytes) return std::unexpected(bytes.error());
    ClosedSegment closed{name, sha256(*bytes), items};
    name.clear();
    return std::vector{closed};
  }

  static Result<std::string> read_bytes(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return std::unexpected(failed_on(path));
    std::string out;
    char chunk[1 << 16];
    while (true) {
      const auto n = ::read(fd, chunk, sizeof chunk);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) {
        ::close(fd);
        if (n < 0) return std::unexpected(failed_on(path));
        return out;
      }
      out.append(chunk, static_cast<std::size_t>(n));
    }
  }
};

Journal::Journal(std::unique_ptr<State> state) : state_(std::move(state)) {}
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;
Journal::~Journal() {
  if (state_) (void)state_->flush();
}

Result<Journal> Journal::open(const std::string& folder) {
  std::error_code wrong;
  std::filesystem::create_directories(folder, wrong);
  if (wrong) return fail(folder, fmt::format("cannot be made: {}", wrong.message()));
  auto state = std::make_unique<State>();
  state->folder = folder;
  ZSTD_CCtx_setParameter(state->packer.get(), ZSTD_c_checksumFlag, 1);
  const auto names = segments(folder);
  if (!names.empty()) {
    const auto path = folder + "/" + names.back();
    const auto packed = State::read_bytes(path);
    if (!packed) return std::unexpected(packed.error());
    std::uint64_t items = 0;
    const auto whole = walk(path, *packed, [&](const JournalItem&) -> Done {
      ++items;
      return {};
    });
    if (!whole) return std::unexpected(whole.error());
    if (const auto done = state->begin(names.back(), *whole, items); !done)
      return std::unexpected(done.error());
  }
  return Journal(std::move(state));
}

Result<std::vector<ClosedSegment>> Journal::append(const JournalItem& item) {
  if (item.bytes.size() > most_item || item.feed.size() > 0xffff)
    return fail(state_->folder, fmt::format("an item of {} bytes is too long to keep", item.bytes.size()));
  std::vector<ClosedSegment> closed;
  const auto name = segment_name(item.arrival);
  // A clock that went back keeps to the newest segment: the order of arrival is the order of the items.
  if (state_->name.empty() || name > state_->name) {
    auto ended = state_->end();
    if (!ended) return ended;
    closed = std::move(*ended);
    if (const auto begun = state_->begin(name, 0, 0); !begun) return std::unexpected(begun.error());
  }
  pack(state_->buffer, item);
  ++state_->items;
  return closed;
}

Done Journal::sync() {
  return state_->flush();
}

Result<std::vector<ClosedSegment>> Journal::close() {
  return state_->end();
}

Done read_journal(const std::string& folder, const std::function<Done(const JournalItem&)>& item) {
  if (!std::filesystem::is_directory(folder)) return fail(folder, "is no folder with a journal");
  const auto names = segments(folder);
  for (const auto& name : names) {
    const auto path = folder + "/" + name;
    const auto packed = Journal::State::read_bytes(path);
    if (!packed) return std::unexpected(packed.error());
    const auto whole = walk(path, *packed, item);
    if (!whole) return std::unexpected(whole.error());
    if (*whole != packed->size() && name != names.back())
      return fail(path, fmt::format("is cut off at byte {}, and is not the newest segment", *whole));
  }
  return {};
}

}  // namespace varne
