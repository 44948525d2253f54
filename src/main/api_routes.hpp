#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "main/place.hpp"
#include "main/settings.hpp"

namespace calldocker::main {

/// Everything that the REST API needs of the node besides the shard that a request came to. Outlives the shards' threads.
struct ApiParts {
    const Settings& settings;
    const std::vector<std::unique_ptr<Place>>& places;  ///< all of them, once requests come
    const std::atomic<std::uint64_t>& key_generation;   ///< that one-time codes are of
};

/// Adds what is below /api to the routes of one shard. Each request is answered on the shard of the company that it is about,
/// and the answer leaves on the shard that it came to.
void add_api_routes(Place& place, const ApiParts& parts);

}  // namespace calldocker::main
