#include "varne/feed/nmea_sentence.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "varne/core/text.h"
#include "varne/feed/written_time.h"

namespace varne {
namespace {

std::uint8_t checksum_of(std::string_view text) {
  std::uint8_t sum = 0;
  for (const char c : text) sum = static_cast<std::uint8_t>(sum ^ static_cast<std::uint8_t>(c));
  return sum;
}

/// The two hexadecimal digits after a '*'; nothing where they are not that.
std::optional<std::uint8_t> hex_byte(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  std::uint8_t value = 0;
  const auto done = std::from_chars(text.data(), text.data() + 2, value, 16);
  return done.ptr == text.data() + 2 ? std::optional(value) : std::nullopt;
}

/// Where "!xxVDM," or "!xxVDO," begins, from `at` on.
std::size_t sentence_at(std::string_view line, std::size_t from) {
  for (auto at = line.find('!', from); at != std::string_view::npos; at = line.find('!', at + 1)) {
    const auto head = line.substr(at, 7);
    if (head.size() == 7 && head[3] == 'V' && head[4] == 'D' && (head[5] == 'M' || head[5] == 'O') &&
        head[6] == ',')
      return at;
  }
  return std::string_view::npos;
}

/// Up to nine fields without allocating; more are counted.
struct Fields {
  std::array<std::string_view, 9> at;
  std::size_t count = 0;

  explicit Fields(std::string_view text) {
    for (;;) {
      const auto comma = text.find(',');
      if (count < at.size()) at[count] = text.substr(0, comma);
      ++count;
      if (comma == std::string_view::npos) return;
      text.remove_prefix(comma + 1);
    }
  }
  void erase(std::size_t i) {
    for (; i + 1 < count; ++i) at[i] = at[i + 1];
    --count;
  }
};

int digit(std::string_view f) {
  return f.size() == 1 && f[0] >= '0' && f[0] <= '9' ? f[0] - '0' : -1;
}

std::unexpected<NmeaRefusal> refuse(NmeaFault fault, std::string what) {
  return std::unexpected(NmeaRefusal{fault, {"", std::move(what)}});
}

constexpr std::size_t longest_sequence = 4;

}  // namespace

void cut_sentences(std::string_view line, std::vector<NmeaPiece>& out) {
  auto at = sentence_at(line, 0);
  std::string_view before = line.substr(0, std::min(at, line.size()));
  while (at != std::string_view::npos) {
    const auto next = sentence_at(line, at + 7);
    const auto whole = line.substr(at, next == std::string_view::npos ? next : next - at);
    // Up to the checksum; one that has none ends where a tag block begins.
    const auto star = whole.find('*');
    const auto end = star != std::string_view::npos ? std::min(star + 3, whole.size())
                                                    : std::min(whole.find('\\'), whole.size());
    auto after = whole.substr(end);
    std::string_view between;
    if (next != std::string_view::npos) {
      // What goes on with a comma belongs to this sentence, up to a tag block; the rest to the next.
      const bool mine = after.starts_with(',') || after.starts_with('\t');
      const auto cut = std::min(mine ? after.find('\\') : 0, after.size());
      between = after.substr(cut);
      after = after.substr(0, cut);
    }
    out.push_back({before, whole.substr(0, end), after});
    before = between;
    at = next;
  }
}

std::expected<NmeaSentence, NmeaRefusal> read_sentence(std::string_view sentence) {
  const auto star = sentence.find('*');
  if (star == std::string_view::npos) return refuse(NmeaFault::no_checksum, "the sentence has no checksum");
  const auto written = hex_byte(sentence.substr(star + 1));
  const auto computed = checksum_of(sentence.substr(1, star - 1));
  if (!written || *written != computed)
    return refuse(
        NmeaFault::checksum,
        fmt::format(
            "checksum {} written, {:02X} computed: the sentence was damaged on its way and is left out",
            written ? fmt::format("{:02X}", *written) : "not", computed));
  Fields f(sentence.substr(1, star - 1));
  // Some receivers write one empty field too many, before the payload or at the end.
  if (f.count == 8) {
    if (f.at[7].empty()) {
      f.erase(7);
    } else if (f.at[4].empty() || f.at[5].empty()) {
      f.erase(f.at[4].empty() ? 4 : 5);
    }
  }
  if (f.count != 7)
    return refuse(NmeaFault::form, fmt::format("an AIS sentence has 7 fields, this has {}", f.count));
  NmeaSentence s;
  s.talker = f.at[0];
  s.total = digit(f.at[1]);
  s.number = digit(f.at[2]);
  if (s.total < 1 || s.number < 1 || s.number > s.total)
    return refuse(NmeaFault::form,
                  fmt::format("part \"{}\" of \"{}\" makes no sense", shown(f.at[2]), shown(f.at[1])));
  s.sequence = f.at[3];
  if (s.sequence.size() > longest_sequence)
    return refuse(NmeaFault::form, fmt::format("\"{}\" is no sequence number", shown(f.at[3])));
  s.channel = f.at[4].empty() ? '\0' : f.at[4][0];
  s.payload = f.at[5];
  s.fill = f.at[6].empty() ? 0 : digit(f.at[6]);
  if (s.fill < 0 || s.fill > 6)
    return refuse(NmeaFault::form, fmt::format("fill bits \"{}\"; there are 0 to 5", shown(f.at[6])));
  if (s.payload.empty() && s.total == 1) return refuse(NmeaFault::form, "the sentence carries no payload");
  return s;
}

NmeaBeside read_tag_block(std::string_view block) {
  NmeaBeside said;
  const auto star = block.rfind('*');
  const auto sum = star == std::string_view::npos ? std::nullopt : hex_byte(block.substr(star + 1));
  if (!sum || *sum != checksum_of(block.substr(0, star))) {
    said.bad_tag_block = true;
    return said;
  }
  auto rest = block.substr(0, star);
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    const auto field = rest.substr(0, comma);
    rest.remove_prefix(std::min(comma, rest.size() - 1) + 1);
    if (field.starts_with("c:")) {
      said.time = written_time(field.substr(2));
      if (!said.time) said.unread = field;
    }
    if (field.starts_with("s:")) said.station = field.substr(2);
    if (field.starts_with("g:")) said.group = field.substr(field.rfind('-') + 1);
  }
  return said;
}

std::optional<Time> gatehouse_time(std::string_view text) {
  const auto fields = split(text, ',');
  if (fields.size() < 9 || fields[1] != "1") return std::nullopt;
  std::array<std::int64_t, 7> n{};
  for (std::size_t i = 0; i < n.size(); ++i) {
    const auto value = parse_whole(fields[i + 2]);
    if (!value) return std::nullopt;
    n[i] = *value;
  }
  const auto time = parse_time(
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", n[0], n[1], n[2], n[3], n[4], n[5], n[6]));
  return time ? std::optional(*time) : std::nullopt;
}

/// Only the sentence itself is under its checksum, so only it decides whether the line is good; what stands
/// around it may say when and where it was received.
NmeaBeside read_beside(const NmeaPiece& piece) {
  NmeaBeside said;
  std::string_view before = piece.before;
  if (const auto close = before.rfind('\\'); close != std::string_view::npos && close != 0) {
    const auto open = before.rfind('\\', close - 1);
    if (open != std::string_view::npos) {
      said = read_tag_block(before.substr(open + 1, close - open - 1));
      before = before.substr(0, open);
    }
  }
  if (!said.time && !before.empty()) {
    if (before.starts_with("$PGHP")) {
      said.time = gatehouse_time(before);
    } else if (const auto beside = time_beside(before); beside.time || !beside.unread.empty()) {
      said.time = beside.time;
      if (said.unread.empty()) said.unread = beside.unread;
    }
  }
  if (piece.after.empty()) return said;
  if (said.station.empty()) {
    for (auto at = piece.after.find(','); at != std::string_view::npos; at = piece.after.find(',', at + 1)) {
      const auto field = piece.after.substr(at + 1, piece.after.find(',', at + 1) - at - 1);
      if (!said.station.empty() || !(field.starts_with('r') || field.starts_with('b'))) continue;
      said.station = field;
    }
  }
  if (!said.time) {
    const auto beside = time_beside(piece.after);
    said.time = beside.time;
    if (said.unread.empty()) said.unread = beside.unread;
  }
  if (said.time) said.unread = {};
  return said;
}

std::string_view station_in(std::string_view raw) {
  const auto line = raw.substr(0, raw.find('\n'));
  const auto at = sentence_at(line, 0);
  if (at == std::string_view::npos) return {};
  const auto star = line.find('*', at);
  const auto end = std::min(star == std::string_view::npos ? star : star + 3, line.size());
  return read_beside({line.substr(0, at), line.substr(at, end - at), line.substr(end)}).station;
}

}  // namespace varne
