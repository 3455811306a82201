#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "varne/record/ledger.h"

namespace varne {

struct GroupCommit::State {
  struct Waiting {
    std::vector<Entry> entries;
    std::function<void(Done)> done;
  };

  explicit State(Ledger& to) : ledger(to), writer([this] { write(); }) {}

  void write() {
    std::unique_lock lock(mutex);
    while (true) {
      wake.wait(lock, [this] { return ending || !queue.empty(); });
      if (queue.empty()) return;
      std::deque<Waiting> batch = std::move(queue);
      queue.clear();
      busy = true;
      const Done before = refused;
      lock.unlock();
      const Done done = before ? commit(batch) : before;
      for (auto& waiting : batch) {
        if (waiting.done) waiting.done(done);
      }
      lock.lock();
      if (!done) refused = done;
      busy = false;
      idle.notify_all();
    }
  }

  Done commit(const std::deque<Waiting>& batch) {
    std::vector<Entry> all;
    for (const auto& waiting : batch) all.insert(all.end(), waiting.entries.begin(), waiting.entries.end());
    return ledger.append(all);
  }

  Ledger& ledger;
  std::mutex mutex;
  std::condition_variable wake;
  std::condition_variable idle;
  std::deque<Waiting> queue;
  bool busy = false;
  bool ending = false;
  Done refused;
  std::thread writer;  // last: it uses all of the above
};

GroupCommit::GroupCommit(Ledger& ledger) : state_(std::make_unique<State>(ledger)) {}

GroupCommit::~GroupCommit() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->ending = true;
  }
  state_->wake.notify_one();
  state_->writer.join();
}

void GroupCommit::append(std::vector<Entry> entries, std::function<void(Done)> done) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->queue.push_back({std::move(entries), std::move(done)});
  }
  state_->wake.notify_one();
}

Done GroupCommit::flush() {
  std::unique_lock lock(state_->mutex);
  state_->idle.wait(lock, [this] { return state_->queue.empty() && !state_->busy; });
  return state_->refused;
}

}  // namespace varne
