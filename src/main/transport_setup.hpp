#pragma once
#include <cstddef>
#include <cstdint>

#include "main/settings.hpp"
#include "server/net/transport_settings.hpp"

namespace calldocker::main {

/// How many connections a process with this many descriptors may have: some are left for the database, recordings, the loops, and for
/// refusing peers.
[[nodiscard]] std::size_t connections_possible(std::uint64_t open_files);

/// The transport's part of the settings.
/// @param open_files  that this process may have; connections stay below it, and those of one address at half of them
[[nodiscard]] server::TransportSettings transport_settings(const Settings& settings, std::uint64_t open_files);

}  // namespace calldocker::main
