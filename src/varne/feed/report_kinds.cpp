#include "varne/feed/report_kinds.h"

namespace varne {
namespace {

/// What `get` gives for this kind of report, or `none` where the kind does not have it. `get` names the
/// member in its return type, so that it is no candidate where there is none.
template <class T, class Get>
T in_any_kind(const Report& report, T none, Get&& get) {
  return std::visit(
      [&](const auto& kind) -> T {
        if constexpr (requires { get(kind); })
          return get(kind);
        else
          return none;
      },
      report);
}

const std::string no_text;
const std::vector<std::string> no_names;

}  // namespace

const ReportHead& report_head(const Report& report) {
  return std::visit([](const auto& kind) -> const ReportHead& { return kind; }, report);
}

std::string_view kind_of(const Report& report) {
  return std::visit([](const auto& kind) { return kind.kind; }, report);
}

std::optional<Place> place_of(const Report& report) {
  return in_any_kind<std::optional<Place>>(report, {},
                                           [](const auto& r) -> decltype(r.place) { return r.place; });
}

double place_error_m(const Report& report) {
  return in_any_kind(report, 0.0, [](const auto& r) -> decltype(r.place_error_m) { return r.place_error_m; });
}

std::optional<HeadCount> persons_of(const Report& report) {
  return in_any_kind<std::optional<HeadCount>>(
      report, {}, [](const auto& r) -> decltype(r.persons) { return r.persons; });
}

const std::string& craft_of(const Report& report) {
  return in_any_kind<const std::string&>(report, no_text,
                                         [](const auto& r) -> decltype((r.craft)) { return r.craft; });
}

const std::string& unit_of(const Report& report) {
  return in_any_kind<const std::string&>(report, no_text,
                                         [](const auto& r) -> decltype((r.unit)) { return r.unit; });
}

const std::vector<std::string>& may_be_of(const Report& report) {
  return in_any_kind<const std::vector<std::string>&>(
      report, no_names, [](const auto& r) -> decltype((r.may_be)) { return r.may_be; });
}

bool found_empty(const Report& report) {
  return in_any_kind<Said>(report, {}, [](const auto& r) -> decltype(r.empty) { return r.empty; }) == true;
}

}  // namespace varne
