#pragma once
/// The fields that reports are made of, each once: its name outside, what it says, and what it may hold. The
/// kinds (report_kinds.h) are lists of these.

#include <string_view>
#include <tuple>

#include "varne/core/fields.h"
#include "varne/core/units.h"

namespace varne {

/// What a text stands for; report_words.h has what each asks of it.
enum class Wording {
  name,     ///< something that others compare
  boat,     ///< a boat's label or an incident's number
  speaker,  ///< somebody who speaks or answers
  reason,   ///< a reason or a source, in letters; long
  free,     ///< anything; long
};

/// A field of a report. `name` and what it holds are as they are written; the member is SI.
template <class Owner, class Member>
struct ReportField : Field<Owner, Member> {
  Wording words = Wording::name;
  double least = 0;  ///< of a number, as it is written
  double most = 0;
  double unit = 1;             ///< what is written, times this, is what is kept
  std::string_view lack = {};  ///< what to do where it is needed and missing; "": "a call needs it"

  /// The same field, of a kind that is nothing without it.
  [[nodiscard]] constexpr ReportField needed(std::string_view what_to_do = {}) const {
    ReportField out = *this;
    out.optional = false;
    out.lack = what_to_do;
    return out;
  }
  [[nodiscard]] constexpr ReportField of(Wording what) const {
    ReportField out = *this;
    out.words = what;
    return out;
  }
  [[nodiscard]] constexpr ReportField range(double from, double to) const {
    ReportField out = *this;
    out.least = from;
    out.most = to;
    return out;
  }
  [[nodiscard]] constexpr ReportField in(double one, int decimals) const {
    ReportField out = *this;
    out.unit = one;
    out.places = decimals;
    return out;
  }
};

namespace reports::field {

template <class Owner, class Member>
constexpr ReportField<Owner, Member> told(std::string_view name, Member Owner::*member,
                                          std::string_view says) {
  return {said(name, member, says)};
}

// What every report has.
template <class K>
constexpr auto id = told("id", &K::id, "the reporter's own number, unique in its source")
                        .needed("give each report a number of its own");
template <class K>
constexpr auto time =
    told("time", &K::time, "when it was so").needed("write it like \"2021-11-11T05:00:00Z\"");
template <class K>
constexpr auto from = told("from", &K::from, "who reports").of(Wording::speaker).needed("say who reports");
template <class K>
constexpr auto text = told("text", &K::text, "free words; an override's reason").of(Wording::free);
template <class K>
constexpr auto time_error_s = told("time_error_s", &K::time_error_s,
                                   "the time is good to so many seconds on either side")
                                  .range(0, 1e9);

// What is said of a boat.
template <class K>
constexpr auto boat =
    told("boat", &K::boat,
         "the boat's label, or an incident's number as the desk writes it (`I7`); what only "
         "looks like such a number (`i7`, `I-7`, an I of another alphabet) is refused, and a "
         "number that no incident has labels nothing")
        .of(Wording::boat);
template <class K>
constexpr auto craft = told("craft", &K::craft, "`inflatable`, `kayak`, `person`, …");
template <class K>
constexpr auto at = told("at", &K::place, "where, in degrees");
template <class K>
constexpr auto error_m =
    told("error_m", &K::place_error_m, "radius about the place in which it may be").range(0, 1e6);
template <class K>
constexpr auto persons = told("persons", &K::persons, "how many people");
template <class K>
constexpr auto children = told("children", &K::children, "of `persons`, where those are given");
template <class K>
constexpr auto injured = told("injured", &K::injured, "of `persons`, where those are given");
template <class K>
constexpr auto dead = told("dead", &K::dead, "of `persons`, where those are given: found dead");
template <class K>
constexpr auto distress = told("distress", &K::distress, "they say that they need help at once");
template <class K>
constexpr auto people_in_water = told("people_in_water", &K::people_in_water, "somebody is in the water");
template <class K>
constexpr auto taking_water = told("taking_water", &K::taking_water, "the boat takes water");
template <class K>
constexpr auto engine_stopped = told("engine_stopped", &K::engine_stopped, "the boat is adrift");
template <class K>
constexpr auto empty = told("empty", &K::empty, "nobody is left aboard");
template <class K>
constexpr auto course_deg = told("course_deg", &K::course_deg, "over ground, true").range(0, 360);
/// Rounded to what a report can mean, so that writing and reading again gives the same.
template <class K>
constexpr auto speed_kn = told("speed_kn", &K::speed_mps, "over ground").range(0, 200).in(mps_per_knot, 6);
template <class K>
constexpr auto may_be = told("may_be", &K::may_be,
                             "boats (labels or incidents' numbers) any of which this may be about")
                            .of(Wording::boat);
template <class K>
constexpr auto unit = told("unit", &K::unit, "a unit, as the list of units has it");
template <class K>
constexpr auto port = told("port", &K::port, "where people are ashore");
template <class K>
constexpr auto country = told("country", &K::country, "`FR`, `UK`");
template <class K>
constexpr auto to = told("to", &K::to,
                         "who takes care of them; to whom an order goes; the centre that is to take over")
                        .of(Wording::speaker);
template <class K>
constexpr auto boats = told("boats", &K::boats, "how many boats").range(0, 1e6);

// What is said in a role.
template <class K>
constexpr auto role =
    told("role", &K::role, "who speaks, by office (`captain`, `commander`, `SMC`, …)").of(Wording::speaker);
template <class K>
constexpr auto task = told("task", &K::task, "what is ordered (`rescue`, `search`, `end_search`, …)");
template <class K>
constexpr auto other = told("other", &K::other,
                            "the second boat, where an order is about how two are related")
                           .of(Wording::boat);
template <class K>
constexpr auto officer = told("officer", &K::officer, "who answers for it by name").of(Wording::speaker);
template <class K>
constexpr auto reason = told("reason", &K::reason, "why").of(Wording::reason);
template <class K>
constexpr auto evidence = told("evidence", &K::evidence, "ids of the reports that it stands on");
template <class K>
constexpr auto phase = told("phase", &K::phase, "what it is to be: `uncertainty` or `alert`");
template <class K>
constexpr auto forecast = told("forecast", &K::forecast, "the forecast that was searched by (`F3`)");
template <class K>
constexpr auto coverage = told("coverage", &K::coverage,
                               "area swept effectively over area searched (IAMSAR); with 0 nothing was "
                               "searched, and that is refused")
                              .range(0, 100);
template <class K>
constexpr auto coverage_source =
    told("coverage_source", &K::coverage_source, "who worked that out, and how").of(Wording::reason);
template <class K>
constexpr auto given = told("given", &K::given, "whether the consent is given");
template <class K>
constexpr auto accepted = told("accepted", &K::accepted, "whether the unit takes the task");
template <class K>
constexpr auto alarm =
    told("alarm", &K::alarm, "number of the entry that raised it").range(1, 9'007'199'254'740'992.0);
template <class K>
constexpr auto response = told("response", &K::response, "to what, as the doctrines name it");
template <class K>
constexpr auto fact = told("fact", &K::fact, "its name in the vocabulary");
template <class K>
constexpr auto parameter = told("parameter", &K::parameter, "`doctrine.name`");
template <class K>
constexpr auto value = told("value", &K::value,
                            "of a fact: in its unit, a choice or a time as text; of a parameter a number")
                           .range(-1e15, 1e15);
template <class K>
constexpr auto until = told("until", &K::until, "when it ends");

// What is published.
template <class K>
constexpr auto subject = told("subject", &K::subject,
                              "`arrived`, `prevented`, `set_out`, `cumulative_arrived`, …");
template <class K>
constexpr auto status = told("status", &K::status, "`provisional`, `final` or `disputed`");
template <class K>
constexpr auto about = told("about", &K::about, "the day it speaks of, `2021-11-11`");

/// The whole list of a kind: what every report has, and these.
template <class K>
constexpr auto list(const auto&... more) {
  return std::tuple{id<K>, time<K>, from<K>, text<K>, time_error_s<K>, more...};
}

}  // namespace reports::field
}  // namespace varne
