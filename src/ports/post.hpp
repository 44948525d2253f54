#pragma once
#include <functional>

namespace calldocker::ports {

/// Runs a piece of work later on one shard's loop, in the order of the calls. Callable from any thread; never runs it
/// before returning. Adapters that work in threads of their own come back through it.
using Post = std::function<void(std::function<void()>)>;

}  // namespace calldocker::ports
