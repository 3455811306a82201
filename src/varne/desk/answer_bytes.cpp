#include "varne/desk/answer_bytes.h"

#include <fmt/format.h>

#include "varne/core/fields_bytes.h"
#include "varne/core/text.h"

namespace varne {
namespace {

/// Raised with every change of what a DriftRun is made of (its `members()`), with a reader of the
/// format before.
constexpr std::uint32_t format = 2;

/// A run as format 1 had it: with fewer options, and without weights, members and what the sea's readers
/// note.
void read_format_1(BytesIn& in, DriftRun& r) {
  DriftOptions& o = r.options;
  in(r.leeway_key, r.release);
  in(o.particles, o.seed, o.length, o.step, o.keep_every, o.jibe_per_hour, o.current_noise_mps,
     o.wind_noise_mps, o.current_noise_lasts, o.wind_noise_lasts, o.scheme, o.to_sea, o.stop_on_land,
     o.opendrift);
  in(r.sources, r.snapshots, r.scenarios, r.scenario_of, r.start_ashore, r.moved_to_sea_m, r.nearest_sea_m,
     r.departures);
}

}  // namespace

std::string answer_bytes(const ForecastAnswer& answer) {
  BytesOut out;
  out(format, answer.inputs, answer.refusal, answer.run != nullptr);
  if (answer.run) out(*answer.run);
  return answer.request + '\n' + out.take();
}

Result<JournaledAnswer> answer_from(std::string_view bytes) {
  const auto line = bytes.find('\n');
  JournaledAnswer out;
  out.answer.request = std::string(bytes.substr(0, line));
  if (line == std::string_view::npos) return out;
  BytesIn in(bytes.substr(line + 1));
  std::uint32_t kept_as = 0;
  if (in(kept_as) && kept_as != format && kept_as != 1)
    return fail("", fmt::format("the answer to {} is kept in format {}; this version of Varne reads 1 to {}",
                                shown(out.answer.request), kept_as, format));
  bool made = false;
  in(out.answer.inputs, out.answer.refusal, made);
  if (made) {
    auto run = std::make_shared<DriftRun>();
    if (kept_as == 1)
      read_format_1(in, *run);
    else
      in(*run);
    out.answer.run = std::move(run);
  }
  if (!in.at_end()) return fail("", fmt::format("the answer to {} is damaged", shown(out.answer.request)));
  out.known = true;
  return out;
}

}  // namespace varne
