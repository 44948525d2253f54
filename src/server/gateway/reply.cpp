#include "server/gateway/reply.hpp"

#include <exception>
#include <utility>

#include "base/log.hpp"

namespace calldocker::server {

void Reply::tell(Result<std::string> answer) noexcept {
    const Told told = std::exchange(told_, nullptr);
    if (!told) return;
    try {
        told(std::move(answer));
    } catch (const std::exception& error) {
        unexpected_errors_.add();
        log::error("reply.unexpected_error", {{"what", error.what()}});
    } catch (...) {
        unexpected_errors_.add();
        log::error("reply.unexpected_error", {{"what", "an exception of unknown type"}});
    }
}

}  // namespace calldocker::server
