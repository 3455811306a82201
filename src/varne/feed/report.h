#pragma once
/// Reports: what people say over telephone and radio, one JSON object a line. docs/feeds.md documents the
/// fields.

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/head_count.h"
#include "varne/core/time.h"

namespace varne {

enum class ReportKind {
  call,                 ///< a call for help, by those aboard or by somebody for them
  sighting,             ///< a boat, kayak or person seen; `empty` says that nobody was aboard
  departure_prevented,  ///< stopped ashore or off the beach
  landing,              ///< people set ashore: brought in by `unit`, or on their own where none is named
  recovered,            ///< people taken aboard `unit`; how many may not be known yet
  handed_over,          ///< people landed at `port` or aboard `unit` pass into the care of `to`
  unit_position,        ///< where a unit is
  order,                ///< somebody orders, or asks for, something: a request is recorded as a request
  consent,              ///< a consent given or refused by a person in a role, for one boat
  claim,  ///< what somebody published, with its state, of the day or of one boat: kept beside the count,
          ///< never in it
  fact,   ///< something somebody knows of one boat or what concerns it, as the doctrines' vocabulary names it
  parameter,         ///< a number that a doctrine leaves open, set and answered for by a person in a role
  verdict_override,  ///< a named person acts against a verdict: a reason and an end; the verdict stays what
                     ///< it is
};

/// Yes, no, or not said.
using Said = std::optional<bool>;

/// What is said of a fact: a truth, a number in the fact's unit, or a choice or time (ISO 8601) as text.
using SaidValue = std::variant<std::monostate, bool, double, std::string>;

/// One report. Which fields a kind needs and which it may carry is checked on reading (feed/report_reader.h).
/// There is no field for an identity of anybody aboard, and the reader refuses names it does not know.
struct Report {
  std::string id;  ///< the reporter's own number, unique in its source; a second one is a repetition
  ReportKind kind = ReportKind::call;
  std::string from;   ///< who reports: "caller", "CROSS Gris-Nez", "RNLI Dungeness"
  std::string boat;   ///< the operations rooms' label for the boat ("Charlie"), "" where none is agreed
  std::string craft;  ///< "inflatable", "kayak", "person", …; "" not said
  std::optional<Place> place;
  double place_error_m = 0;  ///< radius about the place, 0 not said
  std::optional<HeadCount> persons;
  Said distress;  ///< call: they say they need help at once
  Said people_in_water;
  Said taking_water;
  Said engine_stopped;
  Said empty;  ///< sighting: nobody aboard
  std::optional<HeadCount> children;
  std::optional<HeadCount> injured;
  std::optional<HeadCount> dead;  ///< recovered: of `persons`, those found dead
  std::string unit;               ///< unit_position, recovered, landing, order: which unit ("RNLI Dungeness")
  std::optional<double> course_deg;
  std::optional<double> speed_mps;
  std::string port;     ///< landing: where
  std::string country;  ///< departure_prevented, landing: "FR", "UK"
  std::string task;     ///< order: what ("rescue", "search", "escort", "end_search", …)
  std::string role;     ///< who speaks, by office ("captain", "commander", "SMC", "minister", …)
  std::string to;  ///< handed_over: who takes care of them; order: to whom; hand_over: the centre that is to
                   ///< take over
  Said given;      ///< consent
  std::string response;               ///< consent, override: to what
  std::string subject;                ///< claim: "arrived", "prevented", "set_out", "cumulative_arrived"
  std::optional<std::int32_t> boats;  ///< claim, departure_prevented: how many boats
  std::string status;                 ///< claim: "provisional", "final", "disputed"
  std::string about;                  ///< claim: the day it speaks of, "2021-11-11"
  std::string fact;                   ///< fact: its name in data/doctrine/facts.toml
  std::string parameter;              ///< parameter: "doctrine.name"
  SaidValue value;                    ///< fact; parameter: a number
  std::optional<Time> until;          ///< override: when it ends
  std::string text;                   ///< free words; override: the reason
  double time_error_s = 0;            ///< the time is good to so much on either side, 0 not said
  /// call, sighting: boats (labels or incident numbers) any of which this may be about.
  std::vector<std::string> may_be;
  // Orders that change what an incident is; docs/entries.md says which needs what.
  std::string other;                  ///< the second boat, where an order is about how two are related
  std::string officer;                ///< who answers for it by name
  std::string reason;                 ///< why, in words
  std::vector<std::string> evidence;  ///< ids of the reports that it stands on
  std::string phase;                  ///< lower_phase: "uncertainty", "alert"
  std::string forecast;               ///< end_search: the forecast searched by ("F3")
  std::optional<double> coverage;     ///< end_search: area swept effectively / area searched (IAMSAR), >= 0
  std::string coverage_source;        ///< end_search: who worked that out, and how

  auto members() {
    return std::tie(id, kind, from, boat, craft, place, place_error_m, persons, distress, people_in_water,
                    taking_water, engine_stopped, empty, children, injured, dead, unit, course_deg, speed_mps,
                    port, country, task, role, to, given, response, subject, boats, status, about, fact,
                    parameter, value, until, text, time_error_s, may_be, other, officer, reason, evidence,
                    phase, forecast, coverage, coverage_source);
  }
};

/// "departure_prevented" and so on, as the reports write it.
const char* name_of(ReportKind kind);

}  // namespace varne
