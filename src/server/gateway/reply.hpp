#pragma once
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "server/net/counters.hpp"

namespace calldocker::server {

/// The answer that one caller over HTTP waits for. The caller gets exactly one: if all holders of the reply have gone without an answer,
/// because their company failed, it is `unavailable`. An exception of the caller costs nobody else anything.
template <class Answer>
class ReplyOf {
public:
    using Told = std::function<void(Result<Answer>)>;
    /// @param unexpected_errors  counts what `told` throws; must outlive this
    ReplyOf(Told told, Counter& unexpected_errors) : told_(std::move(told)), unexpected_errors_(unexpected_errors) {}
    ~ReplyOf() { tell(fail(ErrorCode::unavailable, "Service unavailable")); }
    ReplyOf(const ReplyOf&) = delete;
    ReplyOf& operator=(const ReplyOf&) = delete;

    /// The first answer counts.
    void tell(Result<Answer> answer) noexcept;

private:
    Told told_;
    Counter& unexpected_errors_;
};

using Reply = ReplyOf<std::string>;
using SharedReply = std::shared_ptr<Reply>;
template <class Answer>
using SharedReplyOf = std::shared_ptr<ReplyOf<Answer>>;

/// An exception of a caller: logged and counted.
void report_reply_failure(const std::exception_ptr& thrown, Counter& unexpected_errors) noexcept;

template <class Answer>
void ReplyOf<Answer>::tell(Result<Answer> answer) noexcept {
    const Told told = std::exchange(told_, nullptr);
    if (!told) return;
    try {
        told(std::move(answer));
    } catch (...) {
        report_reply_failure(std::current_exception(), unexpected_errors_);
    }
}

}  // namespace calldocker::server
