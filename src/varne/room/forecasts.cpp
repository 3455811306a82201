/// Where the lost may be: the room asks, the driver computes, the answer comes back as an event.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "varne/room/room.h"
#include "varne/room/words.h"

namespace varne {
namespace {

constexpr Duration ahead = std::chrono::hours(6);         // a forecast reaches so far beyond now
constexpr Duration renew_before = std::chrono::hours(1);  // its end
constexpr Duration throttle = std::chrono::minutes(30);   // between two that only a new place asks for
constexpr Duration oldest = std::chrono::hours(72);       // a place says nothing of where the lost are now
constexpr Duration step = std::chrono::minutes(10);
constexpr std::uint32_t particles = 400;
// An error radius is read as holding 95 % of a circular normal distribution: 2.45 σ.
constexpr double sigmas_of_error = 2.45;
constexpr double unsaid_error_m = 1000;  // a place given over the telephone without one
constexpr double least_sigma_m = 50;

/// Middle and spread of an ensemble.
struct Cloud {
  Place centre;
  double half_m = 0;         ///< radius about the centre that holds half
  double nine_in_ten_m = 0;  ///< and nine in ten
  double ashore = 0;         ///< share that has come ashore
};

Cloud cloud_of(const DriftSnapshot& snapshot) {
  Cloud cloud;
  const auto n = static_cast<double>(snapshot.places.size());
  if (snapshot.places.empty()) return cloud;
  for (const Place place : snapshot.places) {
    cloud.centre.lon += place.lon / n;
    cloud.centre.lat += place.lat / n;
  }
  const LocalPlane plane(cloud.centre);
  std::vector<double> away;
  away.reserve(snapshot.places.size());
  for (const Place place : snapshot.places) away.push_back(length(plane.to(place)));
  std::sort(away.begin(), away.end());
  const auto holding = [&](double share) { return away[static_cast<std::size_t>(std::ceil(share * n)) - 1]; };
  cloud.half_m = holding(0.5);
  cloud.nine_in_ten_m = holding(0.9);
  cloud.ashore =
      static_cast<double>(std::count(snapshot.states.begin(), snapshot.states.end(), ParticleState::ashore)) /
      n;
  return cloud;
}

Json body_of(const ForecastRequest& request) {
  return {{"request", request.id},
          {"incident", request.incident},
          {"leeway", request.leeway_key},
          {"at", words::at(request.release.place)},
          {"sigma_m", rounded(request.release.sigma_m, 1)},
          {"from", iso(request.release.from)},
          {"to", iso(request.release.to)},
          {"length_s", seconds(request.options.length)},
          {"step_s", seconds(request.options.step)},
          {"keep_every_s", seconds(request.options.keep_every)},
          {"particles", request.options.particles},
          {"seed", fmt::format("{}", request.options.seed)},
          {"jibe_per_hour", request.options.jibe_per_hour},
          {"current_noise_mps", request.options.current_noise_mps},
          {"wind_noise_mps", request.options.wind_noise_mps}};
}

/// Of everything that the answer depends on, to the last bit.
Hash inputs_of(const ForecastRequest& request, const Sea& sea) {
  Json all = body_of(request);
  all["at"] = {request.release.place.lon, request.release.place.lat};
  all["sigma_m"] = request.release.sigma_m;
  for (const auto& source : sea.sources()) all["sea"].push_back(source->name());
  return sha256(canonical(all));
}

}  // namespace

void Room::ask_forecasts() {
  for (auto& [id, incident] : incidents_) {
    if (forecast_due(incident)) ask_forecast(incident);
  }
}

bool Room::forecast_due(const Incident& incident) const {
  if (!incident.open || !incident.place || incident.phase == Phase::uncertainty) return false;
  if (!incident.same_as.empty()) return false;  // made once for the boat
  const bool first = incident.forecast_class.empty();
  const bool other_class = incident.forecast_class != leeway_class_of(incident);
  const bool other_place = incident.place_time > incident.forecast_place_time;
  const bool ends = now_ + renew_before >= incident.forecast_until;
  if (!first && !other_class && !ends && !(other_place && now_ - incident.forecast_asked >= throttle))
    return false;
  if (now_ - incident.place_time > oldest || !may_be_adrift(incident)) return false;
  return std::none_of(pending_.begin(), pending_.end(),
                      [&](const ForecastRequest& request) { return request.incident == incident.id; });
}

void Room::ask_forecast(Incident& incident) {
  ForecastRequest request;
  request.id = fmt::format("F{}", ++requests_);
  request.incident = incident.id;
  request.leeway_key = leeway_class_of(incident);
  const double error_m = incident.place_error_m > 0 ? incident.place_error_m : unsaid_error_m;
  request.release = {.place = *incident.place,
                     .sigma_m = std::max(least_sigma_m, error_m / sigmas_of_error),
                     .from = incident.place_time,
                     .to = incident.place_time};
  const Duration needed = std::max(now_ - incident.place_time, Duration{}) + ahead;
  request.options.particles = particles;
  request.options.seed = world_->seed + requests_;
  request.options.step = step;
  request.options.length = step * ((needed + step - Duration(1)) / step);
  request.options.keep_every = std::chrono::hours(1);
  request.inputs = inputs_of(request, world_->sea);

  incident.forecast_class = request.leeway_key;
  incident.forecast_asked = now_;
  incident.forecast_place_time = incident.place_time;
  incident.forecast_until = request.release.from + request.options.length;
  Json body = body_of(request);
  body["inputs"] = hex(request.inputs);
  body["text"] =
      fmt::format("{}: forecast {} asked for, drifting as {} from {} at {} until {}", spoken(incident),
                  request.id, request.leeway_key, spoken(*incident.place),
                  words::hour(incident.place_time, now_), words::hour(incident.forecast_until, now_));
  say("forecast_requested", body);
  pending_.push_back(std::move(request));
}

void Room::take(const ForecastAnswer& answer) {
  const auto asked = std::find_if(pending_.begin(), pending_.end(), [&](const ForecastRequest& request) {
    return request.id == answer.request && request.inputs == answer.inputs;
  });
  if (asked == pending_.end())
    return say("refused",
               {{"text", fmt::format("A forecast came back that was not asked for: {}", answer.request)},
                {"source", answer.request},
                {"why", "no open request has this number and these inputs"}});
  const ForecastRequest request = *asked;
  pending_.erase(asked);
  Incident& incident = incidents_.at(request.incident);
  Json body{{"request", request.id},
            {"incident", request.incident},
            {"leeway", request.leeway_key},
            {"inputs", hex(request.inputs)}};
  if (!answer.run || answer.run->snapshots.empty()) {
    body["refusal"] = answer.refusal;
    body["text"] =
        fmt::format("{}: forecast {} could not be made: {}", spoken(incident), request.id, answer.refusal);
    return say("forecast", body);
  }
  incident.forecast = request.id;
  incident.changed = now_;
  forecasts_[incident.id] = answer.run;
  for (const DriftSnapshot& snapshot : answer.run->snapshots) {
    const Cloud cloud = cloud_of(snapshot);
    body["snapshots"].push_back({{"time", iso(snapshot.time)},
                                 {"at", words::at(cloud.centre)},
                                 {"half_m", rounded(cloud.half_m, 0)},
                                 {"nine_in_ten_m", rounded(cloud.nine_in_ten_m, 0)},
                                 {"ashore", rounded(cloud.ashore, 3)}});
  }
  const Cloud end = cloud_of(answer.run->snapshots.back());
  body["text"] = fmt::format(
      "{}: by {} drifted {} towards {:03.0f}° to about {}; half within {}, nine in ten within {}; {:.0f} % "
      "ashore",
      spoken(incident), words::hour(answer.run->snapshots.back().time, now_),
      words::distance(distance_m(request.release.place, end.centre)),
      wrap360(std::round(bearing_deg(request.release.place, end.centre))), spoken(end.centre),
      words::distance(end.half_m), words::distance(end.nine_in_ten_m), end.ashore * 100);
  say("forecast", body);
}

}  // namespace varne
