#include "adapters/filesystem/filesystem_blobs.hpp"

#include <fmt/format.h>

#include <exception>
#include <utility>

#include "base/log.hpp"

namespace calldocker::adapters {
namespace {

/// What only a bug or a lack of memory can throw becomes an answer: no exception may end the thread of all.
template <class T>
Result<T> guarded(const std::function<Result<T>()>& work) {
    try {
        return work();
    } catch (const std::exception& error) {
        log::error("recordings.unexpected", {{"what", error.what()}});
        return fail(ErrorCode::unavailable, "an unexpected error of the recordings; the log has it");
    }
}

}  // namespace

template <class T>
void FilesystemBlobs::submit(std::size_t bytes, std::function<Result<T>()> work, std::function<void(Result<T>)> done) {
    const bool accepted = worker_.submit(bytes, [post = post_, work = std::move(work), done] {
        (*post)([done, result = guarded(work)]() mutable { done(std::move(result)); });
    });
    if (!accepted) (*post_)([done] { done(fail(ErrorCode::overloaded, "too much is waiting for the disk of the recordings")); });
}

void FilesystemBlobs::put(const CompanyId& company, const ports::BlobId& id, ports::Blob blob, Done done) {
    const std::size_t bytes = blob.bytes->size();
    if (bytes > ports::blob_bytes_max) {
        return (*post_)([done = std::move(done), bytes] {
            done(fail(ErrorCode::too_large, fmt::format("a recording of {} bytes; at most {} are kept", bytes, ports::blob_bytes_max)));
        });
    }
    submit<void>(
        bytes, [this, company, id, blob = std::move(blob)] { return files_.write(company, id, blob); }, std::move(done));
}

void FilesystemBlobs::get(const CompanyId& company, const ports::BlobId& id, Got done) {
    submit<ports::Blob>(
        0, [this, company, id] { return files_.read(company, id); }, std::move(done));
}

void FilesystemBlobs::remove(const CompanyId& company, const ports::BlobId& id, Done done) {
    submit<void>(
        0, [this, company, id] { return files_.remove(company, id); }, std::move(done));
}

}  // namespace calldocker::adapters
