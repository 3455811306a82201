/// Any lines as COSPAS-SARSAT alerts. What comes of them is a report that the record can hold, and a reader
/// that starts again from its bytes goes on alike.
#include <string>

#include "read_twice.h"
#include "varne/feed/report_reader.h"

using namespace varne;
using namespace varne::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const auto& one : read_twice("sarsat", {reinterpret_cast<const char*>(data), size})) {
    const auto* report = report_in(one);
    must(report != nullptr);
    const std::string json = report_json(*report);
    const auto read = parse_report(json);
    must(read && report_json(*read) == json);
    must(!place_of(*report) || valid(*place_of(*report)));
  }
  return 0;
}
