# calldocker_module(NAME DEPENDS other modules...   LIBRARIES external targets that our headers or sources need
#   HEADERS ... SOURCES ... PROGRAM ... TESTS ... BENCHMARKS ... FUZZERS ...   ALONE those that share names with others)
#
# One target per module: calldocker_NAME. DEPENDS is the only list of arrows between modules; tools/tidy reads it and
# fails on an include that it does not cover. Tests become one program NAME_test, benchmarks NAME_bench, and each
# fuzzer one program named after its file. PROGRAM holds main() of the program that the project is named after. Test helpers that other modules' tests use are listed in HEADERS.

# One precompiled header of the standard library for all modules; ours stay out of it, so it is built once.
file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/pch.cpp CONTENT "// Exists so that the precompiled header has an owner.\n")
add_library(calldocker_pch OBJECT ${CMAKE_BINARY_DIR}/pch.cpp)
target_link_libraries(calldocker_pch PRIVATE calldocker_options)
set(calldocker_pch_headers <algorithm> <array> <chrono> <compare> <cstdint> <deque> <functional> <map> <memory> <optional> <set> <span>
  <string> <string_view> <tuple> <unordered_map> <utility> <variant> <vector>)
target_precompile_headers(calldocker_pch PRIVATE ${calldocker_pch_headers})
if(CALLDOCKER_TESTS)
  add_custom_target(tests)  # all of them
  add_library(calldocker_test_options INTERFACE)
  target_link_libraries(calldocker_test_options INTERFACE calldocker_options GTest::gmock GTest::gtest_main)
  # Tests of the optimised libraries are not optimised themselves, and compiled in one go: it takes two thirds of the time.
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(calldocker_test_options INTERFACE -O0 -U_FORTIFY_SOURCE)
    target_link_libraries(calldocker_test_options INTERFACE calldocker_unity_options)
  endif()
  # One precompiled header for all tests, which read GoogleMock besides.
  add_library(calldocker_test_pch OBJECT ${CMAKE_BINARY_DIR}/pch.cpp)
  target_link_libraries(calldocker_test_pch PRIVATE calldocker_test_options)
  target_precompile_headers(calldocker_test_pch PRIVATE ${calldocker_pch_headers} <gmock/gmock.h> <gtest/gtest.h>)
endif()

# A program of tests: warnings, options and precompiled header as all of them have, and a part of the target `tests`.
function(calldocker_test_program name)
  target_link_libraries(${name} PRIVATE calldocker_test_options)
  target_precompile_headers(${name} REUSE_FROM calldocker_test_pch)
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON)
  endif()
  add_dependencies(tests ${name})
endfunction()

function(calldocker_module name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LIBRARIES;HEADERS;SOURCES;PROGRAM;TESTS;BENCHMARKS;FUZZERS;ALONE" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "calldocker_module(${name}): unknown arguments ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  set(target calldocker_${name})
  list(TRANSFORM ARG_DEPENDS PREPEND calldocker_)
  set_source_files_properties(${ARG_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)

  if(ARG_SOURCES)
    add_library(${target} STATIC ${ARG_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(${target} PRIVATE calldocker_options)
    target_precompile_headers(${target} REUSE_FROM calldocker_pch)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_sources(${target} ${scope} FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR}/src FILES ${ARG_HEADERS})
  target_link_libraries(${target} ${scope} ${ARG_DEPENDS} ${ARG_LIBRARIES})
  set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)

  if(ARG_PROGRAM)
    add_executable(${PROJECT_NAME} ${ARG_PROGRAM})
    target_link_libraries(${PROJECT_NAME} PRIVATE ${target} calldocker_options)
    set_target_properties(${PROJECT_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
  endif()
  if(CALLDOCKER_TESTS AND ARG_TESTS)
    add_executable(${name}_test ${ARG_TESTS})
    target_link_libraries(${name}_test PRIVATE ${target})
    calldocker_test_program(${name}_test)
    add_test(NAME ${name} COMMAND ${name}_test)
    set_tests_properties(${name} PROPERTIES TIMEOUT 240 ENVIRONMENT
      "ASAN_OPTIONS=detect_stack_use_after_return=1;UBSAN_OPTIONS=print_stacktrace=1;TSAN_OPTIONS=halt_on_error=1")
  endif()
  if(CALLDOCKER_BENCHMARKS AND ARG_BENCHMARKS)
    add_executable(${name}_bench ${ARG_BENCHMARKS})
    target_link_libraries(${name}_bench PRIVATE ${target} calldocker_options benchmark::benchmark_main)
  endif()
  if(CALLDOCKER_FUZZ)
    foreach(fuzzer IN LISTS ARG_FUZZERS)
      get_filename_component(fuzzer_name ${fuzzer} NAME_WE)
      add_executable(${fuzzer_name} ${fuzzer})
      target_link_libraries(${fuzzer_name} PRIVATE ${target} calldocker_options)
      target_link_options(${fuzzer_name} PRIVATE -fsanitize=fuzzer)
      set_property(GLOBAL APPEND PROPERTY CALLDOCKER_FUZZERS ${fuzzer_name})
    endforeach()
  endif()
endfunction()
