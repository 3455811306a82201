#include <concepts>
#include <nlohmann/json.hpp>

#include "varne/core/fields_json.h"
#include "varne/feed/report_reader.h"

namespace varne {
namespace {

// As people write it: a count that is sure is one number, and a place has all its decimals.
Json written(const std::string& value) {
  return value;
}
Json written(const std::vector<std::string>& value) {
  return value;
}
Json written(bool value) {
  return value;
}
template <std::signed_integral Whole>
Json written(Whole value) {
  return value;
}
Json written(double value) {
  return value;
}
Json written(Time value) {
  return iso(value);
}
Json written(Place value) {
  return Json::array({value.lon, value.lat});
}
Json written(HeadCount value) {
  return value.exact() ? Json(value.low) : Json::array({value.low, value.high});
}
Json written(const SaidValue& value) {
  return std::visit(
      [](const auto& held) -> Json {
        if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::monostate>)
          return nullptr;
        else
          return held;
      },
      value);
}
template <class T>
Json written(const std::optional<T>& value) {
  return written(*value);
}

}  // namespace

std::string report_json(const Report& report) {
  Json json = Json::object();
  std::visit(
      [&]<class Kind>(const Kind& kind) {
        json["kind"] = Kind::kind;
        for_each_field<Kind>([&](const auto& field) {
          const auto& member = kind.*field.member;
          if (is_empty(member) &&
              (field.optional || std::is_same_v<std::decay_t<decltype(member)>, std::string>))
            return;
          Json value = written(member);
          if (field.unit != 1) value = rounded(value.template get<double>() / field.unit, field.places);
          json[std::string(field.name)] = std::move(value);
        });
      },
      report);
  return canonical(json);
}

}  // namespace varne
