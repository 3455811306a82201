#pragma once
/// A thread for slow work: jobs, one after another, in the order in which they were given.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

namespace varne {

template <class Job>
class Worker {
 public:
  /// What becomes, at the end, of jobs that were given and not begun.
  enum class AtEnd { done_first, left_undone };

  /// @param work  called on the worker's thread
  Worker(std::function<void(const Job&)> work, AtEnd at_end)
      : work_(std::move(work)), at_end_(at_end), thread_([this] { run(); }) {}
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  /// Waits for the job under way, and where they are `done_first` for those that wait.
  ~Worker() {
    {
      const std::lock_guard guard(mutex_);
      over_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

  void give(Job job) {
    {
      const std::lock_guard guard(mutex_);
      waiting_.push_back(std::move(job));
    }
    wake_.notify_one();
  }
  /// Nothing is under way, and nothing waits.
  [[nodiscard]] bool idle() const {
    const std::lock_guard guard(mutex_);
    return waiting_.empty();
  }

 private:
  void run() {
    std::unique_lock guard(mutex_);
    for (;;) {
      wake_.wait(guard, [this] { return over_ || !waiting_.empty(); });
      if (waiting_.empty() || (over_ && at_end_ == AtEnd::left_undone)) return;
      const Job& job = waiting_.front();  // others may be put behind it meanwhile
      guard.unlock();
      work_(job);
      guard.lock();
      waiting_.pop_front();
    }
  }

  std::function<void(const Job&)> work_;
  AtEnd at_end_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> waiting_;  ///< the one under way at the front
  bool over_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace varne
