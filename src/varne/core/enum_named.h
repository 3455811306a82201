#pragma once
/// The way back from `enum_name` (fields.h).

#include <optional>
#include <string_view>

#include "varne/core/fields.h"

namespace varne {

/// The value that has this name, exactly as it is written; nothing where none has.
template <NamedEnum E>
constexpr std::optional<E> enum_named(std::string_view name) {
  for (const auto& [value, known] : EnumNames<E>::values)
    if (name == known) return value;
  return std::nullopt;
}

}  // namespace varne
