#pragma once
#include <type_traits>

#include "domain/company/state.hpp"

namespace calldocker::app::codec {

/// Self is T, or const T.
template <class Self, class T>
concept Is = std::is_same_v<std::remove_const_t<Self>, T>;

using domain::Agent;
using domain::Contact;
using domain::ContactDetails;
using domain::Endpoint;
using domain::Side;
namespace fact = domain::fact;

}  // namespace calldocker::app::codec
