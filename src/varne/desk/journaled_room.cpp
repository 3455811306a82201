#include "varne/desk/journaled_room.h"

#include <fmt/format.h>

#include <algorithm>

#include "varne/core/fields_bytes.h"
#include "varne/core/fields_json.h"
#include "varne/core/text.h"
#include "varne/desk/answer_bytes.h"
#include "varne/desk/journal_items.h"
#include "varne/desk/replay.h"
#include "varne/exchange/envelope.h"
#include "varne/feed/report_reader.h"

namespace varne {
namespace {

/// An event as the journal holds it.
template <HasFields What>
Result<What> from_json(std::string_view text) {
  const auto json = parse_json(text);
  if (!json) return std::unexpected(json.error());
  What what;
  if (auto read = read_json(*json, what); !read) return std::unexpected(read.error());
  return what;
}

}  // namespace

JournaledRoom::JournaledRoom(std::shared_ptr<const World> world) : world_(world), room_(std::move(world)) {}

void JournaledRoom::apply(Event&& event, DeskChange& change) {
  auto entries = room_.apply(event);
  change.tracks.insert(room_.touched_tracks().begin(), room_.touched_tracks().end());
  change.entries.insert(change.entries.end(), std::make_move_iterator(entries.begin()),
                        std::make_move_iterator(entries.end()));
}

Done JournaledRoom::take(const JournalItem& item, DeskChange& change, LineTaken* taken) {
  last_arrival_ = item.arrival;
  const auto desk_says = [&](auto&& what) -> Done {
    if (!what) return fail(what.error().in(item.feed));
    apply({item.arrival, {}, std::move(*what)}, change);
    return {};
  };
  if (item.feed == answer_feed) return answer(item, change);
  if (item.feed == segment_feed) {
    auto segment = segment_from(item.bytes);
    if (segment) told_segments_.insert(segment->file);
    return desk_says(std::move(segment));
  }
  if (item.feed == line_refused_feed) return desk_says(from_json<LineRefused>(item.bytes));
  if (item.feed == feed_state_feed) return desk_says(from_json<FeedState>(item.bytes));
  if (item.feed == program_feed) {
    auto program = from_json<ProgramStarted>(item.bytes);
    if (program) program_ = program->version;
    return desk_says(std::move(program));
  }
  if (item.feed == head_feed) {
    auto head = from_json<letters::Head>(item.bytes);
    if (!head) return fail(head.error().in(item.feed));
    apply({item.arrival, {}, RecordSigned{std::move(*head)}}, change);
    return {};
  }
  if (item.feed == clock_feed) {
    count_on(item.bytes);
    give_due(item.arrival, change);
    apply({item.arrival, {}, ClockTick{}}, change);
    return {};
  }
  return line(item, change, taken);
}

/// What the feeds held back until now: turns of a radar that are whole by then.
void JournaledRoom::give_due(Time now, DeskChange& change) {
  std::vector<Observation> due;
  for (auto& [name, reader] : readers_) {
    reader->advance(now, due);
    give(speaker_of(name), now, due, change);
    due.clear();
  }
}

void JournaledRoom::give(const Speaker& speaker, Time arrival, std::vector<Observation>& observations,
                         DeskChange& change) {
  clocks_.put_right(observations, arrival);
  for (auto& observation : observations) apply({arrival, speaker, std::move(observation)}, change);
}

Done JournaledRoom::line(const JournalItem& item, DeskChange& change, LineTaken* taken) {
  if (item.feed == typed_feed || item.feed == spoken_feed) {
    const auto spoken = item.feed == typed_feed ? Result<Spoken>(Spoken{speaker_of(typed_feed), item.bytes})
                                                : spoken_in(item);
    if (!spoken) return std::unexpected(spoken.error());
    auto report = parse_report(spoken->typed);
    if (report) take_typed(item.arrival, *spoken, std::move(*report), change);
    if (!report && taken != nullptr) taken->refused = report.error();
    return {};
  }
  if (item.feed.starts_with(partner_feed)) {
    auto letter = read_letter(item.bytes);
    if (!letter) return std::unexpected(letter.error());
    give_due(item.arrival, change);
    apply({item.arrival, speaker_of(item.feed), std::move(*letter)}, change);
    return {};
  }
  FeedReader* reader = reader_of(item.feed);
  if (reader == nullptr)
    return fail("", fmt::format("holds a feed \"{}\" that is of no known kind", shown(item.feed)));
  give_due(item.arrival, change);
  std::vector<Observation> said;
  const auto others = reader->unused().other;
  const auto read = reader->take(item.bytes, item.arrival, said);
  if (taken != nullptr) {
    taken->unused = reader->unused();
    taken->told = read.has_value() ? taken->unused.other == others : !said.empty();
    if (!read) taken->refused = read.error();
  }
  give(speaker_of(item.feed), item.arrival, said, change);
  return {};
}

void JournaledRoom::take_typed(Time arrival, const Spoken& spoken, Report report, DeskChange& change) {
  last_arrival_ = arrival;
  give_due(arrival, change);
  const ReportHead& said = report_head(report);
  const auto [taken, first_of_its_id] = typed_.try_emplace(said.id);
  const Time time = said.time;
  const auto before = room_.last_entry();
  if (first_of_its_id) taken->second.said = hash_of_report(spoken.speaker, spoken.typed);
  std::vector<Observation> one;
  one.push_back({time, source_of(spoken.speaker), std::string(spoken.typed), std::move(report)});
  give(spoken.speaker, arrival, one, change);
  if (!first_of_its_id) return;
  taken->second.first = before + 1;
  taken->second.last = room_.last_entry();
}

/// An answer stands as it was given. A journal of before holds only whose it was: that one is made again.
Done JournaledRoom::answer(const JournalItem& item, DeskChange& change) {
  auto kept = answer_from(item.bytes);
  if (!kept) return std::unexpected(kept.error());
  const auto& pending = room_.pending();
  const auto request = std::find_if(pending.begin(), pending.end(),
                                    [&](const ForecastRequest& r) { return r.id == kept->answer.request; });
  if (request == pending.end()) {
    differ(fmt::format("forecast {} was answered, and nobody asks for it", shown(kept->answer.request)));
    return {};
  }
  if (!kept->known) {
    kept->answer = varne::answer(*request, *world_);
  } else if (kept->answer.inputs != request->inputs) {
    // Asked for today it would be made from another sea; what was known then is what it said then.
    differ(fmt::format("forecast {} was made from other inputs", request->id));
    kept->answer.inputs = request->inputs;
  }
  if (kept->known && make_again_ &&
      answer_bytes(varne::answer(*request, *world_)) != answer_bytes(kept->answer))
    differ(fmt::format("forecast {} comes out otherwise", request->id));
  apply({item.arrival, {}, std::move(kept->answer)}, change);
  return {};
}

void JournaledRoom::count_on(std::string_view entries) {
  const auto there = parse_whole(entries);
  if (!there || *there < 0) return;  // a journal of before
  const auto in_record = static_cast<std::uint64_t>(*there);
  if (in_record == room_.last_entry()) return;
  differ(fmt::format("at {} the record had {} entries, and its journal gives {}", iso(last_arrival_),
                     in_record, room_.last_entry()));
  room_.number_on_from(in_record);
}

std::string JournaledRoom::state() const {
  std::map<std::string, std::string> readers;
  for (const auto& [feed, reader] : readers_) readers[feed] = reader->state();
  BytesOut out(state_size_);
  out(room_.state(state_size_), readers, clocks_, typed_, told_segments_, program_, last_arrival_);
  state_size_ = out.size() + out.size() / 8;
  return out.take();
}

bool JournaledRoom::restore(std::string_view state) {
  JournaledRoom made(world_);
  std::string of_room;
  std::map<std::string, std::string> readers;
  BytesIn in(state);
  in(of_room, readers, made.clocks_, made.typed_, made.told_segments_, made.program_, made.last_arrival_);
  if (!in.at_end()) return false;
  auto room = Room::from_state(world_, of_room);
  if (!room) return false;
  made.room_ = std::move(*room);
  for (const auto& [feed, bytes] : readers) {
    FeedReader* reader = made.reader_of(feed);
    if (reader == nullptr || !reader->restore(bytes)) return false;
  }
  made.differs = std::move(differs);
  *this = std::move(made);
  return true;
}

std::optional<Duration> JournaledRoom::clock_off(std::string_view feed) const {
  std::optional<Duration> most;
  for (const auto& [source, slow] : clocks_.wrong()) {
    // "ais" or, where its lines name the receiving station, "ais r003669987".
    if (source != feed && !(source.starts_with(feed) && source[feed.size()] == ' ')) continue;
    if (!most || std::chrono::abs(slow) > std::chrono::abs(*most)) most = -slow;
  }
  return most;
}

void JournaledRoom::differ(std::string what) {
  ++differences_;
  if (differs) differs(std::move(what));
}

FeedReader* JournaledRoom::reader_of(const std::string& feed) {
  const auto at = readers_.find(feed);
  if (at != readers_.end()) return at->second.get();
  auto made = make_reader(feed.substr(0, feed.find('-')), feed);
  if (!made) return nullptr;
  return readers_.emplace(feed, std::move(*made)).first->second.get();
}

}  // namespace varne
