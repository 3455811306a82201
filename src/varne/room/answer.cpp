#include "varne/room/answer.h"

#include <fmt/format.h>

#include <algorithm>

namespace varne {

ForecastAnswer answer(const ForecastRequest& request, const World& world) {
  ForecastAnswer out{.request = request.id, .inputs = request.inputs, .run = nullptr, .refusal = ""};
  const auto leeway = std::find_if(world.leeway.begin(), world.leeway.end(),
                                   [&](const LeewayClass& known) { return known.key == request.leeway_key; });
  if (leeway == world.leeway.end()) {
    out.refusal = fmt::format("no leeway class is called {}", request.leeway_key);
    return out;
  }
  auto run = drift(world.sea, *leeway, request.release, request.options);
  if (run) {
    out.run = std::make_shared<const DriftRun>(std::move(*run));
  } else {
    out.refusal = run.error().text();
  }
  return out;
}

}  // namespace varne
