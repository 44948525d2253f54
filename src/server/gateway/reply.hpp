#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "server/net/counters.hpp"

namespace calldocker::server {

/// What one caller over HTTP waits for. It is told exactly once: if everybody who holds the reply has gone without an answer,
/// because their company failed, that is `unavailable`. What the caller throws costs nobody else anything.
class Reply {
public:
    using Told = std::function<void(Result<std::string>)>;
    /// @param unexpected_errors  counts what `told` throws; must outlive this
    Reply(Told told, Counter& unexpected_errors) : told_(std::move(told)), unexpected_errors_(unexpected_errors) {}
    ~Reply() { tell(fail(ErrorCode::unavailable, "Service unavailable")); }
    Reply(const Reply&) = delete;
    Reply& operator=(const Reply&) = delete;

    /// The first answer counts.
    void tell(Result<std::string> answer) noexcept;

private:
    Told told_;
    Counter& unexpected_errors_;
};

using SharedReply = std::shared_ptr<Reply>;

}  // namespace calldocker::server
