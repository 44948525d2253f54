#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "server/http/headers.hpp"
#include "server/http/message.hpp"
#include "server/http/request_reader.hpp"
#include "server/net/address_guard.hpp"
#include "server/net/connection.hpp"
#include "server/net/link.hpp"
#include "server/net/websocket_connection.hpp"

namespace calldocker::server::http {

/// The shard on which an address is counted: always the same one, which need not be the one of a proxy's connection.
struct AddressHome {
    Shard& shard;
    AddressGuard& guard;
    std::function<void(const Address&)>& give_back;  ///< to AddressGuard::leave; from any shard
};

/// Everything that an HTTP connection needs to know of its port and shard.
struct Reception {
    WebSocketShard& websockets;  ///< of the accepting shard
    std::function<AddressHome(const Address&)> home_of;
    Handler* handler{};  ///< nothing: the port is for WebSockets only, and upgrades at any path
    const OriginPolicy& origins;
    bool secure{};
};

/// One connection that speaks HTTP, until it ends or becomes a WebSocket. Requests are answered in order, one at a
/// time; what a peer sends ahead waits, bounded.
class HttpConnection final : public Connection {
public:
    /// @param reception  must outlive the connection
    static void open(const Reception& reception, Carried carried);
    /// Sends an answer before any request, and ends: too many connections.
    static void turn_away(const Reception& reception, Carried carried, unsigned status, std::string_view why);

    HttpConnection(const Reception& reception, Carried carried);
    ~HttpConnection() override;
    void stop() override;

private:
    struct Caller {
        Address address;
        bool takes_a_place{};  ///< wants a WebSocket behind a proxy, whose connection was not counted
    };
    /// The verdict of the count of the caller's address on a request.
    struct Verdict {
        bool within_rate{true};
        AddressGuard::Verdict connection{AddressGuard::Verdict::welcome};
        std::optional<AddressLease> lease;  ///< of the place that it took; without one, the connection's own goes on
    };
    /// Outlives the connection in the hands of a handler that answers late.
    struct Slot {
        HttpConnection* connection;
        bool used{false};
    };
    enum class Waits : std::uint8_t { for_first_request, for_request, for_rest, for_answer, for_reader };

    void received(std::string_view bytes) override;
    void drained() override;
    void peer_finished() override;
    void ended() override;

    void process();
    /// Keeps the shard's sum of the bytes that unfinished requests hold.
    void account();
    /// @return the bound of the body that belongs to this head, or the answer to a request whose body isn't wanted
    tl::expected<std::size_t, Response> admit_body(const Request& head);
    void note_security(const Request& head);
    void accept(IncomingRequest incoming);
    [[nodiscard]] static Verdict count(const AddressHome& home, const Caller& caller);
    /// Counts on the shard of the caller's address, and goes on here.
    void count_elsewhere(const AddressHome& home, const Caller& caller, IncomingRequest incoming);
    void go_on(const IncomingRequest& incoming, Verdict verdict);
    [[nodiscard]] bool may_upgrade(const Request& request) const { return reception_.handler == nullptr || request.path == "/ws"; }
    void upgrade(const Request& request, std::optional<AddressLease> lease);
    void answer_on_websocket_port(const Request& request);
    void reject(const Rejection& rejection);
    void refuse(Response response);
    void answer(Response response);
    void send_piece();
    void answer_is_complete();
    void wait(Waits what);
    void wait(Waits what, std::chrono::milliseconds time);
    void timed_out();

    const Reception& reception_;
    RequestReader reader_;
    std::shared_ptr<Slot> slot_;  // the request that is being answered
    Response response_;
    std::size_t sent_of_body_{0};
    std::size_t held_bytes_{0};  // as account() has it
    TimerId deadline_;
    Waits waits_{Waits::for_first_request};
    bool sending_{false};
    bool keep_alive_{true};
    bool is_head_{false};
    bool is_secure_{false};  // the caller of the last request that was read speaks TLS, to us or to a trusted proxy
    bool peer_has_finished_{false};
    bool processing_{false};
};

}  // namespace calldocker::server::http
