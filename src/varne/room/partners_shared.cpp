/// Tracks near the line and units offered: what one desk tells of its own, and another keeps as theirs.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

#include "varne/room/names.h"
#include "varne/room/partners.h"

namespace varne {
namespace {

/// A craft that went so far is told again, and so is one that was not told for so long: the other desk
/// forgets it otherwise (`Partners::track_kept`).
constexpr double moved_m = 50;
constexpr Duration again_after = std::chrono::minutes(5);
/// In one letter, which travels as 64 KiB at the most; the others are told with the next.
constexpr std::size_t most_in_letter = 200;
/// Half axis of the ellipse that holds a place in 95 of 100 cases.
constexpr double k95 = 2.45;
constexpr std::size_t longest_id = 40, longest_name = 120;

letters::NearTrack as_told(const Track& track) {
  const Estimate last = track.last();
  const double speed = std::hypot(last.velocity.east, last.velocity.north);
  const double course = std::atan2(last.velocity.east, last.velocity.north) * 180 / std::numbers::pi;
  return {.id = track.id,
          .at = last.place,
          .course_deg = course < 0 ? course + 360 : course,
          .speed_mps = speed,
          .error_m = last.ellipse(k95).major_m,
          .time = track.updated};
}

}  // namespace

/// What says by AIS who it is both hear; what radar alone knows only one of them may.
void Partners::near_tracks(Log& log, const std::string& centre, Joined& joined, const Traffic& traffic) {
  letters::Tracks body;
  const auto& tracks = traffic.picture().tracks();
  for (auto told = joined.tracks.begin(); told != joined.tracks.end();) {
    const auto track = tracks.find(told->first);
    const bool there = track != tracks.end() && !track->second.mmsi && is_near(centre, track->second.place);
    if (!there) body.tracks.push_back({.id = told->first, .time = log.now(), .gone = true});
    told = there ? std::next(told) : joined.tracks.erase(told);
  }
  for (const auto& [id, track] : tracks) {
    if (track.mmsi || track.state != TrackState::confirmed || body.tracks.size() >= most_in_letter) continue;
    const auto told = joined.tracks.find(id);
    if (told == joined.tracks.end() && !is_near(centre, track.place)) continue;
    if (told != joined.tracks.end() && log.now() - told->second.told < again_after &&
        distance_m(told->second.at, track.place) < moved_m)
      continue;
    joined.tracks[id] = {track.place, log.now()};
    body.tracks.push_back(as_told(track));
  }
  if (!body.tracks.empty()) tell(log, centre, joined, "", in_short(body), body);
}

void Partners::forget_tracks(PartnerView& view, Time now) {
  if (std::erase_if(view.tracks, [&](const auto& one) { return now - one.second.heard > track_kept; }) > 0)
    ++views_;
}

Done Partners::see(const std::string& centre, const letters::Tracks& said, Time now) {
  PartnerView& view = joined_[centre].view;
  if (view.tracks.size() + said.tracks.size() > 2 * most_tracks || said.tracks.size() > most_tracks)
    return fail("tracks", fmt::format("are more than {}", most_tracks));
  for (const letters::NearTrack& one : said.tracks) {
    if (one.id.empty() || one.id.size() > longest_id)
      return fail("tracks", "one has a name of none or of more than 40 bytes");
    if (!one.gone && !one.at) return fail("tracks", fmt::format("{} is nowhere", one.id));
  }
  for (const letters::NearTrack& one : said.tracks) {
    if (one.gone)
      view.tracks.erase(one.id);
    else
      view.tracks[one.id] = {one, now};
  }
  ++views_;
  return {};
}

Done Partners::hear_offer(const std::string& centre, const letters::OfferedUnit& said, Time now,
                          std::uint64_t entry) {
  if (said.unit.empty() || said.unit.size() > longest_name)
    return fail("unit", "has a name of none or of more than 120 bytes");
  const Unit* listed = names::unit_named(*world_, said.unit);
  if (listed != nullptr && listed->centre != centre)
    return fail("unit", fmt::format("{} is of {}, which alone can offer it", said.unit, listed->centre));
  auto& units = joined_[centre].view.units;
  if (said.offered)
    units[said.unit] = {said, now, entry};
  else
    units.erase(said.unit);
  ++views_;
  return {};
}

Done Partners::offer(Log& log, const Traffic& traffic, const reports::Order& order) {
  const Unit* unit = names::unit_named(*world_, order.unit);
  if (unit == nullptr || unit->centre != own_centre(*world_))
    return fail("unit", fmt::format("\"{}\" is no unit of {}", order.unit, own_centre(*world_)));
  if (!is_joined(*world_, order.to))
    return fail("to", fmt::format("no desk of \"{}\" is joined to this one", order.to));
  if (!is_shared(*world_, order.to, Sharable::units))
    return fail("to", fmt::format("{} is not told of units here (\"share\" in the exchange file)", order.to));
  Joined& joined = joined_[order.to];
  const bool offered = order.task == "offer_unit";
  if (offered == joined.offered.contains(order.unit))
    return fail("unit", fmt::format("{} is {} to {} already", order.unit, offered ? "offered" : "not offered",
                                    order.to));
  offered ? (void)joined.offered.insert(order.unit) : (void)joined.offered.erase(order.unit);
  ++views_;
  const auto& positions = traffic.unit_positions();
  const auto at = positions.find(order.unit);
  const letters::OfferedUnit body{
      .unit = order.unit,
      .at = at == positions.end() ? std::nullopt : std::optional(at->second.place),
      .text = order.text,
      .offered = offered};
  tell(log, order.to, joined, "", in_short(body), body);
  return {};
}

const PartnerView* Partners::view_of(const std::string& centre) const {
  const auto joined = joined_.find(centre);
  return joined == joined_.end() ? nullptr : &joined->second.view;
}

const std::set<std::string>& Partners::offered_to(const std::string& centre) const {
  static const std::set<std::string> none;
  const auto joined = joined_.find(centre);
  return joined == joined_.end() ? none : joined->second.offered;
}

}  // namespace varne
