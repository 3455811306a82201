/// A journal in a folder: a file a segment, checkpoints beside them.

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "varne/core/text.h"
#include "varne/record/disk.h"
#include "varne/record/journal_place.h"
#include "varne/record/ledger.h"

namespace varne {
namespace {

constexpr std::string_view segment_suffix = ".journal.zst";
constexpr std::string_view checkpoint_suffix = ".checkpoint";
constexpr std::size_t hour_length = 13;

/// The number in "000042.checkpoint"; 0 for any other name.
std::uint64_t number_of(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  if (!name.ends_with(checkpoint_suffix)) return 0;
  const auto number = parse_whole(std::string_view(name).substr(0, name.size() - checkpoint_suffix.size()));
  return number && *number > 0 ? static_cast<std::uint64_t>(*number) : 0;
}

Done write_whole(const std::string& path, std::string_view bytes) {
  auto file = File::open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (!file) return std::unexpected(file.error());
  if (auto done = file->write(bytes, 0); !done) return done;
  return file->sync();
}

class JournalFolder : public JournalPlace {
 public:
  explicit JournalFolder(std::string folder) : folder_(std::move(folder)) {}

  std::string name() const override { return folder_; }

  Result<std::vector<SegmentName>> segments(const SegmentName& from) const override {
    std::error_code wrong;
    std::vector<SegmentName> names;
    for (std::filesystem::directory_iterator at(folder_, wrong), end; !wrong && at != end;
         at.increment(wrong)) {
      auto name = parse_segment_name(at->path().filename().string());
      if (name && *name >= from) names.push_back(std::move(*name));
    }
    if (wrong) return fail(folder_, fmt::format("is no folder with a journal: {}", wrong.message()));
    std::sort(names.begin(), names.end());
    return names;
  }

  Result<std::string> read(const SegmentName& segment, std::uint64_t at) const override {
    auto bytes = read_bytes(name_of(segment));
    if (bytes && at > 0) bytes->erase(0, std::min<std::size_t>(at, bytes->size()));
    return bytes;
  }

  std::vector<std::uint64_t> checkpoints() const override {
    std::vector<std::uint64_t> out;
    std::error_code wrong;
    for (std::filesystem::directory_iterator at(folder_, wrong), end; !wrong && at != end;
         at.increment(wrong))
      if (const auto number = number_of(at->path()); number > 0) out.push_back(number);
    std::sort(out.rbegin(), out.rend());
    return out;
  }

  using JournalPlace::name_of;
  std::string name_of(std::uint64_t checkpoint) const override {
    return fmt::format("{}/{:06}{}", folder_, checkpoint, checkpoint_suffix);
  }
  Result<std::string> checkpoint(std::uint64_t number) const override { return read_bytes(name_of(number)); }

  Done keep_checkpoint(std::uint64_t number, std::string_view bytes,
                       const std::vector<std::uint64_t>& let_go) override {
    const std::string path = name_of(number);
    const std::string part = path + ".part";
    Done done = write_whole(part, bytes);
    if (done && std::rename(part.c_str(), path.c_str()) != 0) done = fail(disk_error(path));
    if (done) done = sync_folder(folder_);
    if (!done) static_cast<void>(::unlink(part.c_str()));
    for (const auto old : let_go)
      if (done) static_cast<void>(::unlink(name_of(old).c_str()));
    return done;
  }

 private:
  std::string folder_;
};

class FolderWriter : public JournalWriter {
 public:
  FolderWriter(std::string folder, FileLock lock)
      : folder_(folder), place_(std::move(folder)), lock_(std::move(lock)) {}

  const JournalPlace& place() const override { return place_; }

  Done add(const SegmentName& segment, std::uint64_t at, std::string_view bytes) override {
    const std::string path = place_.name_of(segment);
    Done done = file_ && open_ == segment ? Done{} : open(segment, path);
    if (done && torn_) done = file_->cut(at);
    if (done) done = file_->write(bytes, at);
    if (done) done = file_->sync();
    torn_ = !done;
    if (torn_ && at == 0) {  // an empty segment is read as a damaged one
      file_.reset();
      static_cast<void>(::unlink(path.c_str()));
    }
    return done;
  }

  Done cut(const SegmentName& segment, std::uint64_t size) override {
    const std::string path = place_.name_of(segment);
    if (size == 0) {
      if (::unlink(path.c_str()) != 0) return fail(disk_error(path));
      return sync_folder(folder_);
    }
    auto file = File::open(path, O_WRONLY);
    if (!file) return std::unexpected(file.error());
    if (auto done = file->cut(size); !done) return done;
    return file->sync();
  }

 private:
  Done open(const SegmentName& segment, const std::string& path) {
    auto made = File::open(path, O_WRONLY | O_CREAT, 0600);
    if (!made) return std::unexpected(made.error());
    if (auto done = sync_folder(folder_); !done) return done;
    file_ = std::move(*made);
    open_ = segment;
    torn_ = false;
    return {};
  }

  std::string folder_;
  JournalFolder place_;
  FileLock lock_;
  SegmentName open_;
  std::optional<File> file_;  ///< of `open_`
  bool torn_ = false;         ///< a write failed: what stands behind its place is to go
};

}  // namespace

SegmentName segment_of(Time arrival) {
  return {iso(arrival).substr(0, hour_length), 1};
}

std::string file_name(const SegmentName& segment) {
  return segment.part == 1 ? fmt::format("{}{}", segment.hour, segment_suffix)
                           : fmt::format("{}.{}{}", segment.hour, segment.part, segment_suffix);
}

std::optional<SegmentName> parse_segment_name(std::string_view name) {
  if (!name.ends_with(segment_suffix) || name.size() < hour_length + segment_suffix.size())
    return std::nullopt;
  SegmentName segment{std::string(name.substr(0, hour_length)), 1};
  name.remove_prefix(hour_length);
  name.remove_suffix(segment_suffix.size());
  if (name.empty()) return segment;
  const auto part = name.front() == '.' ? parse_whole(name.substr(1)) : std::nullopt;
  if (!part || *part < 2 || *part > 1'000'000) return std::nullopt;
  segment.part = static_cast<unsigned>(*part);
  return segment;
}

std::unique_ptr<JournalPlace> journal_place(const std::string& where) {
  return is_database(where) ? postgres_journal_place(where) : journal_folder(where);
}

std::unique_ptr<JournalPlace> journal_folder(const std::string& folder) {
  return std::make_unique<JournalFolder>(folder);
}

Result<std::unique_ptr<JournalWriter>> write_journal_folder(const std::string& folder) {
  if (const auto made = make_folder(folder); !made)
    return fail(folder, fmt::format("cannot be made: {}", made.error().what));
  auto lock = FileLock::take(folder + "/journal.lock", folder);
  if (!lock) return std::unexpected(lock.error());
  return std::make_unique<FolderWriter>(folder, std::move(*lock));
}

}  // namespace varne
