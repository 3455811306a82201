#include "varne/feed/nmea.h"

#include <fmt/format.h>

#include "varne/core/text.h"

namespace varne {
namespace {

/// Without what transports and editors leave at the ends of a line: a byte order mark, NULs.
std::string_view without_debris(std::string_view line) {
  if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  while (!line.empty() && line.front() == '\0') line.remove_prefix(1);
  while (!line.empty() && (line.back() == '\0' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

void NmeaReader::note(const NmeaBeside& beside) {
  if (beside.bad_tag_block) {
    ++counts_.bad_tag_block;
    remark_ = "the tag block's checksum is wrong: what it says of time and station is passed over";
  }
  if (!beside.unread.empty()) {
    ++counts_.unread_time;
    remark_ = fmt::format("\"{}\" is not understood as a time{}", shown(beside.unread),
                          beside.time ? "" : ": the time of arrival stands for it");
  }
}

/// Lines without a sentence: some say the time of the next.
void NmeaReader::take_other(std::string_view line) {
  ++counts_.other;
  if (line.starts_with("$PGHP")) {
    pending_ = gatehouse_time(line);
  } else if (line.size() > 1 && line.front() == '\\' && line.back() == '\\') {
    const auto beside = read_tag_block(line.substr(1, line.size() - 2));
    note(beside);
    if (beside.time) pending_ = beside.time;
  }
  if (pending_) said_ = pending_;
}

Done NmeaReader::take(std::string_view line, Time arrival, std::vector<Observation>& out) {
  ++counts_.lines;
  parts_.pass_line();
  remark_.clear();
  line = without_debris(line);
  pieces_.clear();
  cut_sentences(line, pieces_);
  if (pieces_.empty()) {
    take_other(line);
    return {};
  }
  Done first_wrong;
  for (const NmeaPiece& piece : pieces_) {
    auto done = take_sentence(piece, arrival, out);
    if (!done && first_wrong) first_wrong = std::move(done);
  }
  return first_wrong;
}

Done NmeaReader::refused(std::uint64_t& count, Error error) {
  ++count;
  return std::unexpected(std::move(error));
}

Done NmeaReader::take_sentence(const NmeaPiece& piece, Time arrival, std::vector<Observation>& out) {
  const auto pending = std::exchange(pending_, std::nullopt);
  const auto sentence = read_sentence(piece.sentence);
  if (!sentence) {
    const auto& [fault, error] = sentence.error();
    return fault == NmeaFault::checksum ? refused(counts_.bad_checksum, error)
                                        : refused(counts_.bad_sentence, error);
  }
  ++counts_.sentences;
  auto beside = read_beside(piece);
  note(beside);
  if (!beside.time) beside.time = pending;
  if (beside.time) said_ = beside.time;
  if (sentence->total == 1)
    return emit(sentence->payload, sentence->fill, piece.all(), beside.time, arrival, out);
  return take_part(*sentence, beside, piece.all(), arrival, out);
}

Done NmeaReader::take_part(const NmeaSentence& sentence, const NmeaBeside& beside, std::string_view raw,
                           Time arrival, std::vector<Observation>& out) {
  const auto fate = parts_.take(sentence, beside, raw, arrival);
  counts_.lost_part = parts_.lost();
  switch (fate) {
    case NmeaParts::Fate::waits:
      return {};
    case NmeaParts::Fate::alone:
      return refused(counts_.lone_part, {"", fmt::format("part {} of {} without the parts before it",
                                                         sentence.number, sentence.total)});
    case NmeaParts::Fate::mixed:
      return refused(counts_.mixed_part,
                     {"", fmt::format("part {} of {}: two messages use the number \"{}\" at once, and whose "
                                      "part it is cannot be told; both are left out",
                                      sentence.number, sentence.total, shown(sentence.sequence))});
    case NmeaParts::Fate::whole:
      break;
  }
  const auto& whole = parts_.message();
  return emit(whole.payload, whole.fill, whole.raw, whole.time, arrival, out);
}

Done NmeaReader::emit(std::string_view payload, int fill, std::string_view raw, std::optional<Time> time,
                      Time arrival, std::vector<Observation>& out) {
  auto message = decode_ais(payload, fill);
  if (!message) return refused(counts_.bad_message, message.error());
  ++counts_.types[static_cast<std::size_t>(message->type)];
  const SharedText shared(raw);
  for (auto& what : message->what)
    out.push_back({time.value_or(arrival), source_, shared, std::move(what), time.has_value()});
  return {};
}

void NmeaReader::finish() {
  parts_.finish();
  counts_.lost_part = parts_.lost();
}

}  // namespace varne
