/// Any lines as radar plots.
#include "varne/feed/plots.h"

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "varne/core/json.h"
#include "varne/core/lines.h"
#include "varne/feed/observation_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  varne::PlotReader reader;
  varne::LineCutter cutter(4096);
  const auto take = [&](std::string_view line, std::uint64_t, bool overlong) {
    if (overlong) return;
    const auto got = reader.take(line);
    if (!got || !*got) return;
    const auto& plot = std::get<varne::RadarPlot>((*got)->what);
    const auto json = varne::observation_json(**got);
    const auto parsed = varne::parse_json(json);
    if (!varne::valid(plot.place) || !(plot.sigma_m > 0) || !parsed || varne::canonical(*parsed) != json)
      std::abort();
  };
  cutter.take({reinterpret_cast<const char*>(data), size}, take);
  cutter.finish(take);
  return 0;
}
