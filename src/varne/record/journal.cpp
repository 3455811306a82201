#include "varne/record/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "varne/record/disk.h"
#include "varne/record/segment.h"

namespace varne {
namespace {

const std::string label_prefix = "journal/";

}  // namespace

struct Journal::State {
  std::string folder;
  FileLock lock;
  SegmentName newest;                 ///< hour "" where there is none yet; the open one where `is_open`
  bool is_open = false;               ///< items go into `newest`
  std::optional<File> file;           ///< of the open one; made with its first frame, so that none is empty
  bool torn = false;                  ///< a write failed: what stands after `whole` is to go
  std::uint64_t whole = 0;            ///< bytes of it that are synced frames
  std::uint64_t items = 0;            ///< in it, waiting ones too
  std::string waiting;                ///< packed items that are not on the disk yet
  std::vector<ClosedSegment> closed;  ///< not handed out yet

  State(std::string where, FileLock held) : folder(std::move(where)), lock(std::move(held)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { static_cast<void>(flush()); }

  [[nodiscard]] std::string path() const { return folder + "/" + file_name(newest); }
  Done take_up();
  void begin(SegmentName name);
  Done make();
  Done flush();
  Done end();
  std::vector<ClosedSegment> handed_out() { return std::exchange(closed, {}); }
};

/// After a restart: what the last process left open is cut back to its whole frames and closed. One without
/// any (killed between its making and its first frame) held nothing and goes.
Done Journal::State::take_up() {
  const auto names = segments_in(folder);
  if (!names) return std::unexpected(names.error());
  if (names->empty()) return {};
  newest = names->back();
  auto bytes = read_bytes(path());
  if (!bytes) return std::unexpected(bytes.error());
  std::uint64_t count = 0;
  const auto size = unpack_segment(*bytes, [&](const JournalItem&) -> Done {
    ++count;
    return {};
  });
  if (!size) return {};  // left for whoever reads it: the next part begins
  if (*size == 0) {
    if (::unlink(path().c_str()) != 0) return fail(disk_error(path()));
    return sync_folder(folder);  // its name stays used: the next part begins
  }
  if (*size < bytes->size()) {
    auto cut = File::open(path(), O_WRONLY);
    if (!cut) return std::unexpected(cut.error());
    if (const auto done = cut->cut(*size); !done) return done;
    if (const auto done = cut->sync(); !done) return done;
    bytes->resize(*size);
  }
  closed.push_back({file_name(newest), sha256(*bytes), count});
  return {};
}

void Journal::State::begin(SegmentName name) {
  newest = std::move(name);
  file.reset();
  whole = items = 0;
  is_open = true;
}

Done Journal::State::make() {
  auto made = File::open(path(), O_WRONLY | O_CREAT, 0600);
  if (!made) return std::unexpected(made.error());
  if (const auto done = sync_folder(folder); !done) return done;
  file = std::move(*made);
  return {};
}

/// One frame of what waits. Where it does not reach the disk, it waits on and goes to the same place again.
Done Journal::State::flush() {
  if (waiting.empty()) return {};
  const auto frame = pack_frame(waiting);
  if (!frame) return fail(frame.error().in(path()));
  Done done = file ? Done{} : make();
  if (done && torn) done = file->cut(whole);
  if (done) done = file->write(*frame, whole);
  if (done) done = file->sync();
  torn = !done.has_value();
  if (torn && whole == 0) {  // an empty segment is read as a damaged one
    file.reset();
    static_cast<void>(::unlink(path().c_str()));
  }
  if (torn) return done;
  whole += frame->size();
  waiting.clear();
  return {};
}

Done Journal::State::end() {
  if (!is_open) return {};
  if (const auto done = flush(); !done) return done;
  if (file) {
    const auto bytes = read_bytes(path());
    if (!bytes) return std::unexpected(bytes.error());
    closed.push_back({file_name(newest), sha256(*bytes), items});
  }
  file.reset();
  is_open = false;
  return {};
}

Journal::Journal(std::unique_ptr<State> state) : state_(std::move(state)) {}
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;
Journal::~Journal() = default;

Result<Journal> Journal::open(const std::string& folder) {
  if (const auto made = make_folder(folder); !made)
    return fail(folder, fmt::format("cannot be made: {}", made.error().what));
  auto lock = FileLock::take(folder + "/journal.lock", folder);
  if (!lock) return std::unexpected(lock.error());
  auto state = std::make_unique<State>(folder, std::move(*lock));
  if (const auto done = state->take_up(); !done) return std::unexpected(done.error());
  return Journal(std::move(state));
}

Result<std::vector<ClosedSegment>> Journal::append(const JournalItem& item) {
  State& s = *state_;
  if (item.feed.empty() || item.feed.size() > most_feed_name)
    return fail(s.folder, fmt::format("a feed's name has 1 to {} bytes", most_feed_name));
  if (item.bytes.size() > most_item_bytes)
    return fail(s.folder, fmt::format("an item of {} bytes is too long to keep", item.bytes.size()));
  if (s.waiting.size() > most_waiting_bytes)
    return fail(s.folder, "too much waits to be written: make room on the disk");
  SegmentName name = segment_of(item.arrival);
  if (name.hour > s.newest.hour) {
    if (const auto done = s.end(); !done) return std::unexpected(done.error());
    s.begin(std::move(name));
  } else if (!s.is_open) {
    s.begin({s.newest.hour, s.newest.part + 1});
  }
  pack_item(item, s.waiting);
  ++s.items;
  return s.handed_out();
}

Done Journal::sync() {
  return state_->flush();
}

JournalPosition Journal::position() const {
  if (state_->newest.hour.empty()) return {};
  return {file_name(state_->newest), state_->is_open ? state_->items : every_item};
}

Result<std::vector<ClosedSegment>> Journal::close() {
  if (const auto done = state_->end(); !done) return std::unexpected(done.error());
  return state_->handed_out();
}

Done read_journal(const std::string& folder, const std::function<Done(const JournalItem&)>& item) {
  return read_journal(folder, {}, item);
}

Done read_journal(const std::string& folder, const JournalPosition& from,
                  const std::function<Done(const JournalItem&)>& item) {
  auto names = segments_in(folder);
  if (!names) return std::unexpected(names.error());
  std::uint64_t to_pass = from.items;
  if (!from.segment.empty()) {
    const auto first = std::find_if(names->begin(), names->end(),
                                    [&](const SegmentName& name) { return file_name(name) == from.segment; });
    if (first == names->end()) return fail(folder, fmt::format("lacks the segment {}", from.segment));
    names->erase(names->begin(), from.items == every_item ? std::next(first) : first);
    if (from.items == every_item) to_pass = 0;
  }
  for (const auto& name : *names) {
    const auto path = folder + "/" + file_name(name);
    const auto bytes = read_bytes(path);
    if (!bytes) return std::unexpected(bytes.error());
    std::optional<Error> refused;  // by whoever takes the items: not a matter of the segment
    const auto whole = unpack_segment(*bytes, [&](const JournalItem& one) -> Done {
      if (to_pass > 0) {
        --to_pass;
        return {};
      }
      auto taken = item(one);
      if (!taken) refused = taken.error();
      return taken;
    });
    if (refused) return fail(*refused);
    if (!whole) return fail(whole.error().in(path));
    if (to_pass > 0)
      return fail(
          path, fmt::format("ends {} items before the {} that are to have come before", to_pass, from.items));
    if (*whole != bytes->size() && name != names->back())
      return fail(path, fmt::format("is cut off at byte {}; what stands before it can be read", *whole));
  }
  return {};
}

Done label_segments(Ledger& ledger, std::span<const ClosedSegment> segments) {
  for (const ClosedSegment& segment : segments) {
    if (auto set = ledger.label(label_prefix + segment.file, hex(segment.hash)); !set) return set;
  }
  return {};
}

Result<std::vector<ClosedSegment>> closed_segments(const std::string& folder,
                                                   const std::set<std::string>& told) {
  auto names = segments_in(folder);
  if (!names) return std::unexpected(names.error());
  if (!names->empty()) names->pop_back();
  std::vector<ClosedSegment> out;
  for (const SegmentName& name : *names) {
    const std::string file = file_name(name);
    if (told.contains(file)) continue;
    const auto bytes = read_bytes(fmt::format("{}/{}", folder, file));
    if (!bytes) return std::unexpected(bytes.error());
    out.push_back({file, sha256(*bytes), 0});
  }
  return out;
}

namespace {

/// The hash of each segment that the record knows, by name. Where label and entry differ, one of them was
/// changed, and the tree says which; here the entry holds.
std::map<std::string, std::string> known_segments(const Verification& record) {
  std::map<std::string, std::string> out = record.segments;
  const std::string_view prefix = label_prefix;
  for (const auto& [name, hash] : record.labels) {
    if (name.starts_with(prefix)) out.emplace(name.substr(prefix.size()), hash);
  }
  return out;
}

/// What was journalled and is no entry though long over cannot have been cut off by a kill, which takes the
/// last moment: the record has lost it.
constexpr auto moment = std::chrono::minutes(1);

/// @param told  items that say which segment was closed; each gave an entry
void check_entries(const std::vector<JournalItem>& told, Time last, const Verification& record,
                   JournalVerification& out) {
  if (record.head.size == 0 && out.items > 0)
    out.problems.push_back(
        {"",
         fmt::format("holds {} items up to {}, and the record has no entry: its entries are missing. Was its "
                     "file beside it, -wal, left out of a copy?",
                     out.items, iso(last))});
  for (const auto& item : told) {
    const auto blank = item.bytes.find(' ');
    const auto file = blank == std::string::npos ? item.bytes : item.bytes.substr(blank + 1);
    if (record.segments.contains(file) || last - item.arrival < moment) continue;
    out.problems.push_back(
        {file, fmt::format("was closed, as the journal says itself at {}, and the record has no "
                           "entry of it: entries of the record are missing",
                           iso(item.arrival))});
  }
}

}  // namespace

Result<JournalVerification> verify_journal(const std::string& folder, const Verification& record) {
  const auto names = segments_in(folder);
  if (!names) return std::unexpected(names.error());
  JournalVerification out;
  std::vector<JournalItem> told;
  Time last;
  auto known = known_segments(record);
  for (const auto& name : *names) {
    const std::string file = file_name(name);
    const auto bytes = read_bytes(fmt::format("{}/{}", folder, file));
    if (!bytes) return std::unexpected(bytes.error());
    ++out.segments;
    const auto label = known.find(file);
    if (bytes->empty() && label == known.end()) continue;  // made on a full disk by a version of before
    const bool newest = name == names->back();
    const auto whole = unpack_segment(*bytes, [&](const JournalItem& item) -> Done {
      ++out.items;
      last = item.arrival;
      if (item.feed == segment_kind) told.push_back(item);
      return {};
    });
    if (label != known.end() && label->second != hex(sha256(*bytes))) {
      out.problems.push_back({file, "was changed since it was closed"});
    } else if (!whole) {
      out.problems.push_back(whole.error().in(file));
    } else if (*whole != bytes->size() && !newest) {
      out.problems.push_back({file, fmt::format("is cut off at byte {}", *whole)});
    } else if (label == known.end() && !newest) {
      out.problems.push_back({file, "is not known to the record"});
    }
    if (label != known.end()) known.erase(label);
  }
  for (const auto& [file, hash] : known) out.problems.push_back({file, "is missing"});
  check_entries(told, last, record, out);
  return out;
}

}  // namespace varne
