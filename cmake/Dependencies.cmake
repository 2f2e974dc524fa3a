# What Debian 12 provides, by the name of its package.

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

# libmimalloc-dev. It is not instrumented, so a sanitizer would take a re-used buffer for a race or
# miss its overflow: sanitizer builds take their memory from malloc and do not even link it.
if(NOT OROCHI_SANITIZE)
  find_package(mimalloc 2.0 REQUIRED)
endif()

# libgmp-dev: the arithmetic of integers of any size (objects/number/).
find_library(OROCHI_GMP gmp REQUIRED)
find_path(OROCHI_GMP_HEADER gmp.h REQUIRED)

if(OROCHI_BUILD_TESTS)
  find_package(GTest REQUIRED)    # libgtest-dev
endif()

# A sanitizer's figures mean nothing, and the libraries we measure against are not instrumented.
set(OROCHI_CAN_BENCH OFF)
if(OROCHI_BUILD_TESTS AND NOT OROCHI_SANITIZE)
  find_package(benchmark QUIET)   # libbenchmark-dev
  find_package(absl QUIET)        # libabsl-dev, whose locks ours are measured against
  if(benchmark_FOUND AND absl_FOUND)
    set(OROCHI_CAN_BENCH ON)
  else()
    message(STATUS "No benchmarks: libbenchmark-dev or libabsl-dev is missing")
  endif()
endif()
