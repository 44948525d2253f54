#pragma once

namespace calldocker::main {

/// The whole program. Results go to standard output, words to standard error.
/// @return 0 done, 1 failed, 2 misused
int run(int argc, char** argv);

}  // namespace calldocker::main
