#include "varne/feed/report_words.h"

#include <fmt/format.h>

#include "varne/core/letters.h"
#include "varne/core/text.h"

namespace varne {
namespace {

/// To the eye: an I and digits, whatever letters, signs and blanks it is made of.
bool looks_like_incident_number(std::string_view boat) {
  std::string seen;
  for (const char c : as_seen(boat)) {
    if (std::string_view(" -_.,:;#()[]'/").find(c) == std::string_view::npos) seen += c;
  }
  if (seen.size() < 2 || std::string_view("il|!").find(seen.front()) == std::string_view::npos) return false;
  const auto rest = std::string_view(seen).substr(1);
  return rest.find_first_of("0123456789") != std::string_view::npos &&
         rest.find_first_not_of("0123456789oil|") == std::string_view::npos;
}

}  // namespace

bool is_incident_number(std::string_view boat) {
  if (const auto at = boat.find('@'); at != std::string_view::npos && at + 1 < boat.size())
    boat = boat.substr(0, at);  // of one that another desk opened
  return boat.size() >= 2 && boat.size() <= 10 && boat[0] == 'I' && boat[1] != '0' &&
         boat.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

std::string fault_of_name(std::string_view text) {
  if (const auto hidden = invisible_in(text); !hidden.empty())
    return fmt::format("holds a character that cannot be seen ({}); write it without", hidden);
  if (!text.empty() && !has_letter_or_digit(text))
    return "says nothing that can be read; write it in letters or digits";
  return "";
}

std::string fault_of_boat(std::string_view text) {
  if (!is_incident_number(text) && looks_like_incident_number(text))
    return fmt::format(
        "\"{}\" looks like the number of an incident; if one is meant write it like \"I7\", else give the "
        "boat "
        "another label",
        shown(text));
  return fault_of_name(text);
}

std::string fault_of_speaker(std::string_view text) {
  const auto fault = fault_of_name(text);
  return fault.empty() ? fault_of_words(text) : fault;
}

std::string fault_of_words(std::string_view text) {
  return text.empty() || has_letter(text) ? "" : "says nothing that can be read; write it in letters";
}

}  // namespace varne
