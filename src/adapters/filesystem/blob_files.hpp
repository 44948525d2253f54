#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>

#include "adapters/filesystem/limits.hpp"
#include "base/instant.hpp"
#include "ports/blobs.hpp"

namespace calldocker::adapters {

/// Blobs as files: a folder for each company, in it a file for each blob, whose first line is the content type. The names of folder and
/// file are the base64url of company and id, so that no name can lead elsewhere. Every method blocks. One thread at a time.
class BlobFiles {
public:
    /// @param folder   made, readable for its owner only, when something is first written
    /// @param reserve  bytes of the disk that are left free
    explicit BlobFiles(std::filesystem::path folder, std::uintmax_t reserve = reserve_bytes)
        : folder_(std::move(folder)), reserve_(reserve) {}

    /// Whole or not at all, and on the disk when it returns. @errors unavailable, with the remedy
    Result<> write(const CompanyId& company, const ports::BlobId& id, const ports::Blob& blob) const;
    /// @errors not_found, unavailable
    [[nodiscard]] Result<ports::Blob> read(const CompanyId& company, const ports::BlobId& id) const;
    /// @errors unavailable
    Result<> remove(const CompanyId& company, const ports::BlobId& id) const;

    using InUse = std::function<Result<std::set<ports::BlobId>>(const CompanyId&)>;
    /// Removes unused blobs that were written before that moment, and the remains of writes that were cut off.
    /// @param in_use  asked for companies that have something so old; if it fails, nothing of the company is removed
    /// @return how many blobs were removed. @errors those of `in_use`, unavailable
    Result<std::size_t> sweep(Instant before, const InUse& in_use) const;

private:
    [[nodiscard]] std::filesystem::path file_of(const CompanyId& company, const ports::BlobId& id) const;
    [[nodiscard]] Result<> check_space(std::size_t bytes) const;

    std::filesystem::path folder_;
    std::uintmax_t reserve_;
};

}  // namespace calldocker::adapters
