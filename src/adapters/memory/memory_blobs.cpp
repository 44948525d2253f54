#include "adapters/memory/memory_blobs.hpp"

namespace calldocker::adapters {

void MemoryBlobs::later(std::function<void()> work) {
    post_([alive = std::weak_ptr<bool>(alive_), work = std::move(work)] {
        if (!alive.expired()) work();
    });
}

void MemoryBlobs::put(const CompanyId& company, const ports::BlobId& id, ports::Blob blob, Done done) {
    later([this, key = std::pair(company, id), blob = std::move(blob), done = std::move(done)]() mutable {
        if (blob.bytes->size() > ports::blob_bytes_max) return done(fail(ErrorCode::too_large, "more bytes than a blob may have"));
        if (broken_) return done(fail(*broken_));
        kept_.insert_or_assign(std::move(key), std::move(blob));
        done({});
    });
}

void MemoryBlobs::get(const CompanyId& company, const ports::BlobId& id, Got done) {
    later([this, key = std::pair(company, id), done = std::move(done)] {
        const auto found = kept_.find(key);
        done(found == kept_.end() ? Result<ports::Blob>(fail(ErrorCode::not_found, "there is no such blob")) : found->second);
    });
}

void MemoryBlobs::remove(const CompanyId& company, const ports::BlobId& id, Done done) {
    later([this, key = std::pair(company, id), done = std::move(done)] {
        if (broken_) return done(fail(*broken_));
        kept_.erase(key);
        done({});
    });
}

}  // namespace calldocker::adapters
