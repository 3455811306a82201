#pragma once
/// Independent pieces of work on several threads. Which thread does which is free; what comes out is not.

#include <atomic>
#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace varne::days {

/// Calls `work(i)` for every i below `count`, each once, on at most so many threads; returns when all are
/// done.
inline void in_parallel(std::size_t count, std::size_t threads,
                        const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> others;
  for (std::size_t t = 1; t < threads && t < count; ++t) others.emplace_back(run);
  run();
}

}  // namespace varne::days
