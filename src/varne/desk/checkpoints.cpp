#include "varne/desk/checkpoints.h"

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

}  // namespace varne
