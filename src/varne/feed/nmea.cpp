#include "varne/feed/nmea.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "varne/core/text.h"

namespace varne {
namespace {

constexpr std::size_t most_partials = 64;
/// A part that has not come after so many lines never will.
constexpr std::uint64_t most_lines_apart = 2000;

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

/// The time in a tag block's text "s:r1,c:1490075703*5C"; nothing where it says none or its checksum is
/// wrong.
std::optional<Time> tag_time(std::string_view block) {
  const auto star = block.rfind('*');
  if (star == std::string_view::npos) return std::nullopt;
  const auto sum = hex_byte(block.substr(star + 1));
  if (!sum || *sum != checksum_of(block.substr(0, star))) return std::nullopt;
  for (const auto field : split(block.substr(0, star), ',')) {
    if (field.starts_with("c:")) return epoch(field.substr(2));
  }
  return std::nullopt;
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

/// The last field after the checksum that is a time: ",r003669987,1152921693".
std::optional<Time> suffix_time(std::string_view text) {
  std::optional<Time> found;
  for (const auto field : split(text, ',')) {
    if (const auto time = epoch(trim(field))) found = time;
  }
  return found;
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

Result<NmeaReader::Sentence> NmeaReader::split_sentence(std::string_view text) {
  auto fields = split(text, ',');
  // Some receivers write one empty field too many, before the payload.
  if (fields.size() == 8) {
    const auto extra = std::find(fields.begin() + 4, fields.end() - 2, std::string_view());
    if (extra != fields.end() - 2) fields.erase(extra);
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

Result<std::optional<NmeaReader::Sentence>> NmeaReader::sentence_of(std::string_view line,
                                                                    std::optional<Time>& time) {
  const auto at = sentence_at(line);
  if (at == std::string_view::npos) return std::nullopt;
  const auto before = line.substr(0, at);
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
  // Only the sentence itself is under the checksum, so only it decides whether the line is good; the rest may
  // say when.
  if (const auto open = before.rfind('\\'); open != std::string_view::npos) {
    const auto begin = open == 0 ? std::string_view::npos : before.rfind('\\', open - 1);
    if (begin != std::string_view::npos) time = tag_time(before.substr(begin + 1, open - begin - 1));
  } else if (!before.empty()) {
    time = before.starts_with("$PGHP") ? gatehouse_time(before) : written_time(before);
  }
  if (const auto after = rest.substr(std::min(star + 3, rest.size())); !time && !after.empty())
    time = suffix_time(after);
  auto sentence = split_sentence(rest.substr(0, star));
  if (!sentence) {
    ++counts_.bad_sentence;
    return std::unexpected(sentence.error());
  }
  ++counts_.sentences;
  return *sentence;
}

Done NmeaReader::take(std::string_view line, Time arrival, std::vector<Observation>& out) {
  ++counts_.lines;
  std::optional<Time> time;
  const auto sentence = sentence_of(line, time);
  if (!sentence) {
    pending_.reset();
    return std::unexpected(sentence.error());
  }
  if (!*sentence) {
    ++counts_.other;
    if (line.starts_with("$PGHP")) {
      pending_ = gatehouse_time(line);
    } else if (line.size() > 1 && line.front() == '\\' && line.back() == '\\') {
      if (const auto said = tag_time(line.substr(1, line.size() - 2))) pending_ = said;
    }
    if (pending_) said_ = pending_;
    return {};
  }
  if (!time) time = pending_;
  pending_.reset();
  if (time) said_ = time;
  const Sentence& s = **sentence;
  if (s.total == 1) return emit(s.payload, s.fill, line, time.value_or(arrival), out);
  return join(s, line, time, arrival, out);
}

Done NmeaReader::join(const Sentence& s, std::string_view line, std::optional<Time> time, Time arrival,
                      std::vector<Observation>& out) {
  const auto same = [&](const Partial& p) {
    return p.total == s.total && p.sequence == s.sequence && (p.channel == s.channel || s.channel == 0);
  };
  if (s.number == 1) {
    const auto stale = [&](const Partial& p) { return same(p) || counts_.lines - p.line > most_lines_apart; };
    counts_.lost_part += std::erase_if(partials_, stale);
    if (partials_.size() == most_partials) {
      partials_.pop_front();
      ++counts_.lost_part;
    }
    partials_.push_back(
        {s.total, 2, s.sequence, s.channel, counts_.lines, std::string(s.payload), std::string(line), time});
    return {};
  }
  const auto partial = std::find_if(partials_.begin(), partials_.end(),
                                    [&](const Partial& p) { return same(p) && p.next == s.number; });
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
  return emit(whole.payload, s.fill, whole.raw, whole.time ? *whole.time : time.value_or(arrival), out);
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
