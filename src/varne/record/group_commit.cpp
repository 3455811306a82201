#include <condition_variable>
#include <mutex>
#include <thread>

#include "varne/record/ledger.h"

namespace varne {

struct GroupCommit::State {
  explicit State(Ledger& to) : ledger(to), thread([this] { write(); }) {}

  /// The writer's thread: takes all that waits, commits it once, tells everybody, in order.
  void write();

  Ledger& ledger;
  std::mutex mutex;
  std::condition_variable work;     ///< something waits, or it is over
  std::condition_variable settled;  ///< `finished` has moved
  std::vector<Entry> waiting;
  std::vector<std::function<void(Done)>> calls;
  std::vector<std::function<Done()>> befores;
  std::uint64_t queued = 0;    ///< calls ever taken
  std::uint64_t finished = 0;  ///< calls ever answered
  Done state;                  ///< the first refusal stays
  bool over = false;
  std::thread thread;  ///< last, so that all it uses is there before it starts
};

void GroupCommit::State::write() {
  std::unique_lock guard(mutex);
  for (;;) {
    work.wait(guard, [this] { return over || !calls.empty(); });
    if (calls.empty()) return;
    const std::vector<Entry> entries = std::exchange(waiting, {});
    const auto answered = std::exchange(calls, {});
    const auto before = std::exchange(befores, {});
    Done result = state;
    guard.unlock();
    for (const auto& first : before) {
      if (result) result = first();
    }
    if (result) result = ledger.append(entries);
    for (const auto& done : answered) {
      if (done) done(result);
    }
    guard.lock();
    if (!result) state = result;
    finished += answered.size();
    settled.notify_all();
  }
}

GroupCommit::GroupCommit(Ledger& ledger) : state_(std::make_unique<State>(ledger)) {}

GroupCommit::~GroupCommit() {
  {
    const std::lock_guard guard(state_->mutex);
    state_->over = true;
  }
  state_->work.notify_one();
  state_->thread.join();
}

void GroupCommit::append(std::vector<Entry> entries, std::function<void(Done)> done,
                         std::function<Done()> before) {
  {
    const std::lock_guard guard(state_->mutex);
    state_->calls.push_back(std::move(done));
    if (before) state_->befores.push_back(std::move(before));
    state_->waiting.insert(state_->waiting.end(), std::make_move_iterator(entries.begin()),
                           std::make_move_iterator(entries.end()));
    ++state_->queued;
  }
  state_->work.notify_one();
}

Done GroupCommit::flush() {
  std::unique_lock guard(state_->mutex);
  const std::uint64_t mine = state_->queued;
  state_->settled.wait(guard, [&] { return state_->finished >= mine; });
  return state_->state;
}

}  // namespace varne
