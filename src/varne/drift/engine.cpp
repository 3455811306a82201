/// The fast way to run a drift: windows of a few steps, for which the sea is taken over once, and blocks of
/// particles that go through a window's steps while they are in cache, on all cores.

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <numbers>
#include <utility>

#include "varne/drift/kernel.h"
#include "varne/drift/runs.h"

namespace varne {
namespace {

constexpr std::size_t longest_window = 12;  // steps
constexpr double radian = std::numbers::pi / 180;
constexpr double metres_per_degree = 110574;  // of latitude, the least
// Errors of current and wind hardly ever go beyond; whoever goes further than the window is stepped plainly.
constexpr double sigmas = 6;

using Departures = std::map<std::pair<Time, Missing>, std::uint32_t>;

class Engine {
 public:
  Engine(const Sea& sea, RunStart&& begun, const DriftOptions& options)
      : sea_(sea),
        options_(options),
        sign_(options.length < Duration::zero() ? -1 : 1),
        start_(sign_ > 0 ? begun.release.from : begun.release.to),
        end_((sign_ > 0 ? begun.release.to : begun.release.from) + options.length),
        now_(start_),
        last_release_(sign_ > 0 ? begun.release.to : begun.release.from),
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
    start_on_land(sea, begun.release, options, particles_);
    for (std::size_t i = 0; i < options.particles; ++i) {
      const auto larger = [](double& most, float a, float b, float c) {
        const auto across = static_cast<double>(std::max(std::abs(b), std::abs(c)));
        most = std::max(most, static_cast<double>(a) * static_cast<double>(a) + across * across);
      };
      larger(most_slope_, particles_.down_slope[i], particles_.side_slope[i], particles_.other_slope[i]);
      larger(most_offset_, particles_.down_offset[i], particles_.side_offset[i], particles_.other_offset[i]);
    }
    most_slope_ = std::sqrt(most_slope_);
    most_offset_ = std::sqrt(most_offset_);
  }

  RunEnd go(const KeepSnapshot& keep, const std::function<void(Time, double)>& progress) {
    keep_now(keep);
    while (now_ != end_) {
      if (progress) progress(now_, seconds(now_ - start_) / seconds(end_ - start_));
      window();
      if (kept(options_, start_, now_, end_)) keep_now(keep);
    }
    RunEnd out;
    for (const auto& [key, count] : departures_) out.departures.push_back({key.first, key.second, count});
    return out;
  }

 private:
  /// The particles that may still move, in one stretch of longitude.
  [[nodiscard]] std::optional<Box> adrift() const {
    std::optional<Box> box;
    for (std::size_t i = 0; i < options_.particles; ++i) {
      if (particles_.state[i] != ParticleState::adrift) continue;
      const double lon = particles_.lon[i];
      const double lat = particles_.lat[i];
      if (!box) box = Box{lon, lat, lon, lat};
      box = {std::min(box->west, lon), std::min(box->south, lat), std::max(box->east, lon),
             std::max(box->north, lat)};
    }
    return box;
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
    current_mps += sigmas * std::numbers::sqrt2 * options_.current_noise_mps;
    wind_mps += sigmas * std::numbers::sqrt2 * options_.wind_noise_mps;
    out.fastest_mps = current_mps + most_slope_ * wind_mps + most_offset_;
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
      plain_ = (last_release_ - now_) * sign_ > Duration::zero() ||
               std::max(std::abs(box->south), std::abs(box->north)) > steepest_latitude - 5;
      const double length_s = std::abs(seconds(ends.back() - now_));
      double reach = 1.5 * length_s;  // at a speed that is enough nearly always
      Forcing sea = forcing(moments, widened(*box, reach));
      for (int again = 0; again < 4 && sea.fastest_mps * length_s > reach; ++again) {
        reach = sea.fastest_mps * length_s * 1.05;
        sea = forcing(moments, widened(*box, reach));
      }
      drift_blocks(ends, sea);
    }
    first_step_ += static_cast<std::uint32_t>(ends.size());
    now_ = ends.back();
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
    if (k == 0 || plain_) gather(block, number, from, to, departed);
    if (!block.any) return;
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
    step_block(step, particles_, block);
    for (std::size_t i = 0; i < block.landings; ++i) land(block, block.landing[i]);
    for (std::size_t i = 0; i < block.departures; ++i) {
      const std::size_t at = block.departed[i];
      particles_.state[at] = ParticleState::left;
      block.moving[at - block.first] = 0;
      const bool current = sea_.current(particles_.place(at), from).has_value();
      ++departed[{from, current ? Missing::wind : Missing::current}];
    }
  }

  /// Who takes part in a step. Those that are released on the way, and those too near a pole for the kernel,
  /// make theirs here and now.
  void gather(KernelBlock& block, std::uint32_t number, Time from, Time to, Departures& departed) {
    block.any = false;
    for (std::size_t i = 0; i < block_size; ++i) {
      const std::size_t at = block.first + i;
      const bool moves = i < block.count && particles_.state[at] == ParticleState::adrift;
      const Time released =
          moves && plain_ && !particles_.released.empty() ? particles_.released[at] : start_;
      const bool whole = moves && (released - from) * sign_ <= Duration::zero() &&
                         std::abs(particles_.lat[at]) <= steepest_latitude;
      block.moving[i] = whole ? 1 : 0;
      block.any = block.any || whole;
      if (!moves || whole || (released - to) * sign_ >= Duration::zero()) continue;
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
    if (const auto box = adrift()) {
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
  std::uint32_t first_step_ = 1;
  Particles particles_;
  std::size_t blocks_;
  std::vector<Coast::Raster> coasts_;
  bool land_everywhere_ = false;
  double most_slope_ = 0;
  double most_offset_ = 0;
  Departures departures_;
};

}  // namespace

RunEnd run_fast(const Sea& sea, RunStart start, const DriftOptions& options, const KeepSnapshot& keep,
                const std::function<void(Time, double)>& progress) {
  return Engine(sea, std::move(start), options).go(keep, progress);
}

}  // namespace varne
