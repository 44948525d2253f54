# What every target of ours is compiled with. Options are set by the presets.
option(CALLDOCKER_TESTS "Build the tests beside the code" ON)
option(CALLDOCKER_BENCHMARKS "Build the benchmarks beside the code" OFF)
option(CALLDOCKER_TOOLS "Build the tools (load generator)" ON)
option(CALLDOCKER_FUZZ "Build the libFuzzer targets (clang only)" OFF)
option(CALLDOCKER_COVERAGE "Instrument for gcov" OFF)
set(CALLDOCKER_SANITIZE "" CACHE STRING "Value of -fsanitize=, empty for none")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

add_library(calldocker_options INTERFACE)
target_compile_options(calldocker_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough -fno-strict-aliasing -fstack-protector-strong)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12's flow analysis sees null dereferences and overreads inside inlined standard containers that are not there.
  target_compile_options(calldocker_options INTERFACE -Wno-null-dereference -Wno-restrict -Wno-stringop-overread
    -Wno-stringop-overflow -Wno-array-bounds -Wno-maybe-uninitialized)
endif()
# For what is compiled in one go: what one file declares is seen by the next, and to GCC whatever is in an included file may
# be included elsewhere, too.
add_library(calldocker_unity_options INTERFACE)
target_compile_options(calldocker_unity_options INTERFACE -Wno-shadow $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
if(CMAKE_UNITY_BUILD)
  target_link_libraries(calldocker_options INTERFACE calldocker_unity_options)
endif()
target_compile_definitions(calldocker_options INTERFACE $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)

if(CALLDOCKER_SANITIZE)
  # Everything, tests and tools included, so that no uninstrumented object is mixed in. Lines are enough to find a place:
  # optimised and with full debug information, g++ 12 takes three times as long under ASan and UBSan (26 s against 9 s
  # of CPU for the gateway's company.cpp), and the tests are not slower for it than the build is.
  add_compile_options(-fsanitize=${CALLDOCKER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all -g1)
  add_link_options(-fsanitize=${CALLDOCKER_SANITIZE})
  if(CALLDOCKER_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=vptr)  # it needs type information that Debian's SOCI does not export
  endif()
endif()
if(CALLDOCKER_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link -O1)
endif()
if(CALLDOCKER_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()

find_program(CALLDOCKER_CCACHE ccache)
if(CALLDOCKER_CCACHE)
  # Paths below the checkout are hashed relative to it, so that a fresh clone finds what another has compiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=true
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CALLDOCKER_CCACHE})
endif()
find_program(CALLDOCKER_LLD ld.lld)
if(CALLDOCKER_LLD)
  add_link_options(-fuse-ld=lld)
endif()
