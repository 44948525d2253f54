#include "server/net/signals.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include "base/require.hpp"

namespace calldocker::server {
namespace {

/// Where the handler writes each signal's number, one more than the descriptor; 0: nowhere.
std::array<std::atomic<int>, NSIG> pipes;
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may wait for nothing");

}  // namespace

// A full pipe has the loop's attention already: what does not fit is nothing new.
extern "C" void calldocker_signal_came(int signal) {
    const int error = errno;
    const auto number = static_cast<unsigned char>(signal);
    [[maybe_unused]] const auto written = ::write(pipes[static_cast<std::size_t>(signal)].load() - 1, &number, 1);
    errno = error;
}

Signals::Signals(std::initializer_list<int> signals, std::function<void(int)> action) : signals_(signals), action_(std::move(action)) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) throw std::system_error(errno, std::generic_category(), "pipe2");
    reading_ = Descriptor(ends[0]);
    writing_ = Descriptor(ends[1]);
    for (const int signal : signals_) {
        require(pipes.at(static_cast<std::size_t>(signal)).exchange(writing_.get() + 1) == 0, "a signal is brought to one shard");
        struct sigaction handling {};
        handling.sa_handler = calldocker_signal_came;
        handling.sa_flags = SA_RESTART;
        ::sigaction(signal, &handling, nullptr);
    }
}

Signals::~Signals() {
    for (const int signal : signals_) {
        std::signal(signal, SIG_DFL);
        pipes.at(static_cast<std::size_t>(signal)).store(0);
    }
}

void Signals::ready(std::uint32_t /*events*/) {
    std::array<unsigned char, 64> numbers{};
    const auto count = ::read(reading_.get(), numbers.data(), numbers.size());
    for (ssize_t i = 0; i < count; ++i) action_(numbers.at(static_cast<std::size_t>(i)));
}

}  // namespace calldocker::server
