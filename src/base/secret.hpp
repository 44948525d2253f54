#pragma once
#include <utility>

namespace calldocker {

/// A value that must not be printed: it has no formatter and no stream operator, and is read through reveal() only.
template <class T>
class Secret {
public:
    Secret() = default;
    explicit Secret(T value) : value_(std::move(value)) {}
    [[nodiscard]] const T& reveal() const { return value_; }

private:
    T value_{};
};

}  // namespace calldocker
