#include <cstdio>
#include <exception>

#include "main/command_line.hpp"

int main(int argc, char** argv) {
    try {
        return calldocker::main::run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "calldocker: unexpected: %s\n", error.what());
        return 1;
    }
}
