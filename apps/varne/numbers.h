#pragma once
/// What numbers an option takes, refused in words.

#include <fmt/format.h>

#include <CLI/Validators.hpp>
#include <string>

#include "varne/core/text.h"

namespace varne::app {

/// A number from `least` to `most`, both included; "nan" and "inf" are none.
inline CLI::Validator from_to(double least, double most) {
  return {[=](std::string& text) {
            const auto n = parse_number(text);
            return n && *n >= least && *n <= most
                       ? std::string()
                       : fmt::format("\"{}\" is no number from {:.10g} to {:.10g}", shown(text), least, most);
          },
          ""};
}

inline CLI::Validator above_zero() {
  return {[](std::string& text) {
            return parse_number(text).value_or(0) > 0
                       ? std::string()
                       : fmt::format("\"{}\" is no number above 0", shown(text));
          },
          ""};
}

inline CLI::Validator not_below_zero() {
  return {[](std::string& text) {
            return parse_number(text).value_or(-1) >= 0
                       ? std::string()
                       : fmt::format("\"{}\" is no number of 0 or more", shown(text));
          },
          ""};
}

}  // namespace varne::app
