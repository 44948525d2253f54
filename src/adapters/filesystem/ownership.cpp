#include "adapters/filesystem/ownership.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace calldocker::adapters {
namespace {

// Always written whole, so that a full disk has room for the next holder's words.
constexpr std::size_t words_bytes = 256;

tl::unexpected<Error> file_failed(const std::filesystem::path& file, int error) {
    std::string_view remedy = "check DATA_DIR";
    if (error == EROFS || error == EACCES || error == EPERM)
        remedy =
            "it is read-only; make the file and its folder writable for the user that runs calldocker, or set DATA_DIR to a folder that is";
    if (error == ENOSPC || error == EDQUOT) remedy = "the disk is full; free some space, nothing that was confirmed is lost";
    if (error == ENOLCK) remedy = "this file system has no locks; DATA_DIR belongs on a disk of this machine";
    return fail(ErrorCode::unavailable, fmt::format("{}: {}: {}", file.string(), std::generic_category().message(error), remedy));
}

std::string words_in(int descriptor) {
    std::array<char, words_bytes> words{};
    const ssize_t bytes = ::pread(descriptor, words.data(), words.size(), 0);
    const std::string_view read(words.data(), bytes > 0 ? static_cast<std::size_t>(bytes) : 0);
    const std::string_view line = read.substr(0, read.find('\n'));
    return line.empty() ? "a process that has not said who it is" : std::string(line);
}

}  // namespace

Result<Ownership> Ownership::take(const std::filesystem::path& file, std::string_view who) {
    const std::filesystem::path folder = file.parent_path();
    std::error_code error;
    if (!folder.empty() && !std::filesystem::exists(folder, error)) {
        std::filesystem::create_directories(folder, error);
        if (error) return file_failed(folder, error.value());
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    }
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return file_failed(file, errno);
    Ownership taken(descriptor);
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    if (::fcntl(descriptor, F_SETLK, &whole) != 0) {
        if (errno != EACCES && errno != EAGAIN) return file_failed(file, errno);
        return fail(ErrorCode::conflict, words_in(descriptor));
    }
    std::string words(who.substr(0, words_bytes - 1));
    words.resize(words_bytes - 1, ' ');
    words.push_back('\n');
    // The lock is what counts. Without the words a second server is refused all the same, and says less.
    if (::pwrite(descriptor, words.data(), words.size(), 0) < 0) return taken;
    return taken;
}

Ownership::~Ownership() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Ownership::Ownership(Ownership&& from) noexcept : descriptor_(std::exchange(from.descriptor_, -1)) {}

Ownership& Ownership::operator=(Ownership&& from) noexcept {
    std::swap(descriptor_, from.descriptor_);
    return *this;
}

}  // namespace calldocker::adapters
