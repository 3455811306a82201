#pragma once
/// Structs with fields (fields.h) as canonical JSON (RFC 8785) and back. Writing goes straight into the text,
/// without a tree in between: a day's record is mostly this.

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "varne/core/fields.h"
#include "varne/core/geo.h"
#include "varne/core/hash.h"
#include "varne/core/head_count.h"
#include "varne/core/json.h"
#include "varne/core/result.h"
#include "varne/core/time.h"

namespace varne {

/// JSON that is canonical already and is passed on as it is: the tree of a verdict's reasons.
struct CanonicalJson {
  std::string text = "null";
  friend bool operator==(const CanonicalJson&, const CanonicalJson&) = default;
};

// --- out -------------------------------------------------------------------------------------------------

inline void write_json(std::string& out, bool value, int = -1) {
  out += value ? "true" : "false";
}
inline void write_json(std::string& out, double value, int places = -1) {
  out += canonical_number(places < 0 ? value : rounded(value, places));
}
template <std::integral T>
void write_json(std::string& out, T value, int = -1) {
  out += std::to_string(value);
}
inline void write_json(std::string& out, const std::string& value, int = -1) {
  out += varne::quoted(value);
}
inline void write_json(std::string& out, Time value, int = -1) {
  out += varne::quoted(iso(value));
}
/// Seconds.
inline void write_json(std::string& out, Duration value, int = -1) {
  out += canonical_number(seconds(value));
}
/// [lon, lat], to 5 decimals where nothing else is asked for (0.7 m).
inline void write_json(std::string& out, Place value, int places = -1) {
  const int n = places < 0 ? 5 : places;
  out += '[' + canonical_number(rounded(value.lon, n)) + ',' + canonical_number(rounded(value.lat, n)) + ']';
}
/// [low, high]
inline void write_json(std::string& out, HeadCount value, int = -1) {
  out += '[' + std::to_string(value.low) + ',' + std::to_string(value.high) + ']';
}
inline void write_json(std::string& out, const Hash& value, int = -1) {
  out += varne::quoted(hex(value));
}
inline void write_json(std::string& out, const CanonicalJson& value, int = -1) {
  out += value.text;
}
template <NamedEnum E>
void write_json(std::string& out, E value, int = -1) {
  out += varne::quoted(enum_name(value));
}
template <HasFields T>
void write_json(std::string& out, const T& value, int = -1);
template <class T>
void write_json(std::string& out, const std::optional<T>& value, int places = -1);
template <class T>
void write_json(std::string& out, const std::vector<T>& value, int places = -1);
template <class T>
void write_json(std::string& out, const std::map<std::string, T>& value, int places = -1);
/// Of texts, numbers and truths: whichever it holds; a monostate is null.
template <class... Ts>
void write_json(std::string& out, const std::variant<Ts...>& value, int places = -1) {
  std::visit(
      [&](const auto& held) {
        if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::monostate>)
          out += "null";
        else
          write_json(out, held, places);
      },
      value);
}

template <class T>
void write_json(std::string& out, const std::optional<T>& value, int places) {
  if (value)
    write_json(out, *value, places);
  else
    out += "null";
}

template <class T>
void write_json(std::string& out, const std::vector<T>& value, int places) {
  out += '[';
  bool first = true;
  for (const auto& item : value) {
    if (!std::exchange(first, false)) out += ',';
    write_json(out, item, places);
  }
  out += ']';
}

template <class T>
void write_json(std::string& out, const std::map<std::string, T>& value, int places) {
  std::vector<const std::pair<const std::string, T>*> sorted;
  for (const auto& item : value) sorted.push_back(&item);
  std::sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return utf16_less(a->first, b->first); });
  out += '{';
  bool first = true;
  for (const auto* item : sorted) {
    if (!std::exchange(first, false)) out += ',';
    out += varne::quoted(item->first) + ':';
    write_json(out, item->second, places);
  }
  out += '}';
}

/// What `said` leaves out.
template <class T>
bool is_empty(const T& value) {
  if constexpr (requires { value.has_value(); })
    return !value.has_value();
  else if constexpr (requires { value.empty(); })
    return value.empty();
  else if constexpr (std::is_same_v<T, CanonicalJson>)
    return value.text == "null";
  else if constexpr (requires { value.index(); })
    return value.index() == 0;
  else
    return value == T{};
}

template <HasFields T>
void write_json(std::string& out, const T& value, int) {
  out += '{';
  bool first = true;
  for_each_field_by_name<T>([&](const auto& field) {
    const auto& member = value.*field.member;
    if (field.optional && is_empty(member)) return;
    if (!std::exchange(first, false)) out += ',';
    out += '"';
    out += field.name;
    out += "\":";
    write_json(out, member, field.places);
  });
  out += '}';
}

/// The canonical JSON of a struct.
template <HasFields T>
std::string canonical_of(const T& value) {
  std::string out;
  write_json(out, value);
  return out;
}

// --- in --------------------------------------------------------------------------------------------------
// Each names what it wanted, without the place: the caller knows the field.

Done read_json(const Json& json, bool& out);
Done read_json(const Json& json, double& out);
Done read_json(const Json& json, std::string& out);
Done read_json(const Json& json, Time& out);
Done read_json(const Json& json, Duration& out);
Done read_json(const Json& json, Place& out);
Done read_json(const Json& json, HeadCount& out);
Done read_json(const Json& json, Hash& out);
Done read_json(const Json& json, CanonicalJson& out);
Done read_whole(const Json& json, std::int64_t least, std::int64_t most, std::int64_t& out);

template <std::integral T>
Done read_json(const Json& json, T& out) {
  constexpr std::int64_t exact = std::int64_t{1} << 53;  // what every JSON reader keeps
  std::int64_t whole = 0;
  const auto most = static_cast<std::uint64_t>(std::numeric_limits<T>::max());
  if (auto done = read_whole(
          json, std::is_signed_v<T> ? std::max<std::int64_t>(-exact, std::numeric_limits<T>::min()) : 0,
          static_cast<std::int64_t>(std::min<std::uint64_t>(most, exact)), whole);
      !done)
    return done;
  out = static_cast<T>(whole);
  return {};
}

template <NamedEnum E>
Done read_json(const Json& json, E& out) {
  std::string text;
  if (auto done = read_json(json, text); !done) return done;
  std::string known;
  for (const auto& [value, name] : EnumNames<E>::values) {
    if (name == text) {
      out = value;
      return {};
    }
    known += (known.empty() ? "" : ", ") + std::string(name);
  }
  return fail("", "\"" + text + "\" is none of " + known);
}

template <HasFields T>
Done read_json(const Json& json, T& out);
template <class T>
Done read_json(const Json& json, std::optional<T>& out);
template <class T>
Done read_json(const Json& json, std::vector<T>& out);
template <class T>
Done read_json(const Json& json, std::map<std::string, T>& out);

/// The first of the kinds that takes it.
template <class... Ts>
Done read_json(const Json& json, std::variant<Ts...>& out) {
  bool taken = false;
  const auto take = [&]<class T>() {
    if (taken) return;
    if constexpr (std::is_same_v<T, std::monostate>) {
      if ((taken = json.is_null())) out = std::monostate{};
    } else if (T value{}; read_json(json, value)) {
      out = std::move(value);
      taken = true;
    }
  };
  (take.template operator()<Ts>(), ...);
  return taken ? Done{} : fail("", "is of no kind that stands here");
}

template <class T>
Done read_json(const Json& json, std::optional<T>& out) {
  if (json.is_null()) {
    out.reset();
    return {};
  }
  return read_json(json, out.emplace());
}

template <class T>
Done read_json(const Json& json, std::vector<T>& out) {
  if (!json.is_array()) return fail("", "must be a list");
  out.clear();
  for (const Json& item : json) {
    T value{};
    if (auto done = read_json(item, value); !done)
      return fail(done.error().in("[" + std::to_string(out.size()) + "]"));
    out.push_back(std::move(value));
  }
  return {};
}

template <class T>
Done read_json(const Json& json, std::map<std::string, T>& out) {
  if (!json.is_object()) return fail("", "must be an object");
  out.clear();
  for (const auto& [name, item] : json.items())
    if (auto done = read_json(item, out[name]); !done) return fail(done.error().in(name));
  return {};
}

/// Refuses, naming the field: an unknown name, a missing one that is always written, a value of another kind.
template <HasFields T>
Done read_json(const Json& json, T& out) {
  if (!json.is_object()) return fail("", "must be an object");
  Done done = {};
  std::size_t taken = 0;
  for_each_field<T>([&](const auto& field) {
    if (!done) return;
    const auto found = json.find(field.name);
    if (found == json.end()) {
      if (!field.optional) done = fail(std::string(field.name), "is missing");
      return;
    }
    ++taken;
    if (auto read = read_json(*found, out.*field.member); !read)
      done = fail(read.error().in(std::string(field.name)));
  });
  if (!done || taken == json.size()) return done;
  for (const auto& [name, value] : json.items()) {
    bool known = false;
    for_each_field<T>([&](const auto& field) { known = known || field.name == name; });
    if (!known) return fail(name, "is no field here");
  }
  return done;
}

}  // namespace varne
