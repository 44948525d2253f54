#pragma once
#include <chrono>
#include <cstddef>

#include "server/net/rate.hpp"

/// Bounds of the REST interface that no setting changes.
namespace calldocker::server::limits {

/// Redemptions of one-time codes, valid or not: a person redeems one. And how many addresses are counted.
inline constexpr Rate redemptions_per_address{.per_second = 1, .burst = 20};
inline constexpr std::size_t redeeming_addresses_max = 16'384;

/// The time that a recording of 2 MiB takes at 280 kbit/s, the uplink of a bad mobile connection.
inline constexpr std::chrono::seconds voicemail_upload_time{60};

/// How long a recording stays that no contact names: its visitor has gone away.
inline constexpr std::chrono::hours voicemail_orphan_age{24};
inline constexpr std::chrono::hours voicemail_sweep_interval{24};

}  // namespace calldocker::server::limits
