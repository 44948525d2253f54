#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "server/http/assets.hpp"
#include "server/http/headers.hpp"
#include "server/http/message.hpp"

namespace calldocker::server::http {

/// Which endpoint answers which request: endpoints by path and method, and everything else from the static files. Answers HEAD like GET,
/// OPTIONS by itself, and wrong methods with the right ones. Adds the headers that every response carries.
class Routes final : public Handler {
public:
    using Endpoint = std::function<void(const Request&, Respond)>;

    /// @param assets  must outlive this
    Routes(const Assets& assets, OriginPolicy origins) : assets_(assets), origins_(std::move(origins)) {}

    /// @param method  "GET", "POST", "PUT" or "DELETE"
    void add(std::string_view method, std::string path, Endpoint endpoint);
    /// For every path that begins with `prefix`, which ends with '/', and goes on; of several prefixes the longest counts.
    /// An endpoint of the path itself comes first.
    void add_below(std::string_view method, std::string prefix, Endpoint endpoint);
    using Gate = std::function<Result<>(const Request& head)>;
    /// Lets requests with this method and path have larger bodies than anybody may send, if `gate` lets their sender in. An
    /// error of the gate is the answer, and the body isn't read.
    void allow_body(std::string_view method, std::string path, BodyAllowance allowance, Gate gate);

    [[nodiscard]] tl::expected<std::optional<BodyAllowance>, Response> admit_body(const Request& head) const override;
    void handle(const Request& request, Respond respond) override;

private:
    using Methods = std::map<std::string, Endpoint, std::less<>>;
    struct LargeBody {
        BodyAllowance allowance;
        Gate gate;
    };
    /// @return null for a path that has no endpoint
    [[nodiscard]] const Methods* methods_of(std::string_view path) const;
    void answer(const Request& request, const Respond& respond) const;

    const Assets& assets_;
    OriginPolicy origins_;
    std::map<std::string, Methods, std::less<>> endpoints_;  // by path
    std::map<std::string, Methods, std::less<>> below_;      // by prefix
    std::map<std::string, LargeBody, std::less<>> bodies_;   // by method, a blank, and path
};

}  // namespace calldocker::server::http
