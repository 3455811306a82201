/// Which assumptions decide: as a part of the page, as JSON, CSV and in short.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <span>

#include "varne/core/csv.h"
#include "varne/core/json.h"
#include "varne/core/markup.h"
#include "varne/days/page.h"
#include "varne/days/sensitivity.h"
#include "varne/days/statistics.h"

namespace varne::days {
namespace {

constexpr std::size_t most_bars = 15;

/// Columns of draws.csv that are no number of the scenario.
constexpr std::string_view draw_column = "draw";

/// A line of values with marks under it.
class Axis {
 public:
  Axis(double least, double most, double left, double width) : left_(left), width_(width) {
    const double margin = most > least ? 0.04 * (most - least) : std::max(1e-9, std::abs(least) * 0.1);
    least_ = least - margin;
    most_ = most + margin;
  }
  [[nodiscard]] double x(double value) const { return left_ + width_ * (value - least_) / (most_ - least_); }
  /// Lines at round numbers, and the numbers under them.
  [[nodiscard]] std::string marks(double top, double bottom) const {
    const double rough = (most_ - least_) / 5;
    const double unit = std::pow(10, std::floor(std::log10(rough)));
    const double times = rough / unit;
    const double step = unit * (times > 5 ? 10 : times > 2 ? 5 : times > 1 ? 2 : 1);
    std::string out;
    for (double i = std::ceil(least_ / step); i * step <= most_; ++i)
      out += fmt::format(
          "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1}\" y2=\"{2}\"/><text x=\"{0:.1f}\" "
          "y=\"{3}\" text-anchor=\"middle\">{4:.6g}</text>",
          x(i * step), top, bottom, bottom + 16, i == 0 ? 0.0 : i * step);
    return out;
  }

 private:
  double left_, width_, least_, most_;
};

/// How many bars there are to see: what does not move the figure has none.
std::size_t bars_of(const Sensitivity::Output& o) {
  const auto still = std::ranges::find_if(o.tornado, [](const auto& bar) { return bar.width() <= 0; });
  return std::min(most_bars, static_cast<std::size_t>(still - o.tornado.begin()));
}

std::string tornado_svg(const Sensitivity& s, const Sensitivity::Output& o) {
  constexpr double left = 300, width = 640, row = 22, top = 4;
  const std::span<const Sensitivity::Bar> bars(o.tornado.data(), bars_of(o));
  double least = o.own;
  double most = o.own;
  for (const Sensitivity::Bar& bar : bars) {
    least = std::min({least, bar.at_low, bar.at_high});
    most = std::max({most, bar.at_low, bar.at_high});
  }
  const Axis axis(least, most, left + 40, width - 80);
  const double bottom = top + row * static_cast<double>(bars.size());
  std::string out = fmt::format(
      "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"The figure at either end of each number's "
      "range\">{}",
      left + width, bottom + 22, axis.marks(top, bottom));
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const Knob& knob = s.knobs[bars[i].knob];
    const double y = top + row * static_cast<double>(i);
    out += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>", left - 8, y + 15,
                       escaped(knob.name()));
    for (const bool high : {false, true}) {
      const double value = high ? bars[i].at_high : bars[i].at_low;
      const double end = high ? knob.high : knob.low;
      const double from = std::min(axis.x(o.own), axis.x(value));
      out += fmt::format(
          "<rect x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\" fill=\"var(--c{})\"><title>{} = {}: "
          "{}</title></rect>",
          from, y + 3, std::abs(axis.x(value) - axis.x(o.own)), row - 6, high ? 0 : 1, escaped(knob.name()),
          shown_number(end), shown_number(value));
      // Both ends may lie on one side: then the nearer one's number would stand on the other's bar.
      const double other = high ? bars[i].at_low : bars[i].at_high;
      const bool inner =
          (value - o.own) * (other - o.own) > 0 && std::abs(value - o.own) < std::abs(other - o.own);
      const bool right = (value > o.own || (value == o.own && other < o.own)) != inner;
      const double at = inner || value == o.own ? axis.x(o.own) : axis.x(value);
      out += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"{}\">{}</text>", at + (right ? 4 : -4),
                         y + 15, right ? "start" : "end", shown_number(end));
    }
  }
  return out + fmt::format(
                   "<line class=\"axis\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1}\" y2=\"{2}\"/></svg>"
                   "<p class=\"soft\"><span class=\"k\" style=\"color:var(--c1)\"></span>at the low end of "
                   "its range &#160; <span class=\"k\" style=\"color:var(--c0)\"></span>at the high end; the "
                   "line between them: {3} under the scenario’s own numbers.</p>",
                   axis.x(o.own), top, bottom, shown_number(o.own));
}

/// Each draw of the hypercube a stroke, half of them and nine in ten marked.
std::string spread_svg(const Sensitivity::Output& o) {
  const auto& v = o.over_ranges;
  const Axis axis(std::min(v.front(), o.own), std::max(v.back(), o.own), 340, 560);
  std::string out = fmt::format(
      "<svg viewBox=\"0 0 940 62\" role=\"img\" aria-label=\"The figure over all ranges together\">{}<text "
      "x=\"292\" y=\"24\" text-anchor=\"end\">all numbers over their ranges</text>",
      axis.marks(4, 40));
  for (const double value : v)
    out += fmt::format(
        "<line x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"10\" y2=\"30\" stroke=\"var(--c0)\" stroke-opacity=\".6\" "
        "stroke-width=\"1.5\"/>",
        axis.x(value));
  const double from = axis.x(quantile_of(v, 0.05));
  return out +
         fmt::format("<rect x=\"{:.1f}\" y=\"33\" width=\"{:.1f}\" height=\"3\" fill=\"var(--c0)\"/>", from,
                     axis.x(quantile_of(v, 0.95)) - from) +
         fmt::format("<line class=\"axis\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"4\" y2=\"40\"/></svg>",
                     axis.x(o.own));
}

std::string spread_words(const Sensitivity::Output& o) {
  const auto& v = o.over_ranges;
  return fmt::format("half of the draws below {}, nine in ten between {} and {}, all between {} and {}",
                     shown_number(quantile_of(v, 0.5)), shown_number(quantile_of(v, 0.05)),
                     shown_number(quantile_of(v, 0.95)), shown_number(v.front()), shown_number(v.back()));
}

std::string indices_html(const Sensitivity& s, const Sensitivity::Output& o) {
  std::string out =
      "<div class=\"wide\"><table><thead><tr><th>number</th><th class=\"n\">alone (first order)</th><th "
      "class=\"n\">with all others (total)</th></tr></thead><tbody>";
  for (std::size_t i = 0; i < o.of_sobol.size(); ++i) {
    const SobolIndex& one = o.of_sobol[i];
    const Knob& knob = s.knobs[s.sobol_of[i]];
    out += fmt::format(
        "<tr><td>{}<br><small>{}</small></td><td class=\"n\">{:.2f} ({:.2f} to {:.2f})</td><td "
        "class=\"n\">{:.2f} ({:.2f} to {:.2f})</td></tr>",
        escaped(knob.name()), escaped(words_of(knob.quantity).says), one.first, one.first_low, one.first_high,
        one.total, one.total_low, one.total_high);
  }
  return out + "</tbody></table></div>";
}

Json json_of(const SobolIndex& one) {
  return {{"first", {{"value", one.first}, {"low", one.first_low}, {"high", one.first_high}}},
          {"total", {{"value", one.total}, {"low", one.total_low}, {"high", one.total_high}}}};
}

}  // namespace

std::string draws_csv(const Sensitivity& s) {
  std::string out = fmt::format("{},design", draw_column);
  for (const Knob& knob : s.knobs) out += "," + knob.name();
  for (const Sensitivity::Output& o : s.outputs) out += fmt::format(",{} {}", s.figure.name, o.name);
  out += ",seeds\n";
  std::string seeds;
  for (const std::string& seed : s.seeds) seeds += (seeds.empty() ? "" : " ") + seed;
  for (std::size_t d = 0; d < s.draws.size(); ++d) {
    out += fmt::format("{},{}", d + 1, s.draws[d].design);
    for (const double number : s.draws[d].numbers) out += fmt::format(",{}", number);
    for (const double value : s.draws[d].values) out += fmt::format(",{}", value);
    out += "," + seeds + "\n";
  }
  return out;
}

Result<Numbers> numbers_of_draw(const std::string& path, const std::string& draw, const Scenario& scenario) {
  auto file = CsvFile::open(path, {std::string(draw_column)});
  if (!file) return std::unexpected(file.error());
  for (auto more = file->next();; more = file->next()) {
    if (!more) return std::unexpected(more.error());
    if (!*more) return fail(path, fmt::format("holds no draw \"{}\"", draw));
    if ((*file)[draw_column] != draw) continue;
    Numbers out = scenario.numbers();
    for (const Knob& knob : scenario.knobs()) {
      const std::string name = knob.name();
      if (!file->has(name)) continue;
      const auto value = file->number(name);
      if (!value) return std::unexpected(value.error());
      const QuantityWords& words = words_of(knob.quantity);
      if (knob.shape == Shape::fixed && (*value < words.least || *value > words.most))
        return fail(file->where(name), fmt::format("{} is outside of what it can be, {} to {}", *value,
                                                   words.least, words.most));
      out.set({knob.quantity, knob.parameter, *value});
    }
    return out;
  }
}

std::string sensitivity_html(const Sensitivity& s) {
  std::string out = fmt::format(
      "<h2>Which assumptions decide it</h2><p>{} <span class=\"soft\">({})</span>, by {} draws, each lived "
      "through by every policy on the same {} days.</p>",
      escaped(s.figure.says), escaped(s.figure.name), s.draws.size(), s.options.days);
  for (const Sensitivity::Output& o : s.outputs) {
    out += fmt::format(
        "<h3>{}</h3><p class=\"soft\">Each number at either end of its range, all others the scenario’s "
        "own; the {} that move it most, of {}.</p>{}",
        escaped(o.name), bars_of(o), o.tornado.size(), tornado_svg(s, o));
    out += fmt::format(
        "<p class=\"soft\">All together over their ranges ({} draws, a Latin hypercube): {}.</p>{}",
        o.over_ranges.size(), spread_words(o), spread_svg(o));
    if (!o.of_sobol.empty())
      out += fmt::format(
          "<p class=\"soft\">How much of the variance each explains while the other {} of this table vary "
          "too "
          "(Sobol’ indices, {} rows, 95 % by bootstrap; where the interval is wide, more rows are "
          "needed).</p>{}",
          o.of_sobol.size() - 1, s.options.rows, indices_html(s, o));
  }
  return out;
}

Json sensitivity_json(const Sensitivity& s) {
  Json outputs = Json::array();
  for (const Sensitivity::Output& o : s.outputs) {
    Json tornado = Json::array();
    for (const Sensitivity::Bar& bar : o.tornado) {
      const Knob& knob = s.knobs[bar.knob];
      tornado.push_back({{"number", knob.name()},
                         {"low", knob.low},
                         {"high", knob.high},
                         {"at_low", bar.at_low},
                         {"at_high", bar.at_high}});
    }
    Json sobol = Json::array();
    for (std::size_t i = 0; i < o.of_sobol.size(); ++i) {
      Json one = json_of(o.of_sobol[i]);
      one["number"] = s.knobs[s.sobol_of[i]].name();
      sobol.push_back(std::move(one));
    }
    outputs.push_back({{"name", o.name},
                       {"own", o.own},
                       {"tornado", std::move(tornado)},
                       {"over_ranges", o.over_ranges},
                       {"sobol", std::move(sobol)}});
  }
  return {{"figure", std::string(s.figure.name)},
          {"days_of_each_draw", s.seeds},
          {"draws", s.draws.size()},
          {"rows", s.options.rows},
          {"outputs", std::move(outputs)}};
}

std::string sensitivity_text(const Sensitivity& s) {
  constexpr std::size_t bars = 5;
  std::string out = fmt::format("\nWhat decides {} ({}), by {} draws of {} days:\n", s.figure.name,
                                s.figure.says, s.draws.size(), s.options.days);
  for (const Sensitivity::Output& o : s.outputs) {
    out += fmt::format("  {}: {}; over the ranges {}\n", o.name, shown_number(o.own), spread_words(o));
    for (std::size_t i = 0; i < std::min(bars, o.tornado.size()); ++i) {
      const Sensitivity::Bar& bar = o.tornado[i];
      const Knob& knob = s.knobs[bar.knob];
      if (bar.width() > 0)
        out += fmt::format("    {:<36} {} at {}, {} at {}\n", knob.name(), shown_number(bar.at_low),
                           shown_number(knob.low), shown_number(bar.at_high), shown_number(knob.high));
    }
  }
  return out;
}

}  // namespace varne::days
