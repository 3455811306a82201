/// Slow work on a thread of its own.
#include "varne/desk/worker.h"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>
#include <vector>

namespace varne {
namespace {

TEST(Worker, does_one_job_after_another_and_says_when_it_is_idle) {
  std::vector<int> done;
  {
    Worker<int> worker([&](const int& job) { done.push_back(job); }, Worker<int>::AtEnd::done_first);
    EXPECT_TRUE(worker.idle());
    for (int i = 0; i < 100; ++i) worker.give(i);
  }
  ASSERT_EQ(done.size(), 100U);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(done[static_cast<std::size_t>(i)], i);
}

TEST(Worker, is_not_idle_while_a_job_is_under_way) {
  std::promise<void> begun, open;
  Worker<int> worker(
      [&](const int&) {
        begun.set_value();
        open.get_future().wait();
      },
      Worker<int>::AtEnd::done_first);
  worker.give(1);
  begun.get_future().wait();
  EXPECT_FALSE(worker.idle());
  open.set_value();
}

TEST(Worker, leaves_undone_at_its_end_what_it_was_told_to_leave) {
  std::vector<int> done;
  std::promise<void> begun, open;
  std::future<void> under_way = begun.get_future();
  std::thread opener;
  {
    Worker<int> worker(
        [&](const int& job) {
          begun.set_value();
          open.get_future().wait();
          done.push_back(job);
        },
        Worker<int>::AtEnd::left_undone);
    worker.give(1);
    worker.give(2);
    under_way.wait();
    // Opened only once the end has begun: the second job must find it over.
    opener = std::thread([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      open.set_value();
    });
  }
  opener.join();
  EXPECT_EQ(done, std::vector<int>{1});
}

}  // namespace
}  // namespace varne
