#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "base/id.hpp"
#include "base/result.hpp"

namespace calldocker::ports {

using BlobId = Id<struct BlobTag>;  ///< unique within its company only

/// Bytes that nobody looks into, and their content type, such as "audio/webm".
struct Blob {
    std::string content_type;
    std::shared_ptr<const std::string> bytes;
};

/// The largest blob that is kept.
inline constexpr std::size_t blob_bytes_max = std::size_t{2} << 20u;

/// Large things that the log only names: recordings. Every method is scoped by company: there is no unscoped read.
/// Company and id are names (base/text.hpp), whatever characters they have, and so is the content type.
/// Methods never block; completions run later, on the executor that the implementation was given for the caller's shard, in the order of
/// the calls. Contract (blobs_contract.hpp), run against every implementation: a blob is stored whole or not at all, and survives a crash
/// once the put was confirmed. Only `overloaded` and `too_large` may overtake the answers of earlier calls.
struct Blobs {
    virtual ~Blobs() = default;

    using Done = std::function<void(Result<>)>;
    using Got = std::function<void(Result<Blob>)>;

    /// Replaces an earlier blob of this id. @errors too_large, unavailable (a full disk…), overloaded
    virtual void put(const CompanyId& company, const BlobId& id, Blob blob, Done done) = 0;
    /// @errors not_found, unavailable, overloaded
    virtual void get(const CompanyId& company, const BlobId& id, Got done) = 0;
    /// A blob that is not there counts as removed. @errors unavailable, overloaded
    virtual void remove(const CompanyId& company, const BlobId& id, Done done) = 0;
};

}  // namespace calldocker::ports
