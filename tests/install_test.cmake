# Installs into the build tree, then builds and runs tests/consumer against what was installed.
# Run by ctest: cmake -D BUILD=... -D CONFIG=... -D GENERATOR=... -D CXX=... -P install_test.cmake

set(work ${BUILD}/install_test)
set(prefix ${work}/prefix)
file(REMOVE_RECURSE ${work})

# Runs a command, and stops with all that it said if it fails.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(status)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\n${said}")
  endif()
endfunction()

set(configure ${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/consumer -G ${GENERATOR}
  -DCMAKE_BUILD_TYPE=${CONFIG} -DCMAKE_CXX_COMPILER=${CXX} -DCMAKE_PREFIX_PATH=${prefix})

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})
run(${configure} -B ${work}/consumer)
run(${CMAKE_COMMAND} --build ${work}/consumer)
foreach(design IN ITEMS orochi ft gil atomic ft_system)
  run(${work}/consumer/consumer_${design})
endforeach()

# One program with two designs must be refused, with a message that names both.
execute_process(COMMAND ${configure} -B ${work}/mixed -DMIX_DESIGNS=ON
  RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE said)
if(NOT status OR NOT said MATCHES "OROCHI_DESIGN")
  message(FATAL_ERROR "a program that links two designs was not refused:\n${said}")
endif()
