#pragma once
/// What people order, agree to, set and override. See entries.h.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "varne/core/fields.h"
#include "varne/room/entries_by.h"

namespace varne::entries {

struct Order {
  static constexpr std::string_view kind = "order";
  static constexpr std::string_view when = "an order or a request";
  std::string text = {}, standing = {}, from = {}, role = {}, task = {}, source = {}, unit = {}, to = {},
              boat = {}, other = {}, officer = {}, incident = {};
  std::optional<By> by = {};
  static constexpr auto fields() {
    using O = Order;
    return std::tuple{
        always("text", &O::text, ""),     always("standing", &O::standing, "`order` or `request`"),
        always("from", &O::from, ""),     always("role", &O::role, ""),
        always("task", &O::task, ""),     always("source", &O::source, ""),
        said("unit", &O::unit, ""),       said("to", &O::to, ""),
        said("boat", &O::boat, ""),       said("other", &O::other, ""),
        said("officer", &O::officer, ""), said("incident", &O::incident, ""),
        said("by", &O::by, by_says)};
  }
};

struct ConsentSaid {
  static constexpr std::string_view kind = "consent";
  static constexpr std::string_view when = "a consent given or refused";
  std::string text = {}, from = {}, role = {};
  bool given = false;
  std::string response = {}, source = {}, boat = {}, incident = {}, without_effect = {};
  std::optional<By> by = {};
  static constexpr auto fields() {
    using C = ConsentSaid;
    return std::tuple{always("text", &C::text, ""),
                      always("from", &C::from, ""),
                      always("role", &C::role, ""),
                      always("given", &C::given, ""),
                      always("response", &C::response, ""),
                      always("source", &C::source, ""),
                      said("boat", &C::boat, ""),
                      said("incident", &C::incident, ""),
                      said("without_effect", &C::without_effect, "why it counts for no verdict"),
                      said("by", &C::by, by_says)};
  }
};

struct ParameterSet {
  static constexpr std::string_view kind = "parameter";
  static constexpr std::string_view when = "a number that a doctrine leaves open was set and signed";
  std::string text = {}, parameter = {};
  double value = 0;
  std::string unit = {}, from = {}, role = {}, source = {};
  std::optional<By> by = {};
  static constexpr auto fields() {
    using P = ParameterSet;
    return std::tuple{always("text", &P::text, ""),     always("parameter", &P::parameter, ""),
                      always("value", &P::value, ""),   always("unit", &P::unit, ""),
                      always("from", &P::from, ""),     always("role", &P::role, ""),
                      always("source", &P::source, ""), said("by", &P::by, by_says)};
  }
};

struct Overridden {
  static constexpr std::string_view kind = "override";
  static constexpr std::string_view when = "a person acts against a verdict";
  std::string text = {}, incident = {}, boat = {}, response = {}, from = {}, role = {}, reason = {};
  Time until = {};
  std::string ruling = {};
  std::uint64_t verdict = 0;
  std::string source = {};
  std::optional<By> by = {};
  static constexpr auto fields() {
    using O = Overridden;
    return std::tuple{always("text", &O::text, ""),
                      always("incident", &O::incident, ""),
                      always("boat", &O::boat, ""),
                      always("response", &O::response, ""),
                      always("from", &O::from, ""),
                      always("role", &O::role, ""),
                      always("reason", &O::reason, ""),
                      always("until", &O::until, ""),
                      always("ruling", &O::ruling, "what the verdict says,"),
                      always("verdict", &O::verdict, "and its entry: it stays so"),
                      always("source", &O::source, ""),
                      said("by", &O::by, by_says)};
  }
};

struct OverrideEnded {
  static constexpr std::string_view kind = "override_ended";
  static constexpr std::string_view when = "that is over";
  std::string text = {}, incident = {}, response = {};
  std::uint64_t of = 0;
  std::string why = {};
  static constexpr auto fields() {
    using O = OverrideEnded;
    return std::tuple{always("text", &O::text, ""), always("incident", &O::incident, ""),
                      always("response", &O::response, ""), always("override", &O::of, "its entry"),
                      always("why", &O::why, "")};
  }
};

}  // namespace varne::entries
