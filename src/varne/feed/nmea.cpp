#include "varne/feed/nmea.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "varne/core/text.h"

namespace varne {
namespace {

constexpr std::size_t most_partials = 64;
/// A part that has not come after so many lines, or so long, never will: the sequence numbers 0 to 9 are soon
/// used again, and a late part would be joined to the wrong message.
constexpr std::uint64_t most_lines_apart = 2000;
constexpr Duration most_time_apart = std::chrono::seconds(30);
/// Characters of the longest message, with room to spare (decode_ais refuses what is too long).
constexpr std::size_t most_payload = 512;

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

/// Seconds or milliseconds since 1970, told apart by their size.
std::optional<Time> epoch(std::string_view text) {
  const auto number = parse_whole(text);
  if (!number || *number < 100000000 || *number > 99999999999999) return std::nullopt;
  return time_from_millis(*number < 100000000000 ? *number * 1000 : *number);
}

/// "$PGHP,1,2013,11,12,12,0,0,432,…": the receiver's UTC.
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

/// "2016-04-10 00:00:01" or seconds since 1970, as logs put before a sentence.
std::optional<Time> written_time(std::string_view text) {
  text = trim(text);
  while (text.ends_with(',')) text = trim(text.substr(0, text.size() - 1));
  if (const auto time = epoch(text)) return time;
  if (text.size() != 19 || text[10] != ' ') return std::nullopt;
  std::string iso_form(text);
  iso_form[10] = 'T';
  const auto time = parse_time(iso_form + "Z");
  return time ? std::optional(*time) : std::nullopt;
}

/// Where "!xxVDM" or "!xxVDO" begins.
std::size_t sentence_at(std::string_view line) {
  for (auto at = line.find('!'); at != std::string_view::npos; at = line.find('!', at + 1)) {
    const auto head = line.substr(at, 7);
    if (head.size() == 7 && head[3] == 'V' && head[4] == 'D' && (head[5] == 'M' || head[5] == 'O') &&
        head[6] == ',')
      return at;
  }
  return std::string_view::npos;
}

}  // namespace

/// "s:r1,c:1490075703,g:1-2-6745*5C"; says nothing where its checksum is wrong.
NmeaReader::Said NmeaReader::tag_block(std::string_view block) {
  Said said;
  const auto star = block.rfind('*');
  if (star == std::string_view::npos) return said;
  const auto sum = hex_byte(block.substr(star + 1));
  if (!sum || *sum != checksum_of(block.substr(0, star))) return said;
  for (const auto field : split(block.substr(0, star), ',')) {
    if (field.starts_with("c:")) said.time = epoch(field.substr(2));
    if (field.starts_with("s:")) said.station = field.substr(2);
    if (field.starts_with("g:")) said.group = field.substr(field.rfind('-') + 1);
  }
  return said;
}

/// Only the sentence itself is under its checksum, so only it decides whether the line is good; what stands
/// around it may say when and where it was received.
NmeaReader::Said NmeaReader::around(std::string_view before, std::string_view after) {
  Said said;
  if (const auto close = before.rfind('\\'); close != std::string_view::npos && close != 0) {
    const auto open = before.rfind('\\', close - 1);
    if (open != std::string_view::npos) said = tag_block(before.substr(open + 1, close - open - 1));
  } else if (!before.empty()) {
    said.time = before.starts_with("$PGHP") ? gatehouse_time(before) : written_time(before);
  }
  if (after.empty()) return said;
  // ",r003669987,1152921693": a station's name and, last, a time.
  std::optional<Time> last;
  for (const auto field : split(after, ',')) {
    if (const auto time = epoch(trim(field))) last = time;
    if (said.station.empty() && (field.starts_with('r') || field.starts_with('b'))) said.station = field;
  }
  if (!said.time) said.time = last;
  return said;
}

Result<NmeaReader::Sentence> NmeaReader::split_sentence(std::string_view text) {
  auto fields = split(text, ',');
  // Some receivers write one empty field too many, before the payload or at the end.
  if (fields.size() == 8) {
    const auto extra = std::find(fields.begin() + 4, fields.end() - 2, std::string_view());
    if (fields.back().empty()) {
      fields.pop_back();
    } else if (extra != fields.end() - 2) {
      fields.erase(extra);
    }
  }
  if (fields.size() != 7)
    return fail("", fmt::format("an AIS sentence has 7 fields, this has {}", fields.size()));
  const auto digit = [](std::string_view f) {
    return f.size() == 1 && f[0] >= '0' && f[0] <= '9' ? f[0] - '0' : -1;
  };
  Sentence s;
  s.total = digit(fields[1]);
  s.number = digit(fields[2]);
  if (s.total < 1 || s.number < 1 || s.number > s.total)
    return fail("", fmt::format("part \"{}\" of \"{}\" makes no sense", shown(fields[2]), shown(fields[1])));
  s.sequence = fields[3].empty() ? '\0' : fields[3][0];
  s.channel = fields[4].empty() ? '\0' : fields[4][0];
  s.payload = fields[5];
  s.fill = fields[6].empty() ? 0 : digit(fields[6]);
  if (s.fill < 0 || s.fill > 5)
    return fail("", fmt::format("fill bits \"{}\"; there are 0 to 5", shown(fields[6])));
  if (s.payload.empty()) return fail("", "the sentence carries no payload");
  return s;
}

Result<std::optional<NmeaReader::Sentence>> NmeaReader::sentence_of(std::string_view line) {
  const auto at = sentence_at(line);
  if (at == std::string_view::npos) return std::nullopt;
  const auto rest = line.substr(at);
  const auto star = rest.find('*');
  if (star == std::string_view::npos) {
    ++counts_.bad_sentence;
    return fail("", "the sentence has no checksum");
  }
  const auto written = hex_byte(rest.substr(star + 1));
  const auto computed = checksum_of(rest.substr(1, star - 1));
  if (!written || *written != computed) {
    ++counts_.bad_checksum;
    return fail(
        "", fmt::format(
                "checksum {} written, {:02X} computed: the sentence was damaged on its way and is left out",
                written ? fmt::format("{:02X}", *written) : "not", computed));
  }
  auto sentence = split_sentence(rest.substr(0, star));
  if (!sentence) {
    ++counts_.bad_sentence;
    return std::unexpected(sentence.error());
  }
  sentence->said = around(line.substr(0, at), rest.substr(std::min(star + 3, rest.size())));
  ++counts_.sentences;
  return *sentence;
}

Done NmeaReader::take(std::string_view line, Time arrival, std::vector<Observation>& out) {
  ++counts_.lines;
  auto found = sentence_of(line);
  if (!found) {
    pending_.reset();
    return std::unexpected(found.error());
  }
  if (!*found) {
    ++counts_.other;
    if (line.starts_with("$PGHP")) {
      pending_ = gatehouse_time(line);
    } else if (line.size() > 1 && line.front() == '\\' && line.back() == '\\') {
      if (const auto time = tag_block(line.substr(1, line.size() - 2)).time) pending_ = time;
    }
    if (pending_) said_ = pending_;
    return {};
  }
  Sentence& s = **found;
  if (!s.said.time) s.said.time = pending_;
  pending_.reset();
  if (s.said.time) said_ = s.said.time;
  if (s.total == 1) return emit(s.payload, s.fill, line, s.said.time.value_or(arrival), out);
  return join(s, line, arrival, out);
}

/// Whether a sentence's marks are those of the message: what either does not say cannot differ.
bool NmeaReader::one_message(const Partial& p, const Sentence& s) const {
  const auto alike = [](std::string_view a, std::string_view b) { return a.empty() || b.empty() || a == b; };
  return p.total == s.total && p.sequence == s.sequence && (p.channel == s.channel || s.channel == 0) &&
         alike(p.group, s.said.group) && alike(p.station, s.said.station);
}

bool NmeaReader::stale(const Partial& p, const Sentence& s, Time arrival) const {
  const Duration apart = p.time && s.said.time ? *s.said.time - *p.time : arrival - p.arrival;
  return counts_.lines - p.line > most_lines_apart || apart > most_time_apart || apart < -most_time_apart;
}

Done NmeaReader::join(const Sentence& s, std::string_view line, Time arrival, std::vector<Observation>& out) {
  counts_.lost_part += std::erase_if(partials_, [&](const Partial& p) {
    return stale(p, s, arrival) || (s.number == 1 && one_message(p, s));
  });
  if (s.number == 1) {
    if (partials_.size() == most_partials) {
      partials_.pop_front();
      ++counts_.lost_part;
    }
    partials_.push_back({s.total, 2, s.sequence, s.channel, std::string(s.said.group),
                         std::string(s.said.station), counts_.lines, arrival, s.said.time,
                         std::string(s.payload), std::string(line)});
    return {};
  }
  const auto partial = std::find_if(partials_.begin(), partials_.end(), [&](const Partial& p) {
    return p.next == s.number && p.payload.size() + s.payload.size() <= most_payload && one_message(p, s);
  });
  if (partial == partials_.end()) {
    ++counts_.lost_part;
    return fail("", fmt::format("part {} of {} without the parts before it", s.number, s.total));
  }
  partial->payload += s.payload;
  partial->raw += '\n';
  partial->raw += line;
  if (++partial->next <= s.total) return {};
  const Partial whole = std::move(*partial);
  partials_.erase(partial);
  return emit(whole.payload, s.fill, whole.raw, whole.time ? *whole.time : s.said.time.value_or(arrival),
              out);
}

Done NmeaReader::emit(std::string_view payload, int fill, std::string_view raw, Time time,
                      std::vector<Observation>& out) {
  auto message = decode_ais(payload, fill);
  if (!message) {
    ++counts_.bad_message;
    return std::unexpected(message.error());
  }
  ++counts_.types[static_cast<std::size_t>(message->type)];
  for (auto& what : message->what) out.push_back({time, source_, std::string(raw), std::move(what)});
  return {};
}

void NmeaReader::finish() {
  counts_.lost_part += partials_.size();
  partials_.clear();
}

}  // namespace varne
