#include "varne/doctrine/words.h"

#include <fmt/format.h>

namespace varne {

Result<Words> Words::of(const Vocabulary& vocabulary) {
  Words w{};
  const std::pair<const char*, FactId*> all[] = {
      {"distress", &w.distress},
      {"people_in_water", &w.people_in_water},
      {"engine_stopped", &w.engine_stopped},
      {"taking_water", &w.taking_water},
      {"call_for_help", &w.call_for_help},
      {"medical_case", &w.medical_case},
      {"child_alone", &w.child_alone},
      {"overloaded", &w.overloaded},
      {"wide_inquiry_failed", &w.wide_inquiry_failed},
      {"doubt_of_safety", &w.doubt_of_safety},
      {"overdue", &w.overdue},
      {"contact_failed", &w.contact_failed},
      {"impaired", &w.impaired},
      {"known_to_centre", &w.known_to_centre},
      {"position_known", &w.position_known},
      {"another_centre_acts", &w.another_centre_acts},
      {"people_taken_aboard", &w.people_taken_aboard},
      {"last_contact", &w.last_contact},
      {"persons_least", &w.persons_least},
      {"persons_most", &w.persons_most},
      {"boat_kind", &w.boat_kind},
      {"boat_length", &w.boat_length},
      {"under_way", &w.under_way},
      {"asylum_asked", &w.asylum_asked},
      {"waters", &w.waters},
      {"on_the_beach", &w.on_the_beach},
      {"way_back_length", &w.way_back_length},
      {"wind_speed", &w.wind_speed},
      {"wave_height", &w.wave_height},
      {"craft_available", &w.craft_available},
      {"french_vessel_confirmed", &w.french_vessel_confirmed},
  };
  for (const auto& [name, id] : all) {
    const auto found = vocabulary.find(name);
    if (!found)
      return fail("facts.toml", fmt::format("lacks the fact \"{}\", which the room fills in", name));
    *id = *found;
  }
  return w;
}

}  // namespace varne
