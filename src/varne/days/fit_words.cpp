#include "varne/days/fit_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "varne/core/text.h"

namespace varne::days {
namespace {

bool is_day(Q q) {
  return q == Q::viable_peak_day || q == Q::boats_peak_day;
}

}  // namespace

std::string figure_text(double x) {
  return std::abs(x) < 10000 ? fmt::format("{:.4g}", x) : grouped(std::llround(x));
}

std::string fit_text(const Fit& fit) {
  std::string out = fmt::format("# Fitted to {}; ranges are two standard errors (parametric bootstrap).\n",
                                iso_span(fit.span));
  for (const Fitted& one : fit.numbers) {
    const QuantityWords& words = words_of(one.quantity);
    const bool persons = one.quantity == Q::persons;
    const auto name = parameters_of(persons ? Shape::lognormal : Shape::fixed)[one.parameter];
    // Errors of a day of the year can be wrong where bootstraps fall on either side of new year; cut to the
    // year.
    const double low = std::max(one.parameter == 0 ? words.least : 0, one.value - 2 * one.error);
    const double high = std::min(one.parameter == 0 ? words.most : 20, one.value + 2 * one.error);
    out +=
        fmt::format("{}: {} = {}, {}_range = [{}, {}]{}\n", words.name, name, figure_text(one.value), name,
                    figure_text(low), figure_text(high), is_day(one.quantity) ? "  # day of the year" : "");
  }
  return out;
}

std::string compared_text(DateSpan span, bool fitted, const std::vector<Compared>& compared) {
  std::string out = fmt::format("{}{}\n{:<36}{:>10}{:>12}{:>22}\n", iso_span(span),
                                fitted ? " (fitted)" : " (left out of the fit)", "", "seen", "simulated",
                                "9 in 10 between");
  for (const Compared& one : compared)
    out += fmt::format("{:<36}{:>10}{:>12}{:>11}{:>11}{}\n", one.what, figure_text(one.seen),
                       figure_text(one.middle), figure_text(one.low), figure_text(one.high),
                       one.fits() ? "" : "   does not fit");
  return out;
}

}  // namespace varne::days
