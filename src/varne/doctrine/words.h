#pragma once
/// How an encounter is made from what a room knows: the facts of the vocabulary that a room can say, each
/// under one name. What the room does not know it does not say; silence is unknown, never no.
///
/// - A sign of danger is said with 1 by whoever reports it. A 0 counts only where its word carries the role
/// of
///   an officer (captain, commander, coordinator), and it must be of this very boat: never say 0 because
///   another boat was found, or because nobody has called.
/// - "Distress is ruled out" is such a 0, still good, for `distress` and for every other sign of danger: an
///   officer goes through the list. A sign that nobody has spoken of is not ruled out.
/// - `another_centre_acts` is the centre's own awareness: say 0 where the record shows nobody else acting.

#include "varne/doctrine/facts.h"

namespace varne {

/// The facts a room fills in, as ids of one vocabulary.
struct Words {
  // What moves a boat to distress for good.
  FactId distress, people_in_water, engine_stopped, taking_water, call_for_help, medical_case, child_alone,
      overloaded, wide_inquiry_failed;
  // The phases below it, and who acts.
  FactId doubt_of_safety, overdue, contact_failed, impaired, known_to_centre, position_known,
      another_centre_acts, people_taken_aboard, last_contact;
  // The boat.
  FactId persons_least, persons_most, boat_kind, boat_length, under_way, asylum_asked;
  // Where it is: `waters` is "UK", "FR" or "none".
  FactId waters, on_the_beach, way_back_length;
  // Weather, sea and those who may act.
  FactId wind_speed, wave_height, craft_available, french_vessel_confirmed;

  /// Refuses a vocabulary that lacks one of them, and names it.
  static Result<Words> of(const Vocabulary& vocabulary);
};

}  // namespace varne
