#pragma once
/// How the room says things: the parts of the sentences of its entries. For use inside the room.

#include <string>

#include "varne/core/geo.h"
#include "varne/core/head_count.h"
#include "varne/core/time.h"
#include "varne/feed/report_kinds.h"
#include "varne/people/people.h"

namespace varne::phrases {

/// A name of the program's as people read it: "people in water" of "people_in_water".
std::string unscored(std::string name);
/// "33 people", "1 person", "30 to 40 people".
std::string people(HeadCount count);
/// "33", "30 to 40".
std::string number(HeadCount count);
/// "at sea", "rescued by RNLI Dungeness", "landed at Dover", "prevented in FR".
std::string state(const Account& account);
/// "14 kn towards 045°", or "stopped" below half a knot.
std::string motion(Vec velocity);
/// "24 min", "1 h 05 min".
std::string length_of(Duration duration);
/// "12:05 UTC"; with the date where it is not that of `now`.
std::string hour(Time time, Time now);
/// "850 m" below half a nautical mile, "3.4 NM" from there, as the console says it.
std::string distance(double m);

/// One sentence for the feed: who says what of which boat.
std::string sentence(const Report& report);

}  // namespace varne::phrases
