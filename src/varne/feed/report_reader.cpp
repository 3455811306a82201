#include "varne/feed/report_reader.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <concepts>
#include <nlohmann/json.hpp>

#include "varne/core/letters.h"
#include "varne/core/text.h"
#include "varne/feed/report_words.h"

namespace varne {
namespace {

constexpr std::int64_t most_people = 1000000;
constexpr double least_coverage = 0.01;

/// What is wrong with a text; "" where nothing is.
std::string fault_of(Wording words, std::string_view text) {
  switch (words) {
    case Wording::name:
      return fault_of_name(text);
    case Wording::boat:
      return fault_of_boat(text);
    case Wording::speaker:
      return fault_of_speaker(text);
    case Wording::reason:
      return fault_of_words(text);
    case Wording::free:
      return "";
  }
  return "";
}

// Each reads the value of one field, or says what is wrong with it. `limits` is a ReportField.

template <class Limits>
Done take(const Json& json, const Limits& limits, std::string& out) {
  if (!json.is_string()) return fail("", "must be a text in quotes");
  out = json.get<std::string>();
  const bool is_long = limits.words == Wording::reason || limits.words == Wording::free;
  const std::size_t longest = is_long ? longest_words : longest_name;
  if (out.size() > longest) return fail("", fmt::format("is longer than {} bytes", longest));
  if (auto what = fault_of(limits.words, out); !what.empty()) return fail("", std::move(what));
  return {};
}

template <class Limits>
Done take(const Json& json, const Limits& limits, std::vector<std::string>& out) {
  if (!json.is_array() || json.empty() || json.size() > most_names)
    return fail("", fmt::format("must be a list of 1 to {} texts", most_names));
  for (const Json& one : json) {
    const std::string text = one.is_string() ? one.get<std::string>() : "";
    if (text.empty() || text.size() > longest_name)
      return fail("", fmt::format("must be a list of texts of 1 to {} bytes", longest_name));
    if (auto what = fault_of(limits.words, text); !what.empty()) return fail("", std::move(what));
    out.push_back(text);
  }
  return {};
}

template <class Limits>
Done take(const Json& json, const Limits& /*limits*/, bool& out) {
  if (!json.is_boolean()) return fail("", "must be true or false; leave it out where it was not said");
  out = json.get<bool>();
  return {};
}

template <class Limits>
Done take(const Json& json, const Limits& limits, double& out) {
  const double v = json.is_number() ? json.get<double>() : std::nan("");
  if (!(v >= limits.least && v <= limits.most))
    return fail("", fmt::format("must be a number from {} to {}", limits.least, limits.most));
  out = v * limits.unit;
  return {};
}

template <class Limits, std::signed_integral Whole>
Done take(const Json& json, const Limits& limits, Whole& out) {
  double v = 0;
  if (auto done = take(json, limits, v); !done) return done;
  if (v != std::floor(v)) return fail("", "must be a whole number");
  out = static_cast<Whole>(v);
  return {};
}

std::optional<std::int32_t> people(const Json& value) {
  if (!value.is_number_integer()) return std::nullopt;
  // An unsigned beyond the range of a signed one must not wrap round.
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(most_people))
    return std::nullopt;
  const auto v = value.get<std::int64_t>();
  if (v < 0 || v > most_people) return std::nullopt;
  return static_cast<std::int32_t>(v);
}

template <class Limits>
Done take(const Json& json, const Limits& /*limits*/, HeadCount& out) {
  const bool pair = json.is_array() && json.size() == 2;
  const auto a = people(pair ? json[0] : json);
  const auto b = people(pair ? json[1] : json);
  if (!a || !b) return fail("", "must be a number of people, or [at least, at most]");
  if (*a > *b) return fail("", fmt::format("[{}, {}]: at least is more than at most", *a, *b));
  out = {*a, *b};
  return {};
}

template <class Limits>
Done take(const Json& json, const Limits& /*limits*/, Time& out) {
  const auto at = parse_time(json.is_string() ? json.get<std::string>() : "");
  if (!at) return fail("", at.error().what);
  out = *at;
  return {};
}

template <class Limits>
Done take(const Json& json, const Limits& /*limits*/, Place& out) {
  if (json.is_array() && json.size() == 2 && json[0].is_number() && json[1].is_number()) {
    out = {json[0].get<double>(), json[1].get<double>()};
    if (valid(out)) return {};
  }
  return fail("", "must be a place as [longitude, latitude] in degrees");
}

template <class Limits>
Done take(const Json& json, const Limits& limits, SaidValue& out) {
  if (json.is_boolean()) return take(json, limits, out.emplace<bool>());
  if (json.is_number()) return take(json, limits, out.emplace<double>());
  return take(json, limits, out.emplace<std::string>());
}

template <class Limits, class T>
Done take(const Json& json, const Limits& limits, std::optional<T>& out) {
  return take(json, limits, out.emplace());
}

/// Every field stands in the kind's list, and what it needs is there.
template <class Kind>
Done check_names(const Json& json) {
  Done done = {};
  std::vector<std::string_view> known{"kind"};
  for_each_field<Kind>([&](const auto& field) {
    known.push_back(field.name);
    const auto at = json.find(field.name);
    // An empty text says no more than a field left out.
    const bool lacks =
        at == json.end() || (at->is_string() && at->template get_ref<const std::string&>().empty());
    if (!done || field.optional || !lacks) return;
    done = fail(std::string(field.name), field.lack.empty()
                                             ? fmt::format("is missing; a {} needs it", Kind::kind)
                                             : fmt::format("is missing; {}", field.lack));
  });
  if (!done) return done;
  for (const auto& [name, value] : json.items()) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      return fail(shown(name),
                  fmt::format("is not a field of a {}; it may carry {}", Kind::kind, fmt::join(known, ", ")));
  }
  return {};
}

// What one field alone cannot tell.

Done check_kind(const ReportHead& /*nothing more*/) {
  return {};
}
Done check_kind(const reports::Recovered& r) {
  if (r.dead && !r.persons)
    return fail("persons", "is missing; the dead are counted of all who were taken aboard");
  return {};
}
Done check_kind(const reports::HandedOver& r) {
  if (r.unit.empty() == r.port.empty())
    return fail("port",
                "say where they are handed over from: the \"port\" they were landed at, or the \"unit\" they "
                "are aboard");
  return {};
}
Done check_kind(const reports::Order& r) {
  if (r.coverage && *r.coverage < least_coverage)
    return fail("coverage",
                fmt::format("is {:g}, and that is no search; say how much was swept", *r.coverage));
  return {};
}
Done check_kind(const reports::Claim& r) {
  const bool of_a_boat = !r.boat.empty() && !r.text.empty();
  if (!r.persons && !r.boats && !of_a_boat)
    return fail("persons",
                "is missing; a claim gives persons, boats or both, or in words what it says of the boat it "
                "names");
  if (r.status != "provisional" && r.status != "final" && r.status != "disputed")
    return fail("status", fmt::format("\"{}\" is none of provisional, final, disputed", shown(r.status)));
  return {};
}
Done check_kind(const reports::Override& r) {
  if (!has_letter(r.text)) return fail("text", "is missing; an override gives its reason, in words");
  return {};
}

/// No more children, injured or dead than there are people.
template <class Kind>
Done check_parts(const Kind& r) {
  Done done = {};
  const auto check = [&](const char* name, std::optional<HeadCount> part, std::optional<HeadCount> all) {
    if (done && part && all && part->low > all->high)
      done = fail(name, fmt::format("{} of at most {} persons", part->low, all->high));
  };
  if constexpr (requires { r.children; }) check("children", r.children, r.persons);
  if constexpr (requires { r.injured; }) check("injured", r.injured, r.persons);
  if constexpr (requires { r.dead; }) check("dead", r.dead, r.persons);
  return done;
}

template <class Kind>
Result<Report> read(const Json& json) {
  if (auto done = check_names<Kind>(json); !done) return fail(done.error());
  Kind out;
  Done done = {};
  for_each_field<Kind>([&](const auto& field) {
    const auto at = json.find(field.name);
    if (!done || at == json.end()) return;
    if (auto taken = take(*at, field, out.*field.member); !taken)
      done = fail(std::string(field.name), taken.error().what);
  });
  if (done) done = check_parts(out);
  if (done) done = check_kind(out);
  if (!done) return fail(done.error());
  return out;
}

}  // namespace

Result<Report> report_from(const Json& json) {
  if (!json.is_object()) return fail("", "a report is a JSON object");
  const auto at = json.find("kind");
  const std::string word = at != json.end() && at->is_string() ? at->get<std::string>() : "";
  std::string all;
  std::optional<Result<Report>> out;
  for_each_kind<Report>([&]<class Kind>() {
    all += (all.empty() ? "" : ", ") + std::string(Kind::kind);
    if (word == Kind::kind) out.emplace(read<Kind>(json));
  });
  if (!out) return fail("kind", fmt::format("\"{}\" is no kind of report; there are {}", shown(word), all));
  return std::move(*out);
}

Result<Report> parse_report(std::string_view text) {
  const auto json = parse_json(text);
  if (!json) return std::unexpected(json.error());
  return report_from(*json);
}

}  // namespace varne
