#pragma once
/// Small stand-ins for `std::optional` and for values that are rarely there, where what is passed on by the
/// thousand has to stay small.

#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

namespace varne {

/// A finite number or nothing, in eight bytes; used as `std::optional<double>` is.
class MaybeNumber {
 public:
  constexpr MaybeNumber() = default;
  constexpr MaybeNumber(double value) : value_(value) {}
  constexpr MaybeNumber(std::nullopt_t /*nothing*/) {}
  constexpr MaybeNumber(std::optional<double> value) : value_(value.value_or(none)) {}

  [[nodiscard]] constexpr bool has_value() const { return value_ == value_; }
  constexpr explicit operator bool() const { return has_value(); }
  constexpr double operator*() const { return value_; }
  [[nodiscard]] constexpr double value_or(double other) const { return has_value() ? value_ : other; }
  constexpr operator std::optional<double>() const {
    return has_value() ? std::optional(value_) : std::nullopt;
  }
  friend constexpr bool operator==(MaybeNumber a, MaybeNumber b) {
    return a.has_value() ? a.value_ == b.value_ : !b.has_value();
  }

 private:
  static constexpr double none = std::numeric_limits<double>::quiet_NaN();
  double value_ = none;
};

/// A large value behind a pointer, never empty, shared between copies and never changed.
template <class T>
class Boxed {
 public:
  Boxed() : value_(std::make_shared<const T>()) {}
  Boxed(T value) : value_(std::make_shared<const T>(std::move(value))) {}
  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }

 private:
  std::shared_ptr<const T> value_;
};

}  // namespace varne
