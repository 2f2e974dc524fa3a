# How everything in this tree is compiled, whatever the design.

if(PROJECT_IS_TOP_LEVEL)
  find_program(OROCHI_CCACHE ccache)
  if(OROCHI_CCACHE)
    # It takes a precompiled header's word for what is in it.
    set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${OROCHI_CCACHE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      add_compile_options(-fpch-preprocess)
    endif()
  endif()
endif()

# Release keeps names and lines: profiles and stack traces of an optimized program are wanted daily.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")
# On Skylake and its kin a branch across a 32 byte boundary is decoded anew each time; where the
# linker happens to put a short loop then decides its speed: docs/decisions/003-where-branches-lie.md
include(CheckCXXCompilerFlag)
foreach(flag -mbranches-within-32B-boundaries -Wa,-mbranches-within-32B-boundaries)
  string(MAKE_C_IDENTIFIER "OROCHI_HAS${flag}" has_flag)
  check_cxx_compiler_flag(${flag} ${has_flag})
  if(${has_flag})
    add_compile_options($<$<CONFIG:Release>:${flag}>)
    break()
  endif()
endforeach()
# Some optimization in debug builds: a race that never happens because the code crawls is not tested.
set(CMAKE_CXX_FLAGS_DEBUG "-Og -g -D_GLIBCXX_ASSERTIONS")

add_compile_options(
  -Wall -Wextra -Wpedantic -Werror
  -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
  -Woverloaded-virtual -Wcast-align -Wcast-qual -Wextra-semi -Wnull-dereference
  -Wimplicit-fallthrough -Wvla -Wundef)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wlogical-op -Wduplicated-cond -Wduplicated-branches)
  if(OROCHI_SANITIZE)
    # Instrumentation confuses these two into warnings about impossible paths (GCC bug 100366 and kin).
    add_compile_options(-Wno-null-dereference -Wno-maybe-uninitialized)
  endif()
  if(OROCHI_SANITIZE STREQUAL "thread")
    # GCC warns wherever atomic_thread_fence meets TSan; ours is a lint rule, libstdc++'s own are not ours.
    add_compile_options(-Wno-tsan)
  endif()
else()
  add_compile_options(-Wthread-safety -Wno-c++98-compat)
endif()

if(OROCHI_SANITIZE STREQUAL "address")
  set(OROCHI_SANITIZER_FLAGS -fsanitize=address,undefined -fno-sanitize-recover=all)
elseif(OROCHI_SANITIZE STREQUAL "thread")
  set(OROCHI_SANITIZER_FLAGS -fsanitize=thread)
elseif(OROCHI_SANITIZE)
  message(FATAL_ERROR "OROCHI_SANITIZE is '${OROCHI_SANITIZE}'; it may be empty, address or thread")
endif()
if(OROCHI_SANITIZER_FLAGS)
  add_compile_options(${OROCHI_SANITIZER_FLAGS} -fno-omit-frame-pointer)
  add_link_options(${OROCHI_SANITIZER_FLAGS})
endif()

# GCC 12's ThreadSanitizer has no room for programs placed by more than 28 random bits; kernels that
# use more must be told to place its programs without. (Discovery and ctest both use this.)
if(OROCHI_SANITIZE STREQUAL "thread" AND EXISTS /proc/sys/vm/mmap_rnd_bits)
  file(READ /proc/sys/vm/mmap_rnd_bits random_bits)
  find_program(OROCHI_SETARCH setarch)
  if(random_bits GREATER 28 AND OROCHI_SETARCH)
    set(CMAKE_CROSSCOMPILING_EMULATOR ${OROCHI_SETARCH} --addr-no-randomize)
  endif()
endif()

# What the tests see. TSan stops at its first finding and has no suppressions: the file is there to
# show that it is empty, and ./dev lint keeps it so. A request that no memory could meet is refused with
# null, as malloc does it, and does not end the program.
if(OROCHI_SANITIZE STREQUAL "thread")
  set(OROCHI_TEST_ENVIRONMENT
    "TSAN_OPTIONS=halt_on_error=1:allocator_may_return_null=1:die_after_fork=0:second_deadlock_stack=1:suppressions=${PROJECT_SOURCE_DIR}/tests/tsan.supp")
elseif(OROCHI_SANITIZE STREQUAL "address")
  set(OROCHI_TEST_ENVIRONMENT
    "ASAN_OPTIONS=allocator_may_return_null=1:detect_stack_use_after_return=1:strict_string_checks=1"
    "UBSAN_OPTIONS=print_stacktrace=1")
endif()
if(OROCHI_HOSTILE)
  list(APPEND OROCHI_TEST_ENVIRONMENT "OROCHI_HOSTILE=${OROCHI_HOSTILE}")
endif()
