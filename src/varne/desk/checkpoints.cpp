#include "varne/desk/checkpoints.h"

#include <algorithm>

namespace varne {
namespace {

constexpr std::size_t many_items = 10'000;
constexpr auto soonest = std::chrono::seconds(10);
constexpr auto latest = std::chrono::minutes(5);
constexpr int share_of_time = 200;

}  // namespace

Checkpoints::Checkpoints(std::string folder) : folder_(std::move(folder)), thread_([this] { work(); }) {}

Checkpoints::~Checkpoints() {
  {
    const std::lock_guard guard(mutex_);
    over_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

bool Checkpoints::due(Clock::time_point now) const {
  const auto passed = now - last_;
  if (behind_ == 0 || passed < std::max<Clock::duration>(soonest, share_of_time * took_)) return false;
  return behind_ >= many_items || passed >= latest;
}

void Checkpoints::taken(Clock::time_point now, Clock::duration took) {
  behind_ = 0;
  last_ = now;
  took_ = took;
}

void Checkpoints::write(Checkpoint checkpoint) {
  {
    const std::lock_guard guard(mutex_);
    if (waiting_) return;
    waiting_ = std::move(checkpoint);
  }
  wake_.notify_one();
}

void Checkpoints::work() {
  std::unique_lock guard(mutex_);
  for (;;) {
    wake_.wait(guard, [this] { return over_ || waiting_; });
    if (!waiting_) return;
    const Checkpoint checkpoint = std::move(*waiting_);
    guard.unlock();
    // Where it cannot be written a start takes longer, and nothing is lost: a full disk is said by the
    // record.
    (void)write_checkpoint(folder_, checkpoint);
    guard.lock();
    waiting_.reset();
  }
}

}  // namespace varne
