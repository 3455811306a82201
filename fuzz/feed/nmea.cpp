/// Any lines into the NMEA reader. An input that begins with '+' has the checksums of its sentences put right
/// first, so that the fuzzer gets past them.
#include "varne/feed/nmea.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "varne/core/json.h"
#include "varne/core/lines.h"
#include "varne/feed/observation_json.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

std::string repaired(std::string_view line) {
  const auto begin = line.find('!');
  const auto star = begin == std::string_view::npos ? begin : line.find('*', begin);
  if (star == std::string_view::npos) return std::string(line);
  unsigned sum = 0;
  for (const char c : line.substr(begin + 1, star - begin - 1)) sum ^= static_cast<unsigned char>(c);
  char digits[4];
  std::snprintf(digits, sizeof digits, "*%02X", sum);
  return std::string(line.substr(0, star)) + digits +
         std::string(line.substr(std::min(star + 3, line.size())));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const bool repair = bytes.starts_with('+');
  if (repair) bytes.remove_prefix(1);
  varne::NmeaReader reader("fuzz");
  std::vector<varne::Observation> out;
  varne::LineCutter cutter(4096);
  const auto take = [&](std::string_view line, std::uint64_t number, bool overlong) {
    if (overlong) return;
    (void)reader.take(repair ? repaired(line) : line,
                      varne::time_from_millis(static_cast<std::int64_t>(number)), out);
  };
  cutter.take(bytes, take);
  cutter.finish(take);
  reader.finish();
  const auto& n = reader.counts();
  must(n.sentences + n.other + n.bad_checksum + n.bad_sentence >= n.lines);
  for (const auto& o : out) {
    if (const auto* p = std::get_if<varne::AisPosition>(&o.what)) must(!p->place || varne::valid(*p->place));
    if (const auto* m = std::get_if<varne::AisMark>(&o.what)) must(!m->place || varne::valid(*m->place));
    const auto json = varne::observation_json(o);
    const auto parsed = varne::parse_json(json);
    must(parsed && varne::canonical(*parsed) == json);
  }
  return 0;
}
