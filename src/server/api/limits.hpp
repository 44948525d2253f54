#pragma once
#include <chrono>
#include <cstddef>

/// Bounds of the REST interface that no setting changes.
namespace calldocker::server::limits {

/// Of recordings that may be left: anybody who gets a visitor's token may send some, and the disk is everybody's.
inline constexpr std::size_t voicemails_per_user_and_hour_max = 10;
inline constexpr std::size_t voicemails_per_company_and_hour_max = 300;

/// What a recording of 2 MiB takes at 280 kbit/s, the uplink of a bad mobile connection.
inline constexpr std::chrono::seconds voicemail_upload_time{60};

/// A recording that no contact names after so long was left by somebody who went away.
inline constexpr std::chrono::hours voicemail_orphan_age{24};
inline constexpr std::chrono::hours voicemail_sweep_interval{24};

}  // namespace calldocker::server::limits
