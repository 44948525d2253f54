#include "server/gateway/reply.hpp"

#include "base/log.hpp"

namespace calldocker::server {

void report_reply_failure(const std::exception_ptr& thrown, Counter& unexpected_errors) noexcept {
    unexpected_errors.add();
    try {
        std::rethrow_exception(thrown);
    } catch (const std::exception& error) {
        log::error("reply.unexpected_error", {{"what", error.what()}});
    } catch (...) {
        log::error("reply.unexpected_error", {{"what", "an exception of unknown type"}});
    }
}

}  // namespace calldocker::server
