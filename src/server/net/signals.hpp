#pragma once
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <vector>

#include "base/descriptor.hpp"
#include "server/net/shard.hpp"

namespace calldocker::server {

/// Brings the process's signals to a shard's loop: the handler writes a signal's number into a pipe, and the loop reads it.
/// One object for a signal at a time. The signals are the system's again when it goes.
class Signals final : public Pollable {
public:
    /// @errors throws std::system_error where there is no descriptor left
    Signals(std::initializer_list<int> signals, std::function<void(int)> action);
    ~Signals() override;

    [[nodiscard]] int descriptor() const { return reading_.get(); }
    void ready(std::uint32_t events) override;

private:
    std::vector<int> signals_;
    std::function<void(int)> action_;
    Descriptor reading_, writing_;
};

}  // namespace calldocker::server
