#include "varne/feed/nmea_parts.h"

#include <algorithm>

namespace varne {
namespace {

constexpr std::size_t most_waiting = 64;
/// A part that has not come after so long never will: the sequence numbers are soon used again, and a late
/// part would be joined to the wrong message. Lines count where the clock stands still, as it does in a log
/// without times.
constexpr Duration most_time_apart = std::chrono::seconds(30);
constexpr std::uint64_t most_lines_apart = 2000;
/// Two first parts under one key within so long are two messages at once (of two receivers, say). Later, the
/// second uses the number again, and a part of the first was lost.
constexpr Duration at_once_time = std::chrono::seconds(2);
constexpr std::uint64_t at_once_lines = 100;
/// Characters of the longest message, with room to spare (decode_ais refuses what is too long).
constexpr std::size_t most_payload = 512;

Duration apart(std::optional<Time> said, Time arrival, std::optional<Time> now_said, Time now) {
  return std::chrono::abs(said && now_said ? *now_said - *said : now - arrival);
}

}  // namespace

/// What either does not say cannot differ.
bool NmeaParts::may_be(const Key& key, const NmeaSentence& part, const NmeaBeside& beside) {
  const auto alike = [](std::string_view a, std::string_view b) { return a.empty() || b.empty() || a == b; };
  return key.total == part.total && key.sequence == part.sequence && key.talker == part.talker &&
         (key.channel == part.channel || part.channel == 0) && alike(key.group, beside.group) &&
         alike(key.station, beside.station);
}

bool NmeaParts::at_once(std::uint64_t line, Time arrival, std::optional<Time> said,
                        std::optional<Time> now_said, Time now) const {
  const Duration between = apart(said, arrival, now_said, now);
  return between <= at_once_time && (between > Duration{0} || lines_ - line <= at_once_lines);
}

void NmeaParts::forget_stale(const NmeaBeside& beside, Time arrival) {
  lost_ += std::erase_if(waiting_, [&](const Waiting& w) {
    const Duration between = apart(w.so_far.time, w.arrival, beside.time, arrival);
    return between > most_time_apart || (between == Duration{0} && lines_ - w.line > most_lines_apart);
  });
  std::erase_if(disputed_,
                [&](const Disputed& d) { return !at_once(d.line, d.arrival, d.time, beside.time, arrival); });
}

/// Whether a part belongs to a key under which two messages are mixed.
bool NmeaParts::dispute(const NmeaSentence& part, const NmeaBeside& beside, Time arrival) {
  const auto at = std::find_if(disputed_.begin(), disputed_.end(),
                               [&](const Disputed& d) { return may_be(d.key, part, beside); });
  if (at == disputed_.end()) return false;
  if (part.number == 1) {
    at->line = lines_;
    at->arrival = arrival;
    at->time = beside.time;
    ++at->open;
    ++lost_;
  } else if (part.number == part.total && --at->open == 0) {
    disputed_.erase(at);
  }
  return true;
}

NmeaParts::Fate NmeaParts::begin(const NmeaSentence& part, const NmeaBeside& beside, std::string_view raw,
                                 Time arrival) {
  const Key key{std::string(part.talker),
                std::string(part.sequence),
                std::string(beside.group),
                std::string(beside.station),
                part.total,
                part.channel};
  std::size_t rivals = 0;
  lost_ += std::erase_if(waiting_, [&](const Waiting& w) {
    // The same words twice are one message heard twice, and no harm.
    if (!may_be(w.key, part, beside) || (w.next == 2 && w.so_far.payload == part.payload)) return false;
    rivals += at_once(w.line, w.arrival, w.so_far.time, beside.time, arrival) ? 1 : 0;
    return true;
  });
  if (rivals > 0) {
    if (disputed_.size() == most_waiting) disputed_.pop_front();
    disputed_.push_back({key, lines_, arrival, beside.time, rivals + 1});
    ++lost_;
    return Fate::mixed;
  }
  if (waiting_.size() == most_waiting) {
    waiting_.pop_front();
    ++lost_;
  }
  waiting_.push_back(
      {key, 2, lines_, arrival, {std::string(part.payload), std::string(raw), part.fill, beside.time}});
  return Fate::waits;
}

NmeaParts::Fate NmeaParts::go_on(const NmeaSentence& part, const NmeaBeside& beside, std::string_view raw) {
  const auto fits = [&](const Waiting& w) {
    return w.next == part.number && w.so_far.payload.size() + part.payload.size() <= most_payload &&
           may_be(w.key, part, beside);
  };
  const auto first = std::find_if(waiting_.begin(), waiting_.end(), fits);
  if (first == waiting_.end()) return Fate::alone;
  const auto other = std::find_if(std::next(first), waiting_.end(), [&](const Waiting& w) {
    return fits(w) && w.so_far.payload != first->so_far.payload;
  });
  if (other != waiting_.end()) {
    lost_ += std::erase_if(waiting_, fits);
    return Fate::mixed;
  }
  Message& message = first->so_far;
  message.payload += part.payload;
  message.raw += '\n';
  message.raw += raw;
  // An empty last part says nothing of the bits before it, unless it does.
  if (!part.payload.empty() || part.fill != 0) message.fill = part.fill;
  if (!message.time) message.time = beside.time;
  if (++first->next <= part.total) return Fate::waits;
  whole_ = std::move(message);
  waiting_.erase(first);
  return Fate::whole;
}

NmeaParts::Fate NmeaParts::take(const NmeaSentence& part, const NmeaBeside& beside, std::string_view raw,
                                Time arrival) {
  forget_stale(beside, arrival);
  if (dispute(part, beside, arrival)) return Fate::mixed;
  return part.number == 1 ? begin(part, beside, raw, arrival) : go_on(part, beside, raw);
}

void NmeaParts::finish() {
  lost_ += waiting_.size();
  waiting_.clear();
}

}  // namespace varne
