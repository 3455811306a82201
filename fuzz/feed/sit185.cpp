/// Any lines as COSPAS-SARSAT alerts. What comes of them is a report that the record can hold, and a reader
/// that starts again from its bytes goes on alike.
#include <cstdlib>
#include <string>

#include "varne/core/lines.h"
#include "varne/feed/reader.h"
#include "varne/feed/report_reader.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  auto reader = *varne::make_reader("sarsat", "fuzz");
  auto again = *varne::make_reader("sarsat", "fuzz");
  std::vector<varne::Observation> out, other;
  varne::LineCutter cutter(4096);
  const auto take = [&](std::string_view line, std::uint64_t number, bool overlong) {
    if (overlong) return;
    const auto now = varne::time_from_millis(static_cast<std::int64_t>(number) * 1000);
    const auto done = reader->take(line, now, out);
    must(done.has_value() || !done.error().what.empty());
    auto next = *varne::make_reader("sarsat", "fuzz");
    must(next->restore(again->state()));
    again = std::move(next);
    (void)again->take(line, now, other);
  };
  cutter.take(bytes, take);
  cutter.finish(take);
  reader->finish(out);
  again->finish(other);
  must(out.size() == other.size());
  for (const auto& one : out) {
    const auto* report = varne::report_in(one);
    must(report != nullptr);
    const std::string json = varne::report_json(*report);
    const auto read = varne::parse_report(json);
    must(read && varne::report_json(*read) == json);
    must(!varne::place_of(*report) || varne::valid(*varne::place_of(*report)));
  }
  return 0;
}
