#include <nlohmann/json.hpp>

#include "varne/core/text.h"
#include "varne/core/units.h"
#include "varne/feed/report_reader.h"

namespace varne {

std::string report_json(const TimedReport& timed) {
  const Report& r = timed.report;
  Json json = Json::object();
  const auto text = [&](const char* name, const std::string& value) {
    if (!value.empty()) json[name] = value;
  };
  const auto said = [&](const char* name, Said value) {
    if (value) json[name] = *value;
  };
  const auto count = [&](const char* name, const std::optional<HeadCount>& value) {
    if (!value) return;
    json[name] = value->exact() ? Json(value->low) : Json::array({value->low, value->high});
  };
  json["time"] = iso(timed.time);
  json["kind"] = name_of(r.kind);
  text("id", r.id);
  text("from", r.from);
  text("boat", r.boat);
  text("craft", r.craft);
  if (r.place) json["at"] = {r.place->lon, r.place->lat};
  if (r.place_error_m > 0) json["error_m"] = r.place_error_m;
  count("persons", r.persons);
  said("distress", r.distress);
  said("people_in_water", r.people_in_water);
  said("taking_water", r.taking_water);
  said("engine_stopped", r.engine_stopped);
  said("empty", r.empty);
  count("children", r.children);
  count("injured", r.injured);
  count("dead", r.dead);
  text("unit", r.unit);
  if (r.course_deg) json["course_deg"] = *r.course_deg;
  // Rounded to what a report can mean, so that writing and reading again gives the same.
  if (r.speed_mps) json["speed_kn"] = rounded(knots_from_mps(*r.speed_mps), 6);
  text("port", r.port);
  text("country", r.country);
  text("task", r.task);
  text("role", r.role);
  text("to", r.to);
  said("given", r.given);
  text("response", r.response);
  text("subject", r.subject);
  if (r.boats) json["boats"] = *r.boats;
  text("status", r.status);
  text("about", r.about);
  text("fact", r.fact);
  text("parameter", r.parameter);
  if (const auto* yes = std::get_if<bool>(&r.value)) json["value"] = *yes;
  if (const auto* number = std::get_if<double>(&r.value)) json["value"] = *number;
  if (const auto* word = std::get_if<std::string>(&r.value)) json["value"] = *word;
  if (r.until) json["until"] = iso(*r.until);
  text("text", r.text);
  if (r.time_error_s > 0) json["time_error_s"] = r.time_error_s;
  if (!r.may_be.empty()) json["may_be"] = r.may_be;
  text("other", r.other);
  text("officer", r.officer);
  text("reason", r.reason);
  if (!r.evidence.empty()) json["evidence"] = r.evidence;
  text("phase", r.phase);
  text("forecast", r.forecast);
  if (r.coverage) json["coverage"] = *r.coverage;
  text("coverage_source", r.coverage_source);
  return canonical(json);
}

}  // namespace varne
