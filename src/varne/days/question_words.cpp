/// The answer as a page of the manual.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "varne/core/text.h"
#include "varne/days/question.h"
#include "varne/days/statistics.h"

namespace varne::days {
namespace {

constexpr double boats_of_2021 = 1034;  // Home Office, data/series

/// "0.42 %", "1 in 2,600,000": a share as a person reads it, to two figures.
std::string percent(double share) {
  if (share <= 0) return "0";
  if (share >= 1e-4)
    return share > 0.995 && share < 1 ? fmt::format("{:.6g} %", share * 100)
                                      : fmt::format("{:.2g} %", share * 100);
  const double of = 1 / share;
  const double unit = std::pow(10, std::floor(std::log10(of)) - 1);
  return of < 1e15 ? "1 in " + grouped(std::llround(std::round(of / unit) * unit)) : "less than 1 in 10^15";
}

std::string number(double x) {
  return fmt::format("{:.3g}", x);
}

std::string interval(const std::vector<double>& sorted) {
  return fmt::format("{} (half of the draws below), nine in ten between {} and {}, the highest {}",
                     percent(quantile_of(sorted, 0.5)), percent(quantile_of(sorted, 0.05)),
                     percent(quantile_of(sorted, 0.95)), percent(sorted.back()));
}

double share_above(const std::vector<double>& v, double limit) {
  return static_cast<double>(std::count_if(v.begin(), v.end(), [&](double x) { return x >= limit; })) /
         static_cast<double>(v.size());
}

/// A bar of text between two shares, on a scale of the widest.
std::string bar(double low, double high, double most) {
  const auto at = [&](double x) {
    return static_cast<std::size_t>(std::lround(30 * (most > 0 ? x / most : 0)));
  };
  std::string out;
  for (std::size_t i = 0; i < at(std::min(low, high)); ++i) out += "·";
  for (std::size_t i = at(std::min(low, high));
       i < std::max(at(std::max(low, high)), at(std::min(low, high)) + 1); ++i)
    out += "█";
  return out;
}

/// Each chance, and of how many boats all else would have been as it has to be and this alone not; the
/// consents are asked for last.
std::string factors_text(const Answer& a) {
  struct Row {
    std::string says;
    double chance;
  };
  std::vector<Row> rows{
      {"place, wind, waves, length, engine, water and calls together, for long enough "
       "(simulated, share of boats)",
       a.own.moving}};
  for (const Factor& f : a.factors) rows.push_back({f.says, f.chance});
  std::string out =
      "| chance | as it has to be | product so far | boats for which it alone stood in the way |\n"
      "| --- | ---: | ---: | ---: |\n";
  double product = 1;
  for (const Row& row : rows) {
    product *= row.chance;
    double others = 1;
    for (const Row& other : rows) others *= &other == &row ? 1 : other.chance;
    out += fmt::format("| {} | {} | {} | {} |\n", row.says, percent(row.chance), percent(product),
                       percent(others * (1 - row.chance)));
  }
  return out + fmt::format("| the captain and the commander both agree | {} | {} | {} |\n",
                           percent(a.own.consents), percent(product * a.own.consents),
                           percent(product * (1 - a.own.consents)));
}

std::string tornado_text(const Answer& a) {
  double most = 0;
  for (const auto& one : a.tornado) most = std::max({most, one.at_low, one.at_high});
  std::string out = "| number | low end: share | high end: share | |\n| --- | ---: | ---: | --- |\n";
  for (std::size_t i = 0; i < std::min<std::size_t>(15, a.tornado.size()); ++i) {
    const auto& one = a.tornado[i];
    out += fmt::format("| `{}` | {}: {} | {}: {} | `{}` |\n", one.knob.name(), number(one.knob.low),
                       percent(one.at_low), number(one.knob.high), percent(one.at_high),
                       bar(one.at_low, one.at_high, most));
  }
  return out;
}

std::string curves_text(const Answer& a) {
  std::string out;
  for (const auto& curve : a.curves) {
    out += fmt::format("\n`{}` ({}):\n\n|", words_of(curve.quantity).name, words_of(curve.quantity).says);
    for (const auto& [value, share] : curve.points) out += fmt::format(" {} |", number(value));
    out += "\n|";
    for (std::size_t i = 0; i < curve.points.size(); ++i) out += " ---: |";
    out += "\n|";
    for (const auto& [value, share] : curve.points) out += fmt::format(" {} |", percent(share));
    out += "\n";
  }
  return out;
}

std::string sobol_text(const Answer& a) {
  std::string out = "| number | alone (first order) | with all others (total) |\n| --- | ---: | ---: |\n";
  for (std::size_t k = 0; k < a.sobol.size(); ++k) {
    const SobolIndex& s = a.sobol[k];
    out += fmt::format("| `{}` | {:.2f} ({:.2f} to {:.2f}) | {:.2f} ({:.2f} to {:.2f}) |\n",
                       a.sobol_of[k].name(), s.first, s.first_low, s.first_high, s.total, s.total_low,
                       s.total_high);
  }
  return out;
}

std::string one_percent_text(const Answer& a) {
  if (a.towards_one_percent.empty()) return "The scenario's own numbers give it already.\n";
  std::string out;
  for (const auto& [knob, share] : a.towards_one_percent) {
    const bool up = std::any_of(a.tornado.begin(), a.tornado.end(), [&, &k = knob](const auto& b) {
      return b.knob.quantity == k.quantity && b.knob.parameter == k.parameter && b.at_high > b.at_low;
    });
    out += fmt::format("1. `{}` = {}: {}\n", knob.name(), number(up ? knob.high : knob.low), percent(share));
  }
  return out;
}

}  // namespace

std::string answer_markdown(const Question& q, const Answer& a, const std::string& command) {
  const Scenario& s = q.strait().scenario;
  std::string out = fmt::format(
      "# Would the turnaround of 2021 ever have been used?\n\nMade by\n\n    {}\n\nand by nothing else; "
      "scenario `{}` (days {} "
      "to {}). It says what follows from the assumptions of that file and their ranges, and no more: of most "
      "of them nothing is "
      "published.\n\n",
      command, s.name, iso_date(s.span.first), iso_date(s.span.last));
  out += fmt::format(
      "**The share of boats for which every condition of the procedure held at once, for as long as it would "
      "have taken** (the "
      "consents left out): under the scenario's own numbers {}; over the declared ranges ({} draws, a Latin "
      "hypercube) {}. With the "
      "consents of captain and commander: {}; over the ranges {}.\n\n",
      percent(a.own.conditions()), a.draws, interval(a.shares), percent(a.own.all()), interval(a.agreed));
  out += fmt::format(
      "For {:.0f} boats, as many as arrived in 2021, that is {} expected under the scenario's own numbers, "
      "{} with the consents.\n\n",
      boats_of_2021, number(boats_of_2021 * a.own.conditions()), number(boats_of_2021 * a.own.all()));
  out += fmt::format(
      "How: {} boats on {} simulated days are carried by the real tidal stream of their date and a drawn "
      "wind, nobody meeting them (the most "
      "time the procedure could have had); every ten minutes in UK waters the file "
      "`data/doctrine/uk-turnaround-2021.toml` itself is asked. "
      "What one boat has or has not from the start is multiplied as chances. {} of them ever were in UK "
      "waters.\n\n",
      a.boats, a.days, percent(a.own.uk));
  out += "## What the share is made of\n" + factors_text(a);
  out += "\n## Which assumptions decide it\nEach number at the ends of its range, all others their own:\n\n" +
         tornado_text(a);
  out += fmt::format(
             "\nOf the twelve first, how much of the variance each explains (Sobol' indices, {} rows, 95 % "
             "by bootstrap; where the "
             "interval is wide, more rows are needed):\n\n",
             a.rows) +
         sobol_text(a);
  out +=
      "\n## The limits that were never published\nSwept, not guessed; all other numbers the scenario's "
      "own.\n" +
      curves_text(a);
  out += fmt::format(
      "\n## The two statements, as outside checks\n- \"A small proportion\", nearer 1 per cent than 49 "
      "(permanent secretary, September 2021). "
      "{} of the draws reach 1 % without the consents, {} with them. What would have to be true for it, "
      "numbers set to "
      "their favourable ends one after another:\n\n{}\n"
      "- Never (the people at sea). Under the scenario's own numbers, and if boats were alike and "
      "independent, not one of {:.0f} boats would have met "
      "all conditions with a probability of {}; and none with the consents, {}. What was reported agrees: no "
      "use.\n",
      percent(share_above(a.shares, 0.01)), percent(share_above(a.agreed, 0.01)), one_percent_text(a),
      boats_of_2021, percent(std::pow(1 - a.own.conditions(), boats_of_2021)),
      percent(std::pow(1 - a.own.all(), boats_of_2021)));
  out +=
      "\n## What this does not say\nThat the chances of one boat are independent of each other is assumed. "
      "How the simulated days "
      "hold against what was published: [validation.md](validation.md). "
      "What happens to people when a "
      "boat is blocked is not modelled. Nothing here says whether it would have been lawful, or right.\n";
  return out;
}

}  // namespace varne::days
