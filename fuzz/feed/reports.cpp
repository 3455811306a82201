/// Any text as a report: refused, or good for a round trip.
#include <cstdlib>
#include <string>

#include "varne/feed/report_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto report = varne::parse_report({reinterpret_cast<const char*>(data), size});
  if (!report) {
    if (report.error().what.empty()) std::abort();
    return 0;
  }
  if (const auto place = varne::place_of(*report); place && !varne::valid(*place)) std::abort();
  const auto json = varne::report_json(*report);
  const auto again = varne::parse_report(json);
  if (!again || varne::report_json(*again) != json) std::abort();
  return 0;
}
