#pragma once
/// Reports: what people say over telephone and radio. One struct for each kind, with what every report has as
/// its base; each kind's list of fields is its JSON (report_reader.h), its bytes and its rows in
/// docs/feeds.md. There is no field for an identity of anybody aboard, and the reader refuses names it does
/// not know.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/head_count.h"
#include "varne/core/time.h"
#include "varne/feed/report_fields.h"

namespace varne {

/// Yes, no, or not said.
using Said = std::optional<bool>;

/// What is said of a fact: a truth, a number in the fact's unit, or a choice or time (ISO 8601) as text.
using SaidValue = std::variant<std::monostate, bool, double, std::string>;

/// Who says it, when, and of which boat. An empty text says nothing; `boat` and `role` stay empty in the
/// kinds whose list does not have them.
struct ReportHead {
  std::string id;  ///< the reporter's own number, unique in its source; a second one is a repetition
  Time time;
  double time_error_s = 0;  ///< the time is good to so much on either side, 0 not said
  std::string from;         ///< who reports: "caller", "RNLI Dungeness"
  std::string role;         ///< by office: "captain", "commander", "SMC", "minister", …
  std::string boat;         ///< the operations rooms' label for the boat ("Charlie"), "" where none is agreed
  std::string text;         ///< free words; an override's reason
};

namespace reports {

struct Call : ReportHead {
  std::string craft;  ///< "inflatable", "kayak", "person", …; "" not said
  std::optional<Place> place;
  double place_error_m = 0;  ///< radius about the place, 0 not said
  std::optional<HeadCount> persons;
  Said distress;
  Said people_in_water;
  Said taking_water;
  Said engine_stopped;
  std::optional<HeadCount> children;
  std::optional<HeadCount> injured;
  std::optional<double> course_deg;
  std::optional<double> speed_mps;
  std::vector<std::string> may_be;  ///< boats (labels or incident numbers) any of which this may be about

  static constexpr std::string_view kind = "call";
  static constexpr std::string_view says = "a call for help, by those aboard or by somebody for them";
  static constexpr auto fields() {
    namespace f = field;
    return f::list<Call>(f::boat<Call>, f::craft<Call>, f::at<Call>, f::error_m<Call>, f::persons<Call>,
                         f::distress<Call>, f::people_in_water<Call>, f::taking_water<Call>,
                         f::engine_stopped<Call>, f::children<Call>, f::injured<Call>, f::course_deg<Call>,
                         f::speed_kn<Call>, f::may_be<Call>);
  }
};

struct Sighting : ReportHead {
  std::string craft;
  Place place;
  double place_error_m = 0;
  std::optional<HeadCount> persons;
  Said people_in_water;
  Said taking_water;
  Said engine_stopped;
  Said empty;  ///< nobody aboard
  std::optional<HeadCount> children;
  std::optional<HeadCount> injured;
  std::optional<HeadCount> dead;
  std::optional<double> course_deg;
  std::optional<double> speed_mps;
  std::string unit;
  std::vector<std::string> may_be;

  static constexpr std::string_view kind = "sighting";
  static constexpr std::string_view says = "a boat, kayak or person seen; `empty`: nobody was aboard";
  static constexpr auto fields() {
    namespace f = field;
    using K = Sighting;
    return f::list<K>(f::at<K>.needed(), f::boat<K>, f::craft<K>, f::error_m<K>, f::persons<K>,
                      f::people_in_water<K>, f::taking_water<K>, f::engine_stopped<K>, f::empty<K>,
                      f::children<K>, f::injured<K>, f::dead<K>, f::course_deg<K>, f::speed_kn<K>, f::unit<K>,
                      f::may_be<K>);
  }
};

struct DeparturePrevented : ReportHead {
  std::string craft;
  std::optional<Place> place;
  double place_error_m = 0;
  HeadCount persons;
  std::optional<HeadCount> children;
  std::optional<HeadCount> injured;
  std::optional<std::int32_t> boats;  ///< how many
  std::string port;
  std::string country;  ///< "FR", "UK"
  std::string unit;

  static constexpr std::string_view kind = "departure_prevented";
  static constexpr std::string_view says = "stopped ashore or off the beach";
  static constexpr auto fields() {
    namespace f = field;
    using K = DeparturePrevented;
    return f::list<K>(f::persons<K>.needed(), f::country<K>.needed(), f::boat<K>, f::craft<K>, f::at<K>,
                      f::error_m<K>, f::children<K>, f::injured<K>, f::boats<K>, f::port<K>, f::unit<K>);
  }
};

struct Landing : ReportHead {
  std::string craft;
  std::optional<Place> place;
  double place_error_m = 0;
  HeadCount persons;
  std::optional<HeadCount> children;
  std::optional<HeadCount> injured;
  std::optional<HeadCount> dead;
  std::string unit;  ///< who brought them in; "": they came on their own
  std::string port;  ///< where
  std::string country;

  static constexpr std::string_view kind = "landing";
  static constexpr std::string_view says = "people set ashore, by `unit` or on their own where none is named";
  static constexpr auto fields() {
    namespace f = field;
    using K = Landing;
    return f::list<K>(f::persons<K>.needed(), f::port<K>.needed(), f::country<K>.needed(), f::boat<K>,
                      f::craft<K>, f::at<K>, f::error_m<K>, f::children<K>, f::injured<K>, f::dead<K>,
                      f::unit<K>);
  }
};

struct Recovered : ReportHead {
  std::string craft;
  std::optional<Place> place;
  double place_error_m = 0;
  std::optional<HeadCount> persons;  ///< how many may not be known yet
  Said empty;                        ///< nobody is left aboard
  std::optional<HeadCount> children;
  std::optional<HeadCount> injured;
  std::optional<HeadCount> dead;  ///< of `persons`, those found dead
  std::string unit;               ///< that took them aboard

  static constexpr std::string_view kind = "recovered";
  static constexpr std::string_view says =
      "people taken aboard `unit`; without `persons` how many is not known yet";
  static constexpr auto fields() {
    namespace f = field;
    using K = Recovered;
    return f::list<K>(f::unit<K>.needed(), f::boat<K>, f::craft<K>, f::at<K>, f::error_m<K>, f::persons<K>,
                      f::empty<K>, f::children<K>, f::injured<K>, f::dead<K>);
  }
};

struct HandedOver : ReportHead {
  HeadCount persons;
  std::optional<HeadCount> children;
  std::optional<HeadCount> injured;
  std::string unit;  ///< aboard which they are, …
  std::string port;  ///< … or where they were landed: one of the two
  std::string to;    ///< who takes care of them

  static constexpr std::string_view kind = "handed_over";
  static constexpr std::string_view says =
      "people landed at `port`, or aboard `unit` (one of the two), pass into the care of `to`";
  static constexpr auto fields() {
    namespace f = field;
    using K = HandedOver;
    return f::list<K>(f::boat<K>.needed(), f::persons<K>.needed(), f::to<K>.needed(), f::unit<K>, f::port<K>,
                      f::children<K>, f::injured<K>);
  }
};

struct UnitPosition : ReportHead {
  std::string unit;
  Place place;
  std::optional<double> course_deg;
  std::optional<double> speed_mps;

  static constexpr std::string_view kind = "unit_position";
  static constexpr std::string_view says = "where a unit is";
  static constexpr auto fields() {
    namespace f = field;
    using K = UnitPosition;
    return f::list<K>(f::unit<K>.needed(), f::at<K>.needed(), f::course_deg<K>, f::speed_kn<K>);
  }
};

struct Order : ReportHead {
  std::optional<Place> place;
  double place_error_m = 0;
  std::optional<HeadCount> persons;
  std::string unit;
  std::string task;   ///< "rescue", "search", "escort", "end_search", …
  std::string to;     ///< to whom; hand_over: the centre that is to take over
  std::string other;  ///< the second boat, where it is about how two are related
  std::string officer;
  std::string reason;
  std::vector<std::string> evidence;  ///< ids of the reports that it stands on
  std::string phase;                  ///< lower_phase: "uncertainty", "alert"
  std::string forecast;               ///< end_search: the forecast searched by ("F3")
  std::optional<double> coverage;     ///< end_search: area swept effectively / area searched (IAMSAR), > 0
  std::string coverage_source;

  static constexpr std::string_view kind = "order";
  static constexpr std::string_view says =
      "somebody orders or asks for something; a request is recorded as a request. [entries.md](entries.md) "
      "says which task needs what";
  static constexpr auto fields() {
    namespace f = field;
    using K = Order;
    return f::list<K>(f::task<K>.needed(), f::boat<K>, f::at<K>, f::error_m<K>, f::persons<K>, f::unit<K>,
                      f::role<K>, f::to<K>, f::other<K>, f::officer<K>, f::reason<K>, f::evidence<K>,
                      f::phase<K>, f::forecast<K>, f::coverage<K>, f::coverage_source<K>);
  }
};

struct TaskAnswer : ReportHead {
  std::string unit;
  bool accepted = false;

  static constexpr std::string_view kind = "task_answer";
  static constexpr std::string_view says =
      "a unit takes the task it was ordered for a boat, or declines it and says in `text` why";
  static constexpr auto fields() {
    namespace f = field;
    using K = TaskAnswer;
    return f::list<K>(f::unit<K>.needed(), f::boat<K>.needed(), f::accepted<K>.needed());
  }
};

struct Acknowledge : ReportHead {
  std::int64_t alarm = 0;

  static constexpr std::string_view kind = "acknowledge";
  static constexpr std::string_view says = "somebody at the desk has looked at an alarm, for all consoles";
  static constexpr auto fields() {
    namespace f = field;
    using K = Acknowledge;
    return f::list<K>(f::alarm<K>.needed());
  }
};

struct Consent : ReportHead {
  std::string unit;
  bool given = false;
  std::string response;  ///< to what

  static constexpr std::string_view kind = "consent";
  static constexpr std::string_view says = "a consent given or refused by a person in a role, for one boat";
  static constexpr auto fields() {
    namespace f = field;
    using K = Consent;
    return f::list<K>(f::boat<K>.needed(), f::role<K>.needed(), f::given<K>.needed(), f::response<K>.needed(),
                      f::unit<K>);
  }
};

/// What somebody published, with its state, of the day or of one boat.
struct Claim : ReportHead {
  std::string subject;  ///< "arrived", "prevented", "set_out", "cumulative_arrived"
  std::optional<HeadCount> persons;
  std::optional<std::int32_t> boats;
  std::string status;  ///< "provisional", "final", "disputed"
  std::string about;   ///< the day it speaks of, "2021-11-11"
  std::optional<Place> place;
  double place_error_m = 0;

  static constexpr std::string_view kind = "claim";
  static constexpr std::string_view says =
      "what was published, beside the count and never in it: `persons`, `boats` or both, or a `boat` and in "
      "`text` what is said of it";
  static constexpr auto fields() {
    namespace f = field;
    using K = Claim;
    return f::list<K>(f::subject<K>.needed(), f::status<K>.needed(), f::about<K>.needed(), f::persons<K>,
                      f::boats<K>, f::boat<K>, f::at<K>, f::error_m<K>);
  }
};

struct Fact : ReportHead {
  std::string fact;  ///< its name in data/doctrine/facts.toml
  SaidValue value;
  std::string unit;

  static constexpr std::string_view kind = "fact";
  static constexpr std::string_view says =
      "something known of one boat or what concerns it, by the name the "
      "[vocabulary](../data/doctrine/facts.toml) gives it";
  static constexpr auto fields() {
    namespace f = field;
    using K = Fact;
    return f::list<K>(f::boat<K>.needed(), f::fact<K>.needed(), f::value<K>.needed(), f::role<K>, f::unit<K>);
  }
};

struct Parameter : ReportHead {
  std::string parameter;  ///< "doctrine.name"
  double value = 0;

  static constexpr std::string_view kind = "parameter";
  static constexpr std::string_view says = "a number that a doctrine leaves open, set and answered for";
  static constexpr auto fields() {
    namespace f = field;
    using K = Parameter;
    return f::list<K>(f::parameter<K>.needed(), f::value<K>.needed(), f::role<K>.needed());
  }
};

struct Override : ReportHead {
  std::string response;  ///< to what
  Time until;

  static constexpr std::string_view kind = "override";
  static constexpr std::string_view says =
      "a named person acts against a verdict, which stays what it is; `text` is the reason, and needed";
  static constexpr auto fields() {
    namespace f = field;
    using K = Override;
    return f::list<K>(f::boat<K>.needed(), f::response<K>.needed(), f::role<K>.needed(),
                      f::until<K>.needed());
  }
};

}  // namespace reports

using Report = std::variant<reports::Call, reports::Sighting, reports::DeparturePrevented, reports::Landing,
                            reports::Recovered, reports::HandedOver, reports::UnitPosition, reports::Order,
                            reports::TaskAnswer, reports::Acknowledge, reports::Consent, reports::Claim,
                            reports::Fact, reports::Parameter, reports::Override>;

/// What every report has.
const ReportHead& report_head(const Report& report);
/// "departure_prevented" and so on, as the reports write it.
std::string_view kind_of(const Report& report);

// What several kinds have; empty in the others.
std::optional<Place> place_of(const Report& report);
double place_error_m(const Report& report);
std::optional<HeadCount> persons_of(const Report& report);
const std::string& craft_of(const Report& report);
const std::string& unit_of(const Report& report);
const std::vector<std::string>& may_be_of(const Report& report);
/// Somebody there says that nobody is left aboard.
bool found_empty(const Report& report);

}  // namespace varne
