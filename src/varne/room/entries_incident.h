#pragma once
/// What the room says of boats and their people. See entries.h.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "varne/core/fields.h"
#include "varne/core/fields_json.h"
#include "varne/core/geo.h"
#include "varne/core/hash.h"
#include "varne/core/head_count.h"
#include "varne/core/time.h"
#include "varne/room/entries_by.h"

namespace varne::entries {

struct Reported {
  static constexpr std::string_view kind = "report";
  static constexpr std::string_view when = "every report, first thing";
  std::string text = {}, source = {};
  CanonicalJson report = {};
  std::string incident = {};
  std::optional<By> by = {};
  static constexpr auto fields() {
    return std::tuple{always("text", &Reported::text, ""), always("source", &Reported::source, "the feed"),
                      always("report", &Reported::report, "as it came, [its fields](feeds.md)"),
                      said("incident", &Reported::incident, "where its boat is known already"),
                      said("by", &Reported::by, by_says)};
  }
};

struct Refused {
  static constexpr std::string_view kind = "refused";
  static constexpr std::string_view when = "something changed nothing";
  std::string text = {}, source = {}, why = {};
  static constexpr auto fields() {
    return std::tuple{always("text", &Refused::text, ""), always("source", &Refused::source, "report id"),
                      always("why", &Refused::why, "")};
  }
};

struct Ended {
  std::string officer = {}, reason = {}, forecast = {};
  double coverage = 0;
  std::string coverage_source = {};
  static constexpr auto fields() {
    return std::tuple{always("officer", &Ended::officer, ""), always("reason", &Ended::reason, ""),
                      always("forecast", &Ended::forecast, ""), always("coverage", &Ended::coverage, ""),
                      always("coverage_source", &Ended::coverage_source, "")};
  }
};

struct Near {
  std::string unit = {};
  double distance_m = 0;
  std::optional<double> minutes = {};
  static constexpr auto fields() {
    return std::tuple{always("unit", &Near::unit, ""),
                      always("distance_m", &Near::distance_m, "").decimals(0),
                      said("minutes", &Near::minutes, "").decimals(0)};
  }
};

struct IncidentSaid {
  static constexpr std::string_view kind = "incident";
  static constexpr std::string_view when = "an incident opened or changed";
  std::string text = {}, incident = {}, change = {}, boat = {}, craft = {}, phase = {}, why = {}, centre = {},
              offered_to = {}, same_as = {};
  bool open = true;
  Time opened = {};
  std::string close_reason = {};
  std::optional<Ended> ended = {};
  std::optional<Place> at = {};
  std::optional<Time> at_time = {};
  double error_m = 0;
  std::optional<HeadCount> estimated = {};
  std::vector<Near> nearest = {};
  std::optional<By> by = {};
  static constexpr auto fields() {
    using I = IncidentSaid;
    return std::tuple{
        always("text", &I::text, ""),
        always("incident", &I::incident, "its number"),
        always(
            "change", &I::change,
            "`opened`, `raised`, `lowered`, `placed`, `offered`, `handed_over`, `kept`, `merged`, `parted`, "
            "`closed`, `reopened`"),
        said("boat", &I::boat, ""),
        said("craft", &I::craft, ""),
        always("phase", &I::phase, ""),
        always("why", &I::why, ""),
        always("centre", &I::centre, ""),
        said("offered_to", &I::offered_to, ""),
        said("same_as", &I::same_as, ""),
        always("open", &I::open, ""),
        always("opened", &I::opened, ""),
        said("close_reason", &I::close_reason, ""),
        said("ended", &I::ended, "`officer`, `reason`, `forecast`, `coverage`, `coverage_source`"),
        said("at", &I::at, ""),
        said("at_time", &I::at_time, ""),
        said("error_m", &I::error_m, "").decimals(1),
        said("estimated", &I::estimated, ""),
        said("nearest", &I::nearest,
             "up to three units: `unit`, `distance_m`, `minutes` (straight line at service speed; absent "
             "where "
             "the unit's speed is not known)"),
        said("by", &I::by, by_says)};
  }
};

struct PeoplePosted {
  static constexpr std::string_view kind = "people";
  static constexpr std::string_view when = "a posting in the people's books";
  std::string text = {}, boat = {}, incident = {}, from = {}, from_of = {}, to = {}, to_of = {};
  HeadCount persons = {};
  std::string source = {};
  std::optional<std::uint64_t> revises = {};
  std::string reason = {};
  static constexpr auto fields() {
    using P = PeoplePosted;
    return std::tuple{
        always("text", &P::text, ""),
        always("boat", &P::boat, "incident id, or the label or report of a prevented departure"),
        said("incident", &P::incident, "where it is one"),
        always("from", &P::from, ""),
        said("from_of", &P::from_of, ""),
        always("to", &P::to, ""),
        said("to_of", &P::to_of, ""),
        always("persons", &P::persons, ""),
        always("source", &P::source, ""),
        said("revises", &P::revises, "of a correction: number of the posting, from 1"),
        said("reason", &P::reason, "of a correction")};
  }
};

struct Related {
  static constexpr std::string_view kind = "relation";
  static constexpr std::string_view when = "how two incidents are to each other was said anew";
  std::string text = {}, incident = {}, other = {}, relation = {}, source = {}, from = {}, officer = {},
              reason = {};
  std::vector<std::string> evidence = {};
  static constexpr auto fields() {
    using R = Related;
    return std::tuple{always("text", &R::text, ""),
                      always("incident", &R::incident, "the earlier opened"),
                      always("other", &R::other, ""),
                      always("relation", &R::relation, "`linked`, `possibly_same`, `confirmed_same`, `none`"),
                      always("source", &R::source, "a report's id"),
                      said("from", &R::from, "absent where it follows from two places alone"),
                      said("officer", &R::officer, "of an order"),
                      said("reason", &R::reason, "of an order"),
                      said("evidence", &R::evidence, "of an order")};
  }
};

struct ForecastRequested {
  static constexpr std::string_view kind = "forecast_requested";
  static constexpr std::string_view when = "the room needs a forecast";
  std::string text = {}, request = {}, incident = {}, leeway = {};
  Place at = {};
  double sigma_m = 0;
  Time from = {}, to = {};
  Duration length{}, step{}, keep_every{};
  std::uint32_t particles = 0;
  std::string seed = {};
  double jibe_per_hour = 0, current_noise_mps = 0, wind_noise_mps = 0;
  Duration current_noise_lasts{}, wind_noise_lasts{};
  Hash inputs{};
  static constexpr auto fields() {
    using F = ForecastRequested;
    return std::tuple{always("text", &F::text, ""),
                      always("request", &F::request, "`\"F3\"`"),
                      always("incident", &F::incident, ""),
                      always("leeway", &F::leeway, ""),
                      always("at", &F::at, ""),
                      always("sigma_m", &F::sigma_m, "").decimals(1),
                      always("from", &F::from, ""),
                      always("to", &F::to, ""),
                      always("length_s", &F::length, ""),
                      always("step_s", &F::step, ""),
                      always("keep_every_s", &F::keep_every, ""),
                      always("particles", &F::particles, ""),
                      always("seed", &F::seed, "text"),
                      always("jibe_per_hour", &F::jibe_per_hour, ""),
                      always("current_noise_mps", &F::current_noise_mps, ""),
                      said("current_noise_lasts_s", &F::current_noise_lasts, "left out: drawn every step"),
                      always("wind_noise_mps", &F::wind_noise_mps, ""),
                      said("wind_noise_lasts_s", &F::wind_noise_lasts, ""),
                      always("inputs", &F::inputs, "hash of all that and the contents of the sea's sources")};
  }
};

struct Snapshot {
  Time time = {};
  std::optional<Place> at = {};
  std::optional<double> half_m = {}, nine_in_ten_m = {};
  double ashore = 0, left = 0;
  std::map<std::string, double> current_from = {}, wind_from = {};
  static constexpr auto fields() {
    using S = Snapshot;
    return std::tuple{always("time", &S::time, ""),
                      said("at", &S::at, ""),
                      said("half_m", &S::half_m, "").decimals(0),
                      said("nine_in_ten_m", &S::nine_in_ten_m, "").decimals(0),
                      always("ashore", &S::ashore, "").decimals(3),
                      said("left", &S::left, "").decimals(3),
                      said("current_from", &S::current_from, "").decimals(3),
                      said("wind_from", &S::wind_from, "").decimals(3)};
  }
};

struct Forecast {
  static constexpr std::string_view kind = "forecast";
  static constexpr std::string_view when = "it came back";
  std::string text = {}, request = {}, incident = {}, leeway = {};
  Hash inputs{};
  std::vector<Snapshot> snapshots = {};
  std::vector<std::string> notes = {};
  std::string refusal = {};
  static constexpr auto fields() {
    using F = Forecast;
    return std::tuple{
        always("text", &F::text, ""),
        always("request", &F::request, ""),
        always("incident", &F::incident, ""),
        always("leeway", &F::leeway, ""),
        always("inputs", &F::inputs, ""),
        said("snapshots", &F::snapshots,
             "`time`, `ashore` (share), `left` (share that drifted to where the sea is not known; absent "
             "where "
             "none), and of those that did not, unless most did: `at` (mean place), `half_m` and "
             "`nine_in_ten_m` (radii about it that hold so many); `current_from` and `wind_from`: which "
             "source "
             "answered for what share of those adrift"),
        said("notes", &F::notes,
             "where it is weaker than it looks: another source on the way, particles that left, forcing that "
             "ended, a start on land"),
        said("refusal", &F::refusal, "instead: why it could not be made")};
  }
};

struct VerdictGiven {
  static constexpr std::string_view kind = "verdict";
  static constexpr std::string_view when =
      "what the doctrines say of one response to an open incident, when it changed, [below](#verdicts)";
  std::string text = {}, incident = {}, boat = {}, response = {}, title = {}, response_kind = {}, ruling = {};
  bool permits = false;
  std::string was = {};
  std::optional<std::uint64_t> before = {};
  std::string summary = {};
  CanonicalJson dangers = {}, verdicts = {}, disagree = {};
  static constexpr auto fields() {
    using V = VerdictGiven;
    return std::tuple{
        always("text", &V::text, ""),
        always("incident", &V::incident, ""),
        always("boat", &V::boat, ""),
        always("response", &V::response, ""),
        always("title", &V::title, ""),
        always("kind", &V::response_kind, ""),
        always("ruling", &V::ruling, ""),
        always("permits", &V::permits, ""),
        said("was", &V::was, "the ruling that it takes the place of,"),
        said("before", &V::before, "and its entry"),
        always("summary", &V::summary, ""),
        always("dangers", &V::dangers, "every word on a sign of danger"),
        always("verdicts", &V::verdicts, "for each doctrine its ruling and every reason"),
        said("disagree", &V::disagree,
             "of a conflict: the `doctrine`, `ruling` and `rules` of each that permits or forbids")};
  }
};

struct ClaimSaid {
  static constexpr std::string_view kind = "claim";
  static constexpr std::string_view when = "what somebody published, of the day or of one boat";
  std::string text = {}, from = {}, subject = {}, status = {}, about = {};
  std::optional<HeadCount> persons = {};
  std::optional<std::int32_t> boats = {};
  std::string boat = {}, words = {};
  std::optional<Place> at = {};
  double error_m = 0;
  std::string incident = {}, source = {};
  static constexpr auto fields() {
    using C = ClaimSaid;
    return std::tuple{always("text", &C::text, ""),
                      always("from", &C::from, ""),
                      always("subject", &C::subject, ""),
                      always("status", &C::status, ""),
                      always("about", &C::about, ""),
                      said("persons", &C::persons, ""),
                      said("boats", &C::boats, ""),
                      said("boat", &C::boat, ""),
                      said("words", &C::words, ""),
                      said("at", &C::at, ""),
                      said("error_m", &C::error_m, "").decimals(1),
                      said("incident", &C::incident, ""),
                      always("source", &C::source, "")};
  }
};

}  // namespace varne::entries
