#include "server/net/listener.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <span>
#include <vector>

#include "base/log.hpp"

namespace calldocker::server {
namespace {

using namespace std::chrono_literals;

int lines_about_starvation = 0;
void count_starvation(log::Level, std::string_view event, std::span<const log::Field>) {
    if (event == "listener.starved") ++lines_about_starvation;
}

TEST(Listener, TakesANameThatResolvesAndSaysSoOfOneThatDoesNot) {
    Shard shard(0);
    const auto nothing = [](int, const Address&) {};

    EXPECT_TRUE(Listener::open(shard, "localhost", 0, nothing));
    const auto refused = Listener::open(shard, "no-such-machine.invalid", 0, nothing);

    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().detail, ::testing::StartsWith("'no-such-machine.invalid' is no address and no name that resolves to one"));
}

/// A listener whose process runs out of descriptors. The limit is one of numbers: what is open already stays open.
class StarvedListener : public ::testing::Test {
protected:
    StarvedListener() {
        EXPECT_EQ(::getrlimit(RLIMIT_NOFILE, &limit_), 0);
        lines_about_starvation = 0;
        log::install(count_starvation, log::Level::error);
        auto opened =
            Listener::open(shard_, "127.0.0.1", 0, [this](int descriptor, const Address&) { accepted_.emplace_back(descriptor); });
        EXPECT_TRUE(opened);
        port_ = (*opened)->port();
        Listener::start(std::move(*opened));
    }
    ~StarvedListener() override {
        give_back();
        log::install(nullptr, log::Level::error);
    }

    /// Connected as far as the kernel is concerned: it waits to be accepted.
    Socket connected() const {
        Socket client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port_);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(client.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        return client;
    }
    /// From here on no descriptor beyond those that are open, or not even those.
    void take_away(rlim_t left) const {
        const rlimit lowered{left, limit_.rlim_max};
        ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &lowered), 0);
    }
    void give_back() const { ::setrlimit(RLIMIT_NOFILE, &limit_); }
    /// The number that the next descriptor would get.
    static rlim_t next_descriptor() {
        const Socket probe(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        return static_cast<rlim_t>(probe.descriptor());
    }
    static bool was_closed(const Socket& client) {
        pollfd ready{client.descriptor(), POLLIN, 0};
        return ::poll(&ready, 1, 0) == 1;
    }
    void run_for(std::chrono::milliseconds time) {
        shard_.after(time, [this] { shard_.quit(); });
        shard_.run();
    }

    rlimit limit_{};
    Shard shard_{0};
    std::uint16_t port_{};
    std::vector<Socket> accepted_;
};

TEST_F(StarvedListener, TurnsPeersAwayAtOnceSaysSoOnceAndCountsThem) {
    std::vector<Socket> clients;
    for (int i = 0; i < 20; ++i) clients.push_back(connected());
    take_away(next_descriptor());

    run_for(50ms);

    EXPECT_THAT(accepted_, ::testing::IsEmpty());
    for (const Socket& client : clients) EXPECT_TRUE(was_closed(client));
    EXPECT_EQ(shard_.counters().refusals.at(static_cast<std::size_t>(Refusal::no_descriptors)).value(), 20u);
    EXPECT_EQ(lines_about_starvation, 1);
}

TEST_F(StarvedListener, RestsWithoutEvenASpareDescriptor) {
    const Socket client = connected();
    take_away(3);

    run_for(250ms);

    EXPECT_LT(shard_.counters().rounds.value(), 20u);
    EXPECT_FALSE(was_closed(client));
    EXPECT_THAT(accepted_, ::testing::IsEmpty());
    EXPECT_EQ(lines_about_starvation, 1);
}

TEST_F(StarvedListener, AcceptsWhomItLetWait) {
    const Socket client = connected();
    take_away(3);
    shard_.after(150ms, [this] { give_back(); });

    run_for(400ms);

    EXPECT_EQ(accepted_.size(), 1u);
    EXPECT_FALSE(was_closed(client));
}

}  // namespace
}  // namespace calldocker::server
