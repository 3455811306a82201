#pragma once
/// State as bytes and back, for checkpoints and answers of slow work: little-endian, no names, the order of
/// the lists. Fast and small, and good only for the program that wrote it: whoever keeps such bytes keeps
/// beside them the program's version and a hash, and makes the state again from the journal where either
/// differs.
///
/// A struct with `fields()` goes by them; any other class says what it is made of in
///     auto members() { return std::tie(tracks_, last_); }

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "varne/core/fields.h"
#include "varne/core/geo.h"
#include "varne/core/head_count.h"
#include "varne/core/shared_text.h"
#include "varne/core/time.h"

namespace varne {

static_assert(std::endian::native == std::endian::little, "bytes are written as they lie in memory");

template <class T>
concept HasMembers = requires(T& value) {
  value.members();
};

/// Written as it lies in memory.
template <class T>
inline constexpr bool plain_bytes = std::is_arithmetic_v<T> || std::is_enum_v<T>;
// No padding in these, so that the same value gives the same bytes.
template <>
inline constexpr bool plain_bytes<Place> = true;
template <>
inline constexpr bool plain_bytes<Vec> = true;
template <>
inline constexpr bool plain_bytes<HeadCount> = true;

class BytesOut {
 public:
  /// @param about  so many bytes are expected; more may come
  explicit BytesOut(std::size_t about = 0) { bytes_.reserve(about); }
  template <class... Ts>
  void operator()(const Ts&... values) {
    (put(values), ...);
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }

 private:
  void raw(const void* from, std::size_t n) { bytes_.append(static_cast<const char*>(from), n); }
  void count(std::size_t n) { put(static_cast<std::uint64_t>(n)); }

  template <class T>
  requires plain_bytes<T>
  void put(const T& value) { raw(&value, sizeof value); }
  void put(const std::string& text) {
    count(text.size());
    raw(text.data(), text.size());
  }
  void put(const SharedText& text) {
    count(text.size());
    raw(text.view().data(), text.size());
  }
  template <class Rep, class Period>
  void put(const std::chrono::duration<Rep, Period>& value) {
    put(value.count());
  }
  void put(const Time& value) { put(millis(value)); }
  void put(const std::monostate& /*nothing*/) {}
  template <class T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <class T>
  void put(const std::unique_ptr<T>& value) {
    put(value != nullptr);
    if (value) put(*value);
  }
  template <class T>
  void put(const std::shared_ptr<T>& value) {
    put(value != nullptr);
    if (value) put(*value);
  }
  template <class A, class B>
  void put(const std::pair<A, B>& value) {
    put(value.first);
    put(value.second);
  }
  template <class... Ts>
  void put(const std::variant<Ts...>& value) {
    put(static_cast<std::uint32_t>(value.index()));
    std::visit([&](const auto& held) { put(held); }, value);
  }
  template <class T, std::size_t N>
  void put(const std::array<T, N>& values) {
    for (const auto& value : values) put(value);
  }
  void put(const std::vector<bool>& values) {
    count(values.size());
    for (const bool value : values) put(value);
  }
  template <class T>
  void put(const std::vector<T>& values) {
    count(values.size());
    if constexpr (plain_bytes<T>)
      raw(values.data(), values.size() * sizeof(T));
    else
      for (const auto& value : values) put(value);
  }
  template <class T>
  requires requires(T& c) {
    c.begin();
    typename T::value_type;
    typename T::key_type;
  }
  void put(const T& values) {
    count(values.size());
    for (const auto& value : values) put(value);
  }
  template <class T>
  void put(const std::deque<T>& values) {
    count(values.size());
    for (const auto& value : values) put(value);
  }
  template <HasFields T>
  void put(const T& value) {
    for_each_field<T>([&](const auto& field) { put(value.*field.member); });
  }
  template <class T>
  requires(HasMembers<T> && !HasFields<T>) void put(const T& value) {
    // `members` gives references for both ways; nothing is written through them here.
    std::apply([&](const auto&... member) { (put(member), ...); }, const_cast<T&>(value).members());
  }

  std::string bytes_;
};

/// Reads what `BytesOut` wrote. Never reads beyond the end and never asks for more memory than the bytes
/// could fill: what does not fit leaves `ok` false, and everything after it empty.
class BytesIn {
 public:
  explicit BytesIn(std::string_view bytes) : left_(bytes) {}

  /// @returns whether all was there
  template <class... Ts>
  bool operator()(Ts&... values) {
    (get(values), ...);
    return ok_;
  }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return ok_ && left_.empty(); }

 private:
  bool raw(void* to, std::size_t n) {
    if (!ok_ || left_.size() < n) return ok_ = false;
    if (n > 0) std::memcpy(to, left_.data(), n);
    left_.remove_prefix(n);
    return true;
  }
  /// Every item takes a byte at least, but for the empty ones; those are never kept in numbers.
  std::size_t count(std::size_t least_bytes = 1) {
    std::uint64_t n = 0;
    get(n);
    if (n > left_.size() / least_bytes) ok_ = false;
    return ok_ ? static_cast<std::size_t>(n) : 0;
  }

  template <class T>
  requires plain_bytes<T>
  void get(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      std::uint8_t byte = 0;
      raw(&byte, 1);
      value = byte != 0;
    } else {
      raw(&value, sizeof value);
    }
  }
  void get(std::string& text) {
    text.resize(count());
    raw(text.data(), text.size());
  }
  void get(SharedText& text) {
    std::string read;
    get(read);
    text = read;
  }
  template <class Rep, class Period>
  void get(std::chrono::duration<Rep, Period>& value) {
    Rep n{};
    get(n);
    value = std::chrono::duration<Rep, Period>(n);
  }
  void get(Time& value) {
    std::int64_t n = 0;
    get(n);
    value = time_from_millis(n);
  }
  void get(std::monostate& /*nothing*/) {}
  template <class T>
  void get(std::optional<T>& value) {
    bool there = false;
    get(there);
    if (there)
      get(value.emplace());
    else
      value.reset();
  }
  template <class T>
  void get(std::unique_ptr<T>& value) {
    bool there = false;
    get(there);
    value = there ? std::make_unique<T>() : nullptr;
    if (there) get(*value);
  }
  template <class T>
  void get(std::shared_ptr<T>& value) {
    bool there = false;
    get(there);
    auto made = there ? std::make_shared<std::remove_const_t<T>>() : nullptr;
    if (there) get(*made);
    value = std::move(made);
  }
  template <class A, class B>
  void get(std::pair<A, B>& value) {
    get(const_cast<std::remove_const_t<A>&>(value.first));
    get(value.second);
  }
  template <class... Ts>
  void get(std::variant<Ts...>& value) {
    std::uint32_t index = 0;
    get(index);
    if (index >= sizeof...(Ts)) ok_ = false;
    if (!ok_) return;
    std::uint32_t i = 0;
    ((i++ == index ? get(value.template emplace<Ts>()) : void()), ...);
  }
  template <class T, std::size_t N>
  void get(std::array<T, N>& values) {
    for (auto& value : values) get(value);
  }
  void get(std::vector<bool>& values) {
    values.resize(count());
    for (std::size_t i = 0; i < values.size(); ++i) {
      bool value = false;
      get(value);
      values[i] = value;
    }
  }
  template <class T>
  void get(std::vector<T>& values) {
    values.clear();
    if constexpr (plain_bytes<T>) {
      values.resize(count(sizeof(T)));
      raw(values.data(), values.size() * sizeof(T));
    } else {
      for (std::size_t n = count(); n > 0 && ok_; --n) get(values.emplace_back());
    }
  }
  template <class T>
  void get(std::deque<T>& values) {
    values.clear();
    for (std::size_t n = count(); n > 0 && ok_; --n) get(values.emplace_back());
  }
  template <class T>
  requires requires(T& c) {
    typename T::key_type;
    typename T::mapped_type;
  }
  void get(T& values) {
    values.clear();
    for (std::size_t n = count(); n > 0 && ok_; --n) {
      typename T::key_type key{};
      get(key);
      typename T::mapped_type value{};
      get(value);
      values.emplace_hint(values.end(), std::move(key), std::move(value));
    }
  }
  template <class T>
  requires requires(T& c) {
    typename T::key_type;
  } &&(!requires { typename T::mapped_type; }) void get(T& values) {
    values.clear();
    for (std::size_t n = count(); n > 0 && ok_; --n) {
      typename T::key_type key{};
      get(key);
      values.emplace_hint(values.end(), std::move(key));
    }
  }
  template <HasFields T>
  void get(T& value) {
    for_each_field<T>([&](const auto& field) { get(value.*field.member); });
  }
  template <class T>
  requires(HasMembers<T> && !HasFields<T>) void get(T& value) {
    std::apply([&](auto&... member) { (get(member), ...); }, value.members());
  }

  std::string_view left_;
  bool ok_ = true;
};

/// A struct or class as bytes.
template <class T>
std::string bytes_of(const T& value) {
  BytesOut out;
  out(value);
  return out.take();
}

/// The same back; nothing where the bytes are not one whole T.
template <class T>
std::optional<T> from_bytes(std::string_view bytes) {
  BytesIn in(bytes);
  std::optional<T> value(std::in_place);
  if (!in(*value) || !in.at_end()) return std::nullopt;
  return value;
}

}  // namespace varne
