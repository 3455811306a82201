#include "varne/desk/derive.h"

#include <fmt/format.h>

#include "varne/desk/journaled_room.h"
#include "varne/desk/record_beside.h"
#include "varne/record/store.h"

namespace varne {

Result<Derivation> derive(std::shared_ptr<const World> world, const std::string& record,
                          const std::string& journal, const std::function<void(Time)>& progress) {
  const auto store = read_store(record);
  if (!store) return std::unexpected(store.error());
  const auto head = (*store)->head();
  if (!head) return std::unexpected(head.error());
  RecordBeside beside(head->size,
                      [&](std::uint64_t first, std::size_t most) { return (*store)->read(first, most); });
  Derivation out;
  out.entries = head->size;
  const auto say = [&](std::string what) {
    if (out.differences.size() < most_differences) out.differences.push_back(std::move(what));
    ++out.differing;
  };
  beside.differs = [&](std::uint64_t number) { say(fmt::format("entry {} comes out otherwise", number)); };
  JournaledRoom room(std::move(world));
  room.differs = say;
  room.make_answers_again();
  DeskChange change;
  const auto done = read_journal(journal, [&](const JournalItem& item) -> Done {
    if (out.items++ == 0) {
      if (auto same = beside.begins_at(item.arrival); !same) return fail(same.error().in(record));
    }
    change.entries.clear();
    change.tracks.clear();
    if (auto taken = room.take(item, change); !taken) return fail(taken.error().in(journal));
    if (progress) progress(item.arrival);
    return beside.compare(change.entries);
  });
  if (!done) return std::unexpected(done.error());
  if (room.room().last_entry() < head->size)
    say(fmt::format("the record has {} entries, and its journal gives {}", head->size,
                    room.room().last_entry()));
  return out;
}

}  // namespace varne
