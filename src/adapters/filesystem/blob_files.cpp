#include "adapters/filesystem/blob_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "base/descriptor.hpp"
#include "base/text.hpp"

namespace calldocker::adapters {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view unfinished = ".part";  // has a character that no encoded name has

Error file_error(int errno_value, const fs::path& file) {
    const char* remedy = "check DATA_DIR, and the system's log for disk errors";
    if (errno_value == ENOSPC || errno_value == EDQUOT) remedy = "the disk is full; free some space, nothing that was confirmed is lost";
    if (errno_value == EROFS || errno_value == EACCES || errno_value == EPERM)
        remedy = "make it writable for the user that runs calldocker, or set DATA_DIR to a folder that is";
    return {ErrorCode::unavailable,
            fmt::format("recordings {}: {}: {}", file.string(), std::generic_category().message(errno_value), remedy)};
}

/// A file that is open for as long as this lives.
class OpenFile {
public:
    OpenFile(const fs::path& file, int flags) : descriptor_(::open(file.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR)) {}

    [[nodiscard]] bool is_open() const { return descriptor_.is_open(); }
    /// @return whether all of it was written; if not, errno says why
    [[nodiscard]] bool write(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor_.get(), bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return true;
    }
    /// @return nothing when it cannot be read; errno says why
    [[nodiscard]] std::optional<std::string> read() const {
        struct stat status {};
        if (::fstat(descriptor_.get(), &status) != 0) return std::nullopt;
        std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
        std::size_t filled = 0;
        while (filled < bytes.size()) {
            const ssize_t got = ::read(descriptor_.get(), bytes.data() + filled, bytes.size() - filled);
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return std::nullopt;
            if (got == 0) break;
            filled += static_cast<std::size_t>(got);
        }
        bytes.resize(filled);
        return bytes;
    }
    [[nodiscard]] bool sync() const { return ::fsync(descriptor_.get()) == 0; }

private:
    Descriptor descriptor_;
};

/// What a rename or a new file says of its folder is on the disk only once the folder is.
Result<> sync_folder(const fs::path& folder) {
    const OpenFile opened(folder, O_RDONLY | O_DIRECTORY);
    if (!opened.is_open() || !opened.sync()) return fail(file_error(errno, folder));
    return {};
}

Result<> make_folder(const fs::path& folder) {
    if (::mkdir(folder.c_str(), S_IRWXU) == 0) return sync_folder(folder.parent_path());
    if (errno != EEXIST) return fail(file_error(errno, folder));
    return {};
}

Result<> write_new(const fs::path& file, const ports::Blob& blob) {
    const OpenFile opened(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
    if (!opened.is_open() || !opened.write(blob.content_type + '\n') || !opened.write(*blob.bytes) || !opened.sync())
        return fail(file_error(errno, file));
    return {};
}

Instant written_at(const fs::directory_entry& entry) {
    std::error_code error;
    const auto at = entry.last_write_time(error);
    // A file whose time is unknown counts as new.
    return error ? Instant::max() : std::chrono::time_point_cast<Milliseconds>(std::chrono::file_clock::to_sys(at));
}

std::vector<fs::directory_entry> entries_of(const fs::path& folder, std::error_code& error) {
    std::vector<fs::directory_entry> entries;
    for (auto entry = fs::directory_iterator(folder, error); !error && entry != fs::directory_iterator(); entry.increment(error))
        entries.push_back(*entry);
    return entries;
}

}  // namespace

fs::path BlobFiles::file_of(const CompanyId& company, const ports::BlobId& id) const {
    return folder_ / base64url_encode(company.view()) / base64url_encode(id.view());
}

Result<> BlobFiles::check_space(std::size_t bytes) const {
    std::error_code error;
    const fs::space_info space = fs::space(folder_, error);
    if (error || space.available >= reserve_ + bytes) return {};
    return fail(ErrorCode::unavailable,
                fmt::format("recordings {}: the disk is almost full, and its last {} MiB are left to the database; free some space",
                            folder_.string(), reserve_ >> 20u));
}

Result<> BlobFiles::write(const CompanyId& company, const ports::BlobId& id, const ports::Blob& blob) const {
    const fs::path file = file_of(company, id), folder = file.parent_path();
    if (const auto made = make_folder(folder_); !made) return made;
    if (const auto made = make_folder(folder); !made) return made;
    if (const auto fits = check_space(blob.bytes->size()); !fits) return fits;
    const fs::path part = file.string() + std::string(unfinished);
    Result<> written = write_new(part, blob);
    if (written && ::rename(part.c_str(), file.c_str()) != 0) written = fail(file_error(errno, file));
    if (!written) {
        ::unlink(part.c_str());
        return written;
    }
    return sync_folder(folder);
}

Result<ports::Blob> BlobFiles::read(const CompanyId& company, const ports::BlobId& id) const {
    const fs::path file = file_of(company, id);
    const OpenFile opened(file, O_RDONLY | O_NOFOLLOW);
    if (!opened.is_open() && errno == ENOENT) return fail(ErrorCode::not_found, "there is no such recording");
    auto bytes = opened.is_open() ? opened.read() : std::nullopt;
    if (!bytes) return fail(file_error(errno, file));
    const auto end_of_line = bytes->find('\n');
    if (end_of_line == std::string::npos)
        return fail(ErrorCode::unavailable, fmt::format("recordings {}: the file is damaged; restore it from a backup", file.string()));
    std::string content_type = bytes->substr(0, end_of_line);
    bytes->erase(0, end_of_line + 1);
    return ports::Blob{std::move(content_type), std::make_shared<const std::string>(std::move(*bytes))};
}

Result<> BlobFiles::remove(const CompanyId& company, const ports::BlobId& id) const {
    const fs::path file = file_of(company, id);
    if (::unlink(file.c_str()) != 0 && errno != ENOENT) return fail(file_error(errno, file));
    return {};
}

Result<std::size_t> BlobFiles::sweep(Instant before, const InUse& in_use) const {
    std::size_t removed = 0;
    std::error_code error;
    if (!fs::exists(folder_, error)) return removed;
    for (const auto& folder : entries_of(folder_, error)) {
        const auto company = base64url_decode(folder.path().filename().string());
        if (!company || !folder.is_directory(error)) continue;
        std::vector<ports::BlobId> old;
        for (const auto& file : entries_of(folder.path(), error)) {
            if (written_at(file) >= before) continue;
            if (file.path().extension() == unfinished) {
                fs::remove(file.path(), error);
            } else if (const auto id = base64url_decode(file.path().filename().string())) {
                old.emplace_back(*id);
            }
        }
        if (old.empty()) continue;
        const auto used = in_use(CompanyId(*company));
        if (!used) return fail(used.error());
        for (const ports::BlobId& id : old) {
            if (used->contains(id)) continue;
            if (const auto gone = remove(CompanyId(*company), id); !gone) return fail(gone.error());
            ++removed;
        }
    }
    if (error) return fail(file_error(error.value(), folder_));
    return removed;
}

}  // namespace calldocker::adapters
