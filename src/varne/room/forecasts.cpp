#include "varne/room/forecasts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "varne/core/fields_bytes.h"
#include "varne/drift/notes.h"
#include "varne/room/last_place.h"
#include "varne/room/phrases.h"

namespace varne {
namespace {

constexpr Duration renew_before = std::chrono::hours(1);  // a forecast's end
constexpr Duration throttle = std::chrono::minutes(30);   // between two that only a new place asks for
constexpr Duration step = std::chrono::minutes(10);
constexpr std::uint32_t particles = 400;
constexpr double least_sigma_m = 50;

/// Middle and spread of those that did not leave the known sea; nothing of them where most did.
entries::Snapshot snapshot_of(const DriftRun& run, const DriftSnapshot& snapshot) {
  entries::Snapshot out{.time = snapshot.time};
  out.current_from = shares_by_name(run, snapshot.current_from);
  out.wind_from = shares_by_name(run, snapshot.wind_from);
  const auto all = static_cast<double>(snapshot.places.size());
  if (snapshot.places.empty()) return out;
  const auto share = [&](ParticleState state) {
    return static_cast<double>(std::count(snapshot.states.begin(), snapshot.states.end(), state)) / all;
  };
  out.ashore = share(ParticleState::ashore);
  out.left = share(ParticleState::left);
  if (out.left > last_place::most_left) return out;
  std::vector<Place> places;
  for (std::size_t i = 0; i < snapshot.places.size(); ++i)
    if (snapshot.states[i] != ParticleState::left) places.push_back(snapshot.places[i]);
  const auto n = static_cast<double>(places.size());
  Place centre;
  for (const Place place : places) {
    centre.lon += place.lon / n;
    centre.lat += place.lat / n;
  }
  const LocalPlane plane(centre);
  std::vector<double> away;
  away.reserve(places.size());
  for (const Place place : places) away.push_back(length(plane.to(place)));
  std::sort(away.begin(), away.end());
  const auto holding = [&](double part) { return away[static_cast<std::size_t>(std::ceil(part * n)) - 1]; };
  out.at = centre;
  out.half_m = holding(0.5);
  out.nine_in_ten_m = holding(0.9);
  return out;
}

/// Of everything that the answer depends on, to the last bit.
Hash inputs_of(const ForecastRequest& request, const Sea& sea) {
  BytesOut out;
  out(request.id, request.incident, request.leeway_key, request.release, request.options, sea.hash());
  return sha256(out.take());
}

/// "drifted 3.4 NM towards 045° to about …; half within …, nine in ten within …; 3 % ashore"
std::string drifted(Place from, const entries::Snapshot& end) {
  std::string text = fmt::format("{:.0f} % ashore", end.ashore * 100);
  if (end.left > 0)
    text += fmt::format(", {:.0f} % have left the sea that is known, and where they are is not",
                        std::max(1.0, end.left * 100));
  if (!end.at) return text;
  return fmt::format("drifted {} towards {:03.0f}° to about {}; half within {}, nine in ten within {}; {}",
                     phrases::distance(distance_m(from, *end.at)),
                     wrap360(std::round(bearing_deg(from, *end.at))), spoken(*end.at),
                     phrases::distance(*end.half_m), phrases::distance(*end.nine_in_ten_m), text);
}

}  // namespace

std::shared_ptr<const DriftRun> Forecasts::run(const std::string& incident) const {
  const auto found = of_.find(incident);
  return found == of_.end() ? nullptr : found->second.run;
}

const std::string& Forecasts::latest(const std::string& incident) const {
  static const std::string none;
  const auto found = of_.find(incident);
  return found == of_.end() ? none : found->second.answered;
}

void Forecasts::ask(Log& log, const Incidents& incidents, const Counts& counts) {
  if (!world_->forecasts) return;
  const Time now = log.now();
  if (incidents.touched().empty() && !(look_ && now >= *look_)) return;
  look_.reset();
  for (const auto& [id, incident] : incidents.all()) {
    const auto when = due(incident, counts, now);
    if (when && *when <= now)
      ask(log, incident, leeway_class_of(incident, counts.of(id).cleared));
    else if (when)
      look_ = std::min(look_.value_or(*when), *when);
  }
}

std::optional<Time> Forecasts::due(const Incident& incident, const Counts& counts, Time now) const {
  if (!incident.open || !incident.place || incident.phase == Phase::uncertainty) return std::nullopt;
  if (!incident.same_as.empty()) return std::nullopt;  // made once for the boat
  if (now - incident.place_time > last_place::oldest || !counts.may_be_adrift(incident.id))
    return std::nullopt;
  const bool waits = std::any_of(pending_.begin(), pending_.end(), [&](const ForecastRequest& request) {
    return request.incident == incident.id;
  });
  if (waits) return std::nullopt;
  const auto before = of_.find(incident.id);
  if (before == of_.end() ||
      before->second.leeway != leeway_class_of(incident, counts.of(incident.id).cleared))
    return now;
  const Asked& asked = before->second;
  Time when = asked.until - renew_before;
  if (incident.place_time > asked.place_time) when = std::min(when, asked.at + throttle);
  return when;
}

void Forecasts::ask(Log& log, const Incident& incident, const std::string& leeway) {
  const Time now = log.now();
  ForecastRequest request;
  request.id = fmt::format("F{}", ++requests_);
  request.incident = incident.id;
  request.leeway_key = leeway;
  request.release = {.place = *incident.place,
                     .sigma_m = std::max(least_sigma_m, last_place::sigma_m(incident)),
                     .from = incident.place_time,
                     .to = incident.place_time};
  const Duration needed = std::max(now - incident.place_time, Duration{}) + last_place::ahead;
  request.options.particles = particles;
  request.options.seed = world_->seed + requests_;
  request.options.step = step;
  request.options.length = step * ((needed + step - Duration(1)) / step);
  request.options.keep_every = std::chrono::hours(1);
  add_usual_errors(request.options);
  request.inputs = inputs_of(request, world_->sea);

  Asked& asked = of_[incident.id];
  asked.leeway = leeway;
  asked.at = now;
  asked.place_time = incident.place_time;
  asked.until = request.release.from + request.options.length;
  log.say(entries::ForecastRequested{
      .text = fmt::format("{}: forecast {} asked for, drifting as {} from {} at {} until {}",
                          spoken(incident), request.id, leeway, spoken(*incident.place),
                          phrases::hour(incident.place_time, now), phrases::hour(asked.until, now)),
      .request = request.id,
      .incident = request.incident,
      .leeway = leeway,
      .at = request.release.place,
      .sigma_m = request.release.sigma_m,
      .from = request.release.from,
      .to = request.release.to,
      .length = request.options.length,
      .step = request.options.step,
      .keep_every = request.options.keep_every,
      .particles = request.options.particles,
      .seed = fmt::format("{}", request.options.seed),
      .jibe_per_hour = request.options.jibe_per_hour,
      .current_noise_mps = request.options.current_noise_mps,
      .wind_noise_mps = request.options.wind_noise_mps,
      .current_noise_lasts = request.options.current_noise_lasts,
      .wind_noise_lasts = request.options.wind_noise_lasts,
      .inputs = request.inputs});
  pending_.push_back(std::move(request));
}

std::string Forecasts::take(Log& log, const Incidents& incidents, const ForecastAnswer& answer) {
  look_ = log.now();  // what this one held back may be due
  const auto found = std::find_if(pending_.begin(), pending_.end(), [&](const ForecastRequest& request) {
    return request.id == answer.request && request.inputs == answer.inputs;
  });
  if (found == pending_.end()) {
    log.say(entries::Refused{
        .text = fmt::format("A forecast came back that was not asked for: {}", answer.request),
        .source = answer.request,
        .why = "no open request has this number and these inputs"});
    return "";
  }
  const ForecastRequest request = *found;
  pending_.erase(found);
  const Incident& incident = incidents.at(request.incident);
  entries::Forecast body{.request = request.id,
                         .incident = request.incident,
                         .leeway = request.leeway_key,
                         .inputs = request.inputs};
  if (!answer.run || answer.run->snapshots.empty()) {
    body.refusal = answer.refusal;
    body.text =
        fmt::format("{}: forecast {} could not be made: {}", spoken(incident), request.id, answer.refusal);
    log.say(body);
    return "";
  }
  Asked& asked = of_[incident.id];
  asked.answered = request.id;
  asked.run = answer.run;
  for (const DriftSnapshot& snapshot : answer.run->snapshots)
    body.snapshots.push_back(snapshot_of(*answer.run, snapshot));
  body.notes = notes(*answer.run);
  body.text =
      fmt::format("{}: by {} {}", spoken(incident), phrases::hour(body.snapshots.back().time, log.now()),
                  drifted(request.release.place, body.snapshots.back()));
  log.say(body);
  return incident.id;
}

}  // namespace varne
