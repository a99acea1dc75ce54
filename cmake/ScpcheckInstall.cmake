# What `cmake --install` puts where: the program, the library with its headers and its CMake package, and the
# documents.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/scpcheck")

install(TARGETS scpcheck RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(TARGETS scpcheck_api EXPORT scpcheckTargets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(DIRECTORY include/scpcheck DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.h")
install(EXPORT scpcheckTargets NAMESPACE scpcheck:: DESTINATION "${package_dir}")

configure_package_config_file(cmake/scpcheckConfig.cmake.in "${PROJECT_BINARY_DIR}/scpcheckConfig.cmake"
                              INSTALL_DESTINATION "${package_dir}")
# Before 1.0 a minor version may change the interface.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/scpcheckConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/scpcheckConfig.cmake" "${PROJECT_BINARY_DIR}/scpcheckConfigVersion.cmake"
        DESTINATION "${package_dir}")

install(PROGRAMS tools/collect-organization DESTINATION "${CMAKE_INSTALL_DATADIR}/scpcheck")
install(FILES README.md CHANGELOG.md LICENSE NOTICE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(DIRECTORY docs/ DESTINATION "${CMAKE_INSTALL_DOCDIR}/docs" FILES_MATCHING PATTERN "*.md")
