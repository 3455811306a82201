#pragma once
/// Pieces of the report page. For use inside the room.

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "varne/core/markup.h"
#include "varne/report/report.h"

namespace varne::page {

/// "1,352", "30–40".
std::string number(HeadCount count);
/// "05:20", of the day; "2021-11-12 05:20" on another.
std::string clock(Time time, Time of_day);
/// "12:39–12:59", "2021-11-23 20:00–23:00", "2021-11-25 to 2026-11-01": a time and how far it is good.
std::string span(Time time, double error_s, Time of_day);
/// The incident's label where it has one, else its number.
std::string name_of(const ReportFacts::Boat& boat);
/// Its last phase, with the word that messages have for it: "distress (DETRESFA)".
std::string phase_said(const ReportFacts::Boat& boat);
bool is_open(const ReportFacts::Boat& boat);
/// It is, and its people are not counted as another's.
bool is_counted_open(const ReportFacts::Boat& boat);
/// The style sheet.
std::string_view style();

/// The map of the day.
std::string map_svg(const ReportFacts& facts, const World& world, const Coast* coast);
/// The people's account and the claims beside it.
std::string account_tables(const ReportFacts& facts, Time of_day);
/// How many open incidents there are of which nobody has said how many set out.
std::size_t uncounted_boats(const ReportFacts& facts);
/// Incidents, and who was rescued by whom and when.
std::string incident_table(const ReportFacts& facts, Time of_day);
std::string rescue_tables(const ReportFacts& facts, Time of_day);
/// Boat by boat: what the desk proposed with what it knew then, beside what was ordered and done.
std::string going_table(const ReportFacts& facts, Time of_day);
/// What other centres' desks were told and when, and what they said and when it was known here.
std::string letters_table(const ReportFacts& facts, Time of_day);
/// Which centre coordinated a boat, since when.
std::string coordination(const ReportFacts::Boat& boat, Time of_day);
/// Who knew what, when: boat by boat, and what was published of it side by side.
std::string who_knew(const ReportFacts& facts, Time of_day);
/// The open incidents where the entries end, with what was owed, permitted and refused.
std::string standing(const ReportFacts& facts);
/// What was allowed besides rescue, and what stood in the way, for how many boats.
std::string ruled(const ReportFacts& facts);
std::string timeline(const ReportFacts& facts, Time of_day);

}  // namespace varne::page
