#pragma once
/// The kinds of report beside calls, sightings, rescues, landings and orders, as people make them: often as
/// they should be and often not. random_day.h mixes them in, so that every kind there is comes up.

#include "room/random_choice.h"
#include "room/room_support.h"

namespace varne::test {

inline Json other_report_of(Choice& choice, int number) {
  static const char* const boats[] = {"A", "B", "C"};
  static const char* const units[] = {"RNLI Dungeness", "RNLI Dover", "Abeille Normandie"};
  static const char* const roles[] = {"captain", "commander", "coordinator", "minister"};
  static const char* const names[] = {"captain of HMC Valiant", "commander of the day", "MRCC Dover",
                                      "a minister"};
  static const char* const responses[] = {"turn_round", "rescue", "escort", "offer_help"};
  static const char* const facts[] = {"distress",     "people_in_water", "call_for_help",
                                      "overloaded",   "under_way",       "help_refused",
                                      "asylum_asked", "boat_sturdy",     "taking_water"};
  Json report{{"from", choice.of(names)}, {"boat", choice.of(boats)}};
  switch (choice.below(9)) {
    case 0:
      report.update({{"kind", "handed_over"}, {"persons", choice.persons()}, {"to", "ambulance service"}});
      if (choice.below(2) == 0) {
        report["port"] = "Dover";
      } else {
        report["unit"] = choice.of(units);
      }
      return report;
    case 1:
      return {{"kind", "unit_position"},
              {"from", "a tracker"},
              {"unit", choice.of(units)},
              {"at", Json::array({1.2 + 0.01 * choice.below(50), 50.8 + 0.01 * choice.below(30)})},
              {"course_deg", choice.below(361)},
              {"speed_kn", choice.below(40)}};
    case 2:
      report.update({{"kind", "consent"},
                     {"role", choice.of(roles)},
                     {"response", choice.of(responses)},
                     {"given", choice.below(4) != 0}});
      return report;
    case 3:
      report.update({{"kind", "claim"},
                     {"subject", "arrived"},
                     {"persons", choice.persons()},
                     {"status", "provisional"},
                     {"about", "2021-11-11"}});
      if (choice.below(2) == 0) report.erase("boat");
      return report;
    case 4:
      report.update({{"kind", "fact"},
                     {"fact", choice.of(facts)},
                     {"value", choice.below(3) == 0},
                     {"role", choice.of(roles)},
                     {"text", "seen alongside"}});
      return report;
    case 5:
      return {{"kind", "parameter"},
              {"from", choice.of(names)},
              {"role", choice.of(roles)},
              {"parameter", "uk-turnaround-2021.wave_most"},
              {"value", choice.below(40)}};
    case 6:
      report.update(
          {{"kind", "task_answer"}, {"unit", choice.of(units)}, {"accepted", choice.below(2) == 0}});
      return report;
    case 7:
      return {{"kind", "acknowledge"}, {"from", choice.of(names)}, {"alarm", 1 + choice.below(60)}};
    default:
      report.update({{"kind", "override"},
                     {"role", choice.of(roles)},
                     {"response", choice.of(responses)},
                     {"until", iso(midnight + std::chrono::minutes(3 * number + choice.below(60)))},
                     {"text", "no other craft is near"}});
      return report;
  }
}

}  // namespace varne::test
