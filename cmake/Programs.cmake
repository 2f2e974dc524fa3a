# Programs made of one file per mechanism: tests, stress tests, benchmarks.
#
#   orochi_tests(<floor> STEMS <stem>... [DESIGNS <design>...])    <floor>/<stem>_test.cc
#   orochi_pure_tests(<floor> STEMS <stem>...)                     of functions that share nothing
#   orochi_stress(<floor> STEMS <stem>... [DESIGNS <design>...])   <floor>/<stem>_stress.cc
#   orochi_bench(<floor> STEMS <stem>... [DESIGNS <design>...])    <floor>/<stem>_bench.cc
#   orochi_explore(<floor> STEMS <stem>... [DESIGNS <design>...])  <floor>/<stem>_explore.cc
#
# Without DESIGNS a stem belongs to every design. A floor may be spoken of several times: what only
# some designs have stands in a second call.
#
# Test names in ctest start with the design. Labels: the floor, the design, `stress` for stress
# tests, and `concurrency` for every suite whose name ends in Concurrency.
#
# Targets: tests_<design> builds what ctest runs for a design, stress_<design> its stress tests,
# benches_<design> its benchmarks.

include(GoogleTest)

foreach(design IN LISTS OROCHI_DESIGNS)
  add_custom_target(tests_${design})
  add_custom_target(stress_${design})
  add_custom_target(benches_${design})
endforeach()

function(orochi_tests floor)
  orochi_sort_stems(test ${floor} ${ARGN})
endfunction()

# Pure functions are the same in every design, and have nothing to tell ThreadSanitizer. In ft_system
# because that is what AddressSanitizer looks at.
function(orochi_pure_tests floor)
  if(NOT OROCHI_SANITIZE)
    orochi_tests(${floor} ${ARGN} DESIGNS ft)
  elseif(OROCHI_SANITIZE STREQUAL "address" AND OROCHI_EVERY_TEST)
    orochi_tests(${floor} ${ARGN} DESIGNS ft_system)
  endif()
endfunction()

# Values that never change, and what belongs to one thread. Threads meet in them in nothing but counts,
# which have tests of their own, so other designs and sanitizers leave them to `./dev test --all`.
function(orochi_unshared_tests floor)
  if(OROCHI_EVERY_TEST AND NOT OROCHI_SANITIZE STREQUAL "thread")
    orochi_tests(${floor} ${ARGN})
  elseif(NOT OROCHI_SANITIZE)
    orochi_tests(${floor} ${ARGN} DESIGNS ft)
  endif()
endfunction()

function(orochi_stress floor)
  orochi_sort_stems(stress ${floor} ${ARGN})
endfunction()

# Adds <floor>/<stem>_<kind>.cc to the program <kind>_<floor>_<design> of each design.
function(orochi_sort_stems kind floor)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "STEMS;DESIGNS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "orochi_${kind}(${floor}): what is '${arg_UNPARSED_ARGUMENTS}'?")
  endif()
  if(NOT arg_DESIGNS)
    set(arg_DESIGNS ${OROCHI_DESIGNS})
  endif()
  list(TRANSFORM arg_STEMS REPLACE "(.+)" "${floor}/\\1_${kind}.cc" OUTPUT_VARIABLE sources)
  foreach(design IN LISTS arg_DESIGNS)
    if(design IN_LIST OROCHI_DESIGNS)
      cmake_language(CALL orochi_${kind}_program ${floor} ${design} program)
      target_sources(${program} PRIVATE ${sources})
    endif()
  endforeach()
endfunction()

# Each of the three below finds or makes one program and sets `out` to its name.

function(orochi_test_program floor design out)
  set(program test_${floor}_${design})
  set(${out} ${program} PARENT_SCOPE)
  if(NOT TARGET ${program})
    orochi_gtest_program(${program} ${design} ${floor})
    add_dependencies(tests_${design} ${program})
  endif()
endfunction()

function(orochi_stress_program floor design out)
  set(program stress_${floor}_${design})
  set(${out} ${program} PARENT_SCOPE)
  if(NOT TARGET ${program})
    orochi_gtest_program(${program} ${design} ${floor} stress)
    add_dependencies(stress_${design} ${program})
  endif()
endfunction()

# A program of GoogleTest, every test of which ctest knows by name. ARGN: more labels.
function(orochi_gtest_program program design floor)
  add_executable(${program})
  target_link_libraries(${program} PRIVATE orochi::${design})
  orochi_precompile_gtest(${program} orochi_${design})
  orochi_known_to_ctest(${program} ${design} ${floor} ${ARGN})
endfunction()

# GoogleTest's header costs half of what a test takes to compile, so it is compiled once for all
# programs that stand on `library`, with the flags that they share.
function(orochi_precompile_gtest program library)
  set(precompiled gtest_for_${library})
  if(NOT TARGET ${precompiled})
    file(WRITE ${PROJECT_BINARY_DIR}/gtest_precompiled.cc "")
    add_library(${precompiled} OBJECT EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/gtest_precompiled.cc)
    target_link_libraries(${precompiled} PRIVATE ${library} GTest::gtest)
    orochi_test_options(${precompiled})
    target_precompile_headers(${precompiled} PRIVATE <gtest/gtest.h> <thread> <vector>)
  endif()
  target_precompile_headers(${program} REUSE_FROM ${precompiled})
endfunction()

# Lines suffice for a stack trace. Full debug information of everything that GoogleTest's macros make
# costs a quarter of the time that a cold build takes.
function(orochi_test_options target)
  target_compile_options(${target} PRIVATE -g1)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # After an inlined ASSERT_TRUE GCC 12 still follows the path on which the pointer was null, and it
    # finds overlaps in sums of strings (GCC bug 105329 and kin).
    target_compile_options(${target} PRIVATE -Wno-null-dereference -Wno-array-bounds)
  endif()
endfunction()

function(orochi_known_to_ctest program design floor)
  target_link_libraries(${program} PRIVATE GTest::gtest GTest::gtest_main)
  orochi_test_options(${program})
  gtest_discover_tests(${program}
    TEST_PREFIX ${design}.
    TEST_LIST ${program}_tests
    DISCOVERY_TIMEOUT 60)

  # gtest_discover_tests cannot set properties that are lists, so ctest reads them from a file.
  set(labels ${floor} ${design} ${ARGN})
  set(properties_file ${CMAKE_CURRENT_BINARY_DIR}/${program}_properties.cmake)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/test_properties.cmake.in ${properties_file} @ONLY)
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${properties_file})
endfunction()

function(orochi_bench floor)
  if(OROCHI_CAN_BENCH)
    orochi_sort_stems(bench ${floor} ${ARGN})
  endif()
endfunction()

# bench_<floor> is the free-threaded one: the one that is meant when nobody says which.
function(orochi_bench_program floor design out)
  set(program bench_${floor}_${design})
  if(design STREQUAL "ft")
    set(program bench_${floor})
  endif()
  set(${out} ${program} PARENT_SCOPE)
  if(NOT TARGET ${program})
    orochi_benchmark_program(${program} ${design})
    target_link_libraries(${program} PRIVATE orochi::${design} absl::synchronization absl::flat_hash_map)
  endif()
endfunction()

# orochi_plain_bench(<program> <file>...): a benchmark that links nothing of ours, nor mimalloc.
function(orochi_plain_bench program)
  if(OROCHI_CAN_BENCH)
    orochi_benchmark_program(${program} ft)
    target_sources(${program} PRIVATE ${ARGN})
  endif()
endfunction()

# Built by default only where its figures mean something. There ctest runs it, too briefly to measure
# but long enough to see that it works.
function(orochi_benchmark_program program design)
  add_executable(${program})
  target_link_libraries(${program} PRIVATE benchmark::benchmark benchmark::benchmark_main)
  add_dependencies(benches_${design} ${program})
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    add_dependencies(tests_${design} ${program})
    add_test(NAME ${design}.${program}.runs COMMAND ${program} --benchmark_min_time=0.001)
    set_tests_properties(${design}.${program}.runs PROPERTIES LABELS "bench;${design}" PROCESSORS 2)
  else()
    set_target_properties(${program} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
endfunction()
