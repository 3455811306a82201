/// What the built program is protected by, as the loader sees it.
#include <gtest/gtest.h>

#include <string>

#include "ran.h"

namespace varne {
namespace {

TEST(Hardening, the_program_lies_anywhere_its_tables_are_read_only_and_its_stack_is_no_code) {
  const auto headers = test::ran("readelf -dlW " VARNE_BINARY).out;
  const auto flags = headers.find("(FLAGS_1)");
  ASSERT_NE(flags, std::string::npos) << headers;
  const auto line = headers.substr(flags, headers.find('\n', flags) - flags);
  EXPECT_NE(line.find("NOW"), std::string::npos) << line;
  EXPECT_NE(line.find("PIE"), std::string::npos) << line;
  EXPECT_NE(headers.find("GNU_RELRO"), std::string::npos);
  const auto stack = headers.find("GNU_STACK");
  ASSERT_NE(stack, std::string::npos);
  EXPECT_EQ(headers.substr(stack, headers.find('\n', stack) - stack).find("RWE"), std::string::npos);
}

}  // namespace
}  // namespace varne
