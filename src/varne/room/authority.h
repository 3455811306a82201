#pragma once
/// Who may do what, decided in one place: by who speaks, how that is known, and the office they claim. Of
/// somebody who has signed in the office is the account's; of everybody else it is as good as their word.

#include <string>

#include "varne/core/result.h"
#include "varne/feed/report_kinds.h"
#include "varne/room/event.h"
#include "varne/room/incident.h"
#include "varne/room/world.h"

namespace varne::authority {

/// A centre that may coordinate: one of the world's, or one that a unit belongs to.
bool is_centre(const World& world, const std::string& name);

/// A unit of the world's list.
bool is_unit(const World& world, const std::string& name);

/// An order that cannot stand as one: it gives an office that orders nothing (a minister's). It is a request,
/// and whoever takes it down says whose.
bool is_request(const reports::Order& order);

/// Whether somebody who has signed in says no more than they may say for themselves: who orders, agrees,
/// overrides, sets a parameter or gives an office, does so in their own, under their own name or that of whom
/// they speak for; a captain's word is of the captain's own unit. What others reported may be taken down by
/// anybody, and so may somebody's no. Speakers of other kinds are not asked.
/// @returns the field of the report that is somebody else's, and why
Done is_own_word(const World& world, const Speaker& speaker, const Report& report);

/// A centre speaks (no role, or "coordinator"), by somebody whose word for that the desk takes.
bool speaks_for_a_centre(const World& world, const Speaker& speaker, const ReportHead& report);

/// What it says is an order: of a centre, or of a commander or captain to their own unit. Else the same words
/// are a request: recorded as one, and nothing changes.
bool may_order(const World& world, const Speaker& speaker, const ReportHead& report);

/// Where the desk of another centre is joined, a unit has its orders from its own centre's desk alone:
/// whoever else asks for it makes a request, which that centre answers with an order of its own.
/// @param unit  whom the order is to
bool is_for_another_desk(const World& world, const Speaker& speaker, const std::string& unit);

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
