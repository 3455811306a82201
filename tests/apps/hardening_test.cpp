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

TEST(Hardening, stacks_and_copies_are_guarded_and_jumps_are_checked_in_what_ships) {
#ifndef NDEBUG
  GTEST_SKIP() << "of a release";
#endif
  const auto symbols = test::ran("readelf --dyn-syms -W " VARNE_BINARY).out;
  EXPECT_NE(symbols.find(" __stack_chk_fail@"), std::string::npos);
  EXPECT_NE(symbols.find(" __memcpy_chk@"), std::string::npos)
      << "no copy is bounded by what the compiler knows";
#ifdef __x86_64__
  // Debian's start-up objects have no such mark, so the program has none; our own code has the landing
  // places.
  const auto code = test::ran("objdump -d --disassemble=main " VARNE_BINARY).out;
  EXPECT_NE(code.find("endbr64"), std::string::npos) << code;
#endif
}

}  // namespace
}  // namespace varne
