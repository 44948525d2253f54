#include "server/http/transport.hpp"

#include <algorithm>
#include <future>
#include <optional>
#include <utility>
#include <vector>

#include "base/log.hpp"
#include "server/http/headers.hpp"
#include "server/http/http_connection.hpp"
#include "server/net/address_guard.hpp"
#include "server/net/limits.hpp"
#include "server/net/listener.hpp"
#include "server/net/tls.hpp"
#include "server/net/websocket_connection.hpp"

namespace calldocker::server {
namespace {

AddressGuard::Limits limits_of(const TransportSettings& settings) {
    return {.connections_max = settings.connections_per_address_max,
            .connections = {settings.connections_per_address_per_second, settings.connections_per_address_burst},
            .requests = {settings.http_per_address_per_second, settings.http_per_address_burst}};
}

/// What of the transport lives on one shard.
struct Station {
    Station(Shard& shard, const TransportSettings& settings, LinkAcceptor& acceptor)
        : websockets(shard, settings, acceptor), guard(limits_of(settings)), give_back([this](const Address& address) {
              websockets.shard.post([this, address] { guard.leave(address, websockets.shard.steady_now()); });
          }) {}
    WebSocketShard websockets;
    AddressGuard guard;
    std::function<void(const Address&)> give_back;
    std::optional<http::Reception> websocket_port, http_port;
};

}  // namespace

struct Transport::Inside {
    Inside(TransportSettings given, const Parts& parts)
        : settings(std::move(given)), shards(parts.shards), origins{settings.allowed_origins} {
        for (unsigned i = 0; i < shards.size(); ++i) {
            auto& station = *stations.emplace_back(std::make_unique<Station>(shards[i], settings, parts.acceptor(i)));
            const bool secure = !settings.tls_certificate.empty();
            station.websockets.shard_of = [this](unsigned index) -> WebSocketShard& { return stations.at(index)->websockets; };
            const auto home_of = [this](const Address& address) -> http::AddressHome {
                Station& home = station_of(address);
                return {home.websockets.shard, home.guard, home.give_back};
            };
            station.websocket_port.emplace(http::Reception{station.websockets, home_of, nullptr, origins, secure});
            if (!settings.http_port) continue;
            station.http_port.emplace(http::Reception{station.websockets, home_of, &parts.handler(i), origins, secure});
        }
    }

    void accepted(int descriptor, const Address& peer, bool on_websocket_port);
    void welcome(Station& station, Socket socket, const Address& peer, bool on_websocket_port);
    [[nodiscard]] std::size_t connections_open() const;
    [[nodiscard]] Station& station_of(const Address& address) const {
        return *stations[AddressHash{}(address.network()) % stations.size()];
    }
    Result<std::unique_ptr<Listener>> listen(std::uint16_t port, bool on_websocket_port);

    TransportSettings settings;
    Shards& shards;
    http::OriginPolicy origins;
    std::optional<TlsContext> tls;  // touched on the first shard only, once it runs
    std::vector<std::unique_ptr<Station>> stations;
    std::size_t next_station{0};
    std::uint16_t websocket_port{0};
    std::uint16_t http_port{0};
};

// On the first shard. An address always comes to the same shard, where it is counted; when nothing is counted, and for
// proxies, whose callers are counted with their requests, the shards take turns.
void Transport::Inside::accepted(int descriptor, const Address& peer, bool on_websocket_port) {
    const bool counted = !stations.front()->guard.is_off() && !is_in_any(peer, settings.trusted_proxies);
    Station& station = counted ? station_of(peer) : *stations[next_station++ % stations.size()];
    station.websockets.shard.post([this, &station, socket = Socket(descriptor), peer, on_websocket_port, context = tls]() mutable {
        if (context) {
            auto session = context->accept(socket.descriptor());
            socket = Socket(socket.release(), std::move(session));
        }
        welcome(station, std::move(socket), peer, on_websocket_port);
    });
}

void Transport::Inside::welcome(Station& station, Socket socket, const Address& peer, bool on_websocket_port) {
    const http::Reception& reception = on_websocket_port ? *station.websocket_port : *station.http_port;
    Shard& shard = station.websockets.shard;
    const std::size_t open = settings.connections_max == 0 ? 0 : connections_open();
    const bool full = settings.connections_max != 0 && open >= settings.connections_max;
    const bool counted = !station.guard.is_off() && !is_in_any(peer, settings.trusted_proxies);
    const auto verdict = counted && !full ? station.guard.enter(peer, shard.steady_now()) : AddressGuard::Verdict::welcome;
    if (!full && verdict == AddressGuard::Verdict::welcome) {
        AddressLease lease(peer, counted ? &station.give_back : nullptr);
        http::HttpConnection::open(reception, Carried{std::move(socket), std::move(lease), {}, {}});
        return;
    }
    shard.counters().count(full ? Refusal::server_is_full : refusal_of(verdict));
    // A refusal must not cost more than what is refused: no TLS handshake, and nothing that lingers without bound.
    if (reception.secure || shard.lingering >= limits::lingering_max) return;
    if (full && open >= settings.connections_max + limits::told_full_max) return;
    Carried carried{std::move(socket), AddressLease(peer, nullptr), {}, {}};
    if (full) {
        http::HttpConnection::turn_away(reception, std::move(carried), 503, "the server has all the connections that it may have");
    } else {
        http::HttpConnection::turn_away(reception, std::move(carried), 429, "too many connections from this address");
    }
}

std::size_t Transport::Inside::connections_open() const {
    std::uint64_t open = 0;
    for (unsigned i = 0; i < shards.size(); ++i) open += shards[i].counters().connections_open.value();
    return open;
}

Result<std::unique_ptr<Listener>> Transport::Inside::listen(std::uint16_t port, bool on_websocket_port) {
    return Listener::open(shards[0], settings.host, port, [this, on_websocket_port](int descriptor, const Address& peer) {
        accepted(descriptor, peer, on_websocket_port);
    });
}

Result<std::unique_ptr<Transport>> Transport::open(TransportSettings settings, Parts parts) {
    auto inside = std::make_unique<Inside>(std::move(settings), parts);
    if (!inside->settings.tls_certificate.empty()) {
        auto context = TlsContext::load(inside->settings.tls_certificate, inside->settings.tls_key);
        if (!context) return fail(context.error());
        inside->tls = std::move(*context);
    }
    auto websocket_listener = inside->listen(inside->settings.websocket_port, true);
    if (!websocket_listener) return fail(websocket_listener.error());
    inside->websocket_port = (*websocket_listener)->port();
    if (inside->settings.http_port) {
        auto http_listener = inside->listen(*inside->settings.http_port, false);
        if (!http_listener) return fail(http_listener.error());
        inside->http_port = (*http_listener)->port();
        Listener::start(std::move(*http_listener));
    }
    Listener::start(std::move(*websocket_listener));
    for (auto& station : inside->stations) station->websockets.start_beating();
    return std::unique_ptr<Transport>(new Transport(std::move(inside)));
}

Transport::Transport(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Transport::~Transport() { inside_->shards.clear(); }

std::uint16_t Transport::websocket_port() const { return inside_->websocket_port; }
std::uint16_t Transport::http_port() const { return inside_->http_port; }

void Transport::stop() {
    std::vector<std::future<void>> done;
    for (unsigned i = 0; i < inside_->shards.size(); ++i) {
        Shard& shard = inside_->shards[i];
        auto all_gone = std::make_shared<std::promise<void>>();
        done.push_back(all_gone->get_future());
        shard.post([&shard, all_gone] { shard.stop_all([all_gone] { all_gone->set_value(); }); });
    }
    const auto deadline = std::chrono::steady_clock::now() + limits::stop_time;
    for (auto& each : done) each.wait_until(deadline);
}

Result<> Transport::reload_tls() {
    if (inside_->settings.tls_certificate.empty()) return {};
    auto context = TlsContext::load(inside_->settings.tls_certificate, inside_->settings.tls_key);
    if (!context) return fail(context.error());
    inside_->shards[0].post([inside = inside_.get(), context = std::move(*context)] { inside->tls = context; });
    return {};
}

}  // namespace calldocker::server
