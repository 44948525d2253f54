#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "server/net/address.hpp"
#include "server/net/shard.hpp"
#include "server/net/socket.hpp"

namespace calldocker::server {

/// A listening socket on one shard. Where the process or the machine has no descriptor left it closes what comes, with
/// one that it keeps for this, so that peers know at once; where even that is gone it rests, so that it takes no time
/// from the connections that there are. Both end by themselves.
class Listener final : public Pollable {
public:
    using OnAccepted = std::function<void(int descriptor, const Address& peer)>;

    /// @param host  an IPv4 or IPv6 address in text
    /// @param port  0: any free one
    /// @errors invalid (not an address), conflict (the port is taken), forbidden (a port below 1024 without the right),
    ///         unavailable (anything else); the detail says what to do
    static Result<std::unique_ptr<Listener>> open(Shard& shard, const std::string& host, std::uint16_t port, OnAccepted on_accepted);
    ~Listener() override;

    /// Begins to accept. On the shard, or before it runs.
    static void start(std::unique_ptr<Listener> listener);
    [[nodiscard]] std::uint16_t port() const { return port_; }

    void ready(std::uint32_t events) override;
    void stop() override;

private:
    Listener(Shard& shard, int descriptor, std::uint16_t port, OnAccepted on_accepted);
    void took_one();
    void out_of_descriptors(int error);
    [[nodiscard]] bool turn_one_away();
    void rest();

    Shard& shard_;
    int descriptor_;
    int spare_descriptor_;  ///< given up for a moment when there are no others, to turn a peer away
    std::uint16_t port_;
    bool is_starved_{false};
    SteadyTime starved_at_{};  ///< last
    TimerId rest_timer_;
    OnAccepted on_accepted_;
};

}  // namespace calldocker::server
