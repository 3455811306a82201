#include "varne/sea/cf_units.h"

#include <fmt/format.h>
#include <udunits2.h>

#include <array>
#include <cmath>
#include <memory>
#include <mutex>

#include "varne/core/text.h"

namespace varne {
namespace {

struct FreeUnit {
  void operator()(ut_unit* unit) const { ut_free(unit); }
};
using Unit = std::unique_ptr<ut_unit, FreeUnit>;

/// UDUNITS keeps one error state a process, so it is asked by one thread at a time.
std::mutex& one_at_a_time() {
  static std::mutex mutex;
  return mutex;
}

/// Read once in the process and kept; null where the database of units is not installed.
ut_system* units() {
  static ut_system* const system = [] {
    ut_set_error_message_handler(ut_ignore);
    return ut_read_xml(nullptr);
  }();
  return system;
}

/// What models write and UDUNITS reads as something else (ms-1: per millisecond, C: coulomb) or not at all.
std::string in_udunits(std::string_view text) {
  std::string unit;
  for (const char c : trim(text)) {
    if (c != ' ' || (!unit.empty() && unit.back() != ' ')) unit += c;
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 14> spelt{{{"ms-1", "m s-1"},
                                                                                 {"ms^-1", "m s-1"},
                                                                                 {"m/sec", "m s-1"},
                                                                                 {"kn", "knot"},
                                                                                 {"kt", "knot"},
                                                                                 {"kts", "knot"},
                                                                                 {"C", "degC"},
                                                                                 {"deg_C", "degC"},
                                                                                 {"degree_C", "degC"},
                                                                                 {"degrees_C", "degC"},
                                                                                 {"Celsius", "degC"},
                                                                                 {"degrees_Celsius", "degC"},
                                                                                 {"degK", "K"},
                                                                                 {"mb", "mbar"}}};
  for (const auto& [models, udunits] : spelt) {
    if (unit == models) return std::string(udunits);
  }
  return unit;
}

}  // namespace

Result<UnitConversion> unit_conversion(std::string_view from, std::string_view to) {
  const std::lock_guard lock(one_at_a_time());
  if (units() == nullptr) return fail("", "needs the database of units of UDUNITS-2; install libudunits2-0");
  const Unit given(ut_parse(units(), in_udunits(from).c_str(), UT_UTF8));
  const Unit wanted(ut_parse(units(), std::string(to).c_str(), UT_UTF8));
  if (given == nullptr || wanted == nullptr || ut_are_convertible(given.get(), wanted.get()) == 0)
    return fail("", fmt::format("has the units \"{}\"; give \"{}\", or one that can be made into it",
                                shown(from), to));
  cv_converter* converter = ut_get_converter(given.get(), wanted.get());
  if (converter == nullptr)
    return fail("", fmt::format("has the units \"{}\", which cannot be made into \"{}\"", shown(from), to));
  const double offset = cv_convert_double(converter, 0);
  const double factor = cv_convert_double(converter, 1) - offset;
  cv_free(converter);
  if (!std::isfinite(factor) || !std::isfinite(offset) || factor == 0)
    return fail("", fmt::format("has the units \"{}\", which cannot be made into \"{}\"", shown(from), to));
  return UnitConversion{factor, offset};
}

}  // namespace varne
