# Debian 12 packages, found and never vendored. docs/dependencies.md says what each is for.
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(tl-expected REQUIRED)
find_package(simdjson REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(date 3 REQUIRED)
find_package(prometheus-cpp REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(cjose REQUIRED IMPORTED_TARGET cjose)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
# libboost1.81-dev has no conflict with the default libboost-dev only when it is alone; the version is checked here.
find_package(Boost 1.81 REQUIRED)

if(CALLDOCKER_TESTS OR CALLDOCKER_BENCHMARKS)  # the transport's benchmark uses its tests' harness
  find_package(GTest REQUIRED)
endif()
if(CALLDOCKER_BENCHMARKS)
  find_package(benchmark REQUIRED)
endif()

# Debian's SOCI ships no CMake package.
add_library(soci INTERFACE)
foreach(part core sqlite3)
  find_library(SOCI_${part} soci_${part} REQUIRED)
  target_link_libraries(soci INTERFACE ${SOCI_${part}})
endforeach()
target_include_directories(soci SYSTEM INTERFACE /usr/include/soci)
target_link_libraries(soci INTERFACE SQLite::SQLite3)
