/// What a campaign comes to: files, and a page.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "varne/core/json.h"
#include "varne/core/markup.h"
#include "varne/core/place_of_data.h"
#include "varne/days/campaign.h"
#include "varne/days/statistics.h"

namespace varne::days {
namespace {

constexpr std::size_t most_dots = 3000;

std::string csv_of(const CampaignResult& result) {
  std::string out = "day,seed,date,policy";
  for (const MetricWords& words : metric_table()) out += fmt::format(",{}", words.name);
  out += '\n';
  for (std::size_t d = 0; d < result.each.size(); ++d) {
    for (std::size_t p = 0; p < result.policies.size(); ++p) {
      out += fmt::format("{},{},{},{}", d + 1, result.each[d].seed, result.each[d].date,
                         result.policies[p].policy.name);
      for (const double sum : result.each[d].by_policy[p].sums) out += "," + canonical_number(sum);
      out += '\n';
    }
  }
  return out;
}

Json summary_json(const Strait& strait, const CampaignOptions& options, const CampaignResult& result) {
  Json policies = Json::array();
  for (const PolicyResult& p : result.policies) {
    Json figures = Json::object();
    for (std::size_t f = 0; f < figure_table().size(); ++f)
      figures[std::string(figure_table()[f].name)] = {{"value", json_of(p.figures[f])},
                                                      {"difference", json_of(p.differences[f])}};
    policies.push_back({{"name", p.policy.name},
                        {"says", p.policy.says},
                        {"doctrines", p.policy.doctrines},
                        {"figures", std::move(figures)},
                        {"responses", responses_json(p.responses)},
                        {"first_unit_median_min", json_of(p.median_first_unit)},
                        {"first_unit_p90_min", json_of(p.p90_first_unit)}});
  }
  Json days = Json::array();
  for (const DayResult& day : result.each)
    days.push_back({{"seed", fmt::format("{}", day.seed)}, {"date", day.date}});
  Json out{{"scenario", strait.scenario.name},
           {"version", version()},
           {"seed", fmt::format("{}", options.seed)},
           {"days", std::move(days)},
           {"policies", std::move(policies)},
           {"stopped_early", result.stopped_early},
           {"campaign", hex(campaign_hash(strait.scenario, options))}};
  if (result.sensitivity) out["sensitivity"] = sensitivity_json(*result.sensitivity);
  return out;
}

// --- the page
// ------------------------------------------------------------------------------------------------

constexpr std::string_view style = R"css(
:root{color-scheme:light dark;--paper:#fff;--ink:#16202a;--soft:#5a6773;--rule:#d5dce2;--notice:#fff1c2;--noticeink:#4a3800;
--sea:#dfeaf2;--land:#f3eee1;--shore:#b5a98c;--c0:#0b4f9e;--c1:#c07a00;--c2:#00695c;--c3:#8a3fa8}
@media (prefers-color-scheme:dark){:root{--paper:#10161c;--ink:#dfe6ec;--soft:#93a1ad;--rule:#2c3742;--notice:#4a3a08;
--noticeink:#ffe9a8;--sea:#16242f;--land:#2a2a24;--shore:#5d5a4a;--c0:#7fb2ee;--c1:#e0a030;--c2:#4db6a6;--c3:#c79be0}}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#444;--rule:#999;--notice:#fff;--noticeink:#000;--sea:#fff;
--land:#eee;--shore:#777;--c0:#0b4f9e;--c1:#c07a00;--c2:#00695c;--c3:#8a3fa8}body{font-size:11px}h2,h3{break-after:avoid}tr,svg{break-inside:avoid}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,"DejaVu Sans",sans-serif}
main{max-width:1100px;margin:0 auto;padding:0 24px 40px}.notice{margin:0;padding:10px 24px;background:var(--notice);
color:var(--noticeink);text-align:center;font-weight:600;font-size:14px}h1{font-size:28px;line-height:1.2}h2{margin:36px 0 10px;
font-size:20px;border-bottom:2px solid var(--ink);padding-bottom:4px}h3{margin:24px 0 6px;font-size:16px}table{border-collapse:collapse;width:100%;
font-variant-numeric:tabular-nums}th{text-align:left;font-size:12.5px;color:var(--soft);border-bottom:1px solid var(--ink)}
td,th{padding:5px 14px 5px 0;vertical-align:top}td{border-bottom:1px solid var(--rule)}.n{text-align:right;white-space:nowrap}.wide{overflow-x:auto}
small,.soft{color:var(--soft);font-size:12.5px}svg{width:100%;height:auto;display:block}svg text{font:12px system-ui,"DejaVu Sans",sans-serif;
fill:var(--ink)}svg .axis{stroke:var(--soft);stroke-width:1}svg .grid{stroke:var(--rule);stroke-width:1}svg .sea{fill:var(--sea)}
svg .land{fill:var(--land);stroke:var(--shore);stroke-width:.7}.k{display:inline-block;width:22px;border-top:3px solid;vertical-align:middle;margin-right:6px}
)css";

std::string colour(std::size_t p) {
  return fmt::format("var(--c{})", p % 4);
}

std::string legend(const CampaignResult& result) {
  std::string out = "<p>";
  for (std::size_t p = 0; p < result.policies.size(); ++p)
    out += fmt::format("<span class=\"k\" style=\"color:{}\"></span>{}: {}<br>", colour(p),
                       escaped(result.policies[p].policy.name), escaped(result.policies[p].policy.says));
  return out + "</p>";
}

std::string figures_html(const CampaignResult& result) {
  std::string out = "<div class=\"wide\"><table><thead><tr><th></th>";
  for (const PolicyResult& p : result.policies)
    out += fmt::format("<th class=\"n\">{}</th>", escaped(p.policy.name));
  for (std::size_t p = 1; p < result.policies.size(); ++p)
    out += fmt::format("<th class=\"n\">{} less {}</th>", escaped(result.policies[p].policy.name),
                       escaped(result.policies[0].policy.name));
  out += "</tr></thead><tbody>";
  const auto row = [&](std::string_view says, auto&& value, auto&& difference) {
    out += fmt::format("<tr><td>{}</td>", escaped(says));
    for (const PolicyResult& p : result.policies) out += fmt::format("<td class=\"n\">{}</td>", value(p));
    for (std::size_t p = 1; p < result.policies.size(); ++p)
      out += fmt::format("<td class=\"n\">{}</td>", difference(result.policies[p]));
    out += "</tr>";
  };
  for (std::size_t f = 0; f < figure_table().size(); ++f)
    row(
        figure_table()[f].says, [&](const PolicyResult& p) { return shown_number(p.figures[f]); },
        [&](const PolicyResult& p) { return shown_number(p.differences[f]); });
  const auto nothing = [](const PolicyResult&) { return std::string(); };
  row(
      "minutes from first report to first unit, half below",
      [](const PolicyResult& p) { return shown_number(p.median_first_unit); }, nothing);
  row(
      "the same, nine in ten below", [](const PolicyResult& p) { return shown_number(p.p90_first_unit); },
      nothing);
  return out + "</tbody></table></div>";
}

/// Share of boats met within so many minutes, a line a policy.
std::string times_svg(const CampaignResult& result) {
  constexpr double left = 46, top = 10, width = 640, height = 240;
  constexpr int most_min = 180;
  std::string out = fmt::format(
      "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Share of boats met within so many minutes\">",
      left + width + 20, top + height + 40);
  for (int share = 0; share <= 100; share += 25)
    out += fmt::format(
        "<line class=\"grid\" x1=\"{0}\" x2=\"{1}\" y1=\"{2}\" y2=\"{2}\"/><text x=\"{3}\" y=\"{4}\" "
        "text-anchor=\"end\">{5} %</text>",
        left, left + width, top + height * (1 - share / 100.0), left - 6,
        top + height * (1 - share / 100.0) + 4, share);
  for (int minute = 0; minute <= most_min; minute += 30)
    out += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                       left + width * minute / most_min, top + height + 18, minute);
  out += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">minutes from the first report</text>",
                     left + width / 2, top + height + 36);
  for (std::size_t p = 0; p < result.policies.size(); ++p) {
    std::vector<double> within(most_min + 1, 0);
    double all = 0;
    for (const DayResult& day : result.each) {
      for (const auto took : day.by_policy[p].first_unit_min) {
        ++all;
        if (took <= most_min) ++within[took];
      }
    }
    std::string path;
    double sum = 0;
    for (int minute = 0; minute <= most_min; ++minute) {
      sum += within[static_cast<std::size_t>(minute)];
      path += fmt::format("{}{:.1f} {:.1f}", minute == 0 ? "M" : "L", left + width * minute / most_min,
                          top + height * (1 - (all > 0 ? sum / all : 0)));
    }
    out += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>", path, colour(p));
  }
  return out + fmt::format("<line class=\"axis\" x1=\"{0}\" x2=\"{1}\" y1=\"{2}\" y2=\"{2}\"/></svg>", left,
                           left + width, top + height);
}

/// Where people of the day are at its end, a bar a policy.
std::string people_svg(const CampaignResult& result) {
  struct Part {
    M metric;
    const char* says;
    const char* fill;
  };
  constexpr std::array parts{Part{M::rescued, "aboard units or landed by them", "var(--c0)"},
                             Part{M::own_way, "ashore by themselves", "var(--c2)"},
                             Part{M::at_sea, "at sea", "var(--c1)"}, Part{M::lost, "lost", "var(--c3)"}};
  constexpr double left = 150, width = 560, bar = 26;
  std::string out = fmt::format(
      "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Where people are at the end of the day\">",
      left + width + 20, static_cast<double>(result.policies.size()) * (bar + 12) + 34);
  for (std::size_t p = 0; p < result.policies.size(); ++p) {
    double all = 0;
    for (const DayResult& day : result.each) all += day.by_policy[p][M::persons];
    double x = left;
    const double y = 4 + static_cast<double>(p) * (bar + 12);
    out += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>", left - 8, y + 17,
                       escaped(result.policies[p].policy.name));
    for (const Part& part : parts) {
      double sum = 0;
      for (const DayResult& day : result.each) sum += day.by_policy[p][part.metric];
      const double w = all > 0 ? width * sum / all : 0;
      out += fmt::format(
          "<rect x=\"{:.2f}\" y=\"{}\" width=\"{:.2f}\" height=\"{}\" fill=\"{}\"><title>{}: {:.0f} of "
          "{:.0f}</title></rect>",
          x, y, w, bar, part.fill, part.says, sum, all);
      x += w;
    }
  }
  double x = left;
  const double y = static_cast<double>(result.policies.size()) * (bar + 12) + 16;
  for (const Part& part : parts) {
    out += fmt::format(
        "<rect x=\"{}\" y=\"{}\" width=\"11\" height=\"11\" fill=\"{}\"/><text x=\"{}\" y=\"{}\">{}</text>",
        x, y, part.fill, x + 16, y + 10, part.says);
    x += 40 + 6.6 * static_cast<double>(std::string_view(part.says).size());
  }
  return out + "</svg>";
}

/// Where boats were met, under the first policy.
std::string map_svg(const Strait& strait, const CampaignResult& result) {
  constexpr double width = 900;
  const double scale = width / (strait_area.east - strait_area.west);
  const double stretch = 1 / std::cos(51 * 3.14159265358979 / 180);
  const double height = (strait_area.north - strait_area.south) * scale * stretch;
  const auto x = [&](Place p) { return (p.lon - strait_area.west) * scale; };
  const auto y = [&](Place p) { return (strait_area.north - p.lat) * scale * stretch; };
  std::string out = fmt::format(
      "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"Where boats were met\"><rect "
      "class=\"sea\" width=\"{:.0f}\" height=\"{:.0f}\"/>",
      width, height, width, height);
  for (const auto& ring : strait.coast->rings()) {
    if (ring.size() < 30) continue;
    std::string path;
    double last_x = -1e9, last_y = -1e9;
    for (const Place p : ring) {
      // Points within a pixel add nothing; what lies far outside is drawn to its edge.
      const double px = std::clamp(x(p), -50.0, width + 50), py = std::clamp(y(p), -50.0, height + 50);
      if (std::abs(px - last_x) + std::abs(py - last_y) < 1.5) continue;
      path += fmt::format("{}{:.0f} {:.0f}", path.empty() ? "M" : "L", px, py);
      last_x = px, last_y = py;
    }
    out += fmt::format("<path class=\"land\" d=\"{}Z\"/>", path);
  }
  std::size_t dots = 0;
  for (const DayResult& day : result.each)
    for (const Place p : day.by_policy[0].met_at)
      if (dots++ < most_dots)
        out += fmt::format(
            "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.2\" fill=\"var(--c0)\" fill-opacity=\".55\"/>", x(p),
            y(p));
  return out + "</svg>";
}

std::string assumptions_html(const Scenario& scenario) {
  std::string out =
      "<div class=\"wide\"><table><thead><tr><th>quantity</th><th>is</th><th>from</th></tr></thead><tbody>";
  for (const QuantityWords& words : quantity_table()) {
    const Declared& d = scenario[words.quantity];
    std::string is(enum_name(d.shape));
    const auto names = parameters_of(d.shape);
    for (std::size_t i = 0; i < d.numbers.size(); ++i) {
      is += fmt::format(" {} {}", names[i], shown_number(d.numbers[i].value));
      if (const auto& range = d.numbers[i].range)
        is += fmt::format(" ({} to {})", shown_number((*range)[0]), shown_number((*range)[1]));
    }
    out += fmt::format(
        "<tr><td>{}<br><small>{}</small></td><td>{}</td><td>{}{}</td></tr>", words.name, escaped(words.says),
        is, d.assumed.empty() ? "" : "assumed: ", escaped(d.assumed.empty() ? d.source : d.assumed));
  }
  return out + "</tbody></table></div>";
}

}  // namespace

std::string campaign_html(const Strait& strait, const CampaignOptions& options,
                          const CampaignResult& result) {
  const Scenario& s = strait.scenario;
  std::string out = fmt::format(
      "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><title>{} · campaign</title><style>{}"
      "</style></head><body><p class=\"notice\">EXERCISE. Simulated days; nothing in them "
      "happened.</p><main><h1>{}</h1><p>{}</p>",
      escaped(s.name), style, escaped(s.title), escaped(s.about));
  out += fmt::format(
      "<p class=\"soft\">{} simulated days ({} to {}), seed {}, Varne {}. Policies meet the same boats in "
      "the same sea; values and paired "
      "differences with 95 % intervals over days.{}</p>",
      result.days, iso_date(s.span.first), iso_date(s.span.last), options.seed, version(),
      result.stopped_early
          ? fmt::format(" Stopped before {} days: the interval of {} was no wider than ± {}. An interval "
                        "that was looked at to decide "
                        "when to stop is a little too narrow.",
                        options.days, escaped(options.until_figure), shown_number(options.until_half))
          : "");
  out += legend(result) + "<h2>What differs</h2>" + figures_html(result);
  out += "<h2>People</h2>" + people_svg(result) + "<h2>Time to the first unit</h2>" + times_svg(result);
  out += fmt::format("<h2>Where boats were met</h2><p class=\"soft\">Policy {}.</p>",
                     escaped(result.policies[0].policy.name)) +
         map_svg(strait, result);
  out +=
      "<h2>What the rules left open</h2><p class=\"soft\">By the room's judgements, minute by minute, of "
      "what was known there: what nobody knew does not hold. Where a doctrine forbids, its conditions are "
      "those of the prohibition. Minutes are those of the boats named.</p>";
  for (const PolicyResult& p : result.policies)
    out += fmt::format("<h3>{}</h3>", escaped(p.policy.name)) + responses_html(p.responses);
  if (result.sensitivity) out += sensitivity_html(*result.sensitivity);
  out += "<h2>What is assumed</h2>" + assumptions_html(s);
  return out + "</main></body></html>\n";
}

std::string campaign_text(const CampaignResult& result) {
  std::string out = fmt::format("{:<64}", fmt::format("{} days", result.days));
  for (const PolicyResult& p : result.policies) out += fmt::format("{:>24}", p.policy.name);
  out += '\n';
  for (std::size_t f = 0; f < figure_table().size(); ++f) {
    out += fmt::format("{:<64}", figure_table()[f].says);
    for (std::size_t p = 0; p < result.policies.size(); ++p)
      out += fmt::format("{:>24}", shown_number(result.policies[p].figures[f]));
    out += '\n';
    for (std::size_t p = 1; p < result.policies.size(); ++p) {
      const Estimate& d = result.policies[p].differences[f];
      if (std::abs(d.value) > d.half)
        out += fmt::format("    {} less {}: {}\n", result.policies[p].policy.name,
                           result.policies[0].policy.name, shown_number(d));
    }
  }
  if (result.sensitivity) out += sensitivity_text(*result.sensitivity);
  return out;
}

Done write_campaign(const Strait& strait, const CampaignOptions& options, const CampaignResult& result) {
  if (auto done = write_whole(options.folder + "/days.csv", csv_of(result)); !done) return done;
  if (auto done = write_whole(options.folder + "/campaign.json",
                              canonical(summary_json(strait, options, result)) + "\n");
      !done)
    return done;
  if (result.sensitivity)
    if (auto done = write_whole(options.folder + "/draws.csv", draws_csv(*result.sensitivity)); !done)
      return done;
  return write_whole(options.folder + "/report.html", campaign_html(strait, options, result));
}

}  // namespace varne::days
