# How everything of ours is compiled: C++23, warnings are errors, ccache and mold where they are installed.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
# Nothing but a release goes without assertions: our own (no NDEBUG) and those of the standard library.
set(CMAKE_CXX_FLAGS_DEV "-O1 -g1 -D_GLIBCXX_ASSERTIONS")
# A fault in what reads foreign bytes shall end the program, not lend it to somebody: guarded stacks and copies, checked
# jumps (tests/apps/hardening_test.cpp looks at the program).
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|i.86")
  string(APPEND CMAKE_CXX_FLAGS_RELEASE " -fcf-protection=full")
endif()
set(VARNE_SANITIZE "" CACHE STRING "sanitizers, comma separated")
option(VARNE_FUZZ "build only the fuzzers (clang)" OFF)

# A contracted multiply-add would make the same day differ between machines; the record must not.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor
                    -Wold-style-cast -Werror -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # libstdc++ 12 offers std::expected only to compilers that announce the later concepts.
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-D__cpp_concepts=202002L> -Wno-builtin-macro-redefined
                      -Wno-macro-redefined)
endif()
if(VARNE_SANITIZE)
  add_compile_options(-fsanitize=${VARNE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${VARNE_SANITIZE})
  if(VARNE_SANITIZE MATCHES thread AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC warns of Asio's fences, which TSan does not follow.
    add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wno-tsan>)
  endif()
endif()

# Of the tests alone: EXPECT_… after an if is an else to the compiler, and under AddressSanitizer GCC 12 takes the insides of
# std::regex for uninitialised. What is looked at so closely takes up to eight times as long.
set(VARNE_TEST_WARNINGS -Wno-dangling-else)
set(VARNE_FOLDER_TIMEOUT 900)
set(VARNE_APPS_TIMEOUT 1800)
if(VARNE_SANITIZE)
  set(VARNE_FOLDER_TIMEOUT 7200)
  set(VARNE_APPS_TIMEOUT 7200)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    list(APPEND VARNE_TEST_WARNINGS -Wno-maybe-uninitialized)
  endif()
endif()

# Symbols are bound before the first byte of a stranger is read, and their tables read-only from then on; the
# compiler makes position-independent programs by itself (tests/apps/hardening_test.cpp looks).
add_link_options(-Wl,-z,relro,-z,now)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()
