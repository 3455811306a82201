#pragma once
/// Bad input is a value. Every function that can be refused by what it is given returns a `Result`; a broken
/// invariant of our own asserts instead. No exception crosses a folder's boundary.

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace varne {

/// Why something was refused, for the person who wrote the input.
struct Error {
  std::string where;  ///< file, line and field, as far as known: "units.toml:41: speed_kn"; may be empty
  std::string what;   ///< what is wrong and what to do, one sentence without a final full stop

  /// "where: what", or only "what" where no place is known.
  [[nodiscard]] std::string text() const { return where.empty() ? what : where + ": " + what; }

  /// The same error seen from one level further out: `in("day.toml")` puts the file before the field.
  [[nodiscard]] Error in(std::string_view outer) const {
    return {where.empty() ? std::string(outer) : std::string(outer) + ": " + where, what};
  }
};

template <class T>
using Result = std::expected<T, Error>;
using Done = Result<void>;

/// `return fail("units.toml:41: speed_kn", "\"fast\" is not a number; give knots");`
[[nodiscard]] inline std::unexpected<Error> fail(std::string where, std::string what) {
  return std::unexpected(Error{std::move(where), std::move(what)});
}
[[nodiscard]] inline std::unexpected<Error> fail(Error error) {
  return std::unexpected(std::move(error));
}

}  // namespace varne
