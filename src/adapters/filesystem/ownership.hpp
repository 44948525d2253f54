#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace calldocker::adapters {

/// This process's hold on what one server alone may use: a lock on a small file beside it, in which the holder says who it is.
///
/// The lock is the kernel's, and the process's own (POSIX record lock): it ends with the process however that ends, so what a
/// crash left behind is free at once, also while a child of the dead process lives on. The words in the file mean nothing without
/// it. All containers and users of one kernel see it; two machines on one network file system may not, as with SQLite itself.
///
/// One per file in a process: a second one would get the lock as well, and closing either would give it up.
class Ownership {
public:
    /// Makes the file's folder (mode 0700) and the file (0600) where they are missing.
    /// @param who  describes this process to those that are refused; one line of at most 255 bytes
    /// @errors conflict (another process has it), with that process's `who`; unavailable (the file can't be made or locked),
    ///         naming the file and the remedy
    static Result<Ownership> take(const std::filesystem::path& file, std::string_view who);
    ~Ownership();
    Ownership(Ownership&& from) noexcept;
    Ownership& operator=(Ownership&& from) noexcept;
    Ownership(const Ownership&) = delete;
    Ownership& operator=(const Ownership&) = delete;

private:
    explicit Ownership(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace calldocker::adapters
