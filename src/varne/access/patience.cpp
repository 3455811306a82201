#include "varne/access/patience.h"

#include <algorithm>

namespace varne {
namespace {

constexpr int slips = 2;
constexpr std::chrono::seconds longest{300};
constexpr std::chrono::hours forgotten_after{1};
/// Each took a password's hashing to get here: who fills this up is long past the longest wait.
constexpr std::size_t most = 10'000;

}  // namespace

Patience::Clock::duration Patience::wait(const std::string& account, const std::string& address,
                                         Clock::time_point now) const {
  const auto at = tried_.find({account, address});
  return at == tried_.end() ? Clock::duration(0) : std::max(at->second.until - now, Clock::duration(0));
}

void Patience::failed(const std::string& account, const std::string& address, Clock::time_point now) {
  if (tried_.size() >= most) make_room(now);
  Tried& tried = tried_[{account, address}];
  if (now - tried.last > forgotten_after) tried.failures = 0;
  tried.last = now;
  ++tried.failures;
  if (tried.failures <= slips) return;
  const int doubled = std::min(tried.failures - slips - 1, 20);
  tried.until = now + std::min<std::chrono::seconds>(longest, std::chrono::seconds(1LL << doubled));
}

void Patience::succeeded(const std::string& account, const std::string& address) {
  tried_.erase({account, address});
}

void Patience::make_room(Clock::time_point now) {
  std::erase_if(tried_, [&](const auto& one) { return now - one.second.last > forgotten_after; });
  if (tried_.size() < most) return;
  tried_.erase(std::ranges::min_element(tried_, {}, [](const auto& one) { return one.second.last; }));
}

}  // namespace varne
