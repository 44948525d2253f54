#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "server/http/assets.hpp"
#include "server/http/headers.hpp"
#include "server/http/message.hpp"

namespace calldocker::server::http {

/// Who answers what: endpoints by path and method, and everything else from the static files. Answers HEAD like GET,
/// OPTIONS by itself, and wrong methods with what would be right. Adds the headers that every response carries.
class Routes final : public Handler {
public:
    using Endpoint = std::function<void(const Request&, Respond)>;

    /// @param assets  must outlive this
    Routes(const Assets& assets, OriginPolicy origins) : assets_(assets), origins_(std::move(origins)) {}

    /// @param method  "GET", "POST" or "PUT"
    void add(std::string_view method, std::string path, Endpoint endpoint);

    void handle(const Request& request, Respond respond) override;

private:
    void answer(const Request& request, const Respond& respond) const;

    const Assets& assets_;
    OriginPolicy origins_;
    std::map<std::string, std::map<std::string, Endpoint, std::less<>>, std::less<>> endpoints_;  // path, then method
};

}  // namespace calldocker::server::http
