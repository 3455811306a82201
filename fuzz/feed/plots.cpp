/// Any lines as radar plots, gathered into scans.
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

void check(const varne::Observation& o) {
  const auto& scan = std::get<varne::RadarScan>(o.what);
  must(!scan.plots.empty() && scan.from <= scan.to && o.time == scan.to && !scan.radar.empty());
  std::size_t rows = 1;
  for (const char c : o.raw.view()) rows += c == '\n' ? 1 : 0;
  must(rows == scan.plots.size());
  for (const auto& plot : scan.plots) {
    must(varne::valid(plot.place) && plot.sigma_m > 0);
    must(scan.from <= plot.time && plot.time <= scan.to);
  }
  const auto json = varne::observation_json(o);
  const auto parsed = varne::parse_json(json);
  must(parsed && varne::canonical(*parsed) == json);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto reader = *varne::make_reader("plots", "radar");
  varne::LineCutter cutter(4096);
  std::vector<varne::Observation> out;
  std::int64_t now = 0;
  const auto take = [&](std::string_view line, std::uint64_t, bool overlong) {
    // A line every 0 to 3 s, by what is in it.
    now += static_cast<std::int64_t>(line.size() % 4) * 1000;
    if (!overlong) (void)reader->take(line, varne::time_from_millis(now), out);
  };
  cutter.take({reinterpret_cast<const char*>(data), size}, take);
  cutter.finish(take);
  reader->finish(out);
  for (const auto& o : out) check(o);
  return 0;
}
