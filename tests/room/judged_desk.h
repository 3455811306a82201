#pragma once
/// A desk at which one boat, A, is judged: what is said of it, who agrees, and what the rules come to.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "room/room_support.h"

namespace varne::test {

class Verdicts : public ::testing::Test, public Desk {
 protected:
  std::vector<Entry> fact(const char* name, Json value, const char* role = "", const char* text = "seen") {
    Json report{{"kind", "fact"}, {"boat", "A"}, {"fact", name}, {"value", std::move(value)}};
    if (*role != 0) report["role"] = role;
    if (*text != 0) report["text"] = text;
    report["from"] = *role == 0                           ? "caller"
                     : std::string(role) == "coordinator" ? "MRCC Dover"
                                                          : "HMC Exercise";
    return hear(report);
  }
  std::vector<Entry> consent(const char* role, bool given) {
    return hear({{"kind", "consent"},
                 {"boat", "A"},
                 {"from", std::string("the ") + role},
                 {"role", role},
                 {"unit", "RNLI Dover"},
                 {"response", "turn_round"},
                 {"given", given}});
  }
  std::vector<Entry> override_by(const char* role, Duration lasts = std::chrono::minutes(30),
                                 const char* response = "turn_round") {
    return hear({{"kind", "override"},
                 {"boat", "A"},
                 {"response", response},
                 {"role", role},
                 {"from", "the director"},
                 {"until", iso(now + lasts)},
                 {"text", "by my own judgement"}});
  }
  /// One sign of danger after the other is ruled out by the captain on scene, before the first such word is
  /// ten minutes old.
  void rule_out_danger() {
    step = std::chrono::seconds(10);
    for (const FactId danger : vocabulary().dangers())
      fact(vocabulary()[danger].name.c_str(), false, "captain");
  }
  /// Everything that the turnaround of 2021 asks for but the consents, as no boat of that year met it.
  void meet_every_condition() {
    step = std::chrono::seconds(10);
    for (const auto& [name, limit] : {std::pair{"wind_most", 8.0}, {"wave_most", 1.0}, {"length_least", 5.0}})
      hear({{"kind", "parameter"},
            {"parameter", std::string("uk-turnaround-2021.") + name},
            {"value", limit},
            {"role", "commander"},
            {"from", "HMC Exercise"}});
    for (const auto& [name, value] :
         std::vector<std::pair<const char*, Json>>{{"boat_damaged", false},
                                                   {"waters", "UK"},
                                                   {"way_back_length", 4000.0},
                                                   {"offence_suspected", true},
                                                   {"french_vessel_confirmed", true},
                                                   {"wind_speed", 3.0},
                                                   {"wave_height", 0.3},
                                                   {"boat_length", 9.0},
                                                   {"boat_sturdy", true},
                                                   {"asylum_asked", false},
                                                   {"craft_available", 3.0},
                                                   {"destination", "UK port"}})
      fact(name, value, "captain");
    rule_out_danger();
  }
  void meet_every_condition_and_agree() {
    sight_boat();
    meet_every_condition();
    consent("commander", true);
    consent("captain", true);
  }
  static const Vocabulary& vocabulary() { return small_world()->rules->vocabulary; }

  /// The ruling on a response as the last entry says it, and as the room says it when asked.
  std::string ruling(const std::string& response = "turn_round") const {
    std::string said;
    for (const Json& body : bodies(all, "verdict")) {
      if (body["response"] == response && body["incident"] == "I1") said = body["ruling"];
    }
    for (const Json& verdict : room.verdicts("I1")) {
      if (verdict["response"] == response) {
        EXPECT_EQ(verdict["ruling"], said) << response;
      }
    }
    return said;
  }
  void sight_boat() { hear({{"kind", "sighting"}, {"boat", "A"}, {"craft", "rigid"}, {"at", uk_waters}}); }
};

}  // namespace varne::test
