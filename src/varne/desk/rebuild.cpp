/// The live desk after a restart: what its journal and its record hold, made again.

#include <fmt/format.h>

#include <algorithm>

#include "varne/core/text.h"
#include "varne/desk/journal_items.h"
#include "varne/desk/live_desk.h"

namespace varne {

Done LiveDesk::replay_item(const JournalItem& item, std::vector<Entry>& said) {
  const auto apply = [&](const Event& event) {
    auto entries = room_.apply(event);
    said.insert(said.end(), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
  };
  last_arrival_ = item.arrival;
  if (item.feed == clock_feed) {
    for (auto& observation : observations_due(item.arrival))
      apply({item.arrival, speaker_of(observation.source), std::move(observation)});
    apply({item.arrival, {}, ClockTick{}});
    return {};
  }
  if (item.feed == answer_feed) {
    const auto& pending = room_.pending();
    const auto request = std::find_if(pending.begin(), pending.end(),
                                      [&](const ForecastRequest& r) { return r.id == item.bytes; });
    if (request == pending.end())
      return fail(options_.journal,
                  fmt::format("holds an answer to forecast {}, which nobody asked for", shown(item.bytes)));
    apply({item.arrival, {}, answer(*request, *world_)});
    return {};
  }
  if (item.feed == segment_feed) {
    const auto space = item.bytes.find(' ');
    const auto hash = hash_from_hex(item.bytes.substr(0, space));
    if (!hash || space == std::string::npos)
      return fail(options_.journal, fmt::format("holds a closed segment \"{}\" that is not its hash and name",
                                                shown(item.bytes)));
    const std::string file = item.bytes.substr(space + 1);
    told_segments_.insert(file);
    apply({item.arrival, {}, SegmentClosed{file, *hash}});
    return {};
  }
  if (reader_of(item.feed) == nullptr)
    return fail(options_.journal,
                fmt::format("holds a feed \"{}\" that is of no known kind", shown(item.feed)));
  std::vector<Observation> observations;
  (void)read_line(item.feed, item.bytes, item.arrival, observations);  // was refused then, too
  for (auto& observation : observations) {
    if (const auto* report = report_in(observation);
        report != nullptr && item.feed == typed_feed)
      typed_.insert(report->id);
    apply({item.arrival, speaker_of(observation.source), std::move(observation)});
  }
  return {};
}

/// Runs the journal again; what the record has must come out again, what it lacks (the process was killed
/// between the two) is added.
Done LiveDesk::rebuild() {
  const auto had = ledger_->head().size;
  std::vector<Entry> fresh;
  std::vector<Entry> page;
  std::vector<Entry> said;
  const auto compare = [&](const Entry& entry) -> Done {
    ++rebuilt_;
    if (entry.number > had) {
      fresh.push_back(entry);
      return {};
    }
    if (page.empty() || entry.number > page.back().number) {
      auto next = ledger_->read(entry.number, 2000);
      if (!next) return std::unexpected(next.error());
      page = std::move(*next);
    }
    const auto at = static_cast<std::size_t>(entry.number - page.front().number);
    if (at < page.size() && page[at] == entry) return {};
    return fail(shown_record(options_.record),
                fmt::format("entry {} differs from what the journal gives; `varne verify` "
                            "says which was changed. If units, sea files "
                            "or options are others than they were, begin a new record",
                            entry.number));
  };
  const auto done = read_journal(options_.journal, [&](const JournalItem& item) -> Done {
    said.clear();
    if (auto replayed = replay_item(item, said); !replayed) return replayed;
    for (const auto& entry : said) {
      if (auto same = compare(entry); !same) return same;
    }
    return {};
  });
  if (!done) return done;
  if (room_.last_entry() < had)
    return fail(shown_record(options_.record),
                fmt::format("has {} entries and its journal gives {}; the two belong together, give both",
                            had, room_.last_entry()));
  if (!fresh.empty()) {
    if (auto added = ledger_->append(fresh); !added) return added;
  }
  durable_ = room_.last_entry();
  return {};
}

}  // namespace varne
