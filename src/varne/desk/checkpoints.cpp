#include "varne/desk/checkpoints.h"

#include <fmt/format.h>

#include <algorithm>

namespace varne {
namespace {

constexpr int share_of_time = 200;

}  // namespace

Checkpoints::Checkpoints(std::string folder, CheckpointPace pace)
    : pace_(pace),
      last_(Clock::now() - pace.soonest),
      writer_(
          [folder = std::move(folder)](const Checkpoint& checkpoint) {
            // Where it cannot be written a start takes longer, and nothing is lost: a full disk is said by
            // the record.
            (void)write_checkpoint(folder, checkpoint);
          },
          Worker<Checkpoint>::AtEnd::done_first) {}

bool Checkpoints::due(Clock::time_point now) const {
  const auto passed = now - last_;
  if (behind_ == 0 || passed < std::max<Clock::duration>(pace_.soonest, share_of_time * took_)) return false;
  return behind_ >= pace_.many_items || passed >= pace_.latest;
}

void Checkpoints::taken(Clock::time_point now, Clock::duration took) {
  behind_ = 0;
  last_ = now;
  took_ = took;
}

void Checkpoints::write(Checkpoint checkpoint) {
  if (writer_.idle()) writer_.give(std::move(checkpoint));
}

std::optional<CheckpointBase> take_up_checkpoint(const std::string& where, const Hash& world,
                                                 const RootAt& root_at, JournaledRoom& room,
                                                 std::vector<std::string>& said) {
  const auto place = journal_place(where);
  for (const std::uint64_t number : place->checkpoints()) {
    const auto passed_over = [&](std::string_view why) {
      said.push_back(fmt::format("{}: {}; passed over", place->name_of(number), why));
    };
    const auto found = read_checkpoint(*place, number);
    if (!found) {
      passed_over(found.error().what);
      continue;
    }
    const CheckpointBase& base = found->base;
    const auto root = root_at(base.entries);
    if (base.world != world)
      passed_over("was made with other units, rules or seas");
    else if (!root || *root != base.root)
      passed_over("is of another record");
    else if (!room.restore(found->state))
      passed_over("holds no whole state");
    else
      return base;
  }
  return std::nullopt;
}

}  // namespace varne
