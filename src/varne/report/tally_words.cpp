#include "varne/report/tally_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "varne/core/text.h"

namespace varne {
namespace {

constexpr PeopleState states[] = {PeopleState::set_out, PeopleState::prevented, PeopleState::at_sea,
                                  PeopleState::rescued, PeopleState::landed,    PeopleState::handed_over,
                                  PeopleState::dead,    PeopleState::missing};

std::string number(const std::optional<SeriesFigure>& figure, std::int64_t SeriesFigure::*which) {
  return figure ? grouped((*figure).*which) : "not known";
}

std::string number(HeadCount count) {
  return count.exact() ? grouped(count.low) : grouped(count.low) + " to " + grouped(count.high);
}

std::string in_words(PeopleState state) {
  return state == PeopleState::set_out ? "attempted: set out in all" : spoken(Account{state, ""});
}

/// Where everybody is, account by account.
std::string account_text(const Tally& tally) {
  const RecordAccount& account = *tally.account;
  std::string out;
  if (!account.notice().empty()) out += account.notice() + "\n";
  out += fmt::format("The people's account{}{}, as known {}\n", account.title().empty() ? "" : " of ",
                     account.title(),
                     tally.known == known_for_ever ? "at its end" : "at " + spoken_time(tally.known));
  if (account.entries() == 0) return out + "  the record holds nothing by then\n";
  const auto balances = account.books().balances();
  for (const PeopleState state : states) {
    out += fmt::format("  {:<34} {:>14}\n", in_words(state), number(account.books().in(state)));
    for (const auto& [of, count] : balances) {
      if (of.state == state && !of.of.empty())
        out += fmt::format("    {:<32} {:>14}\n", of.of, number(count));
    }
  }
  const auto& postings = account.books().postings();
  const auto open = account.open();
  const auto uncounted = account.uncounted();
  if (!uncounted.empty())
    out += fmt::format("  and those of whom nobody has said yet how many they are: {}\n",
                       fmt::join(uncounted, ", "));
  return out + fmt::format("  from {} postings of {} entries; not accounted for: {}\n", postings.size(),
                           account.entries(),
                           open.empty() ? "nobody" : fmt::format("{}", fmt::join(open, ", ")));
}

std::string count_text(const Tally& tally) {
  std::string out = fmt::format("Arrivals by small boat, as known {}\n",
                                tally.known == known_for_ever ? "now" : "on " + spoken_time(tally.known));
  const bool day = tally.span.days() == 1;
  const auto lines = tally_lines(tally);
  const bool prevented = std::any_of(lines.begin(), lines.end(),
                                     [](const TallyLine& line) { return line.count.prevented.has_value(); });
  out += fmt::format("  {:<50} {:>10} {:>10}{}{}\n", "", "people", "boats",
                     day ? "" : fmt::format(" {:>14}", "year so far"),
                     prevented ? fmt::format(" {:>10}", "prevented") : "");
  for (const auto& [what, count] : lines) {
    out += fmt::format("  {:<50} {:>10} {:>10}", iso_span(count.days) + (what.empty() ? "" : ", " + what),
                       number(count.arrived, &SeriesFigure::people),
                       number(count.arrived, &SeriesFigure::boats));
    if (!day) out += fmt::format(" {:>14}", what.empty() ? number(count.in_year, &SeriesFigure::people) : "");
    if (prevented) out += fmt::format(" {:>10}", number(count.prevented, &SeriesFigure::people));
    out += '\n';
  }
  return out;
}

std::string editions_text(const Tally& tally) {
  std::string out;
  for (const Series& series : tally.all.series()) {
    out += fmt::format("  {}, {}, published {}{}{}\n", series.source, iso_span(series.days()),
                       spoken_time(series.published),
                       series.published_said ? "" : " (nobody said when: taken as the day after its last)",
                       series.published > tally.known ? ": not known yet" : "");
  }
  for (const Disagreement& one : tally.all.disagreements(tally.known))
    out += fmt::format("  disagree: {} people in {} boats by day, {} in {} by week, for {}\n",
                       grouped(one.by_day.people), grouped(one.by_day.boats), grouped(one.by_week.people),
                       grouped(one.by_week.boats), iso_span(one.week));
  return out.empty() ? "" : "Series\n" + out;
}

/// "99 prevented (French authorities) + 1,185 arrived (Home Office)"
std::string sum_text(const Tally& tally, const Claim& sum) {
  std::string out;
  for (const std::string& id : sum.sum_of) {
    const Claim* part = tally.all.claims().find(id);
    out += fmt::format("{}{} ({})", out.empty() ? "" : " + ", spoken(*part), part->from);
  }
  return out;
}

std::string claims_text(const Tally& tally) {
  const auto standing = tally.all.standing(tally.span, tally.known);
  if (standing.empty()) return "";
  std::string out = "Claims, as published, beside the count and never in it\n";
  for (const auto& [claim, status, why] : standing) {
    out += fmt::format("  {}  {:<12} {}: {}, of {}\n", spoken_time(claim->published), name_of(status),
                       claim->from, spoken(*claim),
                       claim->about ? iso_span(*claim->about) : "days it does not say");
    const std::string indent(26, ' ');
    if (!claim->sum_of.empty()) out += indent + "adds " + sum_text(tally, *claim) + "\n";
    if (!why.empty()) out += indent + why + "\n";
    if (!claim->text.empty()) out += indent + "\"" + claim->text + "\"\n";
    out += indent + "source: " + claim->source + "\n";
  }
  return out;
}

Json figure_json(const std::optional<SeriesFigure>& figure) {
  if (!figure) return nullptr;
  return {{"people", figure->people},
          {"boats", figure->boats},
          {"published", iso(figure->published)},
          {"sources", figure->sources}};
}

Json range_json(HeadCount count) {
  return Json::array({count.low, count.high});
}

Json account_json(const RecordAccount& account) {
  Json out{{"title", account.title()},        {"notice", account.notice()},
           {"entries", account.entries()},    {"postings", account.books().postings().size()},
           {"accounts", Json::array()},       {"open", account.open()},
           {"uncounted", account.uncounted()}};
  for (const PeopleState state : states)
    out["people"][name_of(state)] = range_json(account.books().in(state));
  for (const auto& [of, count] : account.books().balances())
    out["accounts"].push_back({{"state", name_of(of.state)}, {"of", of.of}, {"persons", range_json(count)}});
  return out;
}

Json claim_json(const ClaimStanding& one) {
  const Claim& claim = *one.claim;
  Json out{{"id", claim.id},
           {"from", claim.from},
           {"subject", claim.subject},
           {"source", claim.source},
           {"text", claim.text},
           {"published", iso(claim.published)},
           {"published_as", name_of(claim.status)},
           {"status", name_of(one.status)},
           {"why", one.why}};
  out["about"] = claim.about ? Json(iso_span(*claim.about)) : Json(nullptr);
  out["persons"] = claim.persons ? range_json(*claim.persons) : Json(nullptr);
  out["boats"] = claim.boats ? Json(*claim.boats) : Json(nullptr);
  if (!claim.revises.empty()) out["revises"] = claim.revises;
  if (!claim.sum_of.empty()) out["sum_of"] = claim.sum_of;
  return out;
}

}  // namespace

std::string spoken_time(Time time) {
  const std::string text = iso(time);
  if (time == end_of(std::chrono::floor<std::chrono::days>(time)) || text.substr(11) == "00:00:00Z")
    return text.substr(0, 10);
  return text.substr(0, 10) + " " + text.substr(11, 5);
}

std::vector<TallyLine> tally_lines(const Tally& tally) {
  std::vector<TallyLine> out;
  const auto add = [&](std::string what, DateSpan days) {
    out.push_back({std::move(what),
                   {days, tally.all.arrived(days, tally.known), tally.all.prevented(days, tally.known), {}}});
  };
  if (tally.span.days() > 1) {
    for (const CountLine& line : tally.all.lines(tally.span, tally.step, tally.known))
      out.push_back({"", line});
    if (out.size() > 1) add("in all", tally.span);
    return out;
  }
  const Date day = tally.span.first;
  add("the day", tally.span);
  add("its week", week_of(day));
  if (day != year_of(day).first) add("the year to the day before", year_to(day - std::chrono::days(1)));
  add("the year so far", year_to(day));
  add("its whole year", year_of(day));
  return out;
}

std::string tally_text(const Tally& tally) {
  std::string out;
  const auto part = [&out](const std::string& text) {
    if (!text.empty()) out += (out.empty() ? "" : "\n") + text;
  };
  if (tally.account) part(account_text(tally));
  if (!tally.all.series().empty()) part(count_text(tally));
  part(claims_text(tally));
  part(editions_text(tally));
  return out;
}

Json tally_json(const Tally& tally) {
  Json out{{"span", iso_span(tally.span)},
           {"lines", Json::array()},
           {"claims", Json::array()},
           {"series", Json::array()},
           {"disagreements", Json::array()}};
  out["as_known_on"] = tally.known == known_for_ever ? Json(nullptr) : Json(iso(tally.known));
  for (const auto& [what, count] : tally_lines(tally)) {
    out["lines"].push_back({{"what", what},
                            {"days", iso_span(count.days)},
                            {"arrived", figure_json(count.arrived)},
                            {"prevented", figure_json(count.prevented)},
                            {"in_year", figure_json(count.in_year)}});
  }
  for (const ClaimStanding& one : tally.all.standing(tally.span, tally.known))
    out["claims"].push_back(claim_json(one));
  for (const std::string& subject : claim_subjects()) {
    if (const auto range = tally.all.range(subject, tally.span, tally.known))
      out["standing"][subject] = range_json(*range);
  }
  for (const Series& series : tally.all.series())
    out["series"].push_back({{"source", series.source},
                             {"days", iso_span(series.days())},
                             {"published", iso(series.published)},
                             {"published_said", series.published_said},
                             {"known", series.published <= tally.known}});
  for (const Disagreement& one : tally.all.disagreements(tally.known))
    out["disagreements"].push_back({{"week", iso_span(one.week)},
                                    {"by_day", figure_json(one.by_day)},
                                    {"by_week", figure_json(one.by_week)}});
  if (tally.account) out["account"] = account_json(*tally.account);
  return out;
}

}  // namespace varne
