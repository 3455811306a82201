#include "varne/drift/notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "varne/drift/learning.h"

namespace varne {
namespace {

constexpr double fewest_for_areas = 100;

const char* name_of(SeaPart part) {
  return part == SeaPart::current ? "current" : "wind";
}

const std::vector<double>& shares(const DriftSnapshot& snapshot, SeaPart part) {
  return part == SeaPart::current ? snapshot.current_from : snapshot.wind_from;
}

/// "tide.nc (100 %)", or with nobody.
std::string who(const DriftRun& run, const std::vector<double>& from) {
  std::string out;
  double all = 0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    all += from[i];
    if (from[i] > 0)
      out += fmt::format("{}{} ({:.0f} %)", out.empty() ? "" : ", ", run.sources[i], 100 * from[i]);
  }
  if (all < 0.9995) out += fmt::format("{}nobody ({:.0f} %)", out.empty() ? "" : ", ", 100 * (1 - all));
  return out;
}

/// A source that begins to answer, or stops, along the run.
void add_changes(const DriftRun& run, SeaPart part, std::vector<std::string>& out) {
  const std::vector<double>* before = nullptr;
  for (const auto& snapshot : run.snapshots) {
    const auto& now = shares(snapshot, part);
    if (now.empty()) continue;
    const auto answers = [](double share) { return share > 0; };
    const auto differs = [&](double a, double b) { return answers(a) != answers(b); };
    if (before != nullptr && !std::equal(now.begin(), now.end(), before->begin(), std::not_fn(differs)))
      out.push_back(fmt::format("at {} the {} comes from {}; before that from {}", iso(snapshot.time),
                                name_of(part), who(run, now), who(run, *before)));
    before = &now;
  }
}

/// The most, once.
void add_extended(const DriftRun& run, std::vector<std::string>& out) {
  const auto most = std::max_element(run.current_extended.begin(), run.current_extended.end());
  if (most == run.current_extended.end() || *most == 0) return;
  out.push_back(fmt::format(
      "between the model's last sea cells and the coast the current is that of the nearest cells: of up to "
      "{:.3g} % of the particles, most at {}",
      100 * *most, iso(run.snapshots[static_cast<std::size_t>(most - run.current_extended.begin())].time)));
}

/// Departures of a kind are told together, with the first moment.
void add_departures(const DriftRun& run, std::vector<std::string>& out) {
  struct All {
    Time first;
    std::uint32_t particles = 0;
  };
  std::map<std::pair<SeaPart, std::optional<Time>>, All> kinds;
  for (const Departure& d : run.departures) {
    auto [all, fresh] = kinds.try_emplace({d.missing, d.forcing_ended}, All{d.time, 0});
    all->second.particles += d.particles;
  }
  for (const auto& [kind, all] : kinds) {
    const auto& [missing, ended] = kind;
    out.push_back(
        ended ? fmt::format("the forcing of the {} {} {}: {} of {} particles have left there, and the rest "
                            "of the run says nothing of them",
                            name_of(missing),
                            run.options.length < Duration::zero() ? "begins only on" : "ended on",
                            iso(*ended), all.particles, run.options.particles)
              : fmt::format("{} of {} particles have left for where no {} is known, the first at {}; means "
                            "and areas are of the others",
                            all.particles, run.options.particles, name_of(missing), iso(all.first)));
  }
}

std::string distance(double metres) {
  return metres < 1000 ? fmt::format("{:.0f} m", metres) : fmt::format("{:.1f} km", metres / 1000);
}

}  // namespace

std::vector<std::string> notes(const DriftRun& run) {
  std::vector<std::string> out;
  if (run.moved_to_sea_m > 0)
    out.push_back(fmt::format("the start was on land; it was moved {} to the nearest sea, {}",
                              distance(run.moved_to_sea_m), spoken(run.release.place)));
  if (run.start_ashore > 0)
    out.push_back(fmt::format(
        "{} of {} particles start on land and stay there{}", run.start_ashore, run.options.particles,
        run.nearest_sea_m ? fmt::format("; the nearest sea to the start is {} away (--to-sea starts there)",
                                        distance(*run.nearest_sea_m))
                          : ""));
  for (auto& change : source_changes(run)) out.push_back(std::move(change));
  add_extended(run, out);
  add_departures(run, out);
  if (run.options.length < Duration::zero())
    out.push_back(
        "a run back says where something of this class may have come from if every place was as likely "
        "before; it is not a run ahead turned round: what had come ashore, capsized or was lost from the "
        "known sea on the way is not in it. To weigh a place of origin, run ahead from it and give what was "
        "found with --sighted or --debris");
  if (!run.weights.empty() && effective_sample_size(run.weights) < fewest_for_areas)
    out.push_back(
        fmt::format("what was learned leaves as much as {:.0f} particles of {}; the areas are drawn "
                    "from too few: run again with more --particles",
                    effective_sample_size(run.weights), run.options.particles));
  // Euler's error grows with the step; a tide turns through a radian in two hours.
  const Duration longest =
      run.options.scheme == DriftScheme::euler ? std::chrono::minutes(30) : std::chrono::minutes(90);
  if (run.options.step > longest)
    out.push_back(fmt::format("a step of {:g} min is too long to follow a tide; {:g} or less do",
                              seconds(run.options.step) / 60, seconds(longest) / 60));
  return out;
}

std::vector<std::string> source_changes(const DriftRun& run) {
  std::vector<std::string> out;
  add_changes(run, SeaPart::current, out);
  add_changes(run, SeaPart::wind, out);
  return out;
}

std::map<std::string, double> shares_by_name(const DriftRun& run, const std::vector<double>& from) {
  std::map<std::string, double> out;
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (from[i] > 0) out[run.sources[i]] += from[i];
  }
  return out;
}

std::string errors_in_words(const DriftOptions& options) {
  const auto one = [](const char* what, double sigma, Duration lasts) {
    return sigma == 0 ? fmt::format("{} none", what)
           : lasts > Duration::zero()
               ? fmt::format("{} σ {:.3g} m/s on each axis for {:.3g} h", what, sigma, seconds(lasts) / 3600)
               : fmt::format("{} σ {:.3g} m/s on each axis, drawn every step", what, sigma);
  };
  DriftOptions usual;
  add_usual_errors(usual);
  const bool is_usual = options.current_noise_mps == usual.current_noise_mps &&
                        options.current_noise_lasts == usual.current_noise_lasts;
  std::string out =
      fmt::format("{}, {}{}", one("current", options.current_noise_mps, options.current_noise_lasts),
                  one("wind", options.wind_noise_mps, options.wind_noise_lasts),
                  is_usual ? " (the growth of error of 248 drifters in the Gulf of St Lawrence)" : "");
  if (options.shared_error > 0)
    out += fmt::format(", {:.0f} % of their variance shared by neighbours over {:g} km",
                       100 * options.shared_error, options.shared_length_m / 1000);
  out += options.leeway_lasts > Duration::zero()
             ? fmt::format("; leeway drawn afresh over {:.3g} h", seconds(options.leeway_lasts) / 3600)
             : "; leeway drawn once for life (Allen and Plourde 1999)";
  const Capsizing& c = options.capsizing;
  if (c.possible)
    out += fmt::format(
        "; capsizing about {:g} m/s (σ {:g}), leeway then {:g} of it (OpenDrift's numbers "
        "are 30, 5 and 0.4)",
        c.wind_mps, c.sigma_mps, c.leeway);
  if (options.refloat) out += "; the next tide as high lifts what came ashore";
  return out;
}

std::string learned_in_words(const DriftRun& run) {
  std::string out;
  for (const auto& sentence : run.evidence) out += (out.empty() ? " Learned from " : "; ") + sentence;
  return out.empty() ? out : out + ".";
}

std::string told_of(const DriftRun& run) {
  std::string out = "Errors: " + errors_in_words(run.options) + "." + learned_in_words(run);
  for (const auto& note : notes(run)) out += " Note: " + note + ".";
  return out;
}

std::vector<std::string> answering(const DriftRun& run) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < run.sources.size(); ++i) {
    const auto answers = [&](const std::vector<double>& from) { return i < from.size() && from[i] > 0; };
    if (std::any_of(run.snapshots.begin(), run.snapshots.end(),
                    [&](const DriftSnapshot& s) { return answers(s.current_from) || answers(s.wind_from); }))
      out.push_back(run.sources[i]);
  }
  return out;
}

std::string scenarios_in_words(const DriftRun& run) {
  std::string out;
  for (std::size_t k = 0; k < run.scenarios.size(); ++k) {
    const auto n = std::count(run.scenario_of.begin(), run.scenario_of.end(), static_cast<std::uint8_t>(k));
    out += fmt::format("{}{} {:.0f} %", out.empty() ? "" : ", ", run.scenarios[k],
                       100.0 * static_cast<double>(n) / static_cast<double>(run.scenario_of.size()));
  }
  return out;
}

bool forcing_ended(const DriftRun& run) {
  return std::any_of(run.departures.begin(), run.departures.end(),
                     [](const Departure& d) { return d.forcing_ended.has_value(); });
}

std::string start_in_words(const DriftRun& run) {
  if (!run.scenarios.empty()) return "mean start";
  return run.options.length < Duration::zero() ? "found" : "last known";
}

}  // namespace varne
