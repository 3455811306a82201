#include "varne/room/room.h"

#include <fmt/format.h>

#include <cassert>
#include <nlohmann/json.hpp>

#include "varne/core/fields_bytes.h"
#include "varne/core/place_of_data.h"
#include "varne/record/journal.h"

namespace varne {

static_assert(entries::SegmentTold::kind == segment_kind);

namespace {

/// Somebody said something, or slow work was answered: not only a ship moved or time went by.
bool is_word(const Event& event) {
  if (const auto* seen = std::get_if<Observation>(&event.what)) {
    const auto report = report_in(*seen);
    return report && !std::holds_alternative<reports::UnitPosition>(*report);
  }
  return std::holds_alternative<ForecastAnswer>(event.what) ||
         std::holds_alternative<PartnerLetter>(event.what);
}

/// Who keeps whose head is no news to be signed for: two desks that have nothing else to say fall silent.
bool is_of_a_head(const Event& event) {
  const auto* letter = std::get_if<PartnerLetter>(&event.what);
  return std::holds_alternative<RecordSigned>(event.what) ||
         (letter != nullptr && std::holds_alternative<letters::Head>(letter->said));
}

}  // namespace

Room::Room(std::shared_ptr<const World> world)
    : world_(std::move(world)),
      traffic_(world_),
      incidents_(world_),
      verdicts_(world_),
      forecasts_(world_),
      tasking_(world_),
      proposals_(world_),
      partners_(world_) {
  assert(world_ && !world_->strait.centres.empty() && (world_->is_read || world_->partners.empty()));
  if (!world_->is_read) log_.be_unread();
}

std::vector<Entry> Room::apply(const Event& event) {
  const std::uint64_t before = log_.last();
  const bool first = before == 0;
  const Speaker& speaker = event.speaker;
  log_.begin(event.at, speaker.kind == SpeakerKind::account
                           ? std::optional(entries::By{speaker.name, speaker.role, speaker.unit})
                           : std::nullopt);
  incidents_.begin();
  speaker_ = &speaker;
  if (first) open_day();
  traffic_.begin(log_);
  std::visit([this](const auto& what) { take(what); }, event.what);
  verdicts_.judge_due({log_, incidents_, counts_});
  forecasts_.ask(log_, incidents_, counts_);
  tasking_.update(tasking_step());
  const bool word = is_word(event) || !incidents_.touched().empty();
  // Where proposals do not go by forecasts, one that comes is not even a reason to look at them.
  const bool only_a_forecast = std::holds_alternative<ForecastAnswer>(event.what);
  proposals_.update(proposals_step(), word && (world_->aims_by_forecast || !only_a_forecast));
  alarms_.update({log_, counts_, incidents_, tasking_, own_centre(*world_)}, word);
  partners_.update(log_, incidents_, traffic_);
  if (log_.last() > before && !is_of_a_head(event)) partners_.note_news(log_.last());
  return log_.take();
}

void Room::open_day() {
  std::vector<std::string> sources;
  for (const auto& source : world_->sea.sources()) sources.push_back(source->name());
  entries::Day body{.text = fmt::format("{}{}", world_->exercise ? "EXERCISE. " : "", world_->title),
                    .title = world_->title,
                    .exercise = world_->exercise,
                    .notice = world_->notice,
                    .seed = fmt::format("{}", world_->seed),
                    .sea = sources,
                    .sea_notes = world_->sea.notes(),
                    .version = std::string(version())};
  if (world_->inputs != Hash{}) body.inputs = world_->inputs;
  log_.say(body);
  verdicts_.say_doctrines(log_);
}

void Room::take(const Observation& observation) {
  if (const auto* report = report_in(observation)) return take_report(observation, *report);
  traffic_.take(log_, observation);
  alarm(observation);
}

/// A distress beacon is heard of like a caller: its first alarm opens an incident, the later ones join it.
void Room::alarm(const Observation& observation) {
  auto alarm = beacons_.take(log_, observation, traffic_.picture());
  if (const auto& look = beacons_.look())
    alarms_.raise(log_, look->claim ? AlarmWhat::active_sart_claim : AlarmWhat::safety_text,
                  fmt::format("{:09}", look->mmsi), look->text, look->entry);
  if (!alarm) return;
  const bool opens = alarm->incident.empty();
  if (opens) {
    alarm->incident = incidents_.open(log_, alarm->heard).id;
    const auto* position = std::get_if<AisPosition>(&observation.what);
    beacons_.opened(position != nullptr ? position->mmsi : std::get<AisText>(observation.what).mmsi,
                    alarm->incident);
  }
  incidents_.hear(log_, alarm->incident, alarm->heard,
                  report_head(alarm->heard.report).from + ": " + report_head(alarm->heard.report).text);
  const std::string head = incidents_.head_of(incidents_.at(alarm->incident)).id;
  incidents_.reopen_search(step(), head, report_head(alarm->heard.report));
  incidents_.update(step(), head, alarm->heard, opens);
}

void Room::take(const ForecastAnswer& answer) {
  if (const std::string of = forecasts_.take(log_, incidents_, answer); !of.empty())
    incidents_.note_change(of, log_.now());
}

void Room::take(const SegmentClosed& segment) {
  log_.say(entries::SegmentTold{
      .text = fmt::format("What the feeds sent until now is closed: journal segment {}", segment.file),
      .file = segment.file,
      .hash = segment.hash});
}

void Room::take(const LineRefused& line) {
  const entries::RefusedLine body{
      .text = fmt::format("{}{} sent a line that cannot be read: {}",
                          line.distress ? "LOOK AT IT, it speaks of distress: " : "", line.feed, line.why),
      .feed = line.feed,
      .why = line.why,
      .raw = line.raw,
      .distress = line.distress};
  const std::uint64_t entry = log_.say(body);
  // With the line itself: another one is another alarm.
  if (line.distress)
    alarms_.raise(log_, AlarmWhat::refused_distress, line.feed,
                  fmt::format("{}; it reads: {}", body.text, line.raw), entry);
}

void Room::take(const FeedState& state) {
  log_.say(entries::FeedSaid{.text = fmt::format("Feed {}: {}", state.feed, state.text),
                             .feed = state.feed,
                             .health = std::string(enum_name(state.health)),
                             .since = state.since,
                             .clock_offset_s = state.clock_offset_s,
                             .lines = state.lines,
                             .refused = state.refused,
                             .dropped = state.dropped});
}

void Room::take(const ProgramStarted& program) {
  log_.say(entries::Program{.text = fmt::format("Varne {} goes on with this record", program.version),
                            .version = program.version});
}

void Room::take(const RecordSigned& record) {
  partners_.tell_head(log_, record.head);
}

std::vector<UnitReach> Room::nearest_units(const std::string& incident, std::size_t most) const {
  const auto found = incidents_.all().find(incident);
  if (found == incidents_.all().end() || !found->second.place) return {};
  return traffic_.nearest(*found->second.place, most);
}

std::vector<Reacher> Room::who_reaches(const Incident& incident) const {
  auto all = tasking_.reachers().all({traffic_, counts_, forecasts_, now()}, incidents_.head_of(incident));
  const auto not_going = declined(incident);
  for (Reacher& one : all) {
    one.declined = not_going.contains(one.name);
    for (const Unit& unit : world_->units)
      if (unit.name == one.name) one.status = status(unit);
  }
  return all;
}

Need Room::need(const Incident& incident) const {
  Need need = need_of(incidents_, counts_, incidents_.head_of(incident));
  need.unassigned = unassigned(incident);
  return need;
}

Json Room::verdicts(const std::string& incident) const {
  const auto found = incidents_.all().find(incident);
  return found == incidents_.all().end() ? Json::array()
                                         : verdicts_.rulings(incidents_, counts_, now(), found->second);
}

std::string Room::state(std::size_t about) const {
  BytesOut out(about);
  out(*this);
  return out.take();
}

Result<Room> Room::from_state(std::shared_ptr<const World> world, std::string_view bytes) {
  Room room(std::move(world));
  BytesIn in(bytes);
  if (!in(room) || !in.at_end()) return fail("", "is not the whole state of a room");
  return room;
}

}  // namespace varne
