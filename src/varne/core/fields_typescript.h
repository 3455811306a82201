#pragma once
/// Structs with fields (fields.h) as TypeScript types: what the console is sent, and sends. Heads come as
/// ranges, places as [longitude, latitude]; JSON that is passed on as it is comes as `unknown`.

#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "varne/core/fields.h"
#include "varne/core/fields_json.h"
#include "varne/core/geo.h"
#include "varne/core/head_count.h"
#include "varne/core/time.h"

namespace varne {

template <class T>
struct TypeScript;

/// "string", "LonLat", "{ unit: string; minutes?: number }[]": the type of one member.
template <class T>
std::string typescript_of() {
  if constexpr (std::is_same_v<T, bool>)
    return "boolean";
  else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, Duration>)
    return "number";
  else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, Time> || std::is_same_v<T, Hash>)
    return "string";
  else if constexpr (std::is_same_v<T, Place>)
    return "LonLat";
  else if constexpr (std::is_same_v<T, HeadCount>)
    return "HeadCount";
  else if constexpr (std::is_same_v<T, CanonicalJson>)
    return "unknown";
  else if constexpr (std::is_same_v<T, std::monostate>)
    return "null";
  else
    return TypeScript<T>::type();
}

template <NamedEnum E>
struct TypeScript<E> {
  static std::string type() {
    std::string out;
    for (const auto& [value, name] : EnumNames<E>::values)
      out += (out.empty() ? "'" : " | '") + std::string(name) + "'";
    return out;
  }
};

/// Optional is what the field says, so the member's own optionality adds nothing.
template <class T>
struct TypeScript<std::optional<T>> {
  static std::string type() { return typescript_of<T>(); }
};

template <class T>
struct TypeScript<std::vector<T>> {
  static std::string type() { return typescript_of<T>() + "[]"; }
};

template <class T>
struct TypeScript<std::map<std::string, T>> {
  static std::string type() { return "Record<string, " + typescript_of<T>() + ">"; }
};

template <class... Ts>
struct TypeScript<std::variant<Ts...>> {
  static std::string type() {
    std::string out;
    ((out += (out.empty() ? "" : " | ") + typescript_of<Ts>()), ...);
    return out;
  }
};

template <HasFields T>
struct TypeScript<T> {
  static std::string type() {
    std::string out;
    for_each_field<T>([&]<class Field>(const Field& field) {
      out += (out.empty() ? "" : "; ") + std::string(field.name) + (field.optional ? "?: " : ": ") +
             typescript_of<typename Field::Type>();
    });
    return "{ " + out + " }";
  }
};

/// An interface with a member for every kind that a variant may hold, under its name: a line each.
template <class Variant>
std::string typescript_kinds(const std::string& name) {
  std::string out = "export interface " + name + " {\n";
  for_each_kind<Variant>(
      [&]<class Kind>() { out += "  " + std::string(Kind::kind) + ": " + typescript_of<Kind>() + ";\n"; });
  return out + "}\n";
}

}  // namespace varne
