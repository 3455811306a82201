/// Any bytes as a day of a room: each pair of bytes chooses a report, the clock, or the answer to a forecast.
/// Whatever comes in whatever order: people are conserved, each incident has one centre, nothing but rescue
/// is permitted while distress is not ruled out, entries are numbered without a gap.
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <nlohmann/json.hpp>
#include <variant>

#include "small_world.h"
#include "varne/feed/report_reader.h"
#include "varne/room/room.h"

namespace {

using namespace varne;

/// The bytes, one small choice after another; 0 when they are used up.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  [[nodiscard]] bool left() const { return at_ < size_; }
  unsigned below(unsigned n) { return left() ? data_[at_++] % n : 0; }
  template <std::size_t n>
  const char* of(const char* const (&words)[n]) {
    return words[below(n)];
  }
  Json persons() {
    const unsigned low = below(60);
    return Json::array({low, low + below(20)});
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

constexpr const char* kinds[] = {"call",      "sighting",    "departure_prevented",
                                 "landing",   "recovered",   "handed_over",
                                 "order",     "consent",     "claim",
                                 "fact",      "override",    "unit_position",
                                 "parameter", "task_answer", "acknowledge"};
static_assert(std::size(kinds) == std::variant_size_v<Report>);
constexpr const char* boats[] = {"A", "B", "C", "I1", "I2", ""};
constexpr const char* people[] = {"caller", "MRCC Dover", "CROSS Gris-Nez", "captain of a cutter",
                                  "commander"};
constexpr const char* roles[] = {"captain", "commander", "coordinator", "minister"};
constexpr const char* tasks[] = {"rescue",       "hand_over",     "accept_hand_over", "refuse_hand_over",
                                 "settle_count", "possibly_same", "confirm_same",     "separate",
                                 "lower_phase",  "end_search"};
constexpr const char* facts[] = {
    "distress",     "people_in_water", "engine_stopped", "taking_water",        "call_for_help",
    "medical_case", "child_alone",     "overloaded",     "wide_inquiry_failed", "under_way"};
constexpr const char* parameters[] = {"uk-turnaround-2021.wave_most", "uk-turnaround-2021.wind_most"};
constexpr const char* responses[] = {"turn_round", "rescue", "escort"};

/// A report with every field its kind may have, some of the time; the reader drops those that make no sense.
Json report_of(Bytes& bytes, int number, Time now) {
  const std::string kind = bytes.of(kinds);
  Json out{{"id", std::to_string(number)}, {"time", iso(now)}, {"kind", kind}, {"from", bytes.of(people)}};
  const unsigned more = bytes.below(256);
  const auto maybe = [&](unsigned bit, const char* name, const Json& value) {
    if ((more >> bit & 1U) != 0) out[name] = value;
  };
  const Json at = Json::array({1.0 + 0.01 * bytes.below(100), 50.6 + 0.01 * bytes.below(80)});
  if (const std::string boat = bytes.of(boats);
      !boat.empty() && kind != "unit_position" && kind != "parameter")
    out["boat"] = boat;
  if (kind == "call") {
    maybe(0, "persons", bytes.persons());
    maybe(1, "at", at);
    maybe(2, "distress", true);
    maybe(3, "engine_stopped", true);
  } else if (kind == "sighting") {
    out["at"] = at;
    maybe(0, "persons", bytes.persons());
    maybe(1, "empty", true);
  } else if (kind == "departure_prevented" || kind == "landing") {
    out.update({{"persons", bytes.persons()}, {"country", "UK"}, {"port", "Dover"}});
    maybe(0, "unit", "RNLI Dover");
  } else if (kind == "recovered") {
    out["unit"] = "RNLI Dover";
    maybe(0, "persons", bytes.persons());
    maybe(1, "empty", true);
    maybe(2, "dead", 1);
  } else if (kind == "handed_over") {
    out.update({{"persons", bytes.persons()}, {"to", "ambulance service"}});
    out[(more & 1U) != 0 ? "port" : "unit"] = (more & 1U) != 0 ? "Dover" : "RNLI Dover";
  } else if (kind == "order") {
    out.update({{"task", bytes.of(tasks)}, {"to", bytes.of(people)}, {"other", bytes.of({"A", "B", "I1"})}});
    maybe(0, "officer", "SMC A. Exercise");
    maybe(1, "reason", "the same mark");
    maybe(2, "evidence", Json::array({std::to_string(bytes.below(50))}));
    maybe(3, "persons", bytes.persons());
    maybe(4, "phase", "alert");
    maybe(5, "forecast", "F1");
    maybe(6, "coverage", 0.8);
    maybe(7, "coverage_source", "by hand");
  } else if (kind == "consent") {
    out.update({{"role", bytes.of(roles)}, {"given", (more & 1U) != 0}, {"response", bytes.of(responses)}});
  } else if (kind == "claim") {
    out.update(
        {{"subject", "arrived"}, {"persons", bytes.persons()}, {"status", "final"}, {"about", "2021-11-11"}});
  } else if (kind == "fact") {
    out.update({{"fact", bytes.of(facts)},
                {"value", (more & 1U) != 0},
                {"role", bytes.of(roles)},
                {"text", "seen"}});
  } else if (kind == "override") {
    out.update({{"role", bytes.of(roles)},
                {"response", bytes.of(responses)},
                {"until", iso(now + std::chrono::minutes(bytes.below(120)))},
                {"text", "nobody else is near"}});
  } else if (kind == "parameter") {
    out.update({{"role", bytes.of(roles)}, {"parameter", bytes.of(parameters)}, {"value", bytes.below(40)}});
  } else if (kind == "task_answer") {
    out.update({{"unit", "RNLI Dover"}, {"accepted", (more & 1U) != 0}, {"text", "fuel"}});
  } else if (kind == "acknowledge") {
    out["alarm"] = bytes.below(40);
  } else {
    out.update({{"unit", "RNLI Dover"}, {"at", at}});
  }
  return out;
}

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const Room& room) {
  for (const auto& [id, incident] : room.incidents()) require(!incident.centre.empty());
  for (const std::string& boat : room.people().boats()) {
    HeadCount sum;
    for (const auto state :
         {PeopleState::prevented, PeopleState::at_sea, PeopleState::rescued, PeopleState::landed,
          PeopleState::handed_over, PeopleState::dead, PeopleState::missing}) {
      const HeadCount in = room.people().in(state, boat);
      sum = {sum.low + in.low, sum.high + in.high};
    }
    const HeadCount all = room.people().in(PeopleState::set_out, boat);
    require(sum.low <= all.low && all.high <= sum.high);
  }
}

/// What is permitted and is no rescue stands on distress that is ruled out.
void check_verdict(const Json& body) {
  if (!body.value("permits", false)) return;
  for (const Json& verdict : body.at("verdicts")) {
    if (!verdict.value("permits", false) || verdict.at("kind") == "rescue") continue;
    require(verdict.at("distress_ruled_out") == "yes");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 1200) return 0;
  Bytes bytes(data, size);
  Room room(fuzz::small_world());
  Time now = *parse_time("2021-11-11T00:00:00Z");
  std::uint64_t last = 0;
  for (int number = 1; bytes.left(); ++number) {
    now += std::chrono::seconds(bytes.below(240));
    Event event{now, {}, ClockTick{}};
    const unsigned what = bytes.below(8);
    if (what == 0 && !room.pending().empty()) {
      const ForecastRequest& request = room.pending().front();
      event.what = ForecastAnswer{request.id, request.inputs, nullptr, "no sea here"};
    } else if (what > 1) {
      const Json json = report_of(bytes, number, now);
      auto read = report_from(json);
      if (!read) continue;
      event.what = Observation{report_head(*read).time, "reports", json.dump(), *read};
    }
    for (const Entry& entry : room.apply(event)) {
      require(entry.number == ++last);
      if (entry.kind == "verdict") check_verdict(*parse_json(entry.body));
    }
    check(room);
  }
  return 0;
}
