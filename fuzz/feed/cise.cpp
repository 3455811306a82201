/// Any bytes as a feed of CISE messages: what comes of them is a place on the globe, and a reader that starts
/// again from its bytes goes on alike.
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "varne/core/json.h"
#include "varne/core/lines.h"
#include "varne/feed/observation_json.h"
#include "varne/feed/reader.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  auto reader = *varne::make_reader("cise", "fuzz");
  auto again = *varne::make_reader("cise", "fuzz");
  std::vector<varne::Observation> out, other;
  varne::LineCutter cutter(4096);
  const auto take = [&](std::string_view line, std::uint64_t number, bool overlong) {
    if (overlong) return;
    const auto now = varne::time_from_millis(static_cast<std::int64_t>(number) * 1000);
    (void)reader->take(line, now, out);
    auto next = *varne::make_reader("cise", "fuzz");
    must(next->restore(again->state()));
    again = std::move(next);
    (void)again->take(line, now, other);
  };
  cutter.take(bytes, take);
  cutter.finish(take);
  must(out.size() == other.size());
  for (const auto& one : out) {
    if (const auto* p = std::get_if<varne::AisPosition>(&one.what)) must(p->place && varne::valid(*p->place));
    const auto json = varne::observation_json(one);
    const auto parsed = varne::parse_json(json);
    must(parsed && varne::canonical(*parsed) == json);
  }
  return 0;
}
