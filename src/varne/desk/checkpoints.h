#pragma once
/// When a live desk makes a checkpoint, and the thread that writes it.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "varne/record/checkpoint.h"

namespace varne {

class Checkpoints {
 public:
  using Clock = std::chrono::steady_clock;

  /// @param folder  of the journal
  explicit Checkpoints(std::string folder);
  Checkpoints(const Checkpoints&) = delete;
  Checkpoints& operator=(const Checkpoints&) = delete;
  ~Checkpoints();  ///< what was handed over is written first

  /// So many items more of the journal would have to be run again after a kill.
  void went_on(std::size_t items) { behind_ += items; }
  /// Whether one is to be made now: thousands of items lie behind the last, or minutes; but making them takes
  /// no more than a two-hundredth of the time.
  [[nodiscard]] bool due(Clock::time_point now) const;
  /// One was taken of the state, and it took so long.
  void taken(Clock::time_point now, Clock::duration took);
  /// Writes it, on a thread of its own; one at a time, and while one is being written another is passed over.
  void write(Checkpoint checkpoint);

 private:
  void work();

  std::string folder_;
  std::size_t behind_ = 0;
  Clock::time_point last_ = Clock::now();
  Clock::duration took_{};

  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<Checkpoint> waiting_;
  bool over_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace varne
