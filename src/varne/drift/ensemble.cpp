#include "varne/drift/ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "varne/core/philox.h"

namespace varne {
namespace {

std::uint64_t seed_of(std::uint64_t seed, int member) {
  Random random(seed, entity_of("member"), static_cast<std::uint32_t>(member));
  const std::uint64_t high = random.bits();
  return high << 32 | random.bits();
}

std::uint32_t adrift_in(const DriftSnapshot& snapshot) {
  return static_cast<std::uint32_t>(
      std::count(snapshot.states.begin(), snapshot.states.end(), ParticleState::adrift));
}

/// Shares of those adrift, of two clouds together.
void blend(std::vector<double>& all, double weight, const std::vector<double>& more, double more_weight) {
  if (more.empty()) return;
  if (all.empty()) all.resize(more.size());
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i] = (all[i] * weight + more[i] * more_weight) / (weight + more_weight);
}

void append(DriftSnapshot& all, const DriftSnapshot& more) {
  const double weight = adrift_in(all);
  const double more_weight = adrift_in(more);
  blend(all.current_from, weight, more.current_from, more_weight);
  blend(all.wind_from, weight, more.wind_from, more_weight);
  all.places.insert(all.places.end(), more.places.begin(), more.places.end());
  all.states.insert(all.states.end(), more.states.begin(), more.states.end());
}

/// Particles of the same kind and moment are one departure.
void append(std::vector<Departure>& all, const std::vector<Departure>& more) {
  for (const Departure& d : more) {
    const auto same = std::find_if(all.begin(), all.end(), [&](const Departure& known) {
      return known.time == d.time && known.missing == d.missing && known.forcing_ended == d.forcing_ended;
    });
    if (same == all.end())
      all.push_back(d);
    else
      same->particles += d.particles;
  }
}

}  // namespace

Result<DriftRun> drift_ensemble(const std::vector<int>& members, const DriftOptions& options,
                                const MemberRun& one) {
  const std::size_t n = members.size();
  if (n == 0) return fail("--member", "the forcing is no ensemble; leave out --member all");
  if (n > std::numeric_limits<std::uint16_t>::max()) return fail("--member", "these are too many members");
  if (options.particles < n)
    return fail("--particles", fmt::format("{} are fewer than the {} members; give at least one a member",
                                           options.particles, n));
  DriftRun all;
  for (std::size_t k = 0; k < n; ++k) {
    DriftOptions own = options;
    own.particles = static_cast<std::uint32_t>(options.particles / n + (k < options.particles % n ? 1 : 0));
    own.seed = seed_of(options.seed, members[k]);
    auto run = one(members[k], own);
    if (!run) return fail(run.error().where, fmt::format("member {}: {}", members[k], run.error().what));
    all.member_of.insert(all.member_of.end(), own.particles, static_cast<std::uint16_t>(k));
    if (k == 0) {
      run->member_of = std::move(all.member_of);
      all = std::move(*run);
      continue;
    }
    for (std::size_t i = 0; i < all.snapshots.size(); ++i) {
      const double weight = adrift_in(all.snapshots[i]);
      const double more = adrift_in(run->snapshots[i]);
      if (more > 0)
        all.current_extended[i] =
            (all.current_extended[i] * weight + run->current_extended[i] * more) / (weight + more);
      append(all.snapshots[i], run->snapshots[i]);
    }
    append(all.departures, run->departures);
    all.scenario_of.insert(all.scenario_of.end(), run->scenario_of.begin(), run->scenario_of.end());
    all.start_ashore += run->start_ashore;
    for (const auto& note : run->sea_notes) {
      if (std::find(all.sea_notes.begin(), all.sea_notes.end(), note) == all.sea_notes.end())
        all.sea_notes.push_back(note);
    }
  }
  all.options = options;
  all.members_drawn = members;
  std::stable_sort(all.departures.begin(), all.departures.end(),
                   [](const Departure& a, const Departure& b) { return a.time < b.time; });
  return all;
}

std::string members_in_words(const DriftRun& run) {
  const auto& m = run.members_drawn;
  if (m.empty()) return "";
  const bool row = m.size() > 2 && m.back() - m.front() + 1 == static_cast<int>(m.size()) &&
                   std::is_sorted(m.begin(), m.end());
  return row ? fmt::format("{} to {} ({} members)", m.front(), m.back(), m.size())
             : fmt::format("{}", fmt::join(m, ", "));
}

}  // namespace varne
