#pragma once
/// What the room says of who goes where. See entries.h.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "varne/core/fields.h"
#include "varne/core/fields_json.h"
#include "varne/core/time.h"

namespace varne::entries {

struct TaskSaid {
  static constexpr std::string_view kind = "task";
  static constexpr std::string_view when = "what a unit is to do changed";
  std::string text = {}, unit = {}, task = {}, state = {}, incident = {};
  std::uint64_t order = 0;
  std::optional<Time> eta = {};
  std::string eta_to = {}, from = {}, source = {};
  static constexpr auto fields() {
    using T = TaskSaid;
    return std::tuple{
        always("text", &T::text, ""),
        always("unit", &T::unit, ""),
        said("task", &T::task, "as it was ordered"),
        always("state", &T::state,
               "`ordered`, `accepted`, `on_scene`; it ends with `declined`, `stood_down`, `done`"),
        said("incident", &T::incident, ""),
        said("order", &T::order, "its entry"),
        said("eta", &T::eta, "when it is with the boat, in half of all cases"),
        said("eta_to", &T::eta_to, "the forecast by which; absent: by the last place"),
        said("from", &T::from, "who says so; absent where it follows from a closed incident"),
        said("source", &T::source, "report id")};
  }
};

struct ProposalSaid {
  static constexpr std::string_view kind = "proposal";
  static constexpr std::string_view when = "who should go to a boat that waits changed";
  std::string text = {}, state = {}, incident = {}, unit = {};
  std::uint64_t stop = 0;
  std::optional<Time> eta = {};
  std::string eta_to = {};
  std::optional<double> persons = {};
  std::string objective = {};
  std::optional<double> price = {}, nearest_price = {};
  std::vector<std::string> missing = {};
  static constexpr auto fields() {
    using P = ProposalSaid;
    return std::tuple{
        always("text", &P::text, "why, and what the nearest idle unit would do"),
        always("state", &P::state,
               "`proposed`; it ends with the unit's task or its no (kind `task`), or `withdrawn`; `nobody` "
               "can go"),
        always("incident", &P::incident, ""),
        said("unit", &P::unit, ""),
        said("stop", &P::stop, "1: goes there now; 2 and on: after the boats before"),
        said("eta", &P::eta, "with the boat, in half of all cases"),
        said("eta_to", &P::eta_to, "the forecast by which; absent: by the last place"),
        said("persons", &P::persons, "whom it is to take aboard").decimals(0),
        said("objective", &P::objective, "what the plan goes by: `first_unit`, `within_30`, `lives`"),
        said("price", &P::price, "of the whole plan by that, lower is better").decimals(3),
        said("nearest_price", &P::nearest_price, "of sending the nearest idle unit to each").decimals(3),
        said("missing", &P::missing, "what is not known or stands in the way")};
  }
};

}  // namespace varne::entries
