# Scenarios: races that are written once and run in two ways (docs/writing-a-stress-test.md).
#
#   orochi_scenarios(STEMS <stem>... [DESIGNS <design>...])    scenarios/<stem>.cc
#
# Of each design, the programs that orochi-stress starts: stress_hammer_<design>, on real threads, and
# stress_explorer_<design>, under the controlled scheduler, where that is built. Without DESIGNS a stem
# belongs to every design.

function(orochi_scenarios)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "STEMS;DESIGNS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "orochi_scenarios: what is '${arg_UNPARSED_ARGUMENTS}'?")
  endif()
  if(NOT arg_DESIGNS)
    set(arg_DESIGNS ${OROCHI_DESIGNS})
  endif()
  list(TRANSFORM arg_STEMS REPLACE "(.+)" "scenarios/\\1.cc" OUTPUT_VARIABLE sources)
  foreach(design IN LISTS arg_DESIGNS)
    if(design IN_LIST OROCHI_DESIGNS)
      orochi_scenario_runners(${design})
      foreach(runner IN ITEMS stress_hammer_${design} stress_explorer_${design})
        if(TARGET ${runner})
          target_sources(${runner} PRIVATE ${sources})
        endif()
      endforeach()
    endif()
  endforeach()
endfunction()

# Makes the two programs of a design, unless they are there.
function(orochi_scenario_runners design)
  if(TARGET stress_hammer_${design})
    return()
  endif()
  add_executable(stress_hammer_${design}
    harness/calibration.cc
    harness/describe.cc
    harness/hammer.cc
    harness/hammer_main.cc
    harness/placement.cc
    harness/registry.cc
    harness/team.cc)
  target_link_libraries(stress_hammer_${design} PRIVATE orochi::${design})
  target_include_directories(stress_hammer_${design} PRIVATE harness/on_threads)
  add_dependencies(stress_${design} stress_hammer_${design} orochi_stress)

  if(TARGET explorer_${design})
    add_executable(stress_explorer_${design}
      harness/describe.cc
      harness/explored.cc
      harness/explorer_main.cc
      harness/registry.cc)
    target_link_libraries(stress_explorer_${design} PRIVATE explorer_${design})
    target_include_directories(stress_explorer_${design} PRIVATE harness/in_explorer)
    add_dependencies(stress_${design} stress_explorer_${design})
  endif()
endfunction()

# orochi_scenario_of_a_page(<page> <stem>)
#
# The first C++ of a page of docs/, which shows how to write a scenario, is one: compiled and run with
# the others, so the page cannot be wrong.
function(orochi_scenario_of_a_page page stem)
  orochi_block_of_a_page(${page} cpp text)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/of_the_docs/${stem}.cc)
  file(CONFIGURE OUTPUT ${source} CONTENT "${text}" @ONLY)
  foreach(design IN LISTS OROCHI_DESIGNS)
    foreach(runner IN ITEMS stress_hammer_${design} stress_explorer_${design})
      if(TARGET ${runner})
        target_sources(${runner} PRIVATE ${source})
      endif()
    endforeach()
  endforeach()
endfunction()

# What ctest runs: all scenarios of a design, for some seconds.
function(orochi_test_scenarios)
  foreach(design IN LISTS OROCHI_DESIGNS)
    if(TARGET stress_hammer_${design})
      set(test ${design}.OrochiStress.EveryScenarioHoldsAndEveryTwinIsCaught)
      add_test(NAME ${test} COMMAND orochi_stress run --design ${design} --time 15s
        --out ${PROJECT_BINARY_DIR}/stress/results_${design})
      set_tests_properties(${test} PROPERTIES LABELS "stress;${design}" PROCESSORS 2
        ENVIRONMENT "${OROCHI_TEST_ENVIRONMENT}")
    endif()
  endforeach()
endfunction()
