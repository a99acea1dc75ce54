# What every target of the project is compiled with, and how a folder of src/ becomes a target.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_library(scpcheck_options INTERFACE)
target_compile_options(scpcheck_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 reports string concatenation at -O2 and above (GCC bug 105651).
  target_compile_options(scpcheck_options INTERFACE -Wno-restrict)
endif()
if(SCPCHECK_WERROR)
  target_compile_options(scpcheck_options INTERFACE -Werror)
endif()
if(SCPCHECK_SANITIZE)
  target_compile_options(scpcheck_options INTERFACE -fsanitize=${SCPCHECK_SANITIZE} -fno-omit-frame-pointer
                                                    -fno-sanitize-recover=all)
  target_link_options(scpcheck_options INTERFACE -fsanitize=${SCPCHECK_SANITIZE})
endif()
# A small program starts faster.
target_compile_options(scpcheck_options INTERFACE -ffunction-sections -fdata-sections)
target_link_options(scpcheck_options INTERFACE -Wl,--gc-sections)

# scpcheck_library(<folder> SOURCES <files> [DEPENDS <folders>] [PRIVATE <targets>] [SMALL])
#
# Makes the object library scpcheck_<folder>. DEPENDS names the folders whose headers it may include, which
# tests/check_includes.py holds against the #include lines; PRIVATE names third-party targets. SMALL is for what
# does not decide requests: -O2 makes it smaller, and the program starts faster.
function(scpcheck_library name)
  cmake_parse_arguments(ARG "SMALL" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
  set(target scpcheck_${name})
  add_library(${target} OBJECT ${ARG_SOURCES})
  target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                                              $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>)
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:scpcheck_options> ${ARG_PRIVATE})
  if(ARG_SMALL)
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O2>)
  endif()
  set_property(GLOBAL APPEND PROPERTY SCPCHECK_LIBRARIES ${target})
endfunction()
