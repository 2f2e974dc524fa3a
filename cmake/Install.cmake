# `cmake --install` and find_package(orochi). tests/consumer uses both, in a test.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/orochi)

# Every design brings the same headers.
foreach(design IN LISTS OROCHI_DESIGNS)
  install(TARGETS orochi_${design} EXPORT orochiTargets
    FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/orochi)
endforeach()

install(EXPORT orochiTargets NAMESPACE orochi:: DESTINATION ${config_dir})
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/orochiConfig.cmake.in
  ${PROJECT_BINARY_DIR}/orochiConfig.cmake INSTALL_DESTINATION ${config_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/orochiConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/orochiConfig.cmake ${PROJECT_BINARY_DIR}/orochiConfigVersion.cmake
  DESTINATION ${config_dir})
