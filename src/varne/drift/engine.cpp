/// The fast way to run a drift: windows of a few steps, for which the sea is taken over once, and blocks of
/// particles that go through a window's steps while they are in cache, on all cores.

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <numbers>
#include <utility>

#include "varne/drift/bounds.h"
#include "varne/drift/kernel.h"
#include "varne/drift/runs.h"
#include "varne/drift/shared_error.h"

namespace varne {
namespace {

constexpr std::size_t longest_window = 12;  // steps
constexpr double radian = std::numbers::pi / 180;
constexpr double metres_per_degree = 110574;  // of latitude, the least

using Departures = std::map<std::pair<Time, Missing>, std::uint32_t>;

class Engine {
 public:
  Engine(const Sea& sea, RunStart&& begun, const DriftOptions& options)
      : sea_(sea),
        options_(options),
        sign_(options.length < Duration::zero() ? -1 : 1),
        start_(sign_ > 0 ? begun.release.from : begun.release.to),
        end_((sign_ > 0 ? begun.release.to : begun.release.from) + options.length),
        now_(begun.now.value_or(start_)),
        last_release_(sign_ > 0 ? begun.release.to : begun.release.from),
        first_step_(begun.next_step),
        goes_on_(begun.now.has_value()),
        release_(begun.release),
        particles_(std::move(begun.particles)),
        blocks_((options.particles + block_size - 1) / block_size) {
    for (const auto& source : sea.sources()) {
      if (!options.stop_on_land) break;
      if (const auto* coast = dynamic_cast<const Coast*>(source.get())) {
        coasts_.push_back(coast->raster());
      } else if (source->knows_land()) {
        land_everywhere_ = true;
      }
    }
    if (!goes_on_) start_on_land(sea, release_, options, particles_);
    if (options.shared_error > 0) catch_up_shared();
    // A run that goes on asks about the same areas as one that never stopped: to the last bit.
    if (goes_on_)
      most_ = {begun.most_slope, begun.most_offset};
    else
      most_ = most_leeway(particles_, options_.particles);
  }

  RunEnd go(const KeepSnapshot& keep, const std::function<void(Time, double)>& progress, Time until) {
    if (!goes_on_) keep_now(keep);
    while (now_ != until) {
      if (progress) progress(now_, seconds(now_ - start_) / seconds(end_ - start_));
      window();
      if (kept(options_, start_, now_, end_)) keep_now(keep);
    }
    RunEnd out;
    for (const auto& [key, count] : departures_) out.departures.push_back({key.first, key.second, count});
    out.next = {release_, std::move(particles_), now_, first_step_, most_.slope, most_.offset};
    return out;
  }

  [[nodiscard]] Time end() const { return end_; }

 private:
  /// Brings the shared errors to where a run that goes on had them: every step's length is known.
  void catch_up_shared() {
    shared_.assign(1, SharedErrors(options_, release_.place));
    Time at = start_;
    for (std::uint32_t step = 1; step < first_step_; ++step) {
      const Time to = step_end(options_, start_, at, end_);
      shared_[0].draw_on(step, seconds(to - at));
      at = to;
    }
  }

  [[nodiscard]] std::optional<Box> adrift() const {
    return where_adrift(particles_, options_.particles, options_.refloat);
  }

  static Box widened(Box box, double metres) {
    const double north = metres / metres_per_degree;
    const double edge = std::min(std::max(std::abs(box.south), std::abs(box.north)) + north, 89.0);
    const double east = std::min(north / std::cos(edge * radian), 360.0);
    return {box.west - east, std::max(box.south - north, -90.0), box.east + east,
            std::min(box.north + north, 90.0)};
  }

  /// The sea over the window's times: at every step's beginning, and for RK2 and RK4 at its middle and end.
  struct Forcing {
    std::vector<std::unique_ptr<const SeaMoment>> current;
    std::vector<std::unique_ptr<const SeaMoment>> wind;
    double fastest_mps = 0;
  };

  [[nodiscard]] Forcing forcing(const std::vector<Time>& moments, const Box& area) const {
    Forcing out;
    out.current.resize(moments.size());
    out.wind.resize(moments.size());
    tbb::parallel_for(std::size_t{0}, 2 * moments.size(), [&](std::size_t i) {
      const bool current = i < moments.size();
      auto& into = current ? out.current[i] : out.wind[i - moments.size()];
      into = std::make_unique<const SeaMoment>(sea_, current ? SeaPart::current : SeaPart::wind,
                                               moments[i % moments.size()], area);
    });
    double current_mps = 0;
    double wind_mps = 0;
    for (const auto& moment : out.current) current_mps = std::max(current_mps, moment->fastest_mps());
    for (const auto& moment : out.wind) wind_mps = std::max(wind_mps, moment->fastest_mps());
    // The larger of two components may be √2 smaller than their error together.
    current_mps += most_sigmas * std::numbers::sqrt2 * options_.current_noise_mps;
    wind_mps += most_sigmas * std::numbers::sqrt2 * options_.wind_noise_mps;
    out.fastest_mps = current_mps + most_.slope * wind_mps + most_.offset;
    return out;
  }

  void window() {
    std::vector<Time> ends;
    Time at = now_;
    do {
      at = step_end(options_, start_, at, end_);
      ends.push_back(at);
    } while (!kept(options_, start_, at, end_) && ends.size() < longest_window);
    if (const auto box = adrift()) {
      std::vector<Time> moments;
      Time from = now_;
      for (const Time to : ends) {
        moments.push_back(from);
        if (options_.scheme != DriftScheme::euler) moments.push_back(from + (to - from) / 2);
        from = to;
      }
      if (options_.scheme == DriftScheme::rk4) moments.push_back(from);
      // Only then must every step ask every particle who moves how.
      plain_ = (last_release_ - now_) * sign_ > Duration::zero() || options_.refloat ||
               std::max(std::abs(box->south), std::abs(box->north)) > steepest_latitude - 5;
      const double length_s = std::abs(seconds(ends.back() - now_));
      double reach = 1.5 * length_s;  // at a speed that is enough nearly always
      Forcing sea = forcing(moments, widened(*box, reach));
      for (int again = 0; again < 4 && sea.fastest_mps * length_s > reach; ++again) {
        reach = sea.fastest_mps * length_s * 1.05;
        sea = forcing(moments, widened(*box, reach));
      }
      share_over(ends);
      drift_blocks(ends, sea);
    } else {
      share_over(ends);
    }
    if (!shared_.empty()) shared_.erase(shared_.begin(), shared_.end() - 1);
    first_step_ += static_cast<std::uint32_t>(ends.size());
    now_ = ends.back();
  }

  /// The shared errors at every step's beginning, and at the window's end.
  void share_over(const std::vector<Time>& ends) {
    if (shared_.empty()) return;
    Time from = now_;
    for (std::size_t k = 0; k < ends.size(); ++k) {
      shared_.push_back(shared_.back());
      shared_.back().draw_on(first_step_ + static_cast<std::uint32_t>(k), seconds(ends[k] - from));
      from = ends[k];
    }
  }

  void drift_blocks(const std::vector<Time>& ends, const Forcing& sea) {
    std::vector<Departures> departed(blocks_);
    tbb::parallel_for(std::size_t{0}, blocks_, [&](std::size_t b) {
      // A block of its own for every thread: too large for the stack of some.
      thread_local const auto block = std::make_unique<KernelBlock>();
      block->first = b * block_size;
      block->count = std::min(block_size, options_.particles - block->first);
      block->jibes_of = ~0U;
      Time from = now_;
      for (std::size_t k = 0; k < ends.size(); ++k) {
        step_of_block(*block, from, ends[k], k, sea, departed[b]);
        from = ends[k];
      }
    });
    for (const auto& some : departed) {
      for (const auto& [key, count] : some) departures_[key] += count;
    }
  }

  void step_of_block(KernelBlock& block, Time from, Time to, std::size_t k, const Forcing& sea,
                     Departures& departed) {
    const auto number = first_step_ + static_cast<std::uint32_t>(k);
    if (k == 0 || plain_) gather(block, number, k, from, to, departed);
    if (!block.any) return;
    const auto each_that_moves = [&](auto&& what) {
      for (std::size_t i = 0; i < block.count; ++i) {
        if (block.moving[i] != 0) what(static_cast<std::uint32_t>(block.first + i));
      }
    };
    if (!shared_.empty()) each_that_moves([&](auto i) { share_errors(&shared_[k], particles_, i); });
    KernelStep step;
    const std::size_t stages = options_.scheme == DriftScheme::euler ? 1 : 2;
    for (std::size_t s = 0; s < 3; ++s) {
      const std::size_t moment = std::min(stages * k + s, sea.current.size() - 1);
      step.current[s] = sea.current[moment].get();
      step.wind[s] = sea.wind[moment].get();
    }
    step.dt_s = seconds(to - from);
    step.number = number;
    step.chances = step_chances(options_, step.dt_s);
    step.scheme = options_.scheme;
    step.seed = options_.seed;
    step.opendrift = options_.opendrift;
    step.land_everywhere = land_everywhere_;
    step.coasts = coasts_.data();
    step.coast_count = coasts_.size();
    const std::vector<double> winds =
        particles_.capsized.empty() ? std::vector<double>() : wind_speeds(*step.wind[0], block);
    step_block(step, particles_, block);
    for (std::size_t i = 0; i < block.landings; ++i) land(block, block.landing[i]);
    for (std::size_t i = 0; i < block.departures; ++i) {
      const std::size_t at = block.departed[i];
      particles_.state[at] = ParticleState::left;
      block.moving[at - block.first] = 0;
      const bool current = sea_.current(particles_.place(at), from).has_value();
      ++departed[{from, current ? Missing::wind : Missing::current}];
    }
    if (particles_.capsized.empty() && particles_.down_draw.empty()) return;
    each_that_moves([&](auto i) {
      change_object(options_, step.chances, particles_, i, number, step.dt_s,
                    winds.empty() ? 0 : winds[i - block.first]);
    });
  }

  /// What each of a block meets, errors included [m/s].
  [[nodiscard]] std::vector<double> wind_speeds(const SeaMoment& wind, const KernelBlock& block) const {
    std::vector<float> east(block.count);
    std::vector<float> north(block.count);
    std::vector<std::uint8_t> answered(block.count);
    wind.velocities({&particles_.lon[block.first], block.count}, {&particles_.lat[block.first], block.count},
                    east, north, answered);
    std::vector<double> out(block.count);
    for (std::size_t i = 0; i < block.count; ++i)
      out[i] = length(Vec{east[i], north[i]} + particles_.wind_error(block.first + i));
    return out;
  }

  /// Who takes part in a step. Those that are released on the way, and those too near a pole for the kernel,
  /// make theirs here and now.
  void gather(KernelBlock& block, std::uint32_t number, std::size_t k, Time from, Time to,
              Departures& departed) {
    block.any = false;
    for (std::size_t i = 0; i < block_size; ++i) {
      const std::size_t at = block.first + i;
      if (options_.refloat && i < block.count && particles_.state[at] == ParticleState::ashore)
        refloats(sea_, particles_, at, from);
      const bool moves = i < block.count && particles_.state[at] == ParticleState::adrift;
      const Time released =
          moves && plain_ && !particles_.released.empty() ? particles_.released[at] : start_;
      const bool whole = moves && (released - from) * sign_ <= Duration::zero() &&
                         std::abs(particles_.lat[at]) <= steepest_latitude;
      block.moving[i] = whole ? 1 : 0;
      block.any = block.any || whole;
      if (!moves || whole || (released - to) * sign_ >= Duration::zero()) continue;
      share_errors(shared_.empty() ? nullptr : &shared_[k], particles_, static_cast<std::uint32_t>(at));
      const Time own = (released - from) * sign_ > Duration::zero() ? released : from;
      if (const auto missing =
              step_one(sea_, options_, particles_, static_cast<std::uint32_t>(at), number, own, to))
        ++departed[{own, *missing}];
    }
  }

  void land(KernelBlock& block, const KernelBlock::Landing& landing) {
    const Place to{wrap180(landing.lon), landing.lat};
    const std::size_t i = landing.particle;
    if (sea_.land(to).value_or(false)) {
      block.moving[i - block.first] = 0;
      return strand(sea_, particles_, i, particles_.place(i), to);
    }
    particles_.lon[i] = landing.lon;
    particles_.lat[i] = landing.lat;
  }

  void keep_now(const KeepSnapshot& keep) {
    KeptMoment moment{now_, particles_, options_.particles, {}, {}};
    const bool any = std::find(particles_.state.begin(), particles_.state.end(), ParticleState::adrift) !=
                     particles_.state.end();
    if (const auto box = any ? adrift() : std::nullopt) {
      moment.current_from = shares(SeaPart::current, *box);
      moment.wind_from = shares(SeaPart::wind, *box);
    }
    keep(moment);
  }

  /// Which source answers for those adrift, to what share of them.
  [[nodiscard]] std::vector<double> shares(SeaPart part, const Box& box) const {
    const SeaMoment moment(sea_, part, now_, widened(box, 100));
    std::vector<double> out(sea_.sources().size(), 0);
    if (moment.sole()) {
      out[*moment.sole()] = 1;
      return out;
    }
    std::vector<float> east(block_size);
    std::vector<float> north(block_size);
    std::vector<std::uint8_t> answered(block_size);
    double adrift = 0;
    for (std::size_t at = 0; at < options_.particles; at += block_size) {
      const std::size_t n = std::min(block_size, options_.particles - at);
      moment.velocities({&particles_.lon[at], n}, {&particles_.lat[at], n}, {east.data(), n},
                        {north.data(), n}, {answered.data(), n});
      for (std::size_t i = 0; i < n; ++i) {
        if (particles_.state[at + i] != ParticleState::adrift) continue;
        ++adrift;
        if (answered[i] != SeaMoment::unanswered) ++out[answered[i]];
      }
    }
    for (double& share : out) share /= adrift;
    return out;
  }

  const Sea& sea_;
  const DriftOptions& options_;
  int sign_;
  Time start_;
  Time end_;
  Time now_;
  Time last_release_;
  bool plain_ = false;  // some particles of this window may need `step_one`
  std::uint32_t first_step_;
  bool goes_on_;
  Release release_;
  std::vector<SharedErrors> shared_;  // at this moment, and within a window at each of its steps
  Particles particles_;
  std::size_t blocks_;
  std::vector<Coast::Raster> coasts_;
  bool land_everywhere_ = false;
  LeewayBound most_;
  Departures departures_;
};

}  // namespace

RunEnd run_fast(const Sea& sea, RunStart start, const DriftOptions& options, const KeepSnapshot& keep,
                const std::function<void(Time, double)>& progress, std::optional<Time> until) {
  Engine engine(sea, std::move(start), options);
  return engine.go(keep, progress, until.value_or(engine.end()));
}

}  // namespace varne
