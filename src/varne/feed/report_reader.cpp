#include "varne/feed/report_reader.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "varne/core/letters.h"
#include "varne/core/text.h"
#include "varne/core/units.h"
#include "varne/feed/report_words.h"

namespace varne {

const char* name_of(ReportKind kind) {
  switch (kind) {
    case ReportKind::call:
      return "call";
    case ReportKind::sighting:
      return "sighting";
    case ReportKind::departure_prevented:
      return "departure_prevented";
    case ReportKind::landing:
      return "landing";
    case ReportKind::recovered:
      return "recovered";
    case ReportKind::unit_position:
      return "unit_position";
    case ReportKind::order:
      return "order";
    case ReportKind::consent:
      return "consent";
    case ReportKind::handed_over:
      return "handed_over";
    case ReportKind::claim:
      return "claim";
    case ReportKind::fact:
      return "fact";
    case ReportKind::parameter:
      return "parameter";
    case ReportKind::verdict_override:
      return "override";
  }
  return "";
}

namespace {

constexpr std::array kinds{ReportKind::call,
                           ReportKind::sighting,
                           ReportKind::departure_prevented,
                           ReportKind::landing,
                           ReportKind::recovered,
                           ReportKind::handed_over,
                           ReportKind::unit_position,
                           ReportKind::order,
                           ReportKind::consent,
                           ReportKind::claim,
                           ReportKind::fact,
                           ReportKind::parameter,
                           ReportKind::verdict_override};
/// What every report may carry.
constexpr std::array<std::string_view, 6> common{"id", "time", "kind", "from", "text", "time_error_s"};
constexpr std::size_t longest_text = 2000;
constexpr std::size_t most_names = 20;
constexpr std::size_t longest_name = 120;
constexpr std::int64_t most_people = 1000000;

/// What a kind of report may carry beside what all have; what it needs is marked '!'.
const char* fields_of(ReportKind kind) {
  switch (kind) {
    case ReportKind::call:
      return "boat craft at error_m persons distress people_in_water taking_water engine_stopped children "
             "injured "
             "course_deg speed_kn may_be";
    case ReportKind::sighting:
      return "boat craft !at error_m persons people_in_water taking_water engine_stopped empty children "
             "injured dead "
             "course_deg speed_kn unit may_be";
    case ReportKind::departure_prevented:
      return "boat craft at error_m !persons children injured boats port !country unit";
    case ReportKind::landing:
      return "boat craft at error_m !persons children injured dead unit !port !country";
    case ReportKind::recovered:
      return "boat craft at error_m persons empty children injured dead !unit";
    case ReportKind::handed_over:
      return "!boat !persons !to unit port children injured";
    case ReportKind::unit_position:
      return "!unit !at course_deg speed_kn";
    case ReportKind::order:
      return "boat at error_m persons unit !task role to other officer reason evidence phase forecast "
             "coverage coverage_source";
    case ReportKind::consent:
      return "!boat unit !role !given !response";
    case ReportKind::claim:
      return "!subject persons boats !status !about boat at error_m";
    case ReportKind::fact:
      return "!boat !fact !value role unit";
    case ReportKind::parameter:
      return "!parameter !value !role";
    case ReportKind::verdict_override:
      return "!boat !response !role !until";
  }
  return "";
}

/// Reads the fields of one object; the first error sticks.
class Fields {
 public:
  explicit Fields(const Json& json) : json_(json) {}

  /// What is wrong with a text, or "" (feed/report_words.h); null: these words decide nothing.
  using Fault = std::string (*)(std::string_view);

  void text(const char* name, std::string& out, Fault fault = fault_of_name,
            std::size_t longest = longest_name) {
    const Json* value = find(name);
    if (value == nullptr) return;
    if (!value->is_string()) return refuse(name, "must be a text in quotes");
    out = value->get<std::string>();
    if (out.size() > longest) return refuse(name, fmt::format("is longer than {} bytes", longest));
    if (auto what = fault != nullptr ? fault(out) : ""; !what.empty()) refuse(name, std::move(what));
  }
  void texts(const char* name, std::vector<std::string>& out, Fault fault = fault_of_name) {
    const Json* value = find(name);
    if (value == nullptr) return;
    const bool list = value->is_array() && !value->empty() && value->size() <= most_names;
    if (!list) return refuse(name, fmt::format("must be a list of 1 to {} texts", most_names));
    for (const Json& one : *value) {
      const std::string text = one.is_string() ? one.get<std::string>() : "";
      if (text.empty() || text.size() > longest_name)
        return refuse(name, fmt::format("must be a list of texts of 1 to {} bytes", longest_name));
      if (auto what = fault(text); !what.empty()) return refuse(name, std::move(what));
      out.push_back(text);
    }
  }
  void said(const char* name, Said& out) {
    const Json* value = find(name);
    if (value == nullptr) return;
    if (!value->is_boolean())
      return refuse(name, "must be true or false; leave it out where it was not said");
    out = value->get<bool>();
  }
  void count(const char* name, std::optional<HeadCount>& out) {
    const Json* value = find(name);
    if (value == nullptr) return;
    const Json& low = value->is_array() && value->size() == 2 ? (*value)[0] : *value;
    const Json& high = value->is_array() && value->size() == 2 ? (*value)[1] : *value;
    const auto a = people(low);
    const auto b = people(high);
    if (!a || !b) return refuse(name, "must be a number of people, or [at least, at most]");
    if (*a > *b) return refuse(name, fmt::format("[{}, {}]: at least is more than at most", *a, *b));
    out = HeadCount{*a, *b};
  }
  std::optional<double> number(const char* name, double least, double most) {
    const Json* value = find(name);
    if (value == nullptr) return std::nullopt;
    const double v = value->is_number() ? value->get<double>() : std::nan("");
    if (!(v >= least && v <= most)) {
      refuse(name, fmt::format("must be a number from {} to {}", least, most));
      return std::nullopt;
    }
    return v;
  }
  void value(const char* name, SaidValue& out) {
    const Json* given = find(name);
    if (given == nullptr) return;
    if (given->is_boolean()) {
      out = given->get<bool>();
    } else if (given->is_number()) {
      out = number(name, -1e15, 1e15).value_or(0);
    } else {
      text(name, out.emplace<std::string>());
    }
  }
  void time(const char* name, std::optional<Time>& out) {
    const Json* given = find(name);
    if (given == nullptr) return;
    const auto at = parse_time(given->is_string() ? given->get<std::string>() : "");
    if (!at) return refuse(name, at.error().what);
    out = *at;
  }
  void place(const char* name, std::optional<Place>& out) {
    const Json* value = find(name);
    if (value == nullptr) return;
    if (value->is_array() && value->size() == 2 && (*value)[0].is_number() && (*value)[1].is_number()) {
      const Place p{(*value)[0].get<double>(), (*value)[1].get<double>()};
      if (valid(p)) {
        out = p;
        return;
      }
    }
    refuse(name, "must be a place as [longitude, latitude] in degrees");
  }
  void refuse(const char* name, std::string what) {
    if (!wrong) wrong = Error{name, std::move(what)};
  }

  std::optional<Error> wrong;

 private:
  const Json* find(const char* name) const {
    const auto at = json_.find(name);
    return at == json_.end() ? nullptr : &*at;
  }
  static std::optional<std::int32_t> people(const Json& value) {
    if (!value.is_number_integer()) return std::nullopt;
    // An unsigned beyond the range of a signed one must not wrap round.
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(most_people))
      return std::nullopt;
    const auto v = value.get<std::int64_t>();
    if (v < 0 || v > most_people) return std::nullopt;
    return static_cast<std::int32_t>(v);
  }
  const Json& json_;
};

/// Every field stands in the kind's list, and what it needs is there.
Done check_fields(const Json& json, ReportKind kind) {
  std::vector<std::string_view> known;
  for (auto name : split(fields_of(kind), ' ')) {
    if (name.starts_with('!')) {
      name.remove_prefix(1);
      const auto at = json.find(name);
      // An empty text says no more than a field left out.
      if (at == json.end() || (at->is_string() && at->get_ref<const std::string&>().empty()))
        return fail(std::string(name), fmt::format("is missing; a {} needs it", name_of(kind)));
    }
    known.push_back(name);
  }
  for (const auto& [name, value] : json.items()) {
    if (std::find(common.begin(), common.end(), name) != common.end()) continue;
    if (std::find(known.begin(), known.end(), name) == known.end())
      return fail(shown(name), fmt::format("is not a field of a {}; it may carry {}, {}", name_of(kind),
                                           fmt::join(common, ", "), fmt::join(known, ", ")));
  }
  return {};
}

Result<ReportKind> kind_of(const Json& json) {
  const auto at = json.find("kind");
  const std::string word = at != json.end() && at->is_string() ? at->get<std::string>() : "";
  std::string all;
  for (const auto kind : kinds) {
    if (word == name_of(kind)) return kind;
    all += (all.empty() ? "" : ", ") + std::string(name_of(kind));
  }
  return fail("kind", fmt::format("\"{}\" is no kind of report; there are {}", shown(word), all));
}

/// What only an order carries.
void read_order(Fields& fields, Report& r) {
  fields.text("other", r.other, fault_of_boat);
  fields.text("officer", r.officer, fault_of_speaker);
  fields.text("reason", r.reason, fault_of_words, longest_text);
  fields.texts("evidence", r.evidence);
  fields.text("phase", r.phase);
  fields.text("forecast", r.forecast);
  r.coverage = fields.number("coverage", 0, 100);
  if (r.coverage == 0.0) fields.refuse("coverage", "is 0, and that is no search; say how much was swept");
  fields.text("coverage_source", r.coverage_source, fault_of_words, longest_text);
}

void read_fields(Fields& fields, Report& r) {
  fields.text("id", r.id);
  fields.text("from", r.from, fault_of_speaker);
  fields.text("boat", r.boat, fault_of_boat);
  fields.text("craft", r.craft);
  fields.place("at", r.place);
  r.place_error_m = fields.number("error_m", 0, 1e6).value_or(0);
  fields.count("persons", r.persons);
  fields.said("distress", r.distress);
  fields.said("people_in_water", r.people_in_water);
  fields.said("taking_water", r.taking_water);
  fields.said("engine_stopped", r.engine_stopped);
  fields.said("empty", r.empty);
  fields.count("children", r.children);
  fields.count("injured", r.injured);
  fields.count("dead", r.dead);
  fields.text("unit", r.unit);
  r.course_deg = fields.number("course_deg", 0, 360);
  if (const auto kn = fields.number("speed_kn", 0, 200)) r.speed_mps = mps_from_knots(*kn);
  fields.text("port", r.port);
  fields.text("country", r.country);
  fields.text("task", r.task);
  fields.text("role", r.role, fault_of_speaker);
  fields.text("to", r.to, fault_of_speaker);
  fields.said("given", r.given);
  fields.text("response", r.response);
  fields.text("subject", r.subject);
  if (const auto n = fields.number("boats", 0, 1e6)) {
    if (*n != std::floor(*n)) fields.refuse("boats", "must be a whole number");
    r.boats = static_cast<std::int32_t>(*n);
  }
  fields.text("status", r.status);
  fields.text("about", r.about);
  fields.text("fact", r.fact);
  fields.text("parameter", r.parameter);
  fields.value("value", r.value);
  fields.time("until", r.until);
  fields.text("text", r.text, nullptr, longest_text);
  r.time_error_s = fields.number("time_error_s", 0, 1e9).value_or(0);
  fields.texts("may_be", r.may_be, fault_of_boat);
  read_order(fields, r);
  if (r.id.empty()) fields.refuse("id", "is missing; give each report a number of its own");
  if (r.from.empty()) fields.refuse("from", "is missing; say who reports");
}

/// What one field alone cannot tell.
Done check_sense(const Report& r) {
  for (const auto& [name, part] :
       {std::pair{"children", r.children}, {"injured", r.injured}, {"dead", r.dead}}) {
    if (part && r.persons && part->low > r.persons->high)
      return fail(name, fmt::format("{} of at most {} persons", part->low, r.persons->high));
  }
  if (r.kind == ReportKind::recovered && r.dead && !r.persons)
    return fail("persons", "is missing; the dead are counted of all who were taken aboard");
  if (r.kind == ReportKind::handed_over && r.unit.empty() == r.port.empty())
    return fail("port",
                "say where they are handed over from: the \"port\" they were landed at, or the \"unit\" they "
                "are aboard");
  if (r.kind == ReportKind::claim) {
    const bool of_a_boat = !r.boat.empty() && !r.text.empty();
    if (!r.persons && !r.boats && !of_a_boat)
      return fail("persons",
                  "is missing; a claim gives persons, boats or both, or in words what it says of "
                  "the boat it names");
    if (r.status != "provisional" && r.status != "final" && r.status != "disputed")
      return fail("status", fmt::format("\"{}\" is none of provisional, final, disputed", shown(r.status)));
  }
  if (r.kind == ReportKind::parameter && !std::holds_alternative<double>(r.value))
    return fail("value", "must be a number; a parameter is one");
  if (r.kind == ReportKind::verdict_override && !has_letter(r.text))
    return fail("text", "is missing; an override gives its reason, in words");
  return {};
}

}  // namespace

Result<TimedReport> report_from(const Json& json) {
  if (!json.is_object()) return fail("", "a report is a JSON object");
  const auto kind = kind_of(json);
  if (!kind) return std::unexpected(kind.error());
  if (const auto done = check_fields(json, *kind); !done) return std::unexpected(done.error());
  const auto time = json.find("time");
  if (time == json.end() || !time->is_string())
    return fail("time", "is missing; write it like \"2021-11-11T05:00:00Z\"");
  const auto at = parse_time(time->get<std::string>());
  if (!at) return std::unexpected(at.error().in("time"));
  TimedReport out{*at, {}};
  out.report.kind = *kind;
  Fields fields(json);
  read_fields(fields, out.report);
  if (fields.wrong) return std::unexpected(*fields.wrong);
  if (const auto done = check_sense(out.report); !done) return std::unexpected(done.error());
  return out;
}

Result<TimedReport> parse_report(std::string_view text) {
  const auto json = parse_json(text);
  if (!json) return std::unexpected(json.error());
  return report_from(*json);
}

}  // namespace varne
