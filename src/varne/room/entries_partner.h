#pragma once
/// What goes to and fro between centres. See entries.h.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "varne/core/fields.h"
#include "varne/core/fields_json.h"
#include "varne/core/time.h"

namespace varne::entries {

struct LetterSaid {
  static constexpr std::string_view kind = "letter";
  static constexpr std::string_view when = "another centre's desk was told something, or was heard";
  std::string text = {}, way = {}, centre = {};
  std::uint64_t letter = 0;
  std::string what = {}, incident = {};
  std::optional<Time> sent = {};
  CanonicalJson body = {};
  static constexpr auto fields() {
    using L = LetterSaid;
    return std::tuple{always("text", &L::text, ""),
                      always("way", &L::way, "`told` or `heard`"),
                      always("centre", &L::centre, "the other one"),
                      always("letter", &L::letter, "its number, from 1 each way"),
                      always("what", &L::what, "[the kind of letter](exchange.md)"),
                      said("incident", &L::incident, "its id in this record"),
                      said("sent", &L::sent, "one that was heard: by the other desk's clock"),
                      always("body", &L::body, "[the letter](exchange.md)")};
  }
};

/// What no honest desk can have said. It changed nothing.
struct LetterRefused {
  static constexpr std::string_view kind = "letter_refused";
  static constexpr std::string_view when = "a word of another centre's desk that cannot be so";
  std::string text = {}, centre = {}, why = {}, incident = {};
  static constexpr auto fields() {
    using L = LetterRefused;
    return std::tuple{always("text", &L::text, ""), always("centre", &L::centre, ""),
                      always("why", &L::why, ""), said("incident", &L::incident, "")};
  }
};

}  // namespace varne::entries
