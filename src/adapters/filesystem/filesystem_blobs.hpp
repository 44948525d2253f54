#pragma once
#include <memory>

#include "adapters/filesystem/blob_files.hpp"
#include "adapters/filesystem/worker.hpp"
#include "ports/blobs.hpp"
#include "ports/post.hpp"

namespace calldocker::adapters {

/// One shard's way to the files. Answers come through `post`, on the shard.
class FilesystemBlobs final : public ports::Blobs {
public:
    /// @param files, worker  must outlive this and what it was asked; the files are the worker's
    FilesystemBlobs(const BlobFiles& files, Worker& worker, ports::Post post)
        : files_(files), worker_(worker), post_(std::make_shared<const ports::Post>(std::move(post))) {}

    void put(const CompanyId& company, const ports::BlobId& id, ports::Blob blob, Done done) override;
    void get(const CompanyId& company, const ports::BlobId& id, Got done) override;
    void remove(const CompanyId& company, const ports::BlobId& id, Done done) override;

private:
    template <class T>
    void submit(std::size_t bytes, std::function<Result<T>()> work, std::function<void(Result<T>)> done);

    const BlobFiles& files_;
    Worker& worker_;
    std::shared_ptr<const ports::Post> post_;
};

}  // namespace calldocker::adapters
