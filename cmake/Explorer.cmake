# The explorer's programs: the product's own sources, compiled a second time with the door to
# atomics, clocks and futexes replaced by a controlled scheduler (docs/explorer.md).
#
# Sanitizer builds have no explorer: ThreadSanitizer has nothing to say about fibers of one OS thread,
# and AddressSanitizer's malloc stands in the way of the explorer's arena, which finds uses after free
# by itself. Nor have builds that are not optimized: the explorer's assertions are on everywhere, and
# there they would only be slower.

if(OROCHI_SANITIZE OR NOT CMAKE_BUILD_TYPE STREQUAL "Release")
  set(OROCHI_EXPLORER_DESIGNS "")
else()
  # The design `gil` has plain words where the others have atomics: there is little to explore.
  set(OROCHI_EXPLORER_DESIGNS ft atomic ft_system)
endif()

# What `explorers` builds: the scenarios of the designs that are for use. Those of `atomic` are with
# its tests.
add_custom_target(explorers)

# Makes explorer_<design> of each design, once all floors have spoken.
function(orochi_add_explorers)
  foreach(design IN LISTS OROCHI_EXPLORER_DESIGNS)
    if(design IN_LIST OROCHI_DESIGNS)
      orochi_add_explorer(${design})
    endif()
  endforeach()
endfunction()

# In two parts: the explorer itself, and the product as the explorer sees it, which brings its flags
# to the scenarios too.
function(orochi_add_explorer design)
  set(root ${PROJECT_SOURCE_DIR}/stress/explorer)
  set(fiber fiber_ucontext)
  if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
    set(fiber fiber_x86_64)
  endif()
  set(engine explorer_engine_${design})
  add_library(${engine} STATIC EXCLUDE_FROM_ALL
    ${root}/arena.cc
    ${root}/choices.cc
    ${root}/crash.cc
    ${root}/engine.cc
    ${root}/explore.cc
    ${root}/${fiber}.cc
    ${root}/globals.cc
    ${root}/mimalloc.cc
    ${root}/model.cc
    ${root}/plain_accesses.cc
    ${root}/scheduler.cc
    ${root}/session.cc
    ${root}/source_lines.cc
    ${root}/trace.cc)
  # The explorer's memory/door/ hides the product's.
  target_include_directories(${engine} BEFORE PUBLIC ${root}/door)
  target_include_directories(${engine} PUBLIC ${PROJECT_SOURCE_DIR})
  target_compile_definitions(${engine} PUBLIC
    OROCHI_DESIGN=${design}
    OROCHI_DESIGN_NAME="${design}"
    OROCHI_SOURCE_ROOT="${PROJECT_SOURCE_DIR}")
  target_compile_features(${engine} PUBLIC cxx_std_20)
  # Assertions are checks, so they are on. Static objects lie at the same addresses in each run, so
  # that a token means the same in each run.
  target_compile_options(${engine} PUBLIC -UNDEBUG -fno-pie -ftls-model=initial-exec)
  target_link_options(${engine} PUBLIC -no-pie)

  get_property(product GLOBAL PROPERTY OROCHI_SOURCES)
  list(FILTER product EXCLUDE REGEX "/memory/door/")
  list(FILTER product EXCLUDE REGEX "/python/")  # shares nothing yet
  if(NOT design STREQUAL "ft_system")
    list(FILTER product EXCLUDE REGEX "/objects/")  # explored where each is a block of malloc's
  endif()
  set(library explorer_${design})
  add_library(${library} STATIC EXCLUDE_FROM_ALL ${product})
  target_link_libraries(${library} PUBLIC ${engine} gmp)
  target_compile_options(${library} PRIVATE -fno-exceptions)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT OROCHI_SANITIZE)
    # The instrumentation alone: its calls go to plain_accesses.cc, and the policy must not take
    # this for a build with the sanitizer.
    target_compile_options(${library} PUBLIC
      -fsanitize=thread --param=tsan-instrument-func-entry-exit=0 -U__SANITIZE_THREAD__)
  endif()
endfunction()

function(orochi_explore floor)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "STEMS;DESIGNS")
  if(NOT arg_DESIGNS)
    set(arg_DESIGNS ft)
  endif()
  list(TRANSFORM arg_STEMS REPLACE "(.+)" "${floor}/\\1_explore.cc" OUTPUT_VARIABLE sources)
  foreach(design IN LISTS arg_DESIGNS)
    if(TARGET explorer_${design})
      orochi_explore_program(${floor} ${design} program)
      target_sources(${program} PRIVATE ${sources})
    endif()
  endforeach()
endfunction()

function(orochi_explore_program floor design out)
  set(program explore_${floor}_${design})
  set(${out} ${program} PARENT_SCOPE)
  if(NOT TARGET ${program})
    add_executable(${program})
    target_link_libraries(${program} PRIVATE explorer_${design})
    orochi_precompile_gtest(${program} explorer_${design})
    orochi_known_to_ctest(${program} ${design} ${floor} explorer)
    add_dependencies(tests_${design} ${program})
    if(NOT design STREQUAL "atomic")
      add_dependencies(explorers ${program})
    endif()
  endif()
endfunction()
