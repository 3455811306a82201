#include "varne/days/simulated_day.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "varne/days/draws.h"
#include "varne/days/observers.h"
#include "varne/days/responses.h"
#include "varne/days/tasking_rule.h"
#include "varne/room/answer.h"

namespace varne::days {
namespace {

constexpr Duration tick = std::chrono::seconds(10);
constexpr const char* response = "turn_round";
constexpr const char* turnaround = "uk-turnaround-2021";

/// Of a number that is counted, not guessed.
HeadCount sure(std::int32_t persons) {
  return {persons, persons};
}

struct Offer {               ///< of a boat, to the other centre
  Minute answered = never;   ///< when that one will; never: none stands
  std::uint32_t number = 0;  ///< of those of this boat
};

/// The day as it goes.
class Course {
 public:
  Course(const Strait& strait, const Policy& policy, const Numbers& numbers, const DayDraw& draw,
         const DayTide& tide, const DayOptions& options, Weather weather)
      : strait_(strait),
        numbers_(numbers),
        draw_(draw),
        tide_(tide),
        options_(options),
        weather_(std::move(weather)),
        start_(Time(draw.day)),
        off_duty_(off_duty(strait, numbers, policy.without, draw.seed)),
        world_(options.world ? options.world : own_world(policy)),
        room_(world_),
        boats_(make_boats(strait, numbers, draw.day, draw.conditions, draw.seed)),
        motion_(strait, numbers, boats_, draw.seed),
        crews_(strait, numbers, policy.without, draw.seed),
        observers_(strait, numbers, boats_.size(), start_, draw.seed),
        feeds_(start_, strait.scenario.radar_names(), options.keep_lines),
        next_tick_(start_),
        known_(boats_.size(), never),
        first_unit_(boats_.size(), never),
        ever_in_water_(boats_.size()),
        ask_verdict_(boats_.size(), never),
        centre_(boats_.size()),
        offers_(boats_.size()),
        landed_by_units_(boats_.size()),
        watch_(response_rows(*world_->rules), boats_.size()) {
    assess_ =
        std::find(policy.doctrines.begin(), policy.doctrines.end(), turnaround) != policy.doctrines.end();
  }

  Result<SimulatedDay> run() {
    set_parameters();
    for (Minute minute = 0; minute < day_hours * 60; ++minute) {
      for (Report& report : std::exchange(to_say_, {}))
        feeds_.report(at(minute) + std::chrono::seconds(2), std::move(report));
      observers_.look(minute, boats_, crews_, motion_, weather_, feeds_);
      for (Event& event : feeds_.take()) {
        tick_until(event.at);
        apply(event);
      }
      tick_until(at(minute + 1) - Duration(1));
      look_at_incidents(minute);
      motion_.step(minute, tide_.at(minute), weather_.at(minute).wind());
      crews_.step(minute, boats_, motion_, assess_);
      for (const CrewEvent& event : crews_.events()) tell(event, minute + 1);
      for (const std::size_t b : motion_.landed_now()) tell_ashore(b);
      for (std::size_t b = 0; b < boats_.size(); ++b)
        ever_in_water_[b] = std::max(ever_in_water_[b], boats_.in_water[b]);
    }
    tick_until(at(day_hours * 60));
    if (auto conserved = people_conserved(boats_, draw_.seed); !conserved)
      return std::unexpected(conserved.error());
    for (const Crew& crew : crews_.all())
      if (strait_.units[crew.unit].state == "UK") persons_uk_ += crew.aboard;
    return SimulatedDay{outcome(), feeds_.files(), weather_, off_duty_, std::move(arrivals_), persons_uk_};
  }

 private:
  /// Of the scenario: no forecasts, and entries only where somebody reads them.
  [[nodiscard]] std::shared_ptr<const World> own_world(const Policy& policy) const {
    auto world = std::make_shared<World>(world_of(strait_, policy, draw_, weather_, off_duty_));
    world->forecasts = false;
    world->is_read = options_.entry != nullptr;
    return world;
  }

  [[nodiscard]] Time at(Minute minute) const { return start_ + std::chrono::minutes(minute); }

  void apply(const Event& event) {
    tell_entries(room_.apply(event));
    while (!room_.pending().empty())
      tell_entries(room_.apply({event.at, {}, answer(room_.pending().front(), *world_)}));
  }

  void tell_entries(const std::vector<Entry>& entries) const {
    for (const Entry& entry : entries)
      if (options_.entry) options_.entry(entry);
  }

  /// The clock ticks up to this moment, before whatever arrives at it.
  void tick_until(Time until) {
    for (; next_tick_ <= until; next_tick_ += tick) apply({next_tick_, {}, ClockTick{}});
  }

  void set_parameters() {
    if (!assess_) return;
    for (const auto& [name, q] : {std::pair{"wind_most", Q::limit_wind},
                                  {"wave_most", Q::limit_wave},
                                  {"length_least", Q::limit_length}}) {
      auto& report = say<reports::Parameter>("commander of the day");
      report.role = "commander";
      report.parameter = std::string(turnaround) + "." + name;
      report.value = numbers_[q];
    }
  }

  [[nodiscard]] std::size_t boat_of(const Incident& incident) const {
    const std::size_t b = boat_labelled(incident.boat);
    return b < boats_.size() ? b : no_boat;
  }

  [[nodiscard]] const Incident* incident_of(std::size_t boat) const {
    const std::string label = label_of(boat);
    for (const auto& [id, incident] : room_.incidents())
      if (incident.boat == label) return &incident;
    return nullptr;
  }

  /// What the centres do now: hand over what has crossed the line, task units, ask what is permitted.
  void look_at_incidents(Minute minute) {
    if (room_.incidents().empty()) return;
    for (const auto& [id, incident] : room_.incidents()) {
      // One that is closed was looked at when it was.
      if (!incident.open && incident.changed < at(minute - 1)) continue;
      const std::size_t b = boat_of(incident);
      if (b == no_boat) continue;
      known_[b] = std::min(known_[b], minute);
      if (centre_[b] != incident.centre) {
        if (!centre_[b].empty()) ++hand_overs_;
        centre_[b] = incident.centre;
      }
      if (!incident.open) continue;
      if (incident.same_as.empty()) watch_.minute(b, room_.shortfalls(incident));
      hand_over(incident, b, minute);
      if (ask_verdict_[b] == minute) ask_verdict(incident, b, minute);
    }
    stand_down_the_idle();
    for (const Tasked& task :
         tasks_now(room_, strait_, crews_, [this](const Incident& i) { return boat_of(i); })) {
      crews_.send(task.crew, task.boat, task.error_m, minute);
      order(task.centre, task.boat, "rescue").unit = strait_.units[crews_.all()[task.crew].unit].name;
    }
  }

  /// What has crossed the line is offered to the centre there, which takes it over in its own time.
  void hand_over(const Incident& incident, std::size_t b, Minute minute) {
    const std::string& home = strait_.waters.centres.front().name;
    Offer& offer = offers_[b];
    if (incident.offered_to.empty()) {
      offer.answered = never;
      if (incident.centre != home && crossed(b)) order(incident.centre, b, "hand_over").to = home;
      return;
    }
    if (offer.answered == never) {
      const double u = draw(draw_.seed, static_cast<std::uint32_t>(b), For::hand_over, offer.number++);
      offer.answered = minute + static_cast<Minute>(std::lround(numbers_.draw(Q::hand_over, u)));
    }
    if (minute >= offer.answered) order(incident.offered_to, b, "accept_hand_over");
  }

  /// With people aboard, beyond the line.
  [[nodiscard]] bool crossed(std::size_t b) const {
    return boats_.afloat(b) && boats_.aboard[b] > 0 && strait_.chart.past_line_m(boats_.place(b)) > 0;
  }

  /// A unit whose work is done is free for the room to propose, though the boat's incident stays open.
  void stand_down_the_idle() {
    for (const Crew& crew : crews_.all()) {
      if (crew.task != CrewTask::idle) continue;
      const std::string& name = strait_.units[crew.unit].name;
      const auto task = room_.tasking().tasks().find(name);
      if (task == room_.tasking().tasks().end() || task->second.incident.empty()) continue;
      const Incident& incident = room_.incidents().at(task->second.incident);
      if (const std::size_t b = boat_of(incident); b != no_boat)
        order(incident.centre, b, "stand_down").unit = name;
    }
  }

  /// Somebody says something in the next minute; good until the next is said.
  template <class Kind>
  Kind& say(const std::string& from) {
    auto& report = std::get<Kind>(to_say_.emplace_back(Kind{}));
    report.from = from;
    return report;
  }
  template <class Kind>
  Kind& say_of(std::size_t boat, const std::string& from) {
    auto& report = say<Kind>(from);
    report.boat = label_of(boat);
    return report;
  }
  reports::Order& order(const std::string& from, std::size_t boat, const char* task) {
    auto& report = say_of<reports::Order>(boat, from);
    report.task = task;
    return report;
  }

  void tell(const CrewEvent& event, Minute minute) {
    const Crew& crew = crews_.all()[event.crew];
    const Unit& unit = strait_.units[crew.unit];
    const std::size_t b = event.boat;
    switch (event.kind) {
      case CrewEvent::Kind::on_scene:
        arrivals_.push_back({crew.unit, crew.began, crew.left, minute, crew.berthed,
                             length(LocalPlane(crew.from).to(boats_.place(b)))});
        if (first_unit_[b] == never) {
          first_unit_[b] = minute;
          met_at_.push_back(boats_.place(b));
        }
        break;
      case CrewEvent::Kind::assessed:
        assessed(b, unit, minute);
        break;
      case CrewEvent::Kind::recovered: {
        // Those who were saved say that others are still missing.
        if (boats_.lost[b] > 0) {
          auto& report = say_of<reports::Sighting>(b, unit.name);
          report.place = as_written(crew.at);
          report.persons = sure(boats_.persons[b]);
          report.people_in_water = true;
        }
        auto& report = say_of<reports::Recovered>(b, unit.name);
        report.unit = unit.name;
        report.place = as_written(crew.at);
        report.persons = sure(event.persons);
        if (event.empty) report.empty = true;
        break;
      }
      case CrewEvent::Kind::landed: {
        auto& report = say_of<reports::Landing>(b, unit.name);
        report.unit = unit.name;
        report.persons = sure(event.persons);
        report.port = port_name(strait_, unit, crew.port);
        report.country = unit.state;
        landed_by_units_[b] += event.persons;
        if (unit.state == "UK") persons_uk_ += event.persons;
        settle(b);
        break;
      }
    }
  }

  /// Those who were landed are asked how many they were: then the centre settles the count.
  void settle(std::size_t b) {
    const bool all = boats_.aboard[b] + boats_.in_water[b] + boats_.taken[b] == 0;
    const Incident* incident = all ? incident_of(b) : nullptr;
    if (incident != nullptr) order(incident->centre, b, "settle_count").persons = sure(boats_.persons[b]);
  }

  void tell_ashore(std::size_t b) {
    const bool uk = strait_.chart.past_line_m(boats_.place(b)) > 0;
    if (boats_.landed[b] == 0) return;
    // Of a boat that was met, those whom a unit has landed are counted there.
    if (uk) persons_uk_ += boats_.landed[b] - landed_by_units_[b];
    auto& report = say_of<reports::Landing>(b, uk ? "Border Force, shore" : "gendarmerie, shore");
    report.place = as_written(boats_.place(b));
    report.persons = sure(boats_.landed[b]);
    report.port = "the shore";
    report.country = uk ? "UK" : "FR";
    settle(b);
  }

  /// The captain on scene says what is so, and what they and the commander answer.
  void assessed(std::size_t b, const Unit& unit, Minute minute) {
    if (unit.state != "UK" || !strait_.chart.in_uk_waters(boats_.place(b))) return;
    const auto answers = answers_of(numbers_, draw_.seed, static_cast<std::uint32_t>(b));
    const bool called = minute >= motion_.calls(b);
    const bool captain = captain_agrees(numbers_, answers, weather_.at(minute));
    for (const Word& word : words_of_boat(strait_, boats_, b, answers, weather_.at(minute), minute, called)) {
      auto& report = say_of<reports::Fact>(b, "captain of " + unit.name);
      report.role = "captain";
      report.unit = unit.name;
      report.fact = word.fact;
      report.text = "seen on scene";
      std::visit([&](const auto& value) { report.value = value; }, word.value);
    }
    for (const auto& [role, from, given] :
         {std::tuple{"captain", "captain of " + unit.name, captain},
          {"commander", std::string("commander of the day"), captain && answers.commander}}) {
      auto& report = say_of<reports::Consent>(b, from);
      report.role = role;
      report.unit = unit.name;
      report.response = response;
      report.given = given;
    }
    ask_verdict_[b] = minute;  // once what they said has been heard
  }

  void ask_verdict(const Incident& incident, std::size_t b, Minute minute) {
    for (const Json& one : room_.verdicts(incident.id)) {
      if (one.at("response") != response || one.at("ruling") != "permitted") continue;
      ++permitted_;
      // What happens when a boat is blocked is not modelled beyond this.
      if (draw(draw_.seed, static_cast<std::uint32_t>(b), For::blocked) < numbers_[Q::blocked_in_water]) {
        const double share = numbers_.draw(Q::in_water_share,
                                           draw(draw_.seed, static_cast<std::uint32_t>(b), For::blocked, 1));
        motion_.enter_water(b, std::max(1, static_cast<std::int32_t>(std::lround(share * boats_.aboard[b]))),
                            minute);
      }
    }
  }

  DayOutcome outcome() const {
    DayOutcome out;
    out.met_at = met_at_;
    out.responses = watch_.sums();
    out[M::water_minutes] = motion_.water_minutes();
    out[M::hand_overs] = hand_overs_;
    out[M::permitted] = permitted_;
    for (const Crew& crew : crews_.all()) out[M::unit_hours] += crew.minutes / 60.0;
    for (const auto& [id, incident] : room_.incidents()) out[M::open] += incident.open ? 1 : 0;
    for (std::size_t b = 0; b < boats_.size(); ++b) {
      const bool own = boats_.state[b] == BoatState::landed && first_unit_[b] == never;
      out[M::boats] += 1;
      out[M::persons] += boats_.persons[b];
      out[M::own_way] += own ? boats_.landed[b] : 0;
      out[M::rescued] += boats_.taken[b] + (own ? 0 : boats_.landed[b]);
      out[M::at_sea] += boats_.aboard[b] + boats_.in_water[b];
      out[M::in_water] += ever_in_water_[b];
      out[M::lost] += boats_.lost[b];
      out[M::reported] += known_[b] != never ? 1 : 0;
      const Minute seen = std::min(observers_.seen()[b], known_[b]);
      if (seen != never) {
        out[M::seen] += 1;
        out[M::seen_after] += std::max(0, seen - boats_.leaves[b]);
      }
      if (first_unit_[b] == never || known_[b] == never) continue;
      const Minute took = std::max(0, first_unit_[b] - known_[b]);
      out[M::met] += 1;
      out[M::met_in_30] += took <= 30 ? 1 : 0;
      out[M::first_unit] += took;
      out.first_unit_min.push_back(static_cast<std::uint16_t>(took));
    }
    return out;
  }

  const Strait& strait_;
  const Numbers& numbers_;
  const DayDraw& draw_;
  const DayTide& tide_;
  const DayOptions& options_;
  Weather weather_;
  Time start_;
  std::vector<std::string> off_duty_;
  std::shared_ptr<const World> world_;
  Room room_;
  Boats boats_;
  Motion motion_;
  Crews crews_;
  Observers observers_;
  DayFeeds feeds_;
  Time next_tick_;
  bool assess_ = false;
  std::vector<Report> to_say_;  ///< in the next minute
  std::vector<Minute> known_, first_unit_;
  std::vector<std::int32_t> ever_in_water_;
  std::vector<Minute> ask_verdict_;
  std::vector<std::string> centre_;
  std::vector<Offer> offers_;  ///< to take a boat over
  std::vector<Place> met_at_;
  std::vector<Arrival> arrivals_;
  std::vector<std::int32_t> landed_by_units_;
  ResponseWatch watch_;
  std::int32_t persons_uk_ = 0;
  int hand_overs_ = 0, permitted_ = 0;
};

}  // namespace

Result<SimulatedDay> simulate_day(const Strait& strait, const Policy& policy, const Numbers& numbers,
                                  const DayDraw& draw, const DayTide& tide, const DayOptions& options) {
  const DayDraw given{draw.day, conditions_of(strait, numbers, draw), draw.seed};
  return Course(strait, policy, numbers, given, tide, options,
                weather_of(strait, numbers, given.day, given.conditions, given.seed))
      .run();
}

}  // namespace varne::days
