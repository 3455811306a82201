#include "varne/desk/feed_watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace varne {
namespace {

constexpr Duration least_patience = std::chrono::seconds(20);
constexpr Duration first_patience = std::chrono::seconds(60);
constexpr Duration most_patience = std::chrono::minutes(10);
constexpr int gaps_of_patience = 3;
constexpr Duration gap_fades = std::chrono::minutes(30);
constexpr double rate_over_s = 30;
constexpr Duration telling = std::chrono::minutes(1);
constexpr int told_in_full = 5;  ///< refusals a minute
constexpr std::size_t most_kinds = 20;
constexpr const char* other_kinds = "for other reasons";

void count(std::map<std::string, std::uint64_t>& kinds, const std::string& kind) {
  const bool room = kinds.size() < most_kinds || kinds.contains(kind);
  ++kinds[room ? kind : other_kinds];
}

}  // namespace

std::string kind_of_refusal(const Error& error) {
  const std::string text = error.text();
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (std::isdigit(static_cast<unsigned char>(text[i])) != 0) {
      while (i < text.size() && (std::isdigit(static_cast<unsigned char>(text[i])) != 0 || text[i] == '.'))
        ++i;
      out += '#';
    } else if (const auto end = text.find('"', i + 1); text[i] == '"' && end != std::string::npos) {
      out += "\"…\"";
      i = end + 1;
    } else {
      out += text[i++];
    }
  }
  return out;
}

bool speaks_of_distress(std::string_view line) {
  std::string lower(line);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower.find("distress") != std::string::npos || lower.find("mayday") != std::string::npos;
}

FeedWatch::FeedWatch(std::string_view kind, std::string feed, std::string address)
    : speaks_always_(kind != "reports") {
  status_.feed = std::move(feed);
  status_.address = std::move(address);
  status_.state = "not yet connected";
  weigh();
}

void FeedWatch::stands(bool up, std::string state, Time now) {
  if (up != status_.up) up_since_ = up ? std::optional(now) : std::nullopt;
  if (!up) status_.silent_since.reset();  // it is down, which says more
  status_.up = up;
  status_.state = std::move(state);
  weigh();
}

void FeedWatch::heard(Time now) {
  ++status_.taken;
  if (status_.last_heard) {
    const Duration gap = now - *status_.last_heard;
    // An outage is not its way of speaking: a gap longer than believed counts for twice of what was believed.
    const Duration believed = std::max(usual_gap_, least_patience / gaps_of_patience);
    const double fading = std::exp(-seconds(gap) / seconds(gap_fades));
    usual_gap_ =
        std::max(Duration(static_cast<std::int64_t>(static_cast<double>(usual_gap_.count()) * fading)),
                 std::min(gap, 2 * believed));
  }
  status_.last_heard = now;
  if (status_.silent_since) {
    status_.silent_since.reset();
    weigh();
  }
}

bool FeedWatch::refused(const Error& error, std::string_view line, Time now) {
  ++status_.refused;
  const std::string kind = kind_of_refusal(error);
  count(status_.reasons, kind);
  if (!minute_) minute_ = now;
  if (speaks_of_distress(line) && line != last_distress_) {
    last_distress_ = line;
    return true;
  }
  if (told_ < told_in_full) {
    ++told_;
    return true;
  }
  count(untold_, kind);
  return false;
}

std::map<std::string, std::uint64_t> FeedWatch::untold(Time now) {
  if (!minute_ || now - *minute_ < telling) return {};
  minute_.reset();
  told_ = 0;
  return std::exchange(untold_, {});
}

Duration FeedWatch::patience() const {
  if (!status_.last_heard || usual_gap_ == Duration{}) return first_patience;
  return std::clamp(gaps_of_patience * usual_gap_, least_patience, most_patience);
}

void FeedWatch::check(Time now) {
  if (checked_ != Time{} && now > checked_) {
    const double passed = seconds(now - checked_);
    const auto lines = static_cast<double>(status_.taken - taken_when_checked_);
    status_.lines_per_s += (1 - std::exp(-passed / rate_over_s)) * (lines / passed - status_.lines_per_s);
  }
  checked_ = now;
  taken_when_checked_ = status_.taken;
  if (speaks_always_ && status_.up && !status_.silent_since) {
    const Time last = std::max(status_.last_heard.value_or(*up_since_), *up_since_);
    if (now - last > patience()) status_.silent_since = last;
  }
  weigh();
}

/// What is wrong, in words.
void FeedWatch::weigh() {
  const FeedStatus& h = status_;
  if (!h.up)
    status_.trouble = fmt::format("{}: {}", h.feed, h.state);
  else if (h.silent_since)
    status_.trouble = fmt::format("{}: silent since {}", h.feed, iso(*h.silent_since));
  else
    status_.trouble.clear();
}

}  // namespace varne
