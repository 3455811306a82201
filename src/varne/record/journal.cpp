#include "varne/record/journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "varne/core/text.h"
#include "varne/record/journal_place.h"
#include "varne/record/segment.h"

namespace varne {
namespace {

const std::string label_prefix = "journal/";

}  // namespace

struct Journal::State {
  std::unique_ptr<JournalWriter> owned;  ///< of a folder; of a database it is the ledger's
  JournalWriter& to;
  SegmentName newest;                 ///< hour "" where there is none yet; the open one where `is_open`
  bool is_open = false;               ///< items go into `newest`
  std::uint64_t whole = 0;            ///< bytes of it that are synced frames
  std::uint64_t items = 0;            ///< in it, waiting ones too
  std::string waiting;                ///< packed items that are in no frame yet
  std::string frame;                  ///< the next to be written, as it was first tried
  std::vector<ClosedSegment> closed;  ///< not handed out yet

  State(std::unique_ptr<JournalWriter> own, JournalWriter& writer) : owned(std::move(own)), to(writer) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { static_cast<void>(flush()); }

  [[nodiscard]] std::string name() const { return to.place().name_of(newest); }
  Done take_up();
  void begin(SegmentName name);
  Done flush();
  Done end();
  std::vector<ClosedSegment> handed_out() { return std::exchange(closed, {}); }
};

/// After a restart: what the last process left open is cut back to its whole frames and closed. One without
/// any (killed between its making and its first frame) held nothing and goes.
Done Journal::State::take_up() {
  const auto names = to.place().segments();
  if (!names) return std::unexpected(names.error());
  if (names->empty()) return {};
  newest = names->back();
  auto bytes = to.place().read(newest);
  if (!bytes) return std::unexpected(bytes.error());
  std::uint64_t count = 0;
  const auto size = unpack_segment(*bytes, [&](const JournalItem&) -> Done {
    ++count;
    return {};
  });
  if (!size) return {};  // left for whoever reads it: the next part begins
  if (*size < bytes->size() || *size == 0) {
    if (const auto done = to.cut(newest, *size); !done) return done;
    if (*size == 0) return {};  // its name stays used: the next part begins
    bytes->resize(*size);
  }
  closed.push_back({file_name(newest), sha256(*bytes), count});
  return {};
}

void Journal::State::begin(SegmentName name) {
  newest = std::move(name);
  whole = items = 0;
  is_open = true;
}

/// One frame of what waits. A frame that was refused may be there all the same: it goes to the same place
/// again, byte for byte, before anything that came later.
Done Journal::State::flush() {
  while (!frame.empty() || !waiting.empty()) {
    if (frame.empty()) {
      auto packed = pack_frame(waiting);
      if (!packed) return fail(packed.error().in(name()));
      frame = std::move(*packed);
      waiting.clear();
    }
    if (auto done = to.add(newest, whole, frame); !done) return done;
    whole += frame.size();
    frame.clear();
  }
  return {};
}

Done Journal::State::end() {
  if (!is_open) return {};
  if (const auto done = flush(); !done) return done;
  if (whole > 0) {
    const auto bytes = to.place().read(newest);
    if (!bytes) return std::unexpected(bytes.error());
    closed.push_back({file_name(newest), sha256(*bytes), items});
  }
  is_open = false;
  return {};
}

Journal::Journal(std::unique_ptr<State> state) : state_(std::move(state)) {}
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;
Journal::~Journal() = default;

Result<Journal> Journal::open(const std::string& folder) {
  auto writer = write_journal_folder(folder);
  if (!writer) return std::unexpected(writer.error());
  JournalWriter& to = **writer;
  return open(std::make_unique<State>(std::move(*writer), to));
}

Result<Journal> Journal::open(JournalWriter& writer) {
  return open(std::make_unique<State>(nullptr, writer));
}

Result<Journal> Journal::open(std::unique_ptr<State> state) {
  if (const auto done = state->take_up(); !done) return std::unexpected(done.error());
  return Journal(std::move(state));
}

Result<std::vector<ClosedSegment>> Journal::append(const JournalItem& item) {
  State& s = *state_;
  const auto where = s.to.place().name();
  if (item.feed.empty() || item.feed.size() > most_feed_name)
    return fail(where, fmt::format("a feed's name has 1 to {} bytes", most_feed_name));
  if (item.bytes.size() > most_item_bytes)
    return fail(where, fmt::format("an item of {} bytes is too long to keep", item.bytes.size()));
  if (s.waiting.size() > most_waiting_bytes)
    return fail(where, "too much waits to be written: make room on the disk");
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

Done read_journal(const std::string& where, const std::function<Done(const JournalItem&)>& item) {
  return read_journal(where, {}, item);
}

Done read_journal(const std::string& where, const JournalPosition& from,
                  const std::function<Done(const JournalItem&)>& item) {
  return JournalReader(where, from).read_on(item);
}

JournalReader::JournalReader(const std::string& where, const JournalPosition& from)
    : place_(journal_place(where)), from_(from) {}
JournalReader::JournalReader(JournalReader&&) noexcept = default;
JournalReader& JournalReader::operator=(JournalReader&&) noexcept = default;
JournalReader::~JournalReader() = default;

JournalPosition JournalReader::position() const {
  if (segment_.hour.empty()) return from_;
  return {file_name(segment_), items_};
}

Done JournalReader::read_on(const std::function<Done(const JournalItem&)>& item) {
  const bool first_time = segment_.hour.empty();
  if (first_time && !from_.segment.empty()) {
    const auto begin = parse_segment_name(from_.segment);
    if (!begin) return fail(place_->name(), fmt::format("\"{}\" is no segment", shown(from_.segment)));
    segment_ = *begin;
  }
  const auto names = place_->segments(segment_);
  if (!names) return std::unexpected(names.error());
  if (first_time && !from_.segment.empty() && (names->empty() || names->front() != segment_))
    return fail(place_->name(), fmt::format("lacks the segment {}", from_.segment));
  for (const SegmentName& name : *names) {
    if (name != segment_) {
      segment_ = name;
      at_ = items_ = 0;
    }
    const std::uint64_t to_pass = file_name(name) == from_.segment ? from_.items : 0;
    if (to_pass == every_item) continue;
    const auto bytes = place_->read(name, at_);
    if (!bytes) return std::unexpected(bytes.error());
    std::optional<Error> refused;  // by whoever takes the items: not a matter of the segment
    const auto whole = unpack_segment(*bytes, [&](const JournalItem& one) -> Done {
      if (++items_ <= to_pass) return {};
      auto taken = item(one);
      if (!taken) refused = taken.error();
      return taken;
    });
    if (refused) return fail(*refused);
    if (!whole) return fail(whole.error().in(place_->name_of(name)));
    at_ += *whole;
    if (items_ < to_pass)
      return fail(
          place_->name_of(name),
          fmt::format("ends {} items before the {} that are to have come before", to_pass - items_, to_pass));
    if (*whole != bytes->size() && name != names->back())
      return fail(place_->name_of(name),
                  fmt::format("is cut off at byte {}; what stands before it can be read", at_));
  }
  return {};
}

Done label_segments(Ledger& ledger, std::span<const ClosedSegment> segments) {
  for (const ClosedSegment& segment : segments) {
    if (auto set = ledger.label(label_prefix + segment.file, hex(segment.hash)); !set) return set;
  }
  return {};
}

Result<std::vector<ClosedSegment>> closed_segments(const std::string& where,
                                                   const std::set<std::string>& told) {
  const auto place = journal_place(where);
  auto names = place->segments();
  if (!names) return std::unexpected(names.error());
  if (!names->empty()) names->pop_back();
  std::vector<ClosedSegment> out;
  for (const SegmentName& name : *names) {
    const std::string file = file_name(name);
    if (told.contains(file)) continue;
    const auto bytes = place->read(name);
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

/// How many entries the record had, as the desk's clock says beside the feeds (desk/journal_items.h).
constexpr std::string_view clock_feed = "clock";
struct CountThen {
  Time time;
  std::uint64_t entries = 0;
};

/// @param told    items that say which segment was closed; each gave an entry
/// @param counts  in order of time
void check_entries(const std::vector<JournalItem>& told, const std::vector<CountThen>& counts, Time last,
                   const Verification& record, JournalVerification& out) {
  for (const CountThen& then : counts) {
    if (record.head.size == 0 || then.entries <= record.head.size || last - then.time < moment) continue;
    out.problems.push_back(
        {"",
         fmt::format(
             "says that at {} the record had {} entries, and it has {}: entries at its end are missing. Was "
             "its file beside it, -wal, left out of a copy?",
             iso(then.time), then.entries, record.head.size)});
    break;
  }
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

Result<JournalVerification> verify_journal(const std::string& where, const Verification& record) {
  const auto place = journal_place(where);
  const auto names = place->segments();
  if (!names) return std::unexpected(names.error());
  JournalVerification out;
  std::vector<JournalItem> told;
  std::vector<CountThen> counts;
  Time last;
  auto known = known_segments(record);
  for (const auto& name : *names) {
    const std::string file = file_name(name);
    const auto bytes = place->read(name);
    if (!bytes) return std::unexpected(bytes.error());
    ++out.segments;
    const auto label = known.find(file);
    if (bytes->empty() && label == known.end()) continue;  // made on a full disk by a version of before
    const bool newest = name == names->back();
    const auto whole = unpack_segment(*bytes, [&](const JournalItem& item) -> Done {
      ++out.items;
      last = item.arrival;
      if (item.feed == segment_kind) told.push_back(item);
      const auto count = item.feed == clock_feed ? parse_whole(item.bytes) : std::nullopt;
      if (count && *count > 0 &&
          (counts.empty() || static_cast<std::uint64_t>(*count) > counts.back().entries))
        counts.push_back({item.arrival, static_cast<std::uint64_t>(*count)});
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
  check_entries(told, counts, last, record, out);
  return out;
}

}  // namespace varne
