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
constexpr Duration minute = std::chrono::minutes(1);
constexpr int told_in_full = 5;    ///< refusals a minute
constexpr std::uint64_t few = 10;  ///< refusals within two minutes that say nothing of a feed
constexpr Duration clock_is_off = std::chrono::seconds(60);
constexpr Duration distress_is_shown = std::chrono::minutes(15);
constexpr Duration told_every = std::chrono::seconds(10);
constexpr Duration connecting = std::chrono::seconds(3);
constexpr std::size_t most_kinds = 20;
constexpr const char* other_kinds = "for other reasons";

void count(std::map<std::string, std::uint64_t>& kinds, const std::string& kind) {
  const bool room = kinds.size() < most_kinds || kinds.contains(kind);
  ++kinds[room ? kind : other_kinds];
}

}  // namespace

std::string kind_of_refusal(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (std::isdigit(static_cast<unsigned char>(text[i])) != 0) {
      while (i < text.size() && (std::isdigit(static_cast<unsigned char>(text[i])) != 0 || text[i] == '.'))
        ++i;
      out += '#';
    } else if (const auto end = text.find('"', i + 1); text[i] == '"' && end != std::string_view::npos) {
      out += "\"…\"";
      i = end + 1;
    } else {
      out += text[i++];
    }
  }
  return out;
}

FeedWatch::FeedWatch(std::string_view kind, std::string feed, std::string address)
    : people_(kind == "reports" || kind == "sarsat") {
  status_.feed = std::move(feed);
  status_.address = std::move(address);
  status_.state = "not yet connected";
  weigh({});
}

void FeedWatch::stands(bool up, std::string state, Time now) {
  if (up != status_.up) up_since_ = up ? std::optional(now) : std::nullopt;
  if (!up) status_.silent_since.reset();  // it is down, which says more
  status_.up = up;
  status_.state = std::move(state);
  weigh(now);
}

void FeedWatch::heard(Time now) {
  ++status_.taken;
  status_.last_heard = now;
}

void FeedWatch::told(Time now) {
  if (status_.last_told) {
    const Duration gap = now - *status_.last_told;
    // An outage is not its way of speaking: a gap longer than believed counts for twice of what was believed.
    const Duration believed = std::max(usual_gap_, least_patience / gaps_of_patience);
    const double fading = std::exp(-seconds(gap) / seconds(gap_fades));
    usual_gap_ =
        std::max(Duration(static_cast<std::int64_t>(static_cast<double>(usual_gap_.count()) * fading)),
                 std::min(gap, 2 * believed));
  }
  status_.last_told = now;
  if (status_.silent_since) {
    status_.silent_since.reset();
    weigh(now);
  }
}

void FeedWatch::unused(const Unused& so_far) {
  status_.other = so_far.other;
  status_.lost_parts = so_far.lost_parts;
}

FeedWatch::Minute FeedWatch::counts(Time now) const {
  return {now, status_.taken, status_.refused, status_.dropped, status_.other};
}

bool FeedWatch::refused(const LineRefused& line, Time now) {
  ++status_.refused;
  const std::string kind = kind_of_refusal(line.why);
  count(status_.reasons, kind);
  if (!telling_since_) telling_since_ = now;
  if (line.distress && line.raw != last_distress_) {
    last_distress_ = line.raw;
    distress_ = fmt::format("a line that speaks of distress could not be read at {}: {}", iso(now), line.why);
    distress_until_ = now + distress_is_shown;
    weigh(now);
    return true;
  }
  if (told_ < told_in_full) {
    ++told_;
    return true;
  }
  count(untold_, kind);
  return false;
}

std::optional<LineRefused> FeedWatch::untold(Time now) {
  if (!telling_since_ || now - *telling_since_ < minute) return std::nullopt;
  telling_since_.reset();
  told_ = 0;
  if (untold_.empty()) return std::nullopt;
  LineRefused out;
  out.feed = status_.feed;
  std::uint64_t all = 0;
  for (const auto& [kind, n] : untold_) {
    all += n;
    out.why += fmt::format("{}{}: {}", out.why.empty() ? "" : "; ", n, kind);
  }
  out.why = fmt::format("{} more lines within a minute ({})", all, out.why);
  untold_.clear();
  return out;
}

std::optional<FeedState> FeedWatch::changed(Time now) {
  if (told_health_ == health_ || now - told_at_ < told_every) return std::nullopt;
  if (health_ == FeedHealth::down && now - since_ < connecting) return std::nullopt;
  if (health_ == FeedHealth::heard && !status_.last_heard) return std::nullopt;
  told_health_ = health_;
  told_at_ = now;
  FeedState out{.feed = status_.feed, .health = health_, .text = text_, .since = since_};
  if (status_.clock_offset) out.clock_offset_s = seconds(*status_.clock_offset);
  out.lines = status_.taken;
  out.refused = status_.refused;
  out.dropped = status_.dropped;
  return out;
}

Duration FeedWatch::patience() const {
  if (!status_.last_told || usual_gap_ == Duration{}) return first_patience;
  return std::clamp(gaps_of_patience * usual_gap_, least_patience, most_patience);
}

void FeedWatch::check(Time now) {
  if (now_ != Time{} && now > now_) {
    const double passed = seconds(now - now_);
    const auto lines = static_cast<double>(status_.taken - taken_when_checked_);
    status_.lines_per_s += (1 - std::exp(-passed / rate_over_s)) * (lines / passed - status_.lines_per_s);
  }
  now_ = now;
  taken_when_checked_ = status_.taken;
  if (minute_.from == Time{}) minute_.from = before_.from = now;
  if (now - minute_.from >= minute) {
    before_ = now - minute_.from < 2 * minute ? minute_ : counts(now);
    minute_ = counts(now);
  }
  if (!people_ && status_.up && !status_.silent_since) {
    const Time last = std::max(status_.last_told.value_or(*up_since_), *up_since_);
    if (now - last > patience()) status_.silent_since = last;
  }
  weigh(now);
}

void FeedWatch::set(FeedHealth health, Time since, std::string text) {
  if (health != health_ || since_ == Time{}) since_ = since;
  health_ = health;
  text_ = std::move(text);
}

/// How it stands, the worst first.
void FeedWatch::weigh(Time now) {
  const FeedStatus& s = status_;
  const std::uint64_t taken = s.taken - before_.taken;
  const std::uint64_t refused = s.refused - before_.refused;
  const std::uint64_t dropped = s.dropped - before_.dropped;
  const std::uint64_t other = s.other - before_.other;
  const Duration offset = s.clock_offset.value_or(Duration{});
  if (!s.up)
    set(FeedHealth::down, now, s.state);
  else if (s.silent_since && s.last_heard.value_or(Time{}) <= *s.silent_since)
    set(FeedHealth::silent, *s.silent_since, fmt::format("silent since {}", iso(*s.silent_since)));
  else if (s.silent_since)
    set(FeedHealth::silent, *s.silent_since,
        fmt::format("says nothing of use since {}: of {} lines within two minutes {} cannot be read and {} "
                    "are of another kind",
                    iso(*s.silent_since), taken, refused, other));
  else if (dropped > 0)
    set(FeedHealth::dropping, now,
        fmt::format("{} lines were lost within two minutes, {} were taken", dropped, taken));
  else if (people_ ? refused > 0 : refused >= few && refused * 5 > taken)
    set(FeedHealth::refusing, now,
        fmt::format("{} of {} lines within two minutes cannot be read", refused, taken));
  else if (abs(offset) >= clock_is_off)
    set(FeedHealth::clock_off, now,
        fmt::format("its clock is {:.0f} s {}", seconds(abs(offset)),
                    offset > Duration{} ? "ahead" : "behind"));
  else
    set(FeedHealth::heard, now, s.state);

  std::string wrong = health_ == FeedHealth::heard ? "" : text_;
  if (now < distress_until_) wrong = distress_ + (wrong.empty() ? "" : "; ") + wrong;
  status_.trouble = wrong.empty() ? "" : fmt::format("{}: {}", s.feed, wrong);
}

}  // namespace varne
