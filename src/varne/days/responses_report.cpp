/// What the rules left open, for people and as JSON.

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "varne/core/markup.h"
#include "varne/days/responses.h"

namespace varne::days {
namespace {

/// A condition that alone stood in the way.
struct Alone {
  const Condition* condition = nullptr;
  double boats = 0, minutes = 0, unknown = 0;
};

/// Those that ever did, of most boats first.
template <class Sum>
std::vector<Alone> alone_of(const ResponseRow& row, Sum&& sum) {
  std::vector<Alone> out;
  for (std::size_t c = 0; c < row.conditions.size(); ++c) {
    const Alone one{&row.conditions[c], static_cast<double>(sum(row.alone_boats(c))),
                    static_cast<double>(sum(row.alone_minutes(c))),
                    static_cast<double>(sum(row.unknown_minutes(c)))};
    if (one.boats > 0) out.push_back(one);
  }
  std::stable_sort(out.begin(), out.end(), [](const Alone& a, const Alone& b) { return a.boats > b.boats; });
  return out;
}

std::vector<Alone> alone_of(const ResponseResult& one) {
  return alone_of(one.row, [&](std::size_t sum) { return one[sum]; });
}

std::string percent(double share) {
  return fmt::format("{:.3g} %", 100 * share);
}

/// "rescue requires it"
std::string whose(const ResponseRow& row) {
  return fmt::format("{} {} it", row.doctrine, name_of(row.stance));
}

std::string alone_html(const ResponseResult& one) {
  std::string out;
  for (const Alone& alone : alone_of(one)) {
    out += fmt::format("{}{}: {} of the boats, {} min each", out.empty() ? "" : "<br>",
                       escaped(alone.condition->says), percent(alone.boats / one.boats),
                       shown_number(alone.minutes / alone.boats));
    if (alone.unknown == alone.minutes) {
      out += "; nobody knew";
    } else if (alone.unknown > 0) {
      out += fmt::format("; for {} of that nobody knew", percent(alone.unknown / alone.minutes));
    }
  }
  return out;
}

}  // namespace

std::string responses_html(std::span<const ResponseResult> responses) {
  std::string out =
      "<div class=\"wide\"><table><thead><tr><th>response</th><th class=\"n\">boats of which every "
      "condition ever held</th><th class=\"n\">minutes each</th><th>what alone stood in the "
      "way</th></tr></thead><tbody>";
  std::string never;
  for (const ResponseResult& one : responses) {
    const double boats = one[one.row.boats()];
    const std::string alone = alone_html(one);
    if (boats == 0 && alone.empty()) {
      never += fmt::format("{}{} ({})", never.empty() ? "" : "; ", escaped(one.row.title), whose(one.row));
      continue;
    }
    out += fmt::format(
        "<tr><td>{}<br><small>{}</small></td><td class=\"n\">{}</td><td class=\"n\">{}</td>"
        "<td>{}</td></tr>",
        escaped(one.row.title), escaped(whose(one.row)),
        boats > 0 ? fmt::format("{:.3g} ± {:.2g} %", 100 * one.share.value, 100 * one.share.half) : "none",
        boats > 0 ? shown_number(one[one.row.minutes()] / boats) : "", alone);
  }
  out += "</tbody></table></div>";
  if (!never.empty())
    out += fmt::format("<p class=\"soft\">Never, and never for want of one of several conditions: {}.</p>",
                       never);
  return out;
}

Json responses_json(std::span<const ResponseResult> responses) {
  Json out = Json::array();
  for (const ResponseResult& one : responses) {
    Json alone = Json::array();
    for (const Alone& a : alone_of(one))
      alone.push_back({{"condition", a.condition->id},
                       {"says", a.condition->says},
                       {"boats", a.boats},
                       {"minutes", a.minutes},
                       {"unknown_minutes", a.unknown}});
    out.push_back({{"doctrine", one.row.doctrine},
                   {"response", one.row.response},
                   {"title", one.row.title},
                   {"stance", name_of(one.row.stance)},
                   {"boats", one[one.row.boats()]},
                   {"minutes", one[one.row.minutes()]},
                   {"share", json_of(one.share)},
                   {"alone_in_the_way", std::move(alone)}});
  }
  return out;
}

std::string responses_text(std::span<const ResponseRow> rows, const std::vector<std::uint32_t>& sums) {
  std::string out;
  for (const ResponseRow& row : rows) {
    const auto alone = alone_of(row, [&](std::size_t sum) { return sums[sum]; });
    if (sums[row.boats()] == 0 && alone.empty()) continue;
    out += fmt::format("  {} ({}): every condition ever held: boats {}, minutes together {}\n", row.title,
                       whose(row), sums[row.boats()], sums[row.minutes()]);
    for (const Alone& a : alone)
      out += fmt::format("    only this did not: {}: boats {}, minutes {}, of which nobody knew for {}\n",
                         a.condition->says, a.boats, a.minutes, a.unknown);
  }
  return out;
}

}  // namespace varne::days
