/// What a hostile name, report or file may not do to the terminal of whoever reads it.
#include "varne/core/for_terminal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "varne/core/json.h"
#include "varne/core/text.h"

namespace varne {
namespace {

TEST(ForTerminal, leaves_what_people_write) {
  for (const char* plain :
       {"", "Ärmelkanal, 5 €\n\tnext line", "Calais \u2192 Dover", "\u05d0\u05d1", "\U0001F6A3"})
    EXPECT_EQ(for_terminal(plain), plain);
}

TEST(ForTerminal, shows_what_steers_instead_of_obeying_it) {
  EXPECT_EQ(for_terminal("\x1b[2Jgone"), "\\u001b[2Jgone");
  EXPECT_EQ(for_terminal("a\rb\bc\x7f"), "a\\u000db\\u0008c\\u007f");
  EXPECT_EQ(for_terminal("\u009b31m"), "\\u009b31m");      // C1, as UTF-8
  EXPECT_EQ(for_terminal("\x9b\x33\x31m"), "\\ufffd31m");  // and as a byte
  EXPECT_EQ(for_terminal("I1 \u202e1I"), "I1 \\u202e1I");  // what follows would stand backwards
  EXPECT_EQ(for_terminal("\u2066x\u2069\u200f\u061c\u2028"), "\\u2066x\\u2069\\u200f\\u061c\\u2028");
  EXPECT_EQ(for_terminal(std::string("a\0b", 3)), "a\\u0000b");
}

RC_GTEST_PROP(ForTerminal, any_bytes_come_out_as_text_without_a_control, (const std::string& bytes)) {
  const auto out = for_terminal(bytes);
  RC_ASSERT(is_utf8(out));
  RC_ASSERT(for_terminal(out) == out);
}

RC_GTEST_PROP(ForTerminal, json_stays_the_same_json, (const std::vector<std::uint16_t>& units)) {
  std::string text;
  for (const auto unit : units) {
    if (unit >= 0xD800 && unit < 0xE000) continue;
    const Json one = Json::parse(std::string("\"\\u") + "0123456789abcdef"[unit >> 12] +
                                 "0123456789abcdef"[unit >> 8 & 15] + "0123456789abcdef"[unit >> 4 & 15] +
                                 "0123456789abcdef"[unit & 15] + "\"");
    text += one.get<std::string>();
  }
  const Json json{{"text", text}};
  RC_ASSERT(Json::parse(for_terminal(canonical(json))) == json);
}

}  // namespace
}  // namespace varne
