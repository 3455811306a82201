#include "varne/desk/answer_bytes.h"

#include <fmt/format.h>

#include "varne/core/fields_bytes.h"
#include "varne/core/text.h"

namespace varne {
namespace {

constexpr std::uint32_t format = 1;

/// Everything of a run in the order of format 1. A member that is added to a run comes behind these, with a
/// format of its own; these stay.
template <class Bytes, class Run>
void go_through(Bytes& bytes, Run& run) {
  auto& o = run.options;
  bytes(run.leeway_key, run.release.place, run.release.sigma_m, run.release.from, run.release.to);
  bytes(o.particles, o.seed, o.length, o.step, o.keep_every, o.jibe_per_hour, o.current_noise_mps,
        o.wind_noise_mps, o.stop_on_land, o.mirror_crosswind);
  bytes(run.sources);
}

}  // namespace

std::string answer_bytes(const ForecastAnswer& answer) {
  BytesOut out;
  out(format, answer.inputs, answer.refusal, answer.run != nullptr);
  if (answer.run) {
    go_through(out, *answer.run);
    out(static_cast<std::uint64_t>(answer.run->snapshots.size()));
    for (const auto& snapshot : answer.run->snapshots) out(snapshot.time, snapshot.places, snapshot.states);
  }
  return answer.request + '\n' + out.take();
}

Result<JournaledAnswer> answer_from(std::string_view bytes) {
  const auto line = bytes.find('\n');
  JournaledAnswer out;
  out.answer.request = std::string(bytes.substr(0, line));
  if (line == std::string_view::npos) return out;
  BytesIn in(bytes.substr(line + 1));
  std::uint32_t kept_as = 0;
  if (in(kept_as) && kept_as != format)
    return fail("", fmt::format("the answer to {} is kept in format {}; this version of Varne reads {}",
                                shown(out.answer.request), kept_as, format));
  bool made = false;
  in(out.answer.inputs, out.answer.refusal, made);
  if (made) {
    auto run = std::make_shared<DriftRun>();
    go_through(in, *run);
    std::uint64_t snapshots = 0;
    in(snapshots);
    for (; snapshots > 0 && in.ok(); --snapshots) {
      auto& snapshot = run->snapshots.emplace_back();
      in(snapshot.time, snapshot.places, snapshot.states);
    }
    out.answer.run = std::move(run);
  }
  if (!in.at_end()) return fail("", fmt::format("the answer to {} is damaged", shown(out.answer.request)));
  out.known = true;
  return out;
}

}  // namespace varne
