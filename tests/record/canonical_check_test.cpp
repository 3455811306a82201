#include "varne/record/canonical_check.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>

#include "entries.h"
#include "varne/core/json.h"
#include "varne/core/text.h"

namespace varne {
namespace {

/// What the check promises to agree with.
bool by_tree(std::string_view text) {
  const auto value = parse_json(text);
  return value && value->is_object() && canonical(*value) == text;
}

TEST(CanonicalCheck, agrees_with_the_tree_on_the_hard_cases) {
  const char* texts[] = {
      "{}", "{ }", "", "{", "}", "{}{}", "[]", "{\"a\":1}", "{\"a\":1,}", "{\"a\":,}", "{\"a\"}", "{a:1}",
      // numbers
      "{\"a\":0}", "{\"a\":-0}", "{\"a\":00}", "{\"a\":01}", "{\"a\":1.0}", "{\"a\":1.5}", "{\"a\":1.50}",
      "{\"a\":.5}", "{\"a\":0.5}", "{\"a\":-0.5}", "{\"a\":5.}", "{\"a\":+5}", "{\"a\":-}", "{\"a\":1e5}",
      "{\"a\":100000}", "{\"a\":1e+21}", "{\"a\":1E+21}", "{\"a\":1e21}", "{\"a\":100000000000000000000}",
      "{\"a\":1000000000000000000000}", "{\"a\":0.000001}", "{\"a\":0.0000001}", "{\"a\":1e-7}",
      "{\"a\":0.00000123456789}", "{\"a\":0.00000012345678}", "{\"a\":9007199254740993}",
      "{\"a\":9007199254740992}", "{\"a\":123456789012345}", "{\"a\":1234567890123456}",
      "{\"a\":12345678901234567}", "{\"a\":0.1234567890123456}", "{\"a\":0.12345678901234567}",
      "{\"a\":0.123456789012345678}", "{\"a\":0.30000000000000004}", "{\"a\":0.3000000000000000}",
      "{\"a\":1e400}", "{\"a\":5e-324}", "{\"a\":1e-400}", "{\"a\":nan}", "{\"a\":inf}", "{\"a\":0x1}",
      "{\"a\":1 }", "{\"a\":--1}", "{\"a\":-01}", "{\"a\":-1.5e-9}",
      // strings
      "{\"a\":\"/\"}", "{\"a\":\"\\/\"}", "{\"a\":\"\\n\"}", "{\"a\":\"\\u000a\"}", "{\"a\":\"\\u000b\"}",
      "{\"a\":\"\\u000B\"}", "{\"a\":\"\\u0000\"}", "{\"a\":\"\\u001f\"}", "{\"a\":\"\\u0020\"}",
      "{\"a\":\"\\u0041\"}", "{\"a\":\"\x7f\"}", "{\"a\":\"\n\"}", "{\"a\":\"\\\"}", "{\"a\":\"\\x\"}",
      "{\"a\":\"\\u00\"}", "{\"a\":\"€\"}", "{\"a\":\"\\u20ac\"}", "{\"a\":\"\xff\"}", "{\"a\":\"",
      // order of names
      "{\"a\":1,\"b\":2}", "{\"b\":1,\"a\":2}", "{\"a\":1,\"a\":2}", "{\"\":1,\"a\":2}", "{\"a\":1,\"aa\":2}",
      "{\"aa\":1,\"a\":2}", "{\"\\n\":1,\"\\r\":2}", "{\"\\r\":1,\"\\n\":2}", "{\"\\\\\":1,\"a\":2}",
      "{\"[\":1,\"\\\\\":2}", "{\"\\\\\":1,\"[\":2}", "{\"]\":1,\"\\\\\":2}", "{\"\\\\\":1,\"]\":2}",
      "{\"\\u001f\":1,\" \":2}", "{\" \":1,\"\\u001f\":2}", "{\"\\\"\":1,\"#\":2}", "{\"!\":1,\"\\\"\":2}",
      "{\"\xf0\x9f\x98\x80\":1,\"\xef\xac\xb3\":2}", "{\"\xef\xac\xb3\":1,\"\xf0\x9f\x98\x80\":2}",
      "{\"\xee\x80\x80\":1,\"\xef\xac\xb3\":2}", "{\"\xed\x9f\xbf\":1,\"\xf0\x9f\x98\x80\":2}",
      // values
      "{\"a\":[]}", "{\"a\":[1,]}", "{\"a\":[,1]}", "{\"a\":[1 ,2]}", "{\"a\":[1,2]}", "{\"a\":[1}",
      "{\"a\":1]", "{\"a\":true,\"b\":false,\"c\":null}", "{\"a\":tru}", "{\"a\":True}",
      "{\"a\":{\"b\":[{}]}}"};
  int taken = 0;
  for (const char* text : texts) {
    EXPECT_EQ(is_canonical_object(text, 64), by_tree(text)) << text;
    taken += by_tree(text) ? 1 : 0;
  }
  EXPECT_GT(taken, 30);
}

TEST(CanonicalCheck, counts_how_deep_a_text_is_nested) {
  EXPECT_TRUE(is_canonical_object(R"({"a":[{}],"b":{}})", 3));
  EXPECT_FALSE(is_canonical_object(R"({"a":[{}],"b":{}})", 2));
  EXPECT_FALSE(is_canonical_object(std::string(1'000'000, '['), 64));
}

RC_GTEST_PROP(CanonicalCheck, takes_what_canonical_writes, ()) {
  const Entry entry = test::any_entry();
  RC_ASSERT(is_canonical_object(entry.body, 64));
}

RC_GTEST_PROP(CanonicalCheck, agrees_with_the_tree_on_any_double, ()) {
  const double value = std::bit_cast<double>(*rc::gen::arbitrary<std::uint64_t>());
  RC_PRE(std::isfinite(value));
  RC_ASSERT(is_canonical_object("{\"a\":" + canonical_number(value) + "}", 1));
}

RC_GTEST_PROP(CanonicalCheck, agrees_with_the_tree_on_any_decimal, ()) {
  const auto digits = [] {
    return *rc::gen::resize(8, rc::gen::container<std::string>(rc::gen::element('0', '0', '1', '5', '9')));
  };
  std::string text =
      "{\"a\":" + *rc::gen::element<std::string>("", "-") + digits() + "." + digits() + digits() + "}";
  RC_ASSERT(is_canonical_object(text, 1) == by_tree(text));
  text.erase(text.find('.'), 1);
  RC_ASSERT(is_canonical_object(text, 1) == by_tree(text));
}

RC_GTEST_PROP(CanonicalCheck, agrees_with_the_tree_after_any_change, ()) {
  std::string text = test::any_entry().body;
  for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    const char c = *rc::gen::elementOf(std::string("\"\\{}[],:.eEu0019-+ntab \x01\x7f"));
    if (*rc::gen::arbitrary<bool>()) {
      text[at] = c;
    } else if (*rc::gen::arbitrary<bool>()) {
      text.insert(at, 1, c);
    } else if (text.size() > 1) {
      text.erase(at, 1);
    }
  }
  RC_ASSERT(is_canonical_object(text, 64) == by_tree(text));
}

}  // namespace
}  // namespace varne
