/// Any bytes as a feed of CISE messages: what comes of them is a place on the globe, and a reader that starts
/// again from its bytes goes on alike.
#include <nlohmann/json.hpp>

#include "read_twice.h"
#include "varne/core/json.h"
#include "varne/feed/observation_json.h"

using namespace varne;
using namespace varne::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const auto& one : read_twice("cise", {reinterpret_cast<const char*>(data), size})) {
    if (const auto* p = std::get_if<AisPosition>(&one.what)) must(p->place && valid(*p->place));
    const auto json = observation_json(one);
    const auto parsed = parse_json(json);
    must(parsed && canonical(*parsed) == json);
  }
  return 0;
}
