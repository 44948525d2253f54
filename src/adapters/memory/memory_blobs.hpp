#pragma once
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "ports/blobs.hpp"
#include "ports/post.hpp"

namespace calldocker::adapters {

/// Plays the disk: it outlives the MemoryBlobs that writes it.
using KeptBlobs = std::map<std::pair<CompanyId, ports::BlobId>, ports::Blob>;

/// The blobs of tests. One thread. A request waits until the `post` of its shard runs it; a request that has not run when this is destroyed
/// has not happened.
class MemoryBlobs final : public ports::Blobs {
public:
    /// @param kept  must outlive this and everything posted
    MemoryBlobs(KeptBlobs& kept, ports::Post post) : kept_(kept), post_(std::move(post)) {}

    void put(const CompanyId& company, const ports::BlobId& id, ports::Blob blob, Done done) override;
    void get(const CompanyId& company, const ports::BlobId& id, Got done) override;
    void remove(const CompanyId& company, const ports::BlobId& id, Done done) override;

    /// From now on writes fail with `error` (a full disk).
    void break_writes(Error error) { broken_ = std::move(error); }

private:
    void later(std::function<void()> work);

    KeptBlobs& kept_;
    ports::Post post_;
    std::optional<Error> broken_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace calldocker::adapters
