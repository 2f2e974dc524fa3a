# One source, several designs. A design is a library compiled from all floors with OROCHI_DESIGN set
# to its name; memory/policy.h says what the name means. To add a design, add it there and here.
#
#   ft         free-threaded: biased counts, a lock in every object
#   gil        one thread at a time: plain counts, no locks, no atomics
#   atomic     as ft, but every count is an atomic operation
#   ft_system  as ft, but every object comes from the system's malloc, which sanitizers watch
set(OROCHI_ALL_DESIGNS ft gil atomic ft_system)
set(OROCHI_DESIGNS ${OROCHI_ALL_DESIGNS} CACHE STRING "The designs to build")

# orochi_floor(<name> SOURCES <file>... HEADERS <file>...)
#
# Says what a floor is made of. Called once by each floor's CMakeLists.txt, with paths relative to it.
function(orochi_floor floor)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;HEADERS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "orochi_floor(${floor}): what is '${arg_UNPARSED_ARGUMENTS}'?")
  endif()
  list(TRANSFORM arg_SOURCES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  list(TRANSFORM arg_HEADERS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  set_property(GLOBAL APPEND PROPERTY OROCHI_SOURCES ${arg_SOURCES})
  set_property(GLOBAL APPEND PROPERTY OROCHI_HEADERS ${arg_HEADERS})
endfunction()

# Makes the library of every design, after all floors have spoken: orochi::<design> for each, and
# orochi::orochi for the one that most people want.
function(orochi_add_libraries)
  add_custom_target(libraries)
  foreach(design IN LISTS OROCHI_DESIGNS)
    orochi_add_library(${design})
    add_dependencies(libraries orochi_${design})
  endforeach()
  if(TARGET orochi_ft)
    add_library(orochi::orochi ALIAS orochi_ft)
  endif()
endfunction()

function(orochi_add_library design)
  get_property(sources GLOBAL PROPERTY OROCHI_SOURCES)
  if(NOT OROCHI_HAS_LANGUAGE)
    list(FILTER sources EXCLUDE REGEX "/python/")
  endif()
  get_property(headers GLOBAL PROPERTY OROCHI_HEADERS)
  set(library orochi_${design})
  add_library(${library} STATIC ${sources})
  add_library(orochi::${design} ALIAS ${library})
  set_target_properties(${library} PROPERTIES EXPORT_NAME ${design})

  # The name becomes an inline namespace, so two designs in one program are two sets of symbols.
  # The interface property makes that mistake an error of CMake's, with both names in it.
  target_compile_definitions(${library} PUBLIC OROCHI_DESIGN=${design})
  set_target_properties(${library} PROPERTIES INTERFACE_OROCHI_DESIGN ${design})
  set_property(TARGET ${library} APPEND PROPERTY COMPATIBLE_INTERFACE_STRING OROCHI_DESIGN)

  # `#include "memory/slot.h"`, from the root of the tree. Once it is installed, also
  # `#include <orochi/memory/slot.h>`. The target <library>_verify_interface_header_sets compiles each
  # header alone.
  target_sources(${library} PUBLIC
    FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${headers})
  target_include_directories(${library} PUBLIC $<INSTALL_INTERFACE:include>)
  set_target_properties(${library} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  target_compile_features(${library} PUBLIC cxx_std_20)
  # Thread locals are read on every fast path; initial-exec makes that one load even when the
  # library ends up inside a shared object.
  target_compile_options(${library} PUBLIC -ftls-model=initial-exec PRIVATE -fno-exceptions)
  target_link_libraries(${library} PUBLIC Threads::Threads gmp)
  orochi_precompile_model(${library} ${sources})
  if(NOT OROCHI_SANITIZE)
    target_link_libraries(${library} PUBLIC mimalloc)
  endif()
endfunction()

# Half of the time that a file above the model takes to compile is the model, so that is read once.
# Files that stand below it must not see it, and the compiler does not. The explorer compiles the same
# files without it, so a forgotten include is found there.
function(orochi_precompile_model library)
  set(others ${ARGN})
  list(FILTER others EXCLUDE REGEX "/objects/(types|collector)/|/python/(cli|importing|modules|vm)/")
  set_source_files_properties(${others} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  list(TRANSFORM OROCHI_MODEL_HEADERS PREPEND ${PROJECT_SOURCE_DIR}/objects/model/ OUTPUT_VARIABLE model)
  target_precompile_headers(${library} PRIVATE ${model})
endfunction()
set(OROCHI_MODEL_HEADERS error.h locked.h new_object.h operations.h type.h)
