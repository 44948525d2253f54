#pragma once
#include <string>

#include "adapters/sql/database.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace calldocker::adapters::sql {

/// A secret of this installation (the key of resume tokens), made once and kept with its data. Several processes may
/// ask at once: all get the one that was first.
/// @param fresh  fresh random text, kept if there is none yet
/// @errors unavailable
Result<Secret<std::string>> load_or_create_secret(Database& database, const std::string& name, const Secret<std::string>& fresh);

}  // namespace calldocker::adapters::sql
