#pragma once
/// One list of fields a struct, from which everything else is made: the canonical JSON of the record, its
/// reading, the bytes of a checkpoint, the console's types and the table in the manual.
///
///     struct UnitMoved {
///       std::string unit;
///       Place at;
///       double speed_mps = 0;
///       std::optional<double> course_deg;
///       static constexpr auto fields() {
///         return std::tuple{always("unit", &UnitMoved::unit, "its name in the list of units"),
///                           always("at", &UnitMoved::at, "where it is"),
///                           always("speed_mps", &UnitMoved::speed_mps, "over ground").decimals(1),
///                           said("course_deg", &UnitMoved::course_deg, "over ground, true").decimals(0)};
///       }
///     };
///
/// The order is free: JSON is written sorted by name, bytes in the order given. fields_json.h and
/// fields_bytes.h are the two ways out and in; a new type of member is one overload in each.

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>

namespace varne {

/// A member of `Owner` under its name outside.
template <class Owner, class Member>
struct Field {
  std::string_view name;
  Member Owner::*member;
  std::string_view says;  ///< for the manual: what it is, its unit where the name does not say it
  bool optional = false;  ///< left out of the JSON where it is its type's empty value (`is_empty`)
  int places = -1;        ///< decimals of a number in the JSON; below 0: all of it
  using Type = Member;

  /// The same, rounded to so many decimals where it is written.
  [[nodiscard]] constexpr Field decimals(int n) const { return {name, member, says, optional, n}; }
};

/// A field that is always written.
template <class Owner, class Member>
constexpr Field<Owner, Member> always(std::string_view name, Member Owner::*member, std::string_view says) {
  return {name, member, says};
}

/// A field that is left out where it is empty: an optional without value, an empty text, list or map, no, 0.
template <class Owner, class Member>
constexpr Field<Owner, Member> said(std::string_view name, Member Owner::*member, std::string_view says) {
  return {name, member, says, true};
}

template <class T>
concept HasFields = requires {
  T::fields();
};

template <HasFields T>
inline constexpr std::size_t field_count = std::tuple_size_v<decltype(T::fields())>;

/// Calls `each(field)` for every field of T, in the order of its list.
template <HasFields T, class Each>
constexpr void for_each_field(Each&& each) {
  std::apply([&](const auto&... field) { (each(field), ...); }, T::fields());
}

/// Positions in T's list, sorted by name: the order of the canonical JSON (names are ASCII).
template <HasFields T>
constexpr std::array<std::size_t, field_count<T>> fields_by_name() {
  constexpr std::size_t n = field_count<T>;
  std::array<std::string_view, n> names{};
  std::size_t i = 0;
  for_each_field<T>([&](const auto& field) { names[i++] = field.name; });
  std::array<std::size_t, n> order{};
  for (i = 0; i < n; ++i) order[i] = i;
  for (std::size_t a = 1; a < n; ++a)
    for (std::size_t b = a; b > 0 && names[order[b]] < names[order[b - 1]]; --b)
      std::swap(order[b], order[b - 1]);
  return order;
}

/// The same calls, sorted by name.
template <HasFields T, class Each>
constexpr void for_each_field_by_name(Each&& each) {
  static constexpr auto order = fields_by_name<T>();
  const auto list = T::fields();
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (each(std::get<order[I]>(list)), ...);
  }
  (std::make_index_sequence<field_count<T>>{});
}

/// Calls `each.operator()<Kind>()` for every kind that a variant may hold, in its order.
template <class Variant, class Each>
constexpr void for_each_kind(Each&& each) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (each.template operator()<std::variant_alternative_t<I, Variant>>(), ...);
  }
  (std::make_index_sequence<std::variant_size_v<Variant>>{});
}

/// Several lambdas as one, for std::visit.
template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};

template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;  // clang 16 does not deduce an aggregate by itself

/// An enumeration whose values have names outside: specialise with `static constexpr std::array values`, a
/// pair of value and name each.
///     template <> struct EnumNames<Phase> {
///       static constexpr std::array values{std::pair{Phase::alert, "alert"}, …};
///     };
template <class E>
struct EnumNames;

template <class E>
concept NamedEnum = requires {
  EnumNames<E>::values;
};

/// "" for a value that has no name: a broken invariant of the caller.
template <NamedEnum E>
constexpr std::string_view enum_name(E value) {
  for (const auto& [known, name] : EnumNames<E>::values)
    if (known == value) return name;
  return "";
}

}  // namespace varne
