#pragma once
/// Who may do what, decided in one place: by who speaks, how that is known, and the office they claim.

#include <string>

#include "varne/feed/report_kinds.h"
#include "varne/room/event.h"
#include "varne/room/incident.h"
#include "varne/room/world.h"

namespace varne::authority {

/// A centre that may coordinate: one of the world's, or one that a unit belongs to.
bool is_centre(const World& world, const std::string& name);

/// A centre speaks (no role, or "coordinator"), by somebody whose word for that the desk takes.
bool speaks_for_a_centre(const World& world, const Speaker& speaker, const ReportHead& report);

/// What it says is an order: of a centre, or of a commander or captain to their own unit. Else the same words
/// are a request: recorded as one, and nothing changes.
bool may_order(const World& world, const Speaker& speaker, const ReportHead& report);

/// Why this report may not rule out a danger; "" where it may.
std::string may_not_rule_out_danger(const World& world, const Speaker& speaker, const ReportHead& report);

/// Why this report may not act against a verdict; "" where it may: a captain or a commander, by name.
std::string may_not_override(const World& world, const Speaker& speaker, const ReportHead& report);

/// Why this report may not set a doctrine's parameter; "" where it may: an officer.
std::string may_not_set_parameter(const World& world, const Speaker& speaker, const ReportHead& report);

/// Why a consent that was given counts for no verdict; "" where it counts. A captain is one of a listed unit,
/// and nobody agrees in two roles.
/// @param about  the incident; null: of no boat that is known
std::string consent_without_effect(const World& world, const Speaker& speaker,
                                   const reports::Consent& consent, const Incident* about);

}  // namespace varne::authority
