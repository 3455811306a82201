#pragma once
/// Runs the forecasts a live room asks for, one after another, on a thread of its own.

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "varne/desk/live_desk.h"
#include "varne/desk/replay.h"

namespace varne {

struct LiveDesk::Forecaster {
  /// @param done  called on the thread of the forecaster
  Forecaster(std::shared_ptr<const World> world, std::function<void(ForecastAnswer)> done)
      : world_(std::move(world)), done_(std::move(done)), thread_([this] { work(); }) {}
  Forecaster(const Forecaster&) = delete;
  Forecaster& operator=(const Forecaster&) = delete;
  ~Forecaster() {
    {
      const std::lock_guard guard(mutex_);
      over_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

  void ask(ForecastRequest request) {
    {
      const std::lock_guard guard(mutex_);
      waiting_.push_back(std::move(request));
    }
    wake_.notify_one();
  }

 private:
  void work() {
    std::unique_lock guard(mutex_);
    for (;;) {
      wake_.wait(guard, [this] { return over_ || !waiting_.empty(); });
      if (over_) return;
      const ForecastRequest request = std::move(waiting_.front());
      waiting_.pop_front();
      guard.unlock();
      done_(answer(request, *world_));
      guard.lock();
    }
  }

  std::shared_ptr<const World> world_;
  std::function<void(ForecastAnswer)> done_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<ForecastRequest> waiting_;
  bool over_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace varne
